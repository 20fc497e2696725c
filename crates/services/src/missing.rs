//! Why there is no value.

use physiology::{Day, Metric, Missing, Source, Vendor};
use store::{CollectionSync, Connection, SyncOutcome};
use upstream::Collection;

/// What is known of a twin's connections, to explain a gap.
pub(crate) struct Context<'a> {
    pub connections: &'a [Connection],
    pub syncs: &'a [CollectionSync],
}

impl Context<'_> {
    /// The reason why `metric` has no value on `day` from any of `vendors`, the preferred first.
    /// `night_known` tells whether one of them knows a night of that day, and `newest` the newest
    /// day with any value of the twin.
    pub fn reason(
        &self,
        metric: Metric,
        vendors: impl IntoIterator<Item = Vendor>,
        day: Day,
        night_known: bool,
        newest: Option<Day>,
    ) -> Missing {
        let connected = vendors
            .into_iter()
            .find(|vendor| self.is_connected(*vendor));
        let Some(vendor) = connected else {
            return Missing::NotConnected;
        };
        if self.is_refused(metric, vendor) {
            return Missing::NotGranted;
        }
        match newest {
            Some(newest) if day <= newest && night_known => Missing::VendorHasNone,
            Some(newest) if day <= newest => Missing::NotWorn,
            _ => Missing::NotSynced,
        }
    }

    /// The reason why there are no samples on `day` in any of the collections that would hold them.
    pub fn series_reason(
        &self,
        collections: &[Collection],
        day: Day,
        newest: Option<Day>,
    ) -> Missing {
        let mut connected = collections
            .iter()
            .filter(|collection| self.is_connected(collection.vendor()))
            .peekable();
        if connected.peek().is_none() {
            return Missing::NotConnected;
        }
        if connected.all(|collection| self.is_not_granted(collection.vendor(), collection.id())) {
            return Missing::NotGranted;
        }
        match newest {
            Some(newest) if day <= newest => Missing::NotWorn,
            _ => Missing::NotSynced,
        }
    }

    fn is_connected(&self, vendor: Vendor) -> bool {
        self.connections
            .iter()
            .any(|connection| connection.vendor == vendor)
    }

    fn is_refused(&self, metric: Metric, vendor: Vendor) -> bool {
        collection_of(metric, vendor)
            .is_some_and(|collection| self.is_not_granted(vendor, collection))
    }

    fn is_not_granted(&self, vendor: Vendor, collection: &str) -> bool {
        self.syncs.iter().any(|sync| {
            sync.vendor == vendor
                && sync.collection == collection
                && sync.outcome == SyncOutcome::NotGranted
        })
    }
}

/// The vendors that measure a metric, the preferred first.
pub(crate) fn vendors_of(metric: Metric) -> impl Iterator<Item = Vendor> {
    metric
        .info()
        .sources
        .iter()
        .filter_map(|source| vendor_of(*source))
}

/// The vendor behind a source; none behind our own computing.
pub(crate) const fn vendor_of(source: Source) -> Option<Vendor> {
    match source {
        Source::Oura => Some(Vendor::Oura),
        Source::Polar => Some(Vendor::Polar),
        Source::Itinerary | Source::Computed => None,
    }
}

/// The collection a vendor's value of a metric comes from.
fn collection_of(metric: Metric, vendor: Vendor) -> Option<&'static str> {
    let id = match (vendor, metric) {
        (Vendor::Oura, Metric::Spo2Night | Metric::BreathingDisturbanceIndex) => "daily_spo2",
        (Vendor::Oura, Metric::SleepScore) => "daily_sleep",
        (Vendor::Oura, Metric::ReadinessScore | Metric::TemperatureDeviation) => "daily_readiness",
        (Vendor::Oura, Metric::ActivityScore | Metric::Steps | Metric::ActiveCalories) => {
            "daily_activity"
        }
        (Vendor::Oura, Metric::StressHigh | Metric::RecoveryHigh) => "daily_stress",
        (Vendor::Oura, Metric::Resilience) => "daily_resilience",
        (Vendor::Oura, Metric::VascularAge) => "daily_cardiovascular_age",
        (Vendor::Oura, Metric::Vo2Max) => "vo2_max",
        (Vendor::Oura, _) => "sleep",
        (Vendor::Polar, _) => return None,
    };
    Collection::from_id(vendor, id).map(Collection::id)
}

#[cfg(test)]
mod tests {
    use physiology::{SubjectId, Timestamp};
    use store::ConnectionState;

    use super::*;

    #[test]
    fn every_oura_metric_names_a_collection_that_exists() {
        for &metric in Metric::ALL {
            if metric.info().sources.contains(&Source::Oura) {
                assert!(collection_of(metric, Vendor::Oura).is_some(), "{metric}");
            }
        }
    }

    #[test]
    fn each_reason_has_its_case() {
        let subject = SubjectId(1);
        let connections = [Connection {
            subject,
            vendor: Vendor::Oura,
            state: ConnectionState::Connected,
            granted: vec![],
            refused: vec![],
            vendor_user_id: None,
            device: None,
            connected_at: Timestamp(0),
        }];
        let syncs = [CollectionSync {
            subject,
            vendor: Vendor::Oura,
            collection: "daily_readiness".into(),
            cursor: None,
            tried_at: Timestamp(0),
            synced_at: None,
            outcome: SyncOutcome::NotGranted,
        }];
        let context = Context {
            connections: &connections,
            syncs: &syncs,
        };
        let day: Day = "2026-10-13".parse().unwrap();
        let reason =
            |metric, night, newest| context.reason(metric, vendors_of(metric), day, night, newest);
        let spo2 = |night, newest| reason(Metric::Spo2Night, night, newest);
        assert_eq!(spo2(true, Some(day)), Missing::VendorHasNone);
        assert_eq!(spo2(false, Some(day)), Missing::NotWorn);
        assert_eq!(spo2(false, Some(day.plus(-1))), Missing::NotSynced);
        assert_eq!(spo2(false, None), Missing::NotSynced);
        let samples =
            |collections: &[Collection], newest| context.series_reason(collections, day, newest);
        let (ring, watch) = (
            Collection::OuraDailyReadiness,
            Collection::PolarContinuousHeartRate,
        );
        assert_eq!(samples(&[watch], Some(day)), Missing::NotConnected);
        assert_eq!(samples(&[ring, watch], Some(day)), Missing::NotGranted);
        let granted = [ring, Collection::OuraHeartrate];
        assert_eq!(samples(&granted, Some(day)), Missing::NotWorn);
        assert_eq!(samples(&granted, None), Missing::NotSynced);
        let of_today = |metric| reason(metric, true, Some(day));
        assert_eq!(of_today(Metric::ReadinessScore), Missing::NotGranted);
        assert_eq!(of_today(Metric::TrainingLoad), Missing::NotConnected);
    }
}
