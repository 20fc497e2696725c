//! What a correct client must show: from the generator, never through the documents.

use chrono::{DateTime, Utc};
use physiology::{Day, DayRange, Metric, Timestamp};

use crate::config::Config;
use crate::oura::scope::{Scope, ScopeSet};
use crate::polar::WINDOW_DAYS;
use crate::twins::sleep::{SleepKind, SleepPeriod, Stage};
use crate::twins::{Person, World};
use crate::versions::Versions;

/// What one person let a client see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Granted {
    pub(crate) oura: ScopeSet,
}

impl Granted {
    /// What the person grants who only presses Allow.
    pub(crate) fn by_default(who: &Person) -> Self {
        Self {
            oura: ScopeSet::by_default(who.index),
        }
    }
}

/// The values of one metric of one person over `range`, as published at `now` to a client that
/// got whatever the person grants by default. Days without a value are left out.
///
/// Rounded as the vendor publishes them, in the unit of the metric. Empty for an unknown subject.
pub fn truth(
    config: &Config,
    now: DateTime<Utc>,
    subject: char,
    metric: Metric,
    range: DayRange,
) -> Vec<(Day, f64)> {
    let world = World::new(config, now);
    let Some(who) = world.person(subject.encode_utf8(&mut [0; 4])) else {
        return Vec::new();
    };
    let started = config.now.unwrap_or(now).into();
    let moment = Moment {
        now: now.into(),
        started,
    };
    values(&world, who, metric, range, moment, Granted::by_default(who))
}

/// When truth is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// What the simulator's clock shows.
    pub(crate) now: Timestamp,
    /// What it showed at the start: Polar keeps 28 days, so nothing older was ever served.
    pub(crate) started: Timestamp,
}

/// [`truth`] in a world that exists.
pub(crate) fn values(
    world: &World,
    who: &Person,
    metric: Metric,
    range: DayRange,
    moment: Moment,
    granted: Granted,
) -> Vec<(Day, f64)> {
    // Nothing is dated outside the record, so a range of a thousand years is cheap.
    let first = range
        .first
        .max(world.calendar.day(world.calendar.first_index));
    let last = range.last.min(Day::of_utc(moment.now).plus(2));
    DayRange::new(first, last)
        .days()
        .filter_map(|day| {
            let view = View {
                world,
                who,
                index: world.calendar.index(day),
                moment,
                granted,
            };
            Some((day, view.value(metric)?))
        })
        .collect()
}

struct View<'a> {
    world: &'a World,
    who: &'a Person,
    index: i64,
    moment: Moment,
    granted: Granted,
}

