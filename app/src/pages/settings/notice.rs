//! What came of a form, as the address says it, and where on the page that stands.

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Twins,
    Itinerary,
    Alarms,
    Units,
    Start,
    /// No part in particular.
    Page,
}

impl Place {
    pub const SECTIONS: [Self; 5] = [
        Self::Twins,
        Self::Itinerary,
        Self::Alarms,
        Self::Units,
        Self::Start,
    ];

    /// As in the address.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Twins => "twins",
            Self::Itinerary => "itinerary",
            Self::Alarms => "alarms",
            Self::Units => "units",
            Self::Start => "start",
            Self::Page => "page",
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Twins => "Twins",
            Self::Itinerary => "Itinerary",
            Self::Alarms => "Alarm limits",
            Self::Units => "Units and time",
            Self::Start => "Getting started",
            Self::Page => "Settings",
        }
    }

    /// What the part is for.
    pub const fn lead(self) -> &'static str {
        match self {
            Self::Twins => {
                "Who A and B are. Heart rates set the zones and the training load; what is left \
                 blank is unknown."
            }
            Self::Itinerary => {
                "Where the twins sleep decides what SpO₂ to expect. Altitude runs straight from \
                 each point to the next, and local time is that of the last point reached."
            }
            Self::Alarms => {
                "When a night's SpO₂ raises an alarm. Acclimate is not a medical device: the \
                 limits are yours, and each comes with where its default is from."
            }
            Self::Units => "How times and amounts are written for this account alone.",
            Self::Start => "From an empty installation to two twins with readings.",
            Self::Page => "",
        }
    }
}

/// The place and sentence of a code. Codes nobody knows say nothing.
pub(super) fn of(code: Option<&str>) -> Option<(Place, &'static str)> {
    Some(match code? {
        "twin" => (Place::Twins, "Saved."),
        "swapped" => (Place::Twins, "A and B have changed sides."),
        "itinerary" => (Place::Itinerary, "The itinerary is saved."),
        "limits" => (
            Place::Alarms,
            "Saved. The next page judges by these limits.",
        ),
        "limits_reset" => (Place::Alarms, "The limits are back at their defaults."),
        "units" => (Place::Units, "Saved for this account."),
        "forbidden" => (
            Place::Page,
            "This account may not change that. Nothing was changed.",
        ),
        "unknown" => (
            Place::Page,
            "There is no such form or twin. Nothing was changed.",
        ),
        "unavailable" => (
            Place::Page,
            "The database does not answer. Nothing was changed. Try again in a moment.",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_sentence() {
        for code in [
            "twin",
            "swapped",
            "itinerary",
            "limits",
            "limits_reset",
            "units",
            "forbidden",
            "unknown",
            "unavailable",
        ] {
            let (_, sentence) = of(Some(code)).unwrap();
            assert!(
                sentence.ends_with('.') && !sentence.contains("  "),
                "{sentence}"
            );
        }
        for code in [Some("<script>"), Some(""), None] {
            assert_eq!(of(code), None);
        }
    }
}
