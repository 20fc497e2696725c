//! Whatever is given and wherever one looks: nothing breaks, and everything drawn lies inside. A few
//! hundred stacks by default, very many with `SOAK=full`; each from its number alone.
#![allow(clippy::unwrap_used, reason = "all of it is test code")]

mod common;

use chart::{
    AxisNote, Bounds, Bucketed, Label, Limit, Shape, Stack, StackLane, StackLayout, StackLine,
    StackMode, Strip, TwinChart, View, brush, brush_at, brush_edges, brush_part, stack,
    stack_bounds, stack_cursor, stack_cursor_at, stack_line_at, stack_summary, svg,
};
use physiology::alarm::Priority;
use physiology::baseline::Band;
use physiology::pair::PairDay;
use physiology::units::Clock;
use physiology::{
    Day, Measurement, Metric, Missing, Quality, Reading, Source, Timestamp, Twin, Units, Waypoint,
};

const DAY_MS: i64 = 86_400_000;
/// 1 October 2026, ms since the epoch.
const START_MS: i64 = 1_790_812_800_000;

/// Numbers from a number (Steele, Lea and Flood, OOPSLA 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn share(&mut self) -> f64 {
        self.below(1 << 53) as f64 / (1_u64 << 53) as f64
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    /// A number as it may come: mostly plain, sometimes anything.
    fn number(&mut self) -> f64 {
        match self.below(24) {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => -1e300,
            3 => f64::from_bits(self.next()),
            4 => 0.0,
            _ => 40.0 + 120.0 * self.share(),
        }
    }

    /// An instant as it may come: mostly within the year, sometimes anything.
    fn instant(&mut self) -> Timestamp {
        Timestamp(match self.below(40) {
            0 => i64::MAX,
            1 => i64::MIN,
            2 => self.next() as i64,
            _ => START_MS + (self.share() * 300.0 * DAY_MS as f64) as i64,
        })
    }

    fn twin(&mut self) -> Twin {
        Twin::BOTH[usize::from(self.one_in(2))]
    }

    fn reading(&mut self) -> Reading {
        if self.one_in(4) {
            return Reading::Missing(Missing::NotWorn);
        }
        Reading::Measured(Measurement {
            value: self.number(),
            measured_at: Timestamp(0),
            source: Source::Oura,
            quality: Quality::Complete,
        })
    }

    fn days(&mut self, count: u64) -> Vec<PairDay> {
        let is_wild = self.one_in(6);
        let first = Day::new(2026, 10, 1).unwrap();
        (0..count)
            .map(|night| PairDay {
                day: first.plus(night as i64 - i64::from(self.one_in(50))),
                at: if is_wild {
                    self.instant()
                } else {
                    Timestamp(START_MS + night as i64 * DAY_MS + 7_200_000)
                },
                a: self.reading(),
                b: self.reading(),
                day_number: (!self.one_in(3)).then_some(night as u32),
                sleeping_altitude_m: self.one_in(2).then(|| 40.0 * self.number()),
                place: self.one_in(2).then(|| "Namche".to_owned()),
            })
            .collect()
    }

    fn buckets(&mut self, count: u64) -> Vec<Bucketed> {
        let is_wild = self.one_in(6);
        let mut at_ms = START_MS + (self.share() * 20.0 * DAY_MS as f64) as i64;
        (0..count)
            .map(|_| {
                at_ms += match self.below(30) {
                    0 => 3_600_000,
                    1 => 0,
                    2 => -5_000,
                    _ => self.below(20_000) as i64,
                };
                let from_ms = if is_wild { self.instant().0 } else { at_ms };
                let to_ms = from_ms.saturating_add(self.below(5_000) as i64);
                at_ms = at_ms.max(to_ms.min(at_ms + 5_000));
                Bucketed {
                    from_ms,
                    to_ms: if self.one_in(50) {
                        self.instant().0
                    } else {
                        to_ms
                    },
                    min_at_ms: from_ms,
                    max_at_ms: if self.one_in(50) {
                        self.instant().0
                    } else {
                        to_ms
                    },
                    first: self.number(),
                    last: self.number(),
                    min: self.number(),
                    max: self.number(),
                    count: self.below(4) as u32,
                    interval_ms: match self.below(10) {
                        0 => 0,
                        1 => u32::MAX,
                        _ => 5_000,
                    },
                    source: Source::Polar,
                }
            })
            .collect()
    }

    fn view(&mut self) -> Option<View> {
        let at = |dice: &mut Self| START_MS as f64 + dice.share() * 40.0 * DAY_MS as f64;
        match self.below(8) {
            0 => None,
            1 => Some(View {
                from: self.number(),
                to: self.number(),
            }),
            2 => Some(View {
                from: -1e300,
                to: f64::MAX,
            }),
            3 => {
                let from = at(self);
                Some(View { from, to: from })
            }
            4 | 5 => {
                let from = at(self);
                let to = from + self.share() * 4.0 * DAY_MS as f64;
                Some(View { from, to })
            }
            _ => Some(View {
                from: at(self),
                to: at(self),
            }),
        }
    }

    fn width(&mut self) -> f64 {
        match self.below(12) {
            0 => f64::NAN,
            1 => -5.0,
            2 => 1.0,
            3 => f64::INFINITY,
            4 => 60.0 * self.share(),
            5 => 5_000.0,
            6 | 7 => 342.0,
            _ => 300.0 + 1_500.0 * self.share(),
        }
    }

    fn place(&mut self) -> f64 {
        match self.below(6) {
            0 => f64::NAN,
            1 => self.number(),
            2 => -1e308,
            _ => 1_500.0 * self.share(),
        }
    }
}

