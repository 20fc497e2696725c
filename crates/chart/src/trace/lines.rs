//! The traces themselves, their gaps and names.

use physiology::Twin;

use super::input::{TraceChart, TwinTrace};
use super::layout::{TraceLayout, TracePanel};
use super::readout::duration;
use crate::decimate::thin;
use crate::hatch::hatch;
use crate::input::index;
use crate::palette::Role;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, Label, TextStyle};

/// As the design has it: a long trace of a sample every few seconds is all detail.
const LINE_PX: f64 = 1.1;
/// Shorter gaps are drawn, and not written about, s.
const TOLD_FROM_S: i32 = 60;

pub(super) fn lines(layout: &mut TraceLayout, chart: &TraceChart<'_>) {
    for panel in layout.panels.clone() {
        // B first: A lies on top.
        for twin in panel.twins.iter().rev() {
            let trace = chart.twin(*twin);
            if !chart.together {
                gaps(layout, &panel, trace);
            }
            paths(layout, &panel, *twin, trace);
        }
        let mut left = panel.rect.x + 14.0;
        for twin in &panel.twins {
            left = name(layout, &panel, chart, *twin, left);
        }
        told_gap(layout, &panel, chart);
    }
}

fn paths(layout: &mut TraceLayout, panel: &TracePanel, twin: Twin, trace: &TwinTrace<'_>) {
    for run in trace.runs {
        let points: Vec<Point> = run
            .iter()
            .map(|(second, bpm)| {
                Point::new(
                    layout.time.at(f64::from(*second)),
                    panel.values.at(f64::from(*bpm)),
                )
            })
            .collect();
        let role = Role::of_twin(twin);
        layout.shapes.push(match points.as_slice() {
            [alone] => Shape::mark(twin, *alone, LINE_PX, role),
            _ => Shape::Line {
                points: thin(points),
                width_px: LINE_PX,
                dash: Dash::SOLID,
                role,
            },
        });
    }
}

fn gaps(layout: &mut TraceLayout, panel: &TracePanel, trace: &TwinTrace<'_>) {
    for gap in trace.gaps {
        let rect = place(layout, panel, *gap);
        hatch(&mut layout.shapes, rect);
    }
}

fn place(layout: &TraceLayout, panel: &TracePanel, (from, to): (i32, i32)) -> Rect {
    let (left, right) = (
        layout.time.at(f64::from(from)),
        layout.time.at(f64::from(to)),
    );
    Rect::between(
        left,
        panel.rect.y,
        right.max(left + 1.0),
        panel.rect.bottom(),
    )
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
        .shapes
        .push(Shape::mark(twin, centre, 5.5, Role::of_twin(twin)));
    let style = match twin {
        Twin::A => TextStyle::TwinA,
        Twin::B => TextStyle::TwinB,
    };
    let name = chart.names[index(twin)];
    let label = Label::new((left + 11.0, centre.y + 5.0), name, Anchor::Start, style);
    let mut right = label.bounds().right() + 10.0;
    layout.labels.push(label);
    let rest = chart.twin(twin).missing.unwrap_or("bpm");
    let style = if chart.twin(twin).missing.is_some() {
        TextStyle::Plain
    } else {
        TextStyle::Muted
    };
    let label = Label::new((right, centre.y + 5.0), rest, Anchor::Start, style);
    right = label.bounds().right() + 24.0;
    layout.labels.push(label);
    right
}

/// Says of the longest gap of a panel what it is, beside it where there is room.
fn told_gap(layout: &mut TraceLayout, panel: &TracePanel, chart: &TraceChart<'_>) {
    let [twin] = panel.twins.as_slice() else {
        return;
    };
    let longest = chart
        .twin(*twin)
        .gaps
        .iter()
        .max_by_key(|(from, to)| to.saturating_sub(*from));
    let Some((from, to)) = longest.filter(|(from, to)| to.saturating_sub(*from) >= TOLD_FROM_S)
    else {
        return;
    };
    let gap = place(layout, panel, (*from, *to));
    let text = format!("No strap contact, {}", duration(to.saturating_sub(*from)));
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
                .labels
                .iter()
                .any(|other| other.bounds().overlaps(&bounds))
    });
    layout.labels.extend(label);
}
