//! The page's two pictures, as the chart crate draws them.

use chart::intraday::{Content, Intraday, Lane, Row, Trace};
use physiology::Twin;
use views::day::{ClockSample, ClockSpan, DayView, HeartDay, Night};

/// Samples of both are five minutes apart, s.
const INTERVAL_S: i32 = 300;
/// A day, s.
const DAY_S: i32 = 86_400;

/// Which of the page's pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Last night of both twins.
    Night,
    /// The day's heart rate of both twins.
    Heart,
}

impl Part {
    /// As in `data-chart`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Night => "night",
            Self::Heart => "heart_rate",
        }
    }

    /// What is drawn.
    pub fn axis(self, day: &DayView) -> ClockSpan {
        match self {
            Self::Night => day.nights.axis,
            Self::Heart => ClockSpan {
                from_s: 0,
                to_s: DAY_S,
            },
        }
    }

    /// Lends the picture's rows.
    pub fn with<R>(self, day: &DayView, read: impl FnOnce(&Intraday<'_>) -> R) -> R {
        let ClockSpan { from_s, to_s } = self.axis(day);
        let names = &day.head.names;
        let marks = day.hearts.each_ref().map(Marks::of);
        let mut rows = Vec::with_capacity(6);
        for (index, twin) in Twin::BOTH.into_iter().enumerate() {
            let name = names[index].as_str();
            match self {
                Self::Night => night(&mut rows, twin, name, &day.nights.twins[index]),
                Self::Heart => rows.push(heart(twin, name, &day.hearts[index], &marks[index])),
            }
        }
        read(&Intraday {
            from_s,
            to_s,
            clock: day.head.units.clock,
            rows: &rows,
        })
    }
}

fn night<'a>(rows: &mut Vec<Row<'a>>, twin: Twin, name: &'a str, night: &'a Night) {
    let row = |name, height_px, content| Row {
        twin,
        heading: None,
        name,
        height_px,
        content,
        lane: None,
    };
    let night = match night {
        Night::Slept(night) => night,
        Night::Missing(reason) => {
            rows.push(Row {
                heading: Some(name),
                ..row("Night", 56.0, Content::Missing(reason.sentence()))
            });
            return;
        }
    };
    let trace = |samples: &'a [ClockSample], unit| {
        Content::Trace(Trace {
            samples,
            interval_s: INTERVAL_S,
            unit,
            borders: &[],
            marks_peak: false,
        })
    };
    rows.push(Row {
        heading: Some(name),
        ..row("Sleep stages", 84.0, Content::Stages(&night.stages))
    });
    rows.push(row("Heart rate", 70.0, trace(&night.heart_rate, "bpm")));
    rows.push(row("HRV, RMSSD", 62.0, trace(&night.hrv, "ms")));
}

fn heart<'a>(twin: Twin, name: &'a str, heart: &'a HeartDay, marks: &'a Marks<'a>) -> Row<'a> {
    let content = match heart.trace {
        views::day::Trace::Missing(reason) => Content::Missing(reason.sentence()),
        views::day::Trace::Measured(ref trace) => Content::Trace(Trace {
            samples: &trace.samples,
            interval_s: INTERVAL_S,
            unit: "bpm",
            borders: heart
                .zones_bpm
                .as_ref()
                .map_or(&[][..], |borders| &borders[..]),
            marks_peak: true,
        }),
    };
    Row {
        twin,
        heading: Some(name),
        name: "Heart rate",
        height_px: 168.0,
        content,
        lane: Some(Lane {
            asleep: &marks.asleep,
            workouts: &marks.workouts,
        }),
    }
}

/// What is marked under a twin's heart rate.
struct Marks<'a> {
    asleep: Vec<(i32, i32)>,
    workouts: Vec<(i32, i32, &'a str)>,
}

impl<'a> Marks<'a> {
    fn of(heart: &'a HeartDay) -> Self {
        let ends = |span: ClockSpan| (span.from_s, span.to_s);
        Self {
            asleep: heart.asleep.iter().copied().map(ends).collect(),
            workouts: heart
                .workouts
                .iter()
                .map(|workout| {
                    let (from_s, to_s) = ends(workout.span);
                    (from_s, to_s, workout.name.as_str())
                })
                .collect(),
        }
    }
}
