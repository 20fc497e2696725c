//! Workouts, as marks on the day's axis.

use physiology::{Timestamp, Twin};
use upstream::Collection;
use upstream::oura::Workout;
use upstream::polar::Exercise;
use views::day::{ClockSpan, WorkoutSpan};

use super::Page;
use super::clocks::Clocks;
use super::sleeps::documents;
use crate::Error;

impl Page<'_> {
    /// A twin's workouts within the day shown. One that both vendors have is the watch's: its start
    /// and end were pressed, not guessed.
    pub(super) async fn workouts(
        &self,
        twin: Twin,
        clocks: &Clocks,
    ) -> Result<Vec<WorkoutSpan>, Error> {
        let mut found: Vec<(Timestamp, Timestamp, String)> = Vec::new();
        // On another's clock the day shown is part of two of the wearer's.
        for day in [self.day.plus(-1), self.day, self.day.plus(1)] {
            let watch = documents::<Exercise>(self, twin, Collection::PolarExercises, day).await?;
            found.extend(watch.into_iter().filter_map(|(_, exercise)| {
                let start = exercise.start();
                let end = start.plus_seconds(exercise.duration? as i64);
                let sport = exercise.detailed_sport_info.or(exercise.sport);
                Some((start, end, readable(sport.as_deref())))
            }));
        }
        for day in [self.day.plus(-1), self.day, self.day.plus(1)] {
            let ring = documents::<Workout>(self, twin, Collection::OuraWorkout, day).await?;
            for (_, workout) in ring {
                let (start, end) = (workout.start_datetime.at, workout.end_datetime.at);
                let is_known = found.iter().any(|other| is_same((start, end), other));
                if !is_known {
                    found.push((start, end, readable(Some(&workout.activity))));
                }
            }
        }
        let mut spans: Vec<WorkoutSpan> = found
            .into_iter()
            .filter_map(|(start, end, name)| {
                let span: ClockSpan = Clocks::within_day(clocks.span(twin, start, end)?)?;
                Some(WorkoutSpan { span, name })
            })
            .collect();
        spans.sort_by_key(|workout| workout.span.from_s);
        Ok(spans)
    }
}

/// Whether two records share more than half of the shorter one.
fn is_same((start, end): (Timestamp, Timestamp), other: &(Timestamp, Timestamp, String)) -> bool {
    let shared_s = end.min(other.1).seconds_since(start.max(other.0));
    let shorter_s = end.seconds_since(start).min(other.1.seconds_since(other.0));
    shorter_s > 0 && 2 * shared_s > shorter_s
}

/// A vendor's word as people write it: `STRENGTH_TRAINING` is `Strength training`.
fn readable(word: Option<&str>) -> String {
    let word = word.unwrap_or("workout").replace('_', " ").to_lowercase();
    let mut letters = word.chars().take(40);
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_readable() {
        assert_eq!(readable(Some("STRENGTH_TRAINING")), "Strength training");
        assert_eq!(readable(Some("hiking")), "Hiking");
        assert_eq!(readable(None), "Workout");
        assert_eq!(readable(Some("")), "");
    }

    #[test]
    fn one_workout_of_two_vendors_is_one() {
        let at = Timestamp::from_unix_s;
        let watch = (at(1_000), at(5_000), String::new());
        assert!(is_same((at(900), at(4_800)), &watch));
        assert!(is_same((at(2_000), at(2_600)), &watch));
        assert!(!is_same((at(4_900), at(9_000)), &watch));
        assert!(!is_same((at(6_000), at(7_000)), &watch));
        assert!(!is_same((at(2_000), at(2_000)), &watch));
    }
}
