//! One step of the guide: what it is, how it stands, how to take it.

use leptos::prelude::*;
use physiology::Vendor;
use views::guide::{ConnectStep, Registration, Step, StepKind, StepState};

use super::Troubles;
use crate::components::{Glyph, Icon, TwinMark};

/// The step. What is done is one line; what is not says how to do it.
#[component]
pub(super) fn StepCard(number: usize, step: Step, may_operate: bool) -> impl IntoView {
    let Step {
        kind,
        state,
        standing,
        troubles,
    } = step;
    let (id, word) = match state {
        StepState::Done => ("done", "Done"),
        StepState::Next => ("next", "Next"),
        StepState::Open => ("open", "Open"),
        StepState::Blocked => ("blocked", "Waits"),
    };
    let is_current = (state == StepState::Next).then_some("step");
    let name = title(&kind);
    let twin = match &kind {
        StepKind::Connect(connect) => Some(connect.twin),
        _ => None,
    };
    let how = (state != StepState::Done).then(|| how(kind, may_operate));
    view! {
        <li class=format!("step step-{id}") aria-current=is_current data-step=step_id(number)>
            <div class="step-head">
                <span class="step-number" aria-hidden="true">
                    {if state == StepState::Done {
                        view! { <Icon glyph=Glyph::Check /> }.into_any()
                    } else {
                        number.into_any()
                    }}
                </span>
                <h3>{twin.map(|twin| view! { <TwinMark twin /> " " })} {name}</h3>
                <span class="step-state">{word}</span>
            </div>
            <p class="step-standing">{standing}</p>
            <Troubles troubles />
            {how}
        </li>
    }
    .into_any()
}

fn step_id(number: usize) -> String {
    number.to_string()
}

fn title(kind: &StepKind) -> String {
    match kind {
        StepKind::Administrator => "Create the administrator".into(),
        StepKind::Twins => "Name the twins".into(),
        StepKind::Register(at) => format!("Register an app with {}", at.vendor.name()),
        StepKind::Connect(connect) => format!("Connect {}", connect.name),
        StepKind::Itinerary => "Enter the itinerary".into(),
        StepKind::Readings => "Wait for the first night".into(),
    }
}

fn how(kind: StepKind, may_operate: bool) -> AnyView {
    match kind {
        StepKind::Twins if may_operate => {
            view! { <Lead to="#twins" text="Name them" /> }.into_any()
        }
        StepKind::Itinerary if may_operate => {
            view! { <Lead to="#itinerary" text="Enter it, or take it from a file" /> }.into_any()
        }
        StepKind::Register(registration) => view! { <Register registration /> }.into_any(),
        StepKind::Connect(connect) if may_operate => view! { <Connect connect /> }.into_any(),
        _ => ().into_any(),
    }
}

/// To a part of the settings, also from there.
#[component]
fn Lead(to: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <a class="btn" href=format!("/settings{to}") rel="external">
            {text}
        </a>
    }
}

/// Where apps are registered.
const fn portal(vendor: Vendor) -> &'static str {
    match vendor {
        Vendor::Oura => "https://cloud.ouraring.com/oauth/applications",
        Vendor::Polar => "https://admin.polaraccesslink.com",
    }
}

/// What to enter at the vendor, and what to set here.
#[component]
fn Register(registration: Registration) -> impl IntoView {
    let Registration {
        vendor,
        redirect_uri,
        scopes,
        variables,
    } = registration;
    let name = vendor.name();
    let mut lines = String::new();
    for (name, value) in variables {
        lines += &format!("{name}={}\n", value.unwrap_or_else(|| "…".into()));
    }
    view! {
        <ol class="step-how">
            <li>
                "Sign in at " <a href=portal(vendor) rel="external noreferrer">{portal(vendor)}</a>
                " and create an application."
            </li>
            <li>
                "As its redirect address, enter exactly this, without a slash at the end:"
                <code class="copy">{redirect_uri}</code>
            </li>
            <li>
                {if vendor == Vendor::Oura { "Tick these scopes:" } else { "It is asked for this scope:" }}
                <code class="copy">{scopes.join(" ")}</code>
            </li>
            <li>
                "Set these for this server, with what " {name}
                " shows as the client's id and secret, and start it again:"
                <code class="copy copy-lines">{lines}</code>
            </li>
        </ol>
    }
    .into_any()
}

#[component]
fn Connect(connect: ConnectStep) -> impl IntoView {
    let ConnectStep {
        subject,
        name,
        offers,
        ..
    } = connect;
    if offers.is_empty() {
        return ().into_any();
    }
    let links = offers
        .into_iter()
        .map(|vendor| {
            let start = format!("/oauth/{}/start?subject={subject}", vendor.id());
            view! {
                <a class="btn" href=start rel="external">
                    "Connect "
                    {vendor.name()}
                    <span class="hidden">" for " {name.clone()}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <p>"The twin signs in on the vendor's page and allows access, every box ticked."</p>
        <div class="set-buttons">{links}</div>
    }
    .into_any()
}
