//! What changed since the night before, found in what the tiles carry already.
//!
//! Nothing is judged here: a change is a difference of two values next to each other, and is told
//! where it is large against the baseline's own spread, or the most extreme of the journey so far.

use physiology::{Day, Metric, Twin};
use views::Overview;
use views::overview::{Spark, Tile, TileValue};

use crate::format::{difference, distance, with_unit};

/// Changes under this many baseline SDs are the noise of any two nights.
const NOTABLE_SDS: f64 = 1.0;
/// Values of the journey before one of them can be its most extreme.
const FEWEST_FOR_EXTREME: usize = 4;
/// How many changes are told.
const MOST: usize = 6;

/// One change, told.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    /// Whose, A first.
    pub twins: [bool; 2],
    /// What happened.
    pub what: String,
    /// When, and against what.
    pub detail: String,
    /// How far it stands out, in SDs of the baseline.
    weight: f64,
}

/// The changes that stand out most, the largest first; what is stale comes before them.
pub(super) fn changes(overview: &Overview) -> Vec<Change> {
    let mut found = stale(overview);
    for tile in &overview.tiles {
        found.extend(of_values(tile, overview.today));
        found.extend(of_gap(tile, overview.today));
    }
    found.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    found.truncate(MOST);
    found
}

/// One twin's step from the day before to the newest day.
struct Step {
    day: Day,
    before: f64,
    value: f64,
    extreme: Option<&'static str>,
}

impl Step {
    fn of(tile: &Tile, twin: Twin, today: Day) -> Option<Self> {
        let values = values(&tile.spark, twin);
        let index = values.iter().rposition(Option::is_some)?;
        let day = tile.spark.first.plus(i64::try_from(index).ok()?);
        // An older newest value is stale, and told as such.
        if day < today.plus(-1) {
            return None;
        }
        let value = values.get(index).copied().flatten()?;
        let before = values.get(index.checked_sub(1)?).copied().flatten()?;
        Some(Self {
            day,
            before,
            value,
            extreme: extreme(&journey(tile, values), value),
        })
    }

    fn change(&self) -> f64 {
        self.value - self.before
    }

    fn is_shown(&self, metric: Metric) -> bool {
        metric.write(self.value) != metric.write(self.before)
    }
}

/// What moved: one change for both twins where they moved alike, else one for each.
fn of_values(tile: &Tile, today: Day) -> Vec<Change> {
    let metric = tile.metric;
    let sd = sd(tile);
    let step = |twin| {
        Step::of(tile, twin, today)
            .filter(|step| step.is_shown(metric))
            .filter(|step| {
                step.extreme.is_some()
                    || sd.is_none_or(|sd| step.change().abs() >= NOTABLE_SDS * sd)
            })
    };
    let weight = |step: &Step| step.change().abs() / sd.unwrap_or(f64::INFINITY);
    match (step(Twin::A), step(Twin::B)) {
        (Some(a), Some(b))
            if a.day == b.day
                && a.extreme == b.extreme
                && (a.change() > 0.0) == (b.change() > 0.0) =>
        {
            let direction = if a.change() > 0.0 { "up" } else { "down" };
            let name = metric.info().name;
            let extreme = a
                .extreme
                .map(|word| format!(", {word} of the trip"))
                .unwrap_or_default();
            let signed = |step: &Step| metric.write_difference(step.change());
            vec![Change {
                twins: [true, true],
                what: format!("{name} {direction} in both twins{extreme}"),
                detail: format!(
                    "{}, A {}, B {}",
                    a.day.short(),
                    signed(&a),
                    difference(metric, b.change())
                ),
                weight: weight(&a).max(weight(&b)),
            }]
        }
        (a, b) => Twin::BOTH
            .into_iter()
            .zip([a, b])
            .filter_map(|(twin, step)| {
                let step = step?;
                Some(alone(metric, twin, &step, weight(&step)))
            })
            .collect(),
    }
}

