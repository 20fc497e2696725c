//! Workouts: a row a vendor's document.

use physiology::workout::{Activity, Origin as Told};
use physiology::{DayRange, SubjectId, Timestamp, Workout};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::SqliteStore;
use super::columns::{corrupt, day, source, subjects_parameter};
use super::derived::Origin;
use crate::access::Visible;
use crate::error::StoreError;
use crate::model::SubjectWorkout;

/// Keeps a workout under the document that tells of it; one that none does is left out.
pub(super) async fn add(
    connection: &mut SqliteConnection,
    origin: Origin,
    workout: &Workout,
) -> Result<(), StoreError> {
    // Two documents under one key: the later in the list stands.
    const SQL: &str = "INSERT OR REPLACE INTO workouts
            (subject, day, collection, derived_day, document, source, activity, label,
             starts_at, ends_at, utc_offset_s, distance_m, calories_kcal,
             average_heart_rate_bpm, max_heart_rate_bpm, cardio_load)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    for told in &workout.origins {
        sqlx::query(SQL)
            .bind(origin.subject.0)
            .bind(workout.day.days_since_epoch())
            .bind(origin.collection)
            .bind(origin.day)
            .bind(&told.document)
            .bind(told.source.id())
            .bind(workout.activity.id())
            .bind(workout.label.as_deref())
            .bind(workout.starts_at.0)
            .bind(workout.ends_at.0)
            .bind(workout.utc_offset_s)
            .bind(workout.distance_m)
            .bind(workout.calories_kcal)
            .bind(workout.average_heart_rate_bpm)
            .bind(workout.max_heart_rate_bpm)
            .bind(workout.cardio_load)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

pub(super) async fn find(
    store: &SqliteStore,
    visible: &Visible,
    days: DayRange,
) -> Result<Vec<SubjectWorkout>, StoreError> {
    const SQL: &str = "SELECT subject, day, document, source, activity, label,
            starts_at, ends_at, utc_offset_s, distance_m, calories_kcal,
            average_heart_rate_bpm, max_heart_rate_bpm, cardio_load
        FROM workouts
        WHERE subject IN (SELECT value FROM json_each(?)) AND day BETWEEN ? AND ?
        ORDER BY subject, starts_at, source, document";
    let rows = sqlx::query(SQL)
        .bind(subjects_parameter(visible.subjects()))
        .bind(days.first.days_since_epoch())
        .bind(days.last.days_since_epoch())
        .fetch_all(&store.readers)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<SubjectWorkout, StoreError> {
    let activity: &str = row.try_get(4)?;
    let workout = Workout {
        origins: vec![Told {
            source: source(row.try_get(3)?)?,
            document: row.try_get(2)?,
        }],
        activity: Activity::of(activity),
        label: row.try_get(5)?,
        day: day(row.try_get(1)?)?,
        starts_at: Timestamp(row.try_get(6)?),
        ends_at: Timestamp(row.try_get(7)?),
        utc_offset_s: row
            .try_get::<Option<i64>, _>(8)?
            .map(i32::try_from)
            .transpose()
            .map_err(|_| corrupt("workout"))?,
        distance_m: row.try_get(9)?,
        calories_kcal: row.try_get(10)?,
        average_heart_rate_bpm: row.try_get(11)?,
        max_heart_rate_bpm: row.try_get(12)?,
        cardio_load: row.try_get(13)?,
    };
    if workout.ends_at < workout.starts_at {
        return Err(corrupt("workout"));
    }
    Ok(SubjectWorkout {
        subject: SubjectId(row.try_get(0)?),
        workout,
    })
}
