//! Connections to vendors.

use physiology::{SubjectId, Timestamp, Vendor};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::columns::{dangling, list, list_column, subjects_parameter, vendor};
use crate::access::Visible;
use crate::error::StoreError;
use crate::model::{Connection, ConnectionState};

pub(super) async fn all(
    store: &SqliteStore,
    visible: &Visible,
) -> Result<Vec<Connection>, StoreError> {
    const SQL: &str = "SELECT subject, vendor, reconnect_reason, granted, refused, vendor_user_id,
            device, connected_at
        FROM connections WHERE subject IN (SELECT value FROM json_each(?))
        ORDER BY subject, vendor";
    let rows = sqlx::query(SQL)
        .bind(subjects_parameter(visible.subjects()))
        .fetch_all(&store.readers)
        .await?;
    rows.iter().map(connection).collect()
}

fn connection(row: &SqliteRow) -> Result<Connection, StoreError> {
    Ok(Connection {
        subject: SubjectId(row.try_get(0)?),
        vendor: vendor(row.try_get(1)?)?,
        state: match row.try_get(2)? {
            None => ConnectionState::Connected,
            Some(reason) => ConnectionState::Reconnect { reason },
        },
        granted: list(row.try_get(3)?)?,
        refused: list(row.try_get(4)?)?,
        vendor_user_id: row.try_get(5)?,
        device: row.try_get(6)?,
        connected_at: Timestamp(row.try_get(7)?),
    })
}

pub(super) async fn put(store: &SqliteStore, connection: &Connection) -> Result<(), StoreError> {
    const SQL: &str = "INSERT OR REPLACE INTO connections (subject, vendor, reconnect_reason,
            granted, refused, vendor_user_id, device, connected_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let reconnect_reason = match &connection.state {
        ConnectionState::Connected => None,
        ConnectionState::Reconnect { reason } => Some(reason),
    };
    sqlx::query(SQL)
        .bind(connection.subject.0)
        .bind(connection.vendor.id())
        .bind(reconnect_reason)
        .bind(list_column(&connection.granted))
        .bind(list_column(&connection.refused))
        .bind(&connection.vendor_user_id)
        .bind(&connection.device)
        .bind(connection.connected_at.0)
        .execute(&store.writer)
        .await
        .map_err(dangling("subject"))?;
    Ok(())
}

pub(super) async fn delete(
    store: &SqliteStore,
    subject: SubjectId,
    vendor: Vendor,
) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM connections WHERE subject = ? AND vendor = ?";
    sqlx::query(SQL)
        .bind(subject.0)
        .bind(vendor.id())
        .execute(&store.writer)
        .await?;
    Ok(())
}
