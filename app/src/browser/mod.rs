//! What only a browser can do: remember, tick, move the focus, leave the page.

#[cfg(not(all(feature = "hydrate", target_arch = "wasm32")))]
mod absent;
#[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
mod present;

#[cfg(not(all(feature = "hydrate", target_arch = "wasm32")))]
pub(crate) use absent::*;
#[cfg(all(feature = "hydrate", target_arch = "wasm32"))]
pub(crate) use present::*;
