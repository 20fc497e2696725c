//! Workouts: what two vendors tell of one, and what several come to.

mod activity;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::source::Source;
use crate::time::Timestamp;
pub use activity::Activity;

/// Two records of different vendors are one workout when they share at least this much of the
/// shorter one's time. Two devices start and stop minutes apart, and a ring finds less of a long
/// walk than a strap is told to record; two workouts in a row share nothing.
const SAME_FROM_SHARE: f64 = 0.5;

/// One workout, as a vendor told it, or as several did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Workout {
    /// Who tells of it, the one whose heart rate and load stand first.
    pub origins: Vec<Origin>,
    /// What was done.
    pub activity: Activity,
    /// What the wearer called it.
    pub label: Option<String>,
    /// The day, by the vendor's reckoning.
    pub day: Day,
    /// When it began.
    pub starts_at: Timestamp,
    /// When it ended; not before it began.
    pub ends_at: Timestamp,
    /// How far local time was ahead of UTC there, s; unknown where the vendor does not tell.
    pub utc_offset_s: Option<i32>,
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Energy, kcal.
    pub calories_kcal: Option<f64>,
    /// Mean heart rate, bpm.
    pub average_heart_rate_bpm: Option<f64>,
    /// Highest heart rate, bpm.
    pub max_heart_rate_bpm: Option<f64>,
    /// Polar's cardio load (TRIMP), AU.
    pub cardio_load: Option<f64>,
}

/// A vendor's document a workout is told in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// Whose.
    pub source: Source,
    /// Its key in the vendor's collection.
    pub document: String,
}

impl Workout {
    /// How long it took, s.
    pub fn duration_s(&self) -> f64 {
        self.ends_at.0.saturating_sub(self.starts_at.0).max(0) as f64 / 1_000.0
    }

    /// Whether a source tells of it.
    pub fn is_told_by(&self, source: Source) -> bool {
        self.origins.iter().any(|origin| origin.source == source)
    }

    /// How long two workouts were going on at once, s.
    pub fn overlap_s(&self, other: &Self) -> f64 {
        let from = self.starts_at.max(other.starts_at);
        let to = self.ends_at.min(other.ends_at);
        to.0.saturating_sub(from.0).max(0) as f64 / 1_000.0
    }

    /// Whether two records of different vendors are of one workout: they overlap for at least half
    /// of the shorter one.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let told_by_one = self
            .origins
            .iter()
            .any(|origin| other.is_told_by(origin.source));
        !told_by_one && self.shares_time_with(other)
    }

    fn shares_time_with(&self, other: &Self) -> bool {
        let overlap_s = self.overlap_s(other);
        let shorter_s = self.duration_s().min(other.duration_s());
        overlap_s > 0.0 && overlap_s >= SAME_FROM_SHARE * shorter_s
    }

    /// Takes in what another record of the same workout tells and this one does not.
    fn complete_from(&mut self, other: Self) {
        self.origins.extend(other.origins);
        if self.activity.is_unspecific() {
            self.activity = other.activity;
        }
        self.label = self.label.take().or(other.label);
        self.utc_offset_s = self.utc_offset_s.or(other.utc_offset_s);
        self.distance_m = self.distance_m.or(other.distance_m);
        self.calories_kcal = self.calories_kcal.or(other.calories_kcal);
        self.average_heart_rate_bpm = self.average_heart_rate_bpm.or(other.average_heart_rate_bpm);
        self.max_heart_rate_bpm = self.max_heart_rate_bpm.or(other.max_heart_rate_bpm);
        self.cardio_load = self.cardio_load.or(other.cardio_load);
    }
}

