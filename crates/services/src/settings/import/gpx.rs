//! A receiver's record: `trkpt` and `wpt` with `ele` and `time`.
//!
//! Read as a stream of events; nothing is expanded. A document type, where entities are declared, is
//! refused: GPX has none, and an entity can be made to grow without end.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime};
use physiology::{Timestamp, Waypoint};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::field::altitude_m;
use super::{Found, Line, MOST_POINTS, place, plausible};

/// No element's text is read further, bytes.
const LONGEST_TEXT: usize = 400;
/// Places without a time, each of which is looked for along the whole track.
const MOST_PLACES: usize = 300;
/// A place without a time is on the track where the track comes this near, m.
const NEAR_M: f64 = 500.0;
const METRES_IN_A_DEGREE: f64 = 111_320.0;

/// Reads the points; `utc_offset_s` is local time for all of them.
pub(super) fn read(text: &str, utc_offset_s: i32) -> Result<Found, String> {
    let mut reader = Reader::from_str(text);
    let mut walk = Walk {
        utc_offset_s,
        ..Walk::default()
    };
    let mut line = Line::of(text);
    loop {
        let at = reader.buffer_position();
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::DocType(_)) => {
                return Err(
                    "The file declares a document type, which GPX does not have. \
                            Export it anew."
                        .into(),
                );
            }
            Ok(Event::Start(element)) => walk.opens(&element, line.at(at)),
            Ok(Event::Empty(element)) => {
                walk.opens(&element, line.at(at));
                walk.closes();
            }
            Ok(Event::End(_)) => walk.closes(),
            Ok(Event::Text(part)) => walk.says(&part.decode().unwrap_or_default()),
            Ok(Event::CData(part)) => walk.says(&part.decode().unwrap_or_default()),
            Ok(Event::GeneralRef(name)) => {
                let letter = name.resolve_char_ref().ok().flatten();
                let known = letter.or_else(|| predefined(&name.decode().unwrap_or_default()));
                if let Some(letter) = known {
                    walk.says(letter.encode_utf8(&mut [0; 4]));
                }
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
            Err(_) => {
                let line = line.at(reader.error_position());
                walk.skip(line, "From here on the file is damaged and was not read.");
                break;
            }
        }
    }
    if !walk.is_gpx {
        return Err("The file is no GPX: its outermost element is another.".into());
    }
    Ok(walk.end())
}

/// The five references XML has without being told.
fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// A point as far as it has been read.
#[derive(Debug, Default)]
struct Open {
    line: u64,
    is_track: bool,
    /// Latitude and longitude, degrees.
    position: Option<(f64, f64)>,
    altitude: Option<String>,
    time: Option<String>,
    name: String,
}

/// A place that does not say when.
#[derive(Debug)]
struct Place {
    line: u64,
    name: String,
    position: (f64, f64),
}

/// Where in the document the reading is, and what it found.
#[derive(Debug, Default)]
struct Walk {
    utc_offset_s: i32,
    is_gpx: bool,
    /// Names of the open elements below the root; deeper than a point's own children is not looked at.
    depth: usize,
    open: Option<(Open, usize)>,
    /// What the text now goes to, and since which depth.
    text: Option<(String, usize, Goes)>,
    track: Vec<(Waypoint, Option<(f64, f64)>)>,
    others: Vec<(Waypoint, u64)>,
    places: Vec<Place>,
    found: Found,
}

/// Where an element's text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Goes {
    Altitude,
    Time,
    Name,
    FileName,
}

impl Walk {
    fn skip(&mut self, line: u64, why: &str) {
        self.found.skipped.tell(line, why);
    }

