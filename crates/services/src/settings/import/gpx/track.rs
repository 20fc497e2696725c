//! What the points of a document come to: a track, with its places named.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime};
use physiology::{Timestamp, Waypoint};

use super::super::super::field::altitude_m;
use super::super::{Found, MOST_POINTS, Skipped, plausible};

/// Places without a time, each of which is looked for along the whole track.
const MOST_PLACES: usize = 300;
/// A place without a time is on the track where the track comes this near, m.
const NEAR_M: f64 = 500.0;
const METRES_IN_A_DEGREE: f64 = 111_320.0;

/// A point as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Where it stands in the document.
    pub line: u64,
    /// Whether it is of the track; a way point is not.
    pub is_track: bool,
    /// Latitude and longitude, degrees.
    pub position: Option<(f64, f64)>,
    /// As written, m.
    pub altitude: Option<String>,
    /// As written.
    pub time: Option<String>,
    /// Cut to what a place's name may be; empty where there is none.
    pub name: String,
}

/// A place that does not say when.
#[derive(Debug)]
struct Place {
    line: u64,
    name: String,
    position: (f64, f64),
}

/// The points that were taken, each kind in the order of the document.
#[derive(Debug, Default)]
pub(super) struct Track {
    utc_offset_s: i32,
    /// The track's own, each with its latitude and longitude, degrees.
    points: Vec<(Waypoint, Option<(f64, f64)>)>,
    /// Way points, each with its line.
    others: Vec<(Waypoint, u64)>,
    places: Vec<Place>,
    skipped: Skipped,
}

impl Track {
    /// A track of no points; `utc_offset_s` is local time for all that come.
    pub fn new(utc_offset_s: i32) -> Self {
        Self {
            utc_offset_s,
            ..Self::default()
        }
    }

    /// Tells of what is not taken.
    pub fn skip(&mut self, line: u64, why: &str) {
        self.skipped.tell(line, why);
    }

    /// A point that has been read to its end.
    pub fn take(&mut self, open: Open) {
        let line = open.line;
        if self.points.len() + self.others.len() >= MOST_POINTS {
            return self.skip(line, "The file has too many points.");
        }
        if let (false, None, false, Some(position)) = (
            open.is_track,
            &open.time,
            open.name.is_empty(),
            open.position,
        ) {
            if self.places.len() >= MOST_PLACES {
                return self.skip(line, "The file has too many places without a time.");
            }
            self.places.push(Place {
                line,
                name: open.name,
                position,
            });
            return;
        }
        let position = open.position;
        let is_track = open.is_track;
        match self.point(open) {
            Err(why) => self.skip(line, &why),
            Ok(point) if !is_track => self.others.push((point, line)),
            Ok(point) => match self.points.last() {
                Some((before, _)) if point.at < before.at => {
                    self.skip(line, "Its time is before that of the point above.");
                }
                Some((before, _)) if point.at == before.at => {
                    self.skip(line, "Its time is that of the point above.");
                }
                _ => self.points.push((point, position)),
            },
        }
    }

    fn point(&self, open: Open) -> Result<Waypoint, String> {
        let time = open.time.filter(|time| !time.is_empty());
        let at = instant(&time.ok_or("It has no time.")?)?;
        let altitude = open.altitude.filter(|altitude| !altitude.is_empty());
        Ok(Waypoint {
            at: plausible(at)?,
            altitude_m: altitude_m(&altitude.ok_or("It has no altitude.")?)?,
            place: open.name,
            utc_offset_s: self.utc_offset_s,
        })
    }

    /// Names the track's points, and puts the way points after them. `name` is the document's.
    pub fn end(mut self, name: Option<String>) -> Found {
        for place in core::mem::take(&mut self.places) {
            match nearest(&self.points, place.position) {
                Some(index) => self.points[index].0.place = place.name,
                None => self.skip(
                    place.line,
                    "It has no time, and the track does not come near it.",
                ),
            }
        }
        let mut instants: BTreeSet<Timestamp> = self.points.iter().map(|(p, _)| p.at).collect();
        let mut points: Vec<Waypoint> = self.points.drain(..).map(|(point, _)| point).collect();
        for (point, line) in core::mem::take(&mut self.others) {
            if instants.insert(point.at) {
                points.push(point);
            } else if let Some(known) = points.iter_mut().find(|known| known.at == point.at)
                && known.place.is_empty()
            {
                known.place = point.place;
            } else {
                self.skip(line, "Another place is at the same time.");
            }
        }
        Found {
            name,
            points,
            skipped: self.skipped,
        }
    }
}

/// RFC 3339; where the zone is left out it is UTC, as GPX has it.
fn instant(text: &str) -> Result<Timestamp, String> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(Timestamp(time.timestamp_millis()));
    }
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .map(|time| Timestamp(time.and_utc().timestamp_millis()))
        .map_err(|_| "Its time cannot be read.".into())
}

/// The track's point nearest to a place, where one is near.
fn nearest(track: &[(Waypoint, Option<(f64, f64)>)], place: (f64, f64)) -> Option<usize> {
    let east_m = METRES_IN_A_DEGREE * place.0.to_radians().cos();
    track
        .iter()
        .enumerate()
        .filter_map(|(index, (_, position))| {
            let (latitude, longitude) = (*position)?;
            let north_m = (latitude - place.0) * METRES_IN_A_DEGREE;
            let away_m = north_m.hypot((longitude - place.1) * east_m);
            (away_m <= NEAR_M).then_some((index, away_m))
        })
        .min_by(|(_, one_m), (_, other_m)| one_m.total_cmp(other_m))
        .map(|(index, _)| index)
}
