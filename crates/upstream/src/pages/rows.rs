//! Rows without ids, gathered into documents of a UTC day.

use std::collections::BTreeMap;

use physiology::{Day, DayRange, Timestamp};
use serde::Deserialize;

use super::identity::hash_key;
use crate::collection::Collection;
use crate::document::Document;
use crate::time::LocalTime;

/// The rows of the window under way, as one JSON array a day that only lacks its end.
#[derive(Default)]
pub(super) struct Rows {
    days: BTreeMap<Day, String>,
    /// Rows that do not tell when they are from.
    strays: String,
}

#[derive(Deserialize)]
struct Row {
    timestamp: Option<LocalTime>,
    /// ms.
    timestamp_unix: Option<i64>,
}

impl Rows {
    /// Adds rows; those outside of `days` belong to another window.
    pub fn add(&mut self, items: Vec<String>, days: DayRange) {
        for item in items {
            let row = serde_json::from_str::<Row>(&item).ok();
            let at = row.and_then(|row| {
                row.timestamp
                    .map(|time| time.at)
                    .or(row.timestamp_unix.map(Timestamp))
            });
            match at.map(Day::of_utc) {
                Some(day) if days.contains(day) => append(self.days.entry(day).or_default(), &item),
                Some(_) => {}
                None => append(&mut self.strays, &item),
            }
        }
    }

    /// The documents of a window that is over.
    pub fn finish(&mut self, collection: Collection) -> Vec<Document> {
        let days = std::mem::take(&mut self.days).into_iter();
        let mut documents: Vec<Document> = days
            .map(|(day, body)| Document {
                collection,
                key: day.to_string(),
                day: Some(day),
                body: body + "]",
            })
            .collect();
        if !self.strays.is_empty() {
            let body = std::mem::take(&mut self.strays) + "]";
            documents.push(Document {
                collection,
                key: hash_key(&body),
                day: None,
                body,
            });
        }
        documents
    }
}

fn append(array: &mut String, item: &str) {
    array.push(if array.is_empty() { '[' } else { ',' });
    array.push_str(item);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_gathered_by_utc_day_and_none_is_lost() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let mut rows = Rows::default();
        let row = |text: &str| format!(r#"{{"timestamp":"{text}","bpm":50}}"#);
        let window = DayRange::new(day("2026-10-12"), day("2026-10-13"));
        let (late, early) = (
            row("2026-10-13T00:10:00+05:45"),
            row("2026-10-13T00:00:00Z"),
        );
        rows.add(
            vec![late.clone(), row("2026-10-11T23:59:59Z"), "7".into()],
            window,
        );
        rows.add(vec![early.clone(), row("2026-10-14T00:00:00Z")], window);
        let unix = r#"{"timestamp_unix":1791849600000}"#;
        rows.add(vec![unix.into()], window);
        let documents = rows.finish(Collection::OuraHeartrate);
        let found: Vec<(&str, &str)> = documents
            .iter()
            .map(|d| (d.key.as_str(), d.body.as_str()))
            .collect();
        let (first, second) = (format!("[{late}]"), format!("[{early},{unix}]"));
        assert_eq!(
            found[..2],
            [
                ("2026-10-12", first.as_str()),
                ("2026-10-13", second.as_str())
            ]
        );
        assert_eq!((found.len(), found[2].1), (3, "[7]"));
        assert!(rows.finish(Collection::OuraHeartrate).is_empty());
    }
}
