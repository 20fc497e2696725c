//! An itinerary from a file: GPX as receivers and maps write it, or CSV as a spreadsheet does.
//!
//! What is read becomes a table to look through; nothing is kept before somebody saves it.
//!
//! - **GPX**: track points (`trkpt`) with `ele` and `time`, in the order of the track; way points
//!   (`wpt`) with a name become places, at their own time or, where they have none, at the track's
//!   nearest point. Times are UTC; local time is told beside the file.
//! - **CSV**: a header with `at` and `altitude_m`, and where wanted `place` and `utc_offset`; parted
//!   by commas, semicolons or tabs; rows in any order. `at` is local time at `utc_offset`
//!   (`2026-10-05T08:30`), or says its own offset (`2026-10-05T08:30+05:45`, `…Z`).
//!
//! Points are then brought to whole minutes, one a minute, and thinned (see [`thin`]). Whatever is
//! not read is told with its line and why.

mod csv;
mod gpx;
mod thin;

use physiology::{Timestamp, Waypoint};
use views::settings::{ImportReport, SkippedLine};

/// No file is larger, bytes.
pub const LARGEST_FILE_BYTES: usize = 5 << 20;
/// So many complaints are told one by one.
const MOST_TOLD: usize = 25;
/// Points of a file, before they are thinned.
const MOST_POINTS: usize = 200_000;
/// Rows of the table that comes of it.
const MOST_ROWS: usize = 500;
/// A place's name is cut to so many characters.
const LONGEST_PLACE: usize = 60;
/// 1990-01-01 to 2100-12-31, s.
const TIMES_S: core::ops::Range<i64> = 631_152_000..4_133_980_800;

/// What a file held.
#[derive(Debug)]
pub(super) struct Imported {
    /// What the file calls itself.
    pub name: Option<String>,
    /// The profile, oldest point first, thinned.
    pub waypoints: Vec<Waypoint>,
    /// What was read, what was not, and why.
    pub report: ImportReport,
}

/// What a format's reader found.
#[derive(Debug, Default)]
struct Found {
    name: Option<String>,
    /// In the order they were taken, each instant once.
    points: Vec<Waypoint>,
    skipped: Skipped,
}

/// What was not read.
#[derive(Debug, Default)]
struct Skipped {
    told: Vec<SkippedLine>,
    more: u32,
}

impl Skipped {
    fn tell(&mut self, line: u64, why: impl Into<String>) {
        if self.told.len() < MOST_TOLD {
            self.told.push(SkippedLine {
                line: u32::try_from(line).unwrap_or(u32::MAX),
                why: why.into(),
            });
        } else {
            self.more = self.more.saturating_add(1);
        }
    }
}

/// Which line a byte is on; asked in rising order.
struct Line<'a> {
    bytes: &'a [u8],
    position: usize,
    line: u64,
}

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            position: 0,
            line: 1,
        }
    }

    fn at(&mut self, position: u64) -> u64 {
        let until = usize::try_from(position).map_or(self.bytes.len(), |p| p.min(self.bytes.len()));
        if let Some(passed) = self.bytes.get(self.position..until) {
            self.line += passed.split(|byte| *byte == b'\n').count() as u64 - 1;
            self.position = until;
        }
        self.line
    }
}

