//! Files made in the browser, to be kept by whoever looks.

use chart::Palette;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Url,
};

/// Wider or higher than this browsers refuse, device px.
const MOST_PX: f64 = 16_000.0;

/// The colours of the theme that is on.
pub(crate) fn palette() -> Palette {
    super::colours::read()
}

/// Hands a file to whoever looks.
pub(crate) fn save(name: &str, kind: &str, bytes: &[u8]) {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    if let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) {
        hand_over(name, &blob);
    }
}

/// The same with a picture of an SVG document, so many device pixels a pixel.
///
/// The document is painted as an image: the file shows what the SVG file shows, in the system's font.
pub(crate) fn save_png(name: String, svg: &str, scale: f64) {
    let Ok(image) = HtmlImageElement::new() else {
        return;
    };
    let address = format!(
        "data:image/svg+xml;charset=utf-8,{}",
        js_sys::encode_uri_component(svg)
    );
    let painted = image.clone();
    let on_load = Closure::once_into_js(move || {
        if let Some(canvas) = paint(&painted, scale) {
            let on_blob = Closure::once_into_js(move |blob: Option<Blob>| {
                if let Some(blob) = blob {
                    hand_over(&name, &blob);
                }
            });
            let _ = canvas.to_blob(on_blob.unchecked_ref());
        }
    });
    image.set_onload(Some(on_load.unchecked_ref()));
    image.set_src(&address);
}

fn paint(image: &HtmlImageElement, scale: f64) -> Option<HtmlCanvasElement> {
    let (width, height) = (
        f64::from(image.natural_width()),
        f64::from(image.natural_height()),
    );
    let longest = width.max(height).max(1.0);
    let scale = scale.min(MOST_PX / longest);
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width((width * scale).round() as u32);
    canvas.set_height((height * scale).round() as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(
            image,
            0.0,
            0.0,
            width * scale,
            height * scale,
        )
        .ok()?;
    Some(canvas)
}

fn hand_over(name: &str, blob: &Blob) {
    let Ok(address) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let link = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("a").ok())
        .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(link) = link {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    // The browser has begun to read it by then.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        core::time::Duration::from_mins(1),
    );
}
