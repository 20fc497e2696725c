//! The guide: what is left to do, and what is wrong, from what is there.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use common::{World, client, clients, now};
use physiology::{Metric, Timestamp, Vendor};
use services::{Callback, Clock, Config, ConnectOutcome, OverviewQuery, Services, Viewer};
use store::{CollectionSync, Document, DocumentKey, SyncOutcome};
use upstream::Client;
use url::Url;
use views::Guide;
use views::guide::{StepKind, StepState, Trouble};
use views::overview::RangeChoice;

const PATIENCE: Duration = Duration::from_millis(1_500);

/// The services over a world's store and tokens, reached by browsers at `public_url`.
fn over(
    world: &World,
    clients: BTreeMap<Vendor, Client>,
    public_url: &Url,
    off_s: i64,
) -> Services {
    let begun: Timestamp = now().into();
    let started = world.started;
    let clock = Clock::new(move || {
        Timestamp(begun.0 + started.elapsed().as_millis() as i64).plus_seconds(off_s)
    });
    let config = Config {
        public_url: Some(public_url.clone()),
        ..Config::default()
    };
    Services::new(
        Arc::clone(&world.store),
        Arc::clone(&world.vault),
        clients,
        clock,
        config,
    )
}

/// What the overview shows in the place of what is not there.
async fn on_the_overview(services: &Services) -> Option<Guide> {
    let query = OverviewQuery {
        range: RangeChoice::Trip,
        metric: Metric::Spo2Night,
    };
    let overview = services.overview(&Viewer::System, query).await.unwrap();
    overview.guide
}

async fn guide(services: &Services) -> Guide {
    let settings = services.settings(&Viewer::System, None).await.unwrap();
    settings.guide
}

fn states(guide: &Guide) -> Vec<StepState> {
    guide.steps.iter().map(|step| step.state).collect()
}

/// The troubles of the steps of a kind.
fn troubles(guide: &Guide, is_it: impl Fn(&StepKind) -> bool) -> Vec<&Trouble> {
    let steps = guide.steps.iter().filter(|step| is_it(&step.kind));
    steps.flat_map(|step| &step.troubles).collect()
}

