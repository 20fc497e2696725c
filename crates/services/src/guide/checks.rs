//! What can be wrong on the first run, each with how to mend it.

use physiology::Vendor;
use store::{CollectionSync, Connection, SyncOutcome};
use url::Url;
use views::guide::Trouble;

/// Oura's rings measure SpO₂ from this generation on.
pub(super) const FIRST_WITH_SPO2: u8 = 3;
/// A clock may be this far off, s: less is the network's way and a header's whole seconds.
const CLOCK_TOLERANCE_S: i64 = 60;

/// What is sent to a vendor as the way back is not, to the letter, where this server waits.
pub(super) fn redirect(vendor: Vendor, sent: &Url, expected: &Url) -> Option<Trouble> {
    if sent.as_str() == expected.as_str() {
        return None;
    }
    let without_slash = |url: &Url| url.path().trim_end_matches('/').to_owned();
    let difference = if sent.scheme() != expected.scheme() {
        format!(
            "one begins with {}://, the other with {}://",
            sent.scheme(),
            expected.scheme()
        )
    } else if sent.host_str() != expected.host_str() {
        "the host names differ".to_owned()
    } else if sent.port_or_known_default() != expected.port_or_known_default() {
        "the ports differ".to_owned()
    } else if without_slash(sent) == without_slash(expected) && sent.path() != expected.path() {
        "they differ by the slash at the end".to_owned()
    } else {
        "what follows the host differs".to_owned()
    };
    let prefix = vendor.id().to_uppercase();
    Some(Trouble {
        what: format!(
            "{} is told to send browsers back to {sent}, but this server waits at {expected}: \
             {difference}.",
            vendor.name()
        ),
        mend: format!(
            "Remove {prefix}_REDIRECT_URI, or correct PUBLIC_URL, start the server again, and \
             register {expected} with {} to the letter.",
            vendor.name()
        ),
    })
}

/// `spo2`, also where new apps write `extapi:spo2`.
fn is_spo2(scope: &str) -> bool {
    let name = scope.rsplit(':').next().unwrap_or(scope);
    name.eq_ignore_ascii_case("spo2")
}

/// The server does not even ask for SpO₂.
pub(super) fn asks_for_spo2(vendor: Vendor, scopes: &[String]) -> Option<Trouble> {
    let asks = vendor != Vendor::Oura || scopes.iter().any(|scope| is_spo2(scope));
    (!asks).then(|| Trouble {
        what: "OURA_SCOPES does not ask for spo2: no night's SpO₂ will come.".into(),
        mend: "Remove OURA_SCOPES, or add spo2 to it, start the server again, then disconnect and \
               connect each twin."
            .into(),
    })
}

/// The twin did not allow SpO₂.
pub(super) fn spo2_granted<'a>(
    name: &str,
    connection: &Connection,
    mut syncs: impl Iterator<Item = &'a CollectionSync>,
) -> Option<Trouble> {
    let collection = upstream::Collection::OuraDailySpo2.id();
    let refused = connection.refused.iter().any(|scope| is_spo2(scope))
        || syncs
            .any(|sync| sync.collection == collection && sync.outcome == SyncOutcome::NotGranted);
    refused.then(|| Trouble {
        what: format!("{name} did not allow Oura to share SpO₂."),
        mend: format!(
            "Disconnect Oura for {name} under Connections, connect again, and leave SpO₂ ticked \
             on Oura's page."
        ),
    })
}

/// Polar serves nothing while a consent of the twin is missing.
pub(super) fn polar_consents<'a>(
    name: &str,
    mut syncs: impl Iterator<Item = &'a CollectionSync>,
) -> Option<Trouble> {
    syncs
        .any(|sync| sync.outcome == SyncOutcome::NotGranted)
        .then(|| Trouble {
            what: format!("Polar refuses what {name} measures: a consent is missing."),
            mend: consents_mend(name),
        })
}

fn consents_mend(name: &str) -> String {
    format!(
        "{name} signs in at account.polar.com, accepts every consent there, and is then connected \
         again."
    )
}

