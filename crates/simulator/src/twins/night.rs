//! The nights: when a person sleeps, and what Oura publishes of it in the morning.

use physiology::Timestamp;

use crate::expedition::NEPAL_OFFSET_S;
use crate::traps;
use crate::versions::Versions;

use super::sleep::{EPOCH_S, SleepKind, SleepPeriod, Vitals};
use super::{Person, Stream, World, publish, score};

/// When somebody means to sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlannedSleep {
    pub(crate) kind: SleepKind,
    pub(crate) start: Timestamp,
    pub(crate) length_s: i64,
}

impl PlannedSleep {
    pub(crate) fn end(self) -> Timestamp {
        self.start.plus_seconds(self.length_s)
    }
}

/// `daily_sleep`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DailySleep {
    pub(crate) score: i64,
    /// Deep sleep, efficiency, latency, REM sleep, restfulness, timing, total sleep: 1–100.
    pub(crate) contributors: [i64; 7],
}

/// `daily_readiness`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Readiness {
    pub(crate) score: i64,
    /// °C.
    pub(crate) temperature_deviation: f64,
    /// °C.
    pub(crate) temperature_trend_deviation: f64,
    /// In the order of Oura's document: 1–100.
    pub(crate) contributors: [i64; 9],
}

/// `daily_spo2`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Spo2 {
    /// %, published with three decimals.
    pub(crate) average: Option<f64>,
    pub(crate) breathing_disturbance_index: Option<i64>,
}

/// `daily_resilience`: 1 limited to 5 exceptional.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Resilience {
    pub(crate) level: usize,
    /// Sleep recovery, daytime recovery, stress: 0–100.
    pub(crate) contributors: [f64; 3],
}

/// `daily_cardiovascular_age`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct VascularAge {
    pub(crate) years: i64,
    /// m/s.
    pub(crate) pulse_wave_velocity: f64,
}

impl World {
    /// The main sleeps of the night that ends on the day of `index`.
    pub(crate) fn main_sleeps(&self, who: &Person, index: i64) -> Vec<PlannedSleep> {
        let mut rng = self.noise(Stream::Sleep, who, index);
        let trekking = who.travels && (1..=11).contains(&index);
        let (bed, wake) = if trekking { (20.5, 5.8) } else { (22.75, 6.75) };
        let bed = bed + rng.normal() * 0.3;
        let wake = wake + rng.normal() * 0.25;
        let long = |start: Timestamp, end: Timestamp| PlannedSleep {
            kind: SleepKind::LongSleep,
            start,
            length_s: end.seconds_since(start).div_euclid(EPOCH_S) * EPOCH_S,
        };
        if who.landing() == Some(index) {
            // In the air from 20:00 UTC; asleep until just after touching down in Dubai.
            let start = self.calendar.at(index - 1, 21.5 + rng.unit() * 0.3, 0);
            let plane = long(start, self.calendar.at(index, 3.1, 0));
            let hotel = long(
                self.calendar.at(index, 16.5, NEPAL_OFFSET_S),
                self.calendar.at(index, 19.5, NEPAL_OFFSET_S),
            );
            return if who.index == 1 {
                vec![plane, hotel]
            } else {
                vec![plane]
            };
        }
        let start = self.local(who, index - 1, bed);
        let end = self.local(who, index, wake);
        if who.meets(traps::BROKEN_NIGHT, index) {
            let (woke, again) = (self.local(who, index, 0.6), self.local(who, index, 2.6));
            return vec![long(start, woke), long(again, end)];
        }
        vec![long(start, end)]
    }

    /// Every sleep of a day in the order Oura lists them.
    fn planned(&self, who: &Person, index: i64) -> Vec<PlannedSleep> {
        let short = |kind, hour, minutes: i64| PlannedSleep {
            kind,
            start: self.local(who, index, hour),
            length_s: minutes * 60,
        };
        let mut planned = Vec::new();
        for (person, day, late) in traps::NAPS_FIRST {
            if (person, day) == (who.index, index) {
                planned.push(if late {
                    short(SleepKind::LateNap, 15.5, 50)
                } else {
                    short(SleepKind::Sleep, 10.5, 55)
                });
            }
        }
        if !who.left_the_ring_off(index) {
            planned.extend(self.main_sleeps(who, index));
        }
        if who.meets(traps::REST, index) {
            planned.push(short(SleepKind::Rest, 16.0, 25));
        }
        if who.meets(traps::DELETED, index) {
            planned.push(short(SleepKind::Deleted, 14.0, 40));
        }
        planned
    }

