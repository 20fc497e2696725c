//! Load of one twin day by day: bars, and over them the means of a week and of four.

use physiology::load::LoadDay;
use physiology::metric::decimal;
use physiology::units::WeekStart;
use physiology::{Day, DayRange, Twin};

use crate::decimate::thin;
use crate::input::{Size, drawable};
use crate::palette::Role;
use crate::picture::Picture;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, Label, TextStyle};
use crate::ticks::{nice_step, nice_ticks};

/// What a chart of load is made of.
#[derive(Debug, Clone, Copy)]
pub struct LoadChart<'a> {
    /// Whose.
    pub twin: Twin,
    /// The days of the axis.
    pub days: DayRange,
    /// The days with what is known of them, oldest first.
    pub loads: &'a [LoadDay],
    /// Where weeks begin: the axis has a tick a week.
    pub week_start: WeekStart,
    /// Whether the means are exponentially weighted.
    pub weighted: bool,
    /// The highest value of the scale, so that two charts side by side compare.
    pub top: f64,
}

const LEFT_PX: f64 = 34.0;
const RIGHT_PX: f64 = 66.0;
const TOP_PX: f64 = 10.0;
const AXIS_PX: f64 = 26.0;

/// The highest value a chart of these days has to reach.
pub fn load_top<'a>(loads: impl IntoIterator<Item = &'a LoadDay>) -> f64 {
    loads
        .into_iter()
        .flat_map(|day| [day.load, day.acute, day.chronic, day.acute_ewma])
        .filter(|value| drawable(*value))
        .fold(0.0, f64::max)
}

/// Lays a chart of load out for a picture of `size`.
pub fn load_layout(chart: &LoadChart<'_>, size: Size) -> Picture {
    let mut layout = Picture {
        size,
        shapes: Vec::new(),
        labels: Vec::new(),
    };
    let (right, floor) = (
        (size.width_px - RIGHT_PX).max(LEFT_PX + 10.0),
        (size.height_px - AXIS_PX).max(TOP_PX + 10.0),
    );
    let top = chart.top.max(1.0);
    let values = Linear::new((0.0, top), (floor, TOP_PX));
    let days = chart.days.len().max(1);
    let x = Linear::new((-0.5, days as f64 - 0.5), (LEFT_PX, right));
    let place = |day: &LoadDay| x.at(day.day.days_since(chart.days.first) as f64);

    let step = nice_step(top, 4);
    for tick in nice_ticks(0.0, top, step) {
        let y = values.at(tick);
        let role = if tick == 0.0 { Role::Axis } else { Role::Grid };
        layout.shapes.push(Shape::level(LEFT_PX, right, y, role));
        layout.labels.push(Label::new(
            (LEFT_PX - 8.0, y + 4.0),
            decimal(tick, 0, false),
            Anchor::End,
            TextStyle::Faint,
        ));
    }
    weeks(&mut layout, chart, x, floor, right);
    let half = (0.32 * (right - LEFT_PX) / days as f64).max(0.5);
    for day in shown(chart).filter(|day| day.load > 0.0) {
        let middle = place(day);
        layout.shapes.push(Shape::Fill {
            rect: Rect::between(middle - half, values.at(day.load), middle + half, floor),
            role: Role::Axis,
        });
    }
    let means = [
        (false, "28 d", Role::Ink, 1.5, Dash::SOLID),
        (
            true,
            "7 d",
            Role::of_twin(chart.twin),
            2.25,
            dash(chart.twin),
        ),
    ];
    for (is_acute, name, role, width_px, dash) in means {
        let mean = |day: &LoadDay| mean(day, is_acute, chart.weighted);
        let points: Vec<Point> = shown(chart)
            .map(|day| Point::new(place(day), values.at(mean(day))))
            .collect();
        if let (Some(end), Some(newest)) = (points.last().copied(), shown(chart).last()) {
            let style = match (is_acute, chart.twin) {
                (false, _) => TextStyle::Strong,
                (true, Twin::A) => TextStyle::TwinA,
                (true, Twin::B) => TextStyle::TwinB,
            };
            layout.labels.push(Label::new(
                (end.x + 8.0, end.y + 4.0),
                format!("{name} {}", decimal(mean(newest), 0, false)),
                Anchor::Start,
                style,
            ));
        }
        layout.shapes.push(Shape::Line {
            points: thin(points),
            width_px,
            dash,
            role,
        });
    }
    part_the_ends(&mut layout.labels);
    layout
}

