//! The pages, one module each.

mod connections;
mod not_found;
mod overview;
mod setup;
mod sign_in;

pub(crate) use connections::ConnectionsPage;
pub(crate) use not_found::NotFoundPage;
pub(crate) use overview::OverviewPage;
pub(crate) use setup::SetupPage;
pub(crate) use sign_in::SignInPage;
