//! What changed and why it matters, in words: first each twin in a line, then the changes since the
//! night before.

use leptos::prelude::*;
use views::Overview;
use views::status::Changed;

use super::changes::{Told, told};
use super::status::{PartingsLine, RulesInForce, StatusLine};
use super::wanted::Wanted;
use super::whose::Whose;
use crate::format::Now;

/// The lines and the list.
#[component]
pub(super) fn WhatChanged(overview: Signal<Overview>, wanted: Memo<Wanted>) -> impl IntoView {
    let changed = Memo::new(move |_| overview.with(|overview| overview.changed.clone()));
    let today = Memo::new(move |_| overview.with(|overview| overview.head.today));
    let now = Memo::new(move |_| overview.with(|overview| Now::of(&overview.head)));
    view! {
        <aside class="changed" aria-labelledby="what-changed">
            <div class="changed-head">
                <h2 id="what-changed">"What changed"</h2>
                <p>"overnight"</p>
            </div>
            {move || view! { <Inside changed=changed.get() today=today.get() now=now.get() wanted /> }}
        </aside>
    }
    .into_any()
}

#[component]
fn Inside(
    changed: Changed,
    today: physiology::Day,
    now: Now,
    wanted: Memo<Wanted>,
) -> impl IntoView {
    let Changed {
        twins,
        partings,
        changes,
    } = changed.clone();
    if twins.is_empty() && changes.is_empty() {
        return view! { <p class="changed-none">"Nothing that stands out."</p> }.into_any();
    }
    let units = now.units;
    let has_lines = !twins.is_empty();
    let has_partings = !partings.is_empty();
    let changes = changes
        .iter()
        .map(|change| item(told(change, now)))
        .collect_view();
    view! {
        <ul class="statuses">
            {twins
                .into_iter()
                .map(|status| view! { <StatusLine status today units wanted /> })
                .collect_view()}
            {has_partings.then(|| view! { <PartingsLine partings /> })}
        </ul>
        {has_lines.then(|| view! { <RulesInForce changed units /> })}
        <ul class="changes">{changes}</ul>
    }
    .into_any()
}

fn item(change: Told) -> impl IntoView {
    let mend = change.mend.then(|| {
        view! {
            " "
            <a href="/connections">"See Connections"</a>
        }
    });
    view! {
        <li>
            <Whose twins=change.twins />
            <p class="changed-what">{change.what}</p>
            <p class="changed-detail">{change.detail} {mend.is_some().then_some(".")} {mend}</p>
        </li>
    }
}
