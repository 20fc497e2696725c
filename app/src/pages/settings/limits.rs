//! When a night's SpO₂ raises an alarm, per twin.

use leptos::prelude::*;
use physiology::metric::decimal;
use views::settings::{Field, LimitsForm};

use super::field::{Input, Named, Summary, Typed, Value, wrong};
use crate::components::TwinMark;

/// A form each.
#[component]
pub(super) fn Limits(limits: [LimitsForm; 2], may_change: bool) -> impl IntoView {
    let cards = limits
        .map(|form| view! { <Card form may_change /> })
        .into_iter()
        .collect_view();
    view! { <div class="set-pair">{cards}</div> }.into_any()
}

/// Where the fixed limits are from.
const OURS: &str = "Acclimate's own, with the priorities of IEC 60601-1-8";

/// The fields of the form, each with its rule, its default, and where that is from.
fn fields(form: &LimitsForm) -> [(Named, Field); 6] {
    let prefix = format!("{}-limit", form.twin.id());
    let defaults = form.defaults;
    let named = |name, label, unit: &'static str, rule: &str, default: f64, source: &str| {
        let decimals = u8::from(default.fract() != 0.0);
        let default = decimal(default, decimals, false);
        Named::new(&prefix, name, label)
            .unit(unit)
            .hint(format!("{rule} Default {default} {unit}: {source}."))
    };
    [
        (
            named(
                "shown",
                "Always shown below",
                "%",
                "Medium at low sleeping altitude, low above it.",
                defaults.shown_percent,
                OURS,
            ),
            form.shown.clone(),
        ),
        (
            named(
                "medium",
                "Medium below",
                "%",
                "At any altitude.",
                defaults.medium_percent,
                OURS,
            ),
            form.medium.clone(),
        ),
        (
            named(
                "high",
                "High below",
                "%",
                "At any altitude.",
                defaults.high_percent,
                OURS,
            ),
            form.high.clone(),
        ),
        (
            named(
                "high_at_low_altitude",
                "High below, at low altitude",
                "%",
                "Where there is no itinerary, every night counts as slept low.",
                defaults.high_at_low_altitude_percent,
                OURS,
            ),
            form.high_at_low_altitude.clone(),
        ),
        (
            named(
                "low_altitude",
                "Low altitude ends at",
                "m",
                "Sleeping altitude, by the itinerary.",
                defaults.low_altitude_m,
                "where the International Society for Mountain Medicine lets high altitude begin",
            ),
            form.low_altitude.clone(),
        ),
        (
            named(
                "expected_sds",
                "Medium, this far under what is expected",
                "SD",
                "Against the altitude and the nights slept there.",
                defaults.expected_sds,
                "mean and SD of sea-level residents asleep, as published for 520 to 4,500 m",
            ),
            form.expected_sds.clone(),
        ),
    ]
}

#[component]
fn Card(form: LimitsForm, may_change: bool) -> impl IntoView {
    let twin = form.twin;
    let fields = fields(&form);
    let head = view! {
        <h3 class=format!("twin-head twin-head-{}", twin.id())>
            <TwinMark twin />
            {form.name}
        </h3>
    };
    if !may_change {
        let values = fields
            .into_iter()
            .map(|(named, field)| {
                view! { <Value label=named.label value=field.value unit=named.unit /> }
            })
            .collect_view();
        return view! {
            <div class="set-card">
                {head} <dl class="set-values">{values}</dl>
            </div>
        }
        .into_any();
    }
    let summary = wrong(fields.iter().map(|(named, field)| (named, field)));
    let inputs = fields
        .into_iter()
        .map(|(named, field)| view! { <Input named field typed=Typed::Number /> })
        .collect_view();
    let letter = twin.letter();
    view! {
        <form class="set-card" method="post" action="/settings?form=limits#alarms">
            {head} <Summary problem=form.problem fields=summary />
            <input type="hidden" name="subject" value=form.subject.to_string() />
            <div class="set-fields">{inputs}</div>
            <div class="set-buttons">
                <button class="btn" type="submit">
                    "Save limits of "
                    {letter}
                </button>
                <button class="btn btn-quiet" type="submit" name="do" value="reset">
                    "Back to the defaults"
                    <span class="hidden">", twin " {letter}</span>
                </button>
            </div>
        </form>
    }
    .into_any()
}
