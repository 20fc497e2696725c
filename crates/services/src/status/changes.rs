//! What changed since the night before, found in what the tiles carry already.
//!
//! Nothing is judged here: a change is a difference of two values next to each other, and is told
//! where it is large against the baseline's own spread, or the most extreme of the journey so far.

use physiology::{Day, Metric, Source, Twin, Units};
use views::overview::{Spark, Tile, TileValue};
use views::status::{Change, Extreme, Step};

use super::{FRESH_DAYS, Known, troubles};

/// Changes under this many baseline SDs are the noise of any two nights.
const NOTABLE_SDS: f64 = 1.0;
/// Values of the journey before one of them can be its most extreme.
const FEWEST_FOR_EXTREME: usize = 4;
/// How many changes are told.
const MOST: usize = 4;

/// What does not come any more, then the changes that stand out most, the largest first.
pub(super) fn changes(known: &Known<'_>) -> Vec<Change> {
    let mut found = troubles::troubles(known);
    let silent = silent(known.tiles, &found);
    found.extend(silent);
    found.extend(moved(known.tiles, known.local.today));
    found.truncate(MOST);
    found
}

/// A change and how far it stands out, in SDs of the baseline.
type Weighed = (Change, f64);

/// What moved, the largest first.
fn moved(tiles: &[Tile], today: Day) -> Vec<Change> {
    let mut found: Vec<Weighed> = Vec::new();
    for tile in tiles {
        found.extend(of_values(tile, today));
        found.extend(of_gap(tile, today));
    }
    found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    found.into_iter().map(|(change, _)| change).collect()
}

fn step(tile: &Tile, twin: Twin, today: Day) -> Option<Step> {
    let values = values(&tile.spark, twin);
    let index = values.iter().rposition(Option::is_some)?;
    let day = tile.spark.first.plus(i64::try_from(index).ok()?);
    // An older newest value is stale, and told as such.
    if day < today.plus(-FRESH_DAYS) {
        return None;
    }
    let value = values.get(index).copied().flatten()?;
    let before = values.get(index.checked_sub(1)?).copied().flatten()?;
    Some(Step {
        day,
        before,
        value,
        extreme: extreme(&journey(tile, values), value),
    })
}

/// Whether a step is more than its rounding, in the metric's own unit: who looks does not change
/// what is told.
fn is_shown(metric: Metric, step: &Step) -> bool {
    let written = metric.written(Units::default());
    written.value(step.value) != written.value(step.before)
}

/// What moved: one change for both twins where they moved alike, else one for each.
fn of_values(tile: &Tile, today: Day) -> Vec<Weighed> {
    let metric = tile.metric;
    let sd = sd(tile);
    let step = |twin| {
        step(tile, twin, today)
            .filter(|step| is_shown(metric, step))
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
            let weight = weight(&a).max(weight(&b));
            let steps = [a, b];
            vec![(Change::Both { metric, steps }, weight)]
        }
        (a, b) => Twin::BOTH
            .into_iter()
            .zip([a, b])
            .filter_map(|(twin, step)| {
                let step = step?;
                let weight = weight(&step);
                Some((Change::Alone { metric, twin, step }, weight))
            })
            .collect(),
    }
}

/// The gap between the twins, where it is the widest of the journey.
fn of_gap(tile: &Tile, today: Day) -> Option<Weighed> {
    let [a, b] = Twin::BOTH.map(|twin| values(&tile.spark, twin));
    let gaps: Vec<Option<f64>> = a
        .iter()
        .zip(b)
        .map(|(a, b)| Some(((*a)? - (*b)?).abs()))
        .collect();
    let index = gaps.iter().rposition(Option::is_some)?;
    let day = tile.spark.first.plus(i64::try_from(index).ok()?);
    if day < today.plus(-FRESH_DAYS) {
        return None;
    }
    let gap = gaps.get(index).copied().flatten()?;
    let before = gaps.get(..index)?.iter().rev().find_map(|gap| *gap)?;
    if extreme(&journey(tile, &gaps), gap) != Some(Extreme::Highest) {
        return None;
    }
    let weight = (gap - before).abs() / sd(tile)?;
    let metric = tile.metric;
    Some((
        Change::Gap {
            metric,
            day,
            before,
            gap,
        },
        weight,
    ))
}

