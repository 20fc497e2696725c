//! What the chosen metric's numbers say, in sentences; the numbers themselves fold out.

use leptos::prelude::*;
use physiology::Written;
use physiology::agreement::{Agreement, TestResult};
use physiology::metric::decimal;
use views::Compare;

use super::table::later;
use super::words;

/// Sentences, the statistics behind them, and what must be kept in mind.
#[component]
pub(super) fn Findings(compare: Signal<Compare>) -> impl IntoView {
    let has_trip = move || compare.with(|compare| compare.day_one.is_some());
    let found = move || {
        compare.with(|compare| {
            let mut lines = words::pair(&compare.panel, has_trip(), compare.head.units);
            lines.push(words::divergence(&compare.panel));
            paragraphs(lines)
        })
    };
    let cautions = move || {
        compare.with(|compare| {
            words::cautions(&compare.panel, compare.head.units)
                .into_iter()
                .map(|line| view! { <li>{line}</li> })
                .collect_view()
        })
    };
    let details = move || compare.with(details);
    view! {
        <section class="sheet findings" aria-labelledby="findings">
            <h2 id="findings">"What it says"</h2>
            {found}
            <details class="findings-details">
                <summary class="btn btn-quiet">"Details"</summary>
                {details}
            </details>
            <h3>"Keep in mind"</h3>
            <ul class="findings-cautions">{cautions}</ul>
        </section>
    }
    .into_any()
}

fn paragraphs(lines: Vec<String>) -> AnyView {
    lines
        .into_iter()
        .map(|line| view! { <p>{line}</p> })
        .collect_view()
        .into_any()
}

type Figure = fn(Written, &Agreement) -> String;

const FIGURES: [(&str, Figure); 12] = [
    ("Paired nights", |_, of| of.count.to_string()),
    ("Effective number", |_, of| {
        decimal(of.effective_count, 1, false)
    }),
    ("Autocorrelation, night to night", |_, of| {
        decimal(of.autocorrelation, 2, true)
    }),
    ("SD of A−B", |written, of| {
        written
            .mean_difference_with_unit(of.sd)
            .trim_start_matches('+')
            .to_owned()
    }),
    ("Lower limit, 95 % CI", |written, of| {
        interval(written, of.spread.low, of.spread_low_interval)
    }),
    ("Upper limit, 95 % CI", |written, of| {
        interval(written, of.spread.high, of.spread_high_interval)
    }),
    ("Concordance (Lin)", |_, of| share(of.concordance)),
    ("Intraclass correlation, ICC(A,1)", |_, of| share(of.icc_a1)),
    ("Correlation (Pearson)", |_, of| share(of.pearson)),
    ("Rank correlation (Spearman)", |_, of| share(of.spearman)),
    ("Paired t", |_, of| test("t", of.paired_t)),
    ("Wilcoxon signed rank", |_, of| test("W", of.wilcoxon)),
];

fn details(compare: &Compare) -> AnyView {
    let panel = &compare.panel;
    let (metric, row) = (panel.metric, panel.row);
    let written = metric.written(compare.head.units);
    let rows = FIGURES
        .into_iter()
        .map(|(name, figure)| {
            let cell = |of: Option<Agreement>| {
                of.map_or_else(|| "–".to_owned(), |of| figure(written, &of))
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{cell(row.baseline)}</td>
                    <td>{cell(row.trip)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="pair-table findings-table">
            <caption class="hidden">{metric.info().long_name}</caption>
            <thead>
                <tr>
                    <th scope="col">{metric.info().name}</th>
                    <th scope="col">"Baseline"</th>
                    <th scope="col">{later(compare)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <p class="pair-note">
            "Concordance and ICC: 1 is the same value every night, 0 none in common. Correlations say whether both move together, not whether they agree. The tests take nights as independent, which they are not: read their p as too small."
        </p>
    }
    .into_any()
}

fn share(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| decimal(value, 2, false))
}

fn interval(written: Written, value: f64, band: physiology::baseline::Band) -> String {
    format!(
        "{}, {} to {}",
        written.mean_difference(value),
        written.mean_difference(band.low),
        written.mean_difference(band.high)
    )
}

fn test(letter: &str, result: Option<TestResult>) -> String {
    result.map_or_else(
        || "–".to_owned(),
        |TestResult { statistic, p }| {
            let p = if p < 0.001 {
                "p < 0.001".to_owned()
            } else {
                format!("p = {}", decimal(p, 3, false))
            };
            format!("{letter} = {}, {p}", decimal(statistic, 2, false))
        },
    )
}
