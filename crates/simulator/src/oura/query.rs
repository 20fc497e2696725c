//! The parameters of Oura's lists.

use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDateTime};
use physiology::{Day, Timestamp};

use super::errors;
use crate::http::params::Params;

/// One end of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// A date: compared with a document's `day`.
    Day(Day),
    /// A date and time: compared with when a document starts.
    At(Timestamp),
}

impl Bound {
    /// The date it falls on, UTC.
    pub(crate) fn day(self) -> Day {
        match self {
            Self::Day(day) => day,
            Self::At(at) => Day::of_utc(at),
        }
    }

    /// The instant it stands for; a date is its midnight, UTC.
    pub(crate) fn at(self) -> Timestamp {
        match self {
            Self::Day(day) => day.start_utc(),
            Self::At(at) => at,
        }
    }
}

/// A date, or a date and time with or without an offset.
pub(crate) fn bound(text: &str) -> Option<Bound> {
    if let Ok(day) = text.parse::<Day>() {
        return Some(Bound::Day(day));
    }
    // A plus sign that was not percent-encoded arrives as a space.
    let text = text.replace(' ', "+");
    if let Ok(at) = DateTime::parse_from_rfc3339(&text) {
        return Some(Bound::At(Timestamp(at.timestamp_millis())));
    }
    let naive = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(Bound::At(Timestamp(naive.and_utc().timestamp_millis())))
}

/// The bound a parameter gives, if it is there; otherwise 422.
pub(crate) fn read_bound(params: &Params, name: &str) -> Result<Option<Bound>, Box<Response>> {
    let Some(text) = params.get(name) else {
        return Ok(None);
    };
    bound(text).map(Some).ok_or_else(|| {
        let kind = "datetime_from_date_parsing";
        let message = "Input should be a valid datetime or date";
        Box::new(errors::invalid("query", name, kind, message, text))
    })
}

/// Where a further page begins. The window travels along, so that a client need not repeat it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// Collection and person: a token is worth nothing elsewhere.
    pub(crate) list: String,
    /// An index or an instant, as the list counts.
    pub(crate) position: i64,
    pub(crate) start: String,
    pub(crate) end: String,
}

impl Cursor {
    pub(crate) fn token(&self) -> String {
        let Self {
            list,
            position,
            start,
            end,
        } = self;
        URL_SAFE_NO_PAD.encode(format!("{list}|{position}|{start}|{end}"))
    }

    pub(crate) fn read(token: &str, list: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
        let mut parts = text.splitn(4, '|');
        let cursor = Self {
            list: parts.next()?.to_owned(),
            position: parts.next()?.parse().ok()?,
            start: parts.next()?.to_owned(),
            end: parts.next()?.to_owned(),
        };
        (cursor.list == list && cursor.position >= 0).then_some(cursor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read() {
        let day: Day = "2026-10-13".parse().unwrap();
        assert_eq!(bound("2026-10-13"), Some(Bound::Day(day)));
        let midnight = Some(Bound::At(day.start_utc()));
        assert_eq!(bound("2026-10-13T00:00:00"), midnight);
        assert_eq!(bound("2026-10-13T05:45:00+05:45"), midnight);
        assert_eq!(bound("2026-10-13T05:45:00 05:45"), midnight);
        assert_eq!(bound("2026-10-13T00:00:00.000Z"), midnight);
        assert_eq!(bound("yesterday"), None);
    }

    #[test]
    fn a_token_is_worth_nothing_elsewhere() {
        let cursor = Cursor {
            list: "sleep.0".into(),
            position: 10,
            start: "2026-10-01".into(),
            end: String::new(),
        };
        assert_eq!(
            Cursor::read(&cursor.token(), "sleep.0"),
            Some(cursor.clone())
        );
        assert_eq!(Cursor::read(&cursor.token(), "sleep.1"), None);
        assert_eq!(Cursor::read("&&&", "sleep.0"), None);
    }
}
