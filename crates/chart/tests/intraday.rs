//! Rows over hours: where things end up, and that nothing hostile ends it.
#![allow(clippy::unwrap_used, reason = "test code")]

use chart::intraday::{
    AxisWords, Content, Intraday, IntradayLayout, Lane, Row, Trace, crosshair, layout, summary,
    values_at,
};
use chart::{Point, Role, Shape, svg};
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
        heading: Some("Maya"),
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

fn told(chart: &Intraday<'_>, at_s: i32) -> Vec<Option<String>> {
    let rows = values_at(chart, at_s).rows;
    rows.iter()
        .map(|row| row.text().map(str::to_owned))
        .collect()
}

fn lines(layout: &IntradayLayout, role: Role) -> Vec<Vec<Point>> {
    layout
        .picture
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line {
                points, role: of, ..
            } if *of == role => Some(points.clone()),
            _ => None,
        })
        .collect()
}

fn texts(layout: &IntradayLayout) -> Vec<&str> {
    layout
        .picture
        .labels
        .iter()
        .map(|label| label.text.as_str())
        .collect()
}

#[test]
fn gaps_stay_gaps_and_points_lie_where_time_and_value_put_them() {
    // 15 minutes are joined, 15 minutes and a second are not.
    let samples = [
        (0, 60.0),
        (300, 62.0),
        (1_200, 64.0),
        (2_101, 70.0),
        (2_401, 60.0),
    ];
    let rows = [row(Twin::A, Content::Trace(trace(&samples)))];
    let layout = layout(&day(&rows), 1_000.0);
    let parts = lines(&layout, Role::TwinA);
    assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
    let x = |label: &str| {
        layout
            .picture
            .labels
            .iter()
            .find(|of| of.text == label)
            .unwrap()
            .x
    };
    // The scale is read off the labels of the hours.
    let hour_px = (x("12:00") - x("06:00")) / 6.0;
    let at = |at_s: i32| x("12:00") + (f64::from(at_s) / 3_600.0 - 12.0) * hour_px;
    for (point, (at_s, _)) in parts.concat().iter().zip(&samples) {
        assert!((point.x - at(*at_s)).abs() < 1e-6);
    }
    let y: Vec<f64> = parts.concat().iter().map(|point| point.y).collect();
    assert!(y[0] > y[1] && y[1] > y[2] && y[2] > y[3]);
    assert_eq!(y[0], y[4], "equal values, equal heights");
}

#[test]
fn twins_share_one_scale() {
    let (low, high) = ([(0, 50.0), (300, 60.0)], [(0, 150.0), (300, 160.0)]);
    let rows = [
        row(Twin::A, Content::Trace(trace(&low))),
        row(Twin::B, Content::Trace(trace(&high))),
    ];
    let layout = layout(&day(&rows), 800.0);
    let scales: Vec<_> = layout
        .rows
        .iter()
        .map(|(_, scale)| scale.unwrap())
        .collect();
    assert_eq!(scales[0].domain(), scales[1].domain());
    assert!(scales[0].domain().0 < 50.0 && scales[0].domain().1 > 160.0);
}

#[test]
fn a_night_is_drawn_a_level_a_stage() {
    let span = |from_s, to_s, stage| StageSpan {
        from_s,
        to_s,
        stage,
    };
    let spans = [
        span(0, 600, SleepStage::Awake),
        span(600, 3_600, SleepStage::Light),
        span(3_600, 5_400, SleepStage::Deep),
        // A hole.
        span(7_200, 9_000, SleepStage::Rem),
    ];
    let rows = [row(Twin::B, Content::Stages(&spans))];
    let chart = Intraday {
        to_s: 10_800,
        ..day(&rows)
    };
    let layout = layout(&chart, 600.0);
    let mut bars: Vec<(f64, f64, f64)> = Vec::new();
    let mut steps = 0;
    for shape in &layout.picture.shapes {
        if let Shape::Fill { rect, role } = shape
            && *role == Role::TwinB
        {
            if rect.width == 1.0 {
                steps += 1;
            } else {
                bars.push((rect.x, rect.width, rect.y));
            }
        }
    }
    assert_eq!((bars.len(), steps), (4, 2), "no step over the hole");
    let width: f64 = bars.iter().map(|bar| bar.1).sum();
    let axis = layout.time.at(10_800.0) - layout.time.at(0.0);
    let slept: i32 = spans.iter().map(|span| span.length_s()).sum();
    assert!((width / axis - f64::from(slept) / 10_800.0).abs() < 1e-9);
    let y: Vec<f64> = bars.iter().map(|bar| bar.2).collect();
    assert!(y[0] < y[3] && y[3] < y[1] && y[1] < y[2]);
    for name in ["Awake", "REM", "Light", "Deep"] {
        assert!(texts(&layout).contains(&name));
    }
    assert_eq!(told(&chart, 4_000), [Some("Deep".to_owned())]);
    assert_eq!(told(&chart, 6_000), [None]);
    assert_eq!(
        summary(&chart, ["Maya", "Leela"]),
        "Leela, B: heart rate: Awake 0 h 10, REM 0 h 30, Light 0 h 50, Deep 0 h 30."
    );
}

