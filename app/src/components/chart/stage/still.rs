//! Where there is no browser, nothing is measured, painted or followed.

use chart::Picture;
use leptos::ev::{PointerEvent, WheelEvent};
use leptos::html::Div;
use leptos::prelude::*;
use leptos::svg::G;

use super::{Nodes, Scene};

/// Nothing to do on the server.
pub(super) fn attach(_nodes: Nodes, _scene: Scene, _painted: RwSignal<bool>) {}

/// No text is changed on the server.
pub(super) fn texts(_place: NodeRef<G>, _picture: Memo<Option<Picture>>) {}

/// Nothing to measure on the server.
pub(super) fn measure_width(_place: NodeRef<Div>, _width_px: RwSignal<f64>) {}

/// No pointer comes to the server.
pub(super) fn capture(_event: &PointerEvent) {}

/// Nothing has the focus on the server.
pub(super) fn has_focus(_event: &WheelEvent) -> bool {
    false
}

/// No file is made on the server.
pub(crate) mod files {
    use chart::Palette;

    /// The light theme's colours.
    pub(crate) fn palette() -> Palette {
        Palette::light()
    }

    /// Nobody is there to keep it.
    pub(crate) fn save(_name: &str, _kind: &str, _bytes: &[u8]) {}

    /// Nobody is there to keep it.
    pub(crate) fn save_png(_name: String, _svg: &str, _scale: f64) {}
}
