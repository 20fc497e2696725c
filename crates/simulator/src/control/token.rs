use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use physiology::Timestamp;
use serde::Deserialize;

use super::wrong;
use crate::codes::Grant;
use crate::http::reply;
use crate::oura::scope::{Scope, ScopeSet};
use crate::polar::oauth::Registration;
use crate::state::Shared;
use crate::{oura, polar};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    provider: String,
    subject: String,
    /// Oura: the scopes to grant, space separated; what the person grants by default if absent.
    scope: Option<String>,
    /// Polar: also register the person with the client.
    #[serde(default)]
    register: bool,
}

/// `POST /control/token`: the answer of the vendor's token endpoint, without the pages.
pub(super) async fn issue(State(simulator): State<Shared>, body: Bytes) -> Response {
    let wish: Wish = match serde_json::from_slice(&body) {
        Ok(wish) => wish,
        Err(error) => return wrong(&error.to_string()),
    };
    let Some(person) = simulator.world().person(&wish.subject) else {
        return wrong("no such subject");
    };
    let who = person.index;
    match wish.provider.as_str() {
        "oura" => {
            let scopes = match wish.scope {
                None => ScopeSet::by_default(who),
                Some(words) => {
                    let scopes = words.split_whitespace().map(Scope::from_word);
                    let Some(scopes) = scopes.collect::<Option<Vec<_>>>() else {
                        return wrong("no such scope");
                    };
                    ScopeSet::of(scopes)
                }
            };
            let granted = Scope::ALL.iter().filter(|scope| scopes.has(**scope));
            let words: Vec<&str> = granted.map(|scope| scope.name()).collect();
            let grant = Grant {
                who,
                scopes,
                words: words.join(" "),
            };
            reply::json(StatusCode::OK, &oura::oauth::issue(&simulator, grant))
        }
        "polar" => {
            let token = polar::oauth::issue(&simulator, who);
            if wish.register {
                let mut changing = simulator.changing();
                let now = simulator.now();
                changing.polar.known.push(who);
                changing
                    .polar
                    .registered
                    .entry(who)
                    .or_insert_with(|| Registration {
                        at: now,
                        member_id: format!("control-{who}"),
                        served_from: Timestamp(i64::MIN),
                    });
            }
            reply::json(StatusCode::OK, &token)
        }
        _ => wrong("provider is oura or polar"),
    }
}
