//! What makes a chart paint again: its room, the screen's density, the theme.

use core::cell::RefCell;
use core::time::Duration;
use std::rc::Rc;

use chart::Size;
use js_sys::Array;
use leptos::prelude::set_timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Element, EventTarget, MutationObserver, MutationObserverInit, ResizeObserver, Window,
};

use crate::components::chart::stage::Screen;

/// Observers and listeners that live as long as this does.
pub(super) struct Watch {
    resize: ResizeObserver,
    theme: MutationObserver,
    _on_resize: Closure<dyn FnMut()>,
    _on_theme: Closure<dyn FnMut()>,
    _scheme: Option<Listener>,
    _density: Rc<RefCell<Option<Listener>>>,
    _print: [Option<Listener>; 2],
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.resize.disconnect();
        self.theme.disconnect();
    }
}

impl Watch {
    /// Calls `measured` now and whenever the room or the density changes, and `themed` whenever
    /// the theme does, and `printing` before (`true`) and after (`false`) the page is printed. None
    /// where the browser lacks what that takes.
    pub(super) fn start(
        stage: &Element,
        measured: impl Fn(Screen) + Clone + 'static,
        themed: impl Fn() + Clone + 'static,
        printing: impl Fn(bool) + Copy + 'static,
    ) -> Option<Self> {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;

        let measure = {
            let (stage, window) = (stage.clone(), window.clone());
            Rc::new(move || {
                // The stage has no padding and no border, so that this is the picture's room.
                let (width_px, height_px) = (
                    f64::from(stage.client_width()),
                    f64::from(stage.client_height()),
                );
                // Nothing is laid out while the page is hidden.
                if width_px > 0.0 && height_px > 0.0 {
                    measured(Screen {
                        size: Size::new(width_px, height_px),
                        device_px_per_px: window.device_pixel_ratio().clamp(0.25, 8.0),
                    });
                }
            })
        };

        let on_resize = {
            let measure = Rc::clone(&measure);
            Closure::<dyn FnMut()>::new(move || measure())
        };
        let resize = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        // Observing reports the present size first.
        resize.observe(stage);

        let on_theme = Closure::<dyn FnMut()>::new(themed.clone());
        let theme = MutationObserver::new(on_theme.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        options.set_attribute_filter(&Array::of1(&"data-theme".into()));
        theme.observe_with_options(&root, &options).ok()?;

        let scheme = media(&window, "(prefers-color-scheme: dark)")
            .and_then(|query| Listener::new(query, "change", themed));
        let density = Rc::new(RefCell::new(None));
        follow_density(&window, &density, measure);
        let print = [("beforeprint", true), ("afterprint", false)].map(|(event, on_paper)| {
            Listener::new(window.clone().into(), event, move || printing(on_paper))
        });

        Some(Self {
            resize,
            theme,
            _on_resize: on_resize,
            _on_theme: on_theme,
            _scheme: scheme,
            _density: density,
            _print: print,
        })
    }
}

/// Calls `changed` whenever the density changes: by zooming, or on another monitor.
///
/// A media query can only say that the density is no longer what it was, so each change asks anew.
fn follow_density(window: &Window, slot: &Rc<RefCell<Option<Listener>>>, changed: Rc<dyn Fn()>) {
    let query = format!("(resolution: {}dppx)", window.device_pixel_ratio());
    let (again, window_again) = (Rc::downgrade(slot), window.clone());
    let listener = media(window, &query).and_then(|query| {
        Listener::new(query, "change", move || {
            changed();
            let (again, window, changed) =
                (again.clone(), window_again.clone(), Rc::clone(&changed));
            // After this listener has returned: it is about to be replaced.
            set_timeout(
                move || {
                    if let Some(slot) = again.upgrade() {
                        follow_density(&window, &slot, changed);
                    }
                },
                Duration::ZERO,
            );
        })
    });
    slot.replace(listener);
}

fn media(window: &Window, query: &str) -> Option<EventTarget> {
    window.match_media(query).ok().flatten().map(Into::into)
}

/// An event listener that is removed when dropped.
struct Listener {
    target: EventTarget,
    event: &'static str,
    callback: Closure<dyn FnMut()>,
}

impl Listener {
    fn new(
        target: EventTarget,
        event: &'static str,
        callback: impl FnMut() + 'static,
    ) -> Option<Self> {
        let callback = Closure::<dyn FnMut()>::new(callback);
        target
            .add_event_listener_with_callback(event, callback.as_ref().unchecked_ref())
            .ok()?;
        Some(Self {
            target,
            event,
            callback,
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(
            self.event,
            self.callback.as_ref().unchecked_ref(),
        );
    }
}
