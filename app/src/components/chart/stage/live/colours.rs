//! The theme's colours, as the browser resolves them.

use chart::{Palette, Role};
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, HtmlElement};

/// Every role's colour in the theme that is on; the light theme's where the page has none.
pub(super) fn read() -> Palette {
    let light = Palette::light();
    with_probe(|style, computed| {
        Palette::from_fn(|role| resolve(role, style, computed).unwrap_or_else(|| light.rgb(role)))
    })
    .unwrap_or(light)
}

/// Lends an element to resolve colours on: variables may refer to others, or hold any notation.
fn with_probe<R>(read: impl FnOnce(&CssStyleDeclaration, &CssStyleDeclaration) -> R) -> Option<R> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let probe: HtmlElement = document.create_element("span").ok()?.dyn_into().ok()?;
    probe.set_hidden(true);
    document.body()?.append_child(&probe).ok()?;
    let computed = window.get_computed_style(&probe).ok().flatten();
    let result = computed.map(|computed| read(&probe.style(), &computed));
    probe.remove();
    result
}

fn resolve(
    role: Role,
    style: &CssStyleDeclaration,
    computed: &CssStyleDeclaration,
) -> Option<(u8, u8, u8)> {
    style
        .set_property("color", &format!("var({})", role.variable()))
        .ok()?;
    rgb(&computed.get_property_value("color").ok()?)
}

/// Reads `rgb(29, 101, 200)`, which is what browsers resolve colours of the sRGB space to.
fn rgb(text: &str) -> Option<(u8, u8, u8)> {
    let inner = text.strip_prefix("rgb")?;
    let mut numbers = inner
        .split(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<f64>().ok().map(|number| number.round() as u8));
    Some((numbers.next()??, numbers.next()??, numbers.next()??))
}
