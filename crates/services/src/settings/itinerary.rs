//! Where the twins go, as a table of points.

use std::collections::BTreeSet;

use physiology::{Day, Itinerary, Timestamp, Waypoint};
use store::Viewer;
use views::settings::{Field, ImportForm, ItineraryForm, WaypointRow};

use super::field::{
    altitude_m, checked, day, line, time_of_day, utc_offset, written, written_offset, written_time,
};
use super::{Submitted, import, operates};
use crate::{Error, Services};

/// More points than this no table is edited with.
const MOST_POINTS: usize = 500;
/// A journey takes at most this long, days.
const LONGEST_DAYS: i64 = 400;
const LONGEST_NAME: usize = 60;

impl Services {
    /// Keeps the itinerary.
    ///
    /// # Errors
    /// [`Error::Forbidden`]. What is wrong with a field comes back with the form.
    pub async fn save_itinerary(
        &self,
        viewer: &Viewer,
        mut form: ItineraryForm,
    ) -> Result<Submitted<Box<ItineraryForm>>, Error> {
        operates(viewer)?;
        let Some(itinerary) = read(&mut form) else {
            return Ok(Submitted::Again(Box::new(form)));
        };
        match self.set_itinerary(viewer, &itinerary).await {
            Ok(()) => Ok(Submitted::Saved),
            Err(error) => {
                form.problem = error.to_string();
                Ok(Submitted::Again(Box::new(form)))
            }
        }
    }

    /// The form with another blank row, and without those marked to go. Nothing is kept yet.
    pub fn another_row(
        &self,
        viewer: &Viewer,
        mut form: ItineraryForm,
    ) -> Result<Box<ItineraryForm>, Error> {
        operates(viewer)?;
        form.rows.retain(|row| !row.remove);
        if form.rows.len() < MOST_POINTS {
            let like = form.rows.last().cloned();
            form.rows.push(blank_row(like.as_ref()));
        }
        form.is_draft = true;
        Ok(Box::new(form))
    }

    /// The itinerary's form with the points of a file, not kept yet; or why there are none.
    ///
    /// # Errors
    /// [`Error::Forbidden`], and the store's.
    pub async fn read_itinerary(
        &self,
        viewer: &Viewer,
        file: Vec<u8>,
        mut form: ImportForm,
    ) -> Result<Result<Box<ItineraryForm>, ImportForm>, Error> {
        operates(viewer)?;
        let Some(offset_s) = checked(&mut form.utc_offset, utc_offset) else {
            return Ok(Err(form));
        };
        // Megabytes are read off the threads that answer others.
        let read = tokio::task::spawn_blocking(move || import::read(&file, offset_s))
            .await
            .map_err(|error| {
                tracing::error!(%error, "reading an itinerary died");
                Error::Internal
            })?;
        let imported = match read {
            Ok(imported) => imported,
            Err(problem) => {
                form.problem = problem;
                return Ok(Err(form));
            }
        };
        let kept = self.pair().await?.itinerary;
        let name = kept.map(|trip| trip.name).or(imported.name);
        let of = |point: Option<&Waypoint>| {
            point.map(|point| Day::of_local(point.at, point.utc_offset_s).to_string())
        };
        let first_day = of(imported.waypoints.first()).unwrap_or_default();
        let last_day = of(imported.waypoints.last()).unwrap_or_default();
        Ok(Ok(Box::new(ItineraryForm {
            name: Field::of(name.unwrap_or_default()),
            first_day: Field::of(first_day),
            last_day: Field::of(last_day),
            rows: imported.waypoints.iter().map(row).collect(),
            read: Some(imported.report),
            is_draft: true,
            problem: String::new(),
        })))
    }
}

/// The form of what is kept, with a blank row for the next point.
pub(super) fn form(trip: &Itinerary) -> ItineraryForm {
    let mut rows: Vec<WaypointRow> = trip.waypoints.iter().map(row).collect();
    rows.push(blank_row(rows.last()));
    ItineraryForm {
        name: Field::of(&trip.name),
        first_day: Field::of(trip.first_day.to_string()),
        last_day: Field::of(trip.last_day.to_string()),
        rows,
        ..ItineraryForm::default()
    }
}

