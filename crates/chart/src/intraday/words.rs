//! Times in words, and the rows as a whole.

use core::fmt::Write as _;

use physiology::metric::decimal;
use physiology::units::Clock;
use physiology::{SleepStage, Twin};

use super::samples::parts;
use super::{AxisWords, Content, Intraday, Row, Trace};
use crate::input::index;

/// A time on the axis: `10:35`, `10:35:10`, `2 h 14 after sleep onset`.
pub(super) fn time(chart: &Intraday<'_>, at_s: i32) -> String {
    match chart.words {
        AxisWords::Clock => time_of_day(chart.clock, at_s.into()),
        AxisWords::SinceOnset => match at_s {
            0 => "at sleep onset".to_owned(),
            1.. => format!("{} after sleep onset", length(at_s.into())),
            _ => format!("{} before sleep onset", length(-i64::from(at_s))),
        },
    }
}

/// A time of day, with its seconds where it has any.
pub(super) fn time_of_day(clock: Clock, at_s: i64) -> String {
    if at_s.rem_euclid(60) == 0 {
        clock.time(at_s)
    } else {
        clock.time_with_seconds(at_s)
    }
}

/// `2 h 14`, `25 min`, `2 h 14 min 10 s`.
fn length(length_s: i64) -> String {
    let (hours, minutes, seconds) = (length_s / 3_600, length_s / 60 % 60, length_s % 60);
    match (hours, minutes, seconds) {
        (0, 0, seconds) => format!("{seconds}\u{a0}s"),
        (0, minutes, 0) => format!("{minutes}\u{a0}min"),
        (0, minutes, seconds) => format!("{minutes}\u{a0}min {seconds}\u{a0}s"),
        (hours, minutes, 0) => format!("{hours}\u{a0}h\u{a0}{minutes:02}"),
        _ => format!("{hours}\u{a0}h {minutes}\u{a0}min {seconds}\u{a0}s"),
    }
}

/// A tick of the axis, s: `06:00`; since onset `1 h`, between hours `+30 min`. The first on the
/// picture, which no hour stands before, is written out.
pub(super) fn tick(chart: &Intraday<'_>, at_s: i64, is_first: bool) -> String {
    if chart.words == AxisWords::Clock {
        return chart.clock.time(at_s);
    }
    let (hour, minute) = (at_s.div_euclid(3_600), at_s.rem_euclid(3_600) / 60);
    let sign = if at_s < 0 { "−" } else { "" };
    match minute {
        0 => format!("{sign}{}\u{a0}h", hour.abs()),
        _ if is_first => format!("{sign}{}", length(at_s.abs())),
        minute => format!("+{minute}\u{a0}min"),
    }
}

/// The widest tick there is.
pub(super) fn widest_tick(chart: &Intraday<'_>) -> String {
    match chart.words {
        AxisWords::Clock => chart.clock.time(12 * 3_600),
        AxisWords::SinceOnset => tick(chart, 1_800, false),
    }
}

/// The whole picture in plain sentences, for those who do not see it, whatever of it is looked at.
/// `names` are the twins', A first.
pub fn summary(chart: &Intraday<'_>, names: [&str; 2]) -> String {
    let whole = Intraday {
        view: None,
        ..*chart
    };
    let chart = &whole;
    let mut text = String::new();
    for twin in Twin::BOTH {
        let mut rows = chart.rows.iter().filter(|row| row.twin == twin).peekable();
        if rows.peek().is_none() {
            continue;
        }
        let _ = write!(text, "{}, {}", names[index(twin)], twin.letter());
        let onset_s = rows.peek().and_then(|row| row.onset_s);
        if let (AxisWords::SinceOnset, Some(onset_s)) = (chart.words, onset_s) {
            let _ = write!(text, ", asleep from {}", chart.clock.time(onset_s.into()));
        }
        text.push_str(": ");
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
    let parts = parts(chart, trace);
    let all = || parts.iter().flatten();
    let (Some((first_s, _)), Some((last_s, _))) = (all().next(), all().next_back()) else {
        return format!("{name}: not measured");
    };
    let (low, high) = all().fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(low, high), (_, value)| (low.min(*value), high.max(*value)),
    );
    let (from, to) = match chart.words {
        AxisWords::Clock => {
            let clock = |at_s: i32| chart.clock.time(at_s.into());
            (clock(*first_s), clock(*last_s))
        }
        AxisWords::SinceOnset => (time(chart, *first_s), time(chart, *last_s)),
    };
    let gaps = match parts.len() - 1 {
        0 => String::new(),
        1 => ", with a gap".to_owned(),
        many => format!(", with {many} gaps"),
    };
    format!(
        "{name} {} to {} {}, {from} to {to}{gaps}",
        decimal(low, 0, false),
        decimal(high, 0, false),
        trace.unit,
    )
}
