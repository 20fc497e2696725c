//! The stack with its legend, readout and table.

use chart::View;
use leptos::prelude::*;
use physiology::{Day, Metric, Timestamp};
use views::Compare;

use super::readout::ReadoutBar;
use super::setting::Setting;
use super::state::State;
use super::table::StackTable;
use crate::components::chart::noting::Noting;
use crate::components::chart::stage::{Brush, Look, Stage, ZoomTools};
use crate::components::chart::take::TakeAlong;

/// Metrics of both twins over days, altitude below: `figure[data-chart="stack"]`.
///
/// Without JavaScript it is a picture and a table; with it, one crosshair runs through all lanes and
/// follows pointer, touch and keys (arrows, Shift with arrows, Home, End, Escape), and one looks closer
/// by dragging, wheel, two fingers, + and −.
#[component]
pub fn StackFigure(
    /// What is shown.
    compare: Signal<Compare>,
    /// The night the crosshair stands on; shared with what is beside the stack.
    cursor: RwSignal<Option<Day>>,
    /// What of it is looked at.
    look: Look,
    /// How the twins are set against each other.
    setting: Setting,
    /// What is done with notes.
    noting: Noting,
    /// Called with what is chosen of the record beyond the range, ms since the epoch; whether that
    /// is fetched.
    beyond: Callback<View, bool>,
    /// The metric whose values are read out as the crosshair moves.
    spoken: Memo<Metric>,
) -> impl IntoView {
    let state = State::new(compare, cursor, look, setting);
    let scene = state.scene(noting);
    let still = Signal::derive(move || state.still());
    let stands = scene.follow.stands;
    let at = Signal::derive(move || stands.get().map(|at_ms| Timestamp(at_ms as i64)));
    view! {
        <figure class="chart stack" data-chart="stack">
            <figcaption class="hidden">"Metrics of both twins on one time axis"</figcaption>
            <div class="chart-tools">
                <ZoomTools nav=state.nav() stands />
                {noting.here(at)}
                <TakeAlong take=state.take() />
            </div>
            <ReadoutBar state spoken />
            <Stage
                scene
                still
                label="Charts. Arrow keys move from night to night, plus and minus look closer and further, Escape shows all."
                class="stack-stage"
            />
            <Brush nav=state.nav() strip=state.strip(beyond) />
            <StackTable state />
        </figure>
    }
    .into_any()
}
