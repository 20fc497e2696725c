//! The pair and where it goes.

use physiology::Itinerary;
use store::{Pair, Viewer};

use crate::{Error, Services};

/// What twins are called until somebody names them.
pub(crate) const NAMES: [&str; 2] = ["Twin A", "Twin B"];

impl Services {
    /// The pair; made with plain names on an empty store, so that connections can be made at once.
    pub async fn ensure_pair(&self) -> Result<Pair, Error> {
        if let Some(pair) = self.store().pair().await? {
            return Ok(pair);
        }
        match self.store().create_pair(NAMES).await {
            Ok(pair) => Ok(pair),
            // Another process was first.
            Err(store::StoreError::Exists { .. }) => self.pair().await,
            Err(error) => Err(error.into()),
        }
    }

    /// Replaces the itinerary.
    pub async fn set_itinerary(&self, viewer: &Viewer, itinerary: &Itinerary) -> Result<(), Error> {
        if !viewer.may_operate() {
            return Err(Error::Forbidden);
        }
        Ok(self.store().set_itinerary(itinerary).await?)
    }

    pub(crate) async fn pair(&self) -> Result<Pair, Error> {
        self.store().pair().await?.ok_or(Error::NotFound("pair"))
    }
}
