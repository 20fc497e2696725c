//! On the server there is no browser: nothing is remembered, nothing ticks, nothing moves.

use std::time::Duration;

use crate::components::Theme;

pub(crate) fn mark_hydrated() {}

pub(crate) fn show_theme(_theme: Theme) {}

pub(crate) fn remembered(_key: &str) -> Option<String> {
    None
}

pub(crate) fn remember(_key: &str, _value: &str) {}

pub(crate) fn now_ms() -> i64 {
    0
}

pub(crate) fn is_visible() -> bool {
    false
}

pub(crate) fn every(_period: Duration, _act: impl Fn() + 'static) {}

pub(crate) fn leave_for(_address: &str) {}

pub(crate) fn focus(_id: &str) {}

pub(crate) fn open_dialog(_id: &str) {}

pub(crate) fn close_dialog(_id: &str) {}

pub(crate) fn close_details(_id: &str) {}
