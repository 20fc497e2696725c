//! What a heart rate comes to: average, time in zone, training impulse.

use physiology::load::{banister_trimp, edwards_trimp};
use physiology::zones::Zones;
use physiology::{Metric, Profile, Twin};
use views::workouts::{HeartFigures, HeartZones, Lacking, Provenance};

use super::trace::Recorded;
use crate::record::Record;

/// What is known of a twin's heart, for zones and training impulse.
#[derive(Clone, Copy)]
pub(crate) struct Heart {
    profile: Profile,
    pub zones: Result<HeartZones, Lacking>,
    rest_bpm: Option<f64>,
    rest_from: Provenance,
}

impl Heart {
    /// From the twin's own profile; where it knows nothing, from what was measured: the highest
    /// heart rate of any workout, and the mean of the baseline's resting heart rates.
    pub fn of(record: &Record<'_>, twin: Twin, highest_bpm: Option<f64>, year: i32) -> Self {
        let profile = record.pair.of(twin).profile;
        let (max_bpm, max_from) =
            match (profile.max_heart_rate_bpm, profile.max_heart_rate_bpm(year)) {
                (Some(entered), _) => (Some(entered), Provenance::Entered),
                (None, Some(computed)) => (Some(computed), Provenance::FromAge),
                (None, None) => (highest_bpm, Provenance::Measured),
            };
        let completed = Profile {
            max_heart_rate_bpm: max_bpm,
            ..profile
        };
        let zones = Zones::of(&completed, year)
            .map(|zones| HeartZones {
                zones,
                max_bpm,
                max_from,
            })
            .ok_or(Lacking::MaxHeartRate);
        let (rest_bpm, rest_from) = match profile.resting_heart_rate_bpm {
            Some(entered) => (Some(entered), Provenance::Entered),
            None => (measured_rest(record, twin), Provenance::Measured),
        };
        Self {
            profile,
            zones,
            rest_bpm,
            rest_from,
        }
    }

    /// What the heart rate of these workouts comes to.
    pub(super) fn figures(&self, recorded: &[Recorded<'_>]) -> Result<HeartFigures, Lacking> {
        if recorded.is_empty() {
            return Err(Lacking::Workout);
        }
        let values = || {
            let samples = recorded.iter().flat_map(|one| &one.samples);
            samples.map(|sample| sample.value)
        };
        let count = values().count();
        let max_bpm = values().max_by(f64::total_cmp).ok_or(Lacking::HeartRate)?;
        let recorded_s: f64 = recorded.iter().map(Recorded::recorded_s).sum();
        let duration_s: f64 = recorded.iter().map(|one| one.workout.duration_s()).sum();
        // Workout by workout: the pause between two is no time of either.
        let each = |figure: &dyn Fn(&Recorded<'_>) -> f64| recorded.iter().map(figure).sum();
        let limit_bpm = self
            .zones
            .ok()
            .and_then(|zones| zones.max_bpm)
            .ok_or(Lacking::MaxHeartRate);
        Ok(HeartFigures {
            average_bpm: values().sum::<f64>() / count as f64,
            max_bpm,
            recorded_share: if duration_s > 0.0 {
                (recorded_s / duration_s).clamp(0.0, 1.0)
            } else {
                0.0
            },
            in_zone_s: self
                .zones
                .ok()
                .map(|zones| in_zone_s(zones.zones, recorded)),
            banister: limit_bpm.and_then(|max_bpm| {
                let rest_bpm = self.rest_bpm.ok_or(Lacking::RestingHeartRate)?;
                let sex = self.profile.sex.ok_or(Lacking::Sex)?;
                Ok(each(&|one| {
                    banister_trimp(&one.samples, rest_bpm, max_bpm, sex)
                }))
            }),
            edwards: limit_bpm.map(|max_bpm| each(&|one| edwards_trimp(&one.samples, max_bpm))),
            rest_bpm: self.rest_bpm,
            rest_from: self.rest_from,
        })
    }
}

fn in_zone_s(zones: Zones, recorded: &[Recorded<'_>]) -> [f64; 5] {
    let mut seconds = [0.0; 5];
    for one in recorded {
        for (sum, more) in seconds.iter_mut().zip(zones.seconds(&one.samples)) {
            *sum += more;
        }
    }
    seconds
}

/// The mean resting heart rate of the baseline, else of everything there is, bpm.
fn measured_rest(record: &Record<'_>, twin: Twin) -> Option<f64> {
    let metric = Metric::RestingHeartRate;
    record
        .baseline(twin, metric)
        .map(|baseline| baseline.mean)
        .or_else(|| {
            let values = record
                .days(twin, metric)
                .map(|(_, kept)| kept.measurement.value);
            let (sum, count) =
                values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
            (count > 0).then(|| sum / f64::from(count))
        })
}
