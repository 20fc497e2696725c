//! Times asleep, workouts, notes, and the strip to choose a window on.

mod common;

use chart::{
    AxisNote, Bounds, BrushPart, Bucketed, Point, Role, Shape, Stack, StackLane, StackLayout,
    Strip, View, brush, brush_at, brush_edges, brush_handle, brush_part, stack, stack_bounds,
    strip_bounds, strip_days,
};
use common::{Expedition, OFFSET_S, day_one};
use physiology::baseline::Band;
use physiology::{Day, Source, Timestamp, Twin};
use proptest::prelude::*;

const WIDE_PX: f64 = 716.0;
const DAY_MS: f64 = 86_400_000.0;

/// An instant so many hours after day 1's midnight, local time.
fn hour(hour: f64) -> Timestamp {
    let start = day_one().start_utc().plus_seconds(-i64::from(OFFSET_S));
    start.plus_seconds((hour * 3_600.0) as i64)
}

fn view(from: f64, to: f64) -> View {
    View {
        from: hour(from).unix_ms() as f64,
        to: hour(to).unix_ms() as f64,
    }
}

fn with<R>(change: impl FnOnce(&Stack<'_>) -> R) -> R {
    let expedition = Expedition::new();
    let lanes = [StackLane {
        chart: expedition.chart(),
        expected: &[],
        unusual: &[],
        agreement: None,
    }];
    change(&Stack {
        lanes: &lanes,
        ..Stack::default()
    })
}

fn fills(layout: &StackLayout, role: Role) -> Vec<chart::Rect> {
    let all = layout
        .picture
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Fill { rect, role: of } if *of == role => Some(*rect),
            _ => None,
        });
    all.collect()
}

#[test]
fn times_asleep_are_shaded_where_they_are() {
    // From 22:00 to 06:00, and one that has no end.
    let nights = [(hour(46.0), hour(54.0)), (hour(80.0), hour(70.0))];
    with(|lent| {
        let lines = [chart::StackLine {
            name: "Heart rate",
            unit: "bpm",
            twins: [&[], &[]],
            scale: (40.0, 160.0),
            zones: [None, None],
            missing: [None, None],
        }];
        let lent = &Stack {
            lines: &lines,
            ..*lent
        };
        let without = stack(lent, WIDE_PX);
        let layout = stack(
            &Stack {
                nights: &nights,
                ..*lent
            },
            WIDE_PX,
        );
        let shaded = |layout: &StackLayout| {
            let plot = layout.lines[0].plot;
            let all = fills(layout, Role::Band).into_iter();
            all.filter(|rect| rect.y == plot.y).collect::<Vec<_>>()
        };
        assert!(shaded(&without).is_empty());
        let found = shaded(&layout);
        assert_eq!(found.len(), 1);
        let time = layout.columns[0].time;
        assert!((found[0].x - time.at(hour(46.0).unix_ms() as f64)).abs() < 1e-6);
        assert!((found[0].right() - time.at(hour(54.0).unix_ms() as f64)).abs() < 1e-6);
        // A night that began before what is looked at is shaded from the edge.
        let cut = Stack {
            nights: &nights,
            view: Some(view(50.0, 100.0)),
            ..*lent
        };
        let cut = stack(&cut, WIDE_PX);
        assert!((shaded(&cut)[0].x - cut.across.0).abs() < 1e-6);
    });
    // A year of nights is too narrow for it.
    let values: Vec<_> = (0..365).map(|_| (Some(90.0), None)).collect();
    let days = common::nights(Day::new(2026, 1, 1).unwrap(), &values);
    let lanes = [StackLane {
        chart: common::plain(&days),
        expected: &[],
        unusual: &[],
        agreement: None,
    }];
    let layout = stack(
        &Stack {
            lanes: &lanes,
            nights: &nights,
            ..Stack::default()
        },
        WIDE_PX,
    );
    assert!(fills(&layout, Role::Band).is_empty());
}

