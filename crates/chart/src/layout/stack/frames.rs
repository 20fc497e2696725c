//! Sizes and places, decided once, before anything is drawn.

use super::ground::StackGround;
use super::measures::{Measures, height_px};
use super::{LaneFrame, Stack, StackColumn, StackMode, dense, lane};
use crate::input::{Options, Size};
use crate::picture::Sheet;
use crate::scale::Linear;
use crate::shape::Rect;
use crate::view::View;

/// Sizes and places that all columns share.
pub(super) struct Frames {
    pub(super) options: Options,
    pub(super) size: Size,
    pub(super) measures: Measures,
    /// Where the first lane begins, px.
    pub(super) top: f64,
    pub(super) floor: f64,
    pub(super) altitude_top: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    /// What is looked at, and whether that is a part only.
    pub(super) view: Option<(View, bool)>,
    pub(super) columns: Vec<StackColumn>,
    /// Whether there is nothing to place in time.
    pub(super) is_empty: bool,
}

impl Frames {
    pub(super) fn new(stack: &Stack<'_>, ground: &StackGround, width_px: f64) -> Self {
        let options = Options::for_width(width_px);
        let measures = Measures::of(options.compact, stack.lanes.len() + stack.lines.len());
        let has_altitude = !ground.profile.is_empty();
        // Whoever is alone has all of the room.
        let is_side = stack.mode == StackMode::Side && stack.shown == [true, true];
        let shown = match stack.mode {
            StackMode::Difference => [true, true],
            StackMode::Overlay | StackMode::Side => stack.shown,
        };
        let head_px = if is_side { Measures::NAMES } else { 0.0 };
        let size = Size::new(
            width_px,
            head_px + height_px(stack, has_altitude, &measures),
        );
        let floor = size.height_px - measures.axis;
        let left = (ground.ticks_px + 12.0).max(measures.least_left);
        let right = (size.width_px - measures.column).max(left + 40.0);
        let view = ground.view(stack);
        let column = |view: View, left: f64, right: f64, shown: [bool; 2]| StackColumn {
            left,
            right,
            time: Linear::new((view.from, view.to), (left, right)),
            shown,
        };
        let columns = match view {
            None => Vec::new(),
            Some((view, _)) if is_side => {
                let half = (right - left - Measures::BETWEEN).max(20.0) / 2.0;
                vec![
                    column(view, left, left + half, [true, false]),
                    column(view, right - half, right, [false, true]),
                ]
            }
            Some((view, _)) => vec![column(view, left, right, shown)],
        };
        Self {
            altitude_top: if has_altitude {
                floor - measures.strip
            } else {
                floor
            },
            columns,
            top: Measures::TOP + head_px,
            is_empty: view.is_none(),
            options,
            size,
            measures,
            floor,
            left,
            right,
            view,
        }
    }

    /// Where a lane is, counted from the top.
    pub(super) fn lane(&self, place: usize) -> Rect {
        let top = self.top + place as f64 * self.measures.lane() + self.measures.head;
        Rect::between(self.left, top, self.right, top + self.measures.plot)
    }

    /// The baseline of a lane's name.
    pub(super) fn name_y(&self, plot: Rect) -> f64 {
        let line = if self.options.compact {
            Measures::LINE
        } else {
            0.0
        };
        plot.y - Measures::ABOVE_PLOT - line
    }

    /// Where the lines are: under the lanes.
    pub(super) fn lines(&self, stack: &Stack<'_>) -> Vec<LaneFrame> {
        (stack.lanes.len()..)
            .zip(stack.lines)
            .map(|(place, line)| {
                let plot = self.lane(place);
                LaneFrame {
                    plot,
                    values: dense::scale(line, plot),
                }
            })
            .collect()
    }

    /// Where there is nothing to place in time, lanes and lines have nothing but their names.
    pub(super) fn without_time(
        &self,
        sheet: &mut Sheet,
        stack: &Stack<'_>,
    ) -> (Vec<LaneFrame>, Vec<LaneFrame>) {
        let lanes = stack
            .lanes
            .iter()
            .map(|lane| lane::names(&lane.chart, stack.mode));
        let lines = stack.lines.iter().map(|line| (line.name, line.unit));
        let mut frames = Vec::with_capacity(stack.lanes.len() + stack.lines.len());
        for (place, name) in lanes.chain(lines).enumerate() {
            let plot = self.lane(place);
            lane::name(sheet, name, self.left, self.name_y(plot));
            frames.push(LaneFrame { plot, values: None });
        }
        let lines = frames.split_off(stack.lanes.len());
        (frames, lines)
    }
}
