//! Where things end up, against positions computed here from the input alone.

mod common;

use chart::{
    Dash, Layout, Night, Options, Point, Role, Shape, Size, TextStyle, TwinChart, crosshair,
    layout, readout, summary, svg,
};
use common::{AMERICAN, Expedition, nights, plain};
use physiology::{Day, Metric, Twin, Units};
use proptest::prelude::*;

const WIDE: Size = Size {
    width_px: 796.0,
    height_px: 414.0,
};

fn wide(chart: &TwinChart<'_>) -> Layout {
    layout(chart, WIDE, Options::WIDE)
}

fn lines(layout: &Layout, role: Role) -> Vec<&[Point]> {
    layout
        .picture
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Line {
                points, role: of, ..
            } if *of == role => Some(points.as_slice()),
            _ => None,
        })
        .collect()
}

fn texts(layout: &Layout) -> Vec<&str> {
    layout
        .picture
        .labels
        .iter()
        .map(|label| label.text.as_str())
        .collect()
}

fn label<'a>(layout: &'a Layout, text: &str) -> &'a chart::Label {
    layout
        .picture
        .labels
        .iter()
        .find(|label| label.text == text)
        .unwrap_or_else(|| panic!("no label {text:?} in {:?}", texts(layout)))
}

#[test]
fn the_trip_is_split_and_nothing_crosses_the_break() {
    let expedition = Expedition::new();
    let layout = wide(&expedition.chart());
    let [before, trip] = layout.panels.as_slice() else {
        panic!("two panels");
    };
    assert!(before.is_baseline && !trip.is_baseline);
    assert_eq!(before.right - before.left, 104.0);
    assert_eq!(trip.left - before.right, 16.0);
    for shape in &layout.picture.shapes {
        if let Shape::Line { points, .. } = shape {
            let left = points.iter().any(|point| point.x < before.right + 1.0);
            let right = points.iter().any(|point| point.x > trip.left - 1.0);
            assert!(!(left && right), "{points:?}");
        }
    }
}

#[test]
fn points_are_where_value_and_time_put_them() {
    let expedition = Expedition::new();
    let layout = wide(&expedition.chart());
    let at = |text: &str| label(&layout, text).y - 4.0;
    // The scale is read off the labels of its ticks, not off the code's own scale.
    let (y_80, y_90) = (at("80"), at("90"));
    let y = |value: f64| y_80 + (value - 80.0) * (y_90 - y_80) / 10.0;
    let x: Vec<f64> = layout
        .stops
        .iter()
        .filter(|stop| matches!(stop.night, Night::Shown(_)))
        .map(|stop| stop.x)
        .collect();
    let a = lines(&layout, Role::TwinA);
    let trip = a[a.len() - 2..].concat();
    let expected: Vec<Point> = expedition
        .days
        .iter()
        .zip(&x)
        .filter_map(|(day, x)| Some(Point::new(*x, y(day.a.value()?))))
        .collect();
    assert_eq!(trip.len(), expected.len());
    for (drawn, expected) in trip.iter().zip(&expected) {
        assert!((drawn.x - expected.x).abs() < 1e-9);
        assert!(
            (drawn.y - expected.y).abs() < 1e-6,
            "{drawn:?} {expected:?}"
        );
    }
    // Nights are a day apart on an even scale.
    let step = x[1] - x[0];
    assert!(
        x.windows(2)
            .all(|pair| (pair[1] - pair[0] - step).abs() < 1e-9)
    );
}

#[test]
fn temperatures_are_drawn_where_they_are_and_written_in_fahrenheit() {
    let first = Day::new(2026, 10, 5).unwrap();
    let values = [(Some(-0.5), Some(0.0)), (Some(0.25), Some(0.5))];
    let days = nights(first, &values);
    let mut chart = plain(&days);
    let celsius = wide(&TwinChart {
        written: Metric::TemperatureDeviation.written(Units::default()),
        ..chart
    });
    chart.written = Metric::TemperatureDeviation.written(AMERICAN);
    let layout = wide(&chart);
    // The scale is read off the labels of its ticks: 1 °F is 5/9 °C.
    let at = |text: &str| label(&layout, text).y - 4.0;
    let y = |celsius: f64| at("0") + celsius * 1.8 * (at("+1") - at("0"));
    for (stop, (a, b)) in layout.stops.iter().zip(values) {
        for (drawn, value) in stop.y.iter().zip([a, b]) {
            let (drawn, expected) = (drawn.unwrap(), y(value.unwrap()));
            assert!((drawn - expected).abs() < 1e-6, "{drawn} {expected}");
        }
    }
    assert_eq!(label(&celsius, "A\u{a0}+0.25").text, "A\u{a0}+0.25");
    assert_eq!(label(&layout, "A\u{a0}+0.45").text, "A\u{a0}+0.45");
    let words = readout(&chart, Night::Shown(1)).unwrap();
    assert_eq!(words.difference.as_deref(), Some("−0.45\u{a0}°F"));
    let text = summary(&chart).replace('\u{a0}', " ");
    assert!(
        text.contains("Maya, A: +0.45 °F on 6 Oct, between −0.90 and +0.45 °F."),
        "{text}"
    );
}

