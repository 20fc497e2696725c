//! Where the parts of a stack go.

use physiology::Twin;

use super::frames::Frames;
use super::ground::StackGround;
use super::measures::Measures;
use super::{
    LaneFrame, Stack, StackColumn, StackLayout, StackMode, StackStop, context, dense, difference,
    events, lane,
};
use crate::clip::clip;
use crate::input::{Options, Size, TwinChart, index};
use crate::layout::altitude;
use crate::layout::axis;
use crate::layout::frame::{Frame, NightAt, Nights, Panel, Plan};
use crate::layout::time_axis::TimeAxis;
use crate::local::LocalTime;
use crate::notes::{AxisNote, NoteMark, mark_notes};
use crate::palette::Role;
use crate::picture::Sheet;
use crate::scale::Linear;
use crate::shape::{Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};
use crate::view::View;

/// Lays a stack out for a picture `width_px` wide, compactly where that is a phone's width.
pub fn stack(stack: &Stack<'_>, width_px: f64) -> StackLayout {
    stack_on(stack, &StackGround::of(stack), width_px)
}

/// [`stack`] on the ground of the same lanes: work is bounded by the nights in sight.
pub fn stack_on(stack: &Stack<'_>, ground: &StackGround, width_px: f64) -> StackLayout {
    let frame = Frames::new(stack, ground, width_px);
    let mut sheet = Sheet::default();
    let (mut stops, mut notes) = (Vec::new(), Vec::new());
    let (mut lanes, mut lines) = (Vec::new(), Vec::new());
    for (place, column) in frame.columns.iter().enumerate() {
        let mut own = Sheet::default();
        let drawn = Drawing {
            stack,
            ground,
            frame: &frame,
            column,
            is_first: place == 0,
            is_last: place + 1 == frame.columns.len(),
        };
        let (frames, altitudes) = drawn.all(&mut own, &mut notes);
        if place == 0 {
            stops = drawn.stops(&frames, altitudes);
            lanes = frames;
            lines = frame.lines(stack);
        }
        sheet.labels.append(&mut own.labels);
        sheet.shapes.append(&mut own.shapes);
    }
    if frame.columns.is_empty() {
        (lanes, lines) = frame.without_time(&mut sheet, stack);
    }
    if frame.is_empty {
        sheet.label(
            (frame.size.width_px / 2.0, frame.size.height_px / 2.0),
            "No nights in this range",
            Anchor::Middle,
            TextStyle::Muted,
        );
    }
    StackLayout {
        picture: sheet.picture(frame.size),
        view: frame.view.map(|(view, _)| view),
        lanes,
        lines,
        floor: frame.floor,
        across: (frame.left, frame.right),
        columns: frame.columns,
        stops,
        notes,
        altitude_top: frame.altitude_top,
        compact: frame.options.compact,
    }
}

/// Where everything is shown, what stands on an edge reaches over it by as much, px.
const OVER_PX: f64 = 8.0;

/// How wide a column of device pixels is, px.
fn column_px(columns_per_px: f64) -> f64 {
    if columns_per_px.is_finite() {
        1.0 / columns_per_px.clamp(0.25, 8.0)
    } else {
        1.0
    }
}

/// One column as it is drawn.
struct Drawing<'a> {
    stack: &'a Stack<'a>,
    ground: &'a StackGround,
    frame: &'a Frames,
    column: &'a StackColumn,
    is_first: bool,
    is_last: bool,
}

impl<'a> Drawing<'a> {
    /// Everything in this column: where the lanes are, and the scale of altitudes. Where notes are
    /// is added to those of the columns before.
    fn all(
        &self,
        sheet: &mut Sheet,
        notes: &mut Vec<NoteMark>,
    ) -> (Vec<LaneFrame>, Option<Linear>) {
        let Self {
            stack,
            ground,
            frame,
            column,
            ..
        } = *self;
        let panel = self.panel();
        let lanes = stack.lanes.len()..stack.lanes.len() + stack.lines.len();
        let plots: Vec<Rect> = lanes.clone().map(|place| frame.lane(place)).collect();
        context::nights(sheet, stack.nights, &plots, &panel);
        events::day_one(sheet, ground.day_one_ms, &panel, (frame.top, frame.floor));
        self.twin_name(sheet);
        let frames = self.lanes(sheet);
        self.lines(sheet);
        let altitudes = self.strip(sheet);
        // Under the last lane; notes follow.
        let row = frame.lane(lanes.end).y - frame.measures.head + 8.0;
        self.workouts(sheet, &panel, row);
        let row = row + frame.measures.workouts_px(stack);
        let is_shown = |note: &&AxisNote| note.twin.is_none_or(|twin| column.shown[index(twin)]);
        notes.extend(mark_notes(
            stack.notes.iter().filter(is_shown),
            panel.time,
            row,
            &mut sheet.shapes,
            &mut sheet.labels,
        ));
        // Without a window as well: a lane's own nights may lie outside those of the first. What
        // stands on an edge is whole there.
        let over = if self.is_part() { 0.0 } else { OVER_PX };
        sheet.shapes = clip(
            core::mem::take(&mut sheet.shapes),
            column.left - over,
            column.right + over,
        );
        self.axis(sheet);
        (frames, altitudes)
    }

