//! A form's fields as the browser sends them, arranged as the services take them.

use physiology::alarm::Spo2Limits;
use physiology::units::{Clock, Distance, Temperature, WeekStart};
use physiology::{SubjectId, Twin, Units};
use url::form_urlencoded;
use views::settings::{Field, ItineraryForm, LimitsForm, TwinForm, WaypointRow};

/// Nothing anybody means to type is longer.
const LONGEST: usize = 200;
/// Rows of the itinerary's table that are looked at.
const MOST_ROWS: usize = 600;

/// A form's fields, in their order.
pub(super) struct Typed(Vec<(String, String)>);

/// Typed text, cut where it is longer than anybody types.
pub(super) fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

impl Typed {
    pub fn of(body: &[u8]) -> Self {
        let pairs = form_urlencoded::parse(body);
        Self(
            pairs
                .map(|(name, value)| (name.into_owned(), short(&value)))
                .collect(),
        )
    }

    /// A field's text; empty where it was not sent.
    pub fn get<'a>(&'a self, name: &'a str) -> &'a str {
        self.all(name).next().unwrap_or_default()
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    }

    fn field(&self, name: &str) -> Field {
        Field::of(self.get(name))
    }

    /// The side is found by the subject.
    pub fn twin(&self, subject: SubjectId) -> TwinForm {
        TwinForm {
            twin: Twin::A,
            subject,
            name: self.field("name"),
            sex: self.field("sex"),
            birth_year: self.field("birth_year"),
            resting_heart_rate: self.field("resting_heart_rate"),
            max_heart_rate: self.field("max_heart_rate"),
            lt1: self.field("lt1"),
            lt2: self.field("lt2"),
            estimated_max_heart_rate: None,
            problem: String::new(),
        }
    }

    /// The side and the name are found by the subject.
    pub fn limits(&self, subject: SubjectId) -> LimitsForm {
        LimitsForm {
            twin: Twin::A,
            subject,
            name: String::new(),
            shown: self.field("shown"),
            medium: self.field("medium"),
            high: self.field("high"),
            high_at_low_altitude: self.field("high_at_low_altitude"),
            low_altitude: self.field("low_altitude"),
            expected_sds: self.field("expected_sds"),
            defaults: Spo2Limits::default(),
            problem: String::new(),
        }
    }

    /// Each row sends each of its text fields, so the first of each belong together, and so on. What
    /// is to go is told by its number.
    pub fn itinerary(&self) -> ItineraryForm {
        let column = |name| self.all(name).take(MOST_ROWS).collect::<Vec<_>>();
        let [dates, times, offsets, altitudes, places] =
            ["date", "time", "utc_offset", "altitude", "place"].map(column);
        let gone: Vec<usize> = self
            .all("remove")
            .filter_map(|number| number.parse().ok())
            .collect();
        let at = |column: &[&str], index: usize| {
            Field::of(column.get(index).copied().unwrap_or_default())
        };
        let rows = (0..dates.len()).map(|index| WaypointRow {
            date: at(&dates, index),
            time: at(&times, index),
            utc_offset: at(&offsets, index),
            altitude: at(&altitudes, index),
            place: at(&places, index),
            remove: gone.contains(&index),
        });
        ItineraryForm {
            name: self.field("name"),
            first_day: self.field("first_day"),
            last_day: self.field("last_day"),
            rows: rows.collect(),
            is_draft: self.get("is_draft") == "true",
            ..ItineraryForm::default()
        }
    }

    /// # Errors
    /// A sentence, where something else was sent than the page offers.
    pub fn units(&self) -> Result<Units, String> {
        let units = || {
            Some(Units {
                temperature: Temperature::from_id(self.get("temperature"))?,
                distance: Distance::from_id(self.get("distance"))?,
                clock: Clock::from_id(self.get("clock"))?,
                week_start: WeekStart::from_id(self.get("week_start"))?,
            })
        };
        units().ok_or_else(|| "Choose one of each. Nothing was saved.".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_put_together_by_their_order() {
        let body = "name=Khumbu&first_day=2026-10-05&last_day=2026-10-18\
            &date=2026-10-05&time=08%3A30&utc_offset=%2B05%3A45&altitude=2860&place=Lukla\
            &date=&time=&utc_offset=%2B05%3A45&altitude=&place=&remove=1&remove=x&do=save";
        let form = Typed::of(body.as_bytes()).itinerary();
        assert_eq!(form.name.value, "Khumbu");
        assert_eq!(form.rows.len(), 2);
        assert_eq!(form.rows[0].utc_offset.value, "+05:45");
        assert_eq!((form.rows[0].remove, form.rows[1].remove), (false, true));
    }

    #[test]
    fn what_nobody_types_does_no_harm() {
        let typed =
            Typed::of(format!("name={}&date=1&date=2&time=3", "x".repeat(10_000)).as_bytes());
        assert_eq!(typed.twin(SubjectId(1)).name.value.len(), LONGEST);
        let rows = typed.itinerary().rows;
        assert_eq!((rows.len(), rows[1].time.value.as_str()), (2, ""));
        assert!(Typed::of(b"\xff%zz=&&=").units().is_err());
        let many = "date=1&".repeat(5_000);
        assert_eq!(Typed::of(many.as_bytes()).itinerary().rows.len(), MOST_ROWS);
    }

    #[test]
    fn units_are_chosen_from_what_is_offered() {
        let read = |body: &str| Typed::of(body.as_bytes()).units();
        let chosen = read("temperature=f&distance=mi&clock=12&week_start=sun").unwrap();
        assert_eq!(chosen.temperature, Temperature::Fahrenheit);
        assert!(read("temperature=k&distance=mi&clock=12&week_start=sun").is_err());
        assert!(read("").is_err());
    }
}
