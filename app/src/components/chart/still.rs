//! Where there is no browser, nothing is measured, painted or followed.

use leptos::html::Div;
use leptos::prelude::*;

use super::state::{Nodes, Screen, State};

/// Nothing to do on the server.
pub(super) fn attach(_nodes: Nodes, _state: State) {}

/// Nothing to do on the server.
pub(super) fn measure(_stage: NodeRef<Div>, _screen: RwSignal<Option<Screen>>) {}
