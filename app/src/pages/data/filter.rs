//! What the table is narrowed to: a form that works without JavaScript.

use leptos::prelude::*;
use leptos_router::components::Form;
use physiology::{Metric, Twin};
use views::data::{DataFilter, Show};

/// Twin, source, what to show, metrics.
#[component]
pub(super) fn FilterForm(filter: Memo<DataFilter>, names: Memo<[String; 2]>) -> impl IntoView {
    view! {
        // Made anew with every filter, so that its fields show what is shown.
        {move || {
            let (filter, names) = (filter.get(), names.get());
            view! { <Fields filter names /> }
        }}
    }
    .into_any()
}

#[component]
fn Fields(filter: DataFilter, names: [String; 2]) -> impl IntoView {
    let twins = Twin::BOTH.into_iter().zip(names).map(|(twin, name)| {
        let text = format!("{} {name}", twin.letter());
        choice(twin.id(), text, filter.twin == Some(twin))
    });
    let twins = twins.collect_view();
    let sources = DataFilter::SOURCES.into_iter().map(|source| {
        let is_chosen = filter.source == Some(source);
        choice(source.id(), source.name().to_owned(), is_chosen)
    });
    let sources = sources.collect_view();
    let shows = Show::ALL.into_iter().map(|show| {
        let text = match show {
            Show::Values => "Values",
            Show::All => "Values and missing days",
            Show::Missing => "Missing days only",
        };
        choice(show.id(), text.to_owned(), filter.show == show)
    });
    let shows = shows.collect_view();
    let chosen = match filter.metrics.as_slice() {
        [] => "all".to_owned(),
        [only] => only.info().name.to_owned(),
        several => format!("{} of {}", several.len(), Metric::ALL.len()),
    };
    let boxes = Metric::ALL.iter().map(|metric| {
        let is_chosen = filter.metrics.contains(metric);
        view! {
            <label class="data-check">
                <input type="checkbox" name="metrics" value=metric.id() checked=is_chosen />
                <span>{metric.info().name}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    let both = choice("", "Both".to_owned(), filter.twin.is_none());
    let every = choice("", "Every source".to_owned(), filter.source.is_none());
    let range = filter.range.id();
    view! {
        <Form method="get" action="/data" noscroll=true attr:class="data-filter">
            <input type="hidden" name="range" value=range />
            <p class="data-field">
                <label for="data-twin">"Twin"</label>
                <select id="data-twin" name="twin">
                    {both}
                    {twins}
                </select>
            </p>
            <p class="data-field">
                <label for="data-source">"Source"</label>
                <select id="data-source" name="source">
                    {every}
                    {sources}
                </select>
            </p>
            <p class="data-field">
                <label for="data-show">"Show"</label>
                <select id="data-show" name="show">
                    {shows}
                </select>
            </p>
            <details class="data-metrics">
                <summary class="btn">"Metrics: " {chosen}</summary>
                <fieldset>
                    <legend>"Metrics. None ticked is all of them."</legend>
                    {boxes}
                </fieldset>
            </details>
            <button class="btn btn-primary" type="submit">
                "Show"
            </button>
        </Form>
    }
    .into_any()
}

fn choice(value: &'static str, text: String, is_chosen: bool) -> impl IntoView {
    view! {
        <option value=value selected=is_chosen>
            {text}
        </option>
    }
}
