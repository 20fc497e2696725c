//! What whoever looks has chosen of the stack.

use chart::StackMode;
use leptos::prelude::*;
use physiology::Twin;

/// How the twins are set against each other, and which of them are shown.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    pub mode: Signal<StackMode>,
    /// Which twins are drawn, A first.
    pub shown: Signal<[bool; 2]>,
    /// Shows or hides one.
    pub toggle: Callback<Twin>,
}
