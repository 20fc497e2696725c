//! Data: the table of daily values, and how complete they are.

use core::fmt::Write as _;

use physiology::{Day, DayRange, Metric, Missing, Quality, Source, Timestamp, Twin};
use serde::{Deserialize, Serialize};

use crate::PageHead;
use crate::overview::RangeChoice;

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataView {
    /// Where the expedition stands, and what needs action.
    pub head: PageHead,
    /// The days shown.
    pub days: DayRange,
    /// The page's rows, newest first.
    pub rows: Vec<DataRow>,
    /// How many rows the filter selects in all.
    pub total: u32,
    /// Which page this is, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// How complete the chosen metrics are, in the order of the metrics.
    pub coverage: Vec<MetricCoverage>,
}

/// A line of the table: a value, or a day without one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataRow {
    /// Which day.
    pub day: Day,
    /// Whose.
    pub twin: Twin,
    /// What.
    pub metric: Metric,
    /// The value, or why there is none.
    pub value: DataValue,
}

/// A value with where it comes from, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum DataValue {
    /// There is a value.
    Measured {
        /// In the metric's unit, durations in seconds; unrounded.
        value: f64,
        /// When what was measured ended.
        measured_at: Timestamp,
        /// When we received it.
        received_at: Timestamp,
        /// Whose sensor.
        source: Source,
        /// Whether the whole period was measured.
        quality: Quality,
        /// The document it rests on, by the vendor's id.
        document: String,
    },
    /// There is none, for this reason.
    Missing(Absence),
}

/// Why a day has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Absence {
    /// For a reason every page knows.
    Missing(Missing),
    /// The day is older than anything the vendor has served of this twin.
    BeforeConnection,
}

impl Absence {
    /// The reason as a short sentence for the page.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Missing(reason) => reason.sentence(),
            Self::BeforeConnection => "Before connection",
        }
    }

    /// The reason after a count: `3 not worn`.
    pub const fn after_count(self) -> &'static str {
        match self {
            Self::Missing(Missing::NotConnected) => "not connected",
            Self::Missing(Missing::NotGranted) => "access not granted",
            Self::Missing(Missing::NotSynced) => "not synced yet",
            Self::Missing(Missing::NotWorn) => "not worn",
            Self::Missing(Missing::VendorHasNone) => "not measured",
            Self::BeforeConnection => "before connection",
        }
    }

    /// The name in exports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Missing(Missing::NotConnected) => "not_connected",
            Self::Missing(Missing::NotGranted) => "not_granted",
            Self::Missing(Missing::NotSynced) => "not_synced",
            Self::Missing(Missing::NotWorn) => "not_worn",
            Self::Missing(Missing::VendorHasNone) => "not_measured",
            Self::BeforeConnection => "before_connection",
        }
    }
}

/// How complete one metric is, of both twins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricCoverage {
    /// Which metric.
    pub metric: Metric,
    /// Whether it is counted in nights.
    pub is_nightly: bool,
    /// The twins', A first; none of a twin that is not chosen.
    pub twins: [Option<Coverage>; 2],
}

/// How complete one metric of one twin is over the days shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Days with a value.
    pub received: u32,
    /// Days in all.
    pub of: u32,
    /// The others, counted by reason.
    pub missing: Vec<(Absence, u32)>,
    /// The days from the oldest on, as stretches of one kind each with their length.
    pub strip: Vec<(CoverageDay, u32)>,
}

impl Coverage {
    /// `28 of 35 nights; 3 not worn; 4 before connection`.
    pub fn sentence(&self, is_nightly: bool) -> String {
        let unit = match (is_nightly, self.of) {
            (true, 1) => "night",
            (true, _) => "nights",
            (false, 1) => "day",
            (false, _) => "days",
        };
        let mut text = format!("{} of {} {unit}", self.received, self.of);
        for (reason, count) in &self.missing {
            let _ = write!(text, "; {count} {}", reason.after_count());
        }
        text
    }
}

/// A day of the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoverageDay {
    /// There is a value.
    Received,
    /// There is one, of part of the period.
    Partial,
    /// There should be one.
    Missing,
    /// None could be expected: not connected yet, or not synced yet.
    Outside,
}

/// Which rows are shown. In the URL as `show=values|all|missing`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Show {
    /// Values.
    #[default]
    Values,
    /// Values, and days without one with their reason.
    All,
    /// Days without a value alone.
    Missing,
}

impl Show {
    /// Every choice, in the order the page lists them.
    pub const ALL: [Self; 3] = [Self::Values, Self::All, Self::Missing];

    /// As in the URL.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Values => "values",
            Self::All => "all",
            Self::Missing => "missing",
        }
    }

    /// The inverse of [`Show::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|show| show.id() == id)
    }
}

/// What the table is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFilter {
    /// Which days.
    pub range: RangeChoice,
    /// Whose; none is both.
    pub twin: Option<Twin>,
    /// Which metrics, each once, in the domain's order; empty is all.
    pub metrics: Vec<Metric>,
    /// From whose sensor; none is every source.
    pub source: Option<Source>,
    /// Values, missing days, or both.
    pub show: Show,
}

impl Default for DataFilter {
    fn default() -> Self {
        Self {
            range: RangeChoice::Trip,
            twin: None,
            metrics: Vec::new(),
            source: None,
            show: Show::default(),
        }
    }
}

impl DataFilter {
    /// The sources a reading can have.
    pub const SOURCES: [Source; 2] = [Source::Oura, Source::Polar];