/// One person's workouts, each once, in order of time.
///
/// Polar's records stand: their times, heart rate and load are measured with the strap that the
/// wearer started. Every other record joins the one of Polar's that it is the same as, of several
/// the one it shares most time with. Records of one vendor stay apart.
pub fn merged(records: Vec<Workout>) -> Vec<Workout> {
    let mut records = records;
    records.sort_by(order);
    let (mut workouts, others): (Vec<_>, Vec<_>) = records
        .into_iter()
        .partition(|record| record.is_told_by(Source::Polar));
    let mut alone = Vec::new();
    for other in others {
        let best = workouts
            .iter()
            .enumerate()
            // One that took in a piece of the ring's takes in the next: a long walk may be told in two.
            .filter(|(_, workout)| workout.shares_time_with(&other))
            .max_by(|(_, one), (_, two)| one.overlap_s(&other).total_cmp(&two.overlap_s(&other)))
            .map(|(index, _)| index);
        match best.and_then(|index| workouts.get_mut(index)) {
            Some(workout) => workout.complete_from(other),
            None => alone.push(other),
        }
    }
    workouts.append(&mut alone);
    workouts.sort_by(order);
    workouts
}

fn order(one: &Workout, two: &Workout) -> core::cmp::Ordering {
    (one.starts_at, one.ends_at, &one.origins).cmp(&(two.starts_at, two.ends_at, &two.origins))
}

/// What several workouts come to. A sum is that of the workouts that have the value, and there is
/// none where no workout has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// How many workouts.
    pub sessions: usize,
    /// Time, s.
    pub duration_s: Option<f64>,
    /// Distance, m.
    pub distance_m: Option<f64>,
    /// Energy, kcal.
    pub calories_kcal: Option<f64>,
    /// Polar's cardio load, AU.
    pub cardio_load: Option<f64>,
    /// Mean heart rate, bpm, weighed by time.
    pub average_heart_rate_bpm: Option<f64>,
}

impl Totals {
    /// What these workouts come to.
    pub fn of<'a>(workouts: impl IntoIterator<Item = &'a Workout>) -> Self {
        let mut totals = Self::default();
        let (mut beats, mut beating_s) = (0.0, 0.0);
        for workout in workouts {
            totals.sessions += 1;
            add(&mut totals.duration_s, Some(workout.duration_s()));
            add(&mut totals.distance_m, workout.distance_m);
            add(&mut totals.calories_kcal, workout.calories_kcal);
            add(&mut totals.cardio_load, workout.cardio_load);
            if let Some(bpm) = workout.average_heart_rate_bpm {
                beats += bpm * workout.duration_s();
                beating_s += workout.duration_s();
            }
        }
        totals.average_heart_rate_bpm = (beating_s > 0.0).then(|| beats / beating_s);
        totals
    }
}

