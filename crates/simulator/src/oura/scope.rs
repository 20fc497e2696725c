//! What a person lets a client read.

macro_rules! scopes {
    ($($variant:ident => $name:literal, $says:literal;)+) => {
        /// A scope.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Scope { $($variant),+ }

        impl Scope {
            /// Every scope.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),+];

            /// As it is written in a request, without its prefix.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What the person is told it means.
            pub(crate) const fn says(self) -> &'static str {
                match self { $(Self::$variant => $says),+ }
            }
        }
    };
}

scopes! {
    Email => "email", "E-mail address";
    Personal => "personal", "Age, height, weight and sex";
    Daily => "daily", "Daily summaries of sleep, activity and readiness";
    Heartrate => "heartrate", "Heart rate around the clock";
    Workout => "workout", "Workouts";
    Tag => "tag", "Tags you entered";
    Session => "session", "Guided and unguided sessions";
    Spo2 => "spo2", "Average SpO2 of the night";
    HeartHealth => "heart_health", "Cardiovascular age and VO2 max";
    RingConfiguration => "ring_configuration", "The ring and its battery";
    Stress => "stress", "Resilience";
}

/// Apps registered in the newer portal write scopes with this prefix.
const PREFIX: &str = "extapi:";

impl Scope {
    /// The scope a word of a request stands for, with or without its prefix.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let name = word.strip_prefix(PREFIX).unwrap_or(word);
        Self::ALL.iter().copied().find(|scope| scope.name() == name)
    }
}

/// A set of scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ScopeSet(u16);

impl ScopeSet {
    /// Every scope.
    pub(crate) fn all() -> Self {
        Self::of(Scope::ALL.iter().copied())
    }

    pub(crate) fn of(scopes: impl IntoIterator<Item = Scope>) -> Self {
        Self(
            scopes
                .into_iter()
                .fold(0, |set, scope| set | 1 << scope as u16),
        )
    }

    /// What the person numbered `who` grants without unticking anything: twin B keeps heart rate.
    pub(crate) fn by_default(who: usize) -> Self {
        let kept = |scope: &Scope| !(who == 1 && *scope == Scope::Heartrate);
        Self::of(Scope::ALL.iter().copied().filter(kept))
    }

    pub(crate) const fn has(self, scope: Scope) -> bool {
        self.0 & (1 << scope as u16) != 0
    }
}
