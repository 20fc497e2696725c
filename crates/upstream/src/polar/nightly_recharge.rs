//! Nightly recharge of a night.

use physiology::{Day, Metric, SeriesKind, SeriesPoint, Source};
use serde::Deserialize;

use super::ByClock;
use crate::derive::{Clock, Derived, Documents, Origin, positive};
use crate::time::next_at;

/// Nightly recharge of a night: means over four hours that begin half an hour after falling asleep.
#[derive(Clone, PartialEq, Deserialize)]
pub struct NightlyRecharge {
    /// The day the night ended on.
    pub date: Day,
    /// bpm.
    #[serde(alias = "heart-rate-avg")]
    pub heart_rate_avg: Option<f64>,
    /// ms, RMSSD.
    #[serde(alias = "heart-rate-variability-avg")]
    pub heart_rate_variability_avg: Option<f64>,
    /// Breaths a minute.
    #[serde(alias = "breathing-rate-avg")]
    pub breathing_rate_avg: Option<f64>,
    /// 1–6.
    #[serde(alias = "nightly-recharge-status")]
    pub nightly_recharge_status: Option<f64>,
    /// −10…10, where 0 and −1 are values too.
    #[serde(alias = "ans-charge")]
    pub ans_charge: Option<f64>,
    /// 1–5.
    #[serde(alias = "ans-charge-status")]
    pub ans_charge_status: Option<f64>,
    /// ms, RMSSD, every 5 min.
    #[serde(alias = "hrv-samples")]
    pub hrv_samples: Option<ByClock>,
    /// Breaths a minute, every 5 min.
    #[serde(alias = "breathing-samples")]
    pub breathing_samples: Option<ByClock>,
}

impl NightlyRecharge {
    /// Zero and −1 are within the scale of ANS charge, so whether there is one is told by its
    /// status, or, where that is left out, by there being a heart rate.
    fn ans_charge(&self) -> Option<f64> {
        let there = self.ans_charge_status.or(self.heart_rate_avg);
        positive(there).and(self.ans_charge)
    }

    /// The samples of a night that lies between noon and noon.
    fn points(&self, samples: Option<&ByClock>) -> Vec<SeriesPoint> {
        let noon_before = self.date.plus(-1).start_utc().plus_seconds(43_200);
        let samples = samples.into_iter().flat_map(|by_clock| &by_clock.samples);
        samples
            .filter(|(_, value)| *value > 0.0)
            .map(|(clock_s, value)| SeriesPoint {
                at: next_at(noon_before, 0, *clock_s),
                value: *value,
            })
            .collect()
    }
}

/// The document has no time of its own: midnight UTC of its day stands in.
pub(crate) fn derive(documents: Documents<'_>, out: &mut Derived) {
    documents.each(out, |key, document: NightlyRecharge, out| {
        let origin = Origin::polar(key, document.date, document.date.start_utc());
        let values = [
            (
                Metric::RespiratoryRate,
                positive(document.breathing_rate_avg),
            ),
            (
                Metric::NightlyRechargeHeartRate,
                positive(document.heart_rate_avg),
            ),
            (
                Metric::NightlyRechargeHrvRmssd,
                positive(document.heart_rate_variability_avg),
            ),
            (Metric::AnsCharge, document.ans_charge()),
            (
                Metric::NightlyRecharge,
                positive(document.nightly_recharge_status),
            ),
        ];
        for (metric, value) in values {
            out.value(&origin, metric, value);
        }
        let series = [
            (SeriesKind::SleepHrv, &document.hrv_samples),
            (
                SeriesKind::SleepRespiratoryRate,
                &document.breathing_samples,
            ),
        ];
        for (kind, samples) in series {
            out.series(
                key,
                Source::Polar,
                kind,
                document.points(samples.as_ref()),
                Clock::Local,
            );
        }
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collection, derive as derive_all};

    fn derived(more: &str) -> Derived {
        let body = format!(r#"{{"date":"2026-10-13"{more}}}"#);
        derive_all(
            Collection::PolarNightlyRecharge,
            None,
            &[("k".into(), &body)],
        )
    }

    fn charge(more: &str) -> Option<f64> {
        let derived = derived(more);
        let reading = derived
            .readings
            .iter()
            .find(|r| r.metric == Metric::AnsCharge);
        reading.map(|reading| reading.measurement.value)
    }

    #[test]
    fn minus_one_can_be_an_ans_charge_and_can_be_none() {
        assert_eq!(
            charge(r#","ans_charge":-1.0,"ans_charge_status":2"#),
            Some(-1.0)
        );
        assert_eq!(
            charge(r#","ans_charge":0.0,"ans_charge_status":3"#),
            Some(0.0)
        );
        assert_eq!(charge(r#","ans_charge":-1.0,"ans_charge_status":-1"#), None);
        assert_eq!(
            charge(r#","ans_charge":0.0,"ans_charge_status":0,"heart_rate_avg":50"#),
            None
        );
        assert_eq!(charge(r#","ans_charge":0.0,"heart_rate_avg":0"#), None);
        assert_eq!(
            charge(r#","ans_charge":0.0,"heart_rate_avg":50"#),
            Some(0.0)
        );
    }

    #[test]
    fn nothing_measured_is_nothing() {
        let none = r#","heart_rate_avg":0,"heart_rate_variability_avg":-1,"breathing_rate_avg":-1.0,
            "nightly_recharge_status":0,"ans_charge":0,"ans_charge_status":-1"#;
        assert_eq!(derived(none), Derived::default());
    }

    #[test]
    fn a_recharge_is_never_a_resting_heart_rate_or_a_whole_nights_hrv() {
        let derived = derived(r#","heart-rate-avg":58,"heart_rate_variability_avg":41"#);
        let metrics: Vec<Metric> = derived.readings.iter().map(|r| r.metric).collect();
        assert_eq!(
            metrics,
            [
                Metric::NightlyRechargeHeartRate,
                Metric::NightlyRechargeHrvRmssd
            ]
        );
    }

    #[test]
    fn clocks_lie_between_noon_and_noon_and_say_that_they_are_local() {
        let derived = derived(r#","hrv_samples":{"00:06":31,"23:56":30}"#);
        let series = &derived.series[0];
        assert!(series.local_clock);
        let at: Vec<String> = series
            .points
            .iter()
            .map(|p| p.at.to_utc().to_rfc3339())
            .collect();
        assert_eq!(
            at,
            ["2026-10-12T23:56:00+00:00", "2026-10-13T00:06:00+00:00"]
        );
    }
}
