//! One way to a vendor: time-outs, repeats, limits, bounded answers.

mod call;
mod gate;
mod transport;

pub use gate::Limit;

pub(crate) use call::{Answer, Call, Repeat};
pub(crate) use gate::retry_after;
pub(crate) use transport::{Transport, Verdict};
