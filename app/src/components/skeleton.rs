//! What stands in a page's place until its first answer: blocks of the size the page will have, so
//! that nothing moves when it comes.

use leptos::prelude::*;
use physiology::Metric;
use views::PageHead;

/// What shape the page will have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SkeletonKind {
    /// Alarms, tiles, and a sheet with a chart and an aside.
    Overview,
    /// A sheet of cells, a column a twin.
    Connections,
    /// A line of controls and one sheet that fills the page.
    Sheet,
}

impl SkeletonKind {
    /// As the stylesheet knows it.
    const fn id(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Connections => "connections",
            Self::Sheet => "sheet",
        }
    }
}

/// The head of the newest page this browser was shown: how many alarms the next one will have.
#[derive(Clone, Copy, Default)]
pub(crate) struct KnownHead(RwSignal<Option<usize>>);

impl KnownHead {
    /// Remembers a page's head.
    pub fn keep(head: Signal<PageHead>) {
        if let Some(Self(alarms)) = use_context::<Self>() {
            Effect::new(move |_| alarms.set(Some(head.with(|head| head.alarms.len()))));
        }
    }

    /// How many alarms there were; none are expected where nothing was shown yet.
    fn alarms() -> usize {
        use_context::<Self>()
            .and_then(|Self(alarms)| alarms.get_untracked())
            .unwrap_or(0)
    }
}

/// A page that is on its way, inside a `Transition`'s fallback.
#[component]
pub(crate) fn Skeleton(
    kind: SkeletonKind,
    /// What the page is called.
    name: &'static str,
) -> impl IntoView {
    view! {
        <div class="skeleton" data-kind=kind.id() aria-busy="true">
            <h1 class="hidden">{name}</h1>
            <p class="hidden" role="status">
                "Loading."
            </p>
            <div class="skeleton-parts" aria-hidden="true">
                <div class="skeleton-head">
                    <i class="bone bone-title"></i>
                    <i class="bone bone-text"></i>
                </div>
                {match kind {
                    SkeletonKind::Overview => overview().into_any(),
                    SkeletonKind::Connections => connections().into_any(),
                    SkeletonKind::Sheet => sheet().into_any(),
                }}
            </div>
        </div>
    }
    .into_any()
}

fn overview() -> impl IntoView {
    let alarms = KnownHead::alarms();
    let alarms = (alarms > 0).then(|| {
        view! {
            <div class="alarms">
                {(0..alarms).map(|_| view! { <i class="bone bone-alarm"></i> }).collect_view()}
            </div>
        }
    });
    let tile = |_| {
        view! {
            <div class="tile">
                <div class="tile-tab">
                    <i class="bone bone-text"></i>
                    <i class="bone bone-title"></i>
                    <i class="bone bone-spark"></i>
                    <i class="bone bone-text"></i>
                </div>
            </div>
        }
    };
    view! {
        {alarms}
        <div class="tiles">{Metric::OVERVIEW.map(tile).into_iter().collect_view()}</div>
        <div class="sheet sheet-chart">
            <div class="plot">
                <div class="chart">
                    <div class="chart-head"></div>
                    <div class="chart-body">
                        <i class="bone bone-plot"></i>
                    </div>
                </div>
            </div>
            <div class="changed"></div>
        </div>
    }
}

fn connections() -> impl IntoView {
    let cell = |_| {
        view! {
            <div class="skeleton-cell">
                <i class="bone bone-title"></i>
                <i class="bone bone-text"></i>
                <i class="bone bone-spark"></i>
            </div>
        }
    };
    view! {
        <div class="sheet skeleton-cells">
            {(0..4).map(cell).collect_view()}
        </div>
    }
}

fn sheet() -> impl IntoView {
    view! {
        <div class="sheet skeleton-sheet">
            <i class="bone bone-title"></i>
            <i class="bone bone-text"></i>
            <i class="bone bone-plot"></i>
        </div>
    }
}