#[test]
fn twins_are_told_apart_without_colour() {
    let expedition = Expedition::new();
    let layout = wide(&expedition.chart());
    for shape in &layout.picture.shapes {
        if let Shape::Line { dash, role, .. } = shape {
            match role {
                Role::TwinA => assert_eq!(*dash, Dash::SOLID),
                Role::TwinB => assert!(!dash.is_solid()),
                _ => {}
            }
        }
        assert!(!matches!(
            shape,
            Shape::Disc {
                role: Role::TwinB,
                ..
            }
        ));
    }
}

#[test]
fn the_limit_has_its_zone_tag_and_halo() {
    let expedition = Expedition::new();
    let layout = wide(&expedition.chart());
    label(&layout, "!! Medium alarm below 75\u{a0}%");
    let limit = lines(&layout, Role::AlarmEdge);
    assert_eq!(limit.len(), 2);
    let newest = layout.stops.last().unwrap();
    let yellow: Vec<_> = layout
        .picture
        .shapes
        .iter()
        .filter_map(|shape| match shape {
            Shape::Area {
                points,
                role: Role::AlarmMedium,
            } => Some(points),
            _ => None,
        })
        .collect();
    // One tag, and one halo: around B's newest night, the only one under the limit.
    assert_eq!(yellow.len(), 2);
    let halo = yellow[1];
    let middle = halo.iter().map(|point| point.x).sum::<f64>() / halo.len() as f64;
    assert!((middle - newest.x).abs() < 0.01);
    assert!(newest.y[1].unwrap() > limit[0][0].y);
}

#[test]
fn a_limit_is_compared_before_rounding() {
    let day = Day::new(2026, 1, 1).unwrap();
    let days = nights(day, &[(Some(74.96), Some(75.0)), (Some(80.0), Some(80.0))]);
    let mut chart = plain(&days);
    chart.limit = Expedition::new().chart().limit;
    let layout = wide(&chart);
    let halos = layout
        .picture
        .shapes
        .iter()
        .filter(|shape| {
            matches!(
                shape,
                Shape::Disc {
                    role: Role::AlarmMedium,
                    ..
                }
            )
        })
        .count();
    assert_eq!(halos, 1);
}

#[test]
fn missing_nights_are_one_hatch_with_the_reason() {
    let expedition = Expedition::new();
    let layout = wide(&expedition.chart());
    // A misses one night of the trip, B two in a row of the baseline.
    assert_eq!(
        texts(&layout)
            .iter()
            .filter(|text| **text == "Not worn")
            .count(),
        2
    );
}

#[test]
fn altitude_is_walked_to_now_and_planned_after() {
    let expedition = Expedition::new();
    let layout = wide(&expedition.chart());
    let now_x = layout.panels[1].time.at(expedition.now.unix_ms() as f64);
    let altitude = lines(&layout, Role::AltitudeLine);
    let [_, walked, planned] = altitude.as_slice() else {
        panic!("{altitude:?}");
    };
    assert!((walked.last().unwrap().x - now_x).abs() < 1e-6);
    assert!((planned[0].x - now_x).abs() < 1e-6);
    for text in [
        "Now",
        "5,164\u{a0}m",
        "Namche",
        "3,440\u{a0}m",
        "planned",
        "Altitude, km",
    ] {
        label(&layout, text);
    }
}

#[test]
fn the_axis_counts_the_days_of_the_trip() {
    let expedition = Expedition::new();
    let layout = wide(&expedition.chart());
    for (text, night) in [("Day 1", 0), ("2", 1), ("9", 8)] {
        let x = layout.stops[layout.stop_of(Night::Shown(night)).unwrap()].x;
        assert!((label(&layout, text).x - x).abs() < 1e-9);
    }
    assert_eq!(label(&layout, "9").style, TextStyle::Strong);
    label(&layout, "21 Sep to 4 Oct");
}

