//! Collections: the small number that stands for a subject, a vendor and a collection's id.

use physiology::{SubjectId, Vendor};
use sqlx::SqliteConnection;

use super::columns::dangling;
use crate::error::StoreError;

/// The collection's number, if anything was ever kept of it.
pub(super) async fn find(
    connection: &mut SqliteConnection,
    subject: SubjectId,
    vendor: Vendor,
    name: &str,
) -> Result<Option<i64>, StoreError> {
    const SQL: &str = "SELECT id FROM collections WHERE subject = ? AND vendor = ? AND name = ?";
    let id = sqlx::query_scalar(SQL)
        .bind(subject.0)
        .bind(vendor.id())
        .bind(name)
        .fetch_optional(connection)
        .await?;
    Ok(id)
}

/// The collection's number, given one when it has none. Wants a transaction that may write.
pub(super) async fn ensure(
    connection: &mut SqliteConnection,
    subject: SubjectId,
    vendor: Vendor,
    name: &str,
) -> Result<i64, StoreError> {
    const SQL: &str =
        "INSERT INTO collections (subject, vendor, name) VALUES (?, ?, ?) RETURNING id";
    if let Some(id) = find(&mut *connection, subject, vendor, name).await? {
        return Ok(id);
    }
    sqlx::query_scalar(SQL)
        .bind(subject.0)
        .bind(vendor.id())
        .bind(name)
        .fetch_one(connection)
        .await
        .map_err(dangling("subject"))
}
