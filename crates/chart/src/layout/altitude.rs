//! The altitude strip: where the party was, is, and means to be.

use physiology::Waypoint;
use physiology::metric::decimal;

use super::frame::{NightAt, Nights, Panel, Plan};
use super::labels::Row;
use crate::decimate::thin;
use crate::input::TwinChart;
use crate::palette::Role;
use crate::picture::Sheet;
use crate::readout::metres;
use crate::scale::Linear;
use crate::shape::{Dash, Point, Rect, Shape};
use crate::text::{Anchor, TextStyle};

/// Altitudes further from the sea than this are none.
const HIGHEST_M: f64 = 20_000.0;
/// How high the two lines of a place's label are, from the floor, px.
const PLACE_LABEL_PX: f64 = 33.5;

/// The profile, cleaned: ms since the epoch and m, in order of time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Profile {
    points: Vec<(f64, f64)>,
}

impl Profile {
    pub(super) fn of(waypoints: &[Waypoint]) -> Self {
        let mut points: Vec<(f64, f64)> = Vec::with_capacity(waypoints.len());
        for waypoint in waypoints {
            let at_ms = waypoint.at.unix_ms() as f64;
            let sound = waypoint.altitude_m.is_finite() && waypoint.altitude_m.abs() <= HIGHEST_M;
            if sound && points.last().is_none_or(|before| before.0 <= at_ms) {
                points.push((at_ms, waypoint.altitude_m));
            }
        }
        Self { points }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The altitude at an instant, linear between points, level beyond the ends; 0 without points.
    fn at(&self, at_ms: f64) -> f64 {
        let after = self.points.partition_point(|point| point.0 <= at_ms);
        let before = after
            .checked_sub(1)
            .and_then(|index| self.points.get(index));
        match (before, self.points.get(after)) {
            (Some(before), Some(next)) => {
                before.1 + (next.1 - before.1) * (at_ms - before.0) / (next.0 - before.0)
            }
            (Some(end), None) | (None, Some(end)) => end.1,
            (None, None) => 0.0,
        }
    }

    /// The lowest and the highest the strip has to show over stretches of time, m: the sea and
    /// 100 m at least.
    pub(super) fn range_m(&self, stretches: impl IntoIterator<Item = (f64, f64)>) -> (f64, f64) {
        stretches
            .into_iter()
            .flat_map(|(from, to)| self.between(from, to))
            .fold((0.0_f64, 100.0_f64), |(low, high), point| {
                (low.min(point.1), high.max(point.1))
            })
    }

    /// The profile between two instants, both ends included.
    fn between(&self, from_ms: f64, to_ms: f64) -> Vec<(f64, f64)> {
        let mut points = vec![(from_ms, self.at(from_ms))];
        let first = self.points.partition_point(|point| point.0 <= from_ms);
        let last = self.points.partition_point(|point| point.0 < to_ms);
        points.extend(self.points.get(first..last).unwrap_or_default());
        points.push((to_ms, self.at(to_ms)));
        points
    }
}

/// Draws the strip on a scale of these heights, and gives the scale; none without a profile.
pub(super) fn strip(
    sheet: &mut Sheet,
    chart: &TwinChart<'_>,
    nights: &Nights<'_>,
    plan: &Plan,
    profile: &Profile,
    (low, high): (f64, f64),
) -> Option<Linear> {
    let (top, floor) = (plan.altitude_top, plan.frame.floor);
    if top >= floor || plan.panels.is_empty() {
        return None;
    }
    let scale = Linear::new((low, high * 1.04), (floor, top + 4.0));
    if plan.names_scales {
        scale_labels(sheet, plan, scale, high);
    }
    let mut row = Row::default();
    for panel in &plan.panels {
        if let Some(lines) = ground(sheet, chart, panel, profile, scale, floor) {
            if panel.is_baseline {
                baseline_altitude(sheet, panel, &lines, profile, scale, floor);
            } else {
                now(sheet, chart, plan, panel, profile, scale, &mut row);
                let labels = Labels {
                    plan,
                    panel,
                    lines: &lines,
                    floor,
                };
                labels.places(sheet, &nights.shown, scale, &mut row);
                labels.planned(sheet, chart, profile, scale);
            }
        }
        sheet
            .shapes
            .push(Shape::level(panel.left, panel.right, floor, Role::Axis));
    }
    Some(scale)
}

/// The two ticks, km above 1,000 m and m below, and the strip's name.
fn scale_labels(sheet: &mut Sheet, plan: &Plan, scale: Linear, high: f64) {
    let (tick, text, name) = if high >= 1_000.0 {
        let km = (high / 1_000.0).floor();
        (km * 1_000.0, decimal(km, 0, false), "Altitude, km")
    } else {
        let step = (high / 100.0).floor() * 100.0;
        (step, decimal(step, 0, false), "Altitude, m")
    };
    for (value, text, lift) in [(tick, text, 4.0), (0.0, "0".to_owned(), 2.0)] {
        sheet.label(
            (plan.left - 8.0, scale.at(value) + lift),
            text,
            Anchor::End,
            TextStyle::Faint,
        );
    }
    sheet.label(
        (plan.left + 2.0, plan.altitude_top + 14.0),
        name,
        Anchor::Start,
        TextStyle::Muted,
    );
}

/// What is walked, filled under a solid line; what is planned, dotted. Gives the line, px.
fn ground(
    sheet: &mut Sheet,
    chart: &TwinChart<'_>,
    panel: &Panel,
    profile: &Profile,
    scale: Linear,
    floor: f64,
) -> Option<Vec<Point>> {
    let (from, to) = panel.time.domain();
    if profile.is_empty() {
        return None;
    }
    let now_ms = (chart.now.unix_ms() as f64).clamp(from, to);
    let place =
        |(at_ms, altitude_m): (f64, f64)| Point::new(panel.time.at(at_ms), scale.at(altitude_m));
    let path = |from: f64, to: f64| -> Vec<Point> {
        thin(profile.between(from, to).into_iter().map(place).collect())
    };
    let mut all = Vec::new();
    if now_ms > from {
        let walked = path(from, now_ms);
        let mut area = walked.clone();
        area.extend([
            Point::new(panel.time.at(now_ms), floor),
            Point::new(panel.time.at(from), floor),
        ]);
        sheet.shapes.push(Shape::Area {
            points: area,
            role: Role::AltitudeFill,
        });
        all.extend(walked.iter().copied());
        sheet.shapes.push(Shape::Line {
            points: walked,
            width_px: 1.5,
            dash: Dash::SOLID,
            role: Role::AltitudeLine,
        });
    }
    if now_ms < to {
        let planned = path(now_ms, to);
        all.extend(planned.iter().copied());
        sheet.shapes.push(Shape::Line {
            points: planned,
            width_px: 1.5,
            dash: Dash::PLANNED,
            role: Role::AltitudeLine,
        });
    }
    Some(all)
}

/// The altitude of the baseline nights, where it was one and the same.
fn baseline_altitude(
    sheet: &mut Sheet,
    panel: &Panel,
    lines: &[Point],
    profile: &Profile,
    scale: Linear,
    floor: f64,
) {
    let altitude_m = profile.at(panel.time.domain().0);
    let level = scale.at(altitude_m);
    let is_level = lines.iter().all(|point| (point.y - level).abs() < 1.0);
    // Above the line where the strip's name leaves room, which is at the top.
    if is_level && level > floor - 30.0 {
        sheet.label(
            (panel.left + 2.0, (level - 6.0).min(floor - 8.0)),
            metres(altitude_m),
            Anchor::Start,
            TextStyle::Faint,
        );
    }
}

/// The dot and stem of now, with its altitude.
fn now(
    sheet: &mut Sheet,
    chart: &TwinChart<'_>,
    plan: &Plan,
    panel: &Panel,
    profile: &Profile,
    scale: Linear,
    row: &mut Row,
) {
    let now_ms = chart.now.unix_ms() as f64;
    let (from, to) = panel.time.domain();
    if !(from..=to).contains(&now_ms) {
        return;
    }
    let floor = plan.frame.floor;
    let altitude_m = profile.at(now_ms);
    let centre = Point::new(panel.time.at(now_ms), scale.at(altitude_m));
    sheet
        .shapes
        .push(Shape::upright(centre.x, centre.y, floor, 1.5, Role::Ink));
    sheet.shapes.push(Shape::Disc {
        centre,
        radius_px: 3.5,
        role: Role::Ink,
    });
    let altitude = metres(altitude_m);
    let width = TextStyle::Strong
        .width_px(&altitude)
        .max(TextStyle::Strong.width_px("Now"));
    let (x, anchor, left) = if centre.x + 7.0 + width <= plan.size.width_px {
        (centre.x + 7.0, Anchor::Start, centre.x)
    } else {
        (centre.x - 7.0, Anchor::End, centre.x - 7.0 - width)
    };
    row.take(left, left + width + 7.0, 0.0);
    for (text, lift) in [("Now".to_owned(), 22.0), (altitude, 7.0)] {
        sheet.label((x, floor - lift), text, anchor, TextStyle::Strong);
    }
}

/// What names of places have to keep clear of.
struct Labels<'a> {
    plan: &'a Plan,
    panel: &'a Panel,
    lines: &'a [Point],
    floor: f64,
}

