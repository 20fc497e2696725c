//! The few metrics of a twin that stand out, the most important first.

use physiology::alarm::Priority;
use physiology::insight::{InsightPart, InsightRule};
use physiology::{Metric, Twin};
use views::status::{Clause, Rule};

use super::course::Course;
use super::{Known, STATUS_METRICS, rules};

/// How many clauses a twin's line has.
const MOST: usize = 3;

/// A clause and how much it matters.
struct Weighed {
    clause: Clause,
    /// Alarms come first, by priority.
    alarm: Option<Priority>,
    /// How far from the twin's own baseline, in its SDs.
    baseline_sds: f64,
}

/// A metric is told once, with every rule it meets.
pub(super) fn clauses(known: &Known<'_>, twin: Twin, insight: &[InsightPart]) -> Vec<Clause> {
    let metrics = Metric::OVERVIEW.into_iter().chain(STATUS_METRICS);
    let mut found: Vec<Weighed> = metrics
        .filter_map(|metric| of_metric(known, twin, metric, insight))
        .chain(of_load(known, twin, insight))
        .collect();
    // Stable: metrics that matter alike stay in the pages' order.
    found.sort_by(|one, other| {
        other
            .alarm
            .cmp(&one.alarm)
            .then(other.baseline_sds.total_cmp(&one.baseline_sds))
    });
    found.truncate(MOST);
    found.into_iter().map(|weighed| weighed.clause).collect()
}

fn of_metric(
    known: &Known<'_>,
    twin: Twin,
    metric: Metric,
    insight: &[InsightPart],
) -> Option<Weighed> {
    let alarm = known
        .alarms
        .iter()
        .find(|alarm| alarm.twin == twin && alarm.metric == metric);
    let course = Course::of(known.record, twin, metric, known.local.today);
    let met = course
        .as_ref()
        .map(|course| rules::met(known.record, twin, course, insight))
        .unwrap_or_default();
    let all: Vec<Rule> = alarm.map(rules::limit).into_iter().chain(met).collect();
    // An alarm stands however old its night is.
    let (day, value) = match (&course, alarm) {
        (Some(course), _) => (course.day, course.value),
        (None, Some(alarm)) => (alarm.day, alarm.value),
        (None, None) => return None,
    };
    (!all.is_empty()).then(|| Weighed {
        clause: Clause {
            metric,
            day,
            value,
            baseline: known
                .record
                .baseline(twin, metric)
                .map(|baseline| baseline.mean),
            rules: all,
        },
        alarm: alarm.map(|alarm| alarm.priority),
        baseline_sds: course.as_ref().map_or(0.0, Course::baseline_sds),
    })
}

/// The load ratio has one rule and no baseline of its own.
fn of_load(known: &Known<'_>, twin: Twin, insight: &[InsightPart]) -> Option<Weighed> {
    let part = insight
        .iter()
        .find(|part| part.rule == InsightRule::LoadRatioHigh)?;
    let (day, value) = rules::load_ratio(known, twin)?;
    Some(Weighed {
        clause: Clause {
            metric: Metric::LoadRatio,
            day,
            value,
            baseline: None,
            rules: vec![Rule::LoadRatio {
                points: part.points,
            }],
        },
        alarm: None,
        baseline_sds: 0.0,
    })
}
