//! Oura: OAuth, documents, time series, webhook subscriptions.

pub(crate) mod authorize;
pub(crate) mod collection;
pub(crate) mod documents;
pub(crate) mod errors;
pub(crate) mod lists;
pub(crate) mod oauth;
pub(crate) mod query;
pub(crate) mod routes;
pub(crate) mod scope;
pub(crate) mod series;
pub(crate) mod webhooks;
