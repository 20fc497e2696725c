//! What a page's answer is to the stack: lanes, lines, and what lies around them.

use chart::{
    Bounds, Bucketed, Stack, StackGround, StackLane, StackLayout, StackLine, Strip, Tile,
    TwinChart, View, stack_on, strip_bounds,
};
use leptos::prelude::*;
use physiology::pair::PairDay;
use physiology::{Day, Timestamp, Twin};
use views::Compare;
use views::compare::{EventKind, SampleLane};
use views::tiles::Line;

use super::setting::Setting;
use crate::components::chart::lines::Lines;
use crate::components::chart::noting::on_axis;
use crate::components::chart::stage::{Screen, redrawn};

/// Half of what is shaded as a night, s.
const HALF_NIGHT_S: i64 = 4 * 3_600;

/// What is drawn, as charts take it.
#[derive(Clone, Copy)]
pub(super) struct Source {
    compare: Signal<Compare>,
    setting: Setting,
    view: RwSignal<Option<View>>,
    screen: RwSignal<Option<Screen>>,
    /// Each lane's days.
    days: Memo<Vec<Vec<PairDay>>>,
    parts: Memo<Parts>,
    /// What follows from all nights, whatever is looked at.
    pub ground: Memo<Option<StackGround>>,
    /// The lines' samples where they are looked at.
    samples: Memo<Vec<[Vec<Bucketed>; 2]>>,
    /// The first metric over the whole record.
    course: Memo<[Vec<Bucketed>; 2]>,
}

/// What lanes borrow beside their days.
#[derive(Debug, Clone, PartialEq)]
struct Parts {
    unusual: Vec<Vec<(usize, Twin)>>,
    arrivals: Vec<Timestamp>,
    workouts: Vec<(Day, Twin)>,
    /// The party's clock: from when, how far ahead of UTC.
    zone: Vec<(Timestamp, i32)>,
    /// Eight hours around each mid-sleep.
    nights: Vec<(Timestamp, Timestamp)>,
    /// A − B of the baseline: mean, and mean ± 1.96 SD.
    agreements: Vec<Option<(f64, f64, f64)>>,
}

impl Parts {
    fn of(compare: &Compare) -> Self {
        let nights = &compare.nights;
        let place = |day: Day| nights.binary_search_by_key(&day, |night| night.day).ok();
        let unusual = compare.lanes.iter().map(|lane| {
            let places = lane.anomalies.iter();
            places
                .filter_map(|anomaly| Some((place(anomaly.day)?, anomaly.twin)))
                .collect()
        });
        let events = || compare.events.iter();
        let mut zone: Vec<(Timestamp, i32)> = compare
            .altitude
            .iter()
            .map(|point| (point.at, point.utc_offset_s))
            .collect();
        zone.dedup_by_key(|(_, offset_s)| *offset_s);
        Self {
            unusual: unusual.collect(),
            arrivals: events()
                .filter_map(|event| match event.kind {
                    EventKind::Arrival { at, .. } => Some(at),
                    EventKind::Workout { .. } => None,
                })
                .collect(),
            workouts: events()
                .filter_map(|event| match event.kind {
                    EventKind::Workout { twin } => Some((event.day, twin)),
                    EventKind::Arrival { .. } => None,
                })
                .collect(),
            zone,
            nights: nights
                .iter()
                .map(|night| {
                    let half = |way: i64| night.at.plus_seconds(way * HALF_NIGHT_S);
                    (half(-1), half(1))
                })
                .collect(),
            agreements: compare
                .lanes
                .iter()
                .map(|lane| {
                    let agreement = lane.pair.baseline?;
                    let spread = agreement.spread;
                    Some((agreement.bias, spread.low, spread.high))
                })
                .collect(),
        }
    }
}

