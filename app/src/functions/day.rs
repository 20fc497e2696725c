//! One day of both twins.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use physiology::Day;
use views::day::{ClockChoice, DayView};

use super::PageError;

/// Last night and the day's heart rate; no day is the newest with data.
#[server(name = GetDay, prefix = "/ask", endpoint = "day", input = GetUrl, output = Postcard)]
pub(crate) async fn day(day: Option<Day>, clock: ClockChoice) -> Result<DayView, PageError> {
    let (services, viewer) = super::request::asked()?;
    let query = services::DayQuery { day, clock };
    Ok(services.day(&viewer, query).await?)
}