    /// When the phone is first synced on the day of `index`: a while after getting up.
    pub(crate) fn morning_sync(&self, who: &Person, index: i64) -> Timestamp {
        let mut rng = self.noise(Stream::Token, who, index);
        let up = self.main_sleeps(who, index).into_iter().find(|sleep| {
            // The second sleep of the day of landing is in the evening.
            sleep.end() < self.local(who, index, 12.0) && self.local(who, index, 2.0) < sleep.end()
        });
        let up = up.map_or_else(|| self.local(who, index, 7.5), PlannedSleep::end);
        up.plus_seconds(rng.between(720.0, 2_280.0) as i64)
    }

    fn vitals(&self, who: &Person, index: i64, number: usize, kind: SleepKind) -> Vitals {
        let mut rng = self.noise(Stream::Vitals, who, index * 8 + number as i64);
        let fall = who.desaturation(self.calendar, index);
        let mut draw = || self.shared_normal(Stream::Vitals, who, index * 8, &mut rng);
        let main = kind == SleepKind::LongSleep;
        let heart_per_point = if who.index == 1 { 0.97 } else { 0.885 };
        let lowest = who.resting_heart_rate + heart_per_point * fall + draw();
        let hrv = who.hrv * (-0.0308 * fall).exp() * (1.0 + 0.055 * draw());
        Vitals {
            lowest_heart_rate: if main { lowest } else { lowest + 7.0 },
            hrv: if main { hrv } else { hrv * 0.8 },
            breaths_per_min: who.breath
                + 0.222 * fall
                + 0.22 * draw()
                + if main { 0.0 } else { 1.0 },
            breaths_per_s: index <= traps::LAST_BREATHS_PER_S,
            desaturation: fall,
            hole: who.meets(traps::SAMPLE_HOLE, index),
        }
    }

    /// `sleep`: every sleep of a day, in the order they are listed.
    pub(crate) fn sleeps(&self, who: &Person, index: i64) -> Vec<Versions<SleepPeriod>> {
        if !self.recorded(index) {
            return Vec::new();
        }
        let planned = self.planned(who, index).into_iter().enumerate();
        let mut sleeps: Vec<SleepPeriod> = planned
            .map(|(number, plan)| {
                let vitals = self.vitals(who, index, number, plan.kind);
                let mut rng = self.noise(Stream::Sleep, who, index * 8 + 1 + number as i64);
                let mut sleep =
                    SleepPeriod::new(plan.kind, plan.start, plan.length_s, vitals, &mut rng);
                sleep.start_offset_s = who.offset_s(plan.start);
                sleep.end_offset_s = who.offset_s(sleep.end());
                sleep
            })
            .collect();
        if let [.., first, second] = sleeps.as_mut_slice()
            && first.kind == SleepKind::LongSleep
            && second.kind == SleepKind::LongSleep
        {
            first.balance(second);
        }
        let morning = self.morning_sync(who, index);
        sleeps
            .into_iter()
            .map(|mut sleep| {
                let from = if sleep.end() <= morning {
                    morning
                } else {
                    self.next_sync(who, sleep.end())
                };
                if sleep.kind == SleepKind::LongSleep && who.meets(traps::CHANGED_SLEEP, index) {
                    let first = sleep.cut(2_700);
                    sleep.edited = true;
                    Versions::several(vec![(from, first), (self.changed_from(), sleep)])
                } else {
                    Versions::one(from, sleep)
                }
            })
            .collect()
    }

    fn changed_from(&self) -> Timestamp {
        let (index, hour) = traps::CHANGED_FROM;
        self.calendar.at(index, hour, NEPAL_OFFSET_S)
    }

    fn contributors<const N: usize>(
        &self,
        who: &Person,
        index: i64,
        around: i64,
        key: i64,
    ) -> [i64; N] {
        let mut rng = self.noise(Stream::Score, who, index * 8 + key);
        core::array::from_fn(|_| score(around as f64 + rng.normal() * 7.0))
    }