impl Source {
    pub fn new(
        compare: Signal<Compare>,
        setting: Setting,
        view: RwSignal<Option<View>>,
        screen: RwSignal<Option<Screen>>,
    ) -> Self {
        let days = Memo::new(move |_| {
            compare.with(|compare| {
                let lanes = compare.lanes.iter();
                lanes
                    .map(|lane| lane.days(&compare.nights))
                    .collect::<Vec<_>>()
            })
        });
        let source = Self {
            compare,
            setting,
            view,
            screen,
            days,
            parts: Memo::new(move |_| compare.with(Parts::of)),
            ground: Memo::new(|_| None),
            samples: Memo::new(|_| Vec::new()),
            course: Memo::new(move |_| {
                compare.with(|compare| compare.course.tiles.each_ref().map(|tiles| course(tiles)))
            }),
        };
        let ground = Memo::new(move |_| Some(source.whole(StackGround::of)));
        let lines = Lines::new();
        // Once an answer, not once a frame.
        let kept = Memo::new(move |_| {
            compare.with(|compare| {
                for twin in compare.lines.iter().flat_map(|lane| &lane.twins) {
                    if let Some(line) = &twin.line {
                        lines.keep(line, &twin.tiles);
                    }
                }
            });
        });
        let samples = redrawn(move || {
            kept.get();
            let shown = source.shown(ground);
            compare.with(|compare| {
                let samples = |lane: &SampleLane| {
                    lane.twins.each_ref().map(|twin| {
                        let found = twin.line.zip(shown);
                        found.map_or_else(Vec::new, |(line, (view, ms_per_px))| {
                            lines.buckets(&line, view, ms_per_px)
                        })
                    })
                };
                compare.lines.iter().map(samples).collect::<Vec<_>>()
            })
        });
        // The server draws what it sends; the browser asks for what it lacks.
        Effect::new(move |_| {
            if screen.with(Option::is_none) {
                return;
            }
            let Some((view, ms_per_px)) = source.shown(ground) else {
                return;
            };
            let wanted: Vec<Line> = compare.with(|compare| {
                let twins = compare.lines.iter().flat_map(|lane| &lane.twins);
                twins.filter_map(|twin| twin.line).collect()
            });
            lines.want(wanted, view, ms_per_px);
        });
        Self {
            ground,
            samples,
            ..source
        }
    }

    /// What is looked at, and how much of it a device pixel is, ms.
    fn shown(self, ground: Memo<Option<StackGround>>) -> Option<(View, f64)> {
        // As wide as a tablet's before the room is measured.
        let device_px = self.screen.get().map_or(700.0, |screen| {
            screen.size.width_px * screen.device_px_per_px
        });
        let bounds = ground.with(|ground| ground.as_ref().map(StackGround::bounds))?;
        let view = self
            .view
            .get()
            .map_or(bounds.whole(), |view| bounds.fit(view));
        Some((view, view.span() / device_px.max(1.0)))
    }

