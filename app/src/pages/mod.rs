//! The pages, each in a folder or file of its own.

mod compare;
mod connections;
mod data;
mod day;
mod guide;
mod not_found;
mod overview;
mod settings;
mod setup;
mod sign_in;
mod workouts;

pub(crate) use compare::ComparePage;
pub(crate) use connections::ConnectionsPage;
pub(crate) use data::DataPage;
pub(crate) use day::DayPage;
pub(crate) use not_found::NotFoundPage;
pub(crate) use overview::OverviewPage;
pub(crate) use settings::SettingsPage;
pub(crate) use setup::SetupPage;
pub(crate) use sign_in::SignInPage;
pub(crate) use workouts::{WorkoutPage, WorkoutsPage};
