//! Who is looking.

use serde::{Deserialize, Serialize};

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees and changes everything, accounts included.
    Admin,
    /// Sees everything; connects, syncs, acknowledges.
    Clinician,
    /// Sees.
    Viewer,
}

impl Role {
    /// `admin`, `clinician`, `viewer`.
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

    /// Whether this role may connect, disconnect and sync.
    pub const fn may_operate(self) -> bool {
        matches!(self, Self::Admin | Self::Clinician)
    }
}

/// The signed-in account, as the page needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The account's name.
    pub account: String,
    /// What it may do.
    pub role: Role,
}

/// What the sign-in page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInPage {
    /// Whether one button enters as the demo's clinician.
    pub demo: bool,
    /// The name as typed, after an attempt that failed.
    pub name: String,
    /// What went wrong, as a sentence; empty before an attempt.
    pub message: String,
    /// The page to go to after signing in; always a path of this site.
    pub next: String,
}

/// What the page that creates the first administrator shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupPage {
    /// The one-time token of the link.
    pub token: String,
    /// Whether the link is good; if not, the page says how to get another.
    pub usable: bool,
    /// The name as typed, after an attempt that failed.
    pub name: String,
    /// What is wrong with the name; empty where nothing is.
    pub name_message: String,
    /// What is wrong with the password; empty where nothing is.
    pub password_message: String,
}
