//! What somebody wrote at a time.

use serde::{Deserialize, Serialize};

/// Identifies a note. Stable, and never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct NoteId(pub i64);
