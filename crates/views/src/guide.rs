//! The first run: what is left to do before there is anything to compare, and what is wrong.

use physiology::{SubjectId, Twin, Vendor};
use serde::{Deserialize, Serialize};

/// The way from an empty installation to two twins with readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guide {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// What is wrong with no step in particular.
    pub troubles: Vec<Trouble>,
    /// Whether both twins have a reading: the guide has done its work.
    pub complete: bool,
    /// Whether the viewer may take the steps.
    pub may_operate: bool,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it is about.
    pub kind: StepKind,
    /// How it stands.
    pub state: StepState,
    /// What is there already, or what is missing, as a sentence; may be empty.
    pub standing: String,
    /// What is wrong with it.
    pub troubles: Vec<Trouble>,
}

/// What a step is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepKind {
    /// The first account.
    Administrator,
    /// The twins' names.
    Twins,
    /// An app registration at a vendor.
    Register(Registration),
    /// A twin's sign-in to the vendors.
    Connect(ConnectStep),
    /// Where they go.
    Itinerary,
    /// A first value of both.
    Readings,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepState {
    /// Done, and nothing is wrong with it.
    Done,
    /// The one to take now.
    Next,
    /// It can be taken.
    Open,
    /// A step before it comes first.
    Blocked,
}

/// What to enter where an app is registered, and what to set here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// At whom.
    pub vendor: Vendor,
    /// To copy, to the letter.
    pub redirect_uri: String,
    /// To tick.
    pub scopes: Vec<String>,
    /// Environment variables to set, each with its value where it is known here.
    pub variables: Vec<(String, Option<String>)>,
}

/// A twin's sign-in to the vendors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectStep {
    /// Which twin.
    pub twin: Twin,
    /// The subject, as in `/oauth/{vendor}/start?subject=ID`.
    pub subject: SubjectId,
    /// The twin's name.
    pub name: String,
    /// Vendors that can be connected now.
    pub offers: Vec<Vendor>,
}

/// Something wrong, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What is wrong, as a sentence.
    pub what: String,
    /// How to mend it, as a sentence.
    pub mend: String,
}
