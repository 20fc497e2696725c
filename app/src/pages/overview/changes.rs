//! Changes since the night before, in words.

use physiology::Twin;
use views::status::{Change, Extreme, Step, Trouble};

use crate::format::{Now, count};

/// One change, told.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    /// Whose, A first.
    pub twins: [bool; 2],
    /// What happened.
    pub what: String,
    /// When, and against what.
    pub detail: String,
    /// Where something can be done about it.
    pub mend: bool,
}

/// A change in words.
pub(super) fn told(change: &Change, now: Now) -> Told {
    let only = |twin: Twin| Twin::BOTH.map(|side| side == twin);
    match change {
        Change::Trouble {
            twins,
            vendor,
            trouble,
            since,
        } => Told {
            twins: *twins,
            what: match trouble {
                Trouble::Disconnected => format!("{} is not connected any more", vendor.name()),
                Trouble::SignInEnded => format!("The sign-in to {} has ended", vendor.name()),
                Trouble::Failed { failed, of } if failed == of => {
                    format!("The last sync with {} failed", vendor.name())
                }
                Trouble::Failed { failed, .. } => format!(
                    "{} of {} failed in the last sync",
                    count(u64::from(*failed), "collection", "collections"),
                    vendor.name()
                ),
            },
            detail: since.map_or_else(
                || "Nothing has come yet".to_owned(),
                |at| format!("Stored data of {} is shown", now.time_or_date(at)),
            ),
            mend: true,
        },
        Change::Silent {
            twin,
            source,
            since,
            why,
        } => Told {
            twins: only(*twin),
            what: format!(
                "Nothing newer from {} than {}",
                source.name(),
                since.short()
            ),
            detail: why.sentence().to_owned(),
            mend: false,
        },
        Change::Alone { metric, twin, step } => {
            let verb = if step.change() > 0.0 { "rose" } else { "fell" };
            let written = metric.written(now.units);
            Told {
                twins: only(*twin),
                what: format!(
                    "{} {verb} {} to {}{}",
                    metric.info().name,
                    written.size_with_unit(step.change()),
                    written.with_unit(step.value),
                    extreme(step),
                ),
                detail: format!(
                    "{}, from {}",
                    step.day.short(),
                    written.with_unit(step.before)
                ),
                mend: false,
            }
        }
        Change::Both {
            metric,
            steps: [a, b],
        } => {
            let direction = if a.change() > 0.0 { "up" } else { "down" };
            let written = metric.written(now.units);
            Told {
                twins: [true, true],
                what: format!(
                    "{} {direction} in both twins{}",
                    metric.info().name,
                    extreme(a)
                ),
                detail: format!(
                    "{}, A {}, B {}",
                    a.day.short(),
                    written.difference(a.change()),
                    written.difference_with_unit(b.change())
                ),
                mend: false,
            }
        }
        Change::Gap {
            metric,
            day,
            before,
            gap,
        } => Told {
            twins: [true, true],
            what: format!(
                "{} gap {}, widest of the trip",
                metric.info().name,
                metric.written(now.units).size_with_unit(*gap)
            ),
            detail: format!(
                "{}, from {}",
                day.short(),
                metric.written(now.units).size_with_unit(*before)
            ),
            mend: false,
        },
    }
}

const fn extreme(step: &Step) -> &'static str {
    match step.extreme {
        Some(Extreme::Highest) => ", highest of the trip",
        Some(Extreme::Lowest) => ", lowest of the trip",
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use physiology::units::{Clock, Temperature};
    use physiology::{Day, Metric, Missing, Source, Timestamp, Units, Vendor};

    use super::*;

    /// 2026-10-13T01:57:00Z, 07:42 in Nepal.
    const NOW: Timestamp = Timestamp::from_unix_s(1_791_856_620);

    fn now(units: Units) -> Now {
        Now {
            now: NOW,
            utc_offset_s: 20_700,
            units,
        }
    }

    fn day() -> Day {
        "2026-10-13".parse().unwrap()
    }

    fn step(before: f64, value: f64, extreme: Option<Extreme>) -> Step {
        Step {
            day: day(),
            before,
            value,
            extreme,
        }
    }

    fn words(change: &Change, units: Units) -> (String, String) {
        let plain = |text: String| text.replace('\u{a0}', " ");
        let Told { what, detail, .. } = told(change, now(units));
        (plain(what), plain(detail))
    }

    #[test]
    fn every_change_has_its_words() {
        let metric = Metric::Spo2Night;
        let failed = |failed, of| Change::Trouble {
            twins: [true, true],
            vendor: Vendor::Oura,
            trouble: Trouble::Failed { failed, of },
            since: Some(NOW.plus_seconds(-600)),
        };
        let cases = [
            (
                Change::Alone {
                    metric,
                    twin: Twin::B,
                    step: step(77.5, 73.4, Some(Extreme::Lowest)),
                },
                "SpO₂ fell 4.1 pp to 73.4 %, lowest of the trip",
                "13 Oct, from 77.5 %",
            ),
            (
                Change::Both {
                    metric,
                    steps: [step(85.0, 88.0, None), step(84.0, 87.0, None)],
                },
                "SpO₂ up in both twins",
                "13 Oct, A +3.0, B +3.0 pp",
            ),
            (
                Change::Gap {
                    metric,
                    day: day(),
                    before: 9.5,
                    gap: 13.7,
                },
                "SpO₂ gap 13.7 pp, widest of the trip",
                "13 Oct, from 9.5 pp",
            ),
            (
                Change::Silent {
                    twin: Twin::A,
                    source: Source::Oura,
                    since: "2026-10-11".parse().unwrap(),
                    why: Missing::NotSynced,
                },
                "Nothing newer from Oura than 11 Oct",
                "Not synced yet",
            ),
            (
                failed(17, 17),
                "The last sync with Oura failed",
                "Stored data of 07:32 is shown",
            ),
            (
                failed(1, 17),
                "1 collection of Oura failed in the last sync",
                "Stored data of 07:32 is shown",
            ),
            (
                Change::Trouble {
                    twins: [false, true],
                    vendor: Vendor::Polar,
                    trouble: Trouble::Disconnected,
                    since: None,
                },
                "Polar is not connected any more",
                "Nothing has come yet",
            ),
        ];
        for (change, what, detail) in cases {
            let told = words(&change, Units::default());
            assert_eq!(told, (what.to_owned(), detail.to_owned()));
        }
    }

    #[test]
    fn changes_are_told_in_the_units_somebody_likes() {
        let american = Units {
            temperature: Temperature::Fahrenheit,
            clock: Clock::Hours12,
            ..Units::default()
        };
        let warmer = Change::Alone {
            metric: Metric::TemperatureDeviation,
            twin: Twin::A,
            step: step(0.1, 0.6, None),
        };
        let (what, detail) = words(&warmer, american);
        assert_eq!(what, "Temperature rose 0.90 °F to +1.08 °F");
        assert_eq!(detail, "13 Oct, from +0.18 °F");
        let failed = Change::Trouble {
            twins: [true, true],
            vendor: Vendor::Oura,
            trouble: Trouble::Disconnected,
            since: Some(NOW.plus_seconds(-8 * 3_600)),
        };
        let (_, detail) = words(&failed, american);
        assert_eq!(detail, "Stored data of 12 Oct, 11:42 pm is shown");
    }
}
