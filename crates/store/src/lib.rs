//! What is kept: documents verbatim, readings and series derived from them, connections, sync
//! results, people, accounts and sessions.
//!
//! [`Store`] is the one door. A backend is chosen by the URL given to [`open`]. Reads of a
//! person's data take a [`Visible`], which only [`Viewer::may_see`] hands out.

mod access;
mod error;
mod model;
mod sqlite;
mod traits;

pub use access::{Role, Viewer, Visible};
pub use error::StoreError;
pub use model::*;
pub use sqlite::SqliteStore;
pub use traits::Store;

use std::sync::Arc;

/// Opens the store a URL names, and brings its schema up to date.
///
/// `sqlite://PATH` keeps a file (made when missing), `sqlite::memory:` keeps nothing.
///
/// # Errors
/// [`StoreError::Unsupported`] for any other scheme; [`StoreError::Unavailable`] where the file
/// cannot be opened or migrated.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    if url.starts_with("sqlite:") {
        return Ok(Arc::new(SqliteStore::open(url).await?));
    }
    let scheme = url.split(':').next().unwrap_or_default().to_owned();
    Err(StoreError::Unsupported { scheme })
}