fn of_twin(letter: &str) -> impl Fn(&StepKind) -> bool {
    move |kind| matches!(kind, StepKind::Connect(connect) if connect.twin.id() == letter)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_installation_is_led_from_the_start() {
    use StepState::{Blocked, Done, Next, Open};

    let world = World::new().await;
    let public_url = Url::parse("https://twins.example/").unwrap();
    let services = over(&world, BTreeMap::new(), &public_url, 0);
    let before = guide(&services).await;
    // Administrator, names, Oura's app, Polar's, A, B, itinerary, readings.
    assert_eq!(
        states(&before),
        [Done, Next, Open, Open, Blocked, Blocked, Open, Blocked]
    );
    assert!(!before.complete && before.troubles.is_empty());
    assert_eq!(on_the_overview(&services).await, Some(before.clone()));
    let StepKind::Register(oura) = &before.steps[2].kind else {
        panic!("no registration")
    };
    assert_eq!(
        oura.redirect_uri,
        "https://twins.example/oauth/oura/callback"
    );
    assert!(oura.scopes.contains(&"spo2".to_owned()));
    let set: Vec<_> = oura
        .variables
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(set, ["PUBLIC_URL", "OURA_CLIENT_ID", "OURA_CLIENT_SECRET"]);
    assert_eq!(
        oura.variables[0].1.as_deref(),
        Some("https://twins.example")
    );

    let page = services.settings(&Viewer::System, None).await.unwrap();
    for (mut form, name) in page.twins.into_iter().zip(["Ana", "Bea"]) {
        form.name.value = name.into();
        services.save_twin(&Viewer::System, form).await.unwrap();
    }
    assert_eq!(states(&guide(&services).await)[..3], [Done, Done, Next]);

    // Oura's app alone: Polar's may wait, the twins may sign in.
    let base = world.simulator.base_url().clone();
    let oura = [(Vendor::Oura, client(&base, Vendor::Oura, PATIENCE))].into();
    let services = over(&world, oura, &base, 0);
    assert_eq!(
        states(&guide(&services).await),
        [Done, Done, Done, Open, Next, Open, Open, Blocked]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn with_both_twins_read_there_is_nothing_left() {
    let world = World::synced().await;
    let base = world.simulator.base_url().clone();
    let services = over(&world, clients(&base, PATIENCE), &base, 0);
    let guide = guide(&services).await;
    assert!(guide.complete);
    assert_eq!(on_the_overview(&services).await, None);
    let wrong: Vec<_> = guide.steps.iter().flat_map(|step| &step.troubles).collect();
    assert!(wrong.is_empty() && guide.troubles.is_empty(), "{guide:?}");
    assert_eq!(guide.steps.last().unwrap().state, StepState::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_back_that_is_not_ours_is_told() {
    let world = World::new().await;
    let base = world.simulator.base_url().clone();
    // The server is reached by another name than the vendors are told.
    let public_url = Url::parse("https://twins.example/").unwrap();
    let services = over(&world, clients(&base, PATIENCE), &public_url, 0);
    let guide = guide(&services).await;
    let wrong = troubles(&guide, |kind| matches!(kind, StepKind::Register(_)));
    assert_eq!(wrong.len(), 2);
    for trouble in wrong {
        assert!(
            trouble.what.contains("http://, the other with https://"),
            "{trouble:?}"
        );
        assert!(trouble.what.contains(base.as_str()) && trouble.mend.contains("PUBLIC_URL"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_twin_did_not_allow_or_wear_is_told() {
    let world = World::synced().await;
    let base = world.simulator.base_url().clone();
    let services = over(&world, clients(&base, PATIENCE), &base, 0);
    let visible = Viewer::System.may_see(&world.pair.ids());
    let (a, b) = (world.pair.a.id, world.pair.b.id);

    // A wears an older ring since last week.
    let ring = Document {
        key: DocumentKey {
            subject: a,
            vendor: Vendor::Oura,
            collection: "ring_configuration".into(),
            key: "an-old-ring".into(),
        },
        day: None,
        body:
            r#"{"id":"an-old-ring","hardware_type":"gen2","set_up_at":"2026-10-06T08:00:00+00:00"}"#
                .into(),
        received_at: now().into(),
    };
    world.store.put_documents(&[ring]).await.unwrap();
    let page = guide(&services).await;
    let of_a = troubles(&page, of_twin("a"));
    assert_eq!(of_a.len(), 1, "{of_a:?}");
    assert!(of_a[0].what.contains("generation 2"));

    // B left SpO₂ unticked, and took a consent back at Polar.
    let connections = world.store.connections(&visible).await.unwrap();
    let mut oura = connections
        .into_iter()
        .find(|connection| connection.subject == b && connection.vendor == Vendor::Oura)
        .unwrap();
    oura.refused.push("spo2".into());
    world.store.put_connection(&oura).await.unwrap();
    let refused = CollectionSync {
        subject: b,
        vendor: Vendor::Polar,
        collection: "sleep".into(),
        cursor: None,
        tried_at: now().into(),
        synced_at: None,
        outcome: SyncOutcome::NotGranted,
    };
    world.store.put_collection_sync(&refused).await.unwrap();
    let page = guide(&services).await;
    let of_b = troubles(&page, of_twin("b"));
    assert_eq!(of_b.len(), 2, "{of_b:?}");
    assert!(of_b[0].what.contains("SpO₂") && of_b[1].what.contains("consent"));
    // Readings are there all the same: the guide stays away from the overview.
    assert!(page.complete);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_is_told_once_a_vendor_has_answered() {
    let world = World::synced().await;
    let base = world.simulator.base_url().clone();
    let services = over(&world, clients(&base, PATIENCE), &base, 600);
    assert!(
        guide(&services).await.troubles.is_empty(),
        "nobody has answered yet"
    );
    services.sync_all().await.unwrap();
    let told = guide(&services).await.troubles;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|trouble| trouble.what.contains("ahead of")));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_twin_alone_keeps_the_guide_below_its_values() {
    let world = World::new().await;
    let outcome = world.connect(world.pair.a.id, Vendor::Oura, "a").await;
    assert!(matches!(outcome, ConnectOutcome::Connected));
    world.services.wait_for_syncs().await;
    let guide = on_the_overview(&world.services).await.unwrap();
    let readings = guide.steps.last().unwrap();
    assert_eq!(readings.state, StepState::Open);
    assert!(
        readings.standing.starts_with("Nothing of Twin B yet."),
        "{}",
        readings.standing
    );
    let StepKind::Connect(of_a) = &guide.steps[4].kind else {
        panic!("no connection")
    };
    assert_eq!(of_a.offers, [Vendor::Polar]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_was_refused_is_remembered_until_one_works() {
    let world = World::new().await;
    let (services, a) = (&world.services, world.pair.a.id);
    let session = common::session();
    let authorize = services
        .begin_connect(&Viewer::System, session, a, Vendor::Polar)
        .await
        .unwrap();
    let state = authorize.query_pairs().find(|(name, _)| name == "state");
    let back = Callback {
        state: state.map(|(_, value)| value.into_owned()),
        error: Some("invalid_scope".into()),
        ..Callback::default()
    };
    let (outcome, _) = services
        .finish_connect(&Viewer::System, session, Vendor::Polar, back)
        .await
        .unwrap();
    assert_eq!(outcome, ConnectOutcome::Refused);
    let page = guide(services).await;
    let told = troubles(&page, of_twin("a"));
    assert_eq!(told.len(), 1);
    assert!(
        told[0].what.contains("a scope is not one of the app's"),
        "{told:?}"
    );

    world.connect(a, Vendor::Polar, "a").await;
    assert!(troubles(&guide(services).await, of_twin("a")).is_empty());
}
