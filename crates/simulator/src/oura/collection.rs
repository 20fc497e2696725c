//! The collections Oura serves, and how each answers.

use super::scope::Scope;

/// A collection of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Collection {
    DailyActivity,
    DailyCardiovascularAge,
    DailyReadiness,
    DailyResilience,
    DailySleep,
    DailySpo2,
    DailyStress,
    EnhancedTag,
    RestModePeriod,
    RingConfiguration,
    Session,
    Sleep,
    SleepTime,
    Tag,
    Vo2Max,
    Workout,
}

impl Collection {
    /// Every collection of documents.
    pub(crate) const ALL: [Self; 16] = [
        Self::DailyActivity,
        Self::DailyCardiovascularAge,
        Self::DailyReadiness,
        Self::DailyResilience,
        Self::DailySleep,
        Self::DailySpo2,
        Self::DailyStress,
        Self::EnhancedTag,
        Self::RestModePeriod,
        Self::RingConfiguration,
        Self::Session,
        Self::Sleep,
        Self::SleepTime,
        Self::Tag,
        Self::Vo2Max,
        Self::Workout,
    ];

    /// The name in paths.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Vo2Max => "vO2_max",
            _ => self.data_type(),
        }
    }

    /// The name in webhook subscriptions.
    pub(crate) const fn data_type(self) -> &'static str {
        match self {
            Self::DailyActivity => "daily_activity",
            Self::DailyCardiovascularAge => "daily_cardiovascular_age",
            Self::DailyReadiness => "daily_readiness",
            Self::DailyResilience => "daily_resilience",
            Self::DailySleep => "daily_sleep",
            Self::DailySpo2 => "daily_spo2",
            Self::DailyStress => "daily_stress",
            Self::EnhancedTag => "enhanced_tag",
            Self::RestModePeriod => "rest_mode_period",
            Self::RingConfiguration => "ring_configuration",
            Self::Session => "session",
            Self::Sleep => "sleep",
            Self::SleepTime => "sleep_time",
            Self::Tag => "tag",
            Self::Vo2Max => "vo2_max",
            Self::Workout => "workout",
        }
    }

    /// The collection a webhook's `data_type` names.
    pub(crate) fn from_data_type(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|collection| collection.data_type() == name)
    }

    /// The scope it needs.
    pub(crate) const fn scope(self) -> Scope {
        match self {
            Self::DailyActivity
            | Self::DailyReadiness
            | Self::DailySleep
            | Self::DailyStress
            | Self::RestModePeriod
            | Self::Sleep
            | Self::SleepTime => Scope::Daily,
            Self::DailyCardiovascularAge | Self::Vo2Max => Scope::HeartHealth,
            Self::DailyResilience => Scope::Stress,
            Self::DailySpo2 => Scope::Spo2,
            Self::EnhancedTag | Self::Tag => Scope::Tag,
            Self::RingConfiguration => Scope::RingConfiguration,
            Self::Session => Scope::Session,
            Self::Workout => Scope::Workout,
        }
    }

    /// Whether a date-only `end_date` leaves out the day it names.
    pub(crate) const fn end_is_exclusive(self) -> bool {
        matches!(
            self,
            Self::Sleep | Self::DailyActivity | Self::Workout | Self::Session
        )
    }

    /// Whether documents are chosen by date at all.
    pub(crate) const fn has_dates(self) -> bool {
        !matches!(self, Self::RingConfiguration)
    }

    /// Whether `fields` is honoured.
    pub(crate) const fn selects_fields(self) -> bool {
        !matches!(self, Self::DailyResilience | Self::EnhancedTag | Self::Tag)
    }
}
