//! A window of the stack: the same picture, only closer.

mod common;

use chart::{Shape, Stack, StackLane, StackLayout, View, stack, stack_bounds};
use common::{Expedition, OFFSET_S, day_one, mid_sleep};
use physiology::pair::PairDay;
use physiology::units::Clock;
use physiology::{Day, Timestamp, Twin};
use proptest::prelude::*;

const WIDE_PX: f64 = 716.0;
const DAY_MS: f64 = 86_400_000.0;

/// The view from so many days after day 1's midnight on, local time.
fn days(from: f64, to: f64) -> View {
    let start = day_one().start_utc().unix_ms() as f64 - f64::from(OFFSET_S) * 1_000.0;
    View {
        from: start + from * DAY_MS,
        to: start + to * DAY_MS,
    }
}

fn laid_out(expedition: &Expedition, view: Option<View>, zone: &[(Timestamp, i32)]) -> StackLayout {
    let lanes = [StackLane {
        chart: expedition.chart(),
        expected: &[],
        unusual: &[(7, Twin::A)],
        agreement: None,
    }];
    let lent = Stack {
        lanes: &lanes,
        view,
        zone,
        clock: Clock::Hours12,
        ..Stack::default()
    };
    stack(&lent, WIDE_PX)
}

/// Every position of a shape, px.
fn positions(shape: &Shape) -> Vec<(f64, f64)> {
    match shape {
        Shape::Fill { rect, .. } => vec![(rect.x, rect.y), (rect.right(), rect.bottom())],
        Shape::Area { points, .. } | Shape::Line { points, .. } => {
            points.iter().map(|point| (point.x, point.y)).collect()
        }
        Shape::Disc { centre, .. } => vec![(centre.x, centre.y)],
    }
}

#[test]
fn everything_looked_at_is_the_picture_without_a_view() {
    let expedition = Expedition::new();
    let whole = laid_out(&expedition, None, &[]);
    let far = View {
        from: -1e18,
        to: 1e18,
    };
    assert_eq!(laid_out(&expedition, Some(far), &[]), whole);
}

