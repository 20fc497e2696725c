//! The rules behind the lines: what each looks at, where it comes from, with which figures it was
//! met.

use leptos::prelude::*;
use physiology::alarm::Spo2Rule;
use physiology::metric::decimal;
use physiology::{Units, Written};
use views::status::{Changed, Meaning, Rule};

use super::words::{rule_name, share};

/// A rule as the page explains it.
struct Explained {
    name: &'static str,
    what: &'static str,
    source: &'static str,
    /// Who met it, with which figures.
    figures: Vec<String>,
}

/// Every rule that is met, once, folded up; it opens without JavaScript.
#[component]
pub(in super::super) fn RulesInForce(changed: Changed, units: Units) -> impl IntoView {
    let rules = explained(&changed, units);
    (!rules.is_empty()).then(|| {
        view! {
            <details class="rules">
                <summary>"The rules"</summary>
                <dl>{rules.into_iter().map(entry).collect_view()}</dl>
            </details>
        }
        .into_any()
    })
}

fn entry(rule: Explained) -> impl IntoView {
    let figures = rule
        .figures
        .into_iter()
        .map(|line| view! { <dd>{line}</dd> })
        .collect_view();
    view! {
        <dt>{rule.name}</dt>
        <dd>{rule.what} " " {rule.source}</dd>
        {figures}
    }
}

fn explained(changed: &Changed, units: Units) -> Vec<Explained> {
    let mut all: Vec<Explained> = Vec::new();
    let mut add = |name, what, source, figure: Option<String>| match all
        .iter_mut()
        .find(|known| known.name == name)
    {
        Some(known) => known.figures.extend(figure),
        None => all.push(Explained {
            name,
            what,
            source,
            figures: figure.into_iter().collect(),
        }),
    };
    for status in &changed.twins {
        let letter = status.twin.letter();
        for clause in &status.clauses {
            let metric = clause.metric;
            for rule in &clause.rules {
                let (what, source) = explanation(rule);
                let name = metric.info().name;
                let figure = format!("{letter} {name}: {}.", figures(metric.written(units), rule));
                add(rule_name(rule), what, source, Some(figure));
            }
        }
        if let Some(Meaning::SlowerThanOther { of_three }) = status.meaning {
            add(
                "adjusting more slowly",
                "At 2,500 m and higher: SpO₂, resting heart rate and HRV of one twin are further \
                 from the own baseline than the other’s, by more than 2 SD of the baseline’s \
                 differences, in at least two of the three.",
                "Acclimate’s own; it describes the record and names no illness.",
                Some(format!("{letter}: {of_three} of three.")),
            );
        }
        if status.meaning == Some(Meaning::Strain) {
            add(
                "strain",
                "The insight rules give up to 25 points each for HRV, sleep, resting heart rate \
                 and load; from 50 they are told as one.",
                "After Polar Flow’s insights.",
                Some(format!("{letter}: {} of 100.", status.score)),
            );
        }
    }
    for parting in &changed.partings {
        add(
            "divergence",
            "A − B is standardised by its baseline and averaged exponentially (EWMA, 0.2); outside \
             ±3 SD of that average, which are ±1 SD of the baseline, the twins have parted. Lower \
             and higher are against what the baseline has.",
            "An EWMA control chart (Roberts, 1959). Devices can part as well as twins.",
            Some(format!(
                "{}: {} SD of the baseline, since {}.",
                parting.metric.info().name,
                decimal(parting.ewma_sds, 1, true),
                parting.since.short()
            )),
        );
    }
    all
}

