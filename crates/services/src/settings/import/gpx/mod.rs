//! A receiver's record: `trkpt` and `wpt` with `ele` and `time`.
//!
//! Read as a stream of events; nothing is expanded. A document type, where entities are declared, is
//! refused: GPX has none, and an entity can be made to grow without end.

mod track;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use self::track::{Open, Track};
use super::{Found, Line, place};

/// No element's text is read further, bytes.
const LONGEST_TEXT: usize = 400;

/// Reads the points; `utc_offset_s` is local time for all of them.
pub(super) fn read(text: &str, utc_offset_s: i32) -> Result<Found, String> {
    let mut reader = Reader::from_str(text);
    let mut walk = Walk {
        track: Track::new(utc_offset_s),
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
                walk.track
                    .skip(line, "From here on the file is damaged and was not read.");
                break;
            }
        }
    }
    if !walk.is_gpx {
        return Err("The file is no GPX: its outermost element is another.".into());
    }
    Ok(walk.track.end(walk.name))
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

/// Where in the document the reading is, and what it found so far.
#[derive(Debug, Default)]
struct Walk {
    is_gpx: bool,
    /// Names of the open elements below the root; deeper than a point's own children is not looked at.
    depth: usize,
    open: Option<(Open, usize)>,
    /// What the text now goes to, and since which depth.
    text: Option<(String, usize, Goes)>,
    /// What the file or its first track calls itself.
    name: Option<String>,
    track: Track,
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
            b"rtept" => self
                .track
                .skip(line, "A route's point has no time: only tracks do."),
            // Of the file or of its first track, whichever comes first.
            b"name" if self.name.is_none() && self.depth <= 3 => {
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
                    self.name = Some(text.to_owned());
                }
                _ => {}
            }
        }
        if let Some((open, _)) = self.open.take_if(|(_, since)| *since == self.depth) {
            self.track.take(open);
        }
        self.depth = self.depth.saturating_sub(1);
    }
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