#[test]
fn a_hidden_twin_leaves_nothing_behind() {
    let expedition = Expedition::new();
    let mut chart = expedition.chart();
    chart.shown = [true, false];
    let layout = wide(&chart);
    let is_b = |shape: &Shape| {
        matches!(
            shape,
            Shape::Line {
                role: Role::TwinB,
                ..
            } | Shape::Area {
                role: Role::TwinB,
                ..
            } | Shape::Fill {
                role: Role::TwinB,
                ..
            }
        )
    };
    assert!(!layout.picture.shapes.iter().any(is_b));
    assert!(layout.stops.iter().all(|stop| stop.y[1].is_none()));
    assert!(!summary(&chart).contains("Leela"));
}

#[test]
fn readout_and_summary() {
    let expedition = Expedition::new();
    let chart = expedition.chart();
    let night = readout(&chart, Night::Shown(5)).unwrap();
    assert_eq!(night.date, "Sat 10 Oct");
    assert_eq!(night.day.as_deref(), Some("Day 6"));
    assert_eq!(night.place.as_deref(), Some("Dingboche"));
    assert_eq!(night.altitude.as_deref(), Some("4,410\u{a0}m"));
    assert_eq!(
        night.twins[0],
        chart::TwinReadout::Measured {
            value: "84.1\u{a0}%".into(),
            against_baseline: Some("−13.3".into()),
            is_partial: false,
        }
    );
    assert_eq!(night.difference.as_deref(), Some("+3.8\u{a0}pp"));
    let missing = readout(&chart, Night::Shown(3)).unwrap();
    assert_eq!(missing.twins[0], chart::TwinReadout::Missing("Not worn"));
    assert_eq!(missing.difference, None);
    assert_eq!(readout(&chart, Night::Shown(9)), None);
    assert_eq!(
        summary(&chart),
        "SpO₂, nightly average, 5 Oct to 13 Oct. \
         Maya, A: 78.2\u{a0}% on 13 Oct, between 78.2 and 95.6\u{a0}%, 1 night missing. \
         Leela, B: 73.4\u{a0}% on 13 Oct, below the 75\u{a0}% limit, between 73.4 and 95.1\u{a0}%. \
         A minus B +4.8\u{a0}pp on 13 Oct. Slept at 1,400\u{a0}m to 5,164\u{a0}m."
    );
}

#[test]
fn the_crosshair_stands_on_the_night() {
    let expedition = Expedition::new();
    let layout = wide(&expedition.chart());
    let stop = layout.stop_of(Night::Shown(3)).unwrap();
    assert_eq!(layout.nearest(layout.stops[stop].x + 9.0), Some(stop));
    let shapes = crosshair(&layout, stop);
    // A is missing that night: the line, B's two squares, two discs on the altitude.
    assert_eq!(shapes.len(), 5);
    assert!(crosshair(&layout, 999).is_empty());
}

#[test]
fn the_svg_is_small_safe_and_the_same_each_time() {
    let first = Day::new(2026, 8, 1).unwrap();
    let values: Vec<_> = (0..35)
        .map(|night| {
            let value = 90.0 + f64::from(night * 7 % 11);
            (Some(value), (night % 6 != 0).then_some(value - 2.3))
        })
        .collect();
    let days = nights(first, &values);
    let expedition = Expedition::new();
    let mut chart = expedition.chart();
    chart.days = &days;
    let layout = wide(&chart);
    let text = svg(&layout.picture.shapes);
    assert!(text.len() < 25_000, "{} bytes", text.len());
    assert_eq!(text, svg(&wide(&chart).picture.shapes));
    for forbidden in ["style=", "<text", "<script", "NaN", "inf", "id="] {
        assert!(!text.contains(forbidden), "{forbidden}");
    }
    assert_eq!(text.matches('<').count(), text.matches("/>").count());
}

#[test]
fn ten_years_stay_as_small_as_the_screen() {
    let first = Day::new(2016, 1, 1).unwrap();
    let values: Vec<_> = (0..3_660_u32)
        .map(|night| {
            let value = f64::from(night.wrapping_mul(2_654_435_761) >> 20) / 200.0 + 75.0;
            (Some(value), (night % 97 != 0).then_some(value - 2.0))
        })
        .collect();
    let days = nights(first, &values);
    let layout = wide(&plain(&days));
    let drawn: usize = layout
        .picture
        .shapes
        .iter()
        .map(|shape| match shape {
            Shape::Line { points, .. } | Shape::Area { points, .. } => points.len(),
            _ => 1,
        })
        .sum();
    assert!(drawn < 2 * 4 * 800 + 500, "{drawn} points");
    assert!(texts(&layout).contains(&"2020"));
}