    /// Lends the stack with all of it looked at and no samples: what is told of nights.
    pub fn whole<R>(self, read: impl FnOnce(&Stack<'_>) -> R) -> R {
        self.lend(None, &[], read)
    }

    /// All that may be looked at in the range shown, ms since the epoch.
    pub fn bounds(self) -> Bounds {
        self.ground.with(|ground| {
            let bounds = ground.as_ref().map(StackGround::bounds);
            bounds.unwrap_or(Bounds::new(0.0, 0.0, 1.0))
        })
    }

    /// The same of the whole record, of which the range is a part.
    pub fn reach(self) -> Bounds {
        self.compare.with(|compare| {
            let [first, last] = compare.course.ends.each_ref().map(|end| end.at.unix_ms());
            strip_bounds(self.bounds(), first as f64, last as f64)
        })
    }

    /// Lends the whole record, as the strip under the stack shows it.
    pub fn strip<R>(self, read: impl FnOnce(&Strip<'_>) -> R) -> R {
        let bounds = self.reach();
        let ends = self.compare.with(|compare| {
            let ends = compare.course.ends.each_ref();
            ends.map(|night| (night.day, night.day_number))
        });
        self.course.with(|[a, b]| {
            read(&Strip {
                bounds,
                lines: [a, b],
                ends: Some(ends),
            })
        })
    }

    /// Lends it as it is looked at.
    pub fn with<R>(self, read: impl FnOnce(&Stack<'_>) -> R) -> R {
        let view = self.view.get();
        self.samples.with(|samples| self.lend(view, samples, read))
    }

    /// Laid out for a width, px, as it is looked at.
    pub fn laid_out(self, width_px: f64) -> StackLayout {
        self.ground.with(|ground| {
            self.with(|stack| match ground {
                Some(ground) => stack_on(stack, ground, width_px),
                None => chart::stack(stack, width_px),
            })
        })
    }

    fn lend<R>(
        self,
        view: Option<View>,
        samples: &[[Vec<Bucketed>; 2]],
        read: impl FnOnce(&Stack<'_>) -> R,
    ) -> R {
        let (mode, shown) = (self.setting.mode.get(), self.setting.shown.get());
        let columns_per_px = self
            .screen
            .get()
            .map_or(1.0, |screen| screen.device_px_per_px);
        self.compare.with(|compare| {
            self.days.with(|days| {
                self.parts.with(|parts| {
                    let lanes = lanes(compare, days, parts);
                    let lines = lines(compare, samples);
                    let notes = on_axis(&compare.notes, |at, _| Some(at.unix_ms() as f64));
                    let workout_spans: Vec<_> = compare
                        .workouts
                        .iter()
                        .map(|one| (one.from, one.to, one.twin, one.name.as_str()))
                        .collect();
                    read(&Stack {
                        lanes: &lanes,
                        arrivals: &parts.arrivals,
                        workouts: &parts.workouts,
                        view,
                        zone: &parts.zone,
                        clock: compare.head.units.clock,
                        lines: &lines,
                        columns_per_px,
                        mode,
                        shown,
                        nights: &parts.nights,
                        notes: &notes,
                        workout_spans: &workout_spans,
                    })
                })
            })
        })
    }
}

/// What tiles hold; those that are none are left out.
fn course(tiles: &[Vec<u8>]) -> Vec<Bucketed> {
    let tiles = tiles.iter().filter_map(|bytes| Tile::decode(bytes).ok());
    tiles
        .flat_map(|tile| tile.buckets.iter().map(Bucketed::from).collect::<Vec<_>>())
        .collect()
}

fn lanes<'a>(
    compare: &'a Compare,
    days: &'a [Vec<PairDay>],
    parts: &'a Parts,
) -> Vec<StackLane<'a>> {
    let [a, b] = &compare.head.names;
    let given = compare.lanes.iter().zip(days);
    let given = given.zip(parts.unusual.iter().zip(&parts.agreements));
    given
        .map(|((lane, days), (unusual, agreement))| StackLane {
            chart: TwinChart {
                written: lane.metric.written(compare.head.units),
                names: [a, b],
                days,
                baseline_days: &[],
                split: false,
                band: lane.band,
                baseline_means: lane.baseline_means,
                limit: lane.limit.map(|limit| chart::Limit {
                    value: limit.value,
                    priority: limit.priority,
                }),
                altitude: &compare.altitude,
                now: compare.head.now,
                utc_offset_s: compare.head.utc_offset_s,
                day_one: compare.day_one,
                shown: [true, true],
            },
            expected: &lane.expected,
            unusual,
            agreement: *agreement,
        })
        .collect()
}

/// Lines that hold nothing yet keep their place: heights do not change when samples come.
fn lines<'a>(compare: &'a Compare, samples: &'a [[Vec<Bucketed>; 2]]) -> Vec<StackLine<'a>> {
    const NONE: &[Bucketed] = &[];
    let lines = compare.lines.iter().enumerate();
    lines
        .map(|(place, lane)| StackLine {
            name: lane.kind.name(),
            unit: lane.kind.unit(),
            twins: [0, 1].map(|twin: usize| {
                let of_line = samples.get(place).and_then(|both| both.get(twin));
                of_line.map_or(NONE, Vec::as_slice)
            }),
            scale: lane.scale,
            zones: lane
                .twins
                .each_ref()
                .map(|twin| twin.zones_bpm.as_ref().map(<[f64; 6]>::as_slice)),
            missing: lane
                .twins
                .each_ref()
                .map(|twin| twin.missing.map(physiology::Missing::sentence)),
        })
        .collect()
}
