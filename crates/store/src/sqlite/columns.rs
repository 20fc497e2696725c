//! How the domain's words are written in columns, and read back.

use physiology::{Day, Metric, Quality, Source, SubjectId, Timestamp, Vendor};
use sqlx::error::DatabaseError;

use crate::access::Role;
use crate::error::StoreError;

/// "No day" where a day is part of a key. Chrono's calendar ends long before.
const NO_DAY: i64 = i32::MIN as i64;

/// Anything but "no day".
pub(super) const FIRST_DAY: i64 = NO_DAY + 1;
/// After every day.
pub(super) const LAST_DAY: i64 = i32::MAX as i64;

pub(super) fn day_key(day: Option<Day>) -> i64 {
    day.map_or(NO_DAY, Day::days_since_epoch)
}

pub(super) fn day_from_key(column: i64) -> Result<Option<Day>, StoreError> {
    if column == NO_DAY {
        Ok(None)
    } else {
        day(column).map(Some)
    }
}

pub(super) fn day(column: i64) -> Result<Day, StoreError> {
    let day = Day::of_utc(Timestamp(0)).plus(column);
    // `plus` stays where it is when it would leave the calendar.
    if day.days_since_epoch() == column {
        Ok(day)
    } else {
        Err(corrupt("day"))
    }
}

pub(super) fn vendor(column: &str) -> Result<Vendor, StoreError> {
    Vendor::from_id(column).ok_or(corrupt("vendor"))
}

pub(super) fn source(column: &str) -> Result<Source, StoreError> {
    Source::from_id(column).ok_or(corrupt("source"))
}

pub(super) fn quality(column: &str) -> Result<Quality, StoreError> {
    Quality::from_id(column).ok_or(corrupt("quality"))
}

pub(super) fn role(column: &str) -> Result<Role, StoreError> {
    Role::from_id(column).ok_or(corrupt("role"))
}

pub(super) fn count(column: i64) -> Result<u64, StoreError> {
    u64::try_from(column).map_err(|_| corrupt("count"))
}

/// Counts beyond what a column holds stop there.
pub(super) fn count_column(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

pub(super) fn hash(column: &[u8]) -> Result<[u8; 32], StoreError> {
    column.try_into().map_err(|_| corrupt("hash"))
}

pub(super) fn list(column: &str) -> Result<Vec<String>, StoreError> {
    serde_json::from_str(column).map_err(|_| corrupt("list"))
}

pub(super) fn list_column(list: &[String]) -> String {
    json_array(
        list.iter()
            .map(|item| serde_json::Value::from(item.as_str())),
    )
}

/// Subjects as a parameter for `json_each`, each once, in order.
pub(super) fn subjects_parameter(subjects: &[SubjectId]) -> String {
    let mut ids: Vec<i64> = subjects.iter().map(|subject| subject.0).collect();
    ids.sort_unstable();
    ids.dedup();
    json_array(ids.into_iter().map(serde_json::Value::from))
}

/// Metrics as a parameter for `json_each`: a row's `key` is the place in the list.
pub(super) fn metrics_parameter(metrics: &[Metric]) -> String {
    json_array(
        metrics
            .iter()
            .map(|metric| serde_json::Value::from(metric.id())),
    )
}

fn json_array(items: impl Iterator<Item = serde_json::Value>) -> String {
    serde_json::Value::Array(items.collect()).to_string()
}

pub(super) const fn corrupt(what: &'static str) -> StoreError {
    StoreError::Corrupt { what }
}

/// A statement that refers to a subject or account which is not there.
pub(super) fn dangling(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| {
        let is_dangling = error
            .as_database_error()
            .is_some_and(DatabaseError::is_foreign_key_violation);
        if is_dangling {
            StoreError::NotFound { what }
        } else {
            error.into()
        }
    }
}

/// A statement that would make what is there already.
pub(super) fn taken(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| {
        let is_taken = error
            .as_database_error()
            .is_some_and(DatabaseError::is_unique_violation);
        if is_taken {
            StoreError::Exists { what }
        } else {
            error.into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip_and_nonsense_is_refused() {
        for day in [
            "0000-01-01",
            "1969-12-31",
            "1970-01-01",
            "2026-10-13",
            "9999-12-31",
        ] {
            let day = day.parse().unwrap();
            assert_eq!(day_from_key(day_key(Some(day))).unwrap(), Some(day));
        }
        assert_eq!(day_from_key(day_key(None)).unwrap(), None);
        for column in [i64::MIN, NO_DAY - 1, FIRST_DAY, LAST_DAY, i64::MAX] {
            assert!(
                matches!(day(column), Err(StoreError::Corrupt { what: "day" })),
                "{column}"
            );
        }
    }

    #[test]
    fn lists_round_trip() {
        let items = vec![
            "email".to_owned(),
            "with \"quotes\"".to_owned(),
            String::new(),
        ];
        assert_eq!(list(&list_column(&items)).unwrap(), items);
        assert!(list("{}").is_err());
    }
}
