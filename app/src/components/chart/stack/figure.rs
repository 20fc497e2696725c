//! The stack with its legend, readout and table.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use leptos::prelude::*;
use physiology::{Day, Metric};
use views::Compare;

use super::picture::Pictures;
use super::readout::ReadoutBar;
use super::state::State;
use super::table::StackTable;
use crate::components::chart::live;

/// How many nights an arrow key moves while Shift is held.
const LONG_STEP: isize = 7;

/// Metrics of both twins over days, altitude below: `figure[data-chart="stack"]`.
///
/// Without JavaScript it is a picture and a table; with it, one crosshair runs through all lanes and
/// follows pointer, touch and keys (arrows, Shift with arrows, Home, End, Escape). `data-live` is set
/// once it does.
#[component]
pub fn StackFigure(
    /// What is shown.
    compare: Signal<Compare>,
    /// The night the crosshair stands on; shared with what is beside the stack.
    cursor: RwSignal<Option<Day>>,
    /// The metric whose values are read out as the crosshair moves.
    spoken: Memo<Metric>,
) -> impl IntoView {
    let state = State::new(compare, cursor);
    let stage = NodeRef::<Div>::new();
    live::measure(stage, state.screen);
    view! {
        <figure
            class="chart stack"
            data-chart="stack"
            data-live=move || state.screen.with(Option::is_some).then_some("")
        >
            <figcaption class="hidden">"Metrics of both twins on one time axis"</figcaption>
            <ReadoutBar state spoken />
            <div
                class="chart-stage stack-stage"
                node_ref=stage
                tabindex="0"
                role="group"
                aria-label="Charts. Arrow keys move from night to night."
                on:pointermove=move |event: PointerEvent| state.point(f64::from(event.offset_x()))
                on:pointerdown=move |event: PointerEvent| state.point(f64::from(event.offset_x()))
                on:pointerleave=move |event: PointerEvent| {
                    // A finger that lifts leaves the crosshair where it was put.
                    if event.pointer_type() == "mouse" {
                        state.leave();
                    }
                }
                on:keydown=move |event| key(state, &event)
            >
                <Pictures state />
            </div>
            <StackTable state />
        </figure>
    }
    .into_any()
}

fn key(state: State, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let nights = if event.shift_key() { LONG_STEP } else { 1 };
    match event.key().as_str() {
        "ArrowLeft" => state.step(-nights),
        "ArrowRight" => state.step(nights),
        "Home" => state.step(isize::MIN),
        "End" => state.step(isize::MAX),
        "Escape" => state.leave(),
        _ => return,
    }
    event.prevent_default();
}
