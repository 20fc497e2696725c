//! Every trap of the record is where it is said to be.

use chrono::DateTime;
use physiology::Metric;
use serde_json::Value;

use crate::support::{Lab, config};
use crate::twins::{day, values};

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
    assert_eq!(recharge["ans_charge"].as_f64(), Some(0.0));
    assert_eq!(
        get("nightly-recharge/2026-09-29").await["ans_charge"].as_f64(),
        Some(-1.0)
    );
    let charges = values(&config(), 'a', Metric::AnsCharge);
    assert_eq!(charges.get(&day("2026-09-29")), Some(&-1.0));
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
