//! How the twins are set against each other.

/// How the twins are set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mode {
    /// Both on one axis.
    #[default]
    Overlay,
    /// A left, B right, on one scale.
    Side,
    /// A − B over time.
    Difference,
    /// A − B against their mean.
    Spread,
}

impl Mode {
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Overlay, Self::Side, Self::Difference, Self::Spread];

    /// As in the address.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Overlay => "overlay",
            Self::Side => "side",
            Self::Difference => "difference",
            Self::Spread => "spread",
        }
    }

    /// The inverse of [`Mode::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.id() == id)
    }

    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overlay => "Overlay",
            Self::Side => "Side by side",
            Self::Difference => "Difference",
            Self::Spread => "Spread",
        }
    }
}