/// The last sign-in was refused; `reason` is the vendor's short code.
pub(super) fn refused(name: &str, vendor: Vendor, reason: &str) -> Trouble {
    let prefix = vendor.id().to_uppercase();
    let vendor_name = vendor.name();
    let (why, mend) = match reason {
        "consents_missing" => ("a consent is missing", consents_mend(name)),
        "invalid_client" | "unauthorized_client" => (
            "it does not know this app",
            format!(
                "Copy {prefix}_CLIENT_ID and {prefix}_CLIENT_SECRET again, without blanks around \
                 them, and start the server again."
            ),
        ),
        "invalid_redirect_uri" | "redirect_uri_mismatch" => (
            "the redirect address is not the registered one",
            format!("Register the address above with {vendor_name} to the letter."),
        ),
        "invalid_scope" => (
            "a scope is not one of the app's",
            format!("Tick the scopes above in the app's registration, or set {prefix}_SCOPES."),
        ),
        _ => (
            "it gave no reason this server knows",
            format!("Check the app's registration at {vendor_name}, then connect again."),
        ),
    };
    Trouble {
        what: format!("{vendor_name} refused the last sign-in of {name}: {why}."),
        mend,
    }
}

/// The sign-in ran out.
pub(super) fn ended(name: &str, vendor: Vendor) -> Trouble {
    let vendor = vendor.name();
    Trouble {
        what: format!("The sign-in of {name} at {vendor} has ended."),
        mend: format!("Connect {vendor} again; nothing stored is lost."),
    }
}

/// The ring is too old to measure SpO₂.
pub(super) fn old_ring(name: &str, generation: u8) -> Trouble {
    Trouble {
        what: format!(
            "{name} wears a ring of generation {generation}, which does not measure SpO₂."
        ),
        mend: format!(
            "SpO₂ takes a ring of generation {FIRST_WITH_SPO2} or later. Everything else is \
             compared without it."
        ),
    }
}

/// Our clock and a vendor's differ.
pub(super) fn clock(vendor: Vendor, ahead_s: i64) -> Option<Trouble> {
    if ahead_s.abs() <= CLOCK_TOLERANCE_S {
        return None;
    }
    let off = ahead_s.unsigned_abs();
    let amount = match off {
        0..120 => format!("{off} s"),
        120..7_200 => format!("{} min", off / 60),
        7_200..172_800 => format!("{} h", off / 3_600),
        _ => format!("{} days", off / 86_400),
    };
    let side = if ahead_s > 0 { "behind" } else { "ahead of" };
    Some(Trouble {
        what: format!(
            "This server's clock is {amount} {side} that of {}.",
            vendor.name()
        ),
        mend: "Set the machine's clock by the network (NTP): ages, alarms and sign-ins are \
               reckoned by it."
            .into(),
    })
}

#[cfg(test)]
mod tests {
    use physiology::{SubjectId, Timestamp};
    use store::ConnectionState;

    use super::*;

    #[test]
    fn the_way_back_is_compared_to_the_letter() {
        let expected = Url::parse("https://twins.example/oauth/oura/callback").unwrap();
        let check = |sent: &str| redirect(Vendor::Oura, &Url::parse(sent).unwrap(), &expected);
        assert_eq!(check("https://twins.example/oauth/oura/callback"), None);
        // As an address, not as typed: a host's case and a scheme's own port say nothing.
        assert_eq!(check("https://Twins.example:443/oauth/oura/callback"), None);
        for (sent, says) in [
            (
                "https://twins.example/oauth/oura/callback/",
                "slash at the end",
            ),
            (
                "http://twins.example/oauth/oura/callback",
                "begins with http://",
            ),
            (
                "https://www.twins.example/oauth/oura/callback",
                "host names",
            ),
            ("https://twins.example:8443/oauth/oura/callback", "ports"),
            (
                "https://twins.example/oauth/polar/callback",
                "follows the host",
            ),
            (
                "https://twins.example/oauth/oura/Callback",
                "follows the host",
            ),
            (
                "https://twins.example/oauth/oura/callback?x",
                "follows the host",
            ),
        ] {
            let trouble = check(sent).unwrap();
            assert!(trouble.what.contains(says), "{sent}: {}", trouble.what);
            assert!(trouble.what.contains(sent), "{}", trouble.what);
            assert!(trouble.mend.contains("OURA_REDIRECT_URI"));
        }
    }

