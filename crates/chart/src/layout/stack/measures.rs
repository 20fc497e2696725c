//! How high and how wide the parts of a stack are.

use super::Stack;

/// Measures that differ between a tablet and a phone, px.
pub(super) struct Measures {
    /// The line that names a lane, over its plot; on a phone its values are a second line.
    pub(super) head: f64,
    pub(super) plot: f64,
    gap: f64,
    pub(super) strip: f64,
    pub(super) axis: f64,
    /// The row of workouts, where there are any.
    workouts: f64,
    /// The row of notes, where there are any.
    notes: f64,
    /// Room for values on the right.
    pub(super) column: f64,
    pub(super) least_left: f64,
}

impl Measures {
    pub(super) const TOP: f64 = 6.0;
    /// The line that names the twins, where each has a column.
    pub(super) const NAMES: f64 = 22.0;
    /// Between two columns.
    pub(super) const BETWEEN: f64 = 28.0;
    /// From a lane's name, and from its values on a phone, down to the plot.
    pub(super) const ABOVE_PLOT: f64 = 9.0;
    /// From a phone's name of a lane to its values.
    pub(super) const LINE: f64 = 18.0;

    /// Of a stack of so many lanes and lines: few are higher.
    pub(super) fn of(compact: bool, lanes: usize) -> Self {
        let share = match lanes {
            0..=2 => 1.5,
            3 => 1.25,
            _ => 1.0,
        };
        if compact {
            Self {
                head: 42.0,
                plot: 72.0 * share,
                gap: 14.0,
                strip: 56.0,
                axis: 36.0,
                workouts: 26.0,
                notes: 26.0,
                column: 12.0,
                least_left: 28.0,
            }
        } else {
            Self {
                head: 24.0,
                plot: 82.0 * share,
                gap: 14.0,
                strip: 66.0,
                axis: 40.0,
                workouts: 26.0,
                notes: 26.0,
                column: 128.0,
                least_left: 34.0,
            }
        }
    }

    /// How high the row of workouts is: nothing without any.
    pub(super) const fn workouts_px(&self, stack: &Stack<'_>) -> f64 {
        if stack.workouts.is_empty() && stack.workout_spans.is_empty() {
            0.0
        } else {
            self.workouts
        }
    }

    /// How high the row of notes is: nothing without any.
    const fn notes_px(&self, stack: &Stack<'_>) -> f64 {
        if stack.notes.is_empty() {
            0.0
        } else {
            self.notes
        }
    }

    pub(super) fn lane(&self) -> f64 {
        self.head + self.plot + self.gap
    }
}

/// How high a stack is, px: the same for every width of its kind.
pub(super) fn height_px(stack: &Stack<'_>, has_altitude: bool, measures: &Measures) -> f64 {
    let lanes = stack.lanes.len() + stack.lines.len();
    let strip = if has_altitude {
        measures.strip + 8.0
    } else {
        0.0
    };
    let rows = measures.workouts_px(stack) + measures.notes_px(stack);
    Measures::TOP + lanes.max(1) as f64 * measures.lane() + rows + strip + measures.axis
}
