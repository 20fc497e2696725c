//! The chart in the browser: measured, painted on canvas, in the colours of the theme.

mod canvas;
mod colours;
mod watch;

use chart::{Palette, crosshair};
use leptos::html::Div;
use leptos::prelude::*;

use super::state::{Nodes, Screen, State};
use watch::Watch;

/// Starts to measure, paint and follow once the elements are there; ends with the component.
pub(super) fn attach(nodes: Nodes, state: State) {
    let palette = RwSignal::new(Palette::light());
    // Dropped with the component, and with it every observer and listener.
    let watch = StoredValue::new_local(None::<Watch>);
    Effect::new(move |_| {
        if let Some(stage) = nodes.stage.get() {
            palette.set(colours::read());
            watch.set_value(Watch::start(
                &stage,
                move |screen| {
                    if state.screen.get_untracked() != Some(screen) {
                        state.screen.set(Some(screen));
                    }
                },
                move || palette.set(colours::read()),
                // Paper is of another size and density than the screen: it gets the SVG.
                move |on_paper| {
                    if state.screen.with_untracked(Option::is_some) {
                        state.painted.set(!on_paper);
                    }
                },
            ));
        }
    });
    Effect::new(move |_| {
        let (Some(screen), Some(data)) = (state.screen.get(), nodes.data.get()) else {
            return;
        };
        let done = palette.with(|palette| {
            state
                .layout
                .with(|layout| canvas::paint(&data, screen, &layout.shapes, palette))
        });
        if state.painted.get_untracked() != done {
            state.painted.set(done);
        }
    });
    Effect::new(move |_| {
        let (Some(screen), Some(overlay)) = (state.screen.get(), nodes.overlay.get()) else {
            return;
        };
        let shapes = state.stop.get().map_or_else(Vec::new, |stop| {
            state.layout.with(|layout| crosshair(layout, stop))
        });
        palette.with(|palette| canvas::paint(&overlay, screen, &shapes, palette));
    });
}

/// Keeps what room a stage has, and nothing else: for pictures that stay SVG.
pub(super) fn measure(stage: NodeRef<Div>, screen: RwSignal<Option<Screen>>) {
    let watch = StoredValue::new_local(None::<Watch>);
    Effect::new(move |_| {
        if let Some(stage) = stage.get() {
            let measured = move |now| {
                if screen.get_untracked() != Some(now) {
                    screen.set(Some(now));
                }
            };
            watch.set_value(Watch::start(&stage, measured, || (), |_| ()));
        }
    });
}