/// What a rule looks at, and where it comes from.
const fn explanation(rule: &Rule) -> (&'static str, &'static str) {
    match rule {
        Rule::Limit {
            kind: Spo2Rule::Limit,
            ..
        } => (
            "The night’s average is below a limit set for this twin.",
            "Limits are in Settings.",
        ),
        Rule::Limit {
            kind: Spo2Rule::Expected,
            ..
        } => (
            "More than 2 SD below what people from sea level show at this altitude after as many \
             nights.",
            "Published means of sleeping SpO₂ by altitude.",
        ),
        Rule::Week { .. } => (
            "Above the mean + 2 SD of the seven nights before.",
            "A default of Acclimate.",
        ),
        Rule::HrvBand { .. } => (
            "The 7-day mean of ln RMSSD is below the mean − 0.5 SD of the baseline on three days \
             running.",
            "Plews and others, 2014.",
        ),
        Rule::Trend { .. } => (
            "The 7-day mean against the 30-day mean: HRV or sleep 10 % down, or resting heart \
             rate 5 % up, count 25 points; half of that counts 15.",
            "After Polar Flow’s insights.",
        ),
        Rule::LoadRatio { .. } => (
            "Load of 7 days over load of 28 above 1.5 counts 25 points, above 1.25 15.",
            "After Polar Flow’s insights.",
        ),
        Rule::Baseline { .. } => (
            "Outside the mean ± 2 SD of the twin’s own nights before day 1, or of the first 28 \
             days without an itinerary.",
            "The band of the tiles and charts.",
        ),
        Rule::Fences { .. } => (
            "Outside Q1 − 1.5 × IQR to Q3 + 1.5 × IQR of the 90 days before.",
            "Tukey’s fences; they are relied on from 21 values.",
        ),
    }
}

/// The figures a rule was met with.
fn figures(written: Written, rule: &Rule) -> String {
    let with = |value: f64| written.with_unit(value);
    match *rule {
        Rule::Limit { limit: at, .. } => written.limit(at),
        Rule::Week { limit } => with(limit),
        Rule::HrvBand { mean, low } => format!("{} under {}", with(mean), with(low)),
        Rule::Trend {
            week,
            month,
            change,
            points,
        } => format!(
            "{} in 7 days, {} in 30, {}, {points} points",
            with(week),
            with(month),
            share(change)
        ),
        Rule::LoadRatio { points } => format!("{points} points"),
        Rule::Baseline { band } => format!("{} to {}", written.value(band.low), with(band.high)),
        Rule::Fences {
            band,
            count,
            is_ready,
        } => {
            let partial = if is_ready { "" } else { ", partial" };
            format!(
                "{} to {}, of {count} values{partial}",
                written.value(band.low),
                with(band.high)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use physiology::alarm::Priority;
    use physiology::baseline::Band;
    use physiology::{Metric, Twin};
    use views::status::{Clause, Parting, Status};

    use super::*;

    fn day() -> physiology::Day {
        "2026-10-13".parse().unwrap()
    }

    #[test]
    fn a_rule_is_explained_once_with_everybodys_figures() {
        let status = |twin, value| Status {
            twin,
            clauses: vec![Clause {
                metric: Metric::Spo2Night,
                day: day(),
                value,
                baseline: Some(97.0),
                rules: vec![
                    Rule::Limit {
                        limit: 75.0,
                        kind: Spo2Rule::Limit,
                        priority: Priority::Medium,
                    },
                    Rule::Baseline {
                        band: Band {
                            low: 96.04,
                            high: 98.0,
                        },
                    },
                ],
            }],
            meaning: Some(Meaning::Strain),
            score: 75,
            silent: None,
        };
        let changed = Changed {
            twins: vec![status(Twin::A, 74.9), status(Twin::B, 73.4)],
            partings: vec![Parting {
                metric: Metric::Spo2Night,
                since: day(),
                a_is_higher: true,
                ewma_sds: 5.21,
            }],
            changes: vec![],
        };
        let told: Vec<(&str, Vec<String>)> = explained(&changed, Units::default())
            .into_iter()
            .map(|rule| {
                let plain = |text: String| text.replace('\u{a0}', " ");
                (rule.name, rule.figures.into_iter().map(plain).collect())
            })
            .collect();
        assert_eq!(
            told,
            [
                (
                    "SpO₂ limit",
                    vec!["A SpO₂: 75 %.".to_owned(), "B SpO₂: 75 %.".to_owned()]
                ),
                (
                    "baseline",
                    vec![
                        "A SpO₂: 96.0 to 98.0 %.".to_owned(),
                        "B SpO₂: 96.0 to 98.0 %.".to_owned()
                    ]
                ),
                (
                    "strain",
                    vec!["A: 75 of 100.".to_owned(), "B: 75 of 100.".to_owned()]
                ),
                (
                    "divergence",
                    vec!["SpO₂: +5.2 SD of the baseline, since 13 Oct.".to_owned()]
                ),
            ]
        );
    }
}