#[test]
fn nothing_but_time_moves() {
    let expedition = Expedition::new();
    let whole = laid_out(&expedition, None, &[]);
    let part = laid_out(&expedition, Some(days(2.0, 6.0)), &[]);
    assert_eq!(part.picture.size, whole.picture.size);
    assert_eq!(part.lanes, whole.lanes);
    assert_eq!((part.floor, part.across), (whole.floor, whole.across));
    // The nights of 7, 8, 9 and 10 October, at 02:15: a quarter of the width apart.
    let nights: Vec<usize> = part.stops.iter().map(|stop| stop.night).collect();
    assert_eq!(nights, [2, 3, 4, 5]);
    let width = part.across.1 - part.across.0;
    for (place, stop) in part.stops.iter().enumerate() {
        let share = (place as f64 + 2.25 / 24.0) / 4.0;
        assert!((stop.x - (part.across.0 + share * width)).abs() < 1e-6);
        assert_eq!(stop.y, whole.stops[stop.night].y);
        assert_eq!(stop.altitude_y, whole.stops[stop.night].altitude_y);
    }
    let ticks = |layout: &StackLayout| {
        let left = layout
            .picture
            .labels
            .iter()
            .filter(|label| label.x < layout.across.0);
        left.map(|label| label.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ticks(&part), ticks(&whole));
}

#[test]
fn lines_are_cut_at_the_edges_where_they_cross_them() {
    let expedition = Expedition::new();
    let part = laid_out(&expedition, Some(days(4.5, 7.5)), &[]);
    let plot = part.lanes[0].plot;
    let scale = part.lanes[0].values.unwrap();
    // B has every night: 84.6 on day 5, 80.3 on day 6; the view begins in between.
    let line = part.picture.shapes.iter().find_map(|shape| match shape {
        Shape::Line { points, role, .. } if *role == chart::Role::TwinB => Some(points),
        _ => None,
    });
    let first = line.unwrap()[0];
    let share = (12.0 - 2.25) / 24.0;
    assert_eq!(first.x, plot.x);
    assert!((first.y - scale.at(84.6 + share * (80.3 - 84.6))).abs() < 1e-6);
    for (x, _) in part.picture.shapes.iter().flat_map(positions) {
        // Marks stand over an edge by half their size.
        assert!(x >= plot.x - 12.0 && x <= plot.right() + 12.0, "{x}");
    }
}

#[test]
fn hours_are_those_of_the_place_over_a_change_of_zone() {
    let expedition = Expedition::new();
    // On day 3 at 12:00 UTC the clock goes from Dubai's to Kathmandu's.
    let change = day_one().plus(2).start_utc().plus_seconds(12 * 3_600);
    let zone = [(Timestamp(0), 14_400), (change, 20_700)];
    for (from, to) in [(2.0, 4.0), (2.4, 2.9), (2.5, 2.6)] {
        let part = laid_out(&expedition, Some(days(from, to)), &zone);
        let view = part.view.unwrap();
        let times: Vec<_> = part
            .picture
            .labels
            .iter()
            .filter(|label| label.text.ends_with("am") || label.text.ends_with("pm"))
            // At the edges a time stands beside its tick.
            .filter(|label| label.x > part.across.0 + 30.0 && label.x < part.across.1 - 30.0)
            .collect();
        assert!(times.len() > 2, "{from} {to}");
        for label in times {
            // The instant under the label, told by hand.
            let share = (label.x - part.across.0) / (part.across.1 - part.across.0);
            let at_s = (view.from + share * view.span()) / 1_000.0;
            let at_s = (at_s / 60.0).round() as i64 * 60;
            let ahead = if at_s * 1_000 < change.unix_ms() {
                14_400
            } else {
                20_700
            };
            let minute = (at_s + ahead).rem_euclid(86_400) / 60;
            let half = if minute < 720 { "am" } else { "pm" };
            let told = format!(
                "{}:{:02}\u{a0}{half}",
                (minute / 60 + 11) % 12 + 1,
                minute % 60
            );
            assert_eq!(label.text, told);
        }
    }
}

#[test]
fn dates_stand_where_they_begin_and_at_the_left() {
    let expedition = Expedition::new();
    let part = laid_out(&expedition, Some(days(2.5, 4.5)), &[]);
    let dates: Vec<(f64, &str)> = part
        .picture
        .labels
        .iter()
        .filter(|label| label.y > part.floor + 20.0)
        .map(|label| (label.x, label.text.as_str()))
        .collect();
    let quarter = (part.across.1 - part.across.0) / 4.0;
    let expected = [
        (part.across.0, "7 Oct, Day 3"),
        (part.across.0 + quarter, "8 Oct, Day 4"),
        (part.across.0 + 3.0 * quarter, "9 Oct, Day 5"),
    ];
    assert_eq!(dates.len(), 3);
    for (found, expected) in dates.iter().zip(expected) {
        assert!((found.0 - expected.0).abs() < 1e-6, "{found:?}");
        assert_eq!(found.1, expected.1);
    }
}

#[test]
fn nights_keep_their_names_as_they_move() {
    // A year of nights, 20 px each: named days must not change while they move.
    let values: Vec<_> = (0..365).map(|_| (Some(90.0), Some(91.0))).collect();
    let nights = common::nights(Day::new(2025, 10, 14).unwrap(), &values);
    let mut named: Option<Vec<usize>> = None;
    for step in 0..8 {
        let layout = of_nights(&nights, 100.0 + f64::from(step) * 0.25, 128.0);
        let ticks: Vec<usize> = layout
            .stops
            .iter()
            .filter(|stop| {
                layout.picture.labels.iter().any(|label| {
                    label.y > layout.floor
                        && (label.x - stop.x).abs() < 0.1
                        && !label.text.is_empty()
                })
            })
            .map(|stop| stop.night)
            .filter(|night| (105..125).contains(night))
            .collect();
        assert!(ticks.len() > 5);
        assert_eq!(*named.get_or_insert(ticks.clone()), ticks);
    }
}

fn of_nights(nights: &[PairDay], from: f64, to: f64) -> StackLayout {
    let lanes = [StackLane {
        chart: common::plain(nights),
        expected: &[],
        unusual: &[],
        agreement: None,
    }];
    let start = nights[0].at.unix_ms() as f64;
    let view = View {
        from: start + from * DAY_MS,
        to: start + to * DAY_MS,
    };
    let lent = Stack {
        lanes: &lanes,
        view: Some(view),
        ..Stack::default()
    };
    stack(&lent, WIDE_PX)
}

#[test]
fn it_is_bounded_by_what_is_in_sight() {
    let values: Vec<_> = (0..4_000)
        .map(|night| (Some(f64::from(night % 9)), None))
        .collect();
    let nights = common::nights(Day::new(2015, 1, 1).unwrap(), &values);
    let layout = of_nights(&nights, 2_000.0, 2_010.0);
    assert!((9..=11).contains(&layout.stops.len()));
    assert!(
        layout.picture.shapes.len() < 400,
        "{}",
        layout.picture.shapes.len()
    );
}

#[test]
fn months_and_years_are_told_from_far() {
    let values: Vec<_> = (0..4_000).map(|_| (Some(90.0), None)).collect();
    let nights = common::nights(Day::new(2015, 1, 1).unwrap(), &values);
    let layout = of_nights(&nights, 10.0, 3_600.0);
    let texts: Vec<&str> = layout
        .picture
        .labels
        .iter()
        .map(|label| label.text.as_str())
        .collect();
    for year in ["2016", "2020", "2024"] {
        assert!(texts.contains(&year), "{texts:?}");
    }
}

proptest! {
    #[test]
    fn bounds_hold_every_night(count in 1_usize..60, wanted in (0.0_f64..1.0, 0.0_f64..1.0)) {
        let values: Vec<_> = (0..count).map(|_| (Some(90.0), None)).collect();
        let nights = common::nights(Day::new(2026, 1, 1).unwrap(), &values);
        let lanes = [StackLane { chart: common::plain(&nights), expected: &[], unusual: &[], agreement: None }];
        let lent = Stack { lanes: &lanes, ..Stack::default() };
        let whole = stack_bounds(&lent).whole();
        for day in &nights {
            prop_assert!(whole.holds(day.at.unix_ms() as f64));
        }
        let at = |share: f64| whole.from + share * whole.span();
        let view = View { from: at(wanted.0), to: at(wanted.1) };
        let seen = stack_bounds(&lent).fit(view);
        let layout = stack(&Stack { view: Some(view), ..lent }, WIDE_PX);
        let stops: Vec<usize> = layout.stops.iter().map(|stop| stop.night).collect();
        let expected: Vec<usize> = (0..count)
            .filter(|night| seen.holds(mid_sleep(nights[*night].day).unix_ms() as f64))
            .collect();
        prop_assert_eq!(stops, expected);
    }
}
