//! How far the twins are apart, told plainly.

use physiology::agreement::Agreement;
use physiology::divergence::Divergence;
use physiology::{Units, Written};
use views::compare::PairPanel;

use super::{amount, is_nothing};

/// Spread limits of fewer nights than this are told to be uncertain.
const FEW_NIGHTS: usize = 20;

/// What is found, the plainest first. `has_trip` tells whether there is a trip to speak of.
pub(in super::super) fn pair(panel: &PairPanel, has_trip: bool, units: Units) -> Vec<String> {
    let written = panel.metric.written(units);
    let name = panel.metric.info().name;
    let (on, before) = if has_trip {
        ("On the trip", "before the trip")
    } else {
        ("After the baseline", "in the baseline")
    };
    let row = &panel.row;
    match (row.trip, row.baseline) {
        (None, None) => vec![format!(
            "Fewer than three nights have a {name} of both twins: nothing can be said of the pair yet."
        )],
        (None, Some(baseline)) => vec![format!(
            "{}, A’s {name} was {}. {}",
            capital(before),
            apart(written, baseline.bias, "B’s"),
            if has_trip {
                "The trip has fewer than three paired nights yet."
            } else {
                "Fewer than three paired nights follow."
            }
        )],
        (Some(trip), None) => vec![
            format!("{on} A’s {name} was {}.", apart(written, trip.bias, "B’s")),
            open(written, &trip),
            format!(
                "There is no baseline to hold this against: {before} fewer than three nights have a value of both."
            ),
        ],
        (Some(trip), Some(baseline)) => {
            let mut lines = vec![
                format!(
                    "{on} A’s {name} was {}; {before} {}.",
                    apart(written, trip.bias, "B’s"),
                    apart(written, baseline.bias, "B’s")
                ),
                open(written, &trip),
            ];
            if let Some(outside) = row.outside {
                lines.push(format!(
                    "{outside} of {} nights are outside the spread limits of the baseline, {} to {}: where 95 of 100 nights would lie if nothing had changed.",
                    row.trip_count,
                    written.mean_difference_with_unit(baseline.spread.low),
                    written.mean_difference_with_unit(baseline.spread.high)
                ));
            }
            lines
        }
    }
}

/// How sure the mean is.
fn open(written: Written, trip: &Agreement) -> String {
    let (low, high) = (trip.bias_interval.low, trip.bias_interval.high);
    let so = if low > 0.0 || high < 0.0 {
        "chance alone hardly explains it"
    } else {
        "it may be chance"
    };
    format!(
        "By these {} nights the mean lies between {} and {} (95 % interval): {so}.",
        trip.count,
        written.mean_difference_with_unit(low),
        written.mean_difference_with_unit(high)
    )
}

/// `on average 2.9 points higher than B’s`, `on average as high as B’s`.
fn apart(written: Written, bias: f64, other: &str) -> String {
    if is_nothing(written, bias) {
        return format!("on average as high as {other}");
    }
    let word = if bias > 0.0 { "higher" } else { "lower" };
    format!("on average {} {word} than {other}", amount(written, bias))
}

/// Since when the twins part, or that they do not.
pub(in super::super) fn divergence(panel: &PairPanel) -> String {
    let metric = panel.metric;
    let rule = "A−B smoothed over the nights (EWMA, weight 0.2), outside ± 3 of its own SD around the baseline’s mean";
    match (panel.divergence, panel.row.baseline) {
        (_, None) => {
            "Whether the twins diverge cannot be told without a baseline of three paired nights."
                .to_owned()
        }
        (None, Some(_)) => format!("No divergence. Rule: {rule}."),
        (Some(found), Some(_)) => {
            let Divergence {
                began,
                newest,
                is_ongoing,
                a_is_higher,
                ewma_sds,
            } = found;
            let way = if a_is_higher { "A higher" } else { "A lower" };
            let until = if is_ongoing {
                format!("and still do on {}", newest.short())
            } else {
                format!("until {}", newest.short())
            };
            format!(
                "Divergence: the twins’ {} parts from {} on, {way} against B than in the baseline, {until}, at {} SD of the baseline. Rule: {rule}.",
                metric.info().name,
                began.short(),
                physiology::metric::decimal(ewma_sds, 1, true),
            )
        }
    }
}

/// What must be kept in mind.
pub(in super::super) fn cautions(panel: &PairPanel, units: Units) -> Vec<String> {
    let mut lines = vec!["One pair of twins says nothing of heritability.".to_owned()];
    let names = |twin: usize| {
        let names: Vec<&str> = panel.sources[twin]
            .iter()
            .map(|source| source.name())
            .collect();
        names.join(" and ")
    };
    if panel.sources[0] == panel.sources[1] {
        lines.push("Each twin wears a sensor of their own: a difference of the twins and one of the sensors cannot be told apart. Wearing each other’s for some nights, and noting it, would.".to_owned());
    } else {
        lines.push(format!(
            "A’s values come from {}, B’s from {}: what looks like a difference of the twins may be one of the devices.",
            names(0),
            names(1)
        ));
    }
    if let Some(trip) = panel.row.trip {
        lines.push(format!(
            "Nights follow each other and are not independent: {} nights say as much as about {} would.",
            trip.count,
            physiology::metric::decimal(trip.effective_count, 0, false)
        ));
    }
    if let Some(baseline) = panel.row.baseline.filter(|one| one.count < FEW_NIGHTS) {
        lines.push(format!(
            "The spread limits rest on {} nights: each is uncertain by {} either way.",
            baseline.count,
            amount(
                panel.metric.written(units),
                (baseline.spread_high_interval.high - baseline.spread_high_interval.low) / 2.0
            )
        ));
    }
    lines
}

