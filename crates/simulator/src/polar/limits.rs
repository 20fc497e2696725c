//! Polar's limits: told with every answer.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::errors;
use crate::limits::POLAR_WINDOWS_S;
use crate::state::{Shared, Simulator};

/// Counts the call, refuses it beyond a limit, and tells usage, limit and reset.
pub(crate) async fn count(
    State(simulator): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = match call(&simulator) {
        Ok(()) => next.run(request).await,
        Err(retry_after_s) => {
            let message = "Request limit exceeded.";
            let status = StatusCode::TOO_MANY_REQUESTS;
            let mut response = errors::error(&simulator, status, "too_many_requests", message);
            if let Ok(value) = HeaderValue::try_from(retry_after_s.to_string()) {
                response.headers_mut().insert("retry-after", value);
            }
            response
        }
    };
    for (name, pair) in usage(&simulator) {
        if let Ok(value) = HeaderValue::try_from(format!("{}, {}", pair[0], pair[1])) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn call(simulator: &Simulator) -> Result<(), i64> {
    let now = simulator.now();
    let mut changing = simulator.changing();
    let users = u32::try_from(changing.polar.registered.len()).unwrap_or(u32::MAX);
    let limits = changing.limits.polar_limits(users);
    let windows = &mut changing.limits.polar;
    for ((window, window_s), limit) in windows.iter_mut().zip(POLAR_WINDOWS_S).zip(limits) {
        window.call(now, window_s, limit)?;
    }
    Ok(())
}

fn usage(simulator: &Simulator) -> [(&'static str, [i64; 2]); 3] {
    let now = simulator.now();
    let mut changing = simulator.changing();
    let users = u32::try_from(changing.polar.registered.len()).unwrap_or(u32::MAX);
    let limits = changing.limits.polar_limits(users);
    let windows = &mut changing.limits.polar;
    let mut used = [0; 2];
    let mut reset = [0; 2];
    for (place, (window, window_s)) in windows.iter_mut().zip(POLAR_WINDOWS_S).enumerate() {
        used[place] = window.used(now, window_s) as i64;
        reset[place] = window.reset_s(now, window_s);
    }
    [
        ("ratelimit-usage", used),
        ("ratelimit-limit", limits.map(i64::from)),
        ("ratelimit-reset", reset),
    ]
}
