//! What the address asks the day's page to show.

use chart::View;
use leptos_router::params::ParamsMap;
use physiology::Day;
use views::day::{Alignment, ClockChoice};

use super::part::Part;
use crate::components::{instants_of, parameter, seconds_of, zoom_of, zoom_text};

const NO_DAY: &str =
    "A date is written YYYY-MM-DD, for example 2026-10-13. The newest day is shown.";
const NO_CLOCK: &str = "The clock is own or shared. Each twin’s own is shown.";
const NO_ALIGNMENT: &str = "Nights are aligned by clock or by onset. They are shown by the clock.";
const NO_STRETCH: &str = "The address names no stretch to look at; all is shown.";

/// The day and clock shown, what is looked at, and what was wrong with what was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Wanted {
    /// Which day; none is the newest with data.
    pub day: Option<Day>,
    /// Whose clock.
    pub clock: ClockChoice,
    /// How the nights lie over one another.
    pub align: Alignment,
    /// What of the night and of the day is looked at, as instants of the clock shown; all without.
    zooms: [Option<View>; 2],
    /// What is wrong with the address, in sentences.
    problems: [Option<&'static str>; 4],
}

impl Wanted {
    /// From `day`, `clock`, `align`, `night` and `zoom`. What makes no sense falls back to the
    /// default and says so.
    pub fn from_query(query: &ParamsMap) -> Self {
        let day = parameter(query, "day").map(|text| text.parse::<Day>());
        let clock = parameter(query, "clock").map(|id| ClockChoice::from_id(&id));
        let align = parameter(query, "align").map(|id| Alignment::from_id(&id));
        let zooms = Part::BOTH.map(|part| {
            let text = query
                .get_str(part.zoom_id())
                .filter(|text| !text.is_empty());
            text.map(zoom_of)
        });
        Self {
            day: day.and_then(Result::ok),
            clock: clock.flatten().unwrap_or_default(),
            align: align.flatten().unwrap_or_default(),
            zooms: zooms.map(Option::flatten),
            problems: [
                matches!(day, Some(Err(_))).then_some(NO_DAY),
                (clock == Some(None)).then_some(NO_CLOCK),
                (align == Some(None)).then_some(NO_ALIGNMENT),
                zooms.contains(&Some(None)).then_some(NO_STRETCH),
            ],
        }
    }

    /// What is wrong with the address, in sentences.
    pub fn problems(self) -> Vec<String> {
        let told = self.problems.into_iter().flatten();
        told.map(str::to_owned).collect()
    }

    /// What of a part is looked at, s after the midnight `day` begins with.
    pub fn view_s(self, part: Part, day: Day) -> Option<View> {
        Some(seconds_of(self.zooms[part.place()]?, day))
    }

    /// The same with something else of a part looked at, s after the midnight `day` begins with.
    pub fn with_view_s(mut self, part: Part, day: Day, view: Option<View>) -> Self {
        self.zooms[part.place()] = view.map(|view| instants_of(view, day));
        self
    }

    /// The same by another alignment: the night is looked at as a whole, for its axis is another.
    pub fn with_align(mut self, align: Alignment) -> Self {
        self.align = align;
        self.zooms[Part::Night.place()] = None;
        self
    }

    /// The address of a day on a clock, with all of it looked at.
    pub fn whole(self, day: Day, clock: ClockChoice) -> String {
        Self {
            clock,
            zooms: [None, None],
            ..self
        }
        .address(day)
    }

    /// The address of what is looked at.
    pub fn address(self, day: Day) -> String {
        let mut address = format!("/day?day={day}");
        if self.clock != ClockChoice::default() {
            address.push_str("&clock=");
            address.push_str(self.clock.id());
        }
        if self.align != Alignment::default() {
            address.push_str("&align=");
            address.push_str(self.align.id());
        }
        for (part, zoom) in Part::BOTH.into_iter().zip(self.zooms) {
            if let Some(zoom) = zoom {
                address.push('&');
                address.push_str(part.zoom_id());
                address.push('=');
                address.push_str(&zoom_text(zoom));
            }
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::query;

    #[test]
    fn nothing_asked_is_the_newest_day_by_own_clocks() {
        assert_eq!(Wanted::from_query(&query(&[])), Wanted::default());
        assert!(Wanted::from_query(&query(&[])).problems().is_empty());
    }

    #[test]
    fn addresses_read_back() {
        let day: Day = "2026-10-09".parse().unwrap();
        let zoom = "2026-10-08T22:15..2026-10-09T06:30";
        let pairs = [
            ("day", "2026-10-09"),
            ("clock", "shared"),
            ("align", "onset"),
            ("night", zoom),
        ];
        let wanted = Wanted::from_query(&query(&pairs));
        assert_eq!((wanted.day, wanted.clock), (Some(day), ClockChoice::Shared));
        assert_eq!(wanted.align, Alignment::Onset);
        let view = View {
            from: -6_300.0,
            to: 23_400.0,
        };
        assert_eq!(wanted.view_s(Part::Night, day), Some(view));
        assert_eq!(wanted.view_s(Part::Heart, day), None);
        let address = format!("/day?day=2026-10-09&clock=shared&align=onset&night={zoom}");
        assert_eq!(wanted.address(day), address);
        let again = wanted.with_view_s(Part::Night, day, Some(view));
        assert_eq!(again, wanted);
        assert_eq!(
            wanted.whole(day, ClockChoice::Own),
            "/day?day=2026-10-09&align=onset"
        );
        assert_eq!(
            wanted.with_align(Alignment::Clock).address(day),
            "/day?day=2026-10-09&clock=shared"
        );
    }

    #[test]
    fn nonsense_is_told_and_the_default_shown() {
        let pairs = [
            ("day", "yesterday"),
            ("clock", "moon"),
            ("align", "left"),
            ("zoom", "near"),
        ];
        let wanted = Wanted::from_query(&query(&pairs));
        assert_eq!((wanted.day, wanted.clock), (None, ClockChoice::Own));
        assert_eq!(wanted.problems().len(), 4);
    }
}