    fn sync(vendor: Vendor, collection: &str, outcome: SyncOutcome) -> CollectionSync {
        CollectionSync {
            subject: SubjectId(1),
            vendor,
            collection: collection.into(),
            cursor: None,
            tried_at: Timestamp(0),
            synced_at: None,
            outcome,
        }
    }

    fn connection(refused: &[&str]) -> Connection {
        Connection {
            subject: SubjectId(1),
            vendor: Vendor::Oura,
            state: ConnectionState::Connected,
            granted: vec!["daily".into()],
            refused: refused.iter().map(|scope| (*scope).to_owned()).collect(),
            vendor_user_id: None,
            device: None,
            connected_at: Timestamp(0),
        }
    }

    #[test]
    fn spo2_is_missed_by_its_scope_or_by_its_collection() {
        let check = |refused: &[&str], syncs: &[CollectionSync]| {
            spo2_granted("Ana", &connection(refused), syncs.iter()).is_some()
        };
        assert!(check(&["spo2"], &[]));
        assert!(check(&["extapi:spo2"], &[]));
        assert!(!check(&["heartrate"], &[]));
        let not_granted = |id: &str| sync(Vendor::Oura, id, SyncOutcome::NotGranted);
        assert!(check(&[], &[not_granted("daily_spo2")]));
        assert!(!check(&[], &[not_granted("heartrate")]));
        assert!(!check(
            &[],
            &[sync(Vendor::Oura, "daily_spo2", SyncOutcome::Done)]
        ));
    }

    #[test]
    fn spo2_has_to_be_asked_for() {
        let scopes = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            asks_for_spo2(Vendor::Oura, &scopes(&["daily", "spo2"])),
            None
        );
        assert_eq!(asks_for_spo2(Vendor::Oura, &scopes(&["extapi:spo2"])), None);
        assert!(asks_for_spo2(Vendor::Oura, &scopes(&["daily"])).is_some());
        assert_eq!(
            asks_for_spo2(Vendor::Polar, &scopes(&["accesslink.read_all"])),
            None
        );
    }

    #[test]
    fn polars_consents_are_missed_by_any_refusal() {
        let refused = [sync(Vendor::Polar, "sleep", SyncOutcome::NotGranted)];
        assert!(polar_consents("Ana", refused.iter()).is_some());
        let failed = SyncOutcome::Failed {
            message: "It did.".into(),
        };
        let fine = [sync(Vendor::Polar, "sleep", failed)];
        assert_eq!(polar_consents("Ana", fine.iter()), None);
    }

    #[test]
    fn a_minute_is_forgiven() {
        for ahead_s in [-60, -1, 0, 60] {
            assert_eq!(clock(Vendor::Oura, ahead_s), None);
        }
        let what = |ahead_s| clock(Vendor::Polar, ahead_s).unwrap().what;
        assert_eq!(
            what(61),
            "This server's clock is 61 s behind that of Polar."
        );
        assert_eq!(
            what(-600),
            "This server's clock is 10 min ahead of that of Polar."
        );
        assert_eq!(
            what(-20_700),
            "This server's clock is 5 h ahead of that of Polar."
        );
        assert_eq!(
            what(i64::MIN + 1),
            "This server's clock is 106751991167300 days ahead of that of Polar."
        );
    }

    #[test]
    fn a_refusal_is_explained_without_the_vendors_words() {
        for reason in [
            "consents_missing",
            "invalid_client",
            "invalid_redirect_uri",
            "<b>x",
        ] {
            let trouble = refused("Ana", Vendor::Polar, reason);
            assert!(
                trouble
                    .what
                    .starts_with("Polar refused the last sign-in of Ana: ")
            );
            assert!(!trouble.what.contains('<') && trouble.mend.ends_with('.'));
        }
        assert!(
            refused("Ana", Vendor::Polar, "consents_missing")
                .mend
                .contains("consent")
        );
    }
}
