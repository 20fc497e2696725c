//! A part of the hours: the same picture as the whole, cut at the plot's edges.
#![allow(clippy::unwrap_used, reason = "test code")]

use chart::intraday::{
    AxisWords, Content, Intraday, IntradayLayout, Lane, Row, RowMoment, Trace, bounds, crosshair,
    extents, layout, layout_within, snap, summary, values_at,
};
use chart::{Point, Role, Shape, View, svg};
use physiology::units::Clock;
use physiology::{SleepStage, StageSpan, Twin};
use proptest::prelude::*;

fn trace(samples: &[(i32, f64)]) -> Trace<'_> {
    Trace {
        samples,
        interval_s: 300,
        intervals: &[],
        gaps: &[],
        unit: "bpm",
        borders: &[],
        marks_peak: false,
    }
}

fn row(twin: Twin, content: Content<'_>) -> Row<'_> {
    Row {
        twin,
        heading: None,
        name: "Heart rate",
        height_px: 120.0,
        onset_s: None,
        content,
        lane: None,
    }
}

fn day<'a>(rows: &'a [Row<'a>]) -> Intraday<'a> {
    Intraday {
        from_s: 0,
        to_s: 86_400,
        view: None,
        clock: Clock::Hours24,
        words: AxisWords::Clock,
        columns_per_px: 1.0,
        rows,
        notes: &[],
    }
}

fn seen(chart: Intraday<'_>, from: f64, to: f64) -> Intraday<'_> {
    Intraday {
        view: Some(View { from, to }),
        ..chart
    }
}

fn lines(layout: &IntradayLayout, role: Role) -> Vec<Vec<Point>> {
    let of = |shape: &Shape| match shape {
        Shape::Line {
            points, role: of, ..
        } if *of == role => Some(points.clone()),
        _ => None,
    };
    layout.picture.shapes.iter().filter_map(of).collect()
}

fn hours(layout: &IntradayLayout) -> Vec<&str> {
    let texts = layout
        .picture
        .labels
        .iter()
        .filter(|label| label.y > layout.floor);
    texts.map(|label| label.text.as_str()).collect()
}

/// The height of a path of steps at `x`, where it is drawn there: found point by point.
fn height(paths: &[Vec<Point>], x: f64) -> Option<f64> {
    paths
        .iter()
        .flat_map(|path| path.windows(2))
        .find_map(|ends| {
            let (one, two) = (ends[0], ends[1]);
            (one.x <= x && x <= two.x && one.x < two.x)
                .then(|| one.y + (two.y - one.y) * (x - one.x) / (two.x - one.x))
        })
}

/// A pulse every five minutes that is told apart everywhere, with a gap from 10:00 to 12:00.
fn pulse() -> Vec<(i32, f64)> {
    (0..289)
        .map(|index| index * 300)
        .filter(|at_s| !(36_000..43_200).contains(at_s))
        .map(|at_s| (at_s, 60.0 + f64::from(at_s * 7 / 300 % 41)))
        .collect()
}

#[test]
fn everything_looked_at_is_the_whole_picture() {
    let samples = pulse();
    let rows = [row(Twin::A, Content::Trace(trace(&samples)))];
    let chart = day(&rows);
    for (from, to) in [(0.0, 86_400.0), (-1e12, 1e12), (f64::NAN, 3.0)] {
        assert_eq!(layout(&seen(chart, from, to), 900.0), layout(&chart, 900.0));
    }
}

#[test]
fn a_part_is_the_whole_cut_at_the_edges() {
    let samples = pulse();
    let spans = [
        span(3_600, 7_000, SleepStage::Light),
        span(7_000, 20_000, SleepStage::Deep),
    ];
    let rows = [
        row(Twin::A, Content::Trace(trace(&samples))),
        row(Twin::B, Content::Stages(&spans)),
    ];
    let chart = day(&rows);
    // Wide enough that no sample is left out of either.
    let whole = layout(&chart, 4_000.0);
    let (from, to) = (5_017.3, 38_211.9);
    let part = layout(&seen(chart, from, to), 4_000.0);
    assert_eq!(part.picture.size.height_px, whole.picture.size.height_px);
    assert_eq!(part.rows, whole.rows, "frames and scales stand still");
    let (left, right) = part.time.range();
    let (cut, full) = (lines(&part, Role::TwinA), lines(&whole, Role::TwinA));
    let xs: Vec<f64> = cut.iter().flatten().map(|point| point.x).collect();
    assert_eq!(xs[0], left, "cut exactly at the edge");
    assert!(xs.iter().all(|x| (left..=right).contains(x)));
    for step in 0..2_000 {
        let at_s = from + (to - from) * f64::from(step) / 1_999.0;
        let own = height(&cut, part.time.at(at_s));
        let other = height(&full, whole.time.at(at_s));
        match (own, other) {
            (Some(own), Some(other)) => assert!((own - other).abs() < 1e-6, "{at_s}"),
            (None, None) => {}
            _ => panic!("{at_s}: {own:?} {other:?}"),
        }
    }
    let night = part.picture.shapes.iter().filter_map(|shape| match shape {
        Shape::Fill {
            rect,
            role: Role::TwinB,
        } => Some((rect.x, rect.right())),
        _ => None,
    });
    let night: Vec<(f64, f64)> = night.collect();
    let at = |at_s: f64| part.time.at(at_s);
    assert_eq!(night[0], (left, at(7_000.0)));
    assert_eq!(night[2], (at(7_000.0), at(20_000.0)));
}

fn span(from_s: i32, to_s: i32, stage: SleepStage) -> StageSpan {
    StageSpan {
        from_s,
        to_s,
        stage,
    }
}

#[test]
fn between_two_samples_the_line_runs_from_edge_to_edge() {
    let samples = pulse();
    let fine = [(0, 5)];
    let rows = [row(
        Twin::A,
        Content::Trace(Trace {
            intervals: &[(80_000, 5)],
            ..trace(&samples)
        }),
    )];
    let part = layout(&seen(day(&rows), 3_640.0, 3_700.0), 800.0);
    let paths = lines(&part, Role::TwinA);
    assert_eq!(paths.len(), 1);
    let ends: Vec<f64> = paths[0].iter().map(|point| point.x).collect();
    assert_eq!(ends, [part.time.range().0, part.time.range().1]);
    assert_eq!(hours(&part), ["01:01"]);
    // Where every sample is 5 s away, five minutes are a gap, and nothing is in sight.
    let rows = [row(
        Twin::A,
        Content::Trace(Trace {
            intervals: &fine,
            ..trace(&samples)
        }),
    )];
    let part = layout(&seen(day(&rows), 3_640.0, 3_700.0), 800.0);
    assert!(lines(&part, Role::TwinA).is_empty());
}

#[test]
fn one_looks_as_closely_as_was_measured() {
    let rows = [row(Twin::A, Content::Trace(trace(&[])))];
    let closest = |rows: &[Row<'_>]| {
        let chart = seen(day(rows), 40_000.0, 40_000.0);
        let (from, to) = layout(&chart, 800.0).time.domain();
        assert_eq!(bounds(&chart).whole().span(), 86_400.0);
        (to - from).round()
    };
    assert_eq!(closest(&rows), 900.0);
    let rows = [row(
        Twin::A,
        Content::Trace(Trace {
            intervals: &[(36_000, 5), (39_600, 300)],
            ..trace(&[])
        }),
    )];
    assert_eq!(closest(&rows), 60.0);
    let layout = layout(&seen(day(&rows), 36_000.0, 36_600.0), 800.0);
    assert_eq!(
        hours(&layout).len(),
        11,
        "a minute each: {:?}",
        hours(&layout)
    );
    assert_eq!(hours(&layout)[1], "10:01");
}

#[test]
fn where_the_interval_changes_the_longer_of_both_is_the_rule() {
    // Around the clock every 5 min, in a workout every 5 s; in it the strap slips for a minute.
    let mut samples: Vec<(i32, f64)> = (0..12).map(|index| (index * 300, 60.0)).collect();
    let workout = (3_500..5_000).step_by(5);
    samples.extend(
        workout
            .filter(|at_s| !(4_000..4_060).contains(at_s))
            .map(|at_s| (at_s, 120.0)),
    );
    samples.extend((0..10).map(|index| (5_200 + index * 300, 70.0)));
    let rows = [row(
        Twin::A,
        Content::Trace(Trace {
            intervals: &[(3_500, 5), (5_000, 300)],
            ..trace(&samples)
        }),
    )];
    let chart = Intraday {
        to_s: 8_000,
        ..day(&rows)
    };
    let paths = lines(&layout(&chart, 4_000.0), Role::TwinA);
    // A line up to the slip and one from there, and neither a gap before nor after the workout.
    assert_eq!(paths.len(), 2);
    assert!(summary(&chart, ["Maya", "Leela"]).ends_with("with a gap."));
}

#[test]
fn readings_are_samples_and_know_their_time() {
    let (a, b) = (
        [(60, 60.0), (360, 70.0)],
        [(200, 61.0), (500, 84.0), (9_000, 50.0)],
    );
    let gaps = [(500, 9_000, "Not worn")];
    let rows = [
        row(Twin::A, Content::Trace(trace(&a))),
        row(
            Twin::B,
            Content::Trace(Trace {
                gaps: &gaps,
                ..trace(&b)
            }),
        ),
    ];
    let chart = day(&rows);
    let told = values_at(&chart, 340);
    assert_eq!(told.time, "00:05:40");
    let measured = |at_s, time: &str, value, text: &str| RowMoment::Measured {
        at_s,
        time: time.to_owned(),
        value: Some(value),
        text: text.to_owned(),
    };
    assert_eq!(
        told.rows,
        [
            measured(360, "00:06", 70.0, "70\u{a0}bpm"),
            measured(200, "00:03:20", 61.0, "61\u{a0}bpm"),
        ]
    );
    assert_eq!(told.differences.len(), 1);
    assert_eq!(told.differences[0].text, "+9\u{a0}bpm");
    assert_eq!((told.differences[0].value, snap(&chart, 340)), (9.0, 360));
    // In the gap the reason is told, though a sample lies within an interval.
    let told = values_at(&chart, 600);
    assert_eq!(told.rows[0], measured(360, "00:06", 70.0, "70\u{a0}bpm"));
    assert_eq!(told.rows[1], RowMoment::Missing(Some("Not worn".into())));
    assert!(told.differences.is_empty());
    assert_eq!(
        snap(&chart, 5_000),
        5_000,
        "nothing near: a gap can be pointed at"
    );
    let ring = |at_s| {
        let layout = layout(&chart, 800.0);
        let shapes = crosshair(&chart, &layout, at_s);
        let centres = shapes.iter().filter_map(|shape| match shape {
            Shape::Disc { centre, .. } => Some(layout.time.invert(centre.x).round()),
            _ => None,
        });
        centres.collect::<Vec<_>>()
    };
    assert_eq!(ring(340), [360.0, 360.0]);
    // Out of sight there is no crosshair, and no ring on a sample that is.
    let part = seen(chart, 400.0, 2_000.0);
    assert!(crosshair(&part, &layout(&part, 800.0), 340).is_empty());
    assert_eq!(
        crosshair(&part, &layout(&part, 800.0), 405).len(),
        3,
        "B alone"
    );
    assert_eq!(snap(&part, 405), 500);
}

#[test]
fn nights_are_laid_over_one_another_from_onset() {
    let samples: Vec<(i32, f64)> = (-6..90).map(|index| (index * 300, 50.0)).collect();
    let of = |twin, onset_s| Row {
        onset_s: Some(onset_s),
        ..row(twin, Content::Trace(trace(&samples)))
    };
    let rows = [of(Twin::A, -4_740), of(Twin::B, 2_100)];
    let chart = Intraday {
        from_s: -1_800,
        to_s: 27_000,
        words: AxisWords::SinceOnset,
        ..day(&rows)
    };
    let plain = |text: &str| text.replace('\u{a0}', " ");
    let ticks = |from, to, width_px| {
        let layout = layout(&seen(chart, from, to), width_px);
        hours(&layout).into_iter().map(plain).collect::<Vec<_>>()
    };
    let whole: Vec<String> = (0..8).map(|hour| format!("{hour} h")).collect();
    assert_eq!(ticks(-1_800.0, 27_000.0, 800.0), whole);
    assert_eq!(
        ticks(-1_800.0, 7_200.0, 520.0),
        ["−30 min", "0 h", "+30 min", "1 h", "+30 min", "2 h"]
    );
    assert_eq!(
        ticks(4_000.0, 5_200.0, 420.0),
        ["1 h 10", "+15 min", "+20 min", "+25 min"]
    );
    let told = values_at(&chart, 8_100);
    assert_eq!(plain(&told.time), "2 h 15 after sleep onset");
    let times: Vec<&str> = told
        .rows
        .iter()
        .map(|row| match row {
            RowMoment::Measured { time, .. } => time.as_str(),
            RowMoment::Missing(_) => "",
        })
        .collect();
    // 22:41 and 00:35, and two hours and a quarter.
    assert_eq!(times, ["00:56", "02:50"]);
    assert_eq!(
        plain(&values_at(&chart, -1_500).time),
        "25 min before sleep onset"
    );
    assert_eq!(values_at(&chart, 0).time, "at sleep onset");
    let text = plain(&summary(&chart, ["Maya", "Leela"]));
    assert_eq!(
        text,
        "Maya, A, asleep from 22:41: heart rate 50 to 50 bpm, 30 min before sleep onset to \
         7 h 25 after sleep onset. Leela, B, asleep from 00:35: heart rate 50 to 50 bpm, \
         30 min before sleep onset to 7 h 25 after sleep onset."
    );
}

#[test]
fn a_day_of_seconds_is_as_fine_as_the_screen() {
    let samples: Vec<(i32, f64)> = (0..86_400)
        .map(|at_s| (at_s, 100.0 + f64::from(at_s * 7 % 61)))
        .collect();
    let rows = [row(
        Twin::A,
        Content::Trace(Trace {
            interval_s: 1,
            marks_peak: true,
            ..trace(&samples)
        }),
    )];
    for columns_per_px in [1.0, 2.0] {
        let chart = Intraday {
            columns_per_px,
            ..day(&rows)
        };
        let extents = extents(&chart);
        for (from, to) in [(0.0, 86_400.0), (30_000.0, 31_000.0)] {
            let chart = seen(chart, from, to);
            let layout = layout_within(&chart, &extents, 700.0);
            let points: usize = lines(&layout, Role::TwinA).iter().map(Vec::len).sum();
            let (left, right) = layout.time.range();
            let columns = (right - left) * columns_per_px + 1.0;
            assert!(points as f64 <= 4.0 * columns, "{points}");
            assert!(
                points as f64 >= (to - from + 1.0).min(3.0 * columns),
                "{points}"
            );
        }
    }
}

fn hostile() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        40.0..200.0_f64,
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::MIN_POSITIVE)
    ]
}