    fn opens(&mut self, element: &BytesStart<'_>, line: u64) {
        self.depth += 1;
        let name = element.local_name();
        let name = name.as_ref();
        if self.depth == 1 {
            self.is_gpx = name == b"gpx";
            return;
        }
        if let Some((_, since)) = &self.open {
            let goes = match name {
                b"ele" => Goes::Altitude,
                b"time" => Goes::Time,
                b"name" => Goes::Name,
                _ => return,
            };
            // Extensions below have times and altitudes of their own.
            if self.depth == since + 1 {
                self.text = Some((String::new(), self.depth, goes));
            }
            return;
        }
        match name {
            b"trkpt" | b"wpt" => {
                let degrees = |name: &str, most: f64| {
                    let value = element.try_get_attribute(name).ok()??.value;
                    let value: f64 = core::str::from_utf8(&value).ok()?.trim().parse().ok()?;
                    (value.abs() <= most).then_some(value)
                };
                let open = Open {
                    line,
                    is_track: name == b"trkpt",
                    position: degrees("lat", 90.0).zip(degrees("lon", 180.0)),
                    ..Open::default()
                };
                self.open = Some((open, self.depth));
            }
            b"rtept" => self.skip(line, "A route's point has no time: only tracks do."),
            // Of the file or of its first track, whichever comes first.
            b"name" if self.found.name.is_none() && self.depth <= 3 => {
                self.text = Some((String::new(), self.depth, Goes::FileName));
            }
            _ => {}
        }
    }

    fn says(&mut self, part: &str) {
        if let Some((text, ..)) = &mut self.text {
            let room = LONGEST_TEXT.saturating_sub(text.len());
            text.extend(part.chars().take(room));
        }
    }

    fn closes(&mut self) {
        if let Some((text, _, goes)) = self.text.take_if(|(_, since, _)| *since == self.depth) {
            let text = text.trim();
            match (goes, &mut self.open) {
                (Goes::Altitude, Some((open, _))) => open.altitude = Some(text.to_owned()),
                (Goes::Time, Some((open, _))) => open.time = Some(text.to_owned()),
                (Goes::Name, Some((open, _))) => open.name = place(text),
                (Goes::FileName, _) if !text.is_empty() => {
                    self.found.name = Some(text.to_owned());
                }
                _ => {}
            }
        }
        if let Some((open, _)) = self.open.take_if(|(_, since)| *since == self.depth) {
            self.take(open);
        }
        self.depth = self.depth.saturating_sub(1);
    }

