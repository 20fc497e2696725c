//! Light or dark.

use serde::{Deserialize, Serialize};

/// A theme somebody chose. Without a choice the system's is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// The cookie that carries the choice, so that the first paint is right already.
    pub(crate) const COOKIE: &str = "theme";

    /// `light`, `dark`, as in the cookie and in `data-theme`.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The inverse of [`Theme::id`].
    #[cfg(feature = "ssr")]
    pub(crate) fn from_id(id: &str) -> Option<Self> {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.id() == id)
    }
}