#[test]
fn workouts_are_stretches_from_near_and_marks_from_far() {
    let spans = [
        (hour(31.0), hour(36.0), Twin::A, "Hiking"),
        (hour(33.0), hour(33.2), Twin::B, "Hiking"),
    ];
    let marks = [(day_one().plus(1), Twin::A)];
    with(|lent| {
        let lent = Stack {
            workouts: &marks,
            workout_spans: &spans,
            ..*lent
        };
        let near = stack(
            &Stack {
                view: Some(view(24.0, 72.0)),
                ..lent
            },
            WIDE_PX,
        );
        let far = stack(&lent, 240.0);
        // A's outline is five hours wide and says what it is; B's is too narrow for words.
        let named = near
            .picture
            .labels
            .iter()
            .filter(|label| label.text == "Hiking");
        assert_eq!(named.count(), 1);
        let outlines = |layout: &StackLayout, role: Role| {
            let closed = |points: &[Point]| points.len() == 5 && points[0] == points[4];
            let all = layout
                .picture
                .shapes
                .iter()
                .filter_map(|shape| match shape {
                    Shape::Line {
                        points, role: of, ..
                    } if *of == role && closed(points) => Some(points[1].x - points[0].x),
                    _ => None,
                });
            all.collect::<Vec<f64>>()
        };
        let hour_px = (near.across.1 - near.across.0) / 48.0;
        let a = outlines(&near, Role::TwinA);
        assert!(a.len() == 1 && (a[0] - 5.0 * hour_px).abs() < 1e-6);
        assert_eq!(outlines(&near, Role::TwinB).len(), 1);
        assert!(outlines(&far, Role::TwinA).is_empty());
        assert!(
            near.picture
                .labels
                .iter()
                .any(|label| label.text == "Workouts")
        );
        assert_eq!(
            near.picture.size.height_px,
            stack(&lent, WIDE_PX).picture.size.height_px
        );
    });
}

#[test]
fn what_is_expected_is_filled_between_its_edges() {
    let expected: Vec<Option<Band>> = (0..9)
        .map(|night| {
            (night != 4).then(|| Band {
                low: 80.0 - f64::from(night),
                high: 90.0 - f64::from(night),
            })
        })
        .collect();
    let expedition = Expedition::new();
    let lanes = [StackLane {
        chart: expedition.chart(),
        expected: &expected,
        unusual: &[],
        agreement: None,
    }];
    let layout = stack(
        &Stack {
            lanes: &lanes,
            ..Stack::default()
        },
        WIDE_PX,
    );
    let scale = layout.lanes[0].values.unwrap();
    let filled = fills(&layout, Role::Band);
    for (stop, band) in layout.stops.iter().zip(&expected) {
        let around = filled.iter().find(|rect| {
            rect.x < stop.x && stop.x < rect.right() && rect.width < layout.across.1 / 2.0
        });
        assert_eq!(around.is_some(), band.is_some());
        if let (Some(rect), Some(band)) = (around, band) {
            assert!((rect.y - scale.at(band.high)).abs() < 1e-6);
            assert!((rect.bottom() - scale.at(band.low)).abs() < 1e-6);
        }
    }
}

#[test]
fn notes_of_both_are_diamonds_and_lasting_ones_are_lines() {
    let ms = |at: f64| hour(at).unix_ms() as f64;
    let note = |note, at: f64, until: Option<f64>, twin| AxisNote {
        from: ms(at),
        until: until.map(ms),
        twin,
        note,
    };
    let notes = [
        note(0, 30.0, None, Some(Twin::A)),
        note(1, 31.0, None, Some(Twin::B)),
        note(2, 60.0, Some(70.0), None),
        note(3, 90.0, None, Some(Twin::B)),
    ];
    with(|lent| {
        let before = stack(lent, WIDE_PX);
        let layout = stack(
            &Stack {
                notes: &notes,
                ..*lent
            },
            WIDE_PX,
        );
        assert!(layout.picture.size.height_px > before.picture.size.height_px);
        let which: Vec<&[usize]> = layout
            .notes
            .iter()
            .map(|note| note.notes.as_slice())
            .collect();
        assert_eq!(which, [&[0, 1][..], &[2], &[3]]);
        assert!(layout.picture.labels.iter().any(|label| label.text == "2"));
        let time = layout.columns[0].time;
        let lasting = layout.picture.shapes.iter().any(|shape| match shape {
            Shape::Line {
                points,
                role: Role::Ink,
                ..
            } => {
                (points[0].x - time.at(hour(60.0).unix_ms() as f64)).abs() < 1e-6
                    && (points[1].x - time.at(hour(70.0).unix_ms() as f64)).abs() < 1e-6
            }
            _ => false,
        });
        assert!(lasting);
        // Beside each other, each twin's are in its own column.
        let side = Stack {
            notes: &notes,
            mode: chart::StackMode::Side,
            ..*lent
        };
        let side = stack(&side, WIDE_PX);
        let which: Vec<&[usize]> = side
            .notes
            .iter()
            .map(|note| note.notes.as_slice())
            .collect();
        assert_eq!(which, [&[0][..], &[2], &[1], &[2], &[3]]);
    });
}

