//! What the address asks the workouts to show.

use chart::{TracePanels, View};
use leptos_router::params::ParamsMap;
use physiology::{Day, Twin, Week};
use views::workouts::ActivityFilter;

use crate::components::{instants_of, parameter, seconds_of, zoom_of, zoom_text};

/// What is shown, and what was wrong with what was asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wanted {
    /// A day of the week; none is the present one's. A Monday stands for the week that is named by
    /// a number, wherever weeks begin.
    pub week: Option<Day>,
    /// The day the week opens onto; none is the newest with a workout.
    pub day: Option<Day>,
    /// Which workouts.
    pub filter: ActivityFilter,
    /// Which traces are shown, and where.
    pub panels: TracePanels,
    /// Whether the means of load are exponentially weighted.
    pub weighted: bool,
    /// What of the day's traces is looked at, as instants of the clock shown; all without.
    zoom: Option<View>,
    problems: Vec<&'static str>,
}

/// Where the week lives.
const PATH: &str = "/workouts";

impl Wanted {
    /// From `week`, `day`, `activity`, `view`, `mean` and `zoom`. What makes no sense falls back to the
    /// default and says so.
    pub fn from_query(query: &ParamsMap) -> Self {
        let mut wanted = Self::default();
        if let Some(text) = parameter(query, "week") {
            wanted.week = Week::named_day(&text).ok();
            if wanted.week.is_none() {
                wanted
                    .problems
                    .push("A week is written 2026-W41 or by one of its days. This week is shown.");
            }
        }
        if let Some(text) = parameter(query, "day") {
            wanted.day = text.parse().ok();
            if wanted.day.is_none() {
                wanted
                    .problems
                    .push("A date is written YYYY-MM-DD, for example 2026-10-13.");
            }
        }
        if let Some(text) = parameter(query, "activity") {
            let filter = ActivityFilter::from_id(&text);
            wanted.filter = filter.unwrap_or_default();
            if filter.is_none() {
                wanted
                    .problems
                    .push("There is no such activity. All workouts are shown.");
            }
        }
        if let Some(text) = parameter(query, "view") {
            let named = TracePanels::ALL
                .into_iter()
                .find(|panels| panels_text(*panels) == Some(&text));
            wanted.panels = named.unwrap_or_default();
            if named.is_none() {
                wanted.problems.push(
                    "Traces are shown together, or as a or b alone. Each is in its own panel.",
                );
            }
        }
        wanted.weighted = parameter(query, "mean").as_deref() == Some("ewma");
        if let Some(text) = query.get_str("zoom").filter(|text| !text.is_empty()) {
            wanted.zoom = zoom_of(text);
            if wanted.zoom.is_none() {
                wanted
                    .problems
                    .push("The address names no stretch to look at; all is shown.");
            }
        }
        wanted
    }

    /// What the server is asked: week, day and activity, empty where nothing is asked.
    pub fn asked(&self) -> (String, String, String) {
        (
            self.week.map(week_text).unwrap_or_default(),
            self.day.map(|day| day.to_string()).unwrap_or_default(),
            self.filter.id().to_owned(),
        )
    }

    /// What is wrong with the address, in sentences.
    pub fn problems(&self) -> Vec<String> {
        self.problems
            .iter()
            .map(|text| (*text).to_owned())
            .collect()
    }

    /// The address of another week.
    pub fn with_week(&self, week: Week) -> String {
        Self {
            week: Some(week.monday()),
            day: None,
            zoom: None,
            ..self.clone()
        }
        .address(PATH)
    }

    /// The address of another day of a week.
    pub fn with_day(&self, week: Week, day: Day) -> String {
        Self {
            week: Some(week.monday()),
            day: Some(day),
            zoom: None,
            ..self.clone()
        }
        .address(PATH)
    }

    /// The address with other workouts shown.
    pub fn with_filter(&self, filter: ActivityFilter) -> String {
        Self {
            filter,
            zoom: None,
            ..self.clone()
        }
        .address(PATH)
    }

    /// The address with other traces, or in other panels.
    pub fn with_panels(&self, path: &str, panels: TracePanels) -> String {
        Self {
            panels,
            ..self.clone()
        }
        .address(path)
    }

    /// What is looked at, s after the midnight `day` begins with.
    pub fn view_s(&self, day: Day) -> Option<View> {
        self.zoom.map(|zoom| seconds_of(zoom, day))
    }