fn values() -> impl Strategy<Value = Vec<(Option<f64>, Option<f64>)>> {
    let value = prop::option::weighted(0.8, 60.0_f64..100.0);
    prop::collection::vec((value.clone(), value), 0..70)
}

fn hostile() -> impl Strategy<Value = Option<f64>> {
    prop::option::of(prop_oneof![
        any::<f64>(),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(0.0),
        -1e3_f64..1e3,
    ])
}

proptest! {
    #[test]
    fn no_line_crosses_a_missing_night(values in values(), width in 200.0_f64..1_400.0) {
        let days = nights(Day::new(2026, 3, 1).unwrap(), &values);
        let size = Size::new(width, 414.0);
        let layout = layout(&plain(&days), size, Options::for_width(width));
        for (twin, role) in [(Twin::A, Role::TwinA), (Twin::B, Role::TwinB)] {
            let missing: Vec<f64> = layout
                .stops
                .iter()
                .zip(&days)
                .filter(|(_, day)| day.of(twin).value().is_none())
                .map(|(stop, _)| stop.x)
                .collect();
            for path in lines(&layout, role) {
                for ends in path.windows(2) {
                    prop_assert!(!missing.iter().any(|x| *x > ends[0].x && *x < ends[1].x));
                }
            }
        }
    }

    #[test]
    fn texts_never_overlap_each_other(
        width in 320.0_f64..1_400.0, length in 1_usize..120, split in any::<bool>(),
        seed in 0_u32..1_000,
    ) {
        let expedition = Expedition::new();
        let mut chart = expedition.chart();
        let values: Vec<_> = (0..length as u32)
            .map(|night| {
                let value = f64::from((night * 37 + seed) % 250) / 10.0 + 72.0;
                let b = (!(night + seed).is_multiple_of(5)).then_some(value + 3.0 - f64::from(seed % 7));
                (Some(value), b)
            })
            .collect();
        let mut days = nights(common::day_one(), &values);
        for (index, day) in days.iter_mut().enumerate() {
            day.day_number = Some(index as u32 + 1);
        }
        chart.days = &days;
        chart.split = split;
        let size = Size::new(width, 414.0);
        let layout = layout(&chart, size, Options::for_width(width));
        for (index, one) in layout.picture.labels.iter().enumerate() {
            let bounds = one.bounds();
            prop_assert!(bounds.right() <= width + 1.0, "{one:?} of {width}");
            prop_assert!(bounds.x >= -1.0, "{one:?}");
            for two in &layout.picture.labels[index + 1..] {
                prop_assert!(!bounds.overlaps(&two.bounds()), "{one:?} {two:?}");
            }
        }
    }

    #[test]
    fn anything_can_be_laid_out_and_written(
        values in prop::collection::vec((hostile(), hostile()), 0..40),
        (width, height) in (any::<f64>(), any::<f64>()),
        metric in prop::sample::select(Metric::ALL),
        american: bool,
        limit in hostile(),
        band in (any::<f64>(), any::<f64>()),
        now in any::<i64>(),
        times in prop::collection::vec(any::<i64>(), 40),
        altitudes in prop::collection::vec(any::<f64>(), 18),
    ) {
        let mut expedition = Expedition::new();
        for (waypoint, altitude_m) in expedition.altitude.iter_mut().zip(altitudes) {
            waypoint.altitude_m = altitude_m;
        }
        let mut days = nights(Day::new(2026, 3, 1).unwrap(), &values);
        for (day, at) in days.iter_mut().zip(times) {
            day.at = physiology::Timestamp(at);
        }
        let mut chart = expedition.chart();
        chart.written = metric.written(if american { AMERICAN } else { Units::default() });
        chart.days = &days;
        chart.now = physiology::Timestamp(now);
        chart.limit = limit.map(|value| chart::Limit {
            value,
            priority: physiology::alarm::Priority::High,
        });
        chart.band = Some(physiology::baseline::Band { low: band.0, high: band.1 });
        let size = Size::new(width, height);
        let layout = layout(&chart, size, Options::for_width(size.width_px));
        let text = svg(&layout.picture.shapes);
        prop_assert!(!text.contains("NaN"));
        for label in &layout.picture.labels {
            prop_assert!(label.x.is_finite() && label.y.is_finite(), "{label:?}");
        }
        prop_assert!(!summary(&chart).is_empty());
        for stop in 0..layout.stops.len() {
            prop_assert!(readout(&chart, layout.stops[stop].night).is_some());
            crosshair(&layout, stop);
        }
    }
}
