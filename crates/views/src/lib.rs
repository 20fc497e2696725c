//! What the pages show: the shapes that cross the wire between the server and the browser.
//!
//! Made by `services`, drawn by `app`. Plain data, no logic, small enough for WebAssembly.

pub mod connections;
pub mod overview;
pub mod session;

pub use connections::Connections;
pub use overview::Overview;
pub use session::Session;
