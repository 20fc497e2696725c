//! Daily values.

use physiology::{Measurement, Metric, SubjectId, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::SqliteStore;
use super::columns::{
    FIRST_DAY, LAST_DAY, corrupt, day, metrics_parameter, quality, source, subjects_parameter,
    value,
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
    const SQL: &str = "INSERT OR REPLACE INTO readings (subject, metric, day, collection,
            derived_day, source, value, measured_at, quality, received_at, document)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let Measurement {
        value,
        measured_at,
        source,
        quality,
    } = reading.measurement;
    sqlx::query(SQL)
        .bind(origin.subject.0)
        .bind(reading.metric.id())
        .bind(reading.day.days_since_epoch())
        .bind(origin.collection)
        .bind(origin.day)
        .bind(source.id())
        .bind(value)
        .bind(measured_at.0)
        .bind(quality.id())
        .bind(reading.received_at.0)
        .bind(&reading.document)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn find(
    store: &SqliteStore,
    visible: &Visible,
    query: &ReadingsQuery,
) -> Result<Vec<DailyReading>, StoreError> {
    // CROSS JOIN fixes the order of the loops: one walk along the primary key for each subject and
    // metric. The metric comes back as its place in the list, which is quicker than its name.
    const SQL: &str = "SELECT subject, wanted.key, day, readings.value, measured_at, source, quality,
            received_at, document
        FROM json_each(?1) AS seen CROSS JOIN json_each(?2) AS wanted
        CROSS JOIN readings ON subject = seen.value AND metric = wanted.value
            AND day BETWEEN ?3 AND ?4";
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
    let mut readings = Vec::with_capacity(rows.len());
    for row in &rows {
        let metric: i64 = row.try_get(1)?;
        let metric = usize::try_from(metric)
            .ok()
            .and_then(|place| metrics.get(place));
        readings.push(DailyReading {
            subject: SubjectId(row.try_get(0)?),
            metric: *metric.ok_or(corrupt("metric"))?,
            day: day(row.try_get(2)?)?,
            measurement: Measurement {
                value: value(row.try_get(3)?),
                measured_at: Timestamp(row.try_get(4)?),
                source: source(row.try_get(5)?)?,
                quality: quality(row.try_get(6)?)?,
            },
            received_at: Timestamp(row.try_get(7)?),
            document: row.try_get(8)?,
        });
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
