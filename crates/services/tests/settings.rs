//! Settings: who may change what, what is kept, and what is changed by it.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use common::World;
use physiology::units::{Clock, Distance};
use physiology::{Metric, Timestamp, Units};
use services::{Error, OverviewQuery, Role, Services, Submitted, Viewer};
use views::overview::RangeChoice;
use views::settings::{Attempt, Field, ImportForm, ItineraryForm, Settings};

async fn account(services: &Services, name: &str, role: Role) -> Viewer {
    let password = "a password for tests".to_owned().into();
    let account = services
        .create_account(&Viewer::System, name, role, &password)
        .await
        .unwrap();
    Viewer::Account {
        id: account.id,
        name: account.name,
        role,
        units: account.units,
    }
}

async fn settings(services: &Services) -> Settings {
    services.settings(&Viewer::System, None).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_looks_after_the_twins_changes_what_is_set_for_them() {
    let world = World::new().await;
    let services = &world.services;
    let before = settings(services).await;
    let watching = account(services, "watching", Role::Viewer).await;
    let page = services.settings(&watching, None).await.unwrap();
    assert!(!page.may_change && before.may_change);
    let [a, _] = before.twins.clone();
    let refused = [
        services.save_twin(&watching, a.clone()).await.err(),
        services.swap_twins(&watching).await.err(),
        services
            .save_limits(&watching, before.limits[0].clone())
            .await
            .err(),
        services.reset_limits(&watching, a.subject).await.err(),
        services
            .save_itinerary(&watching, before.itinerary.clone())
            .await
            .err(),
        services
            .another_row(&watching, ItineraryForm::default())
            .err(),
        services
            .read_itinerary(&watching, Vec::new(), ImportForm::default())
            .await
            .err(),
    ];
    assert!(refused.iter().all(|error| *error == Some(Error::Forbidden)));
    assert_eq!(settings(services).await.twins, before.twins);

    let clinic = account(services, "clinic", Role::Clinician).await;
    let mut form = a.clone();
    form.name.value = "Ana".into();
    assert_eq!(
        services.save_twin(&clinic, form).await.unwrap(),
        Submitted::Saved
    );
    assert_eq!(settings(services).await.head.names, ["Ana", "Twin B"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_changes_while_a_field_is_wrong() {
    let world = World::new().await;
    let services = &world.services;
    let before = settings(services).await;
    let mut form = before.twins[1].clone();
    form.name.value = "Bea".into();
    form.lt2.value = "fast".into();
    let Submitted::Again(again) = services.save_twin(&Viewer::System, form).await.unwrap() else {
        panic!("it was saved")
    };
    assert_eq!(again.name.value, "Bea");
    assert_eq!(again.lt2.problem, "The second threshold is a number.");
    assert_eq!(settings(services).await.twins, before.twins);

    // The page shows what was sent in the place of what is kept, and only there.
    let attempt = Some(Attempt::Twin(again.clone()));
    let page = services.settings(&Viewer::System, attempt).await.unwrap();
    assert_eq!(page.twins, [before.twins[0].clone(), again]);
    assert_eq!(page.head.names, before.head.names);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_and_b_change_sides_with_everything_they_have() {
    let world = World::synced().await;
    let services = &world.services;
    let query = OverviewQuery {
        range: RangeChoice::Trip,
        metric: Metric::Spo2Night,
    };
    let viewer = Viewer::System;
    let before = services.overview(&viewer, query).await.unwrap();
    services.swap_twins(&viewer).await.unwrap();
    let after = services.overview(&viewer, query).await.unwrap();
    let [a, b] = before.tiles[0].values.clone();
    assert_ne!(a, b);
    assert_eq!(after.tiles[0].values, [b, a]);
    let [a, b] = before.head.names;
    assert_eq!(after.head.names, [b, a]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_page_judges_and_draws_by_the_limits_set() {
    let world = World::synced().await;
    let services = &world.services;
    let viewer = Viewer::System;
    let query = OverviewQuery {
        range: RangeChoice::Trip,
        metric: Metric::Spo2Night,
    };
    let drawn = async || {
        let overview = services.overview(&viewer, query).await.unwrap();
        (overview.chart.limit.unwrap().value, overview.head.alarms)
    };
    assert_eq!(drawn().await.0, 75.0);
    let mut form = settings(services).await.limits[0].clone();
    form.medium.value = "88".into();
    let saved = services.save_limits(&viewer, form.clone()).await.unwrap();
    assert_eq!(saved, Submitted::Saved);
    let (limit, alarms) = drawn().await;
    assert_eq!(limit, 88.0, "where they differ, the one reached first");
    let of_a = alarms.iter().find(|alarm| alarm.twin == form.twin).unwrap();
    assert_eq!(of_a.limit, 88.0);

    services.reset_limits(&viewer, form.subject).await.unwrap();
    assert_eq!(drawn().await.0, 75.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_itinerary_is_read_looked_through_and_saved() {
    let world = World::new().await;
    let services = &world.services;
    let viewer = Viewer::System;
    let file = "at,altitude_m,place,utc_offset\n\
        2026-10-05T08:30,2860,Lukla,+05:45\n\
        2026-10-06T08:00,2860,,+05:45\n\
        2026-10-06T15:00,3440,Namche,+05:45\n\
        2026-10-07T15:00,high,Namche,+05:45\n";
    let form = ImportForm {
        utc_offset: Field::of("+05:45"),
        ..ImportForm::default()
    };
    let read = services
        .read_itinerary(&viewer, file.into(), form.clone())
        .await
        .unwrap();
    let mut draft = read.unwrap();
    let report = draft.read.clone().unwrap();
    assert_eq!((report.read, report.kept, report.skipped.len()), (3, 3, 1));
    assert_eq!(report.skipped[0].line, 5);
    assert!(draft.is_draft);
    assert_eq!(draft.last_day.value, "2026-10-06");
    assert_eq!(
        settings(services).await.head.expedition,
        None,
        "nothing is kept yet"
    );

    draft.name.value = "Khumbu".into();
    draft.last_day.value = "2026-10-18".into();
    let saved = services.save_itinerary(&viewer, *draft).await.unwrap();
    assert_eq!(saved, Submitted::Saved);
    let page = settings(services).await;
    let expedition = page.head.expedition.unwrap();
    assert_eq!(
        (expedition.length_days, expedition.altitude_m),
        (14, Some(3_440.0))
    );
    assert_eq!(page.head.utc_offset_s, 20_700);
    assert_eq!(page.itinerary.rows.len(), 4, "three points and a blank row");
    assert_eq!(page.import.utc_offset.value, "+05:45");

    let nonsense = services
        .read_itinerary(&viewer, b"\xff\xfe".to_vec(), form)
        .await
        .unwrap();
    assert!(nonsense.unwrap_err().problem.contains("UTF-8"));
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_each_accounts_own() {
    let world = World::new().await;
    let services = &world.services;
    let watching = account(services, "watching", Role::Viewer).await;
    let american = Units {
        distance: Distance::Miles,
        clock: Clock::Hours12,
        ..Units::default()
    };
    let saved = services.save_units(&watching, american).await.unwrap();
    assert_eq!(saved, Submitted::Saved);
    let nobody = services.save_units(&Viewer::System, american).await;
    assert_eq!(nobody.err(), Some(Error::NotSignedIn));

    // The next request's viewer has them, and so has every page's head.
    let session = services.sign_in_as("watching").await.unwrap();
    let id = services::SessionId::of_cookie(&session.cookie);
    let watching = services.viewer(id).await.unwrap().unwrap();
    let page = services.settings(&watching, None).await.unwrap();
    assert_eq!((page.head.units, page.units.units), (american, american));
    assert_eq!(settings(services).await.head.units, Units::default());
    assert!(page.head.now > Timestamp(0));
}
