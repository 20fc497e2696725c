//! How times and amounts are written for this account.

use leptos::prelude::*;
use physiology::units::{Clock, Distance, Temperature, WeekStart};
use views::settings::UnitsForm;

use super::field::Summary;

/// One of each.
#[component]
pub(super) fn UnitsChoice(form: UnitsForm) -> impl IntoView {
    let units = form.units;
    view! {
        <form method="post" action="/settings?form=units#units">
            <Summary problem=form.problem fields=Vec::new() />
            <div class="set-groups">
                <Group
                    legend="Temperature"
                    name="temperature"
                    chosen=units.temperature.id()
                    options=vec![
                        (Temperature::Celsius.id(), "°C"),
                        (Temperature::Fahrenheit.id(), "°F"),
                    ]
                />
                <Group
                    legend="Distance"
                    name="distance"
                    chosen=units.distance.id()
                    options=vec![
                        (Distance::Kilometres.id(), "Kilometres"),
                        (Distance::Miles.id(), "Miles"),
                    ]
                />
                <Group
                    legend="Clock"
                    name="clock"
                    chosen=units.clock.id()
                    options=vec![(Clock::Hours24.id(), "17:30"), (Clock::Hours12.id(), "5:30 pm")]
                />
                <Group
                    legend="Week begins on"
                    name="week_start"
                    chosen=units.week_start.id()
                    options=vec![
                        (WeekStart::Monday.id(), "Monday"),
                        (WeekStart::Sunday.id(), "Sunday"),
                        (WeekStart::Saturday.id(), "Saturday"),
                    ]
                />
            </div>
            <p class="set-hint">"Altitudes are metres for everybody, as on maps and in limits."</p>
            <button class="btn" type="submit">
                "Save units and time"
            </button>
        </form>
    }
    .into_any()
}

#[component]
fn Group(
    legend: &'static str,
    name: &'static str,
    chosen: &'static str,
    options: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let radios = options
        .into_iter()
        .map(|(id, text)| {
            view! {
                <label class="set-radio">
                    <input type="radio" name=name value=id checked=id == chosen />
                    <span>{text}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="set-group">
            <legend>{legend}</legend>
            {radios}
        </fieldset>
    }
    .into_any()
}