fn alone(metric: Metric, twin: Twin, step: &Step, weight: f64) -> Change {
    let verb = if step.change() > 0.0 { "rose" } else { "fell" };
    let extreme = step
        .extreme
        .map(|word| format!(", {word} of the trip"))
        .unwrap_or_default();
    Change {
        twins: Twin::BOTH.map(|side| side == twin),
        what: format!(
            "{} {verb} {} to {}{extreme}",
            metric.info().name,
            distance(metric, step.change()),
            with_unit(metric, step.value)
        ),
        detail: format!(
            "{}, from {}",
            step.day.short(),
            with_unit(metric, step.before)
        ),
        weight,
    }
}

/// The gap between the twins, where it is the widest of the journey.
fn of_gap(tile: &Tile, today: Day) -> Option<Change> {
    let metric = tile.metric;
    let [a, b] = Twin::BOTH.map(|twin| values(&tile.spark, twin));
    let gaps: Vec<Option<f64>> = a
        .iter()
        .zip(b)
        .map(|(a, b)| Some(((*a)? - (*b)?).abs()))
        .collect();
    let index = gaps.iter().rposition(Option::is_some)?;
    let day = tile.spark.first.plus(i64::try_from(index).ok()?);
    if day < today.plus(-1) {
        return None;
    }
    let gap = gaps.get(index).copied().flatten()?;
    let before = gaps.get(..index)?.iter().rev().find_map(|gap| *gap)?;
    if extreme(&journey(tile, &gaps), gap) != Some("highest") {
        return None;
    }
    Some(Change {
        twins: [true, true],
        what: format!(
            "{} gap {}, widest of the trip",
            metric.info().name,
            distance(metric, gap)
        ),
        detail: format!("{}, from {}", day.short(), distance(metric, before)),
        weight: (gap - before).abs() / sd(tile)?,
    })
}

/// Twins of whom nothing new came, one line a twin and day.
fn stale(overview: &Overview) -> Vec<Change> {
    let mut told: Vec<(Twin, Day)> = Vec::new();
    let mut found = Vec::new();
    for tile in &overview.tiles {
        for (twin, value) in Twin::BOTH.into_iter().zip(&tile.values) {
            let TileValue::Measured {
                day,
                source,
                stale: Some(why),
                ..
            } = value
            else {
                continue;
            };
            if told.contains(&(twin, *day)) {
                continue;
            }
            told.push((twin, *day));
            found.push(Change {
                twins: Twin::BOTH.map(|side| side == twin),
                what: format!("Nothing newer from {} than {}", source.name(), day.short()),
                detail: why.sentence().to_owned(),
                weight: f64::INFINITY,
            });
        }
    }
    found
}

/// The values of the journey up to and without the newest.
fn journey(tile: &Tile, values: &[Option<f64>]) -> Vec<f64> {
    let first = tile
        .spark
        .day_one
        .and_then(|day_one| usize::try_from(day_one.days_since(tile.spark.first)).ok());
    let measured: Vec<f64> = first
        .and_then(|first| values.get(first..))
        .unwrap_or_default()
        .iter()
        .flatten()
        .copied()
        .collect();
    measured
        .split_last()
        .map(|(_, earlier)| earlier.to_vec())
        .unwrap_or_default()
}

/// Whether a value is beyond all earlier ones, and on which side.
fn extreme(earlier: &[f64], value: f64) -> Option<&'static str> {
    if earlier.len() + 1 < FEWEST_FOR_EXTREME {
        None
    } else if earlier.iter().all(|other| value > *other) {
        Some("highest")
    } else if earlier.iter().all(|other| value < *other) {
        Some("lowest")
    } else {
        None
    }
}

/// The pooled baseline's SD: its band is the mean ± 2 SD.
fn sd(tile: &Tile) -> Option<f64> {
    tile.spark
        .band
        .map(|band| (band.high - band.low) / 4.0)
        .filter(|sd| *sd > 0.0)
}

fn values(spark: &Spark, twin: Twin) -> &[Option<f64>] {
    match twin {
        Twin::A => &spark.a,
        Twin::B => &spark.b,
    }
}