    /// The altitude strip and what stands on the ground.
    fn strip(&self, sheet: &mut Sheet) -> Option<Linear> {
        let lane = self.stack.lanes.first()?;
        // The strip ends with the lanes: what stands on its right is the crosshair's.
        let altitudes = altitude::strip(
            sheet,
            &lane.chart,
            &self.nights(0),
            &self.plan(self.strip_place(), self.column.right),
            &self.ground.profile,
            self.ground.heights_m,
        );
        let floor = self.frame.floor;
        events::arrivals(sheet, self.stack.arrivals, &self.panel(), floor);
        altitudes
    }

    /// Workouts: stretches where days are wide and stretches are known, else a mark a day.
    fn workouts(&self, sheet: &mut Sheet, panel: &Panel, row: f64) {
        let Self {
            stack,
            frame,
            column,
            ..
        } = *self;
        if !stack.workout_spans.is_empty() && context::shows_stretches(panel) {
            context::workouts(sheet, stack.workout_spans, column.shown, panel, row);
        } else if let Some(lane) = stack.lanes.first() {
            let chart = TwinChart {
                shown: column.shown,
                ..lane.chart
            };
            events::workouts(sheet, stack.workouts, &chart, panel, row);
        }
        let is_named = frame.measures.workouts_px(stack) > 0.0;
        if is_named && self.is_last && !frame.options.compact {
            let at = (panel.right + 18.0, row + 4.0);
            sheet.label(at, "Workouts", Anchor::Start, TextStyle::Muted);
        }
    }

    /// Whose column it is, where each twin has one.
    fn twin_name(&self, sheet: &mut Sheet) {
        if self.is_first && self.is_last {
            return;
        }
        let twin = match self.column.shown {
            [true, false] => Twin::A,
            [false, true] => Twin::B,
            _ => return,
        };
        let style = match twin {
            Twin::A => TextStyle::TwinA,
            Twin::B => TextStyle::TwinB,
        };
        let name = self
            .stack
            .lanes
            .first()
            .map(|lane| lane.chart.names[index(twin)]);
        let text = name.map_or_else(
            || twin.letter().to_owned(),
            |name| format!("{}, {name}", twin.letter()),
        );
        let (x, y) = (self.column.left, Measures::TOP + 14.0);
        let mark = Shape::mark(twin, Point::new(x + 5.0, y - 5.0), 5.0, Role::of_twin(twin));
        sheet.shapes.push(mark);
        sheet.label((x + 16.0, y), text, Anchor::Start, style);
    }

    fn lanes(&self, sheet: &mut Sheet) -> Vec<LaneFrame> {
        let Self { stack, frame, .. } = *self;
        let mut told = Vec::new();
        let mut frames = Vec::with_capacity(stack.lanes.len());
        for (place, (lane, ground)) in stack.lanes.iter().zip(&self.ground.lanes).enumerate() {
            let plot = frame.lane(place);
            if self.is_first {
                let name = lane::names(&lane.chart, stack.mode);
                lane::name(sheet, name, frame.left, frame.name_y(plot));
            }
            let nights = self.nights(place);
            let lane = super::StackLane {
                chart: TwinChart {
                    split: false,
                    shown: self.column.shown,
                    ..lane.chart
                },
                ..*lane
            };
            let own = Rect::between(self.column.left, plot.y, self.column.right, plot.bottom());
            let plan = self.plan(own, frame.size.width_px);
            let draw = if stack.mode == StackMode::Difference {
                difference::draw
            } else {
                lane::draw
            };
            let values = draw(sheet, &lane, ground, &nights, &plan, &mut told);
            frames.push(LaneFrame { plot, values });
        }
        frames
    }