/// What is lent to one stack.
struct Given {
    days: Vec<Vec<PairDay>>,
    expected: Vec<Option<Band>>,
    altitude: Vec<Waypoint>,
    buckets: Vec<[Vec<Bucketed>; 2]>,
    borders: Vec<f64>,
    zone: Vec<(Timestamp, i32)>,
    nights: Vec<(Timestamp, Timestamp)>,
    spans: Vec<(Timestamp, Timestamp)>,
    notes: Vec<(Timestamp, Option<Timestamp>, Option<Twin>)>,
}

impl Given {
    fn of(dice: &mut Dice, most: u64) -> Self {
        let few = |dice: &mut Dice| dice.below(12);
        let limit = if dice.one_in(5) { most } else { 40 };
        let nights = dice.below(limit);
        let lanes = dice.below(4);
        let lines = dice.below(3);
        Self {
            days: (0..lanes).map(|_| dice.days(nights)).collect(),
            expected: (0..nights)
                .map(|_| {
                    (!dice.one_in(3)).then(|| Band {
                        low: dice.number(),
                        high: dice.number(),
                    })
                })
                .collect(),
            altitude: (0..few(dice))
                .map(|_| Waypoint {
                    at: dice.instant(),
                    altitude_m: 30.0 * dice.number(),
                    place: String::new(),
                    utc_offset_s: 0,
                })
                .collect(),
            buckets: (0..lines)
                .map(|_| {
                    let own = if dice.one_in(3) { most } else { 40 };
                    [own, own].map(|own| {
                        let count = dice.below(own);
                        dice.buckets(count)
                    })
                })
                .collect(),
            borders: (0..few(dice)).map(|_| dice.number()).collect(),
            zone: (0..few(dice))
                .map(|_| (dice.instant(), dice.next() as i32 / 40_000))
                .collect(),
            nights: (0..few(dice))
                .map(|_| (dice.instant(), dice.instant()))
                .collect(),
            spans: (0..few(dice))
                .map(|_| (dice.instant(), dice.instant()))
                .collect(),
            notes: (0..few(dice))
                .map(|_| {
                    let until = dice.one_in(2).then(|| dice.instant());
                    let twin = dice.one_in(2).then(|| dice.twin());
                    (dice.instant(), until, twin)
                })
                .collect(),
        }
    }

