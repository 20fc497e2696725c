//! What each row has at a time, in words.

use physiology::metric::decimal;
use physiology::{SleepStage, StageSpan, Twin};

use super::samples::{gap_at, sample_at};
use super::{AxisWords, Content, Intraday, Row, Trace, words};

/// A time of all rows in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// When, on the axis: `10:35`, `2 h 14 after sleep onset`.
    pub time: String,
    /// What each row has there, in the order of the rows.
    pub rows: Vec<RowMoment>,
    /// A − B, for each name of which both twins have a value there.
    pub differences: Vec<Difference>,
}

/// What a row has at a time.
#[derive(Debug, Clone, PartialEq)]
pub enum RowMoment {
    /// It has something.
    Measured {
        /// The sample's own time, s on the axis; the time asked for where it is a stage of sleep.
        at_s: i32,
        /// That time by the twin's own clock: `10:35`, `10:35:10`. Since sleep onset where it is
        /// not known when that was.
        time: String,
        /// The value; none where it is a stage of sleep.
        value: Option<f64>,
        /// What it is: `125 bpm Z2`, `Deep`.
        text: String,
    },
    /// It has nothing: the reason as a short sentence, where it is known.
    Missing(Option<String>),
}

impl RowMoment {
    /// What it is, where there is something.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Measured { text, .. } => Some(text),
            Self::Missing(_) => None,
        }
    }

    const fn value(&self) -> Option<f64> {
        match self {
            Self::Measured { value, .. } => *value,
            Self::Missing(_) => None,
        }
    }
}

/// How far apart the twins' values are at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What of: the name of both rows.
    pub name: String,
    /// A − B, in the rows' unit.
    pub value: f64,
    /// As written: `−14 bpm`.
    pub text: String,
}

/// What there is at a time, s on the axis.
pub fn values_at(chart: &Intraday<'_>, at_s: i32) -> Moment {
    let of_row = |row: &Row<'_>| match row.content {
        Content::Stages(spans) => of_stages(chart, row, spans, at_s),
        Content::Trace(trace) => of_trace(chart, row, trace, at_s),
        Content::Missing(reason) => RowMoment::Missing(Some(reason.to_owned())),
    };
    let rows: Vec<RowMoment> = chart.rows.iter().map(of_row).collect();
    Moment {
        time: words::time(chart, at_s),
        differences: differences(chart, &rows),
        rows,
    }
}

fn of_stages(chart: &Intraday<'_>, row: &Row<'_>, spans: &[StageSpan], at_s: i32) -> RowMoment {
    let Some(stage) = stage_at(spans, at_s) else {
        return RowMoment::Missing(None);
    };
    RowMoment::Measured {
        at_s,
        time: own_time(chart, row, at_s),
        value: None,
        text: stage.name().to_owned(),
    }
}

fn of_trace(chart: &Intraday<'_>, row: &Row<'_>, trace: Trace<'_>, at_s: i32) -> RowMoment {
    let Some((at_s, value)) = sample_at(chart, trace, at_s) else {
        return RowMoment::Missing(gap_at(trace, at_s).map(str::to_owned));
    };
    let zone = zone(trace.borders, value).map(|zone| format!(" Z{zone}"));
    let (number, unit) = (decimal(value, 0, false), trace.unit);
    RowMoment::Measured {
        at_s,
        time: own_time(chart, row, at_s),
        value: Some(value),
        text: format!("{number}\u{a0}{unit}{}", zone.unwrap_or_default()),
    }
}

fn own_time(chart: &Intraday<'_>, row: &Row<'_>, at_s: i32) -> String {
    match row.onset_s {
        Some(onset_s) if chart.words == AxisWords::SinceOnset => {
            words::time_of_day(chart.clock, i64::from(onset_s) + i64::from(at_s))
        }
        _ => words::time(chart, at_s),
    }
}

/// Of each name the first row of either twin, where both have a value.
fn differences(chart: &Intraday<'_>, rows: &[RowMoment]) -> Vec<Difference> {
    let first = |twin: Twin, name: &str| {
        let mut rows = chart.rows.iter().zip(rows);
        let (row, moment) = rows.find(|(row, _)| row.twin == twin && row.name == name)?;
        Some((row.trace()?.unit, moment.value()?))
    };
    let mut names: Vec<&str> = Vec::new();
    for row in chart.rows {
        if !names.contains(&row.name) {
            names.push(row.name);
        }
    }
    let of_name = |name: &str| {
        let ((unit, a), (_, b)) = first(Twin::A, name).zip(first(Twin::B, name))?;
        let value = a - b;
        Some(Difference {
            name: name.to_owned(),
            value,
            text: format!("{}\u{a0}{unit}", decimal(value, 0, true)),
        })
    };
    names.into_iter().filter_map(of_name).collect()
}

/// The stage at a time.
pub(super) fn stage_at(spans: &[StageSpan], at_s: i32) -> Option<SleepStage> {
    spans
        .iter()
        .find(|span| span.from_s <= at_s && at_s < span.to_s)
        .map(|span| span.stage)
}

/// The zone a value lies in, from 1; none below the first border.
fn zone(borders: &[f64], value: f64) -> Option<usize> {
    let last = borders.len().checked_sub(1)?;
    let under = borders.iter().filter(|border| **border <= value).count();
    (under > 0).then(|| under.min(last))
}
