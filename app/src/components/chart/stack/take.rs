//! The stack, to be taken along.

use chart::{Bucketed, Picture, Stack, StackLayout, View, stack_cursor};
use leptos::prelude::*;
use physiology::{Quality, Reading, Twin, Written};

use super::state::State;
use crate::components::chart::take::{Row, Take, Words};
use crate::components::chart::zoom::zoom_text;

impl State {
    /// What the stack gives away: as much as is in sight.
    pub(super) fn take(self) -> Take {
        Take {
            picture: Callback::new(move |()| Some(self.seen())),
            words: Callback::new(move |()| self.words()),
            rows: Callback::new(move |()| untrack(|| self.rows())),
        }
    }

    /// The picture with the newest values in sight beside the lanes, and no crosshair.
    fn seen(self) -> Picture {
        untrack(|| {
            self.layout.with(|layout| {
                let mut picture = layout.picture.clone();
                if let Some(newest) = layout.newest() {
                    let values = self
                        .source
                        .with(|stack| stack_cursor(stack, layout, newest, false));
                    picture.shapes.extend(values.shapes);
                    picture.labels.extend(values.labels);
                }
                picture
            })
        })
    }

    fn words(self) -> Words {
        untrack(|| {
            let shown = self.layout.with(|layout| layout.view).map(zoom_text);
            let shown = shown.unwrap_or_default();
            self.compare.with(|compare| {
                let [a, b] = &compare.head.names;
                let range = compare.range;
                Words {
                    file: format!("acclimate-compare-{}-to-{}", range.first, range.last),
                    title: format!("{a} and {b}, {} to {}", range.first, range.last),
                    description: self.summary.get(),
                    caption: format!(
                        "A {a}, B {b}. Shown, UTC: {}. Made {} UTC.",
                        shown.replace("..", " to ").replace('T', " "),
                        crate::components::chart::zoom::second_text(compare.head.now)
                            .replace('T', " "),
                    ),
                }
            })
        })
    }

    fn rows(self) -> Vec<Row> {
        self.layout
            .with(|layout| self.source.with(|stack| rows(stack, layout)))
    }
}

/// The nights in sight, lane by lane, then what is known of the lines' samples there.
fn rows(stack: &Stack<'_>, layout: &StackLayout) -> Vec<Row> {
    let mut rows = Vec::new();
    for lane in stack.lanes {
        for twin in Twin::BOTH {
            let nights = layout.stops.iter().filter_map(|stop| {
                let night = lane.chart.days.get(stop.night)?;
                Some(night_row(
                    lane.chart.written,
                    twin,
                    night.at.0,
                    night.of(twin),
                ))
            });
            rows.extend(nights);
        }
    }
    let Some(view) = layout.view else {
        return rows;
    };
    for line in stack.lines {
        for (twin, samples) in Twin::BOTH.into_iter().zip(line.twins) {
            let seen = samples.iter().filter(|bucket| is_seen(bucket, view));
            rows.extend(seen.map(|bucket| Row {
                series: line.name.to_owned(),
                unit: line.unit.to_owned(),
                twin: Some(twin),
                from_ms: bucket.from_ms,
                to_ms: bucket.to_ms,
                is_utc: true,
                samples: bucket.count,
                values: Some([bucket.first, bucket.min, bucket.max, bucket.last]),
                source: Some(bucket.source),
                note: String::new(),
            }));
        }
    }
    rows
}

fn is_seen(bucket: &Bucketed, view: View) -> bool {
    bucket.to_ms as f64 >= view.from && bucket.from_ms as f64 <= view.to
}

/// Unrounded, in the metric's own unit.
fn night_row(written: Written, twin: Twin, at_ms: i64, reading: &Reading) -> Row {
    let info = written.metric().info();
    let row = Row {
        series: info.id.to_owned(),
        unit: info.unit.to_owned(),
        twin: Some(twin),
        from_ms: at_ms,
        to_ms: at_ms,
        is_utc: true,
        ..Row::default()
    };
    match reading {
        Reading::Measured(measured) => Row {
            samples: 1,
            values: Some([measured.value; 4]),
            source: Some(measured.source),
            note: match measured.quality {
                Quality::Partial => "partial".to_owned(),
                Quality::Complete => String::new(),
            },
            ..row
        },
        Reading::Missing(reason) => Row {
            note: reason.sentence().to_owned(),
            ..row
        },
    }
}
