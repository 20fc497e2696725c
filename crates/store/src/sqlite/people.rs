//! The pair and its itinerary.

use physiology::alarm::Spo2Limits;
use physiology::{Itinerary, Profile, SubjectId, Timestamp, Waypoint};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::columns::{corrupt, day, taken};
use super::{SqliteStore, tiles};
use crate::error::StoreError;
use crate::model::{Pair, Subject};

pub(super) async fn pair(store: &SqliteStore) -> Result<Option<Pair>, StoreError> {
    const SQL: &str = "SELECT itinerary_name, first_day, last_day,
            a.id, a.name, a.profile, a.spo2_limits, b.id, b.name, b.profile, b.spo2_limits
        FROM pair JOIN subjects AS a ON a.id = pair.a JOIN subjects AS b ON b.id = pair.b";
    // One snapshot, so that an itinerary's head and its waypoints belong together.
    let mut snapshot = store.readers.begin().await?;
    let Some(row) = sqlx::query(SQL).fetch_optional(&mut *snapshot).await? else {
        return Ok(None);
    };
    let itinerary = match row.try_get::<Option<String>, _>(0)? {
        None => None,
        Some(name) => Some(Itinerary {
            name,
            first_day: day(row.try_get(1)?)?,
            last_day: day(row.try_get(2)?)?,
            waypoints: waypoints(&mut snapshot).await?,
        }),
    };
    snapshot.commit().await?;
    Ok(Some(Pair {
        a: subject(&row, 3)?,
        b: subject(&row, 7)?,
        itinerary,
    }))
}

/// From four columns in a row: id, name, profile, limits.
fn subject(row: &SqliteRow, first: usize) -> Result<Subject, StoreError> {
    let json = |index: usize| row.try_get::<&str, _>(first + index);
    Ok(Subject {
        id: SubjectId(row.try_get(first)?),
        name: row.try_get(first + 1)?,
        profile: serde_json::from_str(json(2)?).map_err(|_| corrupt("profile"))?,
        spo2_limits: serde_json::from_str(json(3)?).map_err(|_| corrupt("limits"))?,
    })
}

pub(super) async fn put_subject(store: &SqliteStore, subject: &Subject) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE subjects SET name = ?, profile = ?, spo2_limits = ? WHERE id = ?";
    let json = |text: Result<String, serde_json::Error>| {
        text.map_err(|error| StoreError::Unavailable(Box::new(error)))
    };
    let done = sqlx::query(SQL)
        .bind(&subject.name)
        .bind(json(serde_json::to_string(&subject.profile))?)
        .bind(json(serde_json::to_string(&subject.spo2_limits))?)
        .bind(subject.id.0)
        .execute(&store.writer)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound { what: "subject" });
    }
    Ok(())
}

async fn waypoints(connection: &mut SqliteConnection) -> Result<Vec<Waypoint>, StoreError> {
    const SQL: &str = "SELECT at, altitude_m, place, utc_offset_s FROM waypoints ORDER BY position";
    let rows = sqlx::query(SQL).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(Waypoint {
                at: Timestamp(row.try_get(0)?),
                altitude_m: row.try_get(1)?,
                place: row.try_get(2)?,
                utc_offset_s: row.try_get(3)?,
            })
        })
        .collect()
}

pub(super) async fn create_pair(store: &SqliteStore, names: [&str; 2]) -> Result<Pair, StoreError> {
    const PAIR: &str = "INSERT INTO pair (id, a, b) VALUES (1, ?, ?)";
    let mut transaction = store.begin().await?;
    let a = create_subject(&mut transaction, names[0]).await?;
    let b = create_subject(&mut transaction, names[1]).await?;
    sqlx::query(PAIR)
        .bind(a.id.0)
        .bind(b.id.0)
        .execute(&mut *transaction)
        .await
        .map_err(taken("pair"))?;
    transaction.commit().await?;
    Ok(Pair {
        a,
        b,
        itinerary: None,
    })
}

pub(super) async fn swap_pair(store: &SqliteStore) -> Result<(), StoreError> {
    // Both right-hand sides are read before either column is written.
    let done = sqlx::query("UPDATE pair SET a = b, b = a")
        .execute(&store.writer)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound { what: "pair" });
    }
    Ok(())
}

async fn create_subject(
    connection: &mut SqliteConnection,
    name: &str,
) -> Result<Subject, StoreError> {
    const SQL: &str = "INSERT INTO subjects (name) VALUES (?) RETURNING id";
    let id = sqlx::query_scalar(SQL)
        .bind(name)
        .fetch_one(connection)
        .await?;
    Ok(Subject {
        id: SubjectId(id),
        name: name.to_owned(),
        profile: Profile::default(),
        spo2_limits: Spo2Limits::default(),
    })
}

pub(super) async fn set_itinerary(
    store: &SqliteStore,
    itinerary: &Itinerary,
) -> Result<(), StoreError> {
    const HEAD: &str = "UPDATE pair SET itinerary_name = ?, first_day = ?, last_day = ?";
    const POINT: &str = "INSERT INTO waypoints (position, at, altitude_m, place, utc_offset_s)
        VALUES (?, ?, ?, ?, ?)";
    let mut transaction = store.begin().await?;
    let head = sqlx::query(HEAD)
        .bind(&itinerary.name)
        .bind(itinerary.first_day.days_since_epoch())
        .bind(itinerary.last_day.days_since_epoch())
        .execute(&mut *transaction)
        .await?;
    if head.rows_affected() == 0 {
        return Err(StoreError::NotFound { what: "pair" });
    }
    sqlx::query("DELETE FROM waypoints")
        .execute(&mut *transaction)
        .await?;
    for (position, point) in (0_i64..).zip(&itinerary.waypoints) {
        sqlx::query(POINT)
            .bind(position)
            .bind(point.at.0)
            .bind(point.altitude_m)
            .bind(&point.place)
            .bind(point.utc_offset_s)
            .execute(&mut *transaction)
            .await?;
    }
    // What a wearer's clock was is the itinerary's to say where no document does.
    let subjects: Vec<i64> = sqlx::query_scalar("SELECT a FROM pair UNION SELECT b FROM pair")
        .fetch_all(&mut *transaction)
        .await?;
    for subject in subjects {
        tiles::clock_changed(&mut transaction, SubjectId(subject)).await?;
    }
    Ok(transaction.commit().await?)
}
