//! Heart rate over some hours, laid out.
#![allow(clippy::unwrap_used, reason = "a test ends at its first failure")]

use chart::{
    Options, Shape, Size, TraceChart, TraceLayout, TracePanels, TraceValue, TwinTrace, svg,
    trace_crosshair, trace_layout, trace_readout, trace_snap, trace_summary,
};
use physiology::Twin;
use physiology::units::Clock;

const FROM_S: i32 = 8 * 3_600 + 240;
const TO_S: i32 = 13 * 3_600 + 1_560;
const WIDE: Size = Size {
    width_px: 806.0,
    height_px: 478.0,
};
/// 60 to 100 % of 188 bpm.
const BOUNDS: [f64; 6] = [94.0, 112.8, 131.6, 150.4, 169.2, 188.0];

/// A heart rate every 5 s that climbs from 100 to 150 bpm, without the seconds of a gap.
fn runs(gap: Option<(i32, i32)>) -> Vec<Vec<(i32, u16)>> {
    let mut runs = vec![Vec::new()];
    for second in (FROM_S..=TO_S).step_by(5) {
        let is_lost = gap.is_some_and(|(from, to)| from < second && second < to);
        if is_lost {
            if !runs.last().unwrap().is_empty() {
                runs.push(Vec::new());
            }
            continue;
        }
        let share = f64::from(second - FROM_S) / f64::from(TO_S - FROM_S);
        let bpm = (100.0 + 50.0 * share).round() as u16;
        runs.last_mut().unwrap().push((second, bpm));
    }
    runs
}

fn chart<'a>(
    runs: [&'a [Vec<(i32, u16)>]; 2],
    gaps: &'a [(i32, i32)],
    altitude: &'a [(i32, f64)],
) -> TraceChart<'a> {
    let twin = |runs, gaps| TwinTrace {
        runs,
        gaps,
        bounds_bpm: Some(BOUNDS),
        missing: None,
    };
    TraceChart {
        names: ["Maya", "Leela"],
        from_s: FROM_S,
        to_s: TO_S,
        view: None,
        columns_per_px: 1.0,
        clock: Clock::Hours24,
        twins: [twin(runs[0], &[]), twin(runs[1], gaps)],
        altitude,
        places: [Some("Tengboche"), Some("Dingboche")],
        panels: TracePanels::Each,
        zones_of: Twin::A,
        notes: &[],
    }
}

const GAP: (i32, i32) = (11 * 3_600 + 1_080, 11 * 3_600 + 1_740);
const ALTITUDE: [(i32, f64); 2] = [(FROM_S, 3_860.0), (TO_S, 4_410.0)];

fn inside(layout: &TraceLayout, shape: &Shape) -> bool {
    let fits = |x: f64, y: f64| {
        (-0.5..=layout.picture.size.width_px + 0.5).contains(&x)
            && (-0.5..=layout.picture.size.height_px + 0.5).contains(&y)
    };
    match shape {
        Shape::Fill { rect, .. } => fits(rect.x, rect.y) && fits(rect.right(), rect.bottom()),
        Shape::Area { points, .. } | Shape::Line { points, .. } => {
            points.iter().all(|point| fits(point.x, point.y))
        }
        Shape::Disc { centre, .. } => fits(centre.x, centre.y),
    }
}

#[test]
fn everything_is_on_the_picture_and_no_label_on_another() {
    let (a, b) = (runs(None), runs(Some(GAP)));
    for (size, options) in [
        (WIDE, Options::WIDE),
        (Size::new(358.0, 420.0), Options::COMPACT),
    ] {
        for panels in TracePanels::ALL {
            let chart = TraceChart {
                panels,
                ..chart([&a, &b], &[GAP], &ALTITUDE)
            };
            let layout = trace_layout(&chart, size, options);
            assert!(
                layout
                    .picture
                    .shapes
                    .iter()
                    .all(|shape| inside(&layout, shape))
            );
            for (position, one) in layout.picture.labels.iter().enumerate() {
                let bounds = one.bounds();
                assert!(
                    bounds.x >= 0.0 && bounds.right() <= size.width_px,
                    "{}",
                    one.text
                );
                for two in &layout.picture.labels[position + 1..] {
                    assert!(
                        !bounds.overlaps(&two.bounds()),
                        "{} on {}",
                        one.text,
                        two.text
                    );
                }
            }
        }
    }
}

