//! Which document it is, and of which day.

use core::fmt::Write as _;

use physiology::Day;
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};

use crate::collection::{Collection, Identity};
use crate::document::Document;
use crate::time::WallTime;

/// The members that can tell, whatever they hold.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Members {
    id: Loose,
    day: Loose,
    date: Loose,
    start_day: Loose,
    #[serde(alias = "start-time")]
    start_time: Loose,
    period_start_time: Loose,
    #[serde(alias = "preferred_sleep_period_end_time")]
    sleep_period_end_time: Loose,
    sleep_timezone_offset_minutes: Loose,
}

/// A member that may hold anything.
#[derive(Default, Deserialize)]
#[serde(untagged)]
enum Loose {
    Text(String),
    Number(i64),
    #[default]
    Missing,
    Other(IgnoredAny),
}

impl Loose {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn day(&self) -> Option<Day> {
        self.text()?.parse().ok()
    }

    /// The date in front of a local time.
    fn date_part(&self) -> Option<Day> {
        self.text()?.get(..10)?.parse().ok()
    }

    fn wall_time(&self) -> Option<WallTime> {
        WallTime::parse(self.text()?)
    }

    fn key(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// A document with its key and its day, as far as it tells them.
pub(crate) fn document_of(collection: Collection, body: String) -> Document {
    let members: Members = serde_json::from_str(&body).unwrap_or_default();
    let by_day = |day: Option<Day>| (day.map(|day| day.to_string()), day);
    let (key, day) = match collection.info().identity {
        Identity::IdAndDay => (members.id.key(), members.day.day()),
        Identity::IdAndStartDay => (members.id.key(), members.start_day.day()),
        Identity::IdOnly => (members.id.key(), None),
        Identity::IdAndStartTime => (members.id.key(), members.start_time.date_part()),
        Identity::Date => by_day(members.date.day()),
        Identity::StartTime => by_day(members.start_time.date_part()),
        Identity::Period => (members.period_start_time.key(), members.period_day()),
        Identity::UtcDay => (None, None),
    };
    let key = key
        .filter(|key| is_usable(key))
        .unwrap_or_else(|| hash_key(&body));
    Document {
        collection,
        key,
        day,
        body,
    }
}

impl Members {
    /// The local day the sleep ended on, or, where that is not told, the period began.
    fn period_day(&self) -> Option<Day> {
        let time = self
            .sleep_period_end_time
            .wall_time()
            .or(self.period_start_time.wall_time())?;
        let ahead_min = match self.sleep_timezone_offset_minutes {
            Loose::Number(minutes) => i32::try_from(minutes).ok()?,
            _ => 0,
        };
        Some(Day::of_local(time.as_utc, ahead_min.saturating_mul(60)))
    }
}

/// What can be kept and asked for again.
fn is_usable(key: &str) -> bool {
    (1..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

/// For a document that does not say which one it is.
pub(super) fn hash_key(body: &str) -> String {
    let mut key = String::from("sha256:");
    for byte in Sha256::digest(body.as_bytes()) {
        // Writing to a String cannot fail.
        let _ = write!(key, "{byte:02x}");
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(collection: Collection, body: &str) -> (String, Option<String>) {
        let document = document_of(collection, body.to_owned());
        assert_eq!(document.body, body);
        (document.key, document.day.map(|day| day.to_string()))
    }

    #[test]
    fn each_kind_tells_itself_in_its_own_way() {
        let cases = [
            (
                Collection::OuraSleep,
                r#"{"id":"a-1","day":"2026-10-13","x":[]}"#,
                "a-1",
                "2026-10-13",
            ),
            (
                Collection::OuraEnhancedTag,
                r#"{"id":"t","start_day":"2026-10-13"}"#,
                "t",
                "2026-10-13",
            ),
            (
                Collection::PolarSleep,
                r#"{"date":"2026-10-13"}"#,
                "2026-10-13",
                "2026-10-13",
            ),
            (
                Collection::PolarActivities,
                r#"{"start_time":"2026-10-13T00:00:00"}"#,
                "2026-10-13",
                "2026-10-13",
            ),
            (
                Collection::PolarExercises,
                r#"{"id":19375,"start-time":"2026-10-13T08:00:00"}"#,
                "19375",
                "2026-10-13",
            ),
            (
                Collection::PolarAlertness,
                r#"{"period_start_time":"2026-10-12T21:10:00","sleep_period_end_time":"2026-10-12T21:10:00",
                "sleep_timezone_offset_minutes":345}"#,
                "2026-10-12T21:10:00",
                "2026-10-13",
            ),
        ];
        for (collection, body, key, day) in cases {
            assert_eq!(
                identity(collection, body),
                (key.to_owned(), Some(day.to_owned()))
            );
        }
    }

    #[test]
    fn what_does_not_tell_is_known_by_its_text() {
        let (key, day) = identity(Collection::OuraSession, r#"{"id":"a","day":20375}"#);
        assert_eq!((key.as_str(), day), ("a", None));
        for body in [
            "5",
            "null",
            "[]",
            r#"{"id":null}"#,
            r#"{"id":"a b"}"#,
            r#"{"id":""}"#,
        ] {
            let (key, day) = identity(Collection::OuraSession, body);
            assert!(key.starts_with("sha256:") && key.len() == 71, "{key}");
            assert_eq!(day, None);
        }
        assert_eq!(
            hash_key("abc"),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
