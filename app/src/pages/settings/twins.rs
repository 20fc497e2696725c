//! Who the twins are, and which is which.

use leptos::prelude::*;
use views::settings::{Field, TwinForm};

use super::field::{Choice, Input, Named, Summary, Typed, Value, wrong};
use crate::components::TwinMark;

/// A form each, and the exchange of sides.
#[component]
pub(super) fn Twins(twins: [TwinForm; 2], may_change: bool) -> impl IntoView {
    let names = twins.each_ref().map(|twin| twin.name.value.clone());
    let cards = twins
        .map(|form| view! { <Card form may_change /> })
        .into_iter()
        .collect_view();
    let swap = may_change.then(|| {
        let [a, b] = names;
        view! {
            <form class="set-swap" method="post" action="/settings?form=swap#twins">
                <p>
                    "Differences are A − B. Exchanged, " {b} " is A and " {a}
                    " is B; whose data is whose stays."
                </p>
                <button class="btn" type="submit">
                    "Exchange A and B"
                </button>
            </form>
        }
    });
    view! {
        <div class="set-pair">{cards}</div>
        {swap}
    }
    .into_any()
}

const SEXES: [(&str, &str); 3] = [("", "unknown"), ("female", "female"), ("male", "male")];

/// The fields of the form, with what they are called.
fn fields(form: &TwinForm) -> [(Named, Field, Typed); 7] {
    let prefix = form.twin.id();
    let named = |name, label| Named::new(prefix, name, label);
    let estimate = form.estimated_max_heart_rate.map_or_else(
        || "If blank: 208 − 0.7 × age (Tanaka 2001).".to_owned(),
        |bpm| format!("If blank: {bpm} bpm, 208 − 0.7 × age (Tanaka 2001)."),
    );
    [
        (named("name", "Name"), form.name.clone(), Typed::Text),
        (
            named("sex", "Sex").hint("For the training load's formula."),
            form.sex.clone(),
            Typed::Text,
        ),
        (
            named("birth_year", "Year of birth"),
            form.birth_year.clone(),
            Typed::Number,
        ),
        (
            named("resting_heart_rate", "Resting heart rate").unit("bpm"),
            form.resting_heart_rate.clone(),
            Typed::Number,
        ),
        (
            named("lt1", "First threshold, LT1").unit("bpm"),
            form.lt1.clone(),
            Typed::Number,
        ),
        (
            named("lt2", "Second threshold, LT2").unit("bpm"),
            form.lt2.clone(),
            Typed::Number,
        ),
        (
            named("max_heart_rate", "Maximal heart rate")
                .unit("bpm")
                .hint(estimate),
            form.max_heart_rate.clone(),
            Typed::Number,
        ),
    ]
}

#[component]
fn Card(form: TwinForm, may_change: bool) -> impl IntoView {
    let twin = form.twin;
    let fields = fields(&form);
    let head = view! {
        <h3 class=format!("twin-head twin-head-{}", twin.id())>
            <TwinMark twin />
            "Twin "
            {twin.letter()}
        </h3>
    };
    if !may_change {
        let values = fields
            .into_iter()
            .map(|(named, field, _)| {
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
    let summary = wrong(fields.iter().map(|(named, field, _)| (named, field)));
    let inputs = fields
        .into_iter()
        .map(|(named, field, typed)| {
            if named.name == "sex" {
                view! { <Choice named field options=SEXES.to_vec() /> }.into_any()
            } else {
                view! { <Input named field typed /> }.into_any()
            }
        })
        .collect_view();
    view! {
        <form class="set-card" method="post" action="/settings?form=twin#twins">
            {head} <Summary problem=form.problem fields=summary />
            <input type="hidden" name="subject" value=form.subject.to_string() />
            <div class="set-fields">{inputs}</div>
            <button class="btn" type="submit">
                "Save twin "
                {twin.letter()}
            </button>
        </form>
    }
    .into_any()
}