impl Labels<'_> {
    /// The places slept at, longest stays first, the newest of as long ones first.
    fn places(&self, sheet: &mut Sheet, nights: &[NightAt<'_>], scale: Linear, row: &mut Row) {
        let mut stays = stays(nights);
        // What is in sight of a stay has its name in its middle.
        let (from, to) = self.panel.time.domain();
        stays.retain(|stay| stay.first_ms <= to && stay.last_ms >= from);
        for stay in &mut stays {
            stay.first_ms = stay.first_ms.max(from);
            stay.last_ms = stay.last_ms.min(to);
        }
        stays.sort_by(|one, two| {
            (two.nights, two.last_ms)
                .partial_cmp(&(one.nights, one.last_ms))
                .unwrap_or(core::cmp::Ordering::Equal)
        });
        for stay in stays {
            let altitude = metres(stay.altitude_m);
            let width = TextStyle::Plain
                .width_px(stay.place)
                .max(TextStyle::Muted.width_px(&altitude));
            let middle = self
                .panel
                .time
                .at(f64::midpoint(stay.first_ms, stay.last_ms));
            let x = middle.max(self.panel.left + width / 2.0 + 2.0);
            let (left, right) = (x - width / 2.0, x + width / 2.0);
            if right > self.panel.right {
                continue;
            }
            let Some(bottom) = self.room(sheet, left, right, scale.at(stay.altitude_m)) else {
                continue;
            };
            if row.take(left, right, 6.0) {
                sheet.label(
                    (x, bottom - 15.0),
                    stay.place,
                    Anchor::Middle,
                    TextStyle::Plain,
                );
                sheet.label((x, bottom), altitude, Anchor::Middle, TextStyle::Muted);
            }
        }
    }

    /// The baseline of a place's second line: inside the hill where it is high enough, else above
    /// the line where there is sky; none where neither is.
    fn room(&self, sheet: &Sheet, left: f64, right: f64, level: f64) -> Option<f64> {
        let inside = Rect::between(left, self.floor - PLACE_LABEL_PX, right, self.floor);
        if level < inside.y && !inside.meets(self.lines) {
            return Some(self.floor - 7.0);
        }
        let above = Rect::between(left, level - PLACE_LABEL_PX - 2.0, right, level - 2.0);
        let free = above.y >= self.plan.altitude_top
            && above.bottom() <= self.floor
            && !above.meets(self.lines)
            && !sheet
                .labels
                .iter()
                .any(|label| label.bounds().overlaps(&above));
        free.then_some(level - 6.0)
    }

    /// Where the plan leads by the end of what is shown, in the right margin.
    fn planned(&self, sheet: &mut Sheet, chart: &TwinChart<'_>, profile: &Profile, scale: Linear) {
        let to = self.panel.time.domain().1;
        if chart.now.unix_ms() as f64 >= to {
            return;
        }
        let altitude_m = profile.at(to);
        let altitude = metres(altitude_m);
        let x = self.panel.right + 6.0;
        let width = TextStyle::Muted
            .width_px(&altitude)
            .max(TextStyle::Muted.width_px("planned"));
        let y = (scale.at(altitude_m) + 10.0).min(self.floor - 16.0);
        let place = Rect::between(x, y - 10.0, x + width, y + 16.0);
        if place.right() > self.plan.size.width_px
            || sheet
                .labels
                .iter()
                .any(|label| label.bounds().overlaps(&place))
        {
            return;
        }
        sheet.label((x, y), altitude, Anchor::Start, TextStyle::Muted);
        sheet.label((x, y + 14.0), "planned", Anchor::Start, TextStyle::Muted);
    }
}

/// Nights in a row at one place.
struct Stay<'a> {
    place: &'a str,
    altitude_m: f64,
    first_ms: f64,
    last_ms: f64,
    nights: usize,
}

fn stays<'a>(nights: &[NightAt<'a>]) -> Vec<Stay<'a>> {
    let mut stays: Vec<Stay<'a>> = Vec::new();
    let mut joined = false;
    for night in nights {
        let place = night.day.place.as_deref().filter(|place| !place.is_empty());
        let altitude_m = night
            .day
            .sleeping_altitude_m
            .filter(|altitude_m| altitude_m.is_finite() && altitude_m.abs() <= HIGHEST_M);
        let (Some(place), Some(altitude_m)) = (place, altitude_m) else {
            joined = false;
            continue;
        };
        match stays.last_mut() {
            Some(stay) if joined && stay.place == place && stay.altitude_m == altitude_m => {
                stay.last_ms = night.at_ms;
                stay.nights += 1;
            }
            _ => stays.push(Stay {
                place,
                altitude_m,
                first_ms: night.at_ms,
                last_ms: night.at_ms,
                nights: 1,
            }),
        }
        joined = true;
    }
    stays
}
