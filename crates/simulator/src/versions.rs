//! Something that is served from an instant on, and may be replaced later.

use physiology::Timestamp;

/// What is served of one thing, each version from its own instant on, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Versions<T>(Vec<(Timestamp, T)>);

impl<T> Versions<T> {
    /// Served from `from` on.
    pub(crate) fn one(from: Timestamp, value: T) -> Self {
        Self(vec![(from, value)])
    }

    /// Served one after the other; `versions` are in the order of their instants.
    pub(crate) fn several(versions: Vec<(Timestamp, T)>) -> Self {
        Self(versions)
    }

    /// What is served at `now`; `None` as long as nothing is.
    pub(crate) fn at(&self, now: Timestamp) -> Option<&T> {
        self.0
            .iter()
            .rev()
            .find(|(from, _)| *from <= now)
            .map(|(_, value)| value)
    }

    /// When the first version appears.
    pub(crate) fn first_served(&self) -> Option<Timestamp> {
        self.0.first().map(|(from, _)| *from)
    }

    /// Every version, oldest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// The same instants with something made of each version.
    pub(crate) fn map<U>(&self, make: impl Fn(&T) -> U) -> Versions<U> {
        Versions(
            self.0
                .iter()
                .map(|(from, value)| (*from, make(value)))
                .collect(),
        )
    }
}
