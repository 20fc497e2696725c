//! Who is looking.

use serde::{Deserialize, Serialize};

/// The signed-in account, as the page needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The account's name.
    pub account: String,
    /// Whether it may connect, disconnect and sync.
    pub may_operate: bool,
    /// Whether it may change accounts and settings.
    pub may_administer: bool,
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
