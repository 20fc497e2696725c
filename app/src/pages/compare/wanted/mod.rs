//! What the address asks the page to show.

use chart::{PairView, View};
use leptos_router::params::ParamsMap;
use physiology::{DayRange, Metric, SeriesKind, Twin};
use views::compare::{DEFAULT_METRICS, LINES, MOST_METRICS};
use views::overview::RangeChoice;

use super::lists::{lines, listed, metrics};
use super::mode::Mode;
use crate::components::{RangeAddress, WantedRange, parameter, toggled, zoom_of, zoom_text};

/// The page's path.
pub(super) const PATH: &str = "/compare";

/// What is shown, and what was wrong with what was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// The range.
    pub range: WantedRange,
    /// The metrics, from the top: each once, at least one.
    pub metrics: Vec<Metric>,
    /// What is shown sample by sample under the metrics, in the order of [`LINES`].
    pub lines: Vec<SeriesKind>,
    /// The metric whose agreement is spelled out.
    pub metric: Metric,
    /// Which picture of it is shown.
    pub panel: PairView,
    /// How the twins are set against each other.
    pub mode: Mode,
    /// The twin that alone is shown; none is both.
    pub alone: Option<Twin>,
    /// What of the range is looked at, ms since the epoch; none is all of it.
    pub zoom: Option<View>,
    /// What is wrong with the metrics, in sentences.
    problems: Vec<String>,
    /// Whether the address chooses the spelled-out metric itself.
    names_metric: bool,
}

impl Wanted {
    /// From `range`, `metrics`, `add`, `metric`, `panel`, `lines`, `mode`, `twin`
    /// and `zoom`. What makes
    /// no sense is left out and told.
    pub fn from_query(query: &ParamsMap) -> Self {
        let mut problems = Vec::new();
        let metrics = metrics(query, &mut problems);
        let named = parameter(query, "metric").map(|id| Metric::from_id(&id));
        if named == Some(None) {
            problems.push("There is no such metric to spell out; the first is.".into());
        }
        let first = metrics.first().copied().unwrap_or(DEFAULT_METRICS[0]);
        let lines = lines(query, &mut problems);
        let mode = parameter(query, "mode").map(|id| Mode::from_id(&id));
        if mode == Some(None) {
            problems.push("There is no such mode; both twins are laid over each other.".into());
        }
        let alone =
            parameter(query, "twin").map(|id| Twin::BOTH.into_iter().find(|twin| twin.id() == id));
        if alone == Some(None) {
            problems.push("There is no such twin; both are shown.".into());
        }
        let zoom = query.get_str("zoom").filter(|text| !text.is_empty());
        let zoom = zoom.map(zoom_of);
        if zoom == Some(None) {
            problems.push("The address names no stretch to look at; all is shown.".into());
        }
        Self {
            range: WantedRange::from_query(query),
            metric: named.flatten().unwrap_or(first),
            names_metric: named.flatten().is_some(),
            panel: match parameter(query, "panel").as_deref() {
                Some("night") => PairView::Night,
                _ => PairView::Level,
            },
            lines,
            mode: mode.flatten().unwrap_or_default(),
            alone: alone.flatten(),
            zoom: zoom.flatten(),
            metrics,
            problems,
        }
    }

    /// What is wrong with the address, in sentences.
    pub fn problems(&self) -> Vec<String> {
        let range = self.range.sentence();
        range.into_iter().chain(self.problems.clone()).collect()
    }

    /// The ids of the metrics shown, as the address lists them.
    pub fn list(&self) -> String {
        listed(&self.metrics)
    }

    /// What an address says beside the range, where it is not the default.
    pub fn rest(&self) -> Vec<(&'static str, String)> {
        let mut rest = Vec::new();
        if self.metrics != DEFAULT_METRICS {
            rest.push(("metrics", self.list()));
        }
        if !self.lines.is_empty() {
            rest.push(("lines", self.listed_lines()));
        }
        if self.names_metric {
            rest.push(("metric", self.metric.id().to_owned()));
        }
        if self.panel != PairView::default() {
            rest.push(("panel", self.panel.id().to_owned()));
        }
        if self.mode != Mode::default() {
            rest.push(("mode", self.mode.id().to_owned()));
        }
        if let Some(twin) = self.alone {
            rest.push(("twin", twin.id().to_owned()));
        }
        rest
    }

    /// The addresses of this view over other ranges. Another range is looked at as a whole.
    pub fn ranges(&self) -> RangeAddress {
        RangeAddress {
            path: PATH,
            rest: self.rest(),
        }
    }

