//! A small picture that follows nothing: server and browser draw it alike.

use chart::{Picture, svg};
use leptos::prelude::*;

use super::picture::{label_elements, px};

/// A picture as SVG, as wide as its place, with its text.
#[component]
pub fn Drawing(
    picture: Signal<Picture>,
    /// What lies over it, of the same size: what changes more often.
    #[prop(optional)]
    over: Option<Signal<Picture>>,
    /// What it shows, for those who do not see it.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let view_box = move || {
        picture.with(|picture| {
            let size = picture.size;
            format!("0 0 {} {}", px(size.width_px), px(size.height_px))
        })
    };
    let parts = |picture: Signal<Picture>| {
        view! {
            <g inner_html=move || picture.with(|picture| svg(&picture.shapes))></g>
            <g inner_html=move || picture.with(|picture| label_elements(&picture.labels))></g>
        }
    };
    view! {
        <svg class="chart-text drawing" viewBox=view_box role="img" aria-label=move || name.get()>
            {parts(picture)}
            {over.map(parts)}
        </svg>
    }
    .into_any()
}
