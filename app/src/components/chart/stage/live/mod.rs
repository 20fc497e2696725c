//! The stage in the browser: measured, painted on canvas, in the colours of the theme.

mod canvas;
mod colours;
pub(crate) mod files;
mod surface;
mod texts;
mod watch;

use chart::Palette;
use leptos::ev::{PointerEvent, WheelEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::{Nodes, Scene, Screen};
pub(super) use texts::texts;
use watch::Watch;

/// Starts to measure, paint and follow once the elements are there; ends with the component.
pub(super) fn attach(nodes: Nodes, scene: Scene, painted: RwSignal<bool>) {
    let palette = RwSignal::new(Palette::light());
    // Dropped with the component, and with it every observer and listener.
    let watch = StoredValue::new_local(None::<Watch>);
    Effect::new(move |_| {
        if let Some(stage) = nodes.stage.get() {
            palette.set(colours::read());
            watch.set_value(Watch::start(
                &stage,
                move |screen| {
                    if scene.screen.get_untracked() != Some(screen) {
                        scene.screen.set(Some(screen));
                    }
                },
                move || palette.set(colours::read()),
                // Paper is of another size and density than the screen: it gets the SVG.
                move |on_paper| {
                    if scene.screen.with_untracked(Option::is_some) {
                        painted.set(!on_paper);
                    }
                },
            ));
        }
    });
    Effect::new(move |_| {
        let (Some(screen), Some(data)) = (scene.screen.get(), nodes.data.get()) else {
            return;
        };
        let done = scene.picture.with(|picture| {
            picture.as_ref().is_some_and(|picture| {
                palette.with(|palette| canvas::paint(&data, screen, picture, palette))
            })
        });
        if painted.get_untracked() != done {
            painted.set(done);
        }
    });
    Effect::new(move |_| {
        let (Some(screen), Some(over)) = (scene.screen.get(), nodes.over.get()) else {
            return;
        };
        scene.over.with(|picture| {
            if let Some(picture) = picture {
                palette.with(|palette| canvas::paint(&over, screen, picture, palette));
            } else {
                canvas::clear(&over);
            }
        });
    });
}

/// Keeps how wide a place is.
pub(super) fn measure_width(place: NodeRef<Div>, width_px: RwSignal<f64>) {
    let watch = StoredValue::new_local(None::<Watch>);
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            let measured = move |now: Screen| {
                if width_px.get_untracked() != now.size.width_px {
                    width_px.set(now.size.width_px);
                }
            };
            watch.set_value(Watch::start(&place, measured, || (), |_| ()));
        }
    });
}

/// What is dragged beyond the stage is still the stage's.
pub(super) fn capture(event: &PointerEvent) {
    if let Some(stage) = stage_of(event) {
        let _ = stage.set_pointer_capture(event.pointer_id());
    }
}

/// Whether the stage was clicked or tabbed into.
pub(super) fn has_focus(event: &WheelEvent) -> bool {
    let active = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element());
    stage_of(event).is_some_and(|stage| active == Some(stage))
}

fn stage_of(event: &Event) -> Option<Element> {
    event.current_target()?.dyn_into().ok()
}
