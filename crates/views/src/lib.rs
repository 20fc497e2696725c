//! What the pages show: the shapes that cross the wire between the server and the browser.
//!
//! Made by `services`, drawn by `app`. Plain data, no logic, small enough for WebAssembly.

pub mod compare;
pub mod connections;
pub mod data;
pub mod day;
pub mod guide;
pub mod head;
pub mod notes;
pub mod overview;
pub mod session;
pub mod settings;
pub mod status;
pub mod tiles;
pub mod workouts;

pub use compare::Compare;
pub use connections::Connections;
pub use guide::Guide;
pub use head::PageHead;
pub use overview::Overview;
pub use session::Session;
pub use settings::Settings;
