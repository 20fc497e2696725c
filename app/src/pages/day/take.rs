//! A picture of the page, to be taken along.

use chart::View;
use chart::intraday::{AxisWords, Content, Intraday, Row as Lane};
use physiology::{Day, Twin};
use views::day::DayView;

use super::part::Part;
use crate::components::{Row, Words};
use crate::format::zone;

/// What is in sight of a picture's rows. Times are those of the clock each twin's row is shown by.
pub(super) fn rows(chart: &Intraday<'_>, day: Day, view: Option<View>) -> Vec<Row> {
    let midnight_ms = day.start_utc().unix_ms();
    let mut rows = Vec::new();
    for lane in chart.rows {
        let shift_s = match chart.words {
            AxisWords::Clock => 0,
            AxisWords::SinceOnset => lane.onset_s.unwrap_or_default(),
        };
        let at_ms = |at_s: i32| midnight_ms + 1_000 * (i64::from(at_s) + i64::from(shift_s));
        let is_seen = |from_s: i32, to_s: i32| {
            view.is_none_or(|view| f64::from(to_s) >= view.from && f64::from(from_s) <= view.to)
        };
        match lane.content {
            Content::Stages(spans) => {
                let seen = spans.iter().filter(|span| is_seen(span.from_s, span.to_s));
                rows.extend(seen.map(|span| Row {
                    from_ms: at_ms(span.from_s),
                    to_ms: at_ms(span.to_s),
                    note: span.stage.name().to_owned(),
                    ..of_lane(lane, "")
                }));
            }
            Content::Trace(trace) => {
                let seen = trace
                    .samples
                    .iter()
                    .filter(|(at_s, _)| is_seen(*at_s, *at_s));
                rows.extend(seen.map(|(at_s, value)| Row {
                    from_ms: at_ms(*at_s),
                    to_ms: at_ms(*at_s),
                    samples: 1,
                    values: Some([*value; 4]),
                    ..of_lane(lane, trace.unit)
                }));
            }
            Content::Missing(reason) => rows.push(Row {
                from_ms: at_ms(chart.from_s),
                to_ms: at_ms(chart.to_s),
                note: reason.to_owned(),
                ..of_lane(lane, "")
            }),
        }
    }
    rows
}

fn of_lane(lane: &Lane<'_>, unit: &str) -> Row {
    Row {
        series: lane.name.to_owned(),
        unit: unit.to_owned(),
        twin: Some(lane.twin),
        ..Row::default()
    }
}

/// What stands beside the picture.
pub(super) fn words(day: &DayView, part: Part, description: String) -> Words {
    let [a, b] = &day.head.names;
    let what = match part {
        Part::Night => "Night to",
        Part::Heart => "Heart rate,",
    };
    let clocks = Twin::BOTH.map(|twin| zone(day.offset_s(twin)));
    Words {
        file: format!("acclimate-{}-{}", part.id().replace('_', "-"), day.day),
        title: format!("{what} {}: {a} and {b}", day.day.with_weekday()),
        description,
        caption: format!(
            "A {a}, B {b}. {what} {}. Clocks: A {}, B {}.",
            day.day.with_weekday(),
            clocks[0],
            clocks[1]
        ),
    }
}
