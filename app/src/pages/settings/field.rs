//! A field with its label, its hint, and what is wrong with it; or its value, for who may not
//! change it.

use leptos::prelude::*;
use views::settings::Field;

/// What a field is called, by people and in the form.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Unlike any other on the page.
    pub id: String,
    /// In the form.
    pub name: &'static str,
    /// For people.
    pub label: &'static str,
    /// Behind the value; may be empty.
    pub unit: &'static str,
    /// Under the value; may be empty.
    pub hint: String,
}

impl Named {
    pub fn new(form: &str, name: &'static str, label: &'static str) -> Self {
        Self {
            id: format!("{form}-{name}"),
            name,
            label,
            unit: "",
            hint: String::new(),
        }
    }

    pub fn unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }

    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: hint.into(),
            ..self
        }
    }

    fn described_by(&self, problem: &str) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let problem = (!problem.is_empty()).then(|| format!("{}-problem", self.id));
        let ids: Vec<String> = problem.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// How a field is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    Text,
    Number,
    Date,
}

/// A line of text, a number or a date.
#[component]
pub(super) fn Input(named: Named, field: Field, typed: Typed) -> impl IntoView {
    let kind = if typed == Typed::Date { "date" } else { "text" };
    let described_by = named.described_by(&field.problem);
    let Named {
        id,
        name,
        label,
        unit,
        hint,
    } = named;
    view! {
        <div class="set-field">
            <label for=id.clone()>{label}</label>
            <div class="set-input">
                <input
                    class="field"
                    id=id.clone()
                    name=name
                    type=kind
                    value=field.value
                    inputmode=(typed == Typed::Number).then_some("decimal")
                    autocomplete="off"
                    aria-invalid=(!field.problem.is_empty()).then_some("true")
                    aria-describedby=described_by
                />
                {(!unit.is_empty()).then(|| view! { <span class="set-unit">{unit}</span> })}
            </div>
            <Wrong id=id.clone() problem=field.problem />
            <Hint id hint />
        </div>
    }
    .into_any()
}

/// One of a list.
#[component]
pub(super) fn Choice(
    named: Named,
    field: Field,
    /// Ids with what people read.
    options: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let described_by = named.described_by(&field.problem);
    let Named {
        id,
        name,
        label,
        hint,
        ..
    } = named;
    let chosen = field.value;
    view! {
        <div class="set-field">
            <label for=id.clone()>{label}</label>
            <select
                class="field"
                id=id.clone()
                name=name
                aria-invalid=(!field.problem.is_empty()).then_some("true")
                aria-describedby=described_by
            >
                {options
                    .into_iter()
                    .map(|(value, text)| {
                        view! {
                            <option value=value selected=chosen == value>
                                {text}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <Wrong id=id.clone() problem=field.problem />
            <Hint id hint />
        </div>
    }
    .into_any()
}

/// A value for who may not change it.
#[component]
pub(super) fn Value(label: &'static str, value: String, unit: &'static str) -> impl IntoView {
    let written = match (value.is_empty(), unit.is_empty()) {
        (true, _) => "unknown".to_owned(),
        (false, true) => value,
        (false, false) => format!("{value}\u{a0}{unit}"),
    };
    view! {
        <div class="set-value">
            <dt>{label}</dt>
            <dd>{written}</dd>
        </div>
    }
    .into_any()
}

/// What is wrong with a field, where anything is.
#[component]
pub(super) fn Wrong(id: String, problem: String) -> impl IntoView {
    (!problem.is_empty()).then(|| {
        view! {
            <p class="field-problem" id=format!("{id}-problem")>
                {problem}
            </p>
        }
    })
}

#[component]
fn Hint(id: String, hint: String) -> impl IntoView {
    (!hint.is_empty()).then(|| {
        view! {
            <p class="set-hint" id=format!("{id}-hint")>
                {hint}
            </p>
        }
    })
}

/// Why a form was not saved: as a whole, or which fields need another look.
#[component]
pub(super) fn Summary(
    problem: String,
    /// The ids and labels of the fields that are wrong.
    fields: Vec<(String, String)>,
) -> impl IntoView {
    if problem.is_empty() && fields.is_empty() {
        return ().into_any();
    }
    let lead = match fields.len() {
        0 => String::new(),
        1 => "Nothing was saved. Look again at ".to_owned(),
        number => format!("Nothing was saved. {number} fields need another look: "),
    };
    let last = fields.len().saturating_sub(1);
    let links = fields.into_iter().enumerate().map(|(index, (id, label))| {
        view! {
            <a href=format!("#{id}") rel="external">{label}</a>
            {if index == last { "." } else { ", " }}
        }
    });
    view! {
        <p class="set-problem" role="alert">
            {problem} {lead} {links.collect_view()}
        </p>
    }
    .into_any()
}

/// The fields of a form that are wrong, for its summary.
pub(super) fn wrong<'a>(
    fields: impl IntoIterator<Item = (&'a Named, &'a Field)>,
) -> Vec<(String, String)> {
    let wrong = fields
        .into_iter()
        .filter(|(_, field)| !field.problem.is_empty());
    wrong
        .map(|(named, _)| (named.id.clone(), named.label.to_owned()))
        .collect()
}