fn add(sum: &mut Option<f64>, value: Option<f64>) {
    if let Some(value) = value {
        *sum = Some(sum.unwrap_or_default() + value);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(source: Source, document: &str, from_min: i64, to_min: i64) -> Workout {
        let at = |minutes: i64| Timestamp::from_unix_s(1_791_800_000 + minutes * 60);
        Workout {
            origins: vec![Origin {
                source,
                document: document.to_owned(),
            }],
            activity: Activity::of("hiking"),
            label: None,
            day: "2026-10-12".parse().unwrap(),
            starts_at: at(from_min),
            ends_at: at(to_min),
            utc_offset_s: Some(20_700),
            distance_m: None,
            calories_kcal: None,
            average_heart_rate_bpm: None,
            max_heart_rate_bpm: None,
            cardio_load: None,
        }
    }

    fn polar(document: &str, from_min: i64, to_min: i64) -> Workout {
        Workout {
            average_heart_rate_bpm: Some(125.0),
            cardio_load: Some(149.0),
            ..record(Source::Polar, document, from_min, to_min)
        }
    }

    fn oura(document: &str, from_min: i64, to_min: i64) -> Workout {
        Workout {
            distance_m: Some(9_100.0),
            average_heart_rate_bpm: Some(99.0),
            label: Some("To Dingboche".into()),
            ..record(Source::Oura, document, from_min, to_min)
        }
    }

    #[test]
    fn half_of_the_shorter_makes_it_one() {
        assert!(polar("p", 0, 60).is_same_as(&oura("o", 30, 90)));
        assert!(!polar("p", 0, 60).is_same_as(&oura("o", 31, 91)));
        // The shorter counts: twenty minutes of a long walk.
        assert!(polar("p", 0, 360).is_same_as(&oura("o", 350, 370)));
        assert!(!polar("p", 0, 360).is_same_as(&oura("o", 351, 371)));
        // One after the other, and of no length.
        assert!(!polar("p", 0, 60).is_same_as(&oura("o", 60, 90)));
        assert!(!polar("p", 0, 60).is_same_as(&oura("o", 30, 30)));
        // Two records of one vendor are two workouts.
        assert!(!polar("p", 0, 60).is_same_as(&polar("q", 0, 60)));
    }

    #[test]
    fn the_merged_one_keeps_polars_heart_rate_and_load() {
        let [workout] = merged(vec![oura("o", 2, 61), polar("p", 0, 60)])
            .try_into()
            .unwrap();
        assert_eq!(workout.average_heart_rate_bpm, Some(125.0));
        assert_eq!(workout.cardio_load, Some(149.0));
        assert_eq!(workout.distance_m, Some(9_100.0));
        assert_eq!(workout.label.as_deref(), Some("To Dingboche"));
        assert_eq!(workout.duration_s(), 3_600.0);
        let sources: Vec<Source> = workout.origins.iter().map(|origin| origin.source).collect();
        assert_eq!(sources, [Source::Polar, Source::Oura]);
    }

    #[test]
    fn pieces_join_what_they_share_most_with() {
        // A walk that the ring told in two pieces is one; what it alone found stays.
        let found = merged(vec![
            oura("o1", 0, 150),
            oura("o2", 170, 330),
            oura("o3", 500, 520),
            polar("p", 0, 330),
        ]);
        let told: Vec<usize> = found.iter().map(|workout| workout.origins.len()).collect();
        assert_eq!(told, [3, 1]);
        // A strap stopped and started again is two workouts; the ring's one record joins the longer.
        let found = merged(vec![
            polar("p1", 0, 40),
            polar("p2", 50, 120),
            oura("o", 0, 120),
        ]);
        let told: Vec<usize> = found.iter().map(|workout| workout.origins.len()).collect();
        assert_eq!(told, [1, 2]);
    }

    #[test]
    fn totals_are_of_what_is_known() {
        let of = [polar("p", 0, 60), oura("o", 100, 120)];
        let totals = Totals::of(&of);
        assert_eq!(totals.sessions, 2);
        assert_eq!(totals.duration_s, Some(4_800.0));
        assert_eq!(totals.distance_m, Some(9_100.0));
        assert_eq!(totals.calories_kcal, None);
        assert_eq!(totals.cardio_load, Some(149.0));
        // 60 min at 125 and 20 min at 99.
        assert_eq!(totals.average_heart_rate_bpm, Some(118.5));
        assert_eq!(Totals::of(&[]), Totals::default());
    }

    proptest! {
        #[test]
        fn merging_loses_no_record_and_no_workout_of_polars(
            spans in prop::collection::vec((prop::bool::ANY, 0_i64..600, 0_i64..200), 0..20),
        ) {
            let records: Vec<Workout> = spans
                .iter()
                .enumerate()
                .map(|(index, (is_polar, from, length))| {
                    let make = if *is_polar { polar } else { oura };
                    make(&index.to_string(), *from, from + length)
                })
                .collect();
            let found = merged(records.clone());
            let mut told: Vec<&Origin> = found.iter().flat_map(|one| &one.origins).collect();
            let mut all: Vec<&Origin> = records.iter().flat_map(|one| &one.origins).collect();
            told.sort();
            all.sort();
            prop_assert_eq!(told, all);
            prop_assert!(found.is_sorted_by_key(|one| one.starts_at));
            let polars = |list: &[Workout]| {
                list.iter().filter(|one| one.is_told_by(Source::Polar)).count()
            };
            prop_assert_eq!(polars(&found), polars(&records));
            // The order they come in makes no difference to what stands.
            let mut backwards = records;
            backwards.reverse();
            let again: Vec<_> = merged(backwards).iter().map(|one| one.starts_at).collect();
            let once: Vec<_> = found.iter().map(|one| one.starts_at).collect();
            prop_assert_eq!(again, once);
        }
    }
}
