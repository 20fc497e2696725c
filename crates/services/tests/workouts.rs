//! What the page of workouts shows is what the generator of the twins knows.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use std::collections::BTreeMap;

use common::World;
use physiology::units::WeekStart;
use physiology::{Day, DayRange, Profile, Sex, Source, Twin, Units, Week};
use services::{Role, Viewer, WorkoutsQuery};
use simulator::TrueWorkout;
use store::AccountId;
use views::notes::NewNote;
use views::workouts::{ActivityFilter, Lacking, NoWorkout, Provenance, TwinSheet, Workouts};

fn truth(twin: Twin) -> Vec<TrueWorkout> {
    let letter = if twin == Twin::A { 'a' } else { 'b' };
    simulator::true_workouts(&common::record(), common::now(), letter)
}

fn today() -> Day {
    Day::of_utc(common::now().into())
}

async fn week(world: &World, of: Day, filter: ActivityFilter) -> Workouts {
    let query = WorkoutsQuery {
        week: Some(of),
        day: Some(of),
        filter,
    };
    world
        .services
        .workouts(&Viewer::System, query)
        .await
        .unwrap()
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!(
        (found - expected).abs() < 1e-6,
        "{found}, expected {expected}"
    );
}

/// The mean and the highest of what was recorded.
fn mean_and_max(workout: &TrueWorkout) -> (f64, f64) {
    let known: Vec<f64> = workout
        .heart_rate_bpm
        .iter()
        .flatten()
        .map(|bpm| *bpm as f64)
        .collect();
    let sum: f64 = known.iter().sum();
    (
        sum / known.len() as f64,
        known.iter().copied().fold(0.0, f64::max),
    )
}

