//! The traces themselves, their gaps and names.

use physiology::Twin;

use super::input::{TraceChart, TwinTrace};
use super::parts::{TraceLayout, TracePanel};
use super::readout::duration;
use super::samples::{in_sight, runs_in_sight};
use crate::hatch::hatch;
use crate::input::index;
use crate::palette::Role;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::sight::Sight;
use crate::text::{Anchor, Label, TextStyle};

/// As the design has it: a long trace of a sample every few seconds is all detail.
const LINE_PX: f64 = 1.1;
/// Shorter gaps are drawn, and not written about, s.
const TOLD_FROM_S: i32 = 60;

pub(super) fn lines(layout: &mut TraceLayout, chart: &TraceChart<'_>) {
    for panel in layout.panels.clone() {
        // B first: A lies on top.
        for twin in panel.twins.iter().rev() {
            // Where both are, a gap of one would be drawn over the other.
            if panel.twins.len() == 1 {
                gaps(layout, &panel, chart.twin(*twin));
            }
            paths(layout, &panel, chart, *twin);
        }
        let mut left = panel.rect.x + 14.0;
        for twin in &panel.twins {
            left = name(layout, &panel, chart, *twin, left);
        }
        told_gap(layout, &panel, chart);
    }
}

fn paths(layout: &mut TraceLayout, panel: &TracePanel, chart: &TraceChart<'_>, twin: Twin) {
    let role = Role::of_twin(twin);
    let place = |(second, bpm): (i32, u16)| {
        Point::new(
            layout.time.at(f64::from(second)),
            panel.values.at(f64::from(bpm)),
        )
    };
    let shown = chart.shown();
    let runs = runs_in_sight(chart.twin(twin), shown).into_iter();
    let paths = runs.map(|run| {
        in_sight(run, shown, |_| true)
            .into_iter()
            .map(place)
            .collect()
    });
    let sight = Sight::new(layout.time, chart.columns_per_px);
    for points in sight.paths(paths) {
        layout.picture.shapes.push(match points.as_slice() {
            [alone] => Shape::mark(twin, *alone, LINE_PX, role),
            _ => Shape::Line {
                points,
                width_px: LINE_PX,
                dash: Dash::SOLID,
                role,
            },
        });
    }
}

fn gaps(layout: &mut TraceLayout, panel: &TracePanel, trace: &TwinTrace<'_>) {
    for gap in trace.gaps {
        if let Some(rect) = place(layout, panel, *gap) {
            hatch(&mut layout.picture.shapes, rect);
        }
    }
}

/// What of a gap is in sight, at least a pixel of it.
fn place(layout: &TraceLayout, panel: &TracePanel, (from, to): (i32, i32)) -> Option<Rect> {
    let (first, last) = layout.time.domain();
    let (from, to) = (f64::from(from), f64::from(to));
    if to < first || last < from {
        return None;
    }
    let (edge, end) = (panel.rect.x, panel.rect.right());
    let left = layout.time.at(from).clamp(edge, (end - 1.0).max(edge));
    let right = layout.time.at(to).clamp(left, end);
    Some(Rect::between(
        left,
        panel.rect.y,
        right.max(left + 1.0),
        panel.rect.bottom(),
    ))
}

/// The twin's mark and name at the top left of the panel; gives where the next may stand, px.
fn name(
    layout: &mut TraceLayout,
    panel: &TracePanel,
    chart: &TraceChart<'_>,
    twin: Twin,
    left: f64,
) -> f64 {
    let centre = Point::new(left, panel.rect.y + 17.0);
    layout
        .picture
        .shapes
        .push(Shape::mark(twin, centre, 5.5, Role::of_twin(twin)));
    let style = match twin {
        Twin::A => TextStyle::TwinA,
        Twin::B => TextStyle::TwinB,
    };
    let name = chart.names[index(twin)];
    let label = Label::new((left + 11.0, centre.y + 5.0), name, Anchor::Start, style);
    let mut right = label.bounds().right() + 10.0;
    layout.picture.labels.push(label);
    let rest = chart.twin(twin).missing.unwrap_or("bpm");
    let style = if chart.twin(twin).missing.is_some() {
        TextStyle::Plain
    } else {
        TextStyle::Muted
    };
    let label = Label::new((right, centre.y + 5.0), rest, Anchor::Start, style);
    right = label.bounds().right() + 24.0;
    layout.picture.labels.push(label);
    right
}

/// Says of the longest gap in sight what it is, beside it where there is room.
fn told_gap(layout: &mut TraceLayout, panel: &TracePanel, chart: &TraceChart<'_>) {
    let [twin] = panel.twins.as_slice() else {
        return;
    };
    let gaps = chart.twin(*twin).gaps.iter();
    let longest = gaps
        .filter_map(|gap| Some((gap.1.saturating_sub(gap.0), place(layout, panel, *gap)?)))
        .filter(|(length_s, _)| *length_s >= TOLD_FROM_S)
        .max_by_key(|(length_s, _)| *length_s);
    let Some((length_s, gap)) = longest else {
        return;
    };
    let text = format!("No strap contact, {}", duration(length_s));
    let y = panel.rect.y + 20.0;
    let sides = [
        Label::new(
            (gap.right() + 8.0, y),
            text.clone(),
            Anchor::Start,
            TextStyle::Plain,
        ),
        Label::new((gap.x - 8.0, y), text, Anchor::End, TextStyle::Plain),
    ];
    let label = sides.into_iter().find(|label| {
        let bounds = label.bounds();
        bounds.x >= panel.rect.x
            && bounds.right() <= panel.rect.right()
            && !layout
                .picture
                .labels
                .iter()
                .any(|other| other.bounds().overlaps(&bounds))
    });
    layout.picture.labels.extend(label);
}