/// What the marks of the picture are.
pub(in super::super) fn counts(panel: &PairPanel) -> String {
    let baseline = panel.pairs.iter().filter(|pair| pair.is_baseline).count();
    let later = panel.pairs.len() - baseline;
    let numbered = panel.pairs.iter().any(|pair| pair.day_number.is_some());
    let marks = if numbered {
        "Numbered: day of the trip"
    } else {
        "Filled: later nights"
    };
    format!("{marks}, {later} nights. Open dots: {baseline} baseline nights.")
}

/// The picture in a sentence.
pub(in super::super) fn picture(panel: &PairPanel, units: Units) -> String {
    let written = panel.metric.written(units);
    let mut text = format!(
        "{}, A minus B: {} paired nights.",
        panel.metric.info().name,
        panel.pairs.len()
    );
    if let Some(baseline) = panel.row.baseline {
        text.push_str(&format!(
            " Baseline mean {}, limits {} to {}.",
            written.mean_difference_with_unit(baseline.bias),
            written.mean_difference_with_unit(baseline.spread.low),
            written.mean_difference_with_unit(baseline.spread.high)
        ));
    }
    if let Some(trip) = panel.row.trip {
        text.push_str(&format!(
            " Since then mean {}.",
            written.mean_difference_with_unit(trip.bias)
        ));
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use physiology::agreement::{PairedValue, agreement};
    use physiology::{Day, Metric, Source};
    use views::compare::PairRow;

    use super::*;

    /// Differences of days in a row, from 97 % down.
    fn of(differences: &[f64]) -> Option<Agreement> {
        let first = Day::new(2026, 10, 5)?;
        let values: Vec<PairedValue> = differences
            .iter()
            .enumerate()
            .map(|(index, difference)| PairedValue {
                day: first.plus(index as i64),
                a: 97.0 - index as f64 + difference,
                b: 97.0 - index as f64,
            })
            .collect();
        agreement(&values)
    }

    fn panel(metric: Metric, baseline: &[f64], trip: &[f64]) -> PairPanel {
        PairPanel {
            metric,
            pairs: Vec::new(),
            row: PairRow {
                baseline: of(baseline),
                trip: of(trip),
                trip_count: trip.len(),
                outside: Some(2),
            },
            divergence: None,
            sources: [vec![Source::Oura], vec![Source::Oura]],
        }
    }

    fn plain(lines: &[String]) -> String {
        lines.join(" ").replace('\u{a0}', " ")
    }

    #[test]
    fn the_mean_is_told_before_and_after() {
        let panel = panel(Metric::Spo2Night, &[0.2, 0.3, 0.4], &[2.8, 2.9, 3.0]);
        let text = plain(&pair(&panel, true, Units::default()));
        assert!(
            text.starts_with(
                "On the trip A’s SpO₂ was on average 2.9 points higher than B’s; before the trip on average 0.3 points higher than B’s."
            ),
            "{text}"
        );
        assert!(text.contains("2 of 3 nights are outside"), "{text}");
        assert!(text.contains("chance alone hardly explains it"), "{text}");
    }

    #[test]
    fn lower_and_level_are_told_as_such() {
        let panel = panel(
            Metric::RestingHeartRate,
            &[0.1, -0.2, 0.1],
            &[-5.0, -4.0, -6.0],
        );
        let text = plain(&pair(&panel, true, Units::default()));
        assert!(text.contains("5.0 bpm lower than B’s"), "{text}");
        assert!(
            text.contains("before the trip on average as high as B’s"),
            "{text}"
        );
    }

    #[test]
    fn too_few_nights_are_told() {
        let none = panel(Metric::SleepScore, &[1.0], &[]);
        assert!(plain(&pair(&none, true, Units::default())).contains("Fewer than three nights"));
        let before = panel(Metric::SleepScore, &[1.0, 2.0, 3.0], &[1.0]);
        let text = plain(&pair(&before, true, Units::default()));
        assert!(
            text.starts_with("Before the trip, A’s Sleep score was on average 2.0 points higher"),
            "{text}"
        );
        assert!(divergence(&none).contains("cannot be told"));
    }

    #[test]
    fn different_devices_are_told_apart() {
        let mut panel = panel(Metric::TotalSleep, &[60.0, 120.0, 180.0], &[0.0, 1.0, 2.0]);
        assert!(plain(&cautions(&panel, Units::default())).contains("sensor of their own"));
        panel.sources[1] = vec![Source::Polar];
        let text = plain(&cautions(&panel, Units::default()));
        assert!(
            text.contains("A’s values come from Oura, B’s from Polar"),
            "{text}"
        );
        assert!(text.contains("heritability"));
    }
}
