//! Daily values: the question behind the overview, and so the one that has to be quick.
//!
//! Each row that SQLite hands over costs some two microseconds, and 400 days of six metrics of two
//! twins are 4,800. So a reading is kept as one line of text, SQLite strings the lines of a
//! subject and metric together, and twelve rows come back instead.
//!
//! A line is `DAY SOURCE VALUE MEASURED_AT QUALITY RECEIVED_AT LENGTH DOCUMENT`, with the length of
//! the document's name in bytes, and the value as the shortest decimal that reads back to the same
//! bits. (A column of SQLite's own floating-point type would lose −0.0, and refuse NaN.)

use std::fmt::Write as _;

use physiology::{Measurement, Metric, SubjectId, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::SqliteStore;
use super::columns::{
    FIRST_DAY, LAST_DAY, corrupt, day, metrics_parameter, quality, source, subjects_parameter,
};
use super::derived::Origin;
use crate::access::Visible;
use crate::error::StoreError;
use crate::model::{DailyReading, ReadingsQuery};

pub(super) async fn add(
    connection: &mut SqliteConnection,
    origin: Origin,
    reading: &DailyReading,
) -> Result<(), StoreError> {
    // Two documents of one day that speak of the same metric and day: the later in the list stands.
    const SQL: &str = "INSERT OR REPLACE INTO readings
            (subject, metric, day, collection, derived_day, source, line)
        VALUES (?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(SQL)
        .bind(origin.subject.0)
        .bind(reading.metric.id())
        .bind(reading.day.days_since_epoch())
        .bind(origin.collection)
        .bind(origin.day)
        .bind(reading.measurement.source.id())
        .bind(line(reading))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn find(
    store: &SqliteStore,
    visible: &Visible,
    query: &ReadingsQuery,
) -> Result<Vec<DailyReading>, StoreError> {
    const SQL: &str = "SELECT seen.value, wanted.key, (
            SELECT group_concat(line, '') FROM readings
            WHERE subject = seen.value AND metric = wanted.value AND day BETWEEN ?3 AND ?4
        ) FROM json_each(?1) AS seen, json_each(?2) AS wanted";
    let metrics = metrics(query);
    let (first, last) = query.days.map_or((FIRST_DAY, LAST_DAY), |days| {
        (days.first.days_since_epoch(), days.last.days_since_epoch())
    });
    let rows = sqlx::query(SQL)
        .bind(subjects_parameter(visible.subjects()))
        .bind(metrics_parameter(&metrics))
        .bind(first)
        .bind(last)
        .fetch_all(&store.readers)
        .await?;
    let mut readings = Vec::new();
    for row in &rows {
        let subject = SubjectId(row.try_get(0)?);
        let place = usize::try_from(row.try_get::<i64, _>(1)?).ok();
        let metric = *place
            .and_then(|place| metrics.get(place))
            .ok_or(corrupt("metric"))?;
        let mut lines: &str = row.try_get::<Option<&str>, _>(2)?.unwrap_or_default();
        while !lines.is_empty() {
            readings.push(next(&mut lines, subject, metric)?);
        }
    }
    // In order already, as far as the loops go; SQL only does not promise it.
    readings.sort_by_key(|reading| (reading.subject, reading.metric, reading.day));
    Ok(readings)
}

/// The metrics asked for, each once, in the domain's order.
fn metrics(query: &ReadingsQuery) -> Vec<Metric> {
    let mut metrics = if query.metrics.is_empty() {
        Metric::ALL.to_vec()
    } else {
        query.metrics.clone()
    };
    metrics.sort_unstable();
    metrics.dedup();
    metrics
}

fn line(reading: &DailyReading) -> String {
    let Measurement {
        value,
        measured_at,
        source,
        quality,
    } = reading.measurement;
    let mut line = String::with_capacity(80 + reading.document.len());
    // Writing to a string does not fail.
    let _ = write!(
        line,
        "{} {} {value:?} {} {} {} {} {}",
        reading.day.days_since_epoch(),
        source.id(),
        measured_at.0,
        quality.id(),
        reading.received_at.0,
        reading.document.len(),
        reading.document,
    );
    line
}

/// Takes one reading off the front of `lines`.
fn next(lines: &mut &str, subject: SubjectId, metric: Metric) -> Result<DailyReading, StoreError> {
    const CORRUPT: StoreError = corrupt("reading");
    let mut word = || -> Result<&str, StoreError> {
        let (word, rest) = lines.split_once(' ').ok_or(CORRUPT)?;
        *lines = rest;
        Ok(word)
    };
    let day = day(number(word()?)?)?;
    let source = source(word()?)?;
    let value = word()?.parse().map_err(|_| CORRUPT)?;
    let measured_at = Timestamp(number(word()?)?);
    let quality = quality(word()?)?;
    let received_at = Timestamp(number(word()?)?);
    let length: usize = word()?.parse().map_err(|_| CORRUPT)?;
    let (document, rest) = lines.split_at_checked(length).ok_or(CORRUPT)?;
    *lines = rest;
    Ok(DailyReading {
        subject,
        metric,
        day,
        measurement: Measurement {
            value,
            measured_at,
            source,
            quality,
        },
        received_at,
        document: document.to_owned(),
    })
}

fn number(word: &str) -> Result<i64, StoreError> {
    word.parse().map_err(|_| corrupt("reading"))
}

#[cfg(test)]
mod tests {
    use physiology::{Day, Quality, Source};

    use super::*;

    fn reading(value: f64, document: &str) -> DailyReading {
        DailyReading {
            subject: SubjectId(1),
            metric: Metric::Spo2Night,
            day: Day::new(1969, 12, 31).unwrap(),
            measurement: Measurement {
                value,
                measured_at: Timestamp(i64::MIN),
                source: Source::Computed,
                quality: Quality::Partial,
            },
            received_at: Timestamp(i64::MAX),
            document: document.into(),
        }
    }

    fn all(mut lines: &str) -> Result<Vec<DailyReading>, StoreError> {
        let mut readings = Vec::new();
        while !lines.is_empty() {
            readings.push(next(&mut lines, SubjectId(1), Metric::Spo2Night)?);
        }
        Ok(readings)
    }

    #[test]
    fn values_read_back_to_the_same_bits() {
        // A walk over all bit patterns, with a step that has no pattern itself.
        for step in 0..20_000_u64 {
            let value = f64::from_bits(step.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let back = all(&line(&reading(value, "x"))).unwrap()[0]
                .measurement
                .value;
            assert!(back.to_bits() == value.to_bits() || back.is_nan() && value.is_nan());
        }
    }

    #[test]
    fn lines_strung_together_come_apart_whatever_documents_are_called() {
        let readings = ["", " ", "1 2 3", "a\nb\0c", "ключ 🗝", "7 oura 1.0 "]
            .map(|document| reading(-0.0, document));
        let lines: String = readings.iter().map(line).collect();
        assert_eq!(all(&lines).unwrap(), readings);
    }

    #[test]
    fn what_is_no_line_is_refused() {
        let whole = line(&reading(97.5, "ключ"));
        for end in 1..whole.len() {
            let Some(cut) = whole.get(..end) else {
                continue;
            };
            assert!(matches!(all(cut), Err(StoreError::Corrupt { .. })), "{cut}");
        }
        for lines in [
            "x oura 1.0 1 complete 1 0 ",
            "99999999999 oura 1.0 1 complete 1 0 ",
            "1 moon 1.0 1 complete 1 0 ",
            "1 oura one 1 complete 1 0 ",
            "1 oura 1.0 1.5 complete 1 0 ",
            "1 oura 1.0 1 half 1 0 ",
            "1 oura 1.0 1 complete 1 -1 ",
            "1 oura 1.0 1 complete 1 18446744073709551615 x",
            "1 oura 1.0 1 complete 1 1 🗝",
        ] {
            assert!(
                matches!(all(lines), Err(StoreError::Corrupt { .. })),
                "{lines}"
            );
        }
    }
}
