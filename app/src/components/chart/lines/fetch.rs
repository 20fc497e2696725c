//! Tiles on their way from the server.

use std::collections::{HashMap, VecDeque};

use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::reactive::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestInit, Response};

use super::cache::Place;

/// A frame asks for so many: two dozen at once took longer than all else of it.
const AT_ONCE: usize = 4;

/// What is on its way, and how to call it off.
#[derive(Clone, Copy)]
pub(super) struct Fetching {
    /// What the next frames ask for, the first first.
    waiting: StoredValue<VecDeque<(Place, u64)>>,
    /// Whether the next frame asks.
    is_asking: StoredValue<bool>,
    running: StoredValue<HashMap<Place, Running>, LocalStorage>,
    /// Counts what was asked for.
    asked: StoredValue<u64>,
}

struct Running {
    /// Which question: one that was called off may have been asked again.
    number: u64,
    revision: u64,
    controller: AbortController,
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has come is not called off any more.
        self.controller.abort();
    }
}

impl Fetching {
    pub fn new() -> Self {
        Self {
            waiting: StoredValue::new(VecDeque::new()),
            is_asking: StoredValue::new(false),
            running: StoredValue::new_local(HashMap::new()),
            asked: StoredValue::new(0),
        }
    }

    /// Fetches these, the first first, and nothing else: what is on its way and not among them is
    /// called off. A tile that does not come is left lacking; it is asked for again when what is looked
    /// at changes.
    pub fn only(
        self,
        lacking: Vec<(Place, u64)>,
        came: impl Fn(Place, u64, Vec<u8>) + Copy + 'static,
    ) {
        self.running.update_value(|running| {
            running.retain(|place, one| lacking.contains(&(*place, one.revision)));
        });
        let is_running = |place: &Place| {
            self.running
                .with_value(|running| running.contains_key(place))
        };
        let waiting = lacking.into_iter().filter(|(place, _)| !is_running(place));
        self.waiting.set_value(waiting.collect());
        if !self.is_asking.get_value() {
            self.ask(came);
        }
    }

    /// Asks for the first of what waits, and with the next frame for the next.
    fn ask(self, came: impl Fn(Place, u64, Vec<u8>) + Copy + 'static) {
        let next = self.waiting.try_update_value(|waiting| {
            let count = AT_ONCE.min(waiting.len());
            waiting.drain(..count).collect::<Vec<_>>()
        });
        // Disposed with the page it was on.
        let Some(next) = next else {
            return;
        };
        self.is_asking.set_value(!next.is_empty());
        if next.is_empty() {
            return;
        }
        request_animation_frame(move || self.ask(came));
        for (place, revision) in next {
            self.start(place, revision, came);
        }
    }

    fn start(
        self,
        place: Place,
        revision: u64,
        came: impl Fn(Place, u64, Vec<u8>) + Copy + 'static,
    ) {
        let Ok(controller) = AbortController::new() else {
            return;
        };
        let init = RequestInit::new();
        init.set_signal(Some(&controller.signal()));
        let number = self.asked.get_value();
        self.asked.set_value(number + 1);
        let started = Running {
            number,
            revision,
            controller,
        };
        self.running.update_value(|running| {
            running.insert(place, started);
        });
        spawn_local(async move {
            let bytes = fetch(&format!("{place}?rev={revision}"), &init).await;
            // Called off, or gone with the page, it is nobody's any more.
            let was_wanted = self
                .running
                .try_update_value(|running| {
                    let is_same = running.get(&place).is_some_and(|one| one.number == number);
                    is_same.then(|| running.remove(&place)).flatten().is_some()
                })
                .unwrap_or(false);
            if let (true, Ok(bytes)) = (was_wanted, bytes) {
                came(place, revision, bytes);
            }
        });
    }
}

async fn fetch(address: &str, init: &RequestInit) -> Result<Vec<u8>, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let answer = JsFuture::from(window.fetch_with_str_and_init(address, init)).await?;
    let response: Response = answer.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::from(response.status()));
    }
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
