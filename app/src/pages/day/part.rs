//! The page's two pictures, as the chart crate draws them.

use chart::View;
use chart::intraday::{AxisWords, Content, Intraday, Lane, Row, Trace};
use physiology::{SleepStage, StageSpan, Timestamp, Twin};
use views::day::{Alignment, ClockSample, ClockSpan, DayView, HeartDay, Night, SleptNight};

use crate::components::on_axis;

/// Samples of both are five minutes apart, s; closer where they say so.
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
    /// Both, from the top.
    pub const BOTH: [Self; 2] = [Self::Night, Self::Heart];

    /// As in `data-chart`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Night => "night",
            Self::Heart => "heart_rate",
        }
    }

    /// What the address calls the stretch of it that is looked at.
    pub const fn zoom_id(self) -> &'static str {
        match self {
            Self::Night => "night",
            Self::Heart => "zoom",
        }
    }

    /// Its place on the page.
    pub const fn place(self) -> usize {
        self as usize
    }
}

/// What a picture is made of, laid on its axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    part: Part,
    align: Alignment,
    /// What is drawn.
    pub axis: ClockSpan,
    /// The twins' nights, A first; none where there is none, or the picture is of the day.
    courses: [Option<Course>; 2],
}

/// A night on the axis.
#[derive(Debug, Clone, PartialEq)]
struct Course {
    /// When the twin fell asleep, s after midnight on the clock shown.
    onset_s: Option<i32>,
    stages: Vec<StageSpan>,
    heart_rate: Vec<ClockSample>,
    hrv: Vec<ClockSample>,
}

impl Course {
    fn of(night: &SleptNight, align: Alignment) -> Self {
        let asleep = night
            .stages
            .iter()
            .find(|span| span.stage != SleepStage::Awake);
        let onset_s = asleep
            .map(|span| span.from_s)
            .or(night.sleeps.first().map(|sleep| sleep.from_s));
        let shift_s = match align {
            Alignment::Clock => 0,
            Alignment::Onset => onset_s.unwrap_or_default(),
        };
        let shifted = |samples: &[ClockSample]| {
            let earlier = |(at_s, value): &ClockSample| (at_s.saturating_sub(shift_s), *value);
            samples.iter().map(earlier).collect()
        };
        Self {
            onset_s,
            stages: night
                .stages
                .iter()
                .map(|span| StageSpan {
                    from_s: span.from_s.saturating_sub(shift_s),
                    to_s: span.to_s.saturating_sub(shift_s),
                    ..*span
                })
                .collect(),
            heart_rate: shifted(&night.heart_rate),
            hrv: shifted(&night.hrv),
        }
    }

    fn ends(&self) -> impl Iterator<Item = i32> {
        let stages = self.stages.iter().flat_map(|span| [span.from_s, span.to_s]);
        let samples = self.heart_rate.iter().chain(&self.hrv);
        stages.chain(samples.map(|(at_s, _)| *at_s))
    }
}

impl Drawn {
    /// Of a day.
    pub fn of(day: &DayView, part: Part, align: Alignment) -> Self {
        let courses = match part {
            Part::Night => day
                .nights
                .twins
                .each_ref()
                .map(|night| Some(Course::of(night.slept()?, align))),
            Part::Heart => [None, None],
        };
        Self {
            part,
            align,
            axis: axis(day, part, align, &courses),
            courses,
        }
    }

    /// Which of the page's pictures.
    pub const fn part(&self) -> Part {
        self.part
    }

    /// Whether the axis is the clock's.
    pub fn is_by_clock(&self) -> bool {
        self.part == Part::Heart || self.align == Alignment::Clock
    }

