//! One twin's workouts, each once.

use physiology::workout::{Origin, Totals, merged};
use physiology::{Day, Source, SubjectId, Workout};
use store::SubjectWorkout;
use views::workouts::ActivityFilter;

/// One twin's workouts, in order of time, two vendors' records of one put together.
pub(crate) struct TwinWorkouts {
    subject: SubjectId,
    workouts: Vec<Workout>,
}

impl TwinWorkouts {
    pub fn new(subject: SubjectId, records: &[SubjectWorkout]) -> Self {
        let own = records.iter().filter(|record| record.subject == subject);
        Self {
            subject,
            workouts: merged(own.map(|record| record.workout.clone()).collect()),
        }
    }

    /// Those of a day, of the kind shown.
    pub fn of_day(&self, day: Day, filter: ActivityFilter) -> Vec<&Workout> {
        self.workouts
            .iter()
            .filter(|workout| workout.day == day && filter.shows(&workout.activity))
            .collect()
    }

    /// All of them, in order of time.
    pub fn all(&self) -> &[Workout] {
        &self.workouts
    }

    /// What these days come to.
    pub fn totals(&self, days: impl Iterator<Item = Day>, filter: ActivityFilter) -> Totals {
        let of_days: Vec<&Workout> = days.flat_map(|day| self.of_day(day, filter)).collect();
        Totals::of(of_days)
    }

    /// The highest heart rate of any workout, bpm.
    pub fn highest_bpm(&self) -> Option<f64> {
        self.workouts
            .iter()
            .filter_map(|workout| workout.max_heart_rate_bpm)
            .max_by(f64::total_cmp)
    }

    /// The workout of a name: by whichever of its records, so that an address goes on to work once
    /// the other vendor's record has joined.
    pub fn named(&self, id: &str) -> Option<&Workout> {
        self.workouts.iter().find(|workout| {
            let mut names = workout.origins.iter().map(|origin| self.name_of(origin));
            names.any(|name| name == id)
        })
    }

    /// A workout's name in addresses.
    pub fn name(&self, workout: &Workout) -> String {
        workout
            .origins
            .first()
            .map(|origin| self.name_of(origin))
            .unwrap_or_default()
    }

    /// Those to be shown beside another's workout of the same day: the one most of the same hours
    /// of the clock, else all of that day.
    pub fn beside(&self, workout: &Workout) -> Vec<&Workout> {
        let of_day = self.of_day(workout.day, ActivityFilter::All);
        let here = on_the_clock(workout);
        let nearest = of_day
            .iter()
            .copied()
            .map(|other| (other, here.overlap_s(&on_the_clock(other))))
            .filter(|(_, overlap_s)| *overlap_s > 0.0)
            .max_by(|one, two| one.1.total_cmp(&two.1));
        nearest.map_or(of_day, |(other, _)| vec![other])
    }

    /// `1-polar-2AC312F`: readable, and the same whoever of the twins is looked at first.
    fn name_of(&self, origin: &Origin) -> String {
        let Origin { source, document } = origin;
        format!("{}-{}-{}", self.subject, source.id(), plain(document))
    }
}

/// A vendor's key as it can stand in an address. Keys are letters, digits and hyphens in practice.
fn plain(document: &str) -> String {
    let kept = |letter: char| {
        if letter.is_ascii_alphanumeric() || letter == '-' {
            letter
        } else {
            '_'
        }
    };
    document.chars().map(kept).collect()
}

/// The workout as if its wall clock showed UTC.
fn on_the_clock(workout: &Workout) -> Workout {
    let ahead_s = i64::from(workout.utc_offset_s.unwrap_or_default());
    Workout {
        starts_at: workout.starts_at.plus_seconds(ahead_s),
        ends_at: workout.ends_at.plus_seconds(ahead_s),
        ..workout.clone()
    }
}

/// Whether a series is the heart rate of a workout.
pub(super) fn is_of(series: &store::Series, workout: &Workout) -> bool {
    let told = |origin: &Origin| {
        origin.source == series.source
            && origin.source == Source::Polar
            && origin.document == series.document
    };
    workout.origins.iter().any(told)
}

#[cfg(test)]
mod tests {
    use physiology::workout::Activity;
    use physiology::{SubjectId, Timestamp};

    use super::*;

    fn record(source: Source, document: &str, from_h: i64, offset_s: i32) -> SubjectWorkout {
        let day: Day = "2026-10-02".parse().unwrap();
        let starts_at = day
            .start_utc()
            .plus_seconds(from_h * 3_600 - i64::from(offset_s));
        SubjectWorkout {
            subject: SubjectId(7),
            workout: Workout {
                origins: vec![Origin {
                    source,
                    document: document.into(),
                }],
                activity: Activity::of("hiking"),
                label: None,
                day,
                starts_at,
                ends_at: Timestamp(starts_at.0 + 7_200_000),
                utc_offset_s: Some(offset_s),
                distance_m: None,
                calories_kcal: None,
                average_heart_rate_bpm: None,
                max_heart_rate_bpm: None,
                cardio_load: None,
            },
        }
    }

    #[test]
    fn a_workout_is_found_by_either_record_and_named_by_polars() {
        let records = [
            record(Source::Oura, "8f1c-44", 8, 0),
            record(Source::Polar, "2AC312F", 8, 0),
        ];
        let twin = TwinWorkouts::new(SubjectId(7), &records);
        let workout = twin.named("7-oura-8f1c-44").unwrap();
        assert_eq!(twin.name(workout), "7-polar-2AC312F");
        assert!(twin.named("7-polar-2AC312F").is_some());
        assert!(twin.named("8-polar-2AC312F").is_none());
        assert!(twin.named("").is_none());
        let odd = TwinWorkouts::new(SubjectId(7), &[record(Source::Polar, "a/../b?c", 8, 0)]);
        assert!(odd.named("7-polar-a____b_c").is_some());
    }

    #[test]
    fn beside_a_workout_stands_the_one_of_the_same_hours() {
        // One twin in Dubai, the other still at home: eight in the morning is eight in the morning.
        let mine = record(Source::Polar, "mine", 8, 0).workout;
        let records = [
            record(Source::Polar, "morning", 9, 14_400),
            record(Source::Polar, "evening", 18, 14_400),
        ];
        let other = TwinWorkouts::new(SubjectId(7), &records);
        let names = |workouts: Vec<&Workout>| -> Vec<String> {
            workouts.iter().map(|one| other.name(one)).collect()
        };
        assert_eq!(names(other.beside(&mine)), ["7-polar-morning"]);
        let noon = record(Source::Polar, "noon", 13, 0).workout;
        assert_eq!(other.beside(&noon).len(), 2);
    }
}