    /// A point that has been read to its end.
    fn take(&mut self, open: Open) {
        let line = open.line;
        if self.track.len() + self.others.len() >= MOST_POINTS {
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
            Ok(point) => match self.track.last() {
                Some((before, _)) if point.at < before.at => {
                    self.skip(line, "Its time is before that of the point above.");
                }
                Some((before, _)) if point.at == before.at => {
                    self.skip(line, "Its time is that of the point above.");
                }
                _ => self.track.push((point, position)),
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

    /// Names the track's points, and puts the way points among them.
    fn end(mut self) -> Found {
        for place in core::mem::take(&mut self.places) {
            match nearest(&self.track, place.position) {
                Some(index) => self.track[index].0.place = place.name,
                None => self.skip(
                    place.line,
                    "It has no time, and the track does not come near it.",
                ),
            }
        }
        let mut instants: BTreeSet<Timestamp> = self.track.iter().map(|(p, _)| p.at).collect();
        let mut points: Vec<Waypoint> = self.track.drain(..).map(|(point, _)| point).collect();
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
        self.found.points = points;
        self.found
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

#[cfg(test)]
mod tests {
    use super::super::Skipped;
    use super::*;

    const NEPAL_S: i32 = 20_700;

    fn told(skipped: &Skipped) -> Vec<(u32, &str)> {
        let pairs = skipped.told.iter();
        pairs
            .map(|skipped| (skipped.line, skipped.why.as_str()))
            .collect()
    }

    #[test]
    fn a_track_with_its_places() {
        let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
  <metadata><name>Khumbu &amp; back</name></metadata>
  <wpt lat="27.8069" lon="86.7140"><name>Namche &#8211; <![CDATA[<bazaar>]]></name></wpt>
  <wpt lat="10" lon="10"><name>Elsewhere</name></wpt>
  <wpt lat="27.6" lon="86.7"><ele>2860</ele><time>2026-10-05T02:45:00Z</time><name>Lukla</name></wpt>
  <trk><name>Day 2</name><trkseg>
    <trkpt lat="27.7" lon="86.71"><ele>2861.5</ele><time>2026-10-06T02:15:00.000Z</time>
      <extensions><x:time xmlns:x="x">1999-01-01T00:00:00Z</x:time><ele>1</ele></extensions></trkpt>
    <trkpt lat="27.8068" lon="86.7139"><ele>3440</ele><time>2026-10-06T09:15:00</time></trkpt>
    <trkpt lat="27.8" lon="86.7"><ele>3450</ele><time>2026-10-06T09:14:59Z</time></trkpt>
    <trkpt lat="27.8" lon="86.7"><ele>3450</ele></trkpt>
    <trkpt lat="27.8" lon="86.7"><time>2026-10-06T09:16:00Z</time></trkpt>
    <trkpt lat="27.8" lon="86.7"><ele>-3450</ele><time>2026-10-06T09:16:00Z</time></trkpt>
    <trkpt lat="27.8" lon="86.7"><ele>3450</ele><time>noon</time></trkpt>
    <trkpt/>
  </trkseg></trk>
  <rte><rtept lat="1" lon="1"><ele>1</ele></rtept></rte>
</gpx>"#;
        let found = read(text, NEPAL_S).unwrap();
        assert_eq!(found.name.as_deref(), Some("Khumbu & back"));
        let points: Vec<_> = found
            .points
            .iter()
            .map(|point| {
                (
                    point.at.to_utc().format("%d %H:%M").to_string(),
                    point.altitude_m,
                    point.place.as_str(),
                )
            })
            .collect();
        assert_eq!(
            points,
            [
                ("06 02:15".to_owned(), 2_861.5, ""),
                ("06 09:15".to_owned(), 3_440.0, "Namche – <bazaar>"),
                ("05 02:45".to_owned(), 2_860.0, "Lukla"),
            ]
        );
        let mut found = found;
        found.skipped.told.sort_by_key(|skipped| skipped.line);
        assert_eq!(
            told(&found.skipped),
            [
                (5, "It has no time, and the track does not come near it."),
                (11, "Its time is before that of the point above."),
                (12, "It has no time."),
                (13, "It has no altitude."),
                (14, "An altitude is between −500 and 9,000 m."),
                (15, "Its time cannot be read."),
                (16, "It has no time."),
                (18, "A route's point has no time: only tracks do."),
            ]
        );
    }

    #[test]
    fn entities_do_not_grow() {
        let entities: Vec<String> = ('b'..='z')
            .zip('a'..)
            .map(|(one, other)| {
                let tenfold = format!("&{other};").repeat(10);
                format!("<!ENTITY {one} \"{tenfold}\">")
            })
            .collect();
        let text = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"lol\">{}]>\
             <gpx><wpt><name>&z;</name></wpt></gpx>",
            entities.concat()
        );
        assert!(read(&text, 0).unwrap_err().contains("document type"));
        // Undeclared, a reference is nothing.
        let text = "<gpx><trk><name>&z;&file;x</name></trk></gpx>";
        assert_eq!(read(text, 0).unwrap().name.as_deref(), Some("x"));
    }

    #[test]
    fn what_came_before_the_damage_is_kept() {
        let text = "<gpx><trk><trkseg>\n<trkpt><ele>5</ele><time>2026-10-06T09:15:00Z</time></trkpt>\n\
                    <trkpt><ele>6</ele></trkseg></gpx>";
        let found = read(text, 0).unwrap();
        assert_eq!(found.points.len(), 1);
        let damage = "From here on the file is damaged and was not read.";
        assert_eq!(told(&found.skipped), [(3, damage)]);
    }

    #[test]
    fn depth_and_length_do_no_harm() {
        let deep = format!("<gpx>{}", "<a>".repeat(500_000));
        assert!(read(&deep, 0).unwrap().points.is_empty());
        let long = format!("<gpx><trk><name>{}</name></trk></gpx>", "x".repeat(1 << 20));
        assert!(read(&long, 0).unwrap().name.unwrap().len() <= LONGEST_TEXT);
    }
}
