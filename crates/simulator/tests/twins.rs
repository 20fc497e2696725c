//! The record: the same for the same seed, true to the documents, and with every trap in it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use physiology::{Day, DayRange, Metric};
use serde_json::Value;
use simulator::{Config, truth};
use support::{Lab, NOW, config};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn all_days() -> DayRange {
    DayRange::new(day("2020-01-01"), day("2030-01-01"))
}

fn values(config: &Config, subject: char, metric: Metric) -> BTreeMap<Day, f64> {
    truth(config, NOW.parse().unwrap(), subject, metric, all_days())
        .into_iter()
        .collect()
}

/// What the documents say, worked out here and not by the simulator.
fn by_day(documents: &[Value], value: impl Fn(&Value) -> Option<f64>) -> BTreeMap<Day, f64> {
    let pair = |document: &Value| Some((day(document["day"].as_str()?), value(document)?));
    documents.iter().filter_map(pair).collect()
}

fn nights(sleeps: &[Value]) -> BTreeMap<Day, Vec<&Value>> {
    let mut nights = BTreeMap::<Day, Vec<&Value>>::new();
    for sleep in sleeps.iter().filter(|sleep| sleep["type"] == "long_sleep") {
        nights
            .entry(day(sleep["day"].as_str().unwrap()))
            .or_default()
            .push(sleep);
    }
    nights
}

fn weighed(sleeps: &[Value], value: impl Fn(&Value) -> f64) -> BTreeMap<Day, f64> {
    let mean = |night: &Vec<&Value>| {
        let weight = |sleep: &&Value| sleep["total_sleep_duration"].as_f64().unwrap();
        let sum: f64 = night.iter().map(|sleep| value(sleep) * weight(sleep)).sum();
        if night.len() == 1 {
            value(night[0])
        } else {
            sum / night.iter().map(weight).sum::<f64>()
        }
    };
    nights(sleeps)
        .iter()
        .map(|(day, night)| (*day, mean(night)))
        .collect()
}

#[tokio::test]
async fn truth_is_what_the_documents_say() {
    let lab = Lab::new().await;
    for (who, letter) in [("a", 'a'), ("b", 'b')] {
        let token = lab.token("oura", who).await;
        let polar = lab.registered(who).await;
        let sleeps = lab.all("sleep", &token).await;
        let score = |document: &Value| document["score"].as_f64();
        let breath = |sleep: &Value| {
            let breath = sleep["average_breath"].as_f64().unwrap();
            if breath < 1.0 { breath * 60.0 } else { breath }
        };
        let nights_of_polar = lab.get("/polar/v3/users/sleep", &polar).await.json();
        let polar_sleep: BTreeMap<Day, f64> = nights_of_polar["nights"]
            .as_array()
            .unwrap()
            .iter()
            .map(|night| {
                let stage = |name: &str| night[name].as_f64().unwrap();
                let asleep = stage("light_sleep") + stage("deep_sleep") + stage("rem_sleep");
                (day(night["date"].as_str().unwrap()), asleep)
            })
            .collect();
        let recharges = lab
            .get("/polar/v3/users/nightly-recharge", &polar)
            .await
            .json();
        let recharged = |name: &str| -> BTreeMap<Day, f64> {
            let list = recharges["recharges"].as_array().unwrap().iter();
            let pair = |one: &Value| Some((day(one["date"].as_str()?), one[name].as_f64()?));
            list.filter_map(pair)
                .filter(|(_, value)| *value > 0.0)
                .collect()
        };
        let mut asleep = polar_sleep;
        for (day, night) in nights(&sleeps) {
            let sum = night
                .iter()
                .map(|sleep| sleep["total_sleep_duration"].as_f64().unwrap())
                .sum();
            asleep.insert(day, sum);
        }
        let mut breathing = recharged("breathing_rate_avg");
        breathing.extend(weighed(&sleeps, breath));
        let loads = lab.get("/polar/v3/users/cardio-load", &polar).await.json();
        let loads: BTreeMap<Day, f64> = loads
            .as_array()
            .unwrap()
            .iter()
            .map(|load| {
                (
                    day(load["date"].as_str().unwrap()),
                    load["cardio_load"].as_f64().unwrap(),
                )
            })
            .filter(|(_, load)| *load >= 0.0)
            .collect();
        let spo2 = |document: &Value| document["spo2_percentage"]["average"].as_f64();
        let minutes = |document: &Value| Some(document["stress_high"].as_f64()? / 60.0);
        let level = |document: &Value| {
            let levels = ["limited", "adequate", "solid", "strong", "exceptional"];
            let place = levels
                .iter()
                .position(|level| document["level"] == *level)?;
            Some(place as f64 + 1.0)
        };
        let mut steps: BTreeMap<Day, f64> = lab
            .get("/polar/v3/users/activities", &polar)
            .await
            .json()
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                (
                    day(&one["start_time"].as_str().unwrap()[..10]),
                    one["steps"].as_f64().unwrap(),
                )
            })
            .collect();
        let activity = lab.all("daily_activity", &token).await;
        steps.extend(by_day(&activity, |document| document["steps"].as_f64()));
        let expected = [
            (
                Metric::SleepScore,
                by_day(&lab.all("daily_sleep", &token).await, score),
            ),
            (
                Metric::ReadinessScore,
                by_day(&lab.all("daily_readiness", &token).await, score),
            ),
            (
                Metric::Spo2Night,
                by_day(&lab.all("daily_spo2", &token).await, spo2),
            ),
            (
                Metric::StressHigh,
                by_day(&lab.all("daily_stress", &token).await, minutes),
            ),
            (
                Metric::Resilience,
                by_day(&lab.all("daily_resilience", &token).await, level),
            ),
            (Metric::Steps, steps),
            (Metric::TotalSleep, asleep),
            (Metric::RespiratoryRate, breathing),
            (
                Metric::RestingHeartRate,
                weighed(&sleeps, |s| s["lowest_heart_rate"].as_f64().unwrap()),
            ),
            (
                Metric::HrvRmssd,
                weighed(&sleeps, |s| s["average_hrv"].as_f64().unwrap()),
            ),
            (
                Metric::SleepEfficiency,
                weighed(&sleeps, |s| s["efficiency"].as_f64().unwrap()),
            ),
            (
                Metric::NightlyRechargeHrvRmssd,
                recharged("heart_rate_variability_avg"),
            ),
            (Metric::TrainingLoad, loads),
        ];
        for (metric, expected) in expected {
            assert!(expected.len() >= 12, "{who} {metric} {}", expected.len());
            assert_eq!(
                values(&config(), letter, metric),
                expected,
                "{who} {metric}"
            );
            let over_http = lab.truth(who, metric.id()).await;
            let over_http: BTreeMap<Day, f64> = over_http
                .into_iter()
                .map(|(text, value)| (day(&text), value))
                .collect();
            assert_eq!(over_http, expected, "{who} {metric} over HTTP");
        }
    }
}