/// Reads a file. `utc_offset_s` is local time for points that do not say.
///
/// # Errors
/// A sentence, where nothing could be made of it.
pub(super) fn read(file: &[u8], utc_offset_s: i32) -> Result<Imported, String> {
    if file.len() > LARGEST_FILE_BYTES {
        return Err("A file has at most 5 MB.".into());
    }
    let text = core::str::from_utf8(file)
        .map_err(|_| "The file is not text in UTF-8. Save it as UTF-8 and try again.")?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (format, mut found) = match text.trim_start().chars().next() {
        None => return Err("Choose a file, or paste its lines.".into()),
        Some('<') => ("GPX", gpx::read(text, utc_offset_s)?),
        Some(_) => ("CSV", csv::read(text, utc_offset_s)?),
    };
    found.skipped.told.sort_by_key(|skipped| skipped.line);
    if found.points.is_empty() {
        return Err(nothing(&found.skipped));
    }
    let read = u32::try_from(found.points.len()).unwrap_or(u32::MAX);
    let (waypoints, within_m) = thin::thin(minutes(found.points));
    if waypoints.len() > MOST_ROWS {
        return Err(format!(
            "The file names more than {MOST_ROWS} places: an itinerary holds at most that many points."
        ));
    }
    Ok(Imported {
        name: found.name.map(|name| place(&name)),
        report: ImportReport {
            format: format.to_owned(),
            read,
            kept: u32::try_from(waypoints.len()).unwrap_or(u32::MAX),
            within_m: within_m as u32,
            skipped: found.skipped.told,
            more_skipped: found.skipped.more,
        },
        waypoints,
    })
}

/// Why there is no point at all.
fn nothing(skipped: &Skipped) -> String {
    match skipped.told.first() {
        None => "The file has no points.".into(),
        Some(first) => format!(
            "The file has no point that can be used. Line {}: {}",
            first.line, first.why
        ),
    }
}

/// At whole minutes, as the table shows them: the first point of a minute stays, or the first that
/// has a name.
fn minutes(mut points: Vec<Waypoint>) -> Vec<Waypoint> {
    for point in &mut points {
        point.at = Timestamp::from_unix_s(point.at.unix_s().div_euclid(60) * 60);
    }
    points.sort_by_key(|point| (point.at, point.place.is_empty()));
    points.dedup_by_key(|point| point.at);
    points
}

/// An instant somebody can have meant.
fn plausible(at: Timestamp) -> Result<Timestamp, String> {
    if TIMES_S.contains(&at.unix_s()) {
        Ok(at)
    } else {
        Err("Its year is not between 1990 and 2100.".into())
    }
}

/// A name without what no page shows, and not too long.
fn place(text: &str) -> String {
    let plain = text.split(|letter: char| letter.is_control() || letter == ' ');
    let words: Vec<&str> = plain.filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST_PLACE).collect()
}

#[cfg(test)]
mod tests {
    use physiology::Itinerary;
    use proptest::prelude::*;

    use super::*;

    const NEPAL_S: i32 = 20_700;

    #[test]
    fn what_is_no_file_is_told() {
        for (file, says) in [
            (&b""[..], "Choose a file"),
            (b"  \r\n ", "Choose a file"),
            (b"\xff\xfe<\0g\0p\0x\0", "UTF-8"),
            (b"at,altitude_m\nK\xf6ln", "UTF-8"),
            (b"just words", "header"),
            (b"<html><body>404</body></html>", "no GPX"),
            (b"\x00\x01\x02", "header"),
        ] {
            let problem = read(file, NEPAL_S).unwrap_err();
            assert!(problem.contains(says), "{file:?}: {problem}");
            assert!(problem.ends_with('.'), "{problem}");
        }
        let large = vec![b'<'; LARGEST_FILE_BYTES + 1];
        assert_eq!(
            read(&large, NEPAL_S).unwrap_err(),
            "A file has at most 5 MB."
        );
    }

    #[test]
    fn one_point_a_minute_and_names_win() {
        let point = |seconds: i64, place: &str| Waypoint {
            at: Timestamp::from_unix_s(1_800_000_000 + seconds),
            altitude_m: seconds as f64,
            place: place.into(),
            utc_offset_s: 0,
        };
        let points = minutes(vec![
            point(59, "Hut"),
            point(1, ""),
            point(60, ""),
            point(61, ""),
        ]);
        let kept: Vec<_> = points
            .iter()
            .map(|p| (p.at.unix_s(), p.place.as_str()))
            .collect();
        assert_eq!(kept, [(1_800_000_000, "Hut"), (1_800_000_060, "")]);
    }

