//! Records made by hand, for tests of the rules.

use physiology::{
    Day, Itinerary, Measurement, Metric, Profile, Quality, SubjectId, Timestamp, Twin, Vendor,
    Waypoint,
};
use store::{
    CollectionSync, Connection, ConnectionState, DailyReading, Pair, Subject, SyncOutcome,
};
use views::overview::Tile;
use views::status::{Changed, Status};

use super::Known;
use crate::record::{Local, Record};

/// The day it is.
pub(super) fn today() -> Day {
    "2026-10-13".parse().unwrap()
}

/// What is known, made step by step.
pub(super) struct Made {
    pub pair: Pair,
    readings: Vec<DailyReading>,
    pub connections: Vec<Connection>,
    pub syncs: Vec<CollectionSync>,
}

impl Made {
    /// Both twins, connected with Oura; day 1 was so many days ago, slept at this altitude since.
    pub fn on_day(number: i64, altitude_m: f64) -> Self {
        let first_day = today().plus(1 - number);
        let point = |day: Day, altitude_m| Waypoint {
            at: day.start_utc(),
            altitude_m,
            place: String::new(),
            utc_offset_s: 0,
        };
        let subject = |id, name: &str| Subject {
            id: SubjectId(id),
            name: name.into(),
            profile: Profile::default(),
            spo2_limits: physiology::alarm::Spo2Limits::default(),
        };
        let connection = |id| Connection {
            subject: SubjectId(id),
            vendor: Vendor::Oura,
            state: ConnectionState::Connected,
            granted: vec![],
            refused: vec![],
            vendor_user_id: None,
            device: None,
            connected_at: Timestamp(0),
        };
        Self {
            pair: Pair {
                a: subject(1, "Twin A"),
                b: subject(2, "Twin B"),
                itinerary: Some(Itinerary {
                    name: "Khumbu".into(),
                    first_day,
                    last_day: first_day.plus(20),
                    waypoints: vec![
                        point(first_day.plus(-60), 10.0),
                        point(first_day.plus(-1), 10.0),
                        point(first_day, altitude_m),
                        point(first_day.plus(20), altitude_m),
                    ],
                }),
            },
            readings: vec![],
            connections: vec![connection(1), connection(2)],
            syncs: vec![],
        }
    }

    /// Values of the days that end today.
    pub fn with(self, twin: Twin, metric: Metric, values: &[f64]) -> Self {
        self.until(today(), twin, metric, values)
    }

    /// Values of the days that end on `last`.
    pub fn until(mut self, last: Day, twin: Twin, metric: Metric, values: &[f64]) -> Self {
        let first = last.plus(1 - values.len() as i64);
        let subject = self.pair.of(twin).id;
        self.readings
            .extend(values.iter().zip(0..).map(|(value, offset)| {
                let day = first.plus(offset);
                DailyReading {
                    subject,
                    metric,
                    day,
                    measurement: Measurement {
                        value: *value,
                        measured_at: day.start_utc(),
                        source: metric.info().sources[0],
                        quality: Quality::Complete,
                    },
                    received_at: day.start_utc().plus_seconds(7 * 3_600),
                    document: String::new(),
                }
            }));
        self
    }

    /// So many collections of a twin's vendor, the first ones failed.
    pub fn synced(mut self, twin: Twin, vendor: Vendor, failed: usize, of: usize) -> Self {
        let subject = self.pair.of(twin).id;
        self.syncs.extend((0..of).map(|index| CollectionSync {
            subject,
            vendor,
            collection: format!("collection {index}"),
            cursor: None,
            tried_at: Timestamp(2_000),
            synced_at: Some(Timestamp(1_000)),
            outcome: if index < failed {
                SyncOutcome::Failed {
                    message: "It does not answer.".into(),
                }
            } else {
                SyncOutcome::Done
            },
        }));
        self
    }

    /// What is told, without tiles.
    pub fn changed(self) -> Changed {
        let now = today().start_utc().plus_seconds(8 * 3_600);
        let local = Local::at(now, self.pair.itinerary.as_ref());
        let (load_ratios, readings): (Vec<_>, Vec<_>) = self
            .readings
            .into_iter()
            .partition(|reading| reading.metric == Metric::LoadRatio);
        let record = Record::new(&self.pair, &readings, &self.connections, &self.syncs);
        let alarms = crate::alarms::lines(&record);
        let tiles: &[Tile] = &[];
        super::changed(&Known {
            record: &record,
            load_ratios: &load_ratios,
            local: &local,
            tiles,
            alarms: &alarms,
            connections: &self.connections,
            syncs: &self.syncs,
        })
    }

    /// What is told of one twin.
    pub fn status(self, twin: Twin) -> Status {
        let changed = self.changed();
        changed
            .twins
            .into_iter()
            .find(|status| status.twin == twin)
            .unwrap()
    }
}

/// A baseline of 14 nights about a mean, then what followed: nights of a fixed pattern, so that a
/// test can be worked out by hand. The SD of the pattern −1, 0, 1, 0 … is about 0.73 of `spread`.
pub(super) fn nights(mean: f64, spread: f64, then: &[f64]) -> Vec<f64> {
    (0..14)
        .map(|index| mean + spread * [-1.0, 0.0, 1.0, 0.0][index % 4])
        .chain(then.iter().copied())
        .collect()
}
