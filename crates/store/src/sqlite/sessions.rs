//! Sessions, and sign-ins that failed.

use physiology::Timestamp;
use sqlx::Row;

use super::SqliteStore;
use super::accounts::account;
use super::columns::{dangling, hash};
use crate::error::StoreError;
use crate::model::{Account, AccountId, SessionRow};

/// How long a failed sign-in is remembered, s.
const FAILURE_KEPT_S: i64 = 86_400;

pub(super) async fn create(store: &SqliteStore, session: &SessionRow) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO sessions (id_hash, account, created_at, seen_at, expires_at)
        VALUES (?, ?, ?, ?, ?)";
    sqlx::query(SQL)
        .bind(&session.id_hash[..])
        .bind(session.account.0)
        .bind(session.created_at.0)
        .bind(session.seen_at.0)
        .bind(session.expires_at.0)
        .execute(&store.writer)
        .await
        .map_err(dangling("account"))?;
    Ok(())
}

pub(super) async fn find(
    store: &SqliteStore,
    id_hash: &[u8; 32],
) -> Result<Option<(SessionRow, Account)>, StoreError> {
    const SQL: &str = "SELECT id_hash, account, created_at, seen_at, expires_at,
            id, name, role, password_hash, disabled, units
        FROM sessions JOIN accounts ON accounts.id = sessions.account
        WHERE id_hash = ? AND NOT disabled";
    let row = sqlx::query(SQL)
        .bind(&id_hash[..])
        .fetch_optional(&store.readers)
        .await?;
    row.map(|row| {
        let session = SessionRow {
            id_hash: hash(row.try_get(0)?)?,
            account: AccountId(row.try_get(1)?),
            created_at: Timestamp(row.try_get(2)?),
            seen_at: Timestamp(row.try_get(3)?),
            expires_at: Timestamp(row.try_get(4)?),
        };
        Ok((session, account(&row, 5)?))
    })
    .transpose()
}

pub(super) async fn touch(
    store: &SqliteStore,
    id_hash: &[u8; 32],
    at: Timestamp,
) -> Result<(), StoreError> {
    // Requests may arrive out of order: the later use stands.
    const SQL: &str = "UPDATE sessions SET seen_at = ?1 WHERE id_hash = ?2 AND seen_at < ?1";
    sqlx::query(SQL)
        .bind(at.0)
        .bind(&id_hash[..])
        .execute(&store.writer)
        .await?;
    Ok(())
}

pub(super) async fn delete(store: &SqliteStore, id_hash: &[u8; 32]) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE id_hash = ?";
    sqlx::query(SQL)
        .bind(&id_hash[..])
        .execute(&store.writer)
        .await?;
    Ok(())
}

pub(super) async fn prune(
    store: &SqliteStore,
    now: Timestamp,
    idle_before: Timestamp,
) -> Result<u64, StoreError> {
    const SQL: &str = "DELETE FROM sessions WHERE expires_at <= ? OR seen_at < ?";
    let pruned = sqlx::query(SQL)
        .bind(now.0)
        .bind(idle_before.0)
        .execute(&store.writer)
        .await?;
    Ok(pruned.rows_affected())
}

pub(super) async fn note_failure(
    store: &SqliteStore,
    key: &[u8; 32],
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    sqlx::query("INSERT INTO sign_in_failures (key, at) VALUES (?, ?)")
        .bind(&key[..])
        .bind(at.0)
        .execute(&mut *transaction)
        .await?;
    // Whoever only ever fails must not fill the disk.
    forget_old_failures(&mut transaction, at).await?;
    Ok(transaction.commit().await?)
}

pub(super) async fn failures(
    store: &SqliteStore,
    key: &[u8; 32],
    since: Timestamp,
) -> Result<u32, StoreError> {
    const SQL: &str = "SELECT count(*) FROM sign_in_failures WHERE key = ? AND at >= ?";
    let count: i64 = sqlx::query_scalar(SQL)
        .bind(&key[..])
        .bind(since.0)
        .fetch_one(&store.readers)
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

pub(super) async fn clear_failures(
    store: &SqliteStore,
    key: &[u8; 32],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    sqlx::query("DELETE FROM sign_in_failures WHERE key = ?")
        .bind(&key[..])
        .execute(&mut *transaction)
        .await?;
    forget_old_failures(&mut transaction, now).await?;
    Ok(transaction.commit().await?)
}

async fn forget_old_failures(
    connection: &mut sqlx::SqliteConnection,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sign_in_failures WHERE at < ?")
        .bind(now.plus_seconds(-FAILURE_KEPT_S).0)
        .execute(connection)
        .await?;
    Ok(())
}
