//! The chart as SVG: labels always, geometry until a canvas has taken over.

use chart::{Label, Layout, Options, layout, svg};
use leptos::prelude::*;

use super::state::{PHONE, State};

/// The tablet's picture, which becomes the live one, and the phone's, which then goes.
#[component]
pub(super) fn Pictures(state: State) -> impl IntoView {
    let geometry = move || {
        if state.painted.get() {
            String::new()
        } else {
            state.layout.with(|layout| svg(&layout.shapes))
        }
    };
    let phone = Memo::new(move |_| {
        (!state.painted.get()).then(|| {
            state.source.with(state.shown.get(), |chart| {
                layout(chart, PHONE, Options::COMPACT)
            })
        })
    });
    view! {
        <svg
            class="chart-svg chart-wide"
            viewBox=move || state.layout.with(view_box)
            preserveAspectRatio="xMidYMin meet"
            role="img"
            aria-label=move || state.summary.get()
        >
            <g inner_html=geometry></g>
            <g>{move || state.layout.with(|layout| labels(&layout.labels))}</g>
        </svg>
        <svg
            class="chart-svg chart-narrow"
            viewBox=format!("0 0 {} {}", PHONE.width_px, PHONE.height_px)
            preserveAspectRatio="xMidYMin meet"
            role="img"
            aria-label=move || state.summary.get()
        >
            <g inner_html=move || {
                phone.with(|phone| phone.as_ref().map(|layout| svg(&layout.shapes)).unwrap_or_default())
            }></g>
            <g>{move || phone.with(|phone| phone.as_ref().map(|layout| labels(&layout.labels)))}</g>
        </svg>
    }
}

fn view_box(layout: &Layout) -> String {
    format!(
        "0 0 {} {}",
        px(layout.size.width_px),
        px(layout.size.height_px)
    )
}

pub(crate) fn labels(labels: &[Label]) -> impl IntoView + use<> {
    labels
        .iter()
        .map(|label| {
            view! {
                <text
                    class=label.style.class()
                    x=px(label.x)
                    y=px(label.y)
                    text-anchor=label.anchor.id()
                >
                    {label.text.clone()}
                </text>
            }
        })
        .collect_view()
}

/// A length to a hundredth of a pixel.
pub(crate) fn px(length: f64) -> String {
    ((length * 100.0).round() / 100.0).to_string()
}
