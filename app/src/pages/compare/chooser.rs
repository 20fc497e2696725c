//! Which metrics are shown, and in which order: links and one form, with or without JavaScript.

use leptos::prelude::*;
use leptos_router::components::Form;
use physiology::{Metric, SeriesKind};
use views::compare::LINES;

use super::wanted::{PATH, Wanted};
use crate::components::{Glyph, Icon};

/// The metrics shown, each with links that move or remove it, and a form that adds one.
#[component]
pub(super) fn Chooser(wanted: Memo<Wanted>) -> impl IntoView {
    let count = move || wanted.with(|wanted| wanted.metrics.len());
    let rows = move || {
        let wanted = wanted.get();
        let metrics = wanted.metrics.clone();
        metrics
            .into_iter()
            .map(|metric| row(&wanted, metric))
            .collect_view()
    };
    let lines = move || {
        let wanted = wanted.get();
        let row = |kind: SeriesKind| line(&wanted, kind);
        LINES.map(row).into_iter().collect_view()
    };
    view! {
        <details class="chooser">
            <summary class="btn">
                <Icon glyph=Glyph::Settings />
                "Metrics"
                <span class="chooser-count">{count} " shown"</span>
            </summary>
            <ol class="chooser-list">{rows}</ol>
            <h3 class="chooser-title">"Sample by sample, under them"</h3>
            <ul class="chooser-lines">{lines}</ul>
            {move || add(&wanted.get())}
        </details>
    }
    .into_any()
}

/// A link that shows a line, or hides it.
fn line(wanted: &Wanted, kind: SeriesKind) -> AnyView {
    let is_shown = wanted.lines.contains(&kind);
    view! {
        <li>
            <a
                class="btn chooser-line"
                href=wanted.with_line(kind, !is_shown)
                aria-current=is_shown.then_some("true")
                data-noscroll
            >
                <Icon glyph=if is_shown { Glyph::Minus } else { Glyph::Plus } />
                <span class="hidden">{if is_shown { "Hide " } else { "Show " }}</span>
                {kind.name()}
            </a>
        </li>
    }
    .into_any()
}

fn row(wanted: &Wanted, metric: Metric) -> AnyView {
    let name = metric.info().name;
    let moves = [
        (wanted.moved(metric, -1), Glyph::Up, "up"),
        (wanted.moved(metric, 1), Glyph::Down, "down"),
    ]
    .map(|(address, glyph, way)| step(address, glyph, format!("Move {name} {way}")));
    let remove = step(
        wanted.without(metric),
        Glyph::Minus,
        format!("Remove {name}"),
    );
    view! {
        <li>
            <span class="chooser-name">{metric.info().long_name}</span>
            {moves.into_iter().collect_view()}
            {remove}
        </li>
    }
    .into_any()
}

/// A link with a picture on it; its place stays where there is nowhere to go.
fn step(address: Option<String>, glyph: Glyph, name: String) -> AnyView {
    match address {
        Some(href) => view! {
            <a class="btn btn-icon btn-quiet" href=href aria-label=name data-noscroll>
                <Icon glyph />
            </a>
        }
        .into_any(),
        None => view! { <span class="chooser-none" aria-hidden="true"></span> }.into_any(),
    }
}

fn add(wanted: &Wanted) -> AnyView {
    let addable = wanted.addable();
    if addable.is_empty() {
        return view! { <p class="chooser-full">"No more metrics fit on one page."</p> }.into_any();
    }
    let mut hidden = vec![
        ("range", wanted.range.range.id()),
        ("metrics", wanted.list()),
    ];
    hidden.extend(
        wanted
            .rest()
            .into_iter()
            .filter(|(name, _)| *name != "metrics"),
    );
    let options = addable
        .into_iter()
        .map(|metric| view! { <option value=metric.id()>{metric.info().long_name}</option> })
        .collect_view();
    view! {
        <Form method="get" action=PATH noscroll=true attr:class="chooser-add">
            {hidden
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view()}
            <label for="add-metric">"Add a metric"</label>
            <select class="field" id="add-metric" name="add">
                {options}
            </select>
            <button class="btn" type="submit">
                <Icon glyph=Glyph::Plus />
                "Add"
            </button>
        </Form>
    }
    .into_any()
}
