//! One sleep, from going to bed to getting up.

use physiology::Timestamp;

use crate::rng::Rng;

use super::publish;

/// Length of an epoch, s.
pub(crate) const EPOCH_S: i64 = 30;
/// Interval of heart rate and HRV samples, s.
pub(crate) const SAMPLE_S: i64 = 300;

/// What Oura calls a sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SleepKind {
    Deleted,
    Sleep,
    LongSleep,
    LateNap,
    Rest,
}

impl SleepKind {
    /// As Oura writes it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::Sleep => "sleep",
            Self::LongSleep => "long_sleep",
            Self::LateNap => "late_nap",
            Self::Rest => "rest",
        }
    }
}

/// A stage of sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Deep,
    Light,
    Rem,
    Awake,
}

impl Stage {
    /// As Oura writes it in a string of phases.
    pub(crate) const fn digit(self) -> char {
        match self {
            Self::Deep => '1',
            Self::Light => '2',
            Self::Rem => '3',
            Self::Awake => '4',
        }
    }
}

/// What the body does in a sleep: the generator's input to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Vitals {
    pub(crate) lowest_heart_rate: f64,
    pub(crate) hrv: f64,
    pub(crate) breaths_per_min: f64,
    /// Published in breaths/s.
    pub(crate) breaths_per_s: bool,
    /// 0 at home; about 20 at 5,000 m.
    pub(crate) desaturation: f64,
    /// This half hour of samples is missing.
    pub(crate) hole: bool,
}

/// A sleep as Oura publishes it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SleepPeriod {
    pub(crate) kind: SleepKind,
    pub(crate) start: Timestamp,
    pub(crate) start_offset_s: i32,
    pub(crate) end_offset_s: i32,
    /// Every 30 s from the start.
    pub(crate) epochs: Vec<Stage>,
    /// `1` none to `4` high, every 30 s.
    pub(crate) movement: String,
    pub(crate) lowest_heart_rate: i64,
    pub(crate) average_heart_rate: f64,
    pub(crate) average_hrv: i64,
    /// Breaths/min, or breaths/s where the document is an old one.
    pub(crate) average_breath: f64,
    pub(crate) heart_rate: Vec<Option<f64>>,
    pub(crate) hrv: Vec<Option<f64>>,
    pub(crate) restless_periods: i64,
    /// A second analysis of the same night.
    pub(crate) edited: bool,
}

impl SleepPeriod {
    /// A sleep of `length_s` from `start`, offsets to be set by the caller.
    pub(crate) fn new(
        kind: SleepKind,
        start: Timestamp,
        length_s: i64,
        vitals: Vitals,
        rng: &mut Rng,
    ) -> Self {
        let epoch_count = (length_s / EPOCH_S).max(20) as usize;
        let epochs = stages(epoch_count, kind, vitals.desaturation, rng);
        let movement = epochs.iter().map(|stage| movement(*stage, rng)).collect();
        let samples = (epoch_count as i64 * EPOCH_S).div_euclid(SAMPLE_S).max(1) as usize;
        let heart_rate = samples_of(samples, vitals.hole, rng, |share, rng| {
            let dip = (core::f64::consts::PI * share).sin() * 7.0;
            (vitals.lowest_heart_rate + 9.5 - dip + rng.normal() * 1.8)
                .max(vitals.lowest_heart_rate)
                .round()
        });
        let hrv = samples_of(samples, vitals.hole, rng, |share, rng| {
            let rise = 1.0 + 0.12 * (share - 0.5);
            (vitals.hrv * rise * (1.0 + 0.16 * rng.normal()))
                .clamp(6.0, 200.0)
                .round()
        });
        let awake = epochs
            .iter()
            .filter(|stage| **stage == Stage::Awake)
            .count();
        let breath = vitals.breaths_per_min;
        Self {
            kind,
            start,
            start_offset_s: 0,
            end_offset_s: 0,
            movement,
            lowest_heart_rate: vitals.lowest_heart_rate.round() as i64,
            average_heart_rate: publish(vitals.lowest_heart_rate + 5.0 + rng.between(0.0, 2.5), 2),
            average_hrv: vitals.hrv.round() as i64,
            average_breath: if vitals.breaths_per_s {
                breaths_per_s(breath)
            } else {
                // Oura counts breathing in eighths.
                (breath * 8.0).round() / 8.0
            },
            heart_rate,
            hrv,
            restless_periods: (awake / 4) as i64 + rng.between(20.0, 60.0) as i64,
            epochs,
            edited: false,
        }
    }

