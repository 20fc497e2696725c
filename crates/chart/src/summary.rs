//! The chart in a few plain sentences, for those who do not see it.

use core::fmt::Write;

use physiology::Twin;
use physiology::pair::PairDay;

use crate::input::{TwinChart, drawable, index};
use crate::readout::metres;

/// What the chart shows: the metric and the days, each twin's newest value and range, the newest
/// difference, and the altitudes slept at.
pub fn summary(chart: &TwinChart<'_>) -> String {
    let mut text = chart.written.metric().info().long_name.to_owned();
    match (chart.days.first(), chart.days.last()) {
        (Some(first), Some(last)) if first.day == last.day => {
            text.push_str(", ");
            text.push_str(&first.day.short());
        }
        (Some(first), Some(last)) => {
            let _ = write!(text, ", {} to {}", first.day.short(), last.day.short());
        }
        _ => return text + ": no nights in this range.",
    }
    text.push('.');
    for twin in Twin::BOTH.into_iter().filter(|twin| chart.shows(*twin)) {
        text.push(' ');
        text.push_str(&of_twin(chart, twin));
    }
    if chart.shown == [true, true] {
        let newest = chart.days.iter().rev().find_map(|day| {
            let difference = TwinChart::value(day, Twin::A)? - TwinChart::value(day, Twin::B)?;
            Some((day, difference))
        });
        if let Some((day, difference)) = newest {
            let _ = write!(
                text,
                " A minus B {} on {}.",
                chart.written.difference_with_unit(difference),
                day.day.short()
            );
        }
    }
    if let Some((low, high)) = extremes(
        chart
            .days
            .iter()
            .filter_map(|day| day.sleeping_altitude_m)
            .filter(|altitude_m| drawable(*altitude_m)),
    ) {
        let (low, high) = (metres(low), metres(high));
        if low == high {
            let _ = write!(text, " Slept at {low}.");
        } else {
            let _ = write!(text, " Slept at {low} to {high}.");
        }
    }
    text
}

fn of_twin(chart: &TwinChart<'_>, twin: Twin) -> String {
    let name = chart.names[index(twin)];
    let values = || {
        chart
            .days
            .iter()
            .filter_map(|day| TwinChart::value(day, twin).map(|value| (day, value)))
    };
    let newest: Option<(&PairDay, f64)> = values().next_back();
    let (Some((day, value)), Some((low, high))) = (newest, extremes(values().map(|pair| pair.1)))
    else {
        return format!("{name}, {}: no values.", twin.letter());
    };
    let written = chart.written;
    let mut text = format!(
        "{name}, {}: {} on {}",
        twin.letter(),
        written.with_unit(value),
        day.day.short()
    );
    if let Some(limit) = chart.limit.filter(|limit| value < limit.value) {
        let _ = write!(text, ", below the {} limit", written.limit(limit.value));
    }
    if written.value(low) != written.value(high) {
        let _ = write!(
            text,
            ", between {} and {}",
            written.value(low),
            written.with_unit(high)
        );
    }
    let missing = chart.days.len() - values().count();
    match missing {
        0 => {}
        1 => text.push_str(", 1 night missing"),
        many => {
            let _ = write!(text, ", {many} nights missing");
        }
    }
    text.push('.');
    text
}

fn extremes(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |seen, value| {
        Some(seen.map_or((value, value), |(low, high): (f64, f64)| {
            (low.min(value), high.max(value))
        }))
    })
}
