//! What is asked again, what is not, and how long is waited.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use physiology::Vendor;
use upstream::{Collection, FetchError, RetryPolicy};
use url::Url;

use crate::support::{QUICK, client};
use crate::vendor::{EMPTY, json, noon, one_page, play, status};

#[tokio::test]
async fn statuses_become_what_can_be_done_about_them() {
    let cases = [
        (401, FetchError::Unauthorized),
        (403, FetchError::NotGranted),
        (404, FetchError::NotFound),
        (400, FetchError::Rejected { status: 400 }),
        (422, FetchError::Rejected { status: 422 }),
        (302, FetchError::Rejected { status: 302 }),
    ];
    for (code, error) in cases {
        let vendor = play(move |_, _| status(code)).await;
        let client = vendor.client(Vendor::Oura);
        assert_eq!(one_page(&client, Collection::OuraSleep).await, Err(error));
        assert_eq!(client.calls(), 1, "{code} is asked once");
    }
    for code in [204, 404] {
        let vendor = play(move |_, _| status(code)).await;
        let polar = vendor.client(Vendor::Polar);
        assert_eq!(
            one_page(&polar, Collection::PolarAlertness).await,
            Ok(0),
            "{code} is no data"
        );
    }
}

#[tokio::test]
async fn what_passes_is_asked_again_and_only_so_often() {
    let vendor = play(|_, before| match before {
        0 => status(500),
        1 => json("<html>"),
        2 => status(503),
        _ => json(EMPTY),
    })
    .await;
    assert_eq!(
        one_page(&vendor.client(Vendor::Oura), Collection::OuraSleep).await,
        Ok(0)
    );
    assert_eq!(vendor.seen().len(), 4);

    let vendor = play(|_, _| status(502)).await;
    let retries = RetryPolicy {
        attempts: 3,
        ..QUICK
    };
    let client = client(Vendor::Oura, &vendor.base, retries);
    let found = one_page(&client, Collection::OuraSleep).await;
    assert_eq!(
        found,
        Err(FetchError::Unavailable {
            message: "HTTP 502".into()
        })
    );
    assert_eq!(client.calls(), 3);
}

#[tokio::test]
async fn a_vendor_that_hangs_times_out() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let retries = RetryPolicy {
        attempts: 1,
        ..QUICK
    };
    let found = one_page(&client(Vendor::Oura, &base, retries), Collection::OuraSleep).await;
    assert_eq!(
        found,
        Err(FetchError::Unavailable {
            message: "timed out".into()
        })
    );
    drop(listener);
    let found = one_page(&client(Vendor::Oura, &base, retries), Collection::OuraSleep).await;
    assert_eq!(
        found,
        Err(FetchError::Unavailable {
            message: "no connection".into()
        })
    );
}

#[tokio::test]
async fn a_short_pause_is_waited_for_by_all_and_a_long_one_told() {
    let refused = |seconds: &str| {
        let headers = [
            ("retry-after", seconds.to_owned()),
            ("x-ratelimit-limit", "5000".into()),
        ];
        (StatusCode::TOO_MANY_REQUESTS, headers, "").into_response()
    };
    let vendor = play(move |_, before| {
        if before == 0 {
            refused("1")
        } else {
            json(EMPTY)
        }
    })
    .await;
    let oura = vendor.client(Vendor::Oura);
    let before = std::time::Instant::now();
    assert_eq!(one_page(&oura, Collection::OuraSleep).await, Ok(0));
    assert!(before.elapsed() >= Duration::from_millis(990));
    assert_eq!(vendor.seen().len(), 2);

    let vendor = play(move |_, _| refused("120")).await;
    let oura = vendor.client(Vendor::Oura);
    let limited = Err(FetchError::LimitReached { retry_after_s: 120 });
    assert_eq!(one_page(&oura, Collection::OuraSleep).await, limited);
    assert_eq!(one_page(&oura, Collection::OuraDailySleep).await, limited);
    assert_eq!(vendor.seen().len(), 1, "the second was not even sent");
    let limit = oura.limit().unwrap();
    assert_eq!((limit.left, limit.limit), (0, 5_000));
}

#[tokio::test]
async fn polar_stops_by_itself_when_nothing_is_left() {
    let vendor = play(|_, before| {
        let used = format!("{}, 40", before + 1);
        let headers = [
            ("ratelimit-usage", used.as_str()),
            ("ratelimit-limit", "2, 5100"),
            ("ratelimit-reset", "784, 72000"),
        ];
        (headers, "[]").into_response()
    })
    .await;
    let polar = vendor.client(Vendor::Polar);
    assert_eq!(one_page(&polar, Collection::PolarExercises).await, Ok(0));
    let limit = polar.limit().unwrap();
    assert_eq!((limit.left, limit.limit), (1, 2));
    assert_eq!(limit.resets_at.seconds_since(noon("2026-10-13")), 784);
    assert_eq!(one_page(&polar, Collection::PolarExercises).await, Ok(0));
    let found = one_page(&polar, Collection::PolarExercises).await;
    assert!(
        matches!(
            found,
            Err(FetchError::LimitReached {
                retry_after_s: 783..=784
            })
        ),
        "{found:?}"
    );
    assert_eq!(vendor.seen().len(), 2);
}