    /// From going to bed to getting up, s.
    pub(crate) fn time_in_bed_s(&self) -> i64 {
        self.epochs.len() as i64 * EPOCH_S
    }

    /// When it ended.
    pub(crate) fn end(&self) -> Timestamp {
        self.start.plus_seconds(self.time_in_bed_s())
    }

    /// Time in one stage, s.
    pub(crate) fn stage_s(&self, stage: Stage) -> i64 {
        self.epochs.iter().filter(|epoch| **epoch == stage).count() as i64 * EPOCH_S
    }

    /// Time asleep, s.
    pub(crate) fn asleep_s(&self) -> i64 {
        self.time_in_bed_s() - self.stage_s(Stage::Awake)
    }

    /// Share of the time in bed spent asleep, whole percent.
    pub(crate) fn efficiency(&self) -> i64 {
        (100.0 * self.asleep_s() as f64 / self.time_in_bed_s() as f64).round() as i64
    }

    /// From going to bed to falling asleep, s.
    pub(crate) fn latency_s(&self) -> i64 {
        let awake = self
            .epochs
            .iter()
            .take_while(|stage| **stage == Stage::Awake)
            .count();
        awake as i64 * EPOCH_S
    }

    /// Makes the times asleep of two sleeps stand in a ratio of sixteenths by waking both a little
    /// earlier: means weighted by them are then short numbers, which every JSON reader gets right
    /// to the last bit.
    pub(crate) fn balance(&mut self, other: &mut Self) {
        let asleep = |sleep: &Self| sleep.asleep_s() / EPOCH_S;
        let (mine, others) = (asleep(self), asleep(other));
        let share =
            ((16 * mine + i64::midpoint(mine, others)) / (mine + others).max(1)).clamp(1, 15);
        let unit = (mine / share).min(others / (16 - share));
        self.wake((mine - share * unit) as usize);
        other.wake((others - (16 - share) * unit) as usize);
    }

    fn wake(&mut self, epochs: usize) {
        let asleep = self
            .epochs
            .iter_mut()
            .rev()
            .filter(|stage| **stage != Stage::Awake);
        asleep.take(epochs).for_each(|stage| *stage = Stage::Awake);
    }

    /// The same night as a first analysis saw it: over `early_s` sooner.
    pub(crate) fn cut(&self, early_s: i64) -> Self {
        let mut cut = self.clone();
        let epochs = (self.epochs.len() as i64 - early_s / EPOCH_S).max(20) as usize;
        let samples = (epochs as i64 * EPOCH_S / SAMPLE_S).max(1) as usize;
        cut.epochs.truncate(epochs);
        cut.movement.truncate(epochs);
        cut.heart_rate.truncate(samples);
        cut.hrv.truncate(samples);
        cut.average_hrv -= 2;
        cut
    }
}

/// Breaths/s with four decimals, such that 60 times as much is a short number too.
fn breaths_per_s(breaths_per_min: f64) -> f64 {
    let nearest = (breaths_per_min / 60.0 * 10_000.0).round() as i64;
    let short = |value: &f64| value * 60.0 == publish(value * 60.0, 4);
    let mut candidates = (nearest..nearest + 50).map(|step| step as f64 / 10_000.0);
    candidates.find(short).unwrap_or(nearest as f64 / 10_000.0)
}

fn movement(stage: Stage, rng: &mut Rng) -> char {
    let still = match stage {
        Stage::Deep => 0.97,
        Stage::Light => 0.88,
        Stage::Rem => 0.92,
        Stage::Awake => 0.35,
    };
    if rng.chance(still) {
        '1'
    } else {
        match rng.unit() {
            share if share < 0.7 => '2',
            share if share < 0.93 => '3',
            _ => '4',
        }
    }
}

