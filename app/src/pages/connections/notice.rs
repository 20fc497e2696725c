//! What came of the last thing done, as the address says it.

use leptos_router::params::ParamsMap;
use physiology::{SubjectId, Vendor};
use views::Connections;

/// The sentence of the address's code, where there is one.
pub(super) fn of(query: &ParamsMap, connections: &Connections) -> Option<String> {
    let vendor = query
        .get_str("vendor")
        .and_then(Vendor::from_id)
        .map_or("the vendor", Vendor::name);
    let subject = query
        .get_str("subject")
        .and_then(|id| id.parse::<SubjectId>().ok());
    let twin = connections
        .cells
        .iter()
        .find(|cell| Some(cell.subject) == subject)
        .and_then(|cell| {
            connections
                .head
                .names
                .get(usize::from(cell.twin == physiology::Twin::B))
        })
        .map_or("The twin", String::as_str);
    sentence(query.get_str("notice")?, twin, vendor)
}

/// What happened, and what to do next. Codes nobody knows say nothing.
fn sentence(code: &str, twin: &str, vendor: &str) -> Option<String> {
    Some(match code {
        "connected" => format!("{twin} is connected to {vendor}. The first sync has started."),
        "partial" => format!(
            "{twin} is connected to {vendor}, and some access was not allowed. \
             It is listed below; to allow it, disconnect and connect again."
        ),
        "denied" => format!(
            "Access to {vendor} was not allowed for {twin}. Nothing was changed. \
             Connect again when {twin} agrees."
        ),
        "expired" => format!("The sign-in to {vendor} took too long. Connect again."),
        "mismatch" => format!(
            "The sign-in to {vendor} was not begun in this browser. Nothing was changed. \
             Connect again from here."
        ),
        "taken" => format!(
            "This {vendor} account belongs to the other twin already. Nothing was changed. \
             Sign out of {vendor} in this browser, then connect again."
        ),
        "refused" => format!(
            "{vendor} refused the connection. Nothing was changed. Check in the {vendor} app that \
             all consents are given, then connect again."
        ),
        "unavailable" => {
            format!("{vendor} does not answer. Nothing was changed. Try again in a few minutes.")
        }
        "not_configured" => {
            format!("{vendor} is not set up on this server. Its app registration is needed first.")
        }
        "disconnected" => {
            format!("{twin} is disconnected from {vendor}. What was received stays.")
        }
        "sync_started" => format!("The sync of {twin} with {vendor} has started."),
        "forbidden" => "This account may not change connections.".to_owned(),
        "unknown_twin" => "There is no such twin. Nothing was changed.".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_sentence() {
        for code in [
            "connected",
            "partial",
            "denied",
            "expired",
            "mismatch",
            "taken",
            "refused",
            "unavailable",
            "not_configured",
            "disconnected",
            "sync_started",
            "forbidden",
            "unknown_twin",
        ] {
            let sentence = sentence(code, "Twin A", "Oura").unwrap();
            assert!(
                sentence.ends_with('.') && !sentence.contains("  "),
                "{sentence}"
            );
        }
    }

    #[test]
    fn unknown_codes_say_nothing() {
        assert_eq!(sentence("<script>", "Twin A", "Oura"), None);
        assert_eq!(sentence("", "Twin A", "Oura"), None);
    }
}
