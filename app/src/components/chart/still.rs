//! Where there is no browser, nothing is measured, painted or followed.

use super::state::{Nodes, State};

/// Nothing to do on the server.
pub(super) fn attach(_nodes: Nodes, _state: State) {}
