//! A spreadsheet of points: `at,altitude_m,place,utc_offset`.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime};
use csv::{ReaderBuilder, StringRecord, Trim};
use physiology::{Timestamp, Waypoint};

use super::super::field::{altitude_m, utc_offset};
use super::{Found, Line, MOST_POINTS, place, plausible};

/// Where each column is.
struct Columns {
    at: usize,
    altitude_m: usize,
    place: Option<usize>,
    utc_offset: Option<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, String> {
        let find = |name: &str| {
            header
                .iter()
                .position(|column| column.eq_ignore_ascii_case(name))
        };
        match (find("at"), find("altitude_m")) {
            (Some(at), Some(altitude_m)) => Ok(Self {
                at,
                altitude_m,
                place: find("place"),
                utc_offset: find("utc_offset"),
            }),
            _ => Err(
                "The file is neither GPX nor CSV with the header at,altitude_m,place,utc_offset."
                    .into(),
            ),
        }
    }
}

/// Reads the rows; `utc_offset_s` is local time for those that do not say.
pub(super) fn read(text: &str, utc_offset_s: i32) -> Result<Found, String> {
    let mut reader = ReaderBuilder::new()
        .delimiter(parted_by(text))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let columns = Columns::of(reader.headers().map_err(|_| "The header cannot be read.")?)?;
    let mut found = Found::default();
    let mut instants: BTreeSet<Timestamp> = BTreeSet::new();
    let mut row = StringRecord::new();
    let mut lines = Line::of(text);
    loop {
        match reader.read_record(&mut row) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = lines.at(error.position().map_or(0, csv::Position::byte));
                found.skipped.tell(line, "The row cannot be read.");
                continue;
            }
        }
        // A record's position is before the blank lines above it.
        let begins = row.position().map_or(0, csv::Position::byte) as usize;
        let above = text.get(begins..).unwrap_or_default();
        let blank = above.len() - above.trim_start_matches(['\r', '\n']).len();
        let line = lines.at((begins + blank) as u64);
        if row.iter().all(str::is_empty) {
            continue;
        }
        match point(&row, &columns, utc_offset_s) {
            Ok(point) if !instants.insert(point.at) => {
                found.skipped.tell(line, "Another row is at the same time.");
            }
            Ok(_) if found.points.len() >= MOST_POINTS => {
                found.skipped.tell(line, "The file has too many rows.");
            }
            Ok(point) => found.points.push(point),
            Err(why) => found.skipped.tell(line, why),
        }
    }
    Ok(found)
}

/// What parts the columns of the header.
fn parted_by(text: &str) -> u8 {
    let header = text.trim_start().lines().next().unwrap_or_default();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|separator| header.matches(char::from(*separator)).count())
        .unwrap_or(b',')
}

fn point(row: &StringRecord, columns: &Columns, utc_offset_s: i32) -> Result<Waypoint, String> {
    let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).unwrap_or("");
    let told_offset_s = match cell(columns.utc_offset) {
        "" => None,
        text => Some(utc_offset(text)?),
    };
    let (at, own_offset_s) = instant(
        cell(Some(columns.at)),
        told_offset_s.unwrap_or(utc_offset_s),
    )?;
    let altitude_m = match cell(Some(columns.altitude_m)) {
        "" => return Err("It has no altitude.".into()),
        text => altitude_m(text)?,
    };
    Ok(Waypoint {
        at: plausible(at)?,
        altitude_m,
        place: place(cell(columns.place)),
        utc_offset_s: told_offset_s.or(own_offset_s).unwrap_or(utc_offset_s),
    })
}

/// The instant, and the offset the text itself says. Without one it is local time at `utc_offset_s`.
/// `Z` says UTC, not where the clock hangs.
fn instant(text: &str, utc_offset_s: i32) -> Result<(Timestamp, Option<i32>), String> {
    if text.is_empty() {
        return Err("It has no time.".into());
    }
    let text = text.replacen(' ', "T", 1);
    if let Ok(time) = DateTime::parse_from_rfc3339(&with_seconds(&text)) {
        let offset_s = time.offset().local_minus_utc();
        let own = (!text.ends_with(['Z', 'z'])).then_some(offset_s);
        return Ok((Timestamp(time.timestamp_millis()), own));
    }
    let local = [
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%dT%H:%M:%S%.f",
    ]
    .into_iter()
    .find_map(|format| NaiveDateTime::parse_from_str(&text, format).ok())
    .ok_or("A time is written 2026-10-05T08:30, where wanted with its offset.")?;
    let at = Timestamp(local.and_utc().timestamp_millis());
    Ok((at.plus_seconds(-i64::from(utc_offset_s)), None))
}

