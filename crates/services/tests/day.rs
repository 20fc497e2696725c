//! The day's page against the simulated record and the documents as they came.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use std::collections::BTreeMap;

use chrono::{DateTime, Timelike as _};
use common::World;
use physiology::{Day, DayRange, Metric, Missing, SleepStage, Source, StageSpan, Twin, Vendor};
use serde_json::Value;
use services::{DayQuery, Viewer};
use views::day::{ClockChoice, ClockSample, ClockSpan, DayView, Night, Trace};

/// Day 9, when everything is asked.
fn today() -> Day {
    "2026-10-13".parse().unwrap()
}

/// A day by its index: 0 is the first day of the trek.
fn index(index: i64) -> Day {
    today().plus(index - 8)
}

async fn day(world: &World, day: Day, clock: ClockChoice) -> DayView {
    let query = DayQuery {
        day: Some(day),
        clock,
    };
    world.services.day(&Viewer::System, query).await.unwrap()
}

/// The documents of a day as they came.
async fn documents(
    world: &World,
    twin: Twin,
    vendor: Vendor,
    collection: &str,
    day: Day,
) -> Vec<Value> {
    let subject = world.pair.of(twin).id;
    let visible = Viewer::System.may_see(&[subject]);
    let kept = world
        .store
        .documents_of_day(&visible, subject, vendor, collection, Some(day))
        .await
        .unwrap();
    kept.iter()
        .map(|document| serde_json::from_str(&document.body).unwrap())
        .collect()
}