    fn lend(&self, dice: &mut Dice, read: impl FnOnce(&Stack<'_>, &mut Dice)) {
        let unusual: Vec<(usize, Twin)> = (0..5)
            .map(|_| (dice.below(60) as usize, dice.twin()))
            .collect();
        let lanes: Vec<StackLane<'_>> = self
            .days
            .iter()
            .map(|days| StackLane {
                chart: TwinChart {
                    written: Metric::Spo2Night.written(Units::default()),
                    limit: dice.one_in(2).then(|| Limit {
                        value: dice.number(),
                        priority: Priority::High,
                    }),
                    band: dice.one_in(2).then(|| Band {
                        low: dice.number(),
                        high: dice.number(),
                    }),
                    altitude: &self.altitude,
                    now: dice.instant(),
                    day_one: days.get(3).map(|day| day.day),
                    ..common::plain(days)
                },
                expected: &self.expected,
                unusual: &unusual,
                agreement: dice
                    .one_in(2)
                    .then(|| (dice.number(), dice.number(), dice.number())),
            })
            .collect();
        let lines: Vec<StackLine<'_>> = self
            .buckets
            .iter()
            .map(|[a, b]| StackLine {
                name: "Heart rate",
                unit: "bpm",
                twins: [a, b],
                scale: if dice.one_in(4) {
                    (dice.number(), dice.number())
                } else {
                    (40.0, 160.0)
                },
                zones: [Some(&self.borders), None],
                missing: [None, Some("Not worn")],
            })
            .collect();
        let notes: Vec<AxisNote> = self
            .notes
            .iter()
            .enumerate()
            .map(|(note, (at, until, twin))| AxisNote {
                from: at.unix_ms() as f64,
                until: until.map(|until| until.unix_ms() as f64),
                twin: *twin,
                note,
            })
            .collect();
        let spans: Vec<_> = self
            .spans
            .iter()
            .map(|(from, to)| (*from, *to, dice.twin(), "Hiking"))
            .collect();
        let workouts: Vec<(Day, Twin)> = self
            .days
            .iter()
            .flatten()
            .map(|day| (day.day, dice.twin()))
            .collect();
        let arrivals: Vec<Timestamp> = (0..10).map(|_| dice.instant()).collect();
        let lent = Stack {
            lanes: &lanes,
            arrivals: &arrivals,
            workouts: &workouts,
            view: dice.view(),
            zone: &self.zone,
            clock: Clock::Hours12,
            lines: &lines,
            columns_per_px: match dice.below(5) {
                0 => dice.number(),
                1 => 2.0,
                _ => 1.0,
            },
            shown: [[true, true], [true, false], [false, true]][dice.below(3) as usize],
            mode: [StackMode::Overlay, StackMode::Side, StackMode::Difference]
                [dice.below(3) as usize],
            nights: &self.nights,
            notes: &notes,
            workout_spans: &spans,
        };
        read(&lent, dice);
    }
}

fn points(shape: &Shape) -> Vec<(f64, f64)> {
    match shape {
        Shape::Fill { rect, .. } => vec![(rect.x, rect.y), (rect.right(), rect.bottom())],
        Shape::Area { points, .. } | Shape::Line { points, .. } => {
            points.iter().map(|point| (point.x, point.y)).collect()
        }
        Shape::Disc { centre, .. } => vec![(centre.x, centre.y)],
    }
}

/// What follows the crosshair stands over the edges by no more, px.
const OVER_PX: f64 = 90.0;

fn is_inside(what: &str, shapes: &[Shape], labels: &[Label], layout: &StackLayout) {
    let (left, right) = layout.across;
    for (x, y) in shapes.iter().flat_map(points) {
        assert!(x.is_finite() && y.is_finite(), "{what}: {x} {y}");
        // The crosshair's time stands over the edges, and marks do by half their size.
        let (least, most) = if what == "stack" {
            (left - 12.0, right + 12.0)
        } else {
            // Room for values is kept on the right of the smallest plot.
            (
                -OVER_PX,
                (right + 130.0).max(layout.picture.size.width_px) + OVER_PX,
            )
        };
        assert!(x >= least && x <= most, "{what}: {x} of {least} to {most}");
        assert!(
            y >= -12.0 && y <= layout.picture.size.height_px + 12.0,
            "{what}: {y}"
        );
    }
    for label in labels {
        assert!(
            label.x.is_finite() && label.y.is_finite(),
            "{what}: {label:?}"
        );
        assert!(
            label.y >= -12.0 && label.y <= layout.picture.size.height_px + 12.0,
            "{what}: {label:?}"
        );
    }
}

fn check(number: u64, most: u64) {
    let mut dice = Dice(number);
    let given = Given::of(&mut dice, most);
    given.lend(&mut dice, |lent, dice| {
        let layout = stack(lent, dice.width());
        is_inside(
            "stack",
            &layout.picture.shapes,
            &layout.picture.labels,
            &layout,
        );
        let (left, right) = layout.across;
        let columns = if lent.columns_per_px.is_finite() {
            lent.columns_per_px.clamp(0.25, 8.0)
        } else {
            1.0
        };
        let lanes = (lent.lanes.len() + 2) as f64;
        let lines = lent.lines.len() as f64;
        let drawn: usize = layout
            .picture
            .shapes
            .iter()
            .map(|shape| points(shape).len())
            .sum();
        let bound = (right - left + 60.0) * (200.0 * lanes + 2.0 * 30.0 * columns.max(1.0) * lines);
        assert!(
            (drawn as f64) < bound + 2_000.0,
            "{drawn} points, {bound} at most"
        );
        assert!(layout.stops.windows(2).all(|pair| pair[0].x <= pair[1].x));
        for stop in &layout.stops {
            assert!(
                stop.x >= left - 1e-6 && stop.x <= right + 1e-6,
                "{}",
                stop.x
            );
        }
        for stop in [0, 3, usize::MAX] {
            let picture = stack_cursor(lent, &layout, stop, true);
            is_inside("cursor", &picture.shapes, &picture.labels, &layout);
        }
        for _ in 0..4 {
            let x = dice.place();
            let picture = stack_cursor_at(lent, &layout, x);
            is_inside("crosshair", &picture.shapes, &picture.labels, &layout);
            assert!(
                layout
                    .nearest(x)
                    .is_none_or(|stop| stop < layout.stops.len())
            );
            for line in 0..3 {
                for value in stack_line_at(lent, &layout, line, x).into_iter().flatten() {
                    assert!(value.value.is_finite() && value.x >= left && value.x <= right);
                }
            }
        }
        assert!(stack_summary(lent).len() < 10_000);
        assert!(!svg(&layout.picture.shapes).contains("NaN"));
        let bounds: Bounds = stack_bounds(lent);
        let lines = lent.lines.first().map_or([&[][..], &[]], |line| line.twins);
        let ends = lent.lanes.first().and_then(|lane| {
            let end = |day: &PairDay| (day.day, day.day_number);
            let days = lane.chart.days;
            Some([end(days.first()?), end(days.last()?)])
        });
        let reach = bounds.widened(dice.number(), dice.instant().unix_ms() as f64);
        let strip = Strip {
            bounds: reach,
            lines,
            ends,
        };
        let strip = brush(&strip, dice.width());
        let view = lent.view.unwrap_or(bounds.whole());
        let width_px = dice.width();
        let (from, to) = brush_edges(bounds, view, width_px);
        for x in [from, to] {
            assert!(x.is_finite() && (-20.0..=20_020.0).contains(&x), "{x}");
        }
        assert!(from <= to, "{from} {to}");
        for (x, y) in strip.shapes.iter().flat_map(points) {
            assert!(x.is_finite() && (-20.0..=20_020.0).contains(&x), "{x}");
            assert!((-1.0..=49.0).contains(&y), "{y}");
        }
        let x = dice.place();
        assert!(bounds.whole().holds(brush_at(bounds, dice.width(), x)));
        brush_part(bounds, view, dice.width(), x);
    });
}

#[test]
fn nothing_given_breaks_it() {
    let full = std::env::var("SOAK").is_ok_and(|soak| soak == "full");
    let (many, most) = if full { (60_000, 20_000) } else { (250, 1_500) };
    for number in 0..many {
        let broke = std::panic::catch_unwind(|| check(number, most)).is_err();
        assert!(!broke, "stack number {number} breaks it");
    }
}
