//! Bars beside numbers: solid for A, striped for B.

use leptos::prelude::*;
use physiology::Twin;

/// A bar of a share of its room, from the left or, mirrored, from the right. It says nothing to a
/// screen reader: the number beside it does.
#[component]
pub(super) fn Bar(
    twin: Twin,
    /// 0 to 1.
    share: f64,
    /// Whether it grows from the right.
    #[prop(optional)]
    mirrored: bool,
) -> impl IntoView {
    let percent = (share.clamp(0.0, 1.0) * 1_000.0).round() / 10.0;
    let (from, to) = if mirrored {
        ("100%".to_owned(), format!("{}%", 100.0 - percent))
    } else {
        ("0%".to_owned(), format!("{percent}%"))
    };
    view! {
        <svg class=format!("bar bar-{}", twin.id()) aria-hidden="true">
            <line x1=from x2=to y1="50%" y2="50%"></line>
        </svg>
    }
    .into_any()
}