    fn lines(&self, sheet: &mut Sheet) {
        let Self {
            stack,
            frame,
            column,
            ..
        } = *self;
        for (line, lane) in stack.lines.iter().zip(frame.lines(stack)) {
            let plot = lane.plot;
            if self.is_first {
                let name = (line.name, line.unit);
                lane::name(sheet, name, frame.left, frame.name_y(plot));
            }
            let place = dense::Place {
                plot: Rect::between(column.left, plot.y, column.right, plot.bottom()),
                panel: &self.panel(),
                shown: column.shown,
                column_px: column_px(stack.columns_per_px),
                names_scales: self.is_first,
            };
            dense::draw(sheet, line, &place);
        }
    }

    fn axis(&self, sheet: &mut Sheet) {
        let nights = self.nights(0);
        let end = if self.is_last {
            self.frame.size.width_px
        } else {
            self.column.right + Measures::BETWEEN / 2.0
        };
        let plan = self.plan(self.strip_place(), end);
        if !self.is_part() && !nights.shown.is_empty() {
            axis::axis(sheet, true, &nights, &plan);
            return;
        }
        let first = self.stack.lanes.first().map(|lane| lane.chart);
        let axis = TimeAxis {
            plan: &plan,
            panel: &self.panel(),
            nights: &nights,
            local: LocalTime::of(self.stack.zone, first.map_or(0, |chart| chart.utc_offset_s)),
            clock: self.stack.clock,
        };
        axis.draw(sheet);
    }

    fn is_part(&self) -> bool {
        self.frame.view.is_some_and(|(_, is_part)| is_part)
    }

    fn panel(&self) -> Panel {
        Panel {
            left: self.column.left,
            right: self.column.right,
            time: self.column.time,
            is_baseline: false,
        }
    }

    fn strip_place(&self) -> Rect {
        let (left, right) = (self.column.left, self.column.right);
        Rect::between(left, self.frame.altitude_top, right, self.frame.floor)
    }

    fn plan(&self, plot: Rect, width_px: f64) -> Plan {
        let frame = self.frame;
        Plan {
            options: Options {
                compact: true,
                ..frame.options
            },
            size: Size::new(width_px, frame.size.height_px),
            frame: Frame {
                plot,
                floor: frame.floor,
            },
            panels: vec![self.panel()],
            lanes_top: plot.bottom(),
            altitude_top: frame.altitude_top,
            left: self.column.left,
            names_scales: self.is_first,
        }
    }

    /// The nights of a lane that are in sight, and one beyond each edge.
    fn nights(&self, lane: usize) -> Nights<'a> {
        let (from, to) = self.column.time.domain();
        let lane = self.stack.lanes.get(lane).zip(self.ground.lanes.get(lane));
        match lane {
            Some((lane, ground)) => {
                Nights::in_sight(lane.chart.days, &ground.order, View { from, to })
            }
            None => Nights::none(),
        }
    }

    fn stops(&self, frames: &[LaneFrame], altitudes: Option<Linear>) -> Vec<StackStop> {
        let nights = self.nights(0);
        let panel = self.panel();
        let seen = nights.shown.iter().filter(|night| {
            let (from, to) = panel.time.domain();
            (from..=to).contains(&night.at_ms)
        });
        seen.map(|night| self.stop(night, frames, &panel, altitudes))
            .collect()
    }

    fn stop(
        &self,
        night: &NightAt<'_>,
        frames: &[LaneFrame],
        panel: &Panel,
        altitudes: Option<Linear>,
    ) -> StackStop {
        let place = night.night.place();
        let is_difference = self.stack.mode == StackMode::Difference;
        let lanes = || {
            let lanes = self.stack.lanes.iter().zip(frames);
            lanes.map(|(lane, frame)| (lane.chart.days.get(place), frame))
        };
        let y = lanes().map(|(day, frame)| {
            Twin::BOTH.map(|twin| {
                let value = TwinChart::value(day?, twin).filter(|_| !is_difference)?;
                frame.at(value)
            })
        });
        let differences = lanes()
            .map(|(day, frame)| frame.at(TwinChart::difference(day?).filter(|_| is_difference)?));
        StackStop {
            night: place,
            at_ms: night.at_ms,
            x: panel.time.at(night.at_ms),
            y: y.collect(),
            difference_y: differences.collect(),
            altitude_y: night
                .day
                .sleeping_altitude_m
                .filter(|altitude_m| altitude_m.is_finite())
                .and_then(|altitude_m| {
                    let y = altitudes?.at(altitude_m);
                    Some(y.clamp(self.frame.altitude_top, self.frame.floor))
                }),
        }
    }
}
