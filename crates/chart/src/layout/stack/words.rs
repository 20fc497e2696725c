//! The stack in a few plain sentences, for those who do not see it.

use core::fmt::Write;

use physiology::Twin;
use physiology::pair::PairDay;

use super::Stack;
use crate::input::{TwinChart, index};
use crate::readout::metres;

/// What the stack shows: the days, then of each metric the newest night that has a value of either
/// twin, then the altitudes slept at.
pub fn stack_summary(stack: &Stack<'_>) -> String {
    let Some(first) = stack.lanes.first() else {
        return "No metric is shown.".to_owned();
    };
    let days = first.chart.days;
    let (Some(from), Some(to)) = (days.first(), days.last()) else {
        return "No nights in this range.".to_owned();
    };
    let mut text = format!(
        "{} of both twins over one time axis, {} to {}.",
        match stack.lanes.len() {
            1 => "One metric".to_owned(),
            many => format!("{many} metrics"),
        },
        from.day.short(),
        to.day.short()
    );
    for lane in stack.lanes {
        text.push(' ');
        text.push_str(&of_lane(&lane.chart));
    }
    let heights = || {
        days.iter()
            .filter_map(|day| day.sleeping_altitude_m)
            .filter(|height| height.is_finite())
    };
    let (low, high) = (
        heights().fold(f64::INFINITY, f64::min),
        heights().fold(f64::NEG_INFINITY, f64::max),
    );
    if low <= high {
        let _ = write!(text, " Slept at {} to {}.", metres(low), metres(high));
    }
    text
}

fn of_lane(chart: &TwinChart<'_>) -> String {
    let name = chart.written.metric().info().name;
    let value = |day: &PairDay, twin| TwinChart::value(day, twin);
    let newest = chart.days.iter().rev().find(|day| {
        Twin::BOTH
            .into_iter()
            .any(|twin| value(day, twin).is_some())
    });
    let Some(day) = newest else {
        return format!("{name}: no values.");
    };
    let mut text = format!("{name}, {}:", day.day.short());
    for twin in Twin::BOTH {
        let written = value(day, twin).map_or_else(
            || "missing".to_owned(),
            |value| chart.written.with_unit(value),
        );
        let _ = write!(
            text,
            " {}, {}, {written};",
            chart.names[index(twin)],
            twin.letter()
        );
    }
    match day.difference().filter(|difference| difference.is_finite()) {
        Some(difference) => {
            let _ = write!(
                text,
                " A minus B {}.",
                chart.written.difference_with_unit(difference)
            );
        }
        None => text.push_str(" no pair."),
    }
    text
}