    fn address(&self) -> String {
        let mut address = self.ranges().with(self.range.range);
        if let Some(zoom) = self.zoom {
            address.push_str("&zoom=");
            address.push_str(&zoom_text(zoom));
        }
        address
    }

    /// The address with the twins set against each other in another way.
    pub fn with_mode(&self, mode: Mode) -> String {
        Self {
            mode,
            ..self.clone()
        }
        .address()
    }

    /// Which twins are shown, A first.
    pub fn shown(&self) -> [bool; 2] {
        Twin::BOTH.map(|twin| self.alone.is_none_or(|alone| alone == twin))
    }

    /// The address with a twin shown or hidden.
    pub fn with_toggled(&self, twin: Twin) -> String {
        let alone = match toggled(self.shown(), twin) {
            [true, false] => Some(Twin::A),
            [false, true] => Some(Twin::B),
            _ => None,
        };
        Self {
            alone,
            ..self.clone()
        }
        .address()
    }

    /// The address with another stretch looked at; all of the range without one.
    pub fn with_zoom(&self, zoom: Option<View>) -> String {
        Self {
            zoom,
            ..self.clone()
        }
        .address()
    }

    /// The address of a stretch of other days: of the days as a whole, where nights alone are shown.
    pub fn with_days(&self, days: DayRange, zoom: View) -> String {
        Self {
            range: WantedRange {
                range: RangeChoice::Days(days),
                ..self.range.clone()
            },
            zoom: (!self.lines.is_empty()).then_some(zoom),
            ..self.clone()
        }
        .address()
    }

    /// The address with other metrics.
    pub fn with_metrics(&self, metrics: Vec<Metric>) -> String {
        Self {
            metrics,
            ..self.clone()
        }
        .address()
    }

    /// The address with another metric spelled out.
    pub fn with_metric(&self, metric: Metric) -> String {
        Self {
            metric,
            names_metric: true,
            ..self.clone()
        }
        .address()
    }

    /// The address with the other picture of the pair.
    pub fn with_panel(&self, panel: PairView) -> String {
        Self {
            panel,
            ..self.clone()
        }
        .address()
    }

    /// The address without one of the metrics; none where it is the last.
    pub fn without(&self, metric: Metric) -> Option<String> {
        let metrics: Vec<Metric> = self.others(metric).collect();
        (!metrics.is_empty()).then(|| {
            Self {
                metrics,
                // What is no longer shown is not spelled out either.
                names_metric: self.names_metric && self.metric != metric,
                ..self.clone()
            }
            .address()
        })
    }

    /// The address with a metric moved down by so many places, up where negative; none beyond the
    /// ends.
    pub fn moved(&self, metric: Metric, down: isize) -> Option<String> {
        let from = self.metrics.iter().position(|shown| *shown == metric)?;
        let to = from.checked_add_signed(down)?;
        let mut metrics = self.metrics.clone();
        (to < metrics.len()).then(|| {
            metrics.swap(from, to);
            self.with_metrics(metrics)
        })
    }

    fn others(&self, metric: Metric) -> impl Iterator<Item = Metric> {
        self.metrics
            .iter()
            .copied()
            .filter(move |shown| *shown != metric)
    }

    /// The address with a line shown, or no more.
    pub fn with_line(&self, kind: SeriesKind, is_shown: bool) -> String {
        let shown = |other: &SeriesKind| {
            if *other == kind {
                is_shown
            } else {
                self.lines.contains(other)
            }
        };
        Self {
            lines: LINES.into_iter().filter(shown).collect(),
            ..self.clone()
        }
        .address()
    }

    fn listed_lines(&self) -> String {
        let ids: Vec<&str> = self.lines.iter().map(|kind| kind.id()).collect();
        ids.join(",")
    }

    /// The metrics that can be added, where there is room.
    pub fn addable(&self) -> Vec<Metric> {
        if self.metrics.len() >= MOST_METRICS {
            return Vec::new();
        }
        let shown = |metric: &Metric| self.metrics.contains(metric);
        Metric::ALL
            .iter()
            .copied()
            .filter(|metric| !shown(metric))
            .collect()
    }

    /// What the server is asked.
    pub fn question(&self) -> (RangeChoice, String, Metric, String) {
        (
            self.range.range,
            self.list(),
            self.metric,
            self.listed_lines(),
        )
    }
}

#[cfg(test)]
mod tests;
