//! Where there is no browser, nothing is fetched: the page has what the server drew.

use super::cache::Place;

#[derive(Clone, Copy)]
pub(super) struct Fetching;

impl Fetching {
    pub fn new() -> Self {
        Self
    }

    pub fn only(
        self,
        _lacking: Vec<(Place, u64)>,
        _came: impl Fn(Place, u64, Vec<u8>) + Copy + 'static,
    ) {
        let Self = self;
    }
}