#[test]
fn zones_peak_and_lane_are_marked_and_told() {
    let samples = [(36_000, 100.0), (36_300, 152.0), (36_600, 110.0)];
    let borders = [95.0, 114.0, 133.0, 152.0, 171.0, 190.0];
    let asleep = [(-5_000, 20_000)];
    let workouts = [(30_000, 60_000, "Hiking")];
    let rows = [Row {
        lane: Some(Lane {
            asleep: &asleep,
            workouts: &workouts,
        }),
        ..row(
            Twin::A,
            Content::Trace(Trace {
                borders: &borders,
                marks_peak: true,
                ..trace(&samples)
            }),
        )
    }];
    let chart = day(&rows);
    let layout = layout(&chart, 1_000.0);
    for text in ["Peak 152", "In bed", "Hiking", "Z2", "Z3"] {
        assert!(
            texts(&layout).contains(&text),
            "{text}: {:?}",
            texts(&layout)
        );
    }
    // On a border the higher zone begins.
    assert_eq!(told(&chart, 36_310), [Some("152\u{a0}bpm Z4".to_owned())]);
    assert_eq!(told(&chart, 40_000), [None]);
    assert_eq!(
        summary(&chart, ["Maya", "Leela"]),
        "Maya, A: heart rate 100 to 152 bpm, 10:00 to 10:10."
    );
    assert_eq!(crosshair(&chart, &layout, 36_300).len(), 3);
    assert_eq!(crosshair(&chart, &layout, 50_000).len(), 1);
    assert!(crosshair(&chart, &layout, -10).is_empty());
}

#[test]
fn nothing_measured_is_said() {
    let rows = [
        row(Twin::A, Content::Missing("Not worn")),
        row(Twin::B, Content::Trace(trace(&[]))),
    ];
    let chart = day(&rows);
    let layout = layout(&chart, 340.0);
    assert!(texts(&layout).contains(&"Not worn"));
    assert!(texts(&layout).contains(&"Heart rate: not measured"));
    assert_eq!(
        summary(&chart, ["Maya", "Leela"]),
        "Maya, A: heart rate: not worn. Leela, B: heart rate: not measured."
    );
}

#[test]
fn the_height_is_the_same_for_every_width_and_labels_stay_inside() {
    let samples: Vec<(i32, f64)> = (0..288)
        .map(|index| (index * 300, 60.0 + f64::from(index % 9)))
        .collect();
    let rows = [
        row(Twin::A, Content::Trace(trace(&samples))),
        row(Twin::B, Content::Trace(trace(&samples))),
    ];
    let mut chart = day(&rows);
    let heights: Vec<f64> = [340.0, 740.0, 1_700.0]
        .map(|width| layout(&chart, width).picture.size.height_px)
        .into();
    assert!(heights.windows(2).all(|pair| pair[0] == pair[1]));
    for clock in [Clock::Hours24, Clock::Hours12] {
        chart.clock = clock;
        for width in [320.0, 340.0, 740.0, 1_040.0, 1_700.0] {
            let layout = layout(&chart, width);
            for (index, label) in layout.picture.labels.iter().enumerate() {
                let bounds = label.bounds();
                assert!(
                    bounds.x >= -0.5 && bounds.right() <= width + 0.5,
                    "{label:?} at {width}"
                );
                let mut others = layout.picture.labels[index + 1..].iter();
                let over = others.find(|other| other.bounds().overlaps(&bounds));
                assert!(over.is_none(), "{label:?} {over:?} at {width}");
            }
        }
    }
    let layout = layout(&chart, 740.0);
    assert!(
        texts(&layout).contains(&"12:00\u{a0}pm"),
        "{:?}",
        texts(&layout)
    );
    let text = summary(&chart, ["Maya", "Leela"]).replace('\u{a0}', " ");
    assert!(text.contains("bpm, 12:00 am to 11:55 pm."), "{text}");
}

