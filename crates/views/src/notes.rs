//! Notes: what people saw, in their own words, at an instant or over a stretch of time.

use physiology::{Timestamp, Twin};
use serde::{Deserialize, Serialize};

pub use physiology::NoteId;

/// A note has at most so many characters.
pub const LONGEST_TEXT: usize = 500;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Identifies it.
    pub id: NoteId,
    /// When it was, or began.
    pub at: Timestamp,
    /// When it ended; none for an instant.
    pub until: Option<Timestamp>,
    /// About whom; none for both.
    pub twin: Option<Twin>,
    /// The words: 1 to [`LONGEST_TEXT`] characters.
    pub text: String,
    /// Whose words they are: an account's name.
    pub author: String,
    /// When they were written.
    pub written_at: Timestamp,
    /// Whether whoever looks may change or delete it.
    pub may_change: bool,
}

/// What a note is to say, as it was entered: not yet checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewNote {
    /// When it was, or began.
    pub at: Timestamp,
    /// When it ended; none for an instant.
    pub until: Option<Timestamp>,
    /// About whom; none for both.
    pub twin: Option<Twin>,
    /// The words.
    pub text: String,
}