#[test]
fn nothing_is_drawn_over_a_gap_and_the_gap_is_named() {
    let (a, b) = (runs(None), runs(Some(GAP)));
    let chart = chart([&a, &b], &[GAP], &ALTITUDE);
    let layout = trace_layout(&chart, WIDE, Options::WIDE);
    let (from, to) = (
        layout.time.at(f64::from(GAP.0)),
        layout.time.at(f64::from(GAP.1)),
    );
    let crosses = |shape: &&Shape| match shape {
        Shape::Line {
            points,
            role: chart::Role::TwinB,
            ..
        } => points
            .windows(2)
            .any(|ends| ends[0].x <= from + 0.1 && ends[1].x >= to - 0.1),
        _ => false,
    };
    assert_eq!(layout.picture.shapes.iter().filter(crosses).count(), 0);
    let texts: Vec<&str> = layout
        .picture
        .labels
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert!(
        texts.contains(&"No strap contact, 11\u{a0}min"),
        "{texts:?}"
    );
    assert!(texts.contains(&"Tengboche 3,860\u{a0}m") && texts.contains(&"13:00"));
    // Zone lines and names are in each panel.
    assert_eq!(texts.iter().filter(|text| **text == "Z3").count(), 2);
    assert_eq!(texts.iter().filter(|text| **text == "132").count(), 2);
    assert!(svg(&layout.picture.shapes).contains("var(--bm)"));
}

#[test]
fn the_readout_is_the_nearest_sample_and_a_gap_says_so() {
    let (a, b) = (runs(None), runs(Some(GAP)));
    let chart = chart([&a, &b], &[GAP], &ALTITUDE);
    let middle = f64::from(FROM_S + TO_S) / 2.0;
    let readout = trace_readout(&chart, middle);
    assert_eq!(readout.time, "10:45:00");
    assert_eq!(readout.altitude.as_deref(), Some("4,135\u{a0}m"));
    let value = TraceValue::Measured {
        bpm: "125\u{a0}bpm".into(),
        zone: Some("Z2".into()),
    };
    assert_eq!(readout.twins, [value.clone(), value]);
    assert_eq!(readout.difference.as_deref(), Some("0\u{a0}bpm"));
    let lost = trace_readout(&chart, f64::from(GAP.0 + 300));
    assert_eq!(
        lost.twins[1],
        TraceValue::Missing("No strap contact".into())
    );
    assert_eq!(lost.difference, None);
    assert_eq!(
        trace_summary(&chart),
        "Heart rate from 08:04 to 13:26. Maya, A: 100 to 150 bpm. \
         Leela, B: 100 to 150 bpm, 11\u{a0}min without strap contact."
    );
}

#[test]
fn the_crosshair_stands_on_both_traces_and_the_altitude() {
    let (a, b) = (runs(None), runs(Some(GAP)));
    let chart = chart([&a, &b], &[GAP], &ALTITUDE);
    let layout = trace_layout(&chart, WIDE, Options::WIDE);
    // The line, two rings a twin, and the altitude's.
    let middle = f64::from(FROM_S + TO_S) / 2.0;
    assert_eq!(trace_crosshair(&layout, &chart, middle).len(), 7);
    let lost = f64::from(GAP.0 + 300);
    assert_eq!(trace_crosshair(&layout, &chart, lost).len(), 5);
    for hostile in [f64::MIN, f64::MAX] {
        let shapes = trace_crosshair(&layout, &chart, hostile);
        assert!(shapes.iter().all(|shape| inside(&layout, shape)));
    }
}

