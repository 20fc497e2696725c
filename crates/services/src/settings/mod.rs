//! Settings: what is known of the twins, where they go, when to raise an alarm, how an account
//! likes things written.
//!
//! Every form is checked here as a whole, a sentence beside each field that will not do; nothing is
//! changed while any of them is wrong.

mod field;
mod import;
mod itinerary;
mod limits;
mod twin;
mod units;

use physiology::{Metric, Twin};
use store::Viewer;
use views::Settings;
use views::settings::{Attempt, ImportForm};

pub use import::LARGEST_FILE_BYTES;

use crate::{Error, Services};

/// What became of a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Submitted<F> {
    /// It was kept.
    Saved,
    /// It was not: what was sent, with what is wrong.
    Again(F),
}

impl Services {
    /// Every form with what is kept; the one that was sent and refused, with what was sent.
    pub async fn settings(
        &self,
        viewer: &Viewer,
        attempt: Option<Attempt>,
    ) -> Result<Settings, Error> {
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let known = self.known(&visible, &pair, Metric::OVERVIEW).await?;
        let have = crate::guide::have_readings(&pair, &known.readings);
        let head = known.head(viewer, &known.record(&pair));
        let guide = self
            .guide_of(viewer, &pair, have, &known.connections, &known.syncs)
            .await?;

        let year = known.local.today.year();
        let mut settings = Settings {
            head,
            may_change: viewer.may_operate(),
            twins: Twin::BOTH.map(|twin| twin::form(twin, pair.of(twin), year)),
            limits: Twin::BOTH.map(|twin| limits::form(twin, pair.of(twin))),
            itinerary: pair
                .itinerary
                .as_ref()
                .map_or_else(itinerary::empty, itinerary::form),
            import: ImportForm {
                utc_offset: views::settings::Field::of(field::written_offset(
                    known.local.utc_offset_s,
                )),
                ..ImportForm::default()
            },
            units: units::form(viewer),
            guide,
        };
        if let Some(attempt) = attempt {
            put(&mut settings, attempt);
        }
        Ok(settings)
    }
}

/// A form as it was sent, in the place of what is kept.
fn put(settings: &mut Settings, attempt: Attempt) {
    match attempt {
        Attempt::Twin(form) => {
            let index = usize::from(form.twin == Twin::B);
            settings.twins[index] = form;
        }
        Attempt::Limits(form) => {
            let index = usize::from(form.twin == Twin::B);
            settings.limits[index] = form;
        }
        Attempt::Itinerary(form) => settings.itinerary = *form,
        Attempt::Import(form) => settings.import = form,
        Attempt::Units(form) => settings.units = form,
    }
}

/// What is set for the twins is changed by those who look after them.
fn operates(viewer: &Viewer) -> Result<(), Error> {
    viewer.may_operate().then_some(()).ok_or(Error::Forbidden)
}