/// Twins of whom nothing new came, one line a twin and day; not where a trouble says why.
fn silent(tiles: &[Tile], troubles: &[Change]) -> Vec<Change> {
    let is_told = |twin: Twin, source: Source| {
        troubles.iter().any(|change| {
            matches!(change, Change::Trouble { twins, vendor, .. }
                if twins[usize::from(twin == Twin::B)] && Source::from(*vendor) == source)
        })
    };
    let mut told: Vec<(Twin, Day)> = Vec::new();
    let mut found = Vec::new();
    for tile in tiles {
        for (twin, value) in Twin::BOTH.into_iter().zip(&tile.values) {
            let TileValue::Measured {
                day,
                source,
                stale: Some(why),
                ..
            } = *value
            else {
                continue;
            };
            if told.contains(&(twin, day)) || is_told(twin, source) {
                continue;
            }
            told.push((twin, day));
            found.push(Change::Silent {
                twin,
                source,
                since: day,
                why,
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
fn extreme(earlier: &[f64], value: f64) -> Option<Extreme> {
    if earlier.len() + 1 < FEWEST_FOR_EXTREME {
        None
    } else if earlier.iter().all(|other| value > *other) {
        Some(Extreme::Highest)
    } else if earlier.iter().all(|other| value < *other) {
        Some(Extreme::Lowest)
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
    use physiology::{Missing, Quality, Timestamp};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn today() -> Day {
        day("2026-10-13")
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

    fn tile(a: &[f64], b: &[f64]) -> Tile {
        let spark = |values: &[f64]| values.iter().map(|value| Some(*value)).collect::<Vec<_>>();
        let first = today().plus(1 - a.len() as i64);
        Tile {
            metric: Metric::Spo2Night,
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
        }
    }

    fn moved(a: &[f64], b: &[f64]) -> Vec<Change> {
        super::moved(&[tile(a, b)], today())
    }

    #[test]
    fn a_fall_to_the_lowest_of_the_trip() {
        let a = [90.0, 89.0, 88.0, 87.0, 87.1];
        let b = [90.0, 89.0, 80.0, 77.5, 73.5];
        let found = moved(&a, &b);
        let [
            Change::Gap { before, gap, .. },
            Change::Alone { twin, step, .. },
        ] = &found[..]
        else {
            panic!("{found:?}");
        };
        assert_eq!(*before, 9.5);
        assert!((gap - 13.6).abs() < 1e-9);
        assert_eq!(
            (*twin, step),
            (
                Twin::B,
                &Step {
                    day: today(),
                    before: 77.5,
                    value: 73.5,
                    extreme: Some(Extreme::Lowest)
                }
            )
        );
    }

    #[test]
    fn both_moving_alike_are_one_change() {
        let a = [90.0, 89.0, 91.0, 85.0, 88.0];
        let found = moved(&a, &a);
        let [Change::Both { steps, .. }] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!(steps.map(|step| step.change()), [3.0, 3.0]);
        assert_eq!(steps[0].extreme, None);
    }

    #[test]
    fn the_noise_of_two_nights_is_not_told() {
        let a = [97.0, 97.4, 96.9, 97.1, 97.2];
        assert_eq!(moved(&a, &a), []);
        assert_eq!(moved(&[], &[]), []);
        assert_eq!(moved(&[90.0], &[80.0]), []);
    }

    #[test]
    fn what_is_stale_is_told_once_and_not_beside_its_cause() {
        let mut stale = tile(&[90.0, 80.0], &[90.0, 90.0]);
        stale.values[1] = measured(Some(Missing::NotSynced));
        let tiles = [stale.clone(), stale];
        let told = Change::Silent {
            twin: Twin::B,
            source: Source::Oura,
            since: day("2026-10-11"),
            why: Missing::NotSynced,
        };
        assert_eq!(silent(&tiles, &[]), [told]);
        let trouble = |twins| Change::Trouble {
            twins,
            vendor: physiology::Vendor::Oura,
            trouble: views::status::Trouble::SignInEnded,
            since: None,
        };
        assert_eq!(silent(&tiles, &[trouble([false, true])]), []);
        assert_eq!(silent(&tiles, &[trouble([true, false])]).len(), 1);
    }
}
