//! Which days a page shows.

use leptos::prelude::*;
use leptos_router::components::Form;
use physiology::DayRange;
use views::overview::RangeChoice;

use super::wanted::{RangeProblem, WantedRange};
use crate::browser;
use crate::components::{Glyph, Icon};

/// The addresses of a page that shows a range of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RangeAddress {
    /// The page's path.
    pub path: &'static str,
    /// What else the address says, and stays as it is: name and value.
    pub rest: Vec<(&'static str, String)>,
}

impl RangeAddress {
    /// The page's address with another range.
    pub fn with(&self, range: RangeChoice) -> String {
        let mut address = format!("{}?range={}", self.path, range.id());
        for (name, value) in &self.rest {
            address.push('&');
            address.push_str(name);
            address.push('=');
            address.push_str(value);
        }
        address
    }
}

const CHOICES: [(RangeChoice, &str); 4] = [
    (RangeChoice::Week, "7 d"),
    (RangeChoice::Fortnight, "14 d"),
    (RangeChoice::Trip, "Trip"),
    (RangeChoice::All, "All"),
];

/// Four choices as links, two dates as a form, and beside them what was wrong with the address.
#[component]
pub(crate) fn RangeControl(
    wanted: Memo<WantedRange>,
    /// The days shown.
    days: Memo<DayRange>,
    address: Memo<RangeAddress>,
) -> impl IntoView {
    let choice = |(range, name): (RangeChoice, &'static str)| {
        let is_chosen = move || wanted.with(|wanted| wanted.range == range);
        view! {
            <a
                href=move || address.with(|address| address.with(range))
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
            {move || view! { <Dates wanted=wanted.get() days=days.get() address=address.get() /> }}
        </div>
    }
    .into_any()
}

const DISCLOSURE: &str = "dates";

#[component]
fn Dates(wanted: WantedRange, days: DayRange, address: RangeAddress) -> impl IntoView {
    let is_custom = matches!(wanted.range, RangeChoice::Days(_));
    let (first, last, why) = match wanted.problem {
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
                <Form method="get" action=address.path noscroll=true>
                    {address
                        .rest
                        .into_iter()
                        .map(|(name, value)| {
                            view! { <input type="hidden" name=name value=value /> }
                        })
                        .collect_view()}
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
pub(crate) fn written(days: DayRange) -> String {
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
