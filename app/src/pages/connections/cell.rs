//! One twin with one vendor.

use leptos::prelude::*;
use physiology::metric::decimal;
use physiology::{Day, Timestamp, Twin, Vendor};
use views::Connections;
use views::connections::{
    CallsLeft, CollectionRow, ConnectionCell, ConnectionState, Coverage, Progress,
};

use super::Forms;
use super::actions::{CellActions, Offer};
use super::collections::Collections;
use super::coverage::CoverageStrip;
use crate::components::{Fresh, Glyph, Icon};
use crate::format::ago;

/// The cell. Each part is drawn anew only when it changes: what is open stays open while a sync is
/// watched.
#[component]
pub(super) fn Cell(
    connections: Signal<Connections>,
    twin: Twin,
    vendor: Vendor,
    fresh: Fresh,
    may_operate: Memo<bool>,
    names: Memo<[String; 2]>,
    forms: Forms,
) -> impl IntoView {
    let cell = Memo::new(move |_| {
        connections.with(|connections| {
            let is_this = |cell: &&ConnectionCell| cell.twin == twin && cell.vendor == vendor;
            connections.cells.iter().find(is_this).cloned()
        })
    });
    move || {
        // There is one as long as the page lists it.
        let first = cell.get_untracked()?;
        let cell = Memo::new(move |_| cell.get().unwrap_or_else(|| first.clone()));
        let label = move || {
            names
                .with(|names| format!("{}, {}", names[usize::from(twin == Twin::B)], vendor.name()))
        };
        Some(view! {
            <section
                class=format!("cell cell-{} cell-{}", twin.id(), vendor.id())
                data-connection=format!("{}-{}", twin.id(), vendor.id())
                aria-label=label
            >
                <Inside cell twin vendor fresh may_operate forms />
            </section>
        })
    }
}

#[component]
fn Inside(
    cell: Memo<ConnectionCell>,
    twin: Twin,
    vendor: Vendor,
    fresh: Fresh,
    may_operate: Memo<bool>,
    forms: Forms,
) -> impl IntoView {
    let state = part(cell, |cell| cell.state.clone());
    let device = part(cell, |cell| cell.device.clone());
    let progress = part(cell, |cell| cell.progress);
    let next_step = part(cell, |cell| cell.next_step.clone());
    let last = part(cell, |cell| (cell.last_sync_at, cell.data_to));
    let coverage: Memo<Vec<(Day, Coverage)>> = part(cell, |cell| cell.coverage.clone());
    let rows: Memo<Vec<CollectionRow>> = part(cell, |cell| cell.collections.clone());
    let scopes = part(cell, |cell| (cell.granted.clone(), cell.refused.clone()));
    let calls_left = part(cell, |cell| cell.calls_left);
    let offer = Memo::new(move |_| {
        cell.with(|cell| Offer {
            subject: cell.subject,
            vendor,
            state: cell.state.clone(),
            is_syncing: cell.progress.is_some(),
            may_operate: may_operate.get(),
        })
    });
    let (glyph, product) = match vendor {
        Vendor::Oura => (Glyph::Ring, "Oura Ring"),
        Vendor::Polar => (Glyph::Strap, "Polar"),
    };
    view! {
        <div class="cell-head">
            <Icon glyph />
            <h3>{product}</h3>
            <p class="cell-device">{move || device.get()}</p>
            {move || view! { <State state=state.get() /> }}
        </div>
        {move || progress.get().map(|progress| view! { <Running progress /> })}
        {move || last_sync(&state.get(), last.get(), fresh)}
        {move || reason(&state.get())}
        {move || {
            let next = next_step.get();
            (!next.is_empty()).then(|| view! { <p class="next-step">{next}</p> })
        }}
        {move || view! { <CoverageStrip twin vendor coverage=coverage.get() /> }}
        {move || view! { <Collections rows=rows.get() fresh /> }}
        {move || view! { <Scopes scopes=scopes.get() /> }}
        <CellActions offer forms />
        {move || calls_left.get().map(|calls| view! { <Calls calls fresh /> })}
    }
    .into_any()
}

fn part<T: PartialEq + Send + Sync + 'static>(
    cell: Memo<ConnectionCell>,
    take: impl Fn(&ConnectionCell) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| cell.with(|cell| take(cell)))
}

#[component]
fn State(state: ConnectionState) -> impl IntoView {
    match state {
        ConnectionState::Connected => view! {
            <p class="state">
                <Icon glyph=Glyph::Check />
                <span>"Connected"</span>
            </p>
        }
        .into_any(),
        ConnectionState::NotConnected => {
            view! { <p class="state state-none">"Not connected"</p> }.into_any()
        }
        ConnectionState::NotConfigured(_) => {
            view! { <p class="state state-none">"Not set up"</p> }.into_any()
        }
        ConnectionState::Reconnect(_) => {
            view! { <p class="state state-broken">"Sign-in ended"</p> }.into_any()
        }
    }
}

/// A running sync.
#[component]
fn Running(progress: Progress) -> impl IntoView {
    let text = format!("{} of {}", progress.done, progress.of);
    view! {
        <p class="running">
            <span>"Syncing, " {text.clone()}</span>
            <progress max=progress.of.max(1).to_string() value=progress.done.to_string() aria-label="Collections synced">
                {text}
            </progress>
        </p>
    }
}

/// `Synced 11 min ago`, and what it brought.
fn last_sync(
    state: &ConnectionState,
    (synced_at, data_to): (Option<Timestamp>, Option<Timestamp>),
    fresh: Fresh,
) -> Option<impl IntoView + use<>> {
    let is_connected = matches!(
        state,
        ConnectionState::Connected | ConnectionState::Reconnect(_)
    );
    let local = fresh.local();
    let (big, small) = match synced_at {
        None if !is_connected => return None,
        None => ("Not synced yet".to_owned(), String::new()),
        Some(at) => {
            let data = data_to
                .map(|to| format!(", data to {}", local.time_or_date(to)))
                .unwrap_or_default();
            (
                format!("Synced {}", ago(local.now, at)),
                local.time_or_date(at) + &data,
            )
        }
    };
    Some(view! {
        <p class="last-sync">
            {big} " " <small>{small}</small>
        </p>
    })
}

/// Why the sign-in ended, in the vendor's words.
fn reason(state: &ConnectionState) -> Option<impl IntoView + use<>> {
    let ConnectionState::Reconnect(reason) = state else {
        return None;
    };
    let reason = reason.clone();
    (!reason.is_empty()).then(|| view! { <p class="reason">{reason}</p> })
}

#[component]
fn Scopes(scopes: (Vec<String>, Vec<String>)) -> impl IntoView {
    let (granted, refused) = scopes;
    let line = |label: &'static str, class: &'static str, scopes: Vec<String>| {
        (!scopes.is_empty()).then(|| {
            view! {
                <p class=class>
                    {label} " " {scopes.join(", ")}
                </p>
            }
        })
    };
    view! {
        {line("Allowed:", "scopes", granted)}
        {line("Not allowed:", "scopes scopes-refused", refused)}
    }
}

#[component]
fn Calls(calls: CallsLeft, fresh: Fresh) -> impl IntoView {
    let number = |count: u64| decimal(count as f64, 0, false);
    let until = move || fresh.local().time_or_date(calls.resets_at);
    view! {
        <p class="calls">
            {number(calls.left)} " of " {number(calls.limit)} " calls left until " {until}
        </p>
    }
}