fn truth(twin: Twin, metric: Metric) -> BTreeMap<Day, f64> {
    let letter = if twin == Twin::A { 'a' } else { 'b' };
    let range = DayRange::new(index(-20), today());
    simulator::truth(&common::record(), common::now(), letter, metric, range)
        .into_iter()
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn hypnograms_add_up_to_the_daily_stages() {
    let world = World::synced().await;
    let stages = [
        (SleepStage::Awake, Metric::AwakeTime),
        (SleepStage::Rem, Metric::RemSleep),
        (SleepStage::Light, Metric::LightSleep),
        (SleepStage::Deep, Metric::DeepSleep),
    ];
    let mut nights = 0;
    for twin in Twin::BOTH {
        let truths = stages.map(|(_, metric)| truth(twin, metric));
        for of in DayRange::new(index(-14), today()).days() {
            let view = day(&world, of, ClockChoice::Own).await;
            let Night::Slept(night) = &view.nights.twins[usize::from(twin == Twin::B)] else {
                continue;
            };
            nights += 1;
            assert!(!night.stages.is_empty(), "{twin:?} on {of}");
            // The simulated watch draws its course by itself, apart from its durations.
            if night.source == Source::Polar {
                continue;
            }
            for ((stage, metric), truth) in stages.into_iter().zip(&truths) {
                let drawn: i32 = night
                    .stages
                    .iter()
                    .filter(|span| span.stage == stage)
                    .map(|span| span.length_s())
                    .sum();
                let known = truth.get(&of).copied().unwrap_or(0.0);
                assert_eq!(f64::from(drawn), known, "{metric} of {twin:?} on {of}");
            }
            let in_bed = |span: &StageSpan| {
                let mut beds = night.sleeps.iter();
                beds.any(|bed| bed.from_s <= span.from_s && span.to_s <= bed.to_s)
            };
            assert!(night.stages.iter().all(in_bed), "{twin:?} on {of}");
        }
    }
    // 23 nights each, less those not worn; one of them the watch has instead.
    assert_eq!(nights, 2 * 23 - 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn bedtimes_are_what_the_wearers_clock_showed() {
    let world = World::synced().await;
    let mut compared = 0;
    for of in DayRange::new(index(-14), today()).days() {
        let view = day(&world, of, ClockChoice::Own).await;
        for twin in Twin::BOTH {
            let mut told: Vec<(DateTime<_>, DateTime<_>)> =
                documents(&world, twin, Vendor::Oura, "sleep", of)
                    .await
                    .iter()
                    .filter(|sleep| sleep["type"] == "long_sleep")
                    .map(|sleep| {
                        let time = |field: &str| {
                            DateTime::parse_from_rfc3339(sleep[field].as_str().unwrap()).unwrap()
                        };
                        (time("bedtime_start"), time("bedtime_end"))
                    })
                    .collect();
            told.sort();
            let Some((_, got_up)) = told.last().copied() else {
                continue;
            };
            let Night::Slept(night) = &view.nights.twins[usize::from(twin == Twin::B)] else {
                panic!("{twin:?} slept on {of}");
            };
            assert_eq!(night.sleeps.len(), told.len());
            // The hour on the wrist, read off the document's own text.
            let shown = night.sleeps.last().unwrap().to_s;
            assert_eq!(shown, got_up.num_seconds_from_midnight() as i32, "{of}");
            assert_eq!(
                view.own_offsets_s[usize::from(twin == Twin::B)],
                got_up.offset().local_minus_utc()
            );
            for (span, (start, end)) in night.sleeps.iter().zip(&told) {
                let length = (*end - *start).num_seconds();
                assert_eq!(i64::from(span.to_s - span.from_s), length);
            }
            compared += 1;
        }
    }
    assert_eq!(compared, 2 * 23 - 3);
}

/// Second by second, without wit: a sample stands until the next, five minutes at most.
fn mean(samples: &[ClockSample]) -> (f64, usize) {
    let mut seconds = vec![None; 86_400];
    for (at_s, value) in samples {
        for second in *at_s..(*at_s + 300).min(86_400) {
            seconds[second as usize] = Some((*at_s, *value));
        }
    }
    let values: Vec<f64> = seconds
        .into_iter()
        .flatten()
        .map(|(_, value)| value)
        .collect();
    (
        values.iter().sum::<f64>() / values.len() as f64,
        values.len(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ring_s_day_is_summed_up_as_its_rows_say() {
    let world = World::synced().await;
    for of in [index(-6), index(4), index(7)] {
        let view = day(&world, of, ClockChoice::Own).await;
        let mut rows: Vec<ClockSample> = Vec::new();
        for utc_day in [of.plus(-1), of, of.plus(1)] {
            for document in documents(&world, Twin::A, Vendor::Oura, "heartrate", utc_day).await {
                rows.extend(document.as_array().unwrap().iter().map(|row| {
                    let at = DateTime::parse_from_rfc3339(row["timestamp"].as_str().unwrap());
                    let local_s = at.unwrap().timestamp() + i64::from(view.own_offsets_s[0]);
                    let at_s = local_s - of.days_since_epoch() * 86_400;
                    (at_s as i32, row["bpm"].as_f64().unwrap())
                }));
            }
        }
        rows.retain(|(at_s, _)| (0..86_400).contains(at_s));
        rows.sort_by_key(|(at_s, _)| *at_s);
        assert!(rows.len() > 250, "{} rows on {of}", rows.len());

        let Trace::Measured(trace) = &view.hearts[0].trace else {
            panic!("A wore the ring on {of}");
        };
        assert_eq!(trace.source, Source::Oura);
        let highest = rows.iter().map(|row| row.1).fold(0.0, f64::max);
        assert_eq!(trace.peak.1, highest);
        assert!(rows.contains(&trace.peak));
        let (mean, measured_s) = mean(&rows);
        assert!((trace.mean_bpm - mean).abs() < 1e-9, "{of}");
        assert_eq!(trace.measured_s as usize, measured_s);
        assert!(trace.samples.iter().all(|sample| rows.contains(sample)));
        assert_eq!(trace.hours.len(), 24);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wall_clock_series_lies_where_the_watch_showed_it() {
    let world = World::synced().await;
    // B refused the ring's heart rate: the watch's stands in, told in times of day alone.
    let of = index(-2);
    let told = documents(&world, Twin::B, Vendor::Polar, "continuous_heart_rate", of).await;
    let told: Vec<ClockSample> = told
        .iter()
        .flat_map(|document| document["heart_rate_samples"].as_array().unwrap())
        .map(|sample| {
            let clock = sample["sample_time"].as_str().unwrap();
            let part = |at: usize| clock[at..at + 2].parse::<i32>().unwrap();
            (
                3_600 * part(0) + 60 * part(3) + part(6),
                sample["heart_rate"].as_f64().unwrap(),
            )
        })
        .collect();
    assert!(told.len() > 100);
    let own = day(&world, of, ClockChoice::Own).await;
    let Trace::Measured(trace) = &own.hearts[1].trace else {
        panic!("B wore the watch");
    };
    assert_eq!(trace.source, Source::Polar);
    for sample in &told {
        assert!(trace.samples.contains(sample), "{sample:?}");
    }

    // On one clock the same samples lie as much earlier as B was ahead of the party.
    let shared = day(&world, of, ClockChoice::Shared).await;
    let ahead_s = shared.own_offsets_s[1] - shared.party_offset_s;
    assert!(ahead_s > 0, "B was ahead on the day it flew");
    assert_eq!((shared.own_offsets_s, shared.day), (own.own_offsets_s, of));
    let Trace::Measured(moved) = &shared.hearts[1].trace else {
        panic!("B wore the watch");
    };
    let same = told
        .iter()
        .map(|(at_s, value)| (at_s - ahead_s, *value))
        .filter(|(at_s, _)| *at_s >= 0);
    let mut compared = 0;
    for sample in same {
        assert!(moved.samples.contains(&sample), "{sample:?}");
        compared += 1;
    }
    assert!(compared > 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_without_a_night_says_why_and_keeps_the_rest() {
    let world = World::synced().await;
    let view = day(&world, index(3), ClockChoice::Own).await;
    assert_eq!(view.nights.twins[0], Night::Missing(Missing::NotWorn));
    assert!(view.nights.twins[1].slept().is_some());
    let view = day(&world, index(-8), ClockChoice::Own).await;
    assert_eq!(view.nights.twins[1], Night::Missing(Missing::NotWorn));

    // The watch alone has this night.
    let view = day(&world, index(-9), ClockChoice::Own).await;
    let night = view.nights.twins[1].slept().unwrap();
    assert_eq!(night.source, Source::Polar);
    assert!(!night.stages.is_empty());

    let tomorrow = day(&world, today().plus(1), ClockChoice::Own).await;
    for (night, heart) in tomorrow.nights.twins.iter().zip(&tomorrow.hearts) {
        assert_eq!(*night, Night::Missing(Missing::NotSynced));
        assert_eq!(heart.trace, Trace::Missing(Missing::NotSynced));
    }
    assert_eq!(
        tomorrow.nights.axis,
        ClockSpan {
            from_s: -7_200,
            to_s: 25_200
        }
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_asked_is_the_newest_day_and_an_empty_house_answers() {
    let world = World::synced().await;
    let newest = world
        .services
        .day(&Viewer::System, DayQuery::default())
        .await
        .unwrap();
    assert_eq!((newest.day, newest.newest), (today(), Some(today())));
    assert_eq!(newest.day_number, Some(9));
    assert_eq!(newest.place.as_deref(), Some("Gorak Shep"));
    assert_eq!(newest.own_offsets_s, [20_700; 2]);
    assert_eq!(newest.party_offset_s, 20_700);
    let workouts = day(&world, index(4), ClockChoice::Own).await;
    for heart in &workouts.hearts {
        assert_eq!(heart.workouts.len(), 1, "one walk, whoever recorded it");
        assert_eq!(heart.workouts[0].name, "Hiking");
        assert_eq!(heart.asleep.len(), 2, "a morning and an evening in bed");
    }

    let empty = World::new().await;
    let view = empty
        .services
        .day(&Viewer::System, DayQuery::default())
        .await
        .unwrap();
    assert_eq!((view.newest, view.oldest), (None, None));
    for (night, heart) in view.nights.twins.iter().zip(&view.hearts) {
        assert_eq!(*night, Night::Missing(Missing::NotConnected));
        assert_eq!(heart.trace, Trace::Missing(Missing::NotConnected));
    }
}
