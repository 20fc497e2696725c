//! How complete each metric is: a sentence and a strip, A beside B.

use leptos::prelude::*;
use physiology::Twin;
use views::data::{Coverage, CoverageDay, DataView, MetricCoverage};

use crate::components::TwinMark;

/// So many metrics are shown at once; the rest opens.
const SHOWN: usize = 6;
/// Up to so many days each is a mark of its own.
const MOST_MARKS: u32 = 70;

/// A line a metric.
#[component]
pub(super) fn CoverageList(data: Signal<DataView>, names: Memo<[String; 2]>) -> impl IntoView {
    let lines = Memo::new(move |_| data.with(|data| data.coverage.clone()));
    let shown = move || {
        let lines = lines.get();
        let (first, rest) = lines.split_at(lines.len().min(SHOWN));
        let (first, rest) = (first.to_vec(), rest.to_vec());
        let more = rest.len();
        let names = names.get();
        let again = names.clone();
        view! {
            {if first.is_empty() {
                view! { <p class="data-none">"This source has none of these metrics."</p> }.into_any()
            } else {
                view! { <Lines lines=first names /> }.into_any()
            }}
            {(more > 0)
                .then(|| {
                    view! {
                        <details class="data-more">
                            <summary class="btn btn-quiet">{more} " more metrics"</summary>
                            <Lines lines=rest names=again />
                        </details>
                    }
                })}
            <p class="data-key">
                "Full mark: received. Half: part of the period. Line at the foot: missing. Empty: none to be expected."
            </p>
        }
    };
    view! { {shown} }.into_any()
}

#[component]
fn Lines(lines: Vec<MetricCoverage>, names: [String; 2]) -> impl IntoView {
    let head = Twin::BOTH.into_iter().zip(names).map(|(twin, name)| {
        view! {
            <th scope="col" class=format!("who-{}", twin.id())>
                <TwinMark twin />
                " "
                {name}
            </th>
        }
    });
    let rows = lines.into_iter().map(|line| {
        let is_nightly = line.is_nightly;
        let [a, b] = line.twins;
        let cells = [(Twin::A, a), (Twin::B, b)].map(|(twin, coverage)| {
            view! { <td>{coverage.map(|coverage| cell(twin, &coverage, is_nightly))}</td> }
        });
        view! {
            <tr data-coverage=line.metric.id()>
                <th scope="row">{line.metric.info().name}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    view! {
        <table class="data-cover">
            <thead>
                <tr>
                    <th scope="col">"Metric"</th>
                    {head.collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn cell(twin: Twin, coverage: &Coverage, is_nightly: bool) -> impl IntoView + use<> {
    let days = coverage.of.max(1);
    let marks = marks(coverage)
        .into_iter()
        .map(|(kind, from, length)| {
            let (class, top) = match kind {
                CoverageDay::Received => ("got", "0"),
                CoverageDay::Partial => ("half", "0.5"),
                CoverageDay::Missing => ("gone", "0.8"),
                CoverageDay::Outside => return ().into_any(),
            };
            view! { <path class=class d=format!("M{from} {top}h{length}V1h-{length}z")></path> }
                .into_any()
        })
        .collect_view();
    view! {
        <span data-subject=twin.id()>
            // Where there is no room for columns their heads are gone.
            <b class=format!("data-who who-{}", twin.id()) aria-hidden="true">
                {twin.letter()}
                " "
            </b>
            {coverage.sentence(is_nightly)}
        </span>
        <svg
            class=format!("data-strip data-strip-{}", twin.id())
            viewBox=format!("0 0 {days} 1")
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            {marks}
        </svg>
    }
}

/// What is drawn: kind, where it begins and how long it is, in days. Days of a short strip stand
/// apart; those of a long one run together.
fn marks(coverage: &Coverage) -> Vec<(CoverageDay, f64, f64)> {
    let mut marks = Vec::new();
    let mut from = 0;
    for (kind, days) in &coverage.strip {
        if coverage.of <= MOST_MARKS {
            let each = from..from + days;
            marks.extend(each.map(|day| (*kind, f64::from(day) + 0.08, 0.84)));
        } else {
            marks.push((*kind, f64::from(from), f64::from(*days)));
        }
        from += days;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_strips_have_a_mark_a_day_and_long_ones_a_mark_a_stretch() {
        let coverage = |days: u32| Coverage {
            received: days,
            of: days + 2,
            missing: Vec::new(),
            strip: vec![(CoverageDay::Missing, 2), (CoverageDay::Received, days)],
        };
        assert_eq!(marks(&coverage(3)).len(), 5);
        assert_eq!(
            marks(&coverage(300)),
            [
                (CoverageDay::Missing, 0.0, 2.0),
                (CoverageDay::Received, 2.0, 300.0)
            ]
        );
    }
}