    /// The address with something else looked at, s after the midnight `day` begins with.
    pub fn with_view_s(&self, path: &str, day: Day, view: Option<View>) -> String {
        Self {
            zoom: view.map(|view| instants_of(view, day)),
            ..self.clone()
        }
        .address(path)
    }

    /// The address with other means of load.
    pub fn with_weighted(&self, weighted: bool) -> String {
        Self {
            weighted,
            ..self.clone()
        }
        .address(PATH)
    }

    /// What differs from the default, as a query under a path.
    fn address(&self, path: &str) -> String {
        let mut address = path.to_owned();
        let parts = [
            ("week", self.week.map(week_text)),
            ("day", self.day.map(|day| day.to_string())),
            (
                "activity",
                (self.filter != ActivityFilter::All).then(|| self.filter.id().to_owned()),
            ),
            ("view", panels_text(self.panels).map(ToOwned::to_owned)),
            ("mean", self.weighted.then(|| "ewma".to_owned())),
            ("zoom", self.zoom.map(zoom_text)),
        ];
        let mut joint = '?';
        for (name, value) in parts {
            if let Some(value) = value {
                address.push(joint);
                address.push_str(name);
                address.push('=');
                address.push_str(&value);
                joint = '&';
            }
        }
        address
    }
}

/// As in the address; none where it is the default.
const fn panels_text(panels: TracePanels) -> Option<&'static str> {
    match panels {
        TracePanels::Each => None,
        TracePanels::Together => Some("together"),
        TracePanels::Alone(Twin::A) => Some("a"),
        TracePanels::Alone(Twin::B) => Some("b"),
    }
}

/// As in the address: a number for a Monday, else the day itself.
fn week_text(day: Day) -> String {
    let week = Week::of(day);
    if week.monday() == day {
        week.to_string()
    } else {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::query;

    #[test]
    fn a_week_is_named_by_its_number_or_one_of_its_days() {
        for (text, day) in [
            ("2026-W41", "2026-10-05"),
            ("2026-10-05", "2026-10-05"),
            // A day stays the day it is: where its week begins is for whoever looks.
            ("2026-10-11", "2026-10-11"),
        ] {
            let wanted = Wanted::from_query(&query(&[("week", text)]));
            assert_eq!(wanted.week, Some(day.parse().unwrap()), "{text}");
            assert!(wanted.problems().is_empty());
        }
        let by_day = Wanted::from_query(&query(&[("week", "2026-10-11")]));
        assert_eq!(
            by_day.with_weighted(true),
            "/workouts?week=2026-10-11&mean=ewma"
        );
        assert_eq!(by_day.asked().0, "2026-10-11");
        assert_eq!(Wanted::from_query(&query(&[])), Wanted::default());
    }

    #[test]
    fn addresses_keep_what_they_do_not_change() {
        let wanted = Wanted::from_query(&query(&[
            ("week", "2026-W41"),
            ("day", "2026-10-09"),
            ("activity", "walking"),
            ("mean", "ewma"),
        ]));
        let week: Week = "2026-W41".parse().unwrap();
        assert_eq!(
            wanted.with_week(week.plus(1)),
            "/workouts?week=2026-W42&activity=walking&mean=ewma"
        );
        assert_eq!(
            wanted.with_day(week, "2026-10-06".parse().unwrap()),
            "/workouts?week=2026-W41&day=2026-10-06&activity=walking&mean=ewma"
        );
        assert_eq!(
            wanted.with_filter(ActivityFilter::All),
            "/workouts?week=2026-W41&day=2026-10-09&mean=ewma"
        );
        let plain = Wanted::default();
        assert_eq!(
            plain.with_panels("/workouts/7", TracePanels::Together),
            "/workouts/7?view=together"
        );
        let alone = plain.with_panels("/workouts", TracePanels::Alone(Twin::B));
        assert_eq!(alone, "/workouts?view=b");
        let again = Wanted::from_query(&query(&[("view", "b")]));
        assert_eq!(again.panels, TracePanels::Alone(Twin::B));
        assert_eq!(
            again.with_panels("/workouts", TracePanels::Each),
            "/workouts"
        );
        assert_eq!(plain.with_weighted(false), "/workouts");
    }

    #[test]
    fn nonsense_is_told_and_the_default_shown() {
        let wanted = Wanted::from_query(&query(&[
            ("week", "next"),
            ("day", "today"),
            ("activity", "flying"),
            ("view", "sideways"),
        ]));
        assert_eq!(wanted.problems().len(), 4);
        assert_eq!(wanted.panels, TracePanels::Each);
        assert_eq!(wanted.asked(), (String::new(), String::new(), "all".into()));
    }
}
