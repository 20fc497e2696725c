//! The rules, one function each: whether a course meets it, and with which figures.

use physiology::anomaly;
use physiology::baseline::{Baseline, Position};
use physiology::hrv::{HrvDay, ln_rmssd_band, ln_rmssd_rolling};
use physiology::insight::{self, InsightInput, InsightPart, InsightRule};
use physiology::{DayRange, Metric, Twin};
use views::head::AlarmLine;
use views::status::Rule;

use super::course::Course;
use super::{FRESH_DAYS, Known};
use crate::record::Record;

/// Nights the resting heart rate is held against.
const WEEK_DAYS: i64 = 7;
/// Days a trend is held against.
const MONTH_DAYS: i64 = 30;
/// Fewest values of a month worth a trend.
const FEWEST_OF_MONTH: usize = 7;
/// Days HRV must be under its band.
const BAND_DAYS: i64 = 3;
/// How many SDs over the week are told.
const WEEK_SDS: f64 = 2.0;

/// Every rule a course meets, the strongest first.
pub(super) fn met(
    record: &Record<'_>,
    twin: Twin,
    course: &Course,
    insight: &[InsightPart],
) -> Vec<Rule> {
    [
        week(course),
        hrv_band(record, twin, course),
        trend(course, insight),
        baseline(course),
        fences(course),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// An alarm as a rule.
pub(super) const fn limit(alarm: &AlarmLine) -> Rule {
    Rule::Limit {
        limit: alarm.limit,
        kind: alarm.rule,
        priority: alarm.priority,
    }
}

/// Resting heart rate over the mean + 2 SD of the seven nights before.
fn week(course: &Course) -> Option<Rule> {
    if course.metric != Metric::RestingHeartRate {
        return None;
    }
    let week = Baseline::of(course.before(WEEK_DAYS))?;
    let limit = week.mean + WEEK_SDS * week.sd;
    (course.value > limit).then_some(Rule::Week { limit })
}

/// The 7-day mean of ln RMSSD under its normal band on three days running.
fn hrv_band(record: &Record<'_>, twin: Twin, course: &Course) -> Option<Rule> {
    if course.metric != Metric::HrvRmssd {
        return None;
    }
    let reference = record
        .days(twin, Metric::HrvRmssd)
        .filter(|(day, _)| record.is_baseline(*day))
        .map(|(_, kept)| kept.measurement.value);
    let band = ln_rmssd_band(reference)?;
    let days = DayRange::new(course.day.plus(1 - BAND_DAYS), course.day);
    let means: Vec<f64> = ln_rmssd_rolling(course.values(), days)
        .into_iter()
        .filter_map(|HrvDay { rolling_mean, .. }| rolling_mean)
        .collect();
    let newest = *means.last()?;
    let is_under = means.len() == days.len() && means.iter().all(|mean| *mean < band.low);
    is_under.then(|| Rule::HrvBand {
        mean: newest.exp(),
        low: band.low.exp(),
    })
}

/// The part of the insight rules that looks at this metric.
fn trend(course: &Course, insight: &[InsightPart]) -> Option<Rule> {
    let rule = match course.metric {
        Metric::HrvRmssd => InsightRule::HrvDown,
        Metric::SleepScore => InsightRule::SleepDown,
        Metric::RestingHeartRate => InsightRule::RestingHeartRateUp,
        _ => return None,
    };
    let part = insight.iter().find(|part| part.rule == rule)?;
    let (week, month) = means(course)?;
    Some(Rule::Trend {
        week,
        month,
        change: part.change,
        points: part.points,
    })
}

/// Outside the twin's own baseline band.
fn baseline(course: &Course) -> Option<Rule> {
    let band = course.baseline?.band();
    (band.position(course.value) != Position::Within).then_some(Rule::Baseline { band })
}

/// Outside the fences of the 90 days before.
fn fences(course: &Course) -> Option<Rule> {
    let fences = anomaly::fences(course.before(anomaly::WINDOW_DAYS))?;
    (fences.position(course.value) != Position::Within).then(|| Rule::Fences {
        band: fences.band(),
        count: fences.count,
        is_ready: fences.ready(),
    })
}

/// The insight rules a twin meets.
pub(super) fn insight_of(known: &Known<'_>, twin: Twin) -> Vec<InsightPart> {
    let today = known.local.today;
    let change = |metric| {
        let course = Course::of(known.record, twin, metric, today)?;
        let (week, month) = means(&course)?;
        (month > 0.0).then(|| week / month - 1.0)
    };
    insight::insight(&InsightInput {
        hrv_change: change(Metric::HrvRmssd),
        sleep_change: change(Metric::SleepScore),
        resting_heart_rate_change: change(Metric::RestingHeartRate),
        load_ratio: load_ratio(known, twin).map(|(_, ratio)| ratio),
    })
}

/// The newest load ratio of a twin, where it is of today or yesterday.
pub(super) fn load_ratio(known: &Known<'_>, twin: Twin) -> Option<(physiology::Day, f64)> {
    let subject = known.record.pair.of(twin).id;
    let today = known.local.today;
    let newest = known
        .load_ratios
        .iter()
        .filter(|reading| reading.subject == subject && reading.day <= today)
        .max_by_key(|reading| reading.day)?;
    (newest.day >= today.plus(-FRESH_DAYS)).then_some((newest.day, newest.measurement.value))
}

/// The means of 7 and of 30 days, both ending on the newest day, where there are enough values.
fn means(course: &Course) -> Option<(f64, f64)> {
    let week = Baseline::of(course.last(WEEK_DAYS))?;
    let month = Baseline::of(course.last(MONTH_DAYS))?;
    (month.count >= FEWEST_OF_MONTH).then_some((week.mean, month.mean))
}
