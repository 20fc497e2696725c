//! Workouts, as marks on the day's axis.

use physiology::Twin;
use views::day::WorkoutSpan;
use views::workouts::ActivityFilter;

use super::Page;
use super::clocks::Clocks;
use crate::workouts::index;

impl Page<'_> {
    /// A twin's workouts within the day shown.
    pub(super) fn workouts(&self, twin: Twin, clocks: &Clocks) -> Vec<WorkoutSpan> {
        // On another's clock the day shown is part of two of the wearer's.
        let days = [self.day.plus(-1), self.day, self.day.plus(1)];
        let of_twin = &self.workouts[index(twin)];
        let mut spans: Vec<WorkoutSpan> = days
            .into_iter()
            .flat_map(|day| of_twin.of_day(day, ActivityFilter::All))
            .filter_map(|workout| {
                let span = clocks.span(twin, workout.starts_at, workout.ends_at)?;
                Some(WorkoutSpan {
                    span: Clocks::within_day(span)?,
                    name: workout.activity.to_string(),
                })
            })
            .collect();
        spans.sort_by_key(|workout| workout.span.from_s);
        spans
    }
}
