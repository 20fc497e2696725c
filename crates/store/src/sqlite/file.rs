//! The database's file: nobody but us may read it.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::error::StoreError;

/// Makes the file and the folders above it where they are missing, closed to everybody else.
/// SQLite gives its log and its shared memory the file's own mode.
pub(super) async fn prepare(path: &str) -> Result<(), StoreError> {
    make(Path::new(path))
        .await
        .map_err(|error| StoreError::Unavailable(Box::new(error)))
}

async fn make(path: &Path) -> Result<(), Error> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        folder_options().recursive(true).create(folder).await?;
    }
    match file_options().write(true).create_new(true).open(path).await {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn folder_options() -> tokio::fs::DirBuilder {
    let mut options = tokio::fs::DirBuilder::new();
    options.mode(0o700);
    options
}

#[cfg(unix)]
fn file_options() -> tokio::fs::OpenOptions {
    let mut options = tokio::fs::OpenOptions::new();
    options.mode(0o600);
    options
}

#[cfg(not(unix))]
fn folder_options() -> tokio::fs::DirBuilder {
    tokio::fs::DirBuilder::new()
}

#[cfg(not(unix))]
fn file_options() -> tokio::fs::OpenOptions {
    tokio::fs::OpenOptions::new()
}
