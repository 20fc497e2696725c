//! Notes: a row each, with the name of whoever wrote it.

use physiology::{NoteId, SubjectId, Timestamp};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::columns::{dangling, subjects_parameter};
use crate::access::Visible;
use crate::error::StoreError;
use crate::model::{AccountId, Noted, StoredNote};

/// The notes somebody may see whose subjects are the statement's first parameter: those about one of
/// them, and those about the pair where both of it are among them.
macro_rules! seen {
    ($statement:literal) => {
        concat!(
            "WITH seen AS MATERIALIZED (SELECT value AS subject FROM json_each(?1)) ",
            $statement,
            " AND (notes.subject IN (SELECT subject FROM seen)
                OR notes.subject IS NULL AND EXISTS (SELECT 1 FROM pair
                    WHERE a IN (SELECT subject FROM seen) AND b IN (SELECT subject FROM seen)))"
        )
    };
}

pub(super) async fn find(
    store: &SqliteStore,
    visible: &Visible,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<StoredNote>, StoreError> {
    const SQL: &str = concat!(
        seen!(
            "SELECT notes.id, notes.subject, notes.at, notes.until, notes.text, notes.author,
                notes.written_at, accounts.name
            FROM notes JOIN accounts ON accounts.id = notes.author
            WHERE notes.at <= ?3 AND coalesce(notes.until, notes.at) >= ?2"
        ),
        " ORDER BY notes.at, notes.id"
    );
    let rows = sqlx::query(SQL)
        .bind(subjects_parameter(visible.subjects()))
        .bind(from.0)
        .bind(to.0)
        .fetch_all(&store.readers)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<StoredNote, StoreError> {
    Ok(StoredNote {
        id: NoteId(row.try_get(0)?),
        noted: Noted {
            subject: row.try_get::<Option<i64>, _>(1)?.map(SubjectId),
            at: Timestamp(row.try_get(2)?),
            until: row.try_get::<Option<i64>, _>(3)?.map(Timestamp),
            text: row.try_get(4)?,
            author: AccountId(row.try_get(5)?),
            written_at: Timestamp(row.try_get(6)?),
        },
        author_name: row.try_get(7)?,
    })
}

pub(super) async fn add(store: &SqliteStore, noted: &Noted) -> Result<NoteId, StoreError> {
    const SQL: &str = "INSERT INTO notes (subject, at, until, text, author, written_at)
        VALUES (?, ?, ?, ?, ?, ?) RETURNING id";
    let id = sqlx::query_scalar(SQL)
        .bind(noted.subject.map(|subject| subject.0))
        .bind(noted.at.0)
        .bind(noted.until.map(|until| until.0))
        .bind(&noted.text)
        .bind(noted.author.0)
        .bind(noted.written_at.0)
        .fetch_one(&store.writer)
        .await
        .map_err(dangling("subject or account"))?;
    Ok(NoteId(id))
}

pub(super) async fn change(
    store: &SqliteStore,
    visible: &Visible,
    id: NoteId,
    noted: &Noted,
) -> Result<(), StoreError> {
    const SQL: &str = seen!(
        "UPDATE notes SET subject = ?3, at = ?4, until = ?5, text = ?6, author = ?7,
            written_at = ?8 WHERE id = ?2"
    );
    let done = sqlx::query(SQL)
        .bind(subjects_parameter(visible.subjects()))
        .bind(id.0)
        .bind(noted.subject.map(|subject| subject.0))
        .bind(noted.at.0)
        .bind(noted.until.map(|until| until.0))
        .bind(&noted.text)
        .bind(noted.author.0)
        .bind(noted.written_at.0)
        .execute(&store.writer)
        .await
        .map_err(dangling("subject or account"))?;
    found(done.rows_affected())
}

pub(super) async fn delete(
    store: &SqliteStore,
    visible: &Visible,
    id: NoteId,
) -> Result<(), StoreError> {
    const SQL: &str = seen!("DELETE FROM notes WHERE id = ?2");
    let done = sqlx::query(SQL)
        .bind(subjects_parameter(visible.subjects()))
        .bind(id.0)
        .execute(&store.writer)
        .await?;
    found(done.rows_affected())
}

fn found(rows: u64) -> Result<(), StoreError> {
    if rows == 0 {
        Err(StoreError::NotFound { what: "note" })
    } else {
        Ok(())
    }
}
