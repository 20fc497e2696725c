//! The night and the day in figures, A beside B.

use leptos::prelude::*;
use physiology::metric::decimal;
use physiology::units::Clock;
use physiology::{Quality, Reading, Twin, Units};
use views::day::{ClockSpan, DayView, HeartDay, NightTotal, SleptNight};

use crate::components::TwinMark;
use crate::format::source_of_zones;

/// Between two figures that belong together.
const DASH: &str = " to ";

/// A line of the table: its name, and A's and B's figures.
struct Line {
    name: &'static str,
    values: [String; 2],
}

/// Bedtimes, stages and vitals of both nights.
#[component]
pub(super) fn NightFacts(day: Signal<DayView>) -> impl IntoView {
    let lines = move || {
        day.with(|day| {
            let units = day.head.units;
            let of = |tell: fn(&SleptNight, Clock) -> String| {
                day.nights.twins.each_ref().map(|night| {
                    night
                        .slept()
                        .map_or_else(|| "–".to_owned(), |night| tell(night, units.clock))
                })
            };
            let first = [
                Line {
                    name: "In bed",
                    values: of(|night, clock| spans(&night.sleeps, clock)),
                },
                Line {
                    name: "Recorded by",
                    values: of(|night, _| night.source.name().to_owned()),
                },
            ];
            let totals = day.nights.totals.iter().map(|of| total(of, units));
            first.into_iter().chain(totals).collect::<Vec<_>>()
        })
    };
    view! { <Facts title="The night in figures" lines=Signal::derive(move || as_rows(lines())) /> }
}

/// Peak and mean of the day, how much of it was measured, and the zones.
#[component]
pub(super) fn HeartFacts(day: Signal<DayView>) -> impl IntoView {
    let lines = move || {
        day.with(|day| {
            let of = |tell: &dyn Fn(&HeartDay) -> Option<String>| {
                day.hearts
                    .each_ref()
                    .map(|heart| tell(heart).unwrap_or_else(|| "–".to_owned()))
            };
            let clock = day.head.units.clock;
            let trace = |tell: fn(&views::day::HeartTrace, Clock) -> String| {
                of(&move |heart: &HeartDay| heart.trace.measured().map(|trace| tell(trace, clock)))
            };
            let mut lines = vec![
                Line {
                    name: "Mean",
                    values: trace(|trace, _| bpm(trace.mean_bpm)),
                },
                Line {
                    name: "Peak",
                    values: trace(|trace, clock| {
                        let (at_s, highest) = trace.peak;
                        format!("{} at {}", bpm(highest), clock.time(at_s.into()))
                    }),
                },
                Line {
                    name: "Measured",
                    values: trace(|trace, _| hours(trace.measured_s)),
                },
                Line {
                    name: "Recorded by",
                    values: trace(|trace, _| trace.source.name().to_owned()),
                },
            ];
            for (zone, name) in ZONES.into_iter().enumerate() {
                let borders = |heart: &HeartDay| {
                    let borders = heart.zones.ok()?.zones.bounds_bpm;
                    let (low, high) = (borders.get(zone)?, borders.get(zone + 1)?);
                    Some(format!("{}{DASH}{}", decimal(*low, 0, false), bpm(*high)))
                };
                lines.push(Line {
                    name,
                    values: of(&borders),
                });
            }
            if day.hearts.iter().all(|heart| heart.zones.is_err()) {
                lines.truncate(4);
            }
            lines
        })
    };
    let zones = move || day.with(zones);
    view! {
        <Facts title="The day in figures" lines=Signal::derive(move || as_rows(lines()))>
            <p class="day-note">{zones}</p>
        </Facts>
    }
}

const ZONES: [&str; 5] = ["Zone 1", "Zone 2", "Zone 3", "Zone 4", "Zone 5"];

/// Where the zones come from, or what is lacking for any.
fn zones(day: &DayView) -> String {
    let sides = Twin::BOTH.into_iter().zip(&day.hearts);
    let parts = sides.map(|(twin, heart)| source_of_zones(twin, &heart.zones));
    parts.collect::<Vec<_>>().join(" ")
}

type FactRow = (&'static str, [String; 2]);

fn as_rows(lines: Vec<Line>) -> Vec<FactRow> {
    lines
        .into_iter()
        .map(|line| (line.name, line.values))
        .collect()
}

#[component]
fn Facts(
    title: &'static str,
    lines: Signal<Vec<FactRow>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let rows = move || {
        lines
            .get()
            .into_iter()
            .map(|(name, [a, b])| {
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td>{a}</td>
                        <td>{b}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    let head = |twin: Twin| {
        view! {
            <th scope="col" class=format!("who-{}", twin.id())>
                <TwinMark twin />
                " "
                {twin.letter()}
            </th>
        }
    };
    view! {
        <aside class="day-facts">
            <table>
                <caption>{title}</caption>
                <thead>
                    <tr>
                        <td></td>
                        {Twin::BOTH.map(head).collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {children.map(|children| children())}
        </aside>
    }
    .into_any()
}

fn total(total: &NightTotal, units: Units) -> Line {
    Line {
        name: total.metric.info().name,
        values: total.values.map(|reading| match reading {
            Reading::Measured(measured) => {
                let value = total.metric.written(units).with_unit(measured.value);
                match measured.quality {
                    Quality::Complete => value,
                    Quality::Partial => format!("{value}, partial"),
                }
            }
            Reading::Missing(reason) => reason.sentence().to_owned(),
        }),
    }
}

/// `22:41 to 05:52`, of a broken night both parts.
fn spans(sleeps: &[ClockSpan], clock: Clock) -> String {
    let time = |second: i32| clock.time(second.into());
    let one = |span: &ClockSpan| format!("{}{DASH}{}", time(span.from_s), time(span.to_s));
    sleeps.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn bpm(value: f64) -> String {
    format!("{}\u{a0}bpm", decimal(value, 0, false))
}

/// `23 h 10`.
fn hours(seconds: i32) -> String {
    let minutes = (seconds.max(0) + 30) / 60;
    format!("{}\u{a0}h\u{a0}{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_night_tells_both_parts() {
        let span = |from_s, to_s| ClockSpan { from_s, to_s };
        let sleeps = [span(-4_740, 7_200), span(14_400, 21_120)];
        assert_eq!(
            spans(&sleeps, Clock::Hours24),
            "22:41 to 02:00, 04:00 to 05:52"
        );
        assert_eq!(
            spans(&sleeps, Clock::Hours12).replace('\u{a0}', " "),
            "10:41 pm to 2:00 am, 4:00 am to 5:52 am"
        );
        assert_eq!(hours(83_400).replace('\u{a0}', " "), "23 h 10");
    }
}