#[tokio::test]
async fn what_was_not_granted_has_no_truth() {
    let lab = Lab::new().await;
    let wish = serde_json::json!({"provider": "oura", "subject": "a", "scope": "daily"});
    lab.control("POST", "token", wish).await;
    assert!(lab.truth("a", "spo2_night").await.is_empty());
    assert!(!lab.truth("a", "sleep_score").await.is_empty());
    assert!(!lab.truth("b", "spo2_night").await.is_empty());
}

#[tokio::test]
async fn the_same_seed_gives_the_same_bytes() {
    let mut runs = Vec::new();
    for seed in [7, 7, 8] {
        let lab = Lab::with(Config { seed, ..config() }).await;
        let (oura, polar) = (lab.token("oura", "b").await, lab.registered("b").await);
        let mut bytes = String::new();
        let window = "start_date=2026-10-01&end_date=2026-10-14";
        for (collection, _) in support::oura_rules::COLLECTIONS {
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
async fn every_trap_of_the_sleeps_is_there() {
    let lab = Lab::new().await;
    let sleeps = [
        lab.all("sleep", &lab.token("oura", "a").await).await,
        lab.all("sleep", &lab.token("oura", "b").await).await,
    ];
    let of = |who: usize, date: &str| -> Vec<&Value> {
        sleeps[who]
            .iter()
            .filter(|sleep| sleep["day"] == date)
            .collect()
    };
    let kinds = |who, date| -> Vec<&str> {
        of(who, date)
            .iter()
            .map(|sleep| sleep["type"].as_str().unwrap())
            .collect()
    };
    assert_eq!(
        kinds(0, "2026-10-04"),
        ["sleep", "long_sleep"],
        "a nap comes first"
    );
    assert_eq!(kinds(1, "2026-10-10"), ["late_nap", "long_sleep"]);
    assert_eq!(kinds(0, "2026-10-11"), ["long_sleep", "long_sleep"]);
    assert_eq!(kinds(1, "2026-10-03"), ["long_sleep", "long_sleep"]);
    assert_eq!(kinds(0, "2026-10-01"), ["long_sleep", "rest"]);
    assert_eq!(kinds(1, "2026-09-29"), ["long_sleep", "deleted"]);
    for (who, date) in [(1, "2026-09-26"), (1, "2026-09-27"), (0, "2026-10-08")] {
        assert!(kinds(who, date).is_empty(), "not worn on {date}");
    }
    assert!(of(0, "2026-09-22")[0]["average_breath"].as_f64().unwrap() < 1.0);
    assert!(of(0, "2026-09-24")[0]["average_breath"].as_f64().unwrap() > 10.0);
    let nulls = of(0, "2026-09-28")[0]["heart_rate"]["items"]
        .as_array()
        .unwrap()
        .iter();
    assert!(nulls.filter(|item| item.is_null()).count() >= 6);
    // The flights, B a day before A.
    let offsets = |who, date| {
        let sleep = of(who, date)[usize::from(who == 0)];
        let offset = |name: &str| sleep[name].as_str().unwrap()[19..].to_owned();
        (offset("bedtime_start"), offset("bedtime_end"))
    };
    let flight = ("+00:00".to_owned(), "+04:00".to_owned());
    assert_eq!(offsets(0, "2026-10-04"), flight);
    let b = of(1, "2026-10-03")[0];
    assert!(b["bedtime_start"].as_str().unwrap().ends_with("+00:00"));
    assert!(b["bedtime_end"].as_str().unwrap().ends_with("+04:00"));
    assert!(
        of(1, "2026-10-04")[0]["bedtime_start"]
            .as_str()
            .unwrap()
            .ends_with("+05:45")
    );
    // The night the clocks went back.
    for who in 0..2 {
        let night = of(who, "2026-09-30")[0];
        let clock = |name: &str| night[name].as_str().unwrap().to_owned();
        assert!(clock("bedtime_start").ends_with("+01:00"));
        assert!(clock("bedtime_end").ends_with("+00:00"));
        let [start, end] = ["bedtime_start", "bedtime_end"]
            .map(|name| DateTime::parse_from_rfc3339(&clock(name)).unwrap());
        assert_eq!(night["time_in_bed"], (end - start).num_seconds());
    }
}

#[tokio::test]
async fn every_other_trap_is_there() {
    let lab = Lab::new().await;
    let (a, b) = (lab.token("oura", "a").await, lab.token("oura", "b").await);
    let on = |documents: &[Value], date: &str| -> Option<Value> {
        documents
            .iter()
            .find(|document| document["day"] == date)
            .cloned()
    };
    let spo2 = lab.all("daily_spo2", &a).await;
    assert!(on(&spo2, "2026-09-24").unwrap()["spo2_percentage"].is_null());
    assert!(on(&lab.all("daily_spo2", &b).await, "2026-10-07").is_none());
    let activity = lab.all("daily_activity", &a).await;
    let today = on(&activity, "2026-10-13").unwrap();
    assert!(today["score"].is_null());
    assert!(today["met"]["items"].as_array().unwrap().len() < 400);
    assert_eq!(
        on(&activity, "2026-10-12").unwrap()["met"]["items"]
            .as_array()
            .unwrap()
            .len(),
        1_440
    );
    let stress = lab.all("daily_stress", &a).await;
    assert!(on(&stress, "2026-10-13").unwrap()["stress_high"].is_null());
    assert!(on(&lab.all("daily_activity", &b).await, "2026-09-27").is_none());
    assert!(values(&config(), 'b', Metric::Steps).contains_key(&day("2026-09-27")));
    assert_eq!(
        lab.get("/oura/v2/usercollection/heartrate", &b)
            .await
            .status,
        403
    );
    assert_eq!(
        lab.get("/oura/v2/usercollection/heartrate", &a)
            .await
            .status,
        200
    );

    let polar = lab.registered("a").await;
    let get = |path: &'static str| {
        let (lab, polar) = (&lab, &polar);
        async move {
            lab.get(&format!("/polar/v3/users/{path}"), polar)
                .await
                .json()
        }
    };
    let night = get("sleep/2026-09-28").await;
    assert_eq!(
        (
            night["sleep_score"].as_i64(),
            night["sleep_charge"].as_i64()
        ),
        (Some(-1), Some(0))
    );
    let recharge = get("nightly-recharge/2026-09-28").await;
    assert_eq!(recharge["heart_rate_avg"], 0);
    assert_eq!(recharge["heart_rate_variability_avg"], -1);
    assert_eq!(recharge["breathing_rate_avg"].as_f64(), Some(-1.0));
    let load = get("cardio-load/2026-09-25").await;
    assert_eq!(load[0]["cardio_load"].as_f64(), Some(-1.0));
    for (metric, date) in [
        (Metric::PolarSleepScore, "2026-09-28"),
        (Metric::NightlyRecharge, "2026-09-28"),
        (Metric::AnsCharge, "2026-09-28"),
        (Metric::TrainingLoad, "2026-09-25"),
        (Metric::Strain, "2026-09-25"),
        (Metric::Spo2Night, "2026-09-24"),
    ] {
        assert!(
            !values(&config(), 'a', metric).contains_key(&day(date)),
            "{metric} on {date}"
        );
    }
    let traps = lab.get("/control/traps", "").await.json();
    assert!(traps.as_array().unwrap().len() >= 25);
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
        for (collection, _) in support::oura_rules::COLLECTIONS {
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