    /// Lends the picture's rows.
    pub fn with<R>(
        &self,
        day: &DayView,
        view: Option<View>,
        columns_per_px: f64,
        read: impl FnOnce(&Intraday<'_>) -> R,
    ) -> R {
        let ClockSpan { from_s, to_s } = self.axis;
        let names = &day.head.names;
        let marks = day.hearts.each_ref().map(Marks::of);
        let mut rows = Vec::with_capacity(6);
        for (index, twin) in Twin::BOTH.into_iter().enumerate() {
            let name = names[index].as_str();
            match (self.part, &self.courses[index], &day.nights.twins[index]) {
                (Part::Heart, _, _) => {
                    rows.push(heart(twin, name, &day.hearts[index], &marks[index]));
                }
                (Part::Night, Some(course), _) => night(&mut rows, twin, name, course),
                (Part::Night, None, Night::Missing(reason)) => {
                    rows.push(no_night(twin, name, reason.sentence()));
                }
                (Part::Night, None, Night::Slept(_)) => {}
            }
        }
        read(&Intraday {
            from_s,
            to_s,
            view,
            clock: day.head.units.clock,
            words: if self.is_by_clock() {
                AxisWords::Clock
            } else {
                AxisWords::SinceOnset
            },
            columns_per_px,
            rows: &rows,
            notes: &on_axis(&day.notes, |at, twin| self.place_s(day, at, twin)),
        })
    }

    /// Where an instant lies for a twin, s on the axis; none for one without the night it counts
    /// from.
    fn place_s(&self, day: &DayView, at: Timestamp, twin: Twin) -> Option<f64> {
        let local_s = day.day.second_of(at, day.offset_s(twin)) as f64;
        if self.is_by_clock() {
            return Some(local_s);
        }
        let onset_s = self.courses[usize::from(twin == Twin::B)].as_ref()?.onset_s;
        Some(local_s - f64::from(onset_s.unwrap_or_default()))
    }
}

/// The stretch drawn: by the clock the server's, since onset from a little before the first to a
/// little after the last.
fn axis(day: &DayView, part: Part, align: Alignment, courses: &[Option<Course>; 2]) -> ClockSpan {
    const HALF_HOUR_S: i32 = 1_800;
    match (part, align) {
        (Part::Heart, _) => ClockSpan {
            from_s: 0,
            to_s: DAY_S,
        },
        (Part::Night, Alignment::Clock) => day.nights.axis,
        (Part::Night, Alignment::Onset) => {
            let ends = || courses.iter().flatten().flat_map(Course::ends);
            let (first, last) = (ends().min().unwrap_or(0), ends().max().unwrap_or(8 * 3_600));
            ClockSpan {
                from_s: first.div_euclid(HALF_HOUR_S) * HALF_HOUR_S,
                to_s: (last.div_euclid(HALF_HOUR_S) + 1) * HALF_HOUR_S,
            }
        }
    }
}

fn no_night<'a>(twin: Twin, name: &'a str, reason: &'a str) -> Row<'a> {
    Row {
        twin,
        heading: Some(name),
        name: "Night",
        height_px: 56.0,
        onset_s: None,
        content: Content::Missing(reason),
        lane: None,
    }
}

fn night<'a>(rows: &mut Vec<Row<'a>>, twin: Twin, name: &'a str, course: &'a Course) {
    let row = |name, height_px, content| Row {
        twin,
        heading: None,
        name,
        height_px,
        onset_s: course.onset_s,
        content,
        lane: None,
    };
    let trace = |samples: &'a [ClockSample], unit| {
        Content::Trace(Trace {
            samples,
            interval_s: INTERVAL_S,
            intervals: &[],
            gaps: &[],
            unit,
            borders: &[],
            marks_peak: false,
        })
    };
    rows.push(Row {
        heading: Some(name),
        ..row("Sleep stages", 84.0, Content::Stages(&course.stages))
    });
    rows.push(row("Heart rate", 70.0, trace(&course.heart_rate, "bpm")));
    rows.push(row("HRV, RMSSD", 62.0, trace(&course.hrv, "ms")));
}

fn heart<'a>(twin: Twin, name: &'a str, heart: &'a HeartDay, marks: &'a Marks<'a>) -> Row<'a> {
    let content = match heart.trace {
        views::day::Trace::Missing(reason) => Content::Missing(reason.sentence()),
        views::day::Trace::Measured(ref trace) => Content::Trace(Trace {
            samples: &trace.samples,
            interval_s: INTERVAL_S,
            intervals: &trace.intervals,
            gaps: &[],
            unit: "bpm",
            borders: heart
                .zones
                .as_ref()
                .map_or(&[][..], |zones| &zones.zones.bounds_bpm[..]),
            marks_peak: true,
        }),
    };
    Row {
        twin,
        heading: Some(name),
        name: "Heart rate",
        height_px: 168.0,
        onset_s: None,
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
