//! The words of a twin's line.

use physiology::alarm::Spo2Rule;
use physiology::metric::decimal;
use physiology::{Day, Twin, Units, Written};
use views::status::{Clause, Meaning, Parting, Rule};

/// `SpO₂ 73.4 %, below the 75 % limit`, `Resting HR 77 bpm, 23 over baseline`.
pub(super) fn clause_text(clause: &Clause, today: Day, units: Units) -> String {
    let metric = clause.metric;
    let written = metric.written(units);
    let value = format!("{} {}", metric.info().name, written.with_unit(clause.value));
    let day = if clause.day == today {
        String::new()
    } else {
        format!(" on {}", clause.day.short())
    };
    let against = match (clause.rules.first(), clause.baseline) {
        (
            Some(Rule::Limit {
                limit: at, kind, ..
            }),
            _,
        ) => {
            let at = written.limit(*at);
            match kind {
                Spo2Rule::Limit => format!("below the {at} limit"),
                Spo2Rule::Expected => format!("below the {at} expected here"),
            }
        }
        (Some(Rule::LoadRatio { .. }), _) => "high".to_owned(),
        (_, Some(baseline)) if is_shown_apart(written, clause.value, baseline) => {
            let side = if clause.value > baseline {
                "over"
            } else {
                "under"
            };
            let by = written.difference((clause.value - baseline).abs());
            format!("{}\u{a0}{side} baseline", by.trim_start_matches('+'))
        }
        (Some(Rule::Trend { change, .. }), _) => format!("{} in a week", share(*change)),
        (Some(Rule::Week { limit: at }), _) => {
            format!("over the {} of its week", written.with_unit(*at))
        }
        (Some(Rule::HrvBand { .. }), _) => "under its band".to_owned(),
        (Some(Rule::Baseline { band } | Rule::Fences { band, .. }), _) => {
            let side = if clause.value > band.high {
                "over"
            } else {
                "under"
            };
            format!("{side} what is usual")
        }
        (None, _) => return value,
    };
    format!("{value}{day}, {against}")
}

/// Whether the distance to the baseline is more than its rounding.
fn is_shown_apart(written: Written, value: f64, baseline: f64) -> bool {
    written.value(value) != written.value(baseline)
}

/// `12 % down`, `5 % up`.
pub(super) fn share(change: f64) -> String {
    let side = if change > 0.0 { "up" } else { "down" };
    format!("{}\u{a0}% {side}", decimal(change.abs() * 100.0, 0, false))
}

/// Why it matters, as a sentence.
pub(super) fn meaning_text(meaning: Meaning, twin: Twin, score: u32) -> String {
    match meaning {
        Meaning::SlowerThanOther { .. } => format!(
            "Adjusting to the altitude more slowly than {}.",
            twin.other().letter()
        ),
        Meaning::LowOxygen => "Less oxygen in the night than the limit allows for.".to_owned(),
        Meaning::Strain => {
            format!("More strain and less recovery than usual, {score}\u{a0}of\u{a0}100.")
        }
        Meaning::Unusual => "Outside what is usual for this twin.".to_owned(),
    }
}

/// `SpO₂ apart since 8 Oct, B lower`.
pub(super) fn parting_text(parting: &Parting) -> String {
    let side = if parting.a_is_higher {
        "lower"
    } else {
        "higher"
    };
    format!(
        "{} apart since {}, B {side}",
        parting.metric.info().name,
        parting.since.short()
    )
}

/// What a rule is called.
pub(super) const fn rule_name(rule: &Rule) -> &'static str {
    match rule {
        Rule::Limit {
            kind: Spo2Rule::Limit,
            ..
        } => "SpO₂ limit",
        Rule::Limit {
            kind: Spo2Rule::Expected,
            ..
        } => "expected SpO₂",
        Rule::Week { .. } => "7-night limit",
        Rule::HrvBand { .. } => "HRV band",
        Rule::Trend { .. } => "7-day trend",
        Rule::LoadRatio { .. } => "load ratio",
        Rule::Baseline { .. } => "baseline",
        Rule::Fences { .. } => "90-day range",
    }
}

