//! The trace, to be taken along.

use chart::{TraceChart, TracePanels, View};
use physiology::{Day, Twin};

use crate::components::{Row, Words};

/// The samples in sight, and what was not recorded. Times are those of the clock shown.
pub(super) fn rows(chart: &TraceChart<'_>, day: Day, view: Option<View>) -> Vec<Row> {
    let midnight_ms = day.start_utc().unix_ms();
    let at_ms = |at_s: i32| midnight_ms + 1_000 * i64::from(at_s);
    let is_seen = |from_s: i32, to_s: i32| {
        view.is_none_or(|view| f64::from(to_s) >= view.from && f64::from(from_s) <= view.to)
    };
    let mut rows = Vec::new();
    let twins = Twin::BOTH.into_iter().zip(&chart.twins);
    for (twin, trace) in twins.filter(|(twin, _)| chart.panels.show(*twin)) {
        let row = |from_s: i32, to_s: i32| Row {
            series: "workout_heart_rate".to_owned(),
            unit: "bpm".to_owned(),
            twin: Some(twin),
            from_ms: at_ms(from_s),
            to_ms: at_ms(to_s),
            ..Row::default()
        };
        let samples = trace.runs.iter().flatten();
        let seen = samples.filter(|(at_s, _)| is_seen(*at_s, *at_s));
        rows.extend(seen.map(|(at_s, bpm)| Row {
            samples: 1,
            values: Some([f64::from(*bpm); 4]),
            ..row(*at_s, *at_s)
        }));
        let gaps = trace
            .gaps
            .iter()
            .filter(|(from_s, to_s)| is_seen(*from_s, *to_s));
        rows.extend(gaps.map(|(from_s, to_s)| Row {
            note: "Not recorded".to_owned(),
            ..row(*from_s, *to_s)
        }));
        if let Some(reason) = trace.missing {
            rows.push(Row {
                note: reason.to_owned(),
                ..row(chart.from_s, chart.to_s)
            });
        }
    }
    rows
}

/// What stands beside the picture.
pub(super) fn words(chart: &TraceChart<'_>, day: Day, description: String) -> Words {
    let [a, b] = chart.names;
    let when = day.with_weekday();
    let (of, key) = match chart.panels {
        TracePanels::Alone(Twin::A) => (a.to_owned(), format!("A {a}")),
        TracePanels::Alone(Twin::B) => (b.to_owned(), format!("B {b}")),
        TracePanels::Each | TracePanels::Together => {
            (format!("{a} and {b}"), format!("A {a}, B {b}"))
        }
    };
    Words {
        file: format!("acclimate-workout-{day}"),
        title: format!("Heart rate of {of}, {when}"),
        description,
        caption: format!("{key}. Heart rate in workouts, {when}, by the clock there."),
    }
}