fn moment() -> impl Strategy<Value = i32> {
    prop_oneof![any::<i32>(), -90_000..90_000_i32]
}

fn view() -> impl Strategy<Value = Option<View>> {
    let end = || prop_oneof![hostile(), -90_000.0..90_000.0_f64];
    prop::option::of((end(), end()).prop_map(|(from, to)| View { from, to }))
}

/// Samples in any order or in none, sparse and dense.
fn samples() -> impl Strategy<Value = Vec<(i32, f64)>> {
    let any_order = || prop::collection::vec((moment(), hostile()), 0..60);
    let dense = (0..40_i32, 0..5_000_i32, hostile()).prop_map(|(step_s, count, value)| {
        let sample = |index| (index * step_s, if index % 7 == 3 { value } else { 90.0 });
        (0..count).map(sample).collect()
    });
    let ordered = any_order().prop_map(|mut samples| {
        samples.sort_by_key(|sample| sample.0);
        samples
    });
    prop_oneof![any_order(), ordered, dense]
}

fn points(shape: &Shape) -> Vec<Point> {
    match shape {
        Shape::Line { points, .. } | Shape::Area { points, .. } => points.clone(),
        Shape::Disc { centre, .. } => vec![*centre],
        Shape::Fill { rect, .. } => vec![
            Point::new(rect.x, rect.y),
            Point::new(rect.right(), rect.bottom()),
        ],
    }
}