fn samples_of(
    count: usize,
    hole: bool,
    rng: &mut Rng,
    value: impl Fn(f64, &mut Rng) -> f64,
) -> Vec<Option<f64>> {
    (0..count)
        .map(|index| {
            let sample = value(index as f64 / count as f64, rng);
            let lost = rng.chance(0.03) || (hole && (12..18).contains(&index));
            // The first sample is always lost: the ring is still settling.
            (!lost && index > 0).then_some(sample)
        })
        .collect()
}

/// Cycles of about 90 minutes; deep sleep early, REM late, waking more often where air is thin.
fn stages(count: usize, kind: SleepKind, desaturation: f64, rng: &mut Rng) -> Vec<Stage> {
    let mut epochs = Vec::with_capacity(count + 64);
    let stay = |stage: Stage, minutes: f64, epochs: &mut Vec<Stage>| {
        let length = (minutes * 60.0 / EPOCH_S as f64).round().max(1.0) as usize;
        epochs.extend(std::iter::repeat_n(stage, length));
    };
    stay(
        Stage::Awake,
        rng.between(4.0, 12.0) + desaturation * 0.4,
        &mut epochs,
    );
    if kind == SleepKind::Rest {
        stay(Stage::Light, 6.0, &mut epochs);
        epochs.resize(count, Stage::Awake);
        return epochs;
    }
    while epochs.len() < count {
        let share = epochs.len() as f64 / count as f64;
        let wakeful = rng.between(2.0, 6.0) + desaturation * rng.between(0.1, 0.5);
        let thin_air = 1.0 - 0.02 * desaturation;
        stay(Stage::Light, rng.between(14.0, 26.0), &mut epochs);
        stay(
            Stage::Deep,
            rng.between(16.0, 30.0) * (1.1 - share) * thin_air,
            &mut epochs,
        );
        stay(Stage::Light, rng.between(10.0, 20.0), &mut epochs);
        stay(Stage::Awake, wakeful, &mut epochs);
        stay(
            Stage::Rem,
            rng.between(11.0, 19.0) * (0.5 + 1.2 * share) * thin_air,
            &mut epochs,
        );
        stay(Stage::Light, rng.between(2.0, 8.0), &mut epochs);
    }
    epochs.truncate(count);
    epochs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_add_up() {
        let vitals = Vitals {
            lowest_heart_rate: 52.4,
            hrv: 60.0,
            breaths_per_min: 14.2,
            breaths_per_s: false,
            desaturation: 10.0,
            hole: false,
        };
        let start = Timestamp::from_unix_s(1_700_000_000);
        let sleep = SleepPeriod::new(
            SleepKind::LongSleep,
            start,
            27_000,
            vitals,
            &mut Rng::new(&[3]),
        );
        let stages = [Stage::Deep, Stage::Light, Stage::Rem, Stage::Awake];
        let total: i64 = stages.iter().map(|stage| sleep.stage_s(*stage)).sum();
        assert_eq!(total, 27_000);
        assert_eq!(sleep.time_in_bed_s(), 27_000);
        assert_eq!(sleep.movement.len(), sleep.epochs.len());
        assert_eq!(sleep.heart_rate.len(), 90);
        assert!(sleep.heart_rate.iter().flatten().all(|bpm| *bpm >= 52.0));
        assert!(
            (60..=97).contains(&sleep.efficiency()),
            "{}",
            sleep.efficiency()
        );
        let (mut first, mut second) = (sleep.clone(), sleep.cut(9_000));
        first.balance(&mut second);
        let (first, second) = (first.asleep_s(), second.asleep_s());
        assert_eq!(first * 16 % (first + second), 0, "{first} {second}");
        assert!(first + second > sleep.asleep_s());
        let cut = sleep.cut(2_400);
        assert_eq!(cut.time_in_bed_s(), 24_600);
    }
}