#[cfg(test)]
mod tests {
    use physiology::baseline::Band;
    use physiology::{DayRange, Missing, Quality, Source, Timestamp};
    use views::overview::{MetricChart, RangeChoice};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn measured(stale: Option<Missing>) -> TileValue {
        TileValue::Measured {
            value: 73.4,
            day: day("2026-10-11"),
            measured_at: Timestamp(0),
            received_at: Timestamp(0),
            source: Source::Oura,
            quality: Quality::Complete,
            position: None,
            stale,
        }
    }

    fn overview(metric: Metric, a: &[f64], b: &[f64]) -> Overview {
        let today = day("2026-10-13");
        let spark = |values: &[f64]| values.iter().map(|value| Some(*value)).collect::<Vec<_>>();
        let first = today.plus(1 - a.len() as i64);
        Overview {
            now: Timestamp(0),
            utc_offset_s: 0,
            today,
            expedition: None,
            names: ["Twin A".into(), "Twin B".into()],
            last_sync_at: None,
            alarms: vec![],
            tiles: vec![Tile {
                metric,
                values: [measured(None), measured(None)],
                difference: None,
                spark: Spark {
                    first,
                    a: spark(a),
                    b: spark(b),
                    band: Some(Band {
                        low: 96.0,
                        high: 98.0,
                    }),
                    day_one: Some(first),
                },
                alarm: None,
            }],
            chart: MetricChart {
                metric,
                range: DayRange::new(today, today),
                choice: RangeChoice::Trip,
                days: vec![],
                baseline_days: vec![],
                band: None,
                baseline_means: [None, None],
                limit: None,
                altitude: vec![],
                day_one: None,
            },
        }
    }

    fn told(overview: &Overview) -> Vec<(String, String)> {
        let plain = |text: String| text.replace('\u{a0}', " ");
        changes(overview)
            .into_iter()
            .map(|one| (plain(one.what), plain(one.detail)))
            .collect()
    }

    #[test]
    fn a_fall_to_the_lowest_of_the_trip() {
        let a = [90.0, 89.0, 88.0, 87.0, 87.1];
        let b = [90.0, 89.0, 80.0, 77.5, 73.4];
        assert_eq!(
            told(&overview(Metric::Spo2Night, &a, &b)),
            [
                (
                    "SpO₂ fell 4.1 pp to 73.4 %, lowest of the trip".to_owned(),
                    "13 Oct, from 77.5 %".to_owned()
                ),
                (
                    "SpO₂ gap 13.7 pp, widest of the trip".to_owned(),
                    "13 Oct, from 9.5 pp".to_owned()
                ),
            ]
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
        );
    }

    #[test]
    fn both_moving_alike_are_one_change() {
        let a = [90.0, 89.0, 91.0, 85.0, 88.0];
        assert_eq!(
            told(&overview(Metric::Spo2Night, &a, &a)),
            [(
                "SpO₂ up in both twins".to_owned(),
                "13 Oct, A +3.0, B +3.0 pp".to_owned()
            )]
        );
    }

    #[test]
    fn the_noise_of_two_nights_is_not_told() {
        let a = [97.0, 97.4, 96.9, 97.1, 97.2];
        assert_eq!(told(&overview(Metric::Spo2Night, &a, &a)), []);
        assert_eq!(told(&overview(Metric::Spo2Night, &[], &[])), []);
        assert_eq!(told(&overview(Metric::Spo2Night, &[90.0], &[80.0])), []);
    }

    #[test]
    fn what_is_stale_is_told_once_and_first() {
        let mut overview = overview(Metric::Spo2Night, &[90.0, 80.0], &[90.0, 90.0]);
        overview.tiles[0].values[1] = measured(Some(Missing::NotSynced));
        let again = overview.tiles[0].clone();
        overview.tiles.push(again);
        let told = told(&overview);
        assert_eq!(
            told[0],
            (
                "Nothing newer from Oura than 11 Oct".into(),
                "Not synced yet".into()
            )
        );
        assert_eq!(
            told.iter()
                .filter(|(what, _)| what.starts_with("Nothing newer"))
                .count(),
            1
        );
    }
}
