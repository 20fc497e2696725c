//! The record: the same for the same seed, plausible, and quick.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use physiology::{Day, DayRange, Metric};
use simulator::{Config, truth};

use crate::support::{Lab, NOW, config};

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn all_days() -> DayRange {
    DayRange::new(day("2020-01-01"), day("2030-01-01"))
}

pub fn values(config: &Config, subject: char, metric: Metric) -> BTreeMap<Day, f64> {
    truth(config, NOW.parse().unwrap(), subject, metric, all_days())
        .into_iter()
        .collect()
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let mut runs = Vec::new();
    for seed in [7, 7, 8] {
        let lab = Lab::with(Config { seed, ..config() }).await;
        let (oura, polar) = (lab.token("oura", "b").await, lab.registered("b").await);
        let mut bytes = String::new();
        let window = "start_date=2026-10-01&end_date=2026-10-14";
        for (collection, _) in crate::support::oura_rules::COLLECTIONS {
            let path = format!("/oura/v2/usercollection/{collection}?{window}");
            bytes.push_str(&lab.get(&path, &oura).await.text);
        }
        for path in [
            "users/sleep",
            "users/nightly-recharge",
            "users/activities?steps=true",
            "exercises?samples=true&zones=true&route=true",
            "users/cardio-load",
            "users/sleepwise/alertness",
            "users/sleepwise/circadian-bedtime",
            "users/continuous-heart-rate/2026-10-12",
            "users/physical-info",
        ] {
            // The links name the port, which is another in every run.
            let text = lab.get(&format!("/polar/v3/{path}"), &polar).await.text;
            bytes.push_str(&text.replace(lab.running.base_url().as_str(), "BASE/"));
        }
        bytes.push_str(&lab.get("/control/traps", "").await.text);
        runs.push((oura, bytes));
    }
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0].1, runs[2].1);
}

#[test]
fn the_newest_night_alarms_for_b_whatever_the_seed_and_the_hour() {
    for seed in 0..40 {
        for hour in 0..24 {
            let now: DateTime<Utc> = format!("2026-10-13T{hour:02}:30:00Z").parse().unwrap();
            let config = Config {
                seed,
                now: Some(now),
                ..Config::default()
            };
            let newest = |who| {
                *truth(&config, now, who, Metric::Spo2Night, all_days())
                    .last()
                    .unwrap()
            };
            let ((day_a, a), (day_b, b)) = (newest('a'), newest('b'));
            let trip = simulator::expedition(&config, now);
            if day_a != day_b || trip.day_number(day_b) != Some(9) {
                // Between six in the morning and the first sync the night is not there yet.
                let local = (hour * 60 + 30 + 345) % 1_440;
                assert!((360..420).contains(&local), "hour {hour}: {day_b}");
                continue;
            }
            assert!((65.0..75.0).contains(&b), "seed {seed} hour {hour}: {b}");
            assert!((76.0..80.5).contains(&a), "seed {seed} hour {hour}: {a}");
        }
    }
}

#[test]
fn altitude_takes_both_and_b_more() {
    let mean = |who, metric: Metric, from: &str, to: &str| {
        let range = DayRange::new(day(from), day(to));
        let values = truth(&config(), NOW.parse().unwrap(), who, metric, range);
        values.iter().map(|(_, value)| value).sum::<f64>() / values.len() as f64
    };
    let rise = |who, metric| {
        mean(who, metric, "2026-10-11", "2026-10-13")
            - mean(who, metric, "2026-09-21", "2026-10-01")
    };
    for who in ['a', 'b'] {
        let home = mean(who, Metric::Spo2Night, "2026-09-21", "2026-10-01");
        assert!((96.0..98.5).contains(&home), "{home}");
        assert!(rise(who, Metric::Spo2Night) < -12.0);
        assert!(rise(who, Metric::RestingHeartRate) > 8.0);
        assert!(rise(who, Metric::HrvRmssd) < -15.0);
        assert!(rise(who, Metric::RespiratoryRate) > 2.0);
        assert!(rise(who, Metric::SleepScore) < -8.0);
        assert!(rise(who, Metric::ReadinessScore) < -12.0);
        assert!(rise(who, Metric::TemperatureDeviation) > 0.1);
        assert!(rise(who, Metric::SleepEfficiency) < -2.0);
        assert!(rise(who, Metric::TrainingLoad) > 20.0);
    }
    assert!(rise('b', Metric::Spo2Night) < rise('a', Metric::Spo2Night) - 2.0);
}

#[tokio::test]
async fn others_stay_at_home() {
    let lab = Lab::with(Config {
        subjects: 4,
        ..config()
    })
    .await;
    for who in ["c", "d"] {
        let token = lab.token("oura", who).await;
        let sleeps = lab.all("sleep", &token).await;
        // At two in the morning they are still in bed.
        assert_eq!(sleeps.len(), 22);
        assert!(
            sleeps.last().unwrap()["bedtime_end"]
                .as_str()
                .unwrap()
                .ends_with("+00:00")
        );
        assert!(
            lab.truth(who, "spo2_night")
                .await
                .iter()
                .all(|(_, value)| *value > 95.0)
        );
        let polar = lab.registered(who).await;
        let exercises = lab.get("/polar/v3/exercises", &polar).await.json();
        assert!(exercises.as_array().unwrap().len() > 8);
    }
}

#[tokio::test]
async fn a_year_of_two_twins_is_read_in_seconds() {
    let lab = Lab::with(Config {
        days: 365,
        ..config()
    })
    .await;
    let begun = Instant::now();
    let mut documents = 0;
    for who in ["a", "b"] {
        let token = lab.token("oura", who).await;
        for (collection, _) in crate::support::oura_rules::COLLECTIONS {
            documents += lab.all(collection, &token).await.len();
        }
        if who == "b" {
            continue;
        }
        for month in 0..13 {
            let start = day("2025-10-14").plus(month * 29);
            let query = format!(
                "start_datetime={start}T00:00:00Z&end_datetime={}T00:00:00Z",
                start.plus(29)
            );
            documents += lab.pages("heartrate", &token, &query).await.0.len();
        }
    }
    assert!(documents > 150_000, "{documents}");
    // Unoptimised, on a busy machine; a tenth of it otherwise.
    assert!(
        begun.elapsed() < Duration::from_mins(1),
        "{:?}",
        begun.elapsed()
    );
}
