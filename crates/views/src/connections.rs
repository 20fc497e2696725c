//! The connections page: per twin and vendor, how it stands and what to do.

use physiology::{Day, SubjectId, Timestamp, Twin, Vendor};
use serde::{Deserialize, Serialize};

use crate::PageHead;

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Connections {
    /// Where the expedition stands, and what needs action.
    pub head: PageHead,
    /// A with each vendor, then B with each vendor.
    pub cells: Vec<ConnectionCell>,
    /// Whether the viewer may connect, disconnect and sync.
    pub may_operate: bool,
}

/// One twin with one vendor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConnectionCell {
    /// Which twin.
    pub twin: Twin,
    /// The subject, as in `/oauth/{vendor}/start?subject=ID`.
    pub subject: SubjectId,
    /// Which vendor.
    pub vendor: Vendor,
    /// The device's model, where the vendor tells.
    pub device: Option<String>,
    /// How the connection stands.
    pub state: ConnectionState,
    /// What to do next, as a sentence; empty where there is nothing.
    pub next_step: String,
    /// Scopes granted.
    pub granted: Vec<String>,
    /// Scopes asked for and not granted.
    pub refused: Vec<String>,
    /// The last sync that finished.
    pub last_sync_at: Option<Timestamp>,
    /// The newest measurement received.
    pub data_to: Option<Timestamp>,
    /// Whether a sync runs now, and how far it is.
    pub progress: Option<Progress>,
    /// Calls left in the vendor's current window, where its answers tell.
    pub calls_left: Option<CallsLeft>,
    /// Per collection: when, with what result.
    pub collections: Vec<CollectionRow>,
    /// Nights or days received, oldest first: the coverage strip.
    pub coverage: Vec<(Day, Coverage)>,
}

/// How a connection stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConnectionState {
    /// Connected and working.
    Connected,
    /// Never connected, or disconnected.
    NotConnected,
    /// The vendor's app registration is not configured; names the environment variables.
    NotConfigured(String),
    /// The sign-in ran out or was withdrawn, in the vendor's words.
    Reconnect(String),
}

/// A running sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Collections finished.
    pub done: u32,
    /// Collections in all.
    pub of: u32,
}

/// What the vendor still allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallsLeft {
    /// Calls left.
    pub left: u64,
    /// Out of so many.
    pub limit: u64,
    /// Until the count starts anew.
    pub resets_at: Timestamp,
}

/// One collection's last sync.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionRow {
    /// What it is called on the page: `Sleep`, `SpO₂`.
    pub name: String,
    /// The last sync that succeeded.
    pub synced_at: Option<Timestamp>,
    /// The newest day it has a document of.
    pub newest_day: Option<Day>,
    /// Documents kept.
    pub documents: u64,
    /// What the last sync came to.
    pub result: CollectionResult,
}

/// What a collection's last sync came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CollectionResult {
    /// Never tried.
    Never,
    /// It worked.
    Done,
    /// It worked, and these documents could not be read (collection's ids).
    Malformed(Vec<String>),
    /// The twin did not grant it.
    NotGranted,
    /// It failed, in a sentence; the stored data stands.
    Failed(String),
}

/// A day of the coverage strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Coverage {
    /// Received.
    Received,
    /// Nothing expected: a day without a workout.
    Rest,
    /// Missing: not worn, or not synced.
    Missing,
}
