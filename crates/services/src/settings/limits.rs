//! A twin's limits for the night's SpO₂.

use physiology::Twin;
use physiology::alarm::Spo2Limits;
use store::{Subject, Viewer};
use views::settings::{Field, LimitsForm};

use super::field::{checked, number, written};
use super::{Submitted, operates};
use crate::{Error, Services};

impl Services {
    /// Keeps a twin's limits. The next page judges by them.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] for a subject that is neither twin. What is wrong
    /// with a field comes back with the form.
    pub async fn save_limits(
        &self,
        viewer: &Viewer,
        mut form: LimitsForm,
    ) -> Result<Submitted<LimitsForm>, Error> {
        operates(viewer)?;
        let pair = self.pair().await?;
        form.twin = pair.side(form.subject).ok_or(Error::NotFound("twin"))?;
        form.name.clone_from(&pair.of(form.twin).name);
        let Some(limits) = read(&mut form) else {
            return Ok(Submitted::Again(form));
        };
        let subject = Subject {
            spo2_limits: limits,
            ..pair.of(form.twin).clone()
        };
        match self.store().put_subject(&subject).await {
            Ok(()) => Ok(Submitted::Saved),
            Err(error) => {
                form.problem = Error::from(error).to_string();
                Ok(Submitted::Again(form))
            }
        }
    }

    /// Puts a twin's limits back to the defaults.
    pub async fn reset_limits(
        &self,
        viewer: &Viewer,
        subject: physiology::SubjectId,
    ) -> Result<(), Error> {
        operates(viewer)?;
        let pair = self.pair().await?;
        let twin = pair.side(subject).ok_or(Error::NotFound("twin"))?;
        let subject = Subject {
            spo2_limits: Spo2Limits::default(),
            ..pair.of(twin).clone()
        };
        Ok(self.store().put_subject(&subject).await?)
    }
}

/// The form of what is kept.
pub(super) fn form(twin: Twin, subject: &Subject) -> LimitsForm {
    let limits = subject.spo2_limits;
    let field = |number: f64| Field::of(written(number));
    LimitsForm {
        twin,
        subject: subject.id,
        name: subject.name.clone(),
        shown: field(limits.shown_percent),
        medium: field(limits.medium_percent),
        high: field(limits.high_percent),
        high_at_low_altitude: field(limits.high_at_low_altitude_percent),
        low_altitude: field(limits.low_altitude_m),
        expected_sds: field(limits.expected_sds),
        defaults: Spo2Limits::default(),
        problem: String::new(),
    }
}

/// Reads the form; none where anything is wrong, which then stands beside the field.
fn read(form: &mut LimitsForm) -> Option<Spo2Limits> {
    form.problem.clear();
    let percent = |field: &mut Field, low: f64, high: f64| {
        checked(field, |text| number(text, low..=high, "This limit", "%"))
    };
    let shown = percent(&mut form.shown, 70.0, 100.0);
    let medium = percent(&mut form.medium, 40.0, 100.0);
    let high = percent(&mut form.high, 40.0, 100.0);
    let high_at_low_altitude = percent(&mut form.high_at_low_altitude, 40.0, 100.0);
    let low_altitude_m = checked(&mut form.low_altitude, |text| {
        number(text, 0.0..=5_000.0, "Low altitude", "m")
    });
    let expected_sds = checked(&mut form.expected_sds, |text| {
        number(text, 0.5..=5.0, "The distance from what is expected", "SD")
    });
    let limits = Spo2Limits {
        shown_percent: shown?,
        medium_percent: medium?,
        high_percent: high?,
        high_at_low_altitude_percent: high_at_low_altitude?,
        low_altitude_m: low_altitude_m?,
        expected_sds: expected_sds?,
    };
    // The more urgent a limit is, the lower: else a milder alarm would hide behind a graver one.
    let not_above = |field: &mut Field, limit: f64, bound: f64, name: &str| {
        if limit > bound {
            field.problem = format!("Must not be above {name}, {} %.", written(bound));
        }
    };
    not_above(
        &mut form.medium,
        limits.medium_percent,
        limits.shown_percent,
        "the limit that is always shown",
    );
    not_above(
        &mut form.high,
        limits.high_percent,
        limits.medium_percent,
        "the limit for medium",
    );
    not_above(
        &mut form.high_at_low_altitude,
        limits.high_at_low_altitude_percent,
        limits.shown_percent,
        "the limit that is always shown",
    );
    let fields = [&form.medium, &form.high, &form.high_at_low_altitude];
    fields
        .iter()
        .all(|field| field.problem.is_empty())
        .then_some(limits)
}

#[cfg(test)]
mod tests {
    use physiology::{Profile, SubjectId};

    use super::*;

    fn filled() -> LimitsForm {
        form(
            Twin::B,
            &Subject {
                id: SubjectId(2),
                name: "Bea".into(),
                profile: Profile::default(),
                spo2_limits: Spo2Limits::default(),
            },
        )
    }

    #[test]
    fn the_defaults_are_good_limits() {
        assert_eq!(read(&mut filled()), Some(Spo2Limits::default()));
    }

    #[test]
    fn each_field_has_its_sentence() {
        type Get = fn(&mut LimitsForm) -> &mut Field;
        let shown: Get = |form| &mut form.shown;
        let medium: Get = |form| &mut form.medium;
        let high: Get = |form| &mut form.high;
        let high_low: Get = |form| &mut form.high_at_low_altitude;
        let low: Get = |form| &mut form.low_altitude;
        let sds: Get = |form| &mut form.expected_sds;
        for (get, text, says) in [
            (shown, "69", "This limit is between 70 and 100 %."),
            (shown, "", "This limit is a number."),
            (medium, "101", "This limit is between 40 and 100 %."),
            (
                medium,
                "90.5",
                "Must not be above the limit that is always shown, 90 %.",
            ),
            (
                high,
                "75.5",
                "Must not be above the limit for medium, 75 %.",
            ),
            (
                high_low,
                "91",
                "Must not be above the limit that is always shown, 90 %.",
            ),
            (low, "-1", "Low altitude is between 0 and 5,000 m."),
            (
                low,
                "1,500",
                "Write the number without a comma, for example 5164 or 36.5.",
            ),
            (
                sds,
                "0",
                "The distance from what is expected is between 0.5 and 5 SD.",
            ),
        ] {
            let mut form = filled();
            get(&mut form).value = text.into();
            assert_eq!(read(&mut form), None, "{text:?}");
            assert_eq!(get(&mut form).problem, says);
            assert_eq!(get(&mut form).value, text, "what was typed stays");
        }
    }

    #[test]
    fn limits_may_meet() {
        let mut form = filled();
        form.medium.value = "90".into();
        form.high.value = "90".into();
        let limits = read(&mut form).unwrap();
        assert_eq!((limits.medium_percent, limits.high_percent), (90.0, 90.0));
    }
}
