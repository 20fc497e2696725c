//! Notes on the axes of a day, a night and a workout.

use chart::intraday::{AxisWords, Content, Intraday, IntradayLayout, Row, Trace, layout};
use chart::{
    AxisNote, NoteMark, Options, Role, Shape, Size, TraceChart, TraceLayout, TracePanels,
    TwinTrace, View, trace_layout,
};
use physiology::Twin;
use physiology::units::Clock;
use proptest::prelude::*;

const DAY_S: i32 = 86_400;

fn note(note: usize, from: f64, until: Option<f64>, twin: Option<Twin>) -> AxisNote {
    AxisNote {
        from,
        until,
        twin,
        note,
    }
}

fn day(notes: &[AxisNote], view: Option<View>) -> IntradayLayout {
    let samples: Vec<(i32, f64)> = (0..288).map(|step| (step * 300, 60.0)).collect();
    let rows = Twin::BOTH.map(|twin| Row {
        twin,
        heading: Some("Maya"),
        name: "Heart rate",
        height_px: 120.0,
        onset_s: None,
        content: Content::Trace(Trace {
            samples: &samples,
            interval_s: 300,
            intervals: &[],
            gaps: &[],
            unit: "bpm",
            borders: &[],
            marks_peak: false,
        }),
        lane: None,
    });
    let chart = Intraday {
        from_s: 0,
        to_s: DAY_S,
        view,
        clock: Clock::Hours24,
        words: AxisWords::Clock,
        columns_per_px: 1.0,
        rows: &rows,
        notes,
    };
    layout(&chart, 1_040.0)
}

fn workout(notes: &[AxisNote], altitude: &[(i32, f64)]) -> TraceLayout {
    let runs = [(0..720).map(|step| (step * 5, 120)).collect::<Vec<_>>()];
    let twin = TwinTrace {
        runs: &runs,
        gaps: &[],
        bounds_bpm: None,
        missing: None,
    };
    let chart = TraceChart {
        names: ["Maya", "Leela"],
        from_s: 0,
        to_s: 3_600,
        view: None,
        columns_per_px: 1.0,
        clock: Clock::Hours24,
        twins: [twin, twin],
        altitude,
        places: [None, None],
        panels: TracePanels::Each,
        zones_of: Twin::A,
        notes,
    };
    trace_layout(&chart, Size::new(770.0, 474.0), Options::WIDE)
}

fn of(marks: &[NoteMark]) -> Vec<&[usize]> {
    marks.iter().map(|mark| mark.notes.as_slice()).collect()
}

#[test]
fn a_day_s_notes_have_a_row_under_its_own() {
    let plain = day(&[], None);
    assert_eq!(plain.notes, []);
    let notes = [
        note(0, 36_000.0, None, Some(Twin::A)),
        note(1, 60_000.0, Some(64_000.0), None),
        note(2, -3_600.0, None, None),
    ];
    let layout = day(&notes, None);
    assert!(layout.picture.size.height_px > plain.picture.size.height_px);
    // The evening before is of the night's picture.
    assert_eq!(of(&layout.notes), [&[0][..], &[1]]);
    let x = layout.time.at(36_000.0);
    let lowest = layout.rows.last().unwrap().0.bottom();
    let mark = &layout.notes[0];
    assert!((f64::midpoint(mark.rect.x, mark.rect.right()) - x).abs() < 1e-9);
    assert!(mark.rect.y > lowest && mark.rect.bottom() < layout.picture.size.height_px);
    assert!(mark.holds((x, mark.rect.y + 5.0)) && !mark.holds((x + 40.0, mark.rect.y)));
    let lasting = layout.picture.shapes.iter().any(|shape| {
        matches!(shape, Shape::Line { points, role: Role::Ink, .. }
            if points.len() == 2
                && points[0].x == layout.time.at(60_000.0)
                && points[1].x == layout.time.at(64_000.0))
    });
    assert!(lasting);
}

#[test]
fn a_note_of_both_that_stands_twice_is_counted_once() {
    let notes = [
        note(0, 36_000.0, None, Some(Twin::A)),
        note(0, 36_300.0, None, Some(Twin::B)),
    ];
    let layout = day(&notes, None);
    assert_eq!(of(&layout.notes), [&[0][..]]);
    assert_eq!(layout.notes[0].begin, (36_000.0, 36_300.0));
    assert!(layout.picture.labels.iter().all(|label| label.text != "2"));
}

#[test]
fn a_workout_s_notes_stand_between_its_panels_and_the_altitude() {
    let notes = [note(0, 900.0, None, Some(Twin::B))];
    for altitude in [&[][..], &[(0, 3_860.0), (3_600, 4_410.0)]] {
        let layout = workout(&notes, altitude);
        assert_eq!(of(&layout.notes), [&[0][..]]);
        let rect = layout.notes[0].rect;
        let panels = layout.panels.last().unwrap().rect.bottom();
        let strip = if altitude.is_empty() { 0.0 } else { 52.0 };
        assert!(rect.y >= panels && rect.bottom() <= layout.floor - strip);
        // The picture is as high as without: the panels give way.
        let plain = workout(&[], altitude);
        assert_eq!(layout.picture.size, plain.picture.size);
        assert!(panels < plain.panels.last().unwrap().rect.bottom());
    }
}

/// Mostly of the day; now and then anything at all.
fn second() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..86_400.0, 1 => any::<f64>()]
}

proptest! {
    #[test]
    fn every_note_in_sight_has_a_mark_and_no_other(
        notes in prop::collection::vec(
            (second(), prop::option::of(second()), 0..4_u8),
            0..30,
        ),
        from in 0.0..80_000.0_f64,
    ) {
        let notes: Vec<AxisNote> = notes
            .into_iter()
            .enumerate()
            .map(|(place, (from, until, twin))| {
                note(place, from, until, Twin::BOTH.get(usize::from(twin)).copied())
            })
            .collect();
        let view = View { from, to: from + 6_000.0 };
        let layout = day(&notes, Some(view));
        let mut told: Vec<usize> = layout.notes.iter().flat_map(|mark| mark.notes.clone()).collect();
        told.sort_unstable();
        let is_seen = |one: &&AxisNote| {
            let lasts = one.until.is_some_and(|until| one.from < view.to && until > view.from && one.from < until);
            lasts || (view.from..=view.to).contains(&one.from)
        };
        let seen: Vec<usize> = notes.iter().filter(is_seen).map(|one| one.note).collect();
        prop_assert_eq!(told, seen);
        for mark in &layout.notes {
            prop_assert!(mark.rect.width >= 24.0 - 1e-6 && mark.rect.height >= 24.0 - 1e-6);
        }
    }
}
