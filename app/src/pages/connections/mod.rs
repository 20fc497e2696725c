//! Connections: each twin with each vendor, how it stands and what to do.

mod actions;
mod cell;
mod collections;
mod coverage;
mod notice;

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use physiology::Twin;
use views::Connections;

use self::cell::Cell;
use crate::browser;
use crate::components::{
    Fresh, Freshness, Notice, PageHeader, PageNames, SkeletonKind, TwinMark, answered_page,
};
use crate::format::zone;
use crate::functions::{self, Disconnect, SyncNow};

/// While a sync runs, it is looked at this often.
const LOOK: Duration = Duration::from_secs(1);

/// `/connections`
#[component]
pub(crate) fn ConnectionsPage() -> impl IntoView {
    let forms = Forms {
        sync: ServerAction::new(),
        disconnect: ServerAction::new(),
    };
    answered_page(
        PageNames {
            title: "Connections",
            what: "Connections",
            address: "/connections",
        },
        SkeletonKind::Connections,
        move || (forms.sync.version().get(), forms.disconnect.version().get()),
        |_| functions::connections(),
        |connections: &Connections| &connections.head,
        move |connections, fresh| {
            watch(connections, fresh);
            view! { <Loaded connections fresh forms /> }.into_any()
        },
    )
}

/// What is done on this page, as forms that work without JavaScript.
#[derive(Clone, Copy)]
struct Forms {
    sync: ServerAction<SyncNow>,
    disconnect: ServerAction<Disconnect>,
}

/// While a sync runs, asks again every second, one question at a time.
fn watch(connections: Signal<Connections>, fresh: Fresh) {
    Effect::new(move |_| {
        browser::every(LOOK, move || {
            let is_due = connections.with_untracked(is_syncing) && !fresh.is_asking();
            if is_due && browser::is_visible() {
                fresh.ask_again();
            }
        });
    });
}

fn is_syncing(connections: &Connections) -> bool {
    connections.cells.iter().any(|cell| cell.progress.is_some())
}

#[component]
fn Loaded(connections: Signal<Connections>, fresh: Fresh, forms: Forms) -> impl IntoView {
    let names = Memo::new(move |_| fresh.head.with(|head| head.names.clone()));
    let may_operate = Memo::new(move |_| connections.with(|connections| connections.may_operate));
    let keys = Memo::new(move |_| {
        connections.with(|connections| {
            connections
                .cells
                .iter()
                .map(|cell| (cell.twin, cell.vendor))
                .collect::<Vec<_>>()
        })
    });
    let query = use_query_map();
    let notice = Memo::new(move |_| {
        query.with(|query| connections.with(|connections| notice::of(query, connections)))
    });
    view! {
        <PageHeader name="Connections" fresh />
        <Notice sentence=notice />
        <Freshness fresh />
        <section class="sheet connections">
            {Twin::BOTH.map(|twin| view! { <TwinHead twin names /> }).collect_view()}
            <For each=move || keys.get() key=|key| *key let((twin, vendor))>
                <Cell connections twin vendor fresh may_operate names forms />
            </For>
        </section>
        <p class="footnote">
            "Acclimate only reads from Oura and Polar. Times are local where the twins are, "
            {move || zone(fresh.head.with(|head| head.utc_offset_s))} "."
        </p>
    }
    .into_any()
}

#[component]
fn TwinHead(twin: Twin, names: Memo<[String; 2]>) -> impl IntoView {
    let name = move || names.with(|names| names[usize::from(twin == Twin::B)].clone());
    view! {
        <h2 class=format!("twin-head twin-head-{}", twin.id())>
            <TwinMark twin />
            {name}
        </h2>
    }
}