#[test]
fn one_twin_alone_has_the_room_of_both_and_the_same_scale() {
    let a = vec![vec![(FROM_S, 110), (FROM_S + 100, 120), (TO_S, 110)]];
    let b = vec![vec![(FROM_S, 150), (FROM_S + 130, 160), (TO_S, 150)]];
    let both = chart([&a, &b], &[], &ALTITUDE);
    let each = trace_layout(&both, WIDE, Options::WIDE);
    for (twin, other, own_s) in [
        (Twin::A, chart::Role::TwinB, FROM_S + 100),
        (Twin::B, chart::Role::TwinA, FROM_S + 130),
    ] {
        let alone = TraceChart {
            panels: TracePanels::Alone(twin),
            ..both
        };
        let layout = trace_layout(&alone, WIDE, Options::WIDE);
        let [panel] = layout.panels.as_slice() else {
            panic!("{} panels", layout.panels.len());
        };
        assert_eq!(panel.twins, [twin]);
        assert!((panel.rect.y - each.panels[0].rect.y).abs() < 1e-9);
        assert!((panel.rect.bottom() - each.panels[1].rect.bottom()).abs() < 1e-9);
        assert_eq!(panel.values.domain().0, each.panels[0].values.domain().0);
        let over = trace_crosshair(&layout, &alone, f64::from(own_s));
        let drawn = svg(&[layout.picture.shapes, over].concat());
        assert!(!drawn.contains(other.variable()), "{drawn}");
        // The other's samples are nearer, and not there.
        let snapped = trace_snap(&alone, f64::from(FROM_S + 115));
        assert_eq!(snapped, f64::from(own_s));
        let summary = trace_summary(&alone);
        let other_name = alone.names[usize::from(twin == Twin::A)];
        assert!(!summary.contains(other_name), "{summary}");
    }
}

#[test]
fn times_are_by_the_clock_somebody_likes() {
    let (a, b) = (runs(None), runs(Some(GAP)));
    let mut chart = chart([&a, &b], &[GAP], &ALTITUDE);
    chart.clock = Clock::Hours12;
    let plain = |text: &str| text.replace('\u{a0}', " ");
    let readout = trace_readout(&chart, f64::from(13 * 3_600 + 70));
    assert_eq!(plain(&readout.time), "1:01:10 pm");
    assert!(plain(&trace_summary(&chart)).starts_with("Heart rate from 8:04 am to 1:26 pm."));
    for width_px in [340.0, 806.0] {
        let size = Size::new(width_px, 478.0);
        let layout = trace_layout(&chart, size, Options::for_width(width_px));
        let hours: Vec<_> = layout
            .picture
            .labels
            .iter()
            .filter(|label| label.text.ends_with('m') && label.text.contains(':'))
            .collect();
        assert!(hours.len() > 1, "{:?}", layout.picture.labels);
        for pair in hours.windows(2) {
            assert!(!pair[0].bounds().overlaps(&pair[1].bounds()));
        }
    }
}

#[test]
fn a_twin_without_heart_rate_says_why_and_the_other_is_drawn() {
    let a = runs(None);
    let mut chart = chart([&a, &[]], &[], &[]);
    chart.twins[1].missing = Some("No heart rate recorded");
    let layout = trace_layout(&chart, WIDE, Options::WIDE);
    assert!(layout.altitude.is_none());
    assert!(
        layout
            .picture
            .labels
            .iter()
            .any(|label| label.text == "No heart rate recorded")
    );
    let readout = trace_readout(&chart, f64::from(FROM_S + 600));
    assert_eq!(
        readout.twins[1],
        TraceValue::Missing("No heart rate recorded".into())
    );
}

#[test]
fn hostile_input_does_not_break_it() {
    let odd = vec![vec![(i32::MIN, u16::MAX), (i32::MAX, 0)], vec![]];
    let mut chart = chart([&odd, &odd], &[(i32::MIN, i32::MAX)], &[(0, f64::NAN)]);
    chart.from_s = i32::MIN;
    chart.to_s = i32::MIN;
    chart.twins[0].bounds_bpm = Some([f64::NAN; 6]);
    chart.twins[1].bounds_bpm = Some([9.0, 8.0, 7.0, 6.0, 5.0, 4.0]);
    let layout = trace_layout(&chart, Size::new(1.0, 1.0), Options::WIDE);
    assert!(!svg(&layout.picture.shapes).contains("NaN"));
    trace_readout(&chart, f64::NAN);
    trace_crosshair(&layout, &chart, 0.0);
    trace_summary(&chart);
}