/// Banister's sum, written once more: every sample stands for its 5 s, the last before a gap of
/// samples for the time to the next, half a minute at most, and the very last for nothing.
fn each_sample(workout: &TrueWorkout, mut take: impl FnMut(f64, f64)) {
    let known: Vec<(i64, f64)> = (0_i64..)
        .zip(&workout.heart_rate_bpm)
        .filter_map(|(nth, bpm)| Some((nth * TrueWorkout::SAMPLE_S, (*bpm)? as f64)))
        .collect();
    for pair in known.windows(2) {
        take(pair[0].1, ((pair[1].0 - pair[0].0) as f64).min(30.0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_day_is_the_generators() {
    let world = World::synced().await;
    let mut compared = 0;
    for twin in Twin::BOTH {
        let mut by_day: BTreeMap<Day, Vec<TrueWorkout>> = BTreeMap::new();
        for workout in truth(twin) {
            by_day.entry(workout.day).or_default().push(workout);
        }
        let index = usize::from(twin == Twin::B);
        for day in DayRange::new(today().plus(-22), today()).days() {
            let page = week(&world, day, ActivityFilter::All).await;
            let row = page.days.iter().find(|row| row.day == day).unwrap();
            let cell = &row.cells[index];
            let Some(workouts) = by_day.get(&day) else {
                assert_eq!(cell.totals.sessions, 0, "{twin:?} {day}");
                let expected = if day == today() {
                    NoWorkout::NoneYet
                } else {
                    NoWorkout::Rest
                };
                assert_eq!(cell.none, Some(expected), "{twin:?} {day}");
                continue;
            };
            // Both vendors tell of each, and each is shown once.
            assert_eq!(cell.totals.sessions, workouts.len(), "{twin:?} {day}");
            let sum = |read: &dyn Fn(&TrueWorkout) -> f64| workouts.iter().map(read).sum::<f64>();
            near(cell.totals.duration_s, sum(&|one| one.length_s as f64));
            near(cell.totals.calories_kcal, sum(&|one| one.calories_kcal));
            if workouts.iter().any(|one| one.distance_m.is_some()) {
                let metres = sum(&|one| one.distance_m.unwrap_or_default());
                near(cell.totals.distance_m, metres);
            } else {
                assert_eq!(cell.totals.distance_m, None);
            }
            if workouts.iter().all(|one| one.is_served_by_polar) {
                near(cell.totals.cardio_load, sum(&|one| one.cardio_load));
                let (mean, _) = mean_and_max(&workouts[0]);
                near(cell.totals.average_heart_rate_bpm, mean.round());
            } else {
                assert_eq!(cell.totals.cardio_load, None, "{twin:?} {day}");
            }
            let sheet = page.sheet.unwrap();
            let line = &sheet.twins[index].workouts[0];
            let told = if workouts[0].is_served_by_polar {
                vec![Source::Polar, Source::Oura]
            } else {
                vec![Source::Oura]
            };
            assert_eq!(line.sources, told);
            assert_eq!(line.activity.id(), workouts[0].activity);
            compared += 1;
        }
    }
    assert!(compared > 20, "only {compared} days were compared");
}

fn figures(twin: &TwinSheet) -> views::workouts::HeartFigures {
    twin.heart.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn training_impulses_are_those_of_the_samples() {
    let world = World::synced().await;
    let profile = Profile {
        sex: Some(Sex::Male),
        resting_heart_rate_bpm: Some(52.0),
        max_heart_rate_bpm: Some(188.0),
        ..Profile::default()
    };
    let mut a = world.pair.a.clone();
    a.profile = profile;
    world.store.put_subject(&a).await.unwrap();

    let workout = truth(Twin::A).pop().unwrap();
    let page = week(&world, workout.day, ActivityFilter::All).await;
    let sheet = page.sheet.unwrap();
    let [of_a, of_b] = &sheet.twins;

    let (mean, max) = mean_and_max(&workout);
    let heart = figures(of_a);
    near(Some(heart.average_bpm), mean);
    near(Some(heart.max_bpm), max);
    let (mut banister, mut edwards, mut in_zone_s) = (0.0, 0.0, [0.0; 5]);
    each_sample(&workout, |bpm, seconds| {
        let share = (bpm - 52.0) / (188.0 - 52.0);
        banister += seconds / 60.0 * share * 0.64 * (1.92 * share).exp();
        let tenth = (bpm / 18.8).floor();
        if tenth >= 5.0 {
            edwards += seconds / 60.0 * (tenth - 4.0);
            in_zone_s[tenth as usize - 5] += seconds;
        }
    });
    near(heart.banister.ok(), banister);
    near(heart.edwards.ok(), edwards);
    for (found, expected) in heart.in_zone_s.unwrap().into_iter().zip(in_zone_s) {
        near(Some(found), expected);
    }
    let lost = workout
        .heart_rate_bpm
        .iter()
        .filter(|bpm| bpm.is_none())
        .count() as f64;
    let share = 1.0 - lost / workout.heart_rate_bpm.len() as f64;
    near(Some(heart.recorded_share), share);
    assert_eq!(of_a.zones.unwrap().max_from, Provenance::Entered);

    // Nobody entered anything of B: zones are estimated from what was measured, and said to be; a
    // formula that differs by sex is not guessed at.
    let highest = truth(Twin::B)
        .iter()
        .filter(|one| one.is_served_by_polar)
        .map(|one| mean_and_max(one).1)
        .fold(0.0, f64::max);
    let zones = of_b.zones.unwrap();
    assert_eq!(zones.max_from, Provenance::Measured);
    assert_eq!(zones.max_bpm, Some(highest));
    let heart = figures(of_b);
    assert_eq!(heart.banister, Err(Lacking::Sex));
    assert_eq!(heart.rest_from, Provenance::Measured);
    assert!(heart.edwards.is_ok() && heart.rest_bpm.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trace_keeps_gaps_and_extremes() {
    let world = World::synced().await;
    // The longest one: two minutes without contact.
    let workout = truth(Twin::B)
        .into_iter()
        .filter(|one| one.is_served_by_polar)
        .max_by_key(|one| one.length_s)
        .unwrap();
    let page = week(&world, workout.day, ActivityFilter::All).await;
    let sheet = page.sheet.unwrap();
    let twin = &sheet.twins[1];
    let midnight = workout
        .day
        .start_utc()
        .plus_seconds(-i64::from(workout.utc_offset_s));
    let from_s = workout.starts_at.seconds_since(midnight) as i32;
    assert_eq!(sheet.utc_offset_s[1], workout.utc_offset_s);
    assert_eq!(twin.workouts[0].from_s, from_s);
    assert_eq!(twin.trace.interval_s, Some(5.0));

    let lost: Vec<i32> = (0_i32..)
        .zip(&workout.heart_rate_bpm)
        .filter(|(_, bpm)| bpm.is_none())
        .map(|(nth, _)| from_s + nth * 5)
        .collect();
    let (first, last) = (lost[0] - 5, lost[lost.len() - 1] + 5);
    assert_eq!(twin.trace.gaps, [(first, last)]);
    for run in &twin.trace.runs {
        assert!(run.iter().all(|(second, _)| !lost.contains(second)));
        assert!(run.is_sorted());
    }
    let sent = twin.trace.runs.iter().flatten();
    let highest = sent
        .clone()
        .map(|(_, bpm)| f64::from(*bpm))
        .fold(0.0, f64::max);
    assert_eq!(highest, mean_and_max(&workout).1);
    // What the strap recorded is all there: one can look closer at it.
    assert_eq!(
        sent.count(),
        workout.heart_rate_bpm.iter().flatten().count()
    );
    // On the way up the altitude rises, by the itinerary.
    let (first, last) = (sheet.altitude[0], sheet.altitude[sheet.altitude.len() - 1]);
    assert!(first.0 <= from_s && last.0 > from_s && last.1 > first.1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workout_has_a_page_and_others_beside_it() {
    let world = World::synced().await;
    let workout = truth(Twin::A).pop().unwrap();
    let page = week(&world, workout.day, ActivityFilter::All).await;
    let lines = page.sheet.unwrap().twins.map(|twin| twin.workouts);
    let id = lines[0][0].id.clone();
    let one = world.services.workout(&Viewer::System, &id).await.unwrap();
    let one = one.workout.unwrap();
    assert_eq!((one.twin, one.id.as_str()), (Twin::A, id.as_str()));
    assert_eq!(one.sheet.day, workout.day);
    assert_eq!(one.sheet.twins[0].workouts, lines[0]);
    assert_eq!(one.sheet.twins[1].workouts[0].id, lines[1][0].id);
    // Named by the ring's record as well: what was an address once stays one.
    let mut by_ring = Vec::new();
    let visible = Viewer::System.may_see(&world.pair.ids());
    let days = DayRange::new(workout.day, workout.day);
    for record in world.store.workouts(&visible, days).await.unwrap() {
        let origin = &record.workout.origins[0];
        if origin.source == Source::Oura && record.subject == world.pair.a.id {
            by_ring.push(format!("{}-oura-{}", record.subject, origin.document));
        }
    }
    let again = world.services.workout(&Viewer::System, &by_ring[0]).await;
    assert_eq!(again.unwrap().workout.unwrap().id, id);
    for unknown in ["", "1", "nobody", "1-polar-", "99-polar-X"] {
        let page = world.services.workout(&Viewer::System, unknown).await;
        assert_eq!(page.unwrap().workout, None, "{unknown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn weeks_begin_where_whoever_looks_has_them_begin() {
    let world = World::synced().await;
    let looks = |week_start| Viewer::Account {
        id: AccountId(1),
        name: "zoe".to_owned(),
        role: Role::Viewer,
        units: Units {
            week_start,
            ..Units::default()
        },
    };
    let page = async |week_start, week: Option<&str>, day: Option<&str>| {
        let query = WorkoutsQuery {
            week: week.map(|text| Week::named_day(text).unwrap()),
            day: day.map(|text| text.parse().unwrap()),
            ..WorkoutsQuery::default()
        };
        let page = world.services.workouts(&looks(week_start), query).await;
        page.unwrap()
    };
    let days = |page: &Workouts| {
        let ends = [&page.days[0], &page.days[page.days.len() - 1]];
        (page.days.len(), ends.map(|end| end.day.with_weekday()))
    };
    let seven = |first: &str, last: &str| (7, [first, last].map(str::to_owned));
    let number = "2026-W41";
    let monday = page(WeekStart::Monday, Some(number), None).await;
    assert_eq!(days(&monday), seven("Mon 5 Oct", "Sun 11 Oct"));
    let sunday = page(WeekStart::Sunday, Some(number), None).await;
    assert_eq!(days(&sunday), seven("Sun 4 Oct", "Sat 10 Oct"));
    assert_eq!(sunday.week.to_string(), number);
    // A date is a day of the week, whichever ISO 8601 counts it to.
    let later = page(WeekStart::Sunday, Some("2026-10-11"), None).await;
    assert_eq!(days(&later), seven("Sun 11 Oct", "Sat 17 Oct"));
    assert_eq!(later.week, sunday.week.plus(1));
    // Whole weeks apart: none of the days is shown twice or left out.
    let next = page(
        WeekStart::Sunday,
        Some(&sunday.week.plus(1).to_string()),
        None,
    )
    .await;
    assert_eq!(next.days, later.days);
    // The trip's weeks are counted as they are shown.
    assert_eq!((sunday.trip_week, later.trip_week), (Some(1), Some(2)));
    // An address of somebody whose weeks begin on Mondays shows the day it is about.
    let sent = page(WeekStart::Sunday, Some(number), Some("2026-10-11")).await;
    assert_eq!(days(&sent), days(&later));
    assert_eq!(sent.sheet.unwrap().day, "2026-10-11".parse().unwrap());
    // Sums are of the days shown.
    let walked = |page: &Workouts| {
        let cells = page.days.iter().map(|day| day.cells[0].totals.sessions);
        cells.sum::<usize>()
    };
    for page in [&monday, &sunday, &later] {
        assert_eq!(page.totals[0].sessions, walked(page));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn weeks_filter_compare_and_look_ahead() {
    let world = World::synced().await;
    let all = week(&world, today().plus(-14), ActivityFilter::All).await;
    let walking = week(&world, today().plus(-14), ActivityFilter::Walking).await;
    let sessions = |page: &Workouts| page.totals[0].sessions;
    assert!(sessions(&walking) < sessions(&all));
    let reasons: Vec<_> = walking
        .days
        .iter()
        .filter_map(|day| day.cells[0].none)
        .collect();
    assert!(reasons.contains(&NoWorkout::OtherActivity));
    assert_eq!(all.compared.days, 7);
    assert_eq!(all.compared.totals, all.totals);

    // The present week: what is ahead is neither rest nor compared.
    let query = WorkoutsQuery::default();
    let now = world.services.workouts(&Viewer::System, query).await;
    let now = now.unwrap();
    assert_eq!(now.week, Week::of(today()));
    for day in &now.days {
        let expected = match day.day.cmp(&today()) {
            std::cmp::Ordering::Greater => Some(NoWorkout::Ahead),
            std::cmp::Ordering::Equal => Some(NoWorkout::NoneYet),
            std::cmp::Ordering::Less => continue,
        };
        assert_eq!(day.cells.each_ref().map(|cell| cell.none), [expected; 2]);
    }
    let past = now.days.iter().filter(|day| day.day < today()).count();
    assert_eq!(now.compared.days, past);
    assert!(now.trip_week.is_some());

    // Load: Polar's own daily values, and means that a second sum agrees with.
    for (twin, days) in Twin::BOTH.into_iter().zip(&now.loads.twins) {
        let newest = days.last().unwrap();
        let mut week_of_load = 0.0;
        for workout in truth(twin) {
            if newest.day.days_since(workout.day) < 7 {
                week_of_load += workout.cardio_load;
            }
        }
        near(Some(newest.acute), week_of_load / 7.0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workout_shows_what_was_noted_in_its_hours() {
    let world = World::synced().await;
    let workout = truth(Twin::A).pop().unwrap();
    let account = async |name: &str, role| {
        let password = "a password for tests".to_owned().into();
        let services = &world.services;
        let created = services.create_account(&Viewer::System, name, role, &password);
        let account = created.await.unwrap();
        Viewer::Account {
            id: account.id,
            name: account.name,
            role,
            units: account.units,
        }
    };
    let clinician = account("ines", Role::Clinician).await;
    let watching = account("watching", Role::Viewer).await;
    let noted = async |viewer: &Viewer| {
        let query = WorkoutsQuery {
            day: Some(workout.day),
            ..WorkoutsQuery::default()
        };
        let page = world.services.workouts(viewer, query).await.unwrap();
        let sheet = page.sheet.unwrap();
        let texts: Vec<String> = sheet.notes.into_iter().map(|note| note.text).collect();
        (texts, sheet.may_note)
    };
    assert_eq!(noted(&clinician).await, (Vec::new(), true));
    let begin = workout.starts_at;
    for (text, at, until) in [
        ("long before", -86_400, None),
        ("from before into it", -86_400, Some(900)),
        ("on the way", 900, None),
        ("the day after", 86_400, None),
    ] {
        let note = NewNote {
            at: begin.plus_seconds(at),
            until: until.map(|until| begin.plus_seconds(until)),
            twin: None,
            text: text.to_owned(),
        };
        world.services.add_note(&clinician, note).await.unwrap();
    }
    let expected = ["from before into it", "on the way"].map(str::to_owned);
    assert_eq!(noted(&clinician).await, (expected.to_vec(), true));
    assert_eq!(noted(&watching).await, (expected.to_vec(), false));
}