/// The form where there is no itinerary.
pub(super) fn empty() -> ItineraryForm {
    ItineraryForm {
        rows: vec![WaypointRow::default(); 3],
        ..ItineraryForm::default()
    }
}

fn row(point: &Waypoint) -> WaypointRow {
    let local = point.at.plus_seconds(i64::from(point.utc_offset_s));
    WaypointRow {
        date: Field::of(Day::of_utc(local).to_string()),
        time: Field::of(written_time(local.unix_s().rem_euclid(86_400))),
        utc_offset: Field::of(written_offset(point.utc_offset_s)),
        altitude: Field::of(written((point.altitude_m * 10.0).round() / 10.0)),
        place: Field::of(&point.place),
        remove: false,
    }
}

/// A row to fill in, at the offset of another.
fn blank_row(like: Option<&WaypointRow>) -> WaypointRow {
    WaypointRow {
        utc_offset: Field::of(like.map_or("", |row| row.utc_offset.value.as_str())),
        ..WaypointRow::default()
    }
}

/// Whether a row is left out: nothing but the offset, which stands there already, is filled in.
fn is_blank(row: &WaypointRow) -> bool {
    [&row.date, &row.time, &row.altitude, &row.place]
        .iter()
        .all(|field| field.value.trim().is_empty())
}

/// Reads the form, as it was sent or made; none where anything is wrong, which then stands beside the field.
pub(super) fn read(form: &mut ItineraryForm) -> Option<Itinerary> {
    form.problem.clear();
    let name = checked(&mut form.name, |text| {
        if text.is_empty() {
            return Err("Enter a name for the expedition.".into());
        }
        line(text, LONGEST_NAME, "A name")
    });
    let first_day = checked(&mut form.first_day, day);
    let last_day = checked(&mut form.last_day, |text| {
        let last = day(text)?;
        let length = first_day.map(|first| last.days_since(first) + 1);
        match length {
            Some(..=0) => Err("The last day is before day 1.".into()),
            Some(days) if days > LONGEST_DAYS => {
                Err(format!("An expedition takes at most {LONGEST_DAYS} days."))
            }
            _ => Ok(last),
        }
    });
    let mut instants: BTreeSet<Timestamp> = BTreeSet::new();
    let rows = form
        .rows
        .iter_mut()
        .filter(|row| !row.remove && !is_blank(row));
    let waypoints: Vec<Option<Waypoint>> = rows
        .map(|row| {
            let point = waypoint(row)?;
            if !instants.insert(point.at) {
                row.time.problem = "Another point is at the same time.".into();
                return None;
            }
            Some(point)
        })
        .collect();
    if waypoints.is_empty() {
        form.problem = "An itinerary has at least one point with date, time, offset and altitude. \
                        Nothing was saved."
            .into();
        return None;
    }
    if waypoints.len() > MOST_POINTS {
        form.problem = format!("An itinerary has at most {MOST_POINTS} points. Nothing was saved.");
        return None;
    }
    let mut waypoints = waypoints.into_iter().collect::<Option<Vec<_>>>()?;
    waypoints.sort_by_key(|point| point.at);
    Some(Itinerary {
        name: name?,
        first_day: first_day?,
        last_day: last_day?,
        waypoints,
    })
}