/// A value a night, from the first of so many; those at `without` are missing.
fn nightly(nights: i64, without: &[i64]) -> Vec<Bucketed> {
    let kept = (0..nights).filter(|night| !without.contains(night));
    kept.map(|night| {
        let at_ms = hour(24.0 * night as f64 + 2.0).unix_ms();
        Bucketed::sample(at_ms, 90.0 - (night % 5) as f64, 43_200_000, Source::Oura)
    })
    .collect()
}

#[test]
fn the_strip_shows_the_whole_record_and_both_its_ends() {
    let (a, b) = (nightly(60, &[]), nightly(60, &[30]));
    let bounds = with(stack_bounds);
    let (from, to) = (a[0].from_ms as f64, a[59].from_ms as f64);
    // A week before the range, and weeks after it.
    let reach = strip_bounds(bounds, from - 7.0 * DAY_MS, to);
    assert!(reach.whole().from < from - 7.0 * DAY_MS && reach.holds(bounds.whole()));
    assert_eq!(reach.whole().to, to + 0.5 * DAY_MS);
    // The range's own nights have as much around them.
    let expedition = Expedition::new();
    let first = expedition.days[0].at.unix_ms() as f64;
    assert_eq!(strip_bounds(bounds, first, first), bounds);
    let strip = Strip {
        bounds: reach,
        lines: [&a, &b],
        ends: Some([(day_one().plus(-1), None), (day_one().plus(59), Some(60))]),
    };
    let picture = brush(&strip, 614.0);
    assert_eq!(picture.size.height_px, 48.0);
    let texts: Vec<&str> = picture
        .labels
        .iter()
        .map(|label| label.text.as_str())
        .collect();
    assert_eq!(texts, ["4 Oct", "Day 60, 3 Dec"]);
    let drawn: Vec<(Role, usize)> = picture
        .shapes
        .iter()
        .map(|shape| match shape {
            Shape::Line { points, role, .. } => (*role, points.len()),
            _ => panic!("{shape:?}"),
        })
        .collect();
    // The night B has no value of is a gap.
    let expected = [(Role::TwinB, 30), (Role::TwinB, 29), (Role::TwinA, 60)];
    assert_eq!(drawn, expected);
    let Some(Shape::Line { points, .. }) = picture.shapes.last() else {
        panic!("no line of A");
    };
    // 600 px of time between half handles.
    let x = |at_ms: f64| 7.0 + (at_ms - reach.whole().from) / reach.whole().span() * 600.0;
    assert!((points[0].x - x(from)).abs() < 1e-9 && (points[59].x - x(to)).abs() < 1e-9);

    let years = Strip {
        ends: Some([(day_one().plus(-365), None), (day_one(), Some(1))]),
        ..strip
    };
    assert_eq!(brush(&years, 614.0).labels[0].text, "5 Oct 2025");
    let nothing = Strip {
        lines: [&[], &[]],
        ends: None,
        ..strip
    };
    assert!(brush(&nothing, 600.0).shapes.is_empty());
}

#[test]
fn the_window_lies_where_its_handles_are() {
    let bounds = with(stack_bounds);
    let whole = bounds.whole();
    let part = View {
        from: whole.from + 0.25 * whole.span(),
        to: whole.from + 0.5 * whole.span(),
    };
    // 600 px of time between half handles.
    assert_eq!(brush_edges(bounds, part, 614.0), (157.0, 307.0));
    for shape in brush_handle() {
        let points = match shape {
            Shape::Area { points, .. } | Shape::Line { points, .. } => points,
            Shape::Fill { rect, .. } => {
                vec![
                    Point::new(rect.x, rect.y),
                    Point::new(rect.right(), rect.bottom()),
                ]
            }
            Shape::Disc { .. } => panic!("a handle is a box"),
        };
        let is_within = |point: &Point| point.x.abs() <= 7.0 && (0.0..=48.0).contains(&point.y);
        assert!(points.iter().all(is_within), "{points:?}");
    }
    let meant = |x: f64| brush_part(bounds, part, 614.0, x);
    assert_eq!(meant(157.0), BrushPart::From);
    assert_eq!(meant(135.0), BrushPart::From);
    assert_eq!(meant(307.0), BrushPart::To);
    assert_eq!(meant(232.0), BrushPart::Window);
    assert_eq!(meant(20.0), BrushPart::Outside);
    assert!((brush_at(bounds, 614.0, 157.0) - part.from).abs() < 1.0);
    assert_eq!(brush_at(bounds, 614.0, -1e9), whole.from);
    // The narrowest window can still be moved.
    let narrow = View {
        from: whole.from + 0.5 * whole.span(),
        to: whole.from + 0.5 * whole.span(),
    };
    let fitted = bounds.fit(narrow);
    let at = |share: f64| {
        let at_ms = fitted.from + share * fitted.span();
        7.0 + (at_ms - whole.from) / whole.span() * 600.0
    };
    assert_eq!(
        brush_part(bounds, narrow, 614.0, at(0.5)),
        BrushPart::Window
    );
}

