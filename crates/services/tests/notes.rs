//! Notes: who may write them, what will do, and where they are seen.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

mod common;

use common::World;
use physiology::{Day, DayRange, Itinerary, Metric, NoteId, Timestamp, Twin, Waypoint};
use services::{CompareQuery, DayQuery, Error, Role, Services, Viewer};
use views::day::ClockChoice;
use views::notes::{NewNote, Note};
use views::overview::RangeChoice;

/// Nepal.
const OFFSET_S: i32 = 20_700;

/// The first and the last instant a note may be of: 1970 and 2200, to the millisecond.
const FIRST: &str = "1970-01-01T00:00:00.000Z";
const LAST: &str = "2199-12-31T23:59:59.999Z";

fn at(text: &str) -> Timestamp {
    text.parse::<chrono::DateTime<chrono::Utc>>()
        .unwrap()
        .into()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn new(text: &str) -> NewNote {
    NewNote {
        at: at("2026-10-12T04:00:00Z"),
        until: None,
        twin: Some(Twin::A),
        text: text.into(),
    }
}

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

async fn all(services: &Services, viewer: &Viewer) -> Vec<Note> {
    let ever = Timestamp(i64::MIN)..Timestamp(i64::MAX);
    services.notes(viewer, ever).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_look_after_the_twins_write_and_everybody_reads() {
    let world = World::new().await;
    let services = &world.services;
    let ines = account(services, "Inés", Role::Clinician).await;
    let otto = account(services, "Otto", Role::Admin).await;
    let watching = account(services, "watching", Role::Viewer).await;

    let id = services
        .add_note(&ines, new("  Headache\u{a0}"))
        .await
        .unwrap();
    let written = all(services, &ines).await;
    assert_eq!(
        written,
        [Note {
            id,
            at: new("").at,
            until: None,
            twin: Some(Twin::A),
            text: "Headache".into(),
            author: "Inés".into(),
            written_at: written[0].written_at,
            may_change: true,
        }]
    );
    let since_s = written[0].written_at.seconds_since(common::now().into());
    assert!((0..60).contains(&since_s));

    // Who only looks, and the product itself, see it and change nothing.
    let seen = all(services, &watching).await;
    assert_eq!(seen[0].text, "Headache");
    assert!(!seen[0].may_change);
    for viewer in [&watching, &Viewer::System] {
        let refused = [
            services.add_note(viewer, new("x")).await.err(),
            services.change_note(viewer, id, new("x")).await.err(),
            services.delete_note(viewer, id).await.err(),
        ];
        assert!(refused.iter().all(|error| *error == Some(Error::Forbidden)));
    }
    assert_eq!(all(services, &ines).await, written);

    // Changed words are those of whoever changed them.
    let changed = NewNote {
        twin: None,
        until: Some(at("2026-10-12T06:00:00Z")),
        ..new("Headache, both")
    };
    services
        .change_note(&otto, id, changed.clone())
        .await
        .unwrap();
    let [note] = <[Note; 1]>::try_from(all(services, &watching).await).unwrap();
    assert_eq!((note.id, note.author.as_str()), (id, "Otto"));
    assert_eq!((note.twin, note.until), (None, changed.until));
    assert_eq!(note.text, changed.text);

    services.delete_note(&ines, id).await.unwrap();
    assert_eq!(all(services, &ines).await, []);
    for gone in [id, NoteId(i64::MIN)] {
        let refused = [
            services.change_note(&ines, gone, new("x")).await.err(),
            services.delete_note(&ines, gone).await.err(),
        ];
        assert!(
            refused
                .iter()
                .all(|error| *error == Some(Error::NotFound("note")))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_will_not_do_is_refused_with_a_sentence_that_does_not_repeat_it() {
    let world = World::new().await;
    let services = &world.services;
    let ines = account(services, "Inés", Role::Clinician).await;
    let fits = "🏔".repeat(500);
    let id = services.add_note(&ines, new(&fits)).await.unwrap();

    let with = |at: Timestamp, until: Option<Timestamp>| NewNote {
        at,
        until,
        ..new("Secret")
    };
    let (first, last) = (at(FIRST), at(LAST));
    let later = |at: Timestamp, ms: i64| Timestamp(at.0.saturating_add(ms));
    let bad = [
        (new(""), "words"),
        (new(" \t\u{2003} "), "words"),
        (new(&"x".repeat(501)), "500"),
        (new("Secret\nSecret"), "one line"),
        (new("Secret\u{0}"), "one line"),
        (new("Secret\u{7f}Secret"), "one line"),
        (with(later(first, 1), Some(first)), "ends after"),
        (with(later(first, -1), None), "between 1970 and 2200"),
        (with(later(last, 1), None), "between 1970 and 2200"),
        (with(first, Some(later(last, 1))), "between 1970 and 2200"),
        (with(Timestamp(i64::MIN), Some(last)), "between 1970"),
        (
            with(Timestamp(i64::MAX), Some(Timestamp(i64::MIN))),
            "between 1970",
        ),
    ];
    for (note, why) in bad {
        let errors = [
            services.add_note(&ines, note.clone()).await.err(),
            services.change_note(&ines, id, note.clone()).await.err(),
        ];
        for error in errors {
            let Some(Error::Invalid(sentence)) = error else {
                panic!("{why}: {error:?}");
            };
            assert!(sentence.contains(why), "{sentence}");
            assert!(!sentence.contains("Secret"));
        }
    }
    let [note] = <[Note; 1]>::try_from(all(services, &ines).await).unwrap();
    assert_eq!(note.text, fits);

    // The ends themselves will do, and a stretch without length is an instant.
    services
        .add_note(&ines, with(first, Some(last)))
        .await
        .unwrap();
    services
        .add_note(&ines, with(last, Some(last)))
        .await
        .unwrap();
    let spans: Vec<_> = all(services, &ines)
        .await
        .into_iter()
        .map(|note| (note.at, note.until))
        .collect();
    assert_eq!(
        spans,
        [(first, Some(last)), (new("").at, None), (last, None)]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_follows_its_twin_to_the_other_side() {
    let world = World::new().await;
    let services = &world.services;
    let ines = account(services, "Inés", Role::Clinician).await;
    services
        .add_note(&ines, new("Ring taken off"))
        .await
        .unwrap();
    services.swap_twins(&ines).await.unwrap();
    assert_eq!(all(services, &ines).await[0].twin, Some(Twin::B));
}

/// A note an hour for three days, told by its hour: what is on a page is what its local time says.
#[tokio::test(flavor = "multi_thread")]
async fn pages_show_the_notes_of_the_time_they_show() {
    let world = World::new().await;
    let services = &world.services;
    let ines = account(services, "Inés", Role::Clinician).await;
    let watching = account(services, "watching", Role::Viewer).await;
    let trip = Itinerary {
        name: "Khumbu".into(),
        first_day: day("2026-10-05"),
        last_day: day("2026-10-18"),
        waypoints: vec![Waypoint {
            at: at("2026-10-01T00:00:00Z"),
            altitude_m: 1_400.0,
            place: "Kathmandu".into(),
            utc_offset_s: OFFSET_S,
        }],
    };
    services
        .set_itinerary(&Viewer::System, &trip)
        .await
        .unwrap();
    let midnight = day("2026-10-12")
        .start_utc()
        .plus_seconds(-i64::from(OFFSET_S));
    for hour in -36..60 {
        let note = NewNote {
            at: midnight.plus_seconds(hour * 3_600),
            ..new(&hour.to_string())
        };
        services.add_note(&ines, note).await.unwrap();
    }
    // Touches the day with its end alone.
    let stretch = NewNote {
        at: midnight.plus_seconds(-100 * 3_600),
        until: Some(midnight.plus_seconds(1)),
        ..new("100")
    };
    services.add_note(&ines, stretch).await.unwrap();
    let hours = |notes: &[Note]| -> Vec<i64> {
        notes
            .iter()
            .map(|note| note.text.parse().unwrap())
            .collect()
    };
    let expected = |from, to| -> Vec<i64> { std::iter::once(100).chain(from..to).collect() };

    for viewer in [&ines, &watching] {
        let may_note = viewer.may_operate();
        let query = CompareQuery {
            range: RangeChoice::Days(DayRange::new(day("2026-10-12"), day("2026-10-12"))),
            metrics: vec![Metric::Spo2Night],
            metric: Metric::Spo2Night,
            lines: Vec::new(),
        };
        let page = services.compare(viewer, query).await.unwrap();
        assert_eq!(hours(&page.notes), expected(-6, 24));
        assert_eq!(page.may_note, may_note);
        assert!(page.notes.iter().all(|note| note.may_change == may_note));

        // Without a night the day's page begins at 22:00.
        let query = DayQuery {
            day: Some(day("2026-10-12")),
            clock: ClockChoice::Shared,
        };
        let page = services.day(viewer, query).await.unwrap();
        assert_eq!(page.nights.axis.from_s, -2 * 3_600);
        assert_eq!(hours(&page.notes), expected(-2, 24));
        assert_eq!(page.may_note, may_note);
    }
}
