//! Samples of any density as lanes of the stack.

mod common;

use chart::{
    Bucketed, Dash, Role, Shape, Stack, StackLane, StackLayout, StackLine, View, stack,
    stack_bounds, stack_cursor_at, stack_line_at, stack_night_at,
};
use common::{Expedition, OFFSET_S, day_one};
use physiology::{Source, Timestamp, Twin};

const WIDE_PX: f64 = 716.0;
const HOUR_MS: i64 = 3_600_000;

/// Noon UTC of day 3, ms since the epoch.
fn noon() -> i64 {
    day_one().plus(2).start_utc().unix_ms() + 12 * HOUR_MS
}

/// Heart rate every five minutes around the clock, without the hour after noon; then a workout at
/// every five seconds.
fn rates(base: f64) -> Vec<Bucketed> {
    let start = day_one().start_utc().unix_ms();
    let around = (0..5 * 288).map(move |step| {
        let at_ms = start + step * 300_000;
        Bucketed::sample(at_ms, base + (step % 12) as f64, 300_000, Source::Oura)
    });
    let around = around.filter(|one| !(noon()..noon() + 2 * HOUR_MS).contains(&one.from_ms));
    let workout = (0..720).map(move |step| {
        let at_ms = noon() + HOUR_MS + step * 5_000;
        let value = base + 60.0 + f64::from(step as i32 % 7);
        Bucketed::sample(at_ms, value, 5_000, Source::Polar)
    });
    let mut all: Vec<Bucketed> = around.chain(workout).collect();
    all.sort_by_key(|one| one.from_ms);
    all
}

fn laid_out<R>(
    twins: [&[Bucketed]; 2],
    view: Option<View>,
    read: impl FnOnce(&Stack<'_>, &StackLayout) -> R,
) -> R {
    let expedition = Expedition::new();
    let lanes = [StackLane {
        chart: expedition.chart(),
        expected: &[],
        unusual: &[],
        agreement: None,
    }];
    let borders = [100.0, 120.0, 140.0, 160.0, 180.0];
    let lines = [StackLine {
        name: "Heart rate",
        unit: "bpm",
        twins,
        scale: (40.0, 160.0),
        zones: [Some(&borders), None],
        missing: [None, Some("Access not granted")],
    }];
    let lent = Stack {
        lanes: &lanes,
        lines: &lines,
        view,
        ..Stack::default()
    };
    read(&lent, &stack(&lent, WIDE_PX))
}

fn hours(from: f64, to: f64) -> View {
    let at = |hour: f64| noon() as f64 + hour * HOUR_MS as f64;
    View {
        from: at(from),
        to: at(to),
    }
}

fn lines(layout: &StackLayout, role: Role) -> Vec<(&[chart::Point], Dash)> {
    let plot = layout.lines[0].plot;
    layout
        .picture
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line {
                points,
                dash,
                role: of,
                ..
            } if *of == role && points[0].y >= plot.y => Some((points.as_slice(), *dash)),
            _ => None,
        })
        .collect()
}

#[test]
fn a_line_lies_under_the_nights_on_its_own_scale() {
    let (a, b) = (rates(60.0), rates(66.0));
    laid_out([&a, &b], Some(hours(-3.0, 3.0)), |_, layout| {
        let (lane, line) = (layout.lanes[0], layout.lines[0]);
        assert!(lane.plot.bottom() < line.plot.y && line.plot.bottom() < layout.floor);
        let scale = line.values.unwrap();
        assert_eq!(scale.at(40.0), line.plot.bottom());
        assert_eq!(scale.at(160.0), line.plot.y);
        // Before the gap, and from the workout on: never joined over what is missing.
        let own = lines(layout, Role::TwinA);
        assert_eq!(own.len(), 2);
        let time = layout.columns[0].time;
        let x = |hour: f64| time.at(noon() as f64 + hour * HOUR_MS as f64);
        for (points, _) in &own {
            let (first, last) = (points[0].x, points[points.len() - 1].x);
            assert!(last <= x(0.0) || first >= x(1.0) - 1e-6);
        }
        let letters = layout
            .picture
            .labels
            .iter()
            .filter(|label| label.text == "A")
            .count();
        assert_eq!(letters, 1);
    });
    // Samples every 40 px are dashed for B; a workout at every five seconds is not.
    laid_out([&a, &b], Some(hours(-2.0, -1.0)), |_, layout| {
        assert!(!lines(layout, Role::TwinB)[0].1.is_solid());
        assert!(lines(layout, Role::TwinA)[0].1.is_solid());
    });
    laid_out([&a, &b], Some(hours(1.2, 1.9)), |_, layout| {
        assert!(lines(layout, Role::TwinB)[0].1.is_solid());
    });
}

