//! Text over the canvas, kept one by one: few of a picture's texts change with a frame, and the
//! browser lays out no others.

use chart::{Label, Picture};
use leptos::prelude::*;
use leptos::svg::G;
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::components::chart::picture::px;

/// Shows a picture's labels in a place, as `label_elements` writes them.
pub(in super::super) fn texts(place: NodeRef<G>, picture: Memo<Option<Picture>>) {
    let kept = StoredValue::new_local(None::<Texts>);
    Effect::new(move |_| {
        let Some(place) = place.get() else {
            return;
        };
        kept.update_value(|kept| {
            let texts = kept
                .take()
                .filter(|texts| texts.place.is_same_node(Some(&place)));
            let mut texts = texts.unwrap_or_else(|| Texts::new(place.into()));
            picture.with(|picture| {
                texts.show(picture.as_ref().map_or(&[], |picture| &picture.labels));
            });
            *kept = Some(texts);
        });
    });
}

/// The elements of labels, and what they show.
struct Texts {
    place: Element,
    shown: Vec<(Element, Label)>,
}

impl Texts {
    fn new(place: Element) -> Self {
        place.set_text_content(None);
        Self {
            place,
            shown: Vec::new(),
        }
    }

    fn show(&mut self, labels: &[Label]) {
        for (element, _) in self.shown.drain(labels.len().min(self.shown.len())..) {
            element.remove();
        }
        for ((element, shown), label) in self.shown.iter_mut().zip(labels) {
            if shown != label {
                // An attribute of a fixed name can be set.
                let _ = change(element, Some(shown), label);
                shown.clone_from(label);
            }
        }
        for label in labels.iter().skip(self.shown.len()) {
            if let Some(element) = self.added(label) {
                self.shown.push((element, label.clone()));
            }
        }
    }

    fn added(&self, label: &Label) -> Option<Element> {
        let document = self.place.owner_document()?;
        let namespace = self.place.namespace_uri();
        let element = document
            .create_element_ns(namespace.as_deref(), "text")
            .ok()?;
        change(&element, None, label).ok()?;
        self.place.append_child(&element).ok()?;
        Some(element)
    }
}

/// Sets what of an element differs.
fn change(element: &Element, shown: Option<&Label>, label: &Label) -> Result<(), JsValue> {
    let differs =
        |is_same: fn(&Label, &Label) -> bool| shown.is_none_or(|shown| !is_same(shown, label));
    if differs(|one, other| one.x == other.x) {
        element.set_attribute("x", &px(label.x))?;
    }
    if differs(|one, other| one.y == other.y) {
        element.set_attribute("y", &px(label.y))?;
    }
    if differs(|one, other| one.style == other.style) {
        element.set_attribute("class", label.style.class())?;
    }
    if differs(|one, other| one.anchor == other.anchor) {
        element.set_attribute("text-anchor", label.anchor.id())?;
    }
    if differs(|one, other| one.text == other.text) {
        // What is there already keeps its place in the layout.
        match element.first_child() {
            Some(text) => text.set_node_value(Some(&label.text)),
            None => element.set_text_content(Some(&label.text)),
        }
    }
    Ok(())
}