#[test]
fn a_dense_workout_is_thinned() {
    let samples: Vec<(i32, f64)> = (0..17_280)
        .map(|index| (index * 5, 100.0 + f64::from(index * 7 % 60)))
        .collect();
    let rows = [row(
        Twin::A,
        Content::Trace(Trace {
            interval_s: 5,
            ..trace(&samples)
        }),
    )];
    let layout = layout(&day(&rows), 700.0);
    let points: usize = lines(&layout, Role::TwinA).iter().map(Vec::len).sum();
    assert!(points <= 4 * 700, "{points}");
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

fn stage() -> impl Strategy<Value = StageSpan> {
    (moment(), moment(), 0..4_usize).prop_map(|(from_s, to_s, stage)| StageSpan {
        from_s,
        to_s,
        stage: SleepStage::ALL[stage],
    })
}

proptest! {
    #[test]
    fn nothing_hostile_ends_it(
        samples in prop::collection::vec((moment(), hostile()), 0..60),
        same in prop::collection::vec(hostile(), 0..5),
        spans in prop::collection::vec(stage(), 0..20),
        borders in prop::collection::vec(hostile(), 0..7),
        lane in prop::collection::vec((moment(), moment()), 0..5),
        interval_s in any::<i32>(),
        ends in (moment(), moment()),
        height_px in hostile(),
        width_px in prop_oneof![hostile(), 100.0..2_000.0_f64],
        at_s in moment(),
        at_x in hostile(),
    ) {
        let mut samples = samples;
        // Several at one instant.
        samples.extend(same.into_iter().map(|value| (3_600, value)));
        let workouts: Vec<(i32, i32, &str)> =
            lane.iter().map(|(from_s, to_s)| (*from_s, *to_s, "Hiking")).collect();
        let trace = Content::Trace(Trace {
            samples: &samples,
            interval_s,
            intervals: &[],
            gaps: &[],
            unit: "bpm",
            borders: &borders,
            marks_peak: true,
        });
        let lane = Some(Lane { asleep: &lane, workouts: &workouts });
        let rows = [
            Row { height_px, lane, ..row(Twin::A, trace) },
            Row { height_px, ..row(Twin::B, Content::Stages(&spans)) },
            row(Twin::B, Content::Missing("Not worn")),
        ];
        let chart = Intraday { from_s: ends.0, to_s: ends.1, clock: Clock::Hours12, ..day(&rows) };
        let layout = layout(&chart, width_px);
        prop_assert!(layout.picture.size.height_px.is_finite() && layout.picture.size.width_px.is_finite());
        prop_assert_eq!(layout.rows.len(), 3);
        let over = crosshair(&chart, &layout, at_s);
        for shapes in [&layout.picture.shapes, &over] {
            prop_assert!(!svg(shapes).contains("NaN"));
            for shape in shapes {
                let points: Vec<Point> = match shape {
                    Shape::Line { points, .. } | Shape::Area { points, .. } => points.clone(),
                    Shape::Disc { centre, .. } => vec![*centre],
                    Shape::Fill { rect, .. } => {
                        vec![Point::new(rect.x, rect.y), Point::new(rect.right(), rect.bottom())]
                    }
                };
                for point in points {
                    prop_assert!(
                        (-20.0..=layout.picture.size.width_px + 20.0).contains(&point.x)
                            && (-20.0..=layout.picture.size.height_px + 20.0).contains(&point.y),
                        "{shape:?}"
                    );
                }
            }
        }
        prop_assert_eq!(values_at(&chart, at_s).rows.len(), 3);
        prop_assert!(summary(&chart, ["Maya", "Leela"]).contains("Maya, A"));
        let _ = layout.at_s(at_x);
    }
}
