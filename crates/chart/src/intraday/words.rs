//! The rows in words: at a time, and as a whole.

use core::fmt::Write as _;

use physiology::metric::decimal;
use physiology::{SleepStage, StageSpan, Twin};

use super::{Content, Intraday, Row, Trace, trace};
use crate::input::index;

/// What each row has at a time, in the order of the rows; none where it has nothing there.
pub fn values_at(chart: &Intraday<'_>, at_s: i32) -> Vec<Option<String>> {
    let value = |row: &Row<'_>| match row.content {
        Content::Stages(spans) => stage_at(spans, at_s).map(|stage| stage.name().to_owned()),
        Content::Trace(trace) => {
            let (_, value) = sample_at(chart, trace, at_s)?;
            let zone = zone(trace.borders, value).map(|zone| format!(" Z{zone}"));
            let (number, unit) = (decimal(value, 0, false), trace.unit);
            Some(format!("{number}\u{a0}{unit}{}", zone.unwrap_or_default()))
        }
        Content::Missing(_) => None,
    };
    chart.rows.iter().map(value).collect()
}

/// The stage at a time.
pub(super) fn stage_at(spans: &[StageSpan], at_s: i32) -> Option<SleepStage> {
    spans
        .iter()
        .find(|span| span.from_s <= at_s && at_s < span.to_s)
        .map(|span| span.stage)
}

/// The sample nearest to a time, no further away than the series' interval.
pub(super) fn sample_at(chart: &Intraday<'_>, trace: Trace<'_>, at_s: i32) -> Option<(i32, f64)> {
    trace::drawn(chart, trace)
        .map(|sample| (sample.0.abs_diff(at_s), sample))
        .filter(|(away_s, _)| i64::from(*away_s) <= i64::from(trace.interval_s))
        .min_by_key(|(away_s, _)| *away_s)
        .map(|(_, sample)| sample)
}

/// The zone a value lies in, from 1; none below the first border.
fn zone(borders: &[f64], value: f64) -> Option<usize> {
    let last = borders.len().checked_sub(1)?;
    let under = borders.iter().filter(|border| **border <= value).count();
    (under > 0).then(|| under.min(last))
}

/// The whole picture in plain sentences, for those who do not see it. `names` are the twins', A
/// first.
pub fn summary(chart: &Intraday<'_>, names: [&str; 2]) -> String {
    let mut text = String::new();
    for twin in Twin::BOTH {
        let mut rows = chart.rows.iter().filter(|row| row.twin == twin).peekable();
        if rows.peek().is_none() {
            continue;
        }
        let _ = write!(text, "{}, {}: ", names[index(twin)], twin.letter());
        let parts: Vec<String> = rows.map(|row| of_row(chart, row)).collect();
        text.push_str(&parts.join("; "));
        text.push_str(". ");
    }
    text.truncate(text.trim_end().len());
    text
}

fn of_row(chart: &Intraday<'_>, row: &Row<'_>) -> String {
    let name = row.name.to_lowercase();
    match row.content {
        Content::Missing(reason) => format!("{name}: {}", reason.to_lowercase()),
        Content::Stages(spans) => {
            let parts = SleepStage::ALL.map(|stage| {
                let seconds: i64 = spans
                    .iter()
                    .filter(|span| span.stage == stage)
                    .map(|span| i64::from(span.length_s()))
                    .sum();
                let minutes = seconds.max(0) / 60;
                format!("{} {} h {:02}", stage.name(), minutes / 60, minutes % 60)
            });
            format!("{name}: {}", parts.join(", "))
        }
        Content::Trace(trace) => of_trace(chart, &name, trace),
    }
}

fn of_trace(chart: &Intraday<'_>, name: &str, trace: Trace<'_>) -> String {
    let parts = trace::parts(chart, trace);
    let all = || parts.iter().flatten();
    let (Some((first_ms, _)), Some((last_ms, _))) = (all().next(), all().next_back()) else {
        return format!("{name}: not measured");
    };
    let (low, high) = all().fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(low, high), (_, value)| (low.min(*value), high.max(*value)),
    );
    let clock = |at_ms: &i64| chart.clock.time(at_ms / 1_000);
    let gaps = match parts.len() - 1 {
        0 => String::new(),
        1 => ", with a gap".to_owned(),
        many => format!(", with {many} gaps"),
    };
    format!(
        "{name} {} to {} {}, {} to {}{gaps}",
        decimal(low, 0, false),
        decimal(high, 0, false),
        trace.unit,
        clock(first_ms),
        clock(last_ms),
    )
}
