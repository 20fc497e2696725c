//! [`Store`](crate::Store) on SQLite: one file, one writer, a few readers.
//!
//! SQLite lets one connection write at a time. Writes therefore go through a pool of one, in
//! `BEGIN IMMEDIATE` transactions, so that a second process on the same file waits its turn
//! instead of failing half-way. Readers never wait: the log is write-ahead.

mod accounts;
mod backend;
mod bodies;
mod clocks;
mod collections;
mod columns;
mod connections;
mod derived;
mod documents;
mod file;
mod notes;
mod people;
mod readings;
mod series;
mod sessions;
mod small;
mod sync;
mod tiles;
mod workouts;

use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Sqlite, SqlitePool, Transaction};

use crate::error::StoreError;

/// How long a writer waits for another process's transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a question waits for a connection of our own.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
/// Connections that only read: each costs a thread and a page cache.
const READERS: u32 = 4;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// What is kept, in one SQLite file or in memory.
#[derive(Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the database `sqlite://PATH` names, made with mode 0600 when missing, or an empty one
    /// in memory for `sqlite::memory:`. Its schema is brought up to date.
    ///
    /// # Errors
    /// [`StoreError::Unsupported`] where the URL is not one of these;
    /// [`StoreError::Unavailable`] where the file cannot be made, opened or migrated.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let path = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"));
        match path {
            Some(":memory:") => Self::in_memory().await,
            Some(path) if !path.is_empty() => Self::at(path).await,
            _ => Err(StoreError::Unsupported {
                scheme: url.split(':').next().unwrap_or_default().to_owned(),
            }),
        }
    }

    /// A database in memory lives as long as its one connection, which reads and writes.
    async fn in_memory() -> Result<Self, StoreError> {
        let writer = pool(1).connect_with(options(2_048)).await?;
        migrate(&writer).await?;
        Ok(Self {
            readers: writer.clone(),
            writer,
        })
    }

    async fn at(path: &str) -> Result<Self, StoreError> {
        file::prepare(path).await?;
        let options_of_writer = options(2_048)
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            // After a burst the log shrinks again.
            .pragma("journal_size_limit", "4194304");
        let options_of_readers = options(1_024).filename(path).pragma("query_only", "ON");
        let writer = open_writer(options_of_writer).await?;
        let readers = pool(READERS).connect_lazy_with(options_of_readers);
        Ok(Self { writer, readers })
    }

    /// A transaction that may write, alone from its first statement on. Nothing else of the store
    /// may be awaited while it is open: in memory there is no second connection.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// A connection for several reads in a row.
    async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.readers.acquire().await?)
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // Connections to a file do not wear out, and in memory the connection is the database.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// What every connection has in common; `cache_kib` bounds its page cache.
fn options(cache_kib: u32) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("cache_size", format!("-{cache_kib}"))
        .pragma("mmap_size", "0")
        // Sorting must not spill health data into a temporary file.
        .pragma("temp_store", "MEMORY")
        // Fewer hand-overs between SQLite's thread and ours on questions with many rows.
        .row_buffer_size(1_024)
        .disable_statement_logging()
}

/// Opens the writer and migrates. Changing to write-ahead logging is the one step SQLite does not
/// wait for another process in, so we do.
async fn open_writer(options: SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    const PAUSE: Duration = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    loop {
        match pool(1).connect_with(options.clone()).await {
            Ok(writer) => {
                migrate(&writer).await?;
                return Ok(writer);
            }
            Err(error) if is_busy(&error) && waited < BUSY_TIMEOUT => {
                tokio::time::sleep(PAUSE).await;
                waited += PAUSE;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Brings the schema up to date in one transaction: two processes starting on one empty file take
/// turns, and the second finds nothing left to do.
async fn migrate(writer: &SqlitePool) -> Result<(), StoreError> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    MIGRATIONS
        .run(&mut *transaction)
        .await
        .map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    Ok(transaction.commit().await?)
}

fn is_busy(error: &sqlx::Error) -> bool {
    const SQLITE_BUSY: i32 = 5;
    error
        .as_database_error()
        .and_then(|error| error.code()?.parse::<i32>().ok())
        // The low byte is the code, the others only say more about it.
        .is_some_and(|code| code & 0xff == SQLITE_BUSY)
}
