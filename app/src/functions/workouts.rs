//! Workouts.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use views::workouts::{OneWorkout, Workouts};

use super::PageError;

/// A week of both twins; `week`, `day` and `activity` as in the address, empty where it says
/// nothing.
#[server(name = GetWorkouts, prefix = "/ask", endpoint = "workouts", input = GetUrl, output = Postcard)]
pub(crate) async fn workouts(
    week: String,
    day: String,
    activity: String,
) -> Result<Workouts, PageError> {
    use services::WorkoutsQuery;
    use views::workouts::ActivityFilter;

    fn read<T>(
        text: &str,
        read: impl Fn(&str) -> Option<T>,
        why: &'static str,
    ) -> Result<Option<T>, PageError> {
        if text.is_empty() {
            return Ok(None);
        }
        let found = read(text).ok_or_else(|| PageError::Invalid(why.to_owned()))?;
        Ok(Some(found))
    }

    let (services, viewer) = super::request::asked()?;
    let filter = read(
        &activity,
        ActivityFilter::from_id,
        "There is no such activity.",
    )?;
    let query = WorkoutsQuery {
        week: read(
            &week,
            |text| physiology::Week::named_day(text).ok(),
            "A week is written 2026-W41.",
        )?,
        day: read(
            &day,
            |text| text.parse().ok(),
            "A date is written YYYY-MM-DD.",
        )?,
        filter: filter.unwrap_or_default(),
    };
    Ok(services.workouts(&viewer, query).await?)
}

/// One workout, with the other twin's of that day.
#[server(name = GetWorkout, prefix = "/ask", endpoint = "workout", input = GetUrl, output = Postcard)]
pub(crate) async fn workout(id: String) -> Result<OneWorkout, PageError> {
    let (services, viewer) = super::request::asked()?;
    Ok(services.workout(&viewer, &id).await?)
}
