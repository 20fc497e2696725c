//! What tests of several pages need.

use leptos_router::params::ParamsMap;

/// What an address asks for, as the router tells it.
pub(crate) fn query(pairs: &[(&'static str, &str)]) -> ParamsMap {
    let pairs = pairs.iter().map(|(key, value)| (*key, (*value).to_owned()));
    pairs.collect()
}