    /// From the parts of an address, name and value, decoded; a metric can be named several times, or
    /// several with commas between them. What makes no sense is left out and told in a sentence.
    /// Names that are no part of the filter are passed over.
    pub fn from_pairs<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<&'static str>) {
        let mut filter = Self::default();
        let mut problems = Vec::new();
        for (name, value) in pairs {
            if value.is_empty() {
                continue;
            }
            let problem = match name {
                "range" => RangeChoice::from_id(value)
                    .map(|range| filter.range = range)
                    .err(),
                "twin" => {
                    filter.twin = Twin::BOTH.into_iter().find(|twin| twin.id() == value);
                    filter
                        .twin
                        .is_none()
                        .then_some("There is no such twin. Both are shown.")
                }
                "source" => {
                    filter.source = Self::SOURCES
                        .into_iter()
                        .find(|source| source.id() == value);
                    filter
                        .source
                        .is_none()
                        .then_some("There is no such source. All are shown.")
                }
                "show" => {
                    let show = Show::from_id(value);
                    filter.show = show.unwrap_or_default();
                    show.is_none()
                        .then_some("What to show is values, all or missing. Values are shown.")
                }
                "metrics" => {
                    let named = value.split(',').filter(|id| !id.is_empty());
                    let known: Vec<Option<Metric>> = named.map(Metric::from_id).collect();
                    filter.metrics.extend(known.iter().flatten());
                    known
                        .contains(&None)
                        .then_some("There is no such metric. It is left out.")
                }
                _ => None,
            };
            problems.extend(problem);
        }
        filter.metrics.sort_unstable();
        filter.metrics.dedup();
        problems.dedup();
        (filter, problems)
    }

    /// All but the range, as parts of an address; what is not narrowed is left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if let Some(twin) = self.twin {
            pairs.push(("twin", twin.id().to_owned()));
        }
        if !self.metrics.is_empty() {
            let ids: Vec<&str> = self.metrics.iter().map(|metric| metric.id()).collect();
            pairs.push(("metrics", ids.join(",")));
        }
        if let Some(source) = self.source {
            pairs.push(("source", source.id().to_owned()));
        }
        if self.show != Show::default() {
            pairs.push(("show", self.show.id().to_owned()));
        }
        pairs
    }

    /// The whole filter as the query of an address: `range=trip&twin=a`. Nothing in it needs to be
    /// encoded.
    pub fn query(&self) -> String {
        let mut query = format!("range={}", self.range.id());
        for (name, value) in self.pairs() {
            let _ = write!(query, "&{name}={value}");
        }
        query
    }

    /// The inverse of [`DataFilter::query`]; an error is a sentence.
    pub fn from_query(query: &str) -> Result<Self, &'static str> {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let (filter, problems) = Self::from_pairs(pairs);
        problems.first().map_or(Ok(filter), |problem| Err(*problem))
    }

    /// The metrics chosen: all where none is named.
    pub fn chosen(&self) -> &[Metric] {
        if self.metrics.is_empty() {
            Metric::ALL
        } else {
            &self.metrics
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_read_back() {
        let filter = DataFilter {
            range: RangeChoice::Days(DayRange::new(
                "2026-10-05".parse().unwrap(),
                "2026-10-13".parse().unwrap(),
            )),
            twin: Some(Twin::B),
            metrics: vec![Metric::Spo2Night, Metric::HrvRmssd],
            source: Some(Source::Oura),
            show: Show::All,
        };
        assert_eq!(
            filter.query(),
            "range=2026-10-05..2026-10-13&twin=b&metrics=spo2_night,hrv_rmssd&source=oura&show=all"
        );
        assert_eq!(DataFilter::from_query(&filter.query()), Ok(filter));
        let plain = DataFilter::default();
        assert_eq!(plain.query(), "range=trip");
        assert_eq!(DataFilter::from_query("range=trip&page=3"), Ok(plain));
    }

    #[test]
    fn a_form_names_metrics_one_by_one_and_leaves_fields_empty() {
        let (filter, problems) = DataFilter::from_pairs([
            ("twin", ""),
            ("metrics", "steps"),
            ("metrics", "spo2_night,steps"),
            ("source", ""),
            ("show", "missing"),
        ]);
        assert_eq!(filter.metrics, [Metric::Spo2Night, Metric::Steps]);
        assert_eq!((filter.twin, filter.show), (None, Show::Missing));
        assert!(problems.is_empty());
    }

    #[test]
    fn nonsense_is_told_and_left_out() {
        let (filter, problems) = DataFilter::from_pairs([
            ("twin", "c"),
            ("metrics", "mood,steps"),
            ("source", "garmin"),
            ("show", "me"),
            ("range", "soon"),
        ]);
        assert_eq!(
            filter,
            DataFilter {
                metrics: vec![Metric::Steps],
                ..DataFilter::default()
            }
        );
        assert_eq!(problems.len(), 5);
        assert!(DataFilter::from_query("metrics=mood").is_err());
    }

    #[test]
    fn coverage_is_a_sentence() {
        let coverage = Coverage {
            received: 28,
            of: 35,
            missing: vec![
                (Absence::Missing(Missing::NotWorn), 3),
                (Absence::BeforeConnection, 4),
            ],
            strip: Vec::new(),
        };
        assert_eq!(
            coverage.sentence(true),
            "28 of 35 nights; 3 not worn; 4 before connection"
        );
        let one = Coverage {
            received: 1,
            of: 1,
            missing: Vec::new(),
            strip: Vec::new(),
        };
        assert_eq!(one.sentence(false), "1 of 1 day");
    }
}