    /// `daily_sleep`; `None` where the ring was not worn.
    pub(crate) fn daily_sleep(&self, who: &Person, index: i64) -> Option<Versions<DailySleep>> {
        self.worn(who, index)?;
        let mut rng = self.noise(Stream::Score, who, index * 8);
        let fall = who.desaturation(self.calendar, index);
        let noise = self.shared_normal(Stream::Score, who, index * 8, &mut rng);
        let score = score(who.sleep_score - 0.95 * fall + 3.0 * noise);
        let value = DailySleep {
            score,
            contributors: self.contributors(who, index, score, 1),
        };
        let from = self.morning_sync(who, index);
        if who.meets(traps::CHANGED_SLEEP, index) {
            let first = DailySleep {
                score: (score - 6).max(1),
                ..value.clone()
            };
            return Some(Versions::several(vec![
                (from, first),
                (self.changed_from(), value),
            ]));
        }
        Some(Versions::one(from, value))
    }

    fn worn(&self, who: &Person, index: i64) -> Option<()> {
        (self.recorded(index) && !who.left_the_ring_off(index)).then_some(())
    }

    /// `daily_readiness`; `None` where the ring was not worn.
    pub(crate) fn readiness(&self, who: &Person, index: i64) -> Option<Versions<Readiness>> {
        self.worn(who, index)?;
        let mut rng = self.noise(Stream::Score, who, index * 8 + 2);
        let fall = who.desaturation(self.calendar, index);
        let mut draw = || self.shared_normal(Stream::Score, who, index * 8 + 2, &mut rng);
        let score = score(who.readiness - 1.45 * fall + 3.2 * draw());
        let warmth = 0.13 * draw() + 0.018 * fall;
        let value = Readiness {
            score,
            temperature_deviation: publish(warmth, 2),
            temperature_trend_deviation: publish(warmth * 0.4 + 0.02 * draw(), 2),
            contributors: self.contributors(who, index, score, 3),
        };
        let morning = self.morning_sync(who, index);
        let from = if who.meets(traps::LATE_READINESS, index) {
            let (late_index, hour) = traps::LATE_FROM;
            self.calendar.at(late_index, hour, NEPAL_OFFSET_S)
        } else {
            morning
        };
        Some(Versions::one(from, value))
    }

    /// `daily_spo2`; `None` where there is no document.
    pub(crate) fn spo2(&self, who: &Person, index: i64) -> Option<Versions<Spo2>> {
        self.worn(who, index)?;
        if who.meets(traps::SPO2_ABSENT, index) {
            return None;
        }
        let mut rng = self.noise(Stream::Spo2, who, index);
        let fall = who.desaturation(self.calendar, index);
        let noise = self
            .shared_normal(Stream::Spo2, who, index, &mut rng)
            .clamp(-2.5, 2.5);
        let average = publish((who.spo2 - fall + 0.3 * noise).min(99.8), 3);
        let disturbance = (3.0 + 1.3 * fall + 2.0 * rng.normal())
            .round()
            .clamp(0.0, 100.0) as i64;
        let measured = !who.meets(traps::SPO2_NULL, index);
        let value = Spo2 {
            average: measured.then_some(average),
            breathing_disturbance_index: measured.then_some(disturbance),
        };
        Some(Versions::one(self.morning_sync(who, index), value))
    }

    /// `daily_resilience`; `None` where the ring was not worn.
    pub(crate) fn resilience(&self, who: &Person, index: i64) -> Option<Versions<Resilience>> {
        self.worn(who, index)?;
        let mut rng = self.noise(Stream::Score, who, index * 8 + 4);
        let fall = who.desaturation(self.calendar, index);
        let level = (3.9 - 0.11 * fall + 0.4 * rng.normal())
            .round()
            .clamp(1.0, 5.0) as usize;
        let mut part = || {
            publish(
                (72.0 - 1.6 * fall + 6.0 * rng.normal()).clamp(0.0, 100.0),
                1,
            )
        };
        let value = Resilience {
            level,
            contributors: [part(), part(), part()],
        };
        Some(Versions::one(self.morning_sync(who, index), value))
    }

    /// `daily_cardiovascular_age`; `None` where the ring was not worn.
    pub(crate) fn vascular_age(&self, who: &Person, index: i64) -> Option<Versions<VascularAge>> {
        self.worn(who, index)?;
        let mut rng = self.noise(Stream::Score, who, index * 8 + 5);
        let fall = who.desaturation(self.calendar, index);
        let years = who.age as f64 - 2.0 + 0.12 * fall + 0.7 * rng.normal();
        let value = VascularAge {
            years: years.round().clamp(18.0, 100.0) as i64,
            pulse_wave_velocity: publish(6.1 + 0.03 * (years - 30.0), 2),
        };
        Some(Versions::one(self.morning_sync(who, index), value))
    }
}