impl View<'_> {
    fn value(&self, metric: Metric) -> Option<f64> {
        self.oura(metric).or_else(|| self.polar(metric))
    }

    fn served<T: Clone>(&self, versions: Option<Versions<T>>, scope: Scope) -> Option<T> {
        self.granted.oura.has(scope).then_some(())?;
        versions?.at(self.moment.now).cloned()
    }

    fn oura(&self, metric: Metric) -> Option<f64> {
        let Self {
            world, who, index, ..
        } = *self;
        let whole = |value: i64| value as f64;
        let activity = || self.served(world.activity(who, index), Scope::Daily);
        let stress = || self.served(world.stress(who, index), Scope::Daily);
        match metric {
            Metric::Spo2Night => self.served(world.spo2(who, index), Scope::Spo2)?.average,
            Metric::BreathingDisturbanceIndex => self
                .served(world.spo2(who, index), Scope::Spo2)?
                .breathing_disturbance_index
                .map(whole),
            Metric::SleepScore => Some(whole(
                self.served(world.daily_sleep(who, index), Scope::Daily)?
                    .score,
            )),
            Metric::ReadinessScore => Some(whole(
                self.served(world.readiness(who, index), Scope::Daily)?
                    .score,
            )),
            Metric::TemperatureDeviation => Some(
                self.served(world.readiness(who, index), Scope::Daily)?
                    .temperature_deviation,
            ),
            Metric::ActivityScore => activity()?.score.map(whole),
            Metric::Steps => Some(whole(activity()?.steps)),
            Metric::ActiveCalories => Some(whole(activity()?.active_calories)),
            Metric::StressHigh => stress()?.stress_high_s.map(|seconds| whole(seconds) / 60.0),
            Metric::RecoveryHigh => stress()?
                .recovery_high_s
                .map(|seconds| whole(seconds) / 60.0),
            Metric::Resilience => Some(
                self.served(world.resilience(who, index), Scope::Stress)?
                    .level as f64,
            ),
            Metric::VascularAge => Some(whole(
                self.served(world.vascular_age(who, index), Scope::HeartHealth)?
                    .years,
            )),
            Metric::Vo2Max => Some(whole(
                self.served(world.vo2_max(who, index), Scope::HeartHealth)?,
            )),
            Metric::RestingHeartRate => self.weighed(|sleep| whole(sleep.lowest_heart_rate)),
            Metric::HrvRmssd => self.weighed(|sleep| whole(sleep.average_hrv)),
            Metric::RespiratoryRate => self.weighed(breaths_per_min),
            Metric::SleepEfficiency => self.weighed(|sleep| whole(sleep.efficiency())),
            Metric::TotalSleep => self.summed(SleepPeriod::asleep_s),
            Metric::DeepSleep => self.summed(|sleep| sleep.stage_s(Stage::Deep)),
            Metric::RemSleep => self.summed(|sleep| sleep.stage_s(Stage::Rem)),
            Metric::LightSleep => self.summed(|sleep| sleep.stage_s(Stage::Light)),
            Metric::AwakeTime => self.summed(|sleep| sleep.stage_s(Stage::Awake)),
            _ => None,
        }
    }

    fn long_sleeps(&self) -> Option<Vec<SleepPeriod>> {
        self.granted.oura.has(Scope::Daily).then_some(())?;
        let sleeps: Vec<_> = self
            .world
            .sleeps(self.who, self.index)
            .iter()
            .filter_map(|versions| versions.at(self.moment.now))
            .filter(|sleep| sleep.kind == SleepKind::LongSleep)
            .cloned()
            .collect();
        (!sleeps.is_empty()).then_some(sleeps)
    }

    /// The mean over the long sleeps of the day, weighted by time asleep.
    fn weighed(&self, value: impl Fn(&SleepPeriod) -> f64) -> Option<f64> {
        let sleeps = self.long_sleeps()?;
        if let [only] = sleeps.as_slice() {
            return Some(value(only));
        }
        let weight: f64 = sleeps.iter().map(|sleep| sleep.asleep_s() as f64).sum();
        let sum: f64 = sleeps
            .iter()
            .map(|sleep| value(sleep) * sleep.asleep_s() as f64)
            .sum();
        Some(sum / weight)
    }

    fn summed(&self, seconds: impl Fn(&SleepPeriod) -> i64) -> Option<f64> {
        Some(self.long_sleeps()?.iter().map(seconds).sum::<i64>() as f64)
    }

    fn polar(&self, metric: Metric) -> Option<f64> {
        let Self {
            world,
            who,
            index,
            moment,
            ..
        } = *self;
        let oldest = Day::of_utc(moment.started).plus(-WINDOW_DAYS);
        if world.calendar.day(index) < oldest {
            return None;
        }
        let now = moment.now;
        let sleep = || world.polar_sleep(who, index)?.at(now).cloned();
        let recharge = || world.recharge(who, index)?.at(now).cloned();
        let activity = || world.polar_activity(who, index)?.at(now).cloned();
        let load = || world.cardio_load(who, index)?.at(now).cloned();
        let some = |value: i64| (value > 0).then_some(value as f64);
        match metric {
            Metric::RespiratoryRate => {
                Some(recharge()?.breathing_rate_avg).filter(|breath| *breath > 0.0)
            }
            Metric::TotalSleep => sleep().and_then(|s| some(s.light_s + s.deep_s + s.rem_s)),
            Metric::DeepSleep => some(sleep()?.deep_s),
            Metric::RemSleep => some(sleep()?.rem_s),
            Metric::LightSleep => some(sleep()?.light_s),
            Metric::Steps => some(activity()?.steps),
            Metric::ActiveCalories => some(activity()?.active_calories),
            Metric::NightlyRechargeHeartRate => some(recharge()?.heart_rate_avg),
            Metric::NightlyRechargeHrvRmssd => some(recharge()?.hrv_avg),
            Metric::AnsCharge => recharge()
                .filter(|recharge| recharge.ans_charge_status > 0)
                .map(|recharge| recharge.ans_charge),
            Metric::NightlyRecharge => some(recharge()?.status),
            Metric::PolarSleepScore => some(sleep()?.sleep_score),
            Metric::TrainingLoad => load()?.load,
            Metric::Strain => load()?.strain,
            Metric::Tolerance => load()?.tolerance,
            Metric::LoadRatio => load()?.ratio,
            _ => None,
        }
    }
}

fn breaths_per_min(sleep: &SleepPeriod) -> f64 {
    if sleep.average_breath < 1.0 {
        sleep.average_breath * 60.0
    } else {
        sleep.average_breath
    }
}
