//! Settings, and OAuth states on their way round.

use physiology::Timestamp;

use super::SqliteStore;
use crate::error::StoreError;

pub(super) async fn ready(store: &SqliteStore) -> Result<(), StoreError> {
    let _: i64 = sqlx::query_scalar("SELECT count(*) FROM pair")
        .fetch_one(&store.readers)
        .await?;
    Ok(())
}

pub(super) async fn setting(store: &SqliteStore, name: &str) -> Result<Option<String>, StoreError> {
    const SQL: &str = "SELECT value FROM settings WHERE name = ?";
    Ok(sqlx::query_scalar(SQL)
        .bind(name)
        .fetch_optional(&store.readers)
        .await?)
}

pub(super) async fn set_setting(
    store: &SqliteStore,
    name: &str,
    value: Option<&str>,
) -> Result<(), StoreError> {
    let statement = match value {
        Some(value) => sqlx::query("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)")
            .bind(name)
            .bind(value),
        None => sqlx::query("DELETE FROM settings WHERE name = ?").bind(name),
    };
    statement.execute(&store.writer).await?;
    Ok(())
}

pub(super) async fn put_oauth_state(
    store: &SqliteStore,
    state_hash: &[u8; 32],
    payload: &str,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    const SQL: &str = "INSERT OR REPLACE INTO oauth_states (state_hash, payload, expires_at)
        VALUES (?, ?, ?)";
    sqlx::query(SQL)
        .bind(&state_hash[..])
        .bind(payload)
        .bind(expires_at.0)
        .execute(&store.writer)
        .await?;
    Ok(())
}

pub(super) async fn take_oauth_state(
    store: &SqliteStore,
    state_hash: &[u8; 32],
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    let mut transaction = store.begin().await?;
    // Those nobody came back for go first, this one among them when it is too late.
    sqlx::query("DELETE FROM oauth_states WHERE expires_at <= ?")
        .bind(now.0)
        .execute(&mut *transaction)
        .await?;
    let payload =
        sqlx::query_scalar("DELETE FROM oauth_states WHERE state_hash = ? RETURNING payload")
            .bind(&state_hash[..])
            .fetch_optional(&mut *transaction)
            .await?;
    transaction.commit().await?;
    Ok(payload)
}
