//! What a person does on the sign-in page, for programs: the demo, and tests.

use anyhow::{Context as _, ensure};
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use url::Url;

use crate::oura::scope::{Scope, ScopeSet};

/// Signs in as `subject` (`a`, `b` …) at the address an application sends a browser to, ticks what is
/// ticked by default and presses Allow. Gives the address the browser is sent back to.
///
/// # Errors
/// When the page refuses the request, or cannot be reached.
pub async fn allow(authorize: &Url, subject: &str) -> anyhow::Result<Url> {
    decide(authorize, subject, "allow").await
}

/// Like [`allow`], and presses Deny.
///
/// # Errors
/// When the page refuses the request, or cannot be reached.
pub async fn deny(authorize: &Url, subject: &str) -> anyhow::Result<Url> {
    decide(authorize, subject, "deny").await
}

async fn decide(authorize: &Url, subject: &str, decision: &str) -> anyhow::Result<Url> {
    let mut form: Vec<(String, String)> = authorize
        .query_pairs()
        .filter(|(name, _)| name != "login_hint")
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    form.push(("subject".into(), subject.into()));
    form.push(("decision".into(), decision.into()));
    form.extend(ticked(authorize, subject).map(|scope| ("grant".into(), scope.name().into())));
    let mut action = authorize.clone();
    action.set_query(None);
    let browser = reqwest::Client::builder()
        .no_proxy()
        .user_agent("Mozilla/5.0 (a simulated browser)")
        .redirect(Policy::none())
        .build()?;
    let response = browser.post(action).form(&form).send().await?;
    ensure!(
        response.status().is_redirection(),
        "refused: HTTP {}",
        response.status()
    );
    let location = response
        .headers()
        .get(LOCATION)
        .context("no way back")?
        .to_str()?;
    Ok(Url::parse(location)?)
}

fn ticked(authorize: &Url, subject: &str) -> impl Iterator<Item = Scope> {
    let asked = authorize.query_pairs().find(|(name, _)| name == "scope");
    let words = asked
        .map(|(_, words)| words.into_owned())
        .unwrap_or_default();
    let index = subject
        .bytes()
        .next()
        .map_or(0, |letter| usize::from(letter.saturating_sub(b'a')));
    let by_default = ScopeSet::by_default(index);
    let scopes: Vec<Scope> = words
        .split_whitespace()
        .filter_map(Scope::from_word)
        .collect();
    scopes
        .into_iter()
        .filter(move |scope| by_default.has(*scope))
}