/// Every rule of a line once: `SpO₂ limit, 7-day trend, baseline`.
pub(super) fn rule_names(clauses: &[Clause]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for rule in clauses.iter().flat_map(|clause| &clause.rules) {
        let name = rule_name(rule);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use physiology::Metric;
    use physiology::alarm::Priority;
    use physiology::baseline::Band;

    use super::*;

    fn day() -> Day {
        "2026-10-13".parse().unwrap()
    }

    fn clause(metric: Metric, value: f64, baseline: Option<f64>, rules: Vec<Rule>) -> Clause {
        Clause {
            metric,
            day: day(),
            value,
            baseline,
            rules,
        }
    }

    #[test]
    fn a_clause_says_the_value_and_against_what() {
        use Metric::{HrvRmssd, LoadRatio, RespiratoryRate, RestingHeartRate, Spo2Night};

        let limit = |kind| Rule::Limit {
            limit: 75.0,
            kind,
            priority: Priority::Medium,
        };
        let trend = Rule::Trend {
            week: 69.0,
            month: 60.0,
            change: 0.15,
            points: 25,
        };
        let fences = Rule::Fences {
            band: Band {
                low: 12.0,
                high: 16.0,
            },
            count: 22,
            is_ready: true,
        };
        let cases = [
            (
                clause(
                    Spo2Night,
                    73.4,
                    Some(97.0),
                    vec![limit(Spo2Rule::Limit), trend],
                ),
                "SpO₂ 73.4 %, below the 75 % limit",
            ),
            (
                clause(Spo2Night, 73.4, None, vec![limit(Spo2Rule::Expected)]),
                "SpO₂ 73.4 %, below the 75 % expected here",
            ),
            (
                clause(RestingHeartRate, 77.0, Some(54.2), vec![trend]),
                "Resting HR 77 bpm, 23 over baseline",
            ),
            (
                clause(HrvRmssd, 29.0, Some(61.0), vec![trend]),
                "HRV 29 ms, 32 under baseline",
            ),
            (
                clause(RestingHeartRate, 77.0, None, vec![trend]),
                "Resting HR 77 bpm, 15 % up in a week",
            ),
            (
                clause(RespiratoryRate, 19.9, None, vec![fences]),
                "Respiratory rate 19.9 /min, over what is usual",
            ),
            (
                clause(LoadRatio, 1.62, None, vec![Rule::LoadRatio { points: 25 }]),
                "Load ratio 1.62, high",
            ),
        ];
        for (clause, text) in cases {
            assert_eq!(
                clause_text(&clause, day(), Units::default()).replace('\u{a0}', " "),
                text
            );
        }
    }

    #[test]
    fn an_older_day_is_named() {
        let limit = Rule::Limit {
            limit: 75.0,
            kind: Spo2Rule::Limit,
            priority: Priority::Medium,
        };
        let clause = clause(Metric::Spo2Night, 73.4, None, vec![limit]);
        let text = clause_text(&clause, day().plus(2), Units::default()).replace('\u{a0}', " ");
        assert_eq!(text, "SpO₂ 73.4 % on 13 Oct, below the 75 % limit");
    }

    #[test]
    fn a_rule_is_named_once() {
        let band = Band {
            low: 1.0,
            high: 2.0,
        };
        let line = [
            clause(Metric::HrvRmssd, 29.0, None, vec![Rule::Baseline { band }]),
            clause(
                Metric::RestingHeartRate,
                77.0,
                None,
                vec![Rule::Week { limit: 70.0 }, Rule::Baseline { band }],
            ),
        ];
        assert_eq!(rule_names(&line), "baseline, 7-night limit");
    }
}
