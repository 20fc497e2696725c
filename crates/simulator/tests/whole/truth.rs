//! The truth is what the documents say, worked out here once more.

use std::collections::BTreeMap;

use physiology::{Day, Metric};
use serde_json::Value;
use simulator::Config;

use crate::support::{Lab, config};
use crate::twins::{day, values};

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
    for seed in 1..=4 {
        compare(Config { seed, ..config() }).await;
    }
}

async fn compare(config: Config) {
    let lab = Lab::with(config.clone()).await;
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
            assert_eq!(values(&config, letter, metric), expected, "{who} {metric}");
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