fn waypoint(row: &mut WaypointRow) -> Option<Waypoint> {
    let date = checked(&mut row.date, day);
    let time_s = checked(&mut row.time, time_of_day);
    let utc_offset_s = checked(&mut row.utc_offset, utc_offset);
    let altitude_m = checked(&mut row.altitude, altitude_m);
    let place = checked(&mut row.place, |text| line(text, LONGEST_NAME, "A place"));
    let (utc_offset_s, local) = (utc_offset_s?, date?.start_utc().plus_seconds(time_s?));
    Some(Waypoint {
        at: local.plus_seconds(-i64::from(utc_offset_s)),
        altitude_m: altitude_m?,
        place: place?,
        utc_offset_s,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(date: &str, time: &str, offset: &str, altitude: &str, place: &str) -> WaypointRow {
        WaypointRow {
            date: Field::of(date),
            time: Field::of(time),
            utc_offset: Field::of(offset),
            altitude: Field::of(altitude),
            place: Field::of(place),
            remove: false,
        }
    }

    fn khumbu() -> ItineraryForm {
        ItineraryForm {
            name: Field::of("Khumbu"),
            first_day: Field::of("2026-10-05"),
            last_day: Field::of("2026-10-18"),
            rows: vec![
                point("2026-10-06", "15:00", "+05:45", "3440", "Namche"),
                point("2026-10-05", "08:30", "+05:45", "2860", "Lukla"),
                WaypointRow::default(),
                point("2026-10-03", "20:00", "+00:00", "-2.5", ""),
            ],
            ..ItineraryForm::default()
        }
    }

    #[test]
    fn points_are_put_in_order_and_blank_rows_left_out() {
        let trip = read(&mut khumbu()).unwrap();
        let places: Vec<_> = trip
            .waypoints
            .iter()
            .map(|point| point.place.as_str())
            .collect();
        assert_eq!(places, ["", "Lukla", "Namche"]);
        let lukla = &trip.waypoints[1];
        // 08:30 in Nepal is 02:45 UTC.
        assert_eq!(lukla.at.to_utc().to_rfc3339(), "2026-10-05T02:45:00+00:00");
        assert_eq!((lukla.altitude_m, lukla.utc_offset_s), (2_860.0, 20_700));
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        let trip = read(&mut khumbu()).unwrap();
        let mut again = form(&trip);
        assert_eq!(again.rows.len(), 4, "a blank row for the next point");
        assert_eq!(read(&mut again), Some(trip));
    }

    #[test]
    fn rows_marked_go() {
        let mut form = khumbu();
        form.rows[0].remove = true;
        // What goes need not make sense.
        form.rows[0].altitude.value = "high".into();
        assert_eq!(read(&mut form).unwrap().waypoints.len(), 2);
    }

    #[test]
    fn each_field_has_its_sentence() {
        type Get = fn(&mut ItineraryForm) -> &mut Field;
        let name: Get = |form| &mut form.name;
        let first: Get = |form| &mut form.first_day;
        let last: Get = |form| &mut form.last_day;
        let date: Get = |form| &mut form.rows[1].date;
        let time: Get = |form| &mut form.rows[1].time;
        let offset: Get = |form| &mut form.rows[1].utc_offset;
        let altitude: Get = |form| &mut form.rows[1].altitude;
        let place: Get = |form| &mut form.rows[1].place;
        let long = "x".repeat(61);
        for (get, text, says) in [
            (name, "  ", "Enter a name for the expedition."),
            (name, long.as_str(), "A name has at most 60 characters."),
            (
                first,
                "5 Oct",
                "A date is written YYYY-MM-DD, for example 2026-10-13.",
            ),
            (last, "2026-10-04", "The last day is before day 1."),
            (last, "2027-12-31", "An expedition takes at most 400 days."),
            (
                date,
                "",
                "A date is written YYYY-MM-DD, for example 2026-10-13.",
            ),
            (time, "8", "A time is written HH:MM, for example 17:30."),
            (
                offset,
                "NPT",
                "An offset from UTC is written like +05:45 or -03:00.",
            ),
            (altitude, "", "An altitude is a number."),
            (altitude, "9001", "An altitude is between −500 and 9,000 m."),
            (
                altitude,
                "2,860",
                "Write the number without a comma, for example 5164 or 36.5.",
            ),
            (place, long.as_str(), "A place has at most 60 characters."),
        ] {
            let mut form = khumbu();
            get(&mut form).value = text.into();
            assert_eq!(read(&mut form), None, "{text:?}");
            assert_eq!(get(&mut form).problem, says, "{text:?}");
            assert_eq!(get(&mut form).value, text, "what was typed stays");
        }
    }

    #[test]
    fn two_points_are_never_at_one_time() {
        let mut form = khumbu();
        // 02:45 UTC is 08:30 in Nepal: the clock differs, the instant does not.
        form.rows[2] = point("2026-10-05", "02:45", "Z", "10", "");
        assert_eq!(read(&mut form), None);
        assert_eq!(
            form.rows[2].time.problem,
            "Another point is at the same time."
        );
    }

    #[test]
    fn an_itinerary_without_points_is_none() {
        let mut form = khumbu();
        form.rows = vec![WaypointRow::default(); 3];
        assert_eq!(read(&mut form), None);
        assert!(
            form.problem
                .starts_with("An itinerary has at least one point")
        );
    }
}
