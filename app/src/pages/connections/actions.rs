//! What can be done to a connection.

use leptos::prelude::*;
use physiology::{SubjectId, Vendor};
use views::connections::ConnectionState;

use super::Forms;

/// Which buttons a cell has.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Offer {
    pub subject: SubjectId,
    pub vendor: Vendor,
    pub state: ConnectionState,
    pub is_syncing: bool,
    pub may_operate: bool,
}

/// Connect where there is no working connection, else sync and disconnect.
#[component]
pub(super) fn CellActions(offer: Memo<Offer>, forms: Forms) -> impl IntoView {
    move || {
        let offer = offer.get();
        if !offer.may_operate {
            return None;
        }
        let (connect, works, exists) = match offer.state {
            ConnectionState::Connected => (None, true, true),
            ConnectionState::NotConnected => (
                Some(format!("Connect {}", offer.vendor.name())),
                false,
                false,
            ),
            ConnectionState::Reconnect(_) => (
                Some(format!("Connect {} again", offer.vendor.name())),
                false,
                true,
            ),
            ConnectionState::NotConfigured(_) => return None,
        };
        let start = format!(
            "/oauth/{}/start?subject={}",
            offer.vendor.id(),
            offer.subject
        );
        Some(view! {
            <div class="cell-actions">
                {connect
                    .map(|label| {
                        view! {
                            <a class="btn btn-primary" href=start rel="external">
                                {label}
                            </a>
                        }
                    })}
                {works.then(|| view! { <SyncForm offer=offer.clone() forms /> })}
                {exists.then(|| view! { <DisconnectForm offer forms /> })}
            </div>
        })
    }
}

#[component]
fn SyncForm(offer: Offer, forms: Forms) -> impl IntoView {
    view! {
        <ActionForm action=forms.sync>
            <Names offer=offer.clone() />
            <button class="btn" type="submit" disabled=offer.is_syncing>
                "Sync now"
            </button>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn DisconnectForm(offer: Offer, forms: Forms) -> impl IntoView {
    let name = offer.vendor.name();
    view! {
        <details class="confirm">
            <summary class="btn btn-quiet">"Disconnect"</summary>
            <ActionForm action=forms.disconnect>
                <Names offer />
                <p>
                    "Access is withdrawn at " {name} ". What was received stays; nothing new comes."
                </p>
                <button class="btn" type="submit">
                    "Disconnect "
                    {name}
                </button>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// Which connection a form means.
#[component]
fn Names(offer: Offer) -> impl IntoView {
    view! {
        <input type="hidden" name="subject" value=offer.subject.to_string() />
        <input type="hidden" name="vendor" value=offer.vendor.id() />
    }
}