/// RFC 3339 wants seconds; people leave them out: `2026-10-05T08:30+05:45`.
fn with_seconds(text: &str) -> String {
    let lacks_them = text.is_char_boundary(16)
        && text.len() > 16
        && text[16..].starts_with(['Z', 'z', '+', '-']);
    if lacks_them {
        format!("{}:00{}", &text[..16], &text[16..])
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEPAL_S: i32 = 20_700;

    #[test]
    fn rows_are_read_in_any_order_and_the_rest_is_told() {
        let text = "\
AT;place;altitude_m;utc_offset;remarks
2026-10-06T15:00;Namche;3440;+05:45;long day
2026-10-05 08:30:30;Lukla;2860 m;;by aeroplane
;Nowhere;1;;
2026-10-07T09:00;Too high;8848.9.1;;

2026-10-07T09:00;Moon;384400000;;
2026-10-07T09:00;;-3.5;Z;
2026-10-06T09:15Z;Again;1;;
0026-10-06T09:15;Old;1;;
2026-10-06T09:15+05:45
2026-13-06T09:15;;1;;
";
        let found = read(text, NEPAL_S).unwrap();
        let points: Vec<_> = found
            .points
            .iter()
            .map(|point| {
                (
                    point.at.to_utc().to_rfc3339(),
                    point.altitude_m,
                    point.place.as_str(),
                    point.utc_offset_s,
                )
            })
            .collect();
        assert_eq!(
            points,
            [
                (
                    "2026-10-06T09:15:00+00:00".to_owned(),
                    3_440.0,
                    "Namche",
                    NEPAL_S
                ),
                (
                    "2026-10-05T02:45:30+00:00".to_owned(),
                    2_860.0,
                    "Lukla",
                    NEPAL_S
                ),
                ("2026-10-07T09:00:00+00:00".to_owned(), -3.5, "", 0),
            ]
        );
        let told: Vec<_> = found
            .skipped
            .told
            .iter()
            .map(|skipped| (skipped.line, skipped.why.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (4, "It has no time."),
                (5, "An altitude is a number."),
                (7, "An altitude is between −500 and 9,000 m."),
                (9, "Another row is at the same time."),
                (10, "Its year is not between 1990 and 2100."),
                (11, "It has no altitude."),
                (
                    12,
                    "A time is written 2026-10-05T08:30, where wanted with its offset."
                ),
            ]
        );
    }

    #[test]
    fn a_time_may_say_its_own_offset() {
        for (at, offset, expected) in [
            ("2026-10-05T08:30", "", ("02:45", NEPAL_S)),
            ("2026-10-05T08:30", "+01:00", ("07:30", 3_600)),
            ("2026-10-05T08:30+04:00", "", ("04:30", 14_400)),
            ("2026-10-05T08:30:00.5+04:00", "+05:45", ("04:30", NEPAL_S)),
            ("2026-10-05T08:30Z", "", ("08:30", NEPAL_S)),
            ("2026-10-05T08:30:00Z", "+05:45", ("08:30", NEPAL_S)),
        ] {
            let text = format!("at,altitude_m,utc_offset\n{at},12,{offset}\n");
            let found = read(&text, NEPAL_S).unwrap();
            let point = &found.points[0];
            let time = point.at.to_utc().format("%H:%M").to_string();
            assert_eq!(
                (time.as_str(), point.utc_offset_s),
                expected,
                "{at} {offset}"
            );
        }
    }

    #[test]
    fn quotes_may_hold_commas_and_lines() {
        let text = "at,place,altitude_m\n2026-10-05T08:30,\"Lukla, the\nairport\",2860\n";
        let found = read(text, NEPAL_S).unwrap();
        assert_eq!(found.points[0].place, "Lukla, the airport");
    }
}
