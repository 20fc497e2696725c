//! What is looked at, in step with the address.

use chart::View;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

/// What of a figure is looked at, and where that is kept.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    /// What is shown, in the axis's unit; none is all of it.
    pub view: RwSignal<Option<View>>,
    /// Called with it once a gesture is over.
    pub settled: Callback<Option<View>>,
}

impl Look {
    /// What the address looks at, and back into the address what is looked at once a gesture is over:
    /// a copied address opens the same view. It replaces the address: going back undoes what was
    /// opened, not every turn of a wheel.
    pub(crate) fn in_address(
        zoom: Memo<Option<View>>,
        address: impl Fn(Option<View>) -> String + Send + Sync + 'static,
    ) -> Self {
        let view = RwSignal::new(zoom.get_untracked());
        Effect::new(move |before: Option<Option<View>>| {
            let zoom = zoom.get();
            if before.is_some_and(|before| before != zoom) {
                view.set(zoom);
            }
            zoom
        });
        let navigate = use_navigate();
        let settled = Callback::new(move |view: Option<View>| {
            let (here, there) = (address(zoom.get_untracked()), address(view));
            if here != there {
                let options = NavigateOptions {
                    replace: true,
                    scroll: false,
                    ..NavigateOptions::default()
                };
                navigate(&there, options);
            }
        });
        Self { view, settled }
    }
}
