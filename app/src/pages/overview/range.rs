//! Which days the chart shows.

use leptos::prelude::*;
use leptos_router::components::Form;
use physiology::DayRange;
use views::overview::{MetricChart, RangeChoice};

use super::wanted::{RangeProblem, Wanted};
use crate::browser;
use crate::components::{Glyph, Icon};

const CHOICES: [(RangeChoice, &str); 4] = [
    (RangeChoice::Week, "7 d"),
    (RangeChoice::Fortnight, "14 d"),
    (RangeChoice::Trip, "Trip"),
    (RangeChoice::All, "All"),
];

/// Four choices as links, two dates as a form, and beside them what was wrong with the address.
#[component]
pub(super) fn RangeControl(wanted: Memo<Wanted>, chart: Memo<MetricChart>) -> impl IntoView {
    let message = move || {
        wanted.with(|wanted| {
            let range = match &wanted.range_problem {
                Some(RangeProblem::Unknown(why)) => Some(format!("{why} The trip is shown.")),
                _ => None,
            };
            range
                .into_iter()
                .chain(wanted.metric_problem.map(str::to_owned))
                .collect::<Vec<_>>()
        })
    };
    let choice = |(range, name): (RangeChoice, &'static str)| {
        let is_chosen = move || wanted.with(|wanted| wanted.range == range);
        view! {
            <a
                href=move || wanted.with(|wanted| wanted.with_range(range))
                aria-current=move || is_chosen().then_some("true")
                data-noscroll
            >
                {name}
            </a>
        }
    };
    view! {
        <div class="range">
            <div class="seg" role="group" aria-label="Range">
                {CHOICES.map(choice).collect_view()}
            </div>
            // Made anew with every choice, so that it is closed again once dates were chosen.
            {move || {
                let days = chart.with(|chart| chart.range);
                view! { <Dates wanted=wanted.get() days /> }
            }}
        </div>
        {move || {
            let lines = message();
            (!lines.is_empty())
                .then(|| {
                    view! {
                        <p class="notice">
                            {lines
                                .into_iter()
                                .map(|line| view! { <span>{line} " "</span> })
                                .collect_view()}
                        </p>
                    }
                })
        }}
    }
    .into_any()
}

const DISCLOSURE: &str = "dates";

#[component]
fn Dates(wanted: Wanted, days: DayRange) -> impl IntoView {
    let is_custom = matches!(wanted.range, RangeChoice::Days(_));
    let metric = wanted.metric.id();
    let (first, last, why) = match wanted.range_problem {
        Some(RangeProblem::Dates { first, last, why }) => (first, last, Some(why)),
        _ => (days.first.to_string(), days.last.to_string(), None),
    };
    let is_wrong = why.map(|_| "true");
    let described_by = why.map(|_| "dates-problem");
    let field = move |name: &'static str, label: &'static str, value: String| {
        view! {
            <label>
                <span>{label}</span>
                <input
                    type="date"
                    name=name
                    value=value
                    required
                    aria-invalid=is_wrong
                    aria-describedby=described_by
                />
            </label>
        }
    };
    view! {
        <details
            id=DISCLOSURE
            class="dates"
            class:is-custom=is_custom
            open=why.is_some()
            on:keydown=|event| {
                if event.key() == "Escape" {
                    browser::close_details(DISCLOSURE);
                }
            }
        >
            <summary class="btn" aria-label="Choose dates">
                <Icon glyph=Glyph::Calendar />
                <span class="dates-text">{written(days)}</span>
            </summary>
            <div class="dates-panel">
                <Form method="get" action="/" noscroll=true>
                    <input type="hidden" name="metric" value=metric />
                    {field("first", "First day", first)}
                    {field("last", "Last day", last)}
                    <button class="btn btn-primary" type="submit">
                        "Show"
                    </button>
                    {why
                        .map(|why| {
                            view! {
                                <p id="dates-problem" class="field-problem">
                                    {why}
                                </p>
                            }
                        })}
                </Form>
            </div>
        </details>
    }
    .into_any()
}

/// `5 to 13 Oct`, `28 Sep to 4 Oct`, `13 Oct`.
fn written(days: DayRange) -> String {
    let DayRange { first, last } = days;
    let (from, to) = (first.short(), last.short());
    if first == last {
        to
    } else if first.year() != last.year() {
        format!("{from} {} to {to} {}", first.year(), last.year())
    } else if first.month() == last.month() {
        format!("{} to {to}", first.day_of_month())
    } else {
        format!("{from} to {to}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_written_short() {
        let range = |first: &str, last: &str| {
            written(DayRange::new(first.parse().unwrap(), last.parse().unwrap()))
        };
        assert_eq!(range("2026-10-05", "2026-10-13"), "5 to 13 Oct");
        assert_eq!(range("2026-09-28", "2026-10-04"), "28 Sep to 4 Oct");
        assert_eq!(
            range("2025-10-05", "2026-10-13"),
            "5 Oct 2025 to 13 Oct 2026"
        );
        assert_eq!(range("2026-10-13", "2026-10-13"), "13 Oct");
    }
}