proptest! {
    #[test]
    fn nothing_hostile_ends_it_whatever_is_looked_at(
        a in samples(),
        b in samples(),
        spans in prop::collection::vec((moment(), moment(), 0..4_usize), 0..20),
        borders in prop::collection::vec(hostile(), 0..7),
        steps in prop::collection::vec((moment(), any::<i32>()), 0..4),
        lane in prop::collection::vec((moment(), moment()), 0..5),
        ends in (moment(), moment()),
        view in view(),
        width_px in prop_oneof![hostile(), 100.0..2_000.0_f64],
        columns_per_px in prop_oneof![hostile(), Just(2.0)],
        words in prop_oneof![Just(AxisWords::Clock), Just(AxisWords::SinceOnset)],
        onset_s in prop::option::of(any::<i32>()),
        at_s in moment(),
        interval_s in prop_oneof![any::<i32>(), 1..400_i32],
    ) {
        let spans: Vec<StageSpan> = spans
            .into_iter()
            .map(|(from_s, to_s, stage)| span(from_s, to_s, SleepStage::ALL[stage]))
            .collect();
        let gaps: Vec<(i32, i32, &str)> =
            lane.iter().map(|(from_s, to_s)| (*from_s, *to_s, "Not worn")).collect();
        let of = |samples| Content::Trace(Trace {
            interval_s,
            intervals: &steps,
            gaps: &gaps,
            borders: &borders,
            marks_peak: true,
            ..trace(samples)
        });
        let marked = Some(Lane { asleep: &lane, workouts: &gaps });
        let rows = [
            Row { onset_s, lane: marked, ..row(Twin::A, of(&a)) },
            Row { onset_s, ..row(Twin::B, of(&b)) },
            row(Twin::B, Content::Stages(&spans)),
        ];
        let chart = Intraday {
            from_s: ends.0, to_s: ends.1, view, words, columns_per_px, ..day(&rows)
        };
        let layout = layout(&chart, width_px);
        let (left, right) = layout.time.range();
        let over = crosshair(&chart, &layout, at_s);
        for shapes in [&layout.picture.shapes, &over] {
            prop_assert!(!svg(shapes).contains("NaN"));
            for point in shapes.iter().flat_map(points) {
                // Rings stand around a point in the plot.
                prop_assert!((left - 7.0..=right + 7.0).contains(&point.x), "{point:?}");
                prop_assert!((-7.0..=layout.picture.size.height_px + 7.0).contains(&point.y), "{point:?}");
            }
        }
        for label in &layout.picture.labels {
            prop_assert!(label.x.is_finite() && label.y.is_finite(), "{label:?}");
        }
        let columns = (layout.picture.size.width_px * if columns_per_px.is_finite() {
            columns_per_px.clamp(0.25, 8.0)
        } else {
            1.0
        }) as usize + 1;
        for role in [Role::TwinA, Role::TwinB] {
            let drawn = layout.picture.shapes.iter().filter(|shape| match shape {
                Shape::Line { role: of, .. } | Shape::Disc { role: of, .. } => *of == role,
                _ => false,
            });
            let drawn: usize = drawn.map(|shape| points(shape).len()).sum();
            prop_assert!(drawn <= 32 * columns, "{drawn} in {columns}");
        }
        let told = values_at(&chart, at_s);
        prop_assert_eq!(told.rows.len(), 3);
        for (told, samples) in told.rows.iter().zip([&a, &b]) {
            if let RowMoment::Measured { at_s, value: Some(value), .. } = told {
                prop_assert!(samples.contains(&(*at_s, *value)));
            }
        }
        let snapped = snap(&chart, at_s);
        let is_sample = a.iter().chain(&b).any(|sample| sample.0 == snapped);
        prop_assert!(snapped == at_s || is_sample);
        prop_assert!(summary(&chart, ["Maya", "Leela"]).contains("Maya, A"));
        if ends.0 < ends.1 {
            // Wherever somebody points, the crosshair can stand there.
            let pointed_s = layout.at_s(f64::from(at_s));
            prop_assert!(!crosshair(&chart, &layout, pointed_s).is_empty(), "{pointed_s}");
        }
    }

    #[test]
    fn the_nearest_sample_is_the_nearest(
        steps in prop::collection::vec((1..1_200_i32, prop::bool::ANY), 1..60),
        at_s in -1_000..20_000_i32,
    ) {
        let mut now_s = 0;
        let samples: Vec<(i32, f64)> = steps
            .iter()
            .map(|(step_s, is_sound)| {
                now_s += step_s;
                (now_s, if *is_sound { 60.0 } else { f64::NAN })
            })
            .collect();
        let rows = [row(Twin::A, Content::Trace(trace(&samples)))];
        let chart = Intraday { from_s: -2_000, ..day(&rows) };
        // One after the other, without wit: by the layout's own line it is joined or not.
        let sound: Vec<i32> =
            samples.iter().filter(|one| one.1.is_finite()).map(|one| one.0).collect();
        let nearest = sound.iter().copied().min_by_key(|one| (one - at_s).abs());
        let under_line = sound
            .windows(2)
            .any(|pair| pair[0] <= at_s && at_s <= pair[1] && pair[1] - pair[0] <= 900);
        let expected = nearest
            .filter(|one| (one - at_s).abs() <= 300 || under_line)
            .unwrap_or(at_s);
        prop_assert_eq!(snap(&chart, at_s), expected);
    }
}