const fn dash(twin: Twin) -> Dash {
    match twin {
        Twin::A => Dash::SOLID,
        Twin::B => Dash::TWIN_B,
    }
}

fn mean(day: &LoadDay, is_acute: bool, weighted: bool) -> f64 {
    match (is_acute, weighted) {
        (true, false) => day.acute,
        (false, false) => day.chronic,
        (true, true) => day.acute_ewma,
        (false, true) => day.chronic_ewma,
    }
}

/// The days that can be drawn.
fn shown<'a>(chart: &LoadChart<'a>) -> impl Iterator<Item = &'a LoadDay> {
    let days = chart.days;
    chart.loads.iter().filter(move |day| {
        let values = [
            day.load,
            day.acute,
            day.chronic,
            day.acute_ewma,
            day.chronic_ewma,
        ];
        days.contains(day.day) && values.into_iter().all(drawable)
    })
}

/// A tick a week, and the date it begins where there is room.
fn weeks(layout: &mut Picture, chart: &LoadChart<'_>, x: Linear, floor: f64, right: f64) {
    let mut free_from = 0.0;
    let begins = |day: &Day| chart.week_start.week_of(*day).first == *day;
    for day in chart.days.days().filter(begins) {
        let middle = x.at(day.days_since(chart.days.first) as f64);
        layout
            .shapes
            .push(Shape::upright(middle, floor, floor + 4.0, 1.0, Role::Axis));
        let label = Label::new(
            (middle, floor + 18.0),
            day.short(),
            Anchor::Middle,
            TextStyle::Muted,
        );
        let bounds = label.bounds();
        if bounds.x >= free_from && bounds.right() <= right + 20.0 {
            free_from = bounds.right() + 8.0;
            layout.labels.push(label);
        }
    }
}

/// The two names at the lines' ends are the last labels: never one over the other.
fn part_the_ends(labels: &mut [Label]) {
    const APART_PX: f64 = 16.0;
    let [.., chronic, acute] = labels else {
        return;
    };
    if chronic.anchor != Anchor::Start || acute.anchor != Anchor::Start {
        return;
    }
    let (upper, lower) = if chronic.y <= acute.y {
        (chronic, acute)
    } else {
        (acute, chronic)
    };
    let missing = APART_PX - (lower.y - upper.y);
    if missing > 0.0 {
        upper.y -= missing / 2.0;
        lower.y += missing / 2.0;
    }
}

#[cfg(test)]
mod tests {
    use physiology::load::loads;

    use super::*;

    fn first() -> Day {
        "2026-09-21".parse().unwrap()
    }

    fn chart(loads: &[LoadDay]) -> LoadChart<'_> {
        LoadChart {
            twin: Twin::B,
            days: DayRange::new(first(), first().plus(22)),
            loads,
            week_start: WeekStart::Monday,
            weighted: false,
            top: load_top(loads),
        }
    }

    #[test]
    fn bars_stand_on_the_floor_and_reach_their_load() {
        let daily: Vec<(Day, f64)> = vec![(first(), 50.0), (first().plus(3), 200.0)];
        let of = loads(&daily, DayRange::new(first(), first().plus(22)));
        let layout = load_layout(&chart(&of), Size::new(500.0, 220.0));
        let bars: Vec<Rect> = layout
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Fill {
                    rect,
                    role: Role::Axis,
                } if rect.height > 1.0 && rect.width > 2.0 => Some(*rect),
                _ => None,
            })
            .collect();
        assert_eq!(bars.len(), 2, "days without load have no bar");
        assert!(bars.iter().all(|bar| (bar.bottom() - 194.0).abs() < 1e-9));
        assert!((bars[1].height / bars[0].height - 4.0).abs() < 1e-9);
        let texts: Vec<&str> = layout.labels.iter().map(|one| one.text.as_str()).collect();
        assert!(
            texts.contains(&"21 Sep") && texts.contains(&"12 Oct"),
            "{texts:?}"
        );
        assert!(texts.contains(&"7 d 0"), "{texts:?}");
        let [.., one, two] = layout.labels.as_slice() else {
            panic!("no labels")
        };
        assert!(!one.bounds().overlaps(&two.bounds()));
    }

    #[test]
    fn nothing_known_is_an_empty_scale() {
        let layout = load_layout(&chart(&[]), Size::new(500.0, 220.0));
        assert!(
            layout
                .labels
                .iter()
                .all(|label| !label.text.contains(" d "))
        );
        let hostile = loads(&[(first(), 1e300)], DayRange::new(first(), first()));
        load_layout(&chart(&hostile), Size::new(1.0, 1.0));
    }
}