    #[test]
    fn names_are_made_plain() {
        assert_eq!(place("  Gorak\u{0}\n  Shep "), "Gorak Shep");
        assert_eq!(place(&"é".repeat(200)).chars().count(), LONGEST_PLACE);
    }

    /// Half of what is written is right.
    fn cell() -> impl Strategy<Value = String> {
        prop_oneof![
            "2026-10-[0-3][0-9]T[0-2][0-9]:[0-6][0-9](Z|\\+05:45|)",
            "-?[0-9]{1,5}(\\.[0-9]{1,3})?",
            "[A-Za-zé🏔 ]{0,12}",
            "[+-][0-9]{1,2}:?[0-9]{0,2}",
            "\\PC{0,20}",
        ]
    }

    proptest! {
        #[test]
        fn whatever_comes_is_read_or_refused(file in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&file, 0);
        }

        #[test]
        fn whatever_xml_comes_is_read_or_refused(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("<gpx>".to_owned()), Just("</gpx>".to_owned()), Just("<trk><trkseg>".to_owned()),
                    Just("<trkpt lat=\"27\" lon=\"86\">".to_owned()), Just("</trkpt>".to_owned()),
                    Just("<wpt lat='x' lon='86'>".to_owned()), Just("</wpt>".to_owned()),
                    Just("<ele>".to_owned()), Just("</ele>".to_owned()), Just("<time>".to_owned()),
                    Just("</time>".to_owned()), Just("<name>".to_owned()), Just("</name>".to_owned()),
                    Just("&lol;".to_owned()), Just("&#0;".to_owned()), Just("<![CDATA[".to_owned()),
                    Just("]]>".to_owned()), Just("<!DOCTYPE x [".to_owned()), Just("<!--".to_owned()),
                    cell(),
                ],
                0..40,
            ),
        ) {
            let text = format!("<gpx>{}", parts.concat());
            if let Ok(imported) = read(text.as_bytes(), NEPAL_S) {
                holds(&imported)?;
            }
        }

        #[test]
        fn whatever_rows_come_are_read_or_told(
            rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..6), 0..60),
            parted_by in prop_oneof![Just(","), Just(";"), Just("\t")],
        ) {
            let header = ["at", "altitude_m", "place", "utc_offset"].join(parted_by);
            let rows: Vec<String> = rows.iter().map(|row| row.join(parted_by)).collect();
            let text = format!("{header}\n{}", rows.join("\n"));
            if let Ok(imported) = read(text.as_bytes(), NEPAL_S) {
                holds(&imported)?;
            }
        }
    }

    /// What holds of whatever was read: it is an itinerary somebody can save.
    fn holds(imported: &Imported) -> Result<(), TestCaseError> {
        let Imported {
            waypoints, report, ..
        } = imported;
        prop_assert!(!waypoints.is_empty() && waypoints.len() <= MOST_ROWS);
        prop_assert_eq!(report.kept as usize, waypoints.len());
        prop_assert!(report.kept <= report.read);
        prop_assert!(report.skipped.len() <= MOST_TOLD);
        prop_assert!(waypoints.windows(2).all(|pair| pair[0].at < pair[1].at));
        for point in waypoints {
            prop_assert!((-500.0..=9_000.0).contains(&point.altitude_m));
            prop_assert!(!point.place.chars().any(char::is_control));
        }
        for skipped in &report.skipped {
            prop_assert!(
                skipped.line >= 1 && skipped.why.ends_with('.'),
                "{:?}",
                skipped
            );
        }
        let trip = Itinerary {
            name: String::new(),
            first_day: "2026-10-05".parse().unwrap(),
            last_day: "2026-10-18".parse().unwrap(),
            waypoints: waypoints.clone(),
        };
        let mut form = super::super::itinerary::form(&trip);
        form.name.value = "As imported".into();
        prop_assert_eq!(
            super::super::itinerary::read(&mut form).map(|read| read.waypoints.len()),
            Some(waypoints.len())
        );
        Ok(())
    }
}
