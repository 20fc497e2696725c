//! How an account likes amounts and times written.

use physiology::Units;
use store::Viewer;
use views::settings::UnitsForm;

use super::Submitted;
use crate::{Error, Services};

impl Services {
    /// Keeps how the viewer's own account likes things written. It changes nothing anybody else
    /// sees, so every account may.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] for who has no account.
    pub async fn save_units(
        &self,
        viewer: &Viewer,
        units: Units,
    ) -> Result<Submitted<UnitsForm>, Error> {
        let Viewer::Account { id, .. } = viewer else {
            return Err(Error::NotSignedIn);
        };
        match self.store().set_units(*id, &units).await {
            Ok(()) => Ok(Submitted::Saved),
            Err(error) => Ok(Submitted::Again(UnitsForm {
                units,
                problem: Error::from(error).to_string(),
            })),
        }
    }
}

/// The form of what is kept.
pub(super) fn form(viewer: &Viewer) -> UnitsForm {
    UnitsForm {
        units: viewer.units(),
        problem: String::new(),
    }
}