#[test]
fn every_point_of_a_sparse_line_is_a_sample() {
    let a = rates(60.0);
    laid_out([&a, &[]], Some(hours(-2.0, -1.0)), |_, layout| {
        let (time, scale) = (layout.columns[0].time, layout.lines[0].values.unwrap());
        let own = lines(layout, Role::TwinA);
        let inner = &own[0].0[1..own[0].0.len() - 1];
        assert!(inner.len() >= 10);
        for point in inner {
            let found = a.iter().any(|one| {
                (time.at(one.from_ms as f64) - point.x).abs() < 1e-6
                    && (scale.at(one.first) - point.y).abs() < 1e-6
            });
            assert!(found, "{point:?}");
        }
        let told = |text: &str| layout.picture.labels.iter().any(|label| label.text == text);
        assert!(told("B: Access not granted") && told("Heart rate") && told("bpm"));
    });
}

#[test]
fn the_crosshair_snaps_to_samples_and_says_nothing_in_gaps() {
    let (a, b) = (rates(60.0), rates(66.0));
    laid_out([&a, &b], Some(hours(-3.0, 3.0)), |lent, layout| {
        let time = layout.columns[0].time;
        let x = |hour: f64| time.at(noon() as f64 + hour * HOUR_MS as f64);
        // 09:07 is nearest to 09:05.
        let told = stack_line_at(lent, layout, 0, x(-2.0 - 53.0 / 60.0));
        let value = told[0].unwrap();
        assert_eq!(value.at_ms, noon() - 3 * HOUR_MS + 300_000);
        assert_eq!(
            (value.value, value.count, value.source),
            (61.0, 1, Source::Oura)
        );
        assert_eq!(told[1].unwrap().value, 67.0);
        assert_eq!(stack_line_at(lent, layout, 0, x(0.5)), [None, None]);
        assert_eq!(
            stack_line_at(lent, layout, 0, x(1.5))[0].unwrap().source,
            Source::Polar
        );
        assert_eq!(stack_line_at(lent, layout, 7, x(1.5)), [None, None]);

        let texts = |hour: f64| -> Vec<String> {
            let picture = stack_cursor_at(lent, layout, x(hour));
            picture.labels.into_iter().map(|label| label.text).collect()
        };
        let there = texts(-2.0 - 53.0 / 60.0);
        for text in ["61", "67", "−6\u{a0}bpm"] {
            assert!(there.iter().any(|told| told == text), "{text} in {there:?}");
        }
        // 09:07 UTC is 14:52 in Kathmandu.
        assert!(there.iter().any(|told| told == "7 Oct, 14:52"), "{there:?}");
        assert!(texts(0.5).iter().any(|told| told == "Not measured"));
        // No night lies within the six hours: the nearest is told all the same.
        assert!(layout.stops.is_empty());
        assert_eq!(stack_night_at(lent, noon() as f64), Some(3));
        assert!(there.iter().any(|told| told == "88.2"));
    });
}

#[test]
fn many_samples_tell_their_lowest_and_highest() {
    let many = [Bucketed {
        from_ms: noon(),
        to_ms: noon() + HOUR_MS,
        min_at_ms: noon() + 60_000,
        max_at_ms: noon() + 120_000,
        first: 70.0,
        last: 71.0,
        min: 55.0,
        max: 91.0,
        count: 700,
        interval_ms: 5_000,
        source: Source::Polar,
    }];
    laid_out([&many, &[]], None, |lent, layout| {
        let x = layout.columns[0].time.at(noon() as f64 + 90_000.0);
        let value = stack_line_at(lent, layout, 0, x)[0].unwrap();
        assert_eq!((value.min, value.max, value.count), (55.0, 91.0, 700));
        let picture = stack_cursor_at(lent, layout, x);
        assert!(picture.labels.iter().any(|label| label.text == "55–91"));
    });
}

#[test]
fn one_may_look_more_closely_at_lines() {
    let a = rates(60.0);
    laid_out([&a, &a], Some(hours(0.0, 0.001)), |lent, layout| {
        let view = layout.view.unwrap();
        assert!((view.span() - HOUR_MS as f64).abs() < 1.0);
        assert!(stack_bounds(lent).whole().span() > 8.0 * 24.0 * HOUR_MS as f64);
    });
    // Without nights it is the samples that tell what there is.
    let lines = [StackLine {
        name: "Heart rate",
        unit: "",
        twins: [&a, &[]],
        scale: (40.0, 160.0),
        zones: [None, None],
        missing: [None, None],
    }];
    let lent = Stack {
        lines: &lines,
        zone: &[(Timestamp(0), OFFSET_S)],
        ..Stack::default()
    };
    let whole = stack_bounds(&lent).whole();
    assert_eq!(whole.from, a[0].from_ms as f64);
    assert_eq!(whole.to, a[a.len() - 1].to_ms as f64);
    let layout = stack(&lent, WIDE_PX);
    assert!(!lines_of(&layout).is_empty());
    assert!(
        layout
            .picture
            .labels
            .iter()
            .any(|label| label.y > layout.floor)
    );
}

fn lines_of(layout: &StackLayout) -> Vec<(&[chart::Point], Dash)> {
    lines(layout, Role::of_twin(Twin::A))
}