proptest! {
    #[test]
    fn every_note_in_sight_is_in_one_mark(
        at in prop::collection::vec((-50.0_f64..300.0, prop::option::of(0_u8..2)), 0..40),
    ) {
        let notes: Vec<AxisNote> = at
            .iter()
            .enumerate()
            .map(|(note, (at, twin))| AxisNote {
                from: hour(*at).unix_ms() as f64,
                until: None,
                twin: twin.map(|twin| Twin::BOTH[usize::from(twin)]),
                note,
            })
            .collect();
        with(|lent| {
            let seen = view(20.0, 120.0);
            let layout = stack(
                &Stack { notes: &notes, view: Some(seen), ..*lent },
                WIDE_PX,
            );
            let mut found: Vec<usize> = layout.notes.iter().flat_map(|note| note.notes.clone()).collect();
            found.sort_unstable();
            let expected: Vec<usize> = (0..notes.len())
                .filter(|place| seen.holds(notes[*place].from))
                .collect();
            prop_assert_eq!(&found, &expected);
            // Two notes are of one mark exactly where a chain of steps under 14 px joins them.
            let x = |place: usize| layout.columns[0].time.at(notes[place].from);
            let mut sorted = expected;
            sorted.sort_by(|one, two| x(*one).total_cmp(&x(*two)));
            for pair in sorted.windows(2) {
                let together = layout
                    .notes
                    .iter()
                    .any(|note| note.notes.contains(&pair[0]) && note.notes.contains(&pair[1]));
                prop_assert_eq!(together, x(pair[1]) - x(pair[0]) < 14.0);
            }
            for chart::NoteMark { rect: place, .. } in &layout.notes {
                prop_assert!(place.width > 23.999 && place.height > 23.999);
                prop_assert!(place.y > layout.lanes[0].plot.bottom() && place.bottom() <= layout.floor);
            }
            Ok(())
        })?;
    }

    /// As many days as it takes, wherever between the two their nights are drawn; and no fewer would
    /// do where all are drawn alike.
    #[test]
    fn a_stretch_can_be_looked_at_in_its_days(
        begin in -20_000.0_f64..40_000.0, days in 0.001_f64..400.0,
        earliest in -14.0_f64..16.0, later in prop_oneof![Just(0.0), 0.0_f64..12.0],
        share in 0.0_f64..=1.0,
    ) {
        let from = begin * DAY_MS;
        let stretch = View { from, to: from + days * DAY_MS };
        let [earliest_ms, latest_ms, drawn_ms] =
            [0.0, 1.0, share].map(|share| (earliest + share * later) * 3_600_000.0);
        let range = strip_days(stretch, (earliest_ms, latest_ms));
        let night = |day: Day| day.start_utc().unix_ms() as f64 + drawn_ms;
        let holds = |first: Day, last: Day, slack_ms: f64| {
            let (from, to) = (night(first) - 0.43 * DAY_MS, night(last) + 0.5 * DAY_MS);
            from <= stretch.from + slack_ms && stretch.to - slack_ms <= to
        };
        prop_assert!(!range.is_empty());
        prop_assert!(holds(range.first, range.last, 100.0));
        if later == 0.0 && range.len() > 1 {
            prop_assert!(!holds(range.first.plus(1), range.last, -100.0));
            prop_assert!(!holds(range.first, range.last.plus(-1), -100.0));
        }
    }

    #[test]
    fn brushing_there_and_back(share in 0.0_f64..1.0, width in 20.0_f64..2_000.0) {
        let bounds = Bounds::new(1e12, 1e12 + 400.0 * DAY_MS, DAY_MS);
        let whole = bounds.whole();
        let at_ms = whole.from + share * whole.span();
        let x = 7.0 + share * (width - 14.0);
        prop_assert!((brush_at(bounds, width, x) - at_ms).abs() < 1.0);
    }
}
