//! Accounts.

use physiology::Units;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::columns::{corrupt, role, taken};
use crate::access::Role;
use crate::error::StoreError;
use crate::model::{Account, AccountId};

/// Names are compared in lower case, by Unicode's rules and not by SQLite's, which knows ASCII.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

pub(super) async fn create(
    store: &SqliteStore,
    name: &str,
    role: Role,
    password_hash: &str,
) -> Result<Account, StoreError> {
    const SQL: &str = "INSERT INTO accounts (name, folded_name, role, password_hash)
        VALUES (?, ?, ?, ?) RETURNING id";
    let id = sqlx::query_scalar(SQL)
        .bind(name)
        .bind(folded(name))
        .bind(role.id())
        .bind(password_hash)
        .fetch_one(&store.writer)
        .await
        .map_err(taken("account"))?;
    Ok(Account {
        id: AccountId(id),
        name: name.to_owned(),
        role,
        password_hash: password_hash.to_owned(),
        disabled: false,
        units: Units::default(),
    })
}

pub(super) async fn all(store: &SqliteStore) -> Result<Vec<Account>, StoreError> {
    const SQL: &str =
        "SELECT id, name, role, password_hash, disabled, units FROM accounts ORDER BY folded_name";
    let rows = sqlx::query(SQL).fetch_all(&store.readers).await?;
    rows.iter().map(|row| account(row, 0)).collect()
}

pub(super) async fn by_name(
    store: &SqliteStore,
    name: &str,
) -> Result<Option<Account>, StoreError> {
    const SQL: &str =
        "SELECT id, name, role, password_hash, disabled, units FROM accounts WHERE folded_name = ?";
    let row = sqlx::query(SQL)
        .bind(folded(name))
        .fetch_optional(&store.readers)
        .await?;
    row.map(|row| account(&row, 0)).transpose()
}

/// From a row that holds id, name, role, hash, `disabled` and units from column `at` on.
pub(super) fn account(row: &SqliteRow, at: usize) -> Result<Account, StoreError> {
    Ok(Account {
        id: AccountId(row.try_get(at)?),
        name: row.try_get(at + 1)?,
        role: role(row.try_get(at + 2)?)?,
        password_hash: row.try_get(at + 3)?,
        disabled: row.try_get(at + 4)?,
        units: serde_json::from_str(row.try_get(at + 5)?).map_err(|_| corrupt("units"))?,
    })
}

pub(super) async fn set_units(
    store: &SqliteStore,
    id: AccountId,
    units: &Units,
) -> Result<(), StoreError> {
    let units =
        serde_json::to_string(units).map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    let updated = sqlx::query("UPDATE accounts SET units = ? WHERE id = ?")
        .bind(units)
        .bind(id.0)
        .execute(&store.writer)
        .await?;
    found(updated.rows_affected())
}

pub(super) async fn set_password_hash(
    store: &SqliteStore,
    id: AccountId,
    hash: &str,
) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    let updated = sqlx::query("UPDATE accounts SET password_hash = ? WHERE id = ?")
        .bind(hash)
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
    found(updated.rows_affected())?;
    end_sessions(&mut transaction, id).await?;
    Ok(transaction.commit().await?)
}

pub(super) async fn set_disabled(
    store: &SqliteStore,
    id: AccountId,
    disabled: bool,
) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    let updated = sqlx::query("UPDATE accounts SET disabled = ? WHERE id = ?")
        .bind(disabled)
        .bind(id.0)
        .execute(&mut *transaction)
        .await?;
    found(updated.rows_affected())?;
    if disabled {
        end_sessions(&mut transaction, id).await?;
    }
    Ok(transaction.commit().await?)
}

async fn end_sessions(
    connection: &mut sqlx::SqliteConnection,
    id: AccountId,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE account = ?")
        .bind(id.0)
        .execute(connection)
        .await?;
    Ok(())
}

fn found(rows: u64) -> Result<(), StoreError> {
    if rows == 0 {
        Err(StoreError::NotFound { what: "account" })
    } else {
        Ok(())
    }
}
