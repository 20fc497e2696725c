//! Access is a type: who looks, and what they may see.

use physiology::{SubjectId, Units};

use crate::model::AccountId;

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Sees and changes everything, accounts included.
    Admin,
    /// Sees everything; connects, syncs, acknowledges, sets up the twins.
    Clinician,
    /// Sees.
    Viewer,
}

impl Role {
    /// The name in the store and on the command line: `admin`, `clinician`, `viewer`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Clinician => "clinician",
            Self::Viewer => "viewer",
        }
    }

    /// The inverse of [`Role::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Admin, Self::Clinician, Self::Viewer]
            .into_iter()
            .find(|role| role.id() == id)
    }
}

/// Who asks. Every service function takes one first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// A person who signed in.
    Account {
        /// Whose account.
        id: AccountId,
        /// The account's name.
        name: String,
        /// What it may do.
        role: Role,
        /// How it likes amounts and times written.
        units: Units,
    },
    /// The product itself, at work on nobody's behalf: the scheduled sync, a rebuild.
    System,
}

impl Viewer {
    /// The subjects among `wanted` this viewer may see. Every role sees every subject; the type is
    /// what makes a read without a viewer impossible.
    pub fn may_see(&self, wanted: &[SubjectId]) -> Visible {
        match self {
            Self::Account { .. } | Self::System => Visible(wanted.to_vec()),
        }
    }

    /// How this viewer likes amounts and times written.
    pub fn units(&self) -> Units {
        match self {
            Self::Account { units, .. } => *units,
            Self::System => Units::default(),
        }
    }

    /// Whether this viewer may connect, disconnect and sync, and change what is set for the twins.
    pub fn may_operate(&self) -> bool {
        match self {
            Self::Account { role, .. } => matches!(role, Role::Admin | Role::Clinician),
            Self::System => true,
        }
    }

    /// Whether this viewer may change accounts.
    pub fn may_administer(&self) -> bool {
        match self {
            Self::Account { role, .. } => matches!(role, Role::Admin),
            Self::System => true,
        }
    }
}

/// Subjects somebody was found to be allowed to see. Made by [`Viewer::may_see`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visible(Vec<SubjectId>);

impl Visible {
    /// The subjects.
    pub fn subjects(&self) -> &[SubjectId] {
        &self.0
    }

    /// Whether `subject` is among them.
    pub fn includes(&self, subject: SubjectId) -> bool {
        self.0.contains(&subject)
    }
}
