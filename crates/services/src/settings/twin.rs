//! A twin's name and profile.

use physiology::{Profile, Sex, Twin};
use store::{Subject, Viewer};
use views::settings::{Field, TwinForm};

use super::field::{checked, line, number, optional, written};
use super::{Submitted, operates};
use crate::{Error, Services};

/// Names stand beside every value: longer ones break the tiles.
const LONGEST_NAME: usize = 40;
/// Nobody is older.
const OLDEST_YEARS: i32 = 120;

impl Services {
    /// Keeps a twin's name and profile.
    ///
    /// # Errors
    /// [`Error::Forbidden`]; [`Error::NotFound`] for a subject that is neither twin. What is wrong
    /// with a field comes back with the form.
    pub async fn save_twin(
        &self,
        viewer: &Viewer,
        mut form: TwinForm,
    ) -> Result<Submitted<TwinForm>, Error> {
        operates(viewer)?;
        let pair = self.pair().await?;
        let twin = pair.side(form.subject).ok_or(Error::NotFound("twin"))?;
        let year = physiology::Day::of_utc(self.now()).year();
        form.twin = twin;
        let Some((name, profile)) = read(&mut form, &pair.of(twin.other()).name, year) else {
            return Ok(Submitted::Again(form));
        };
        let subject = Subject {
            name,
            profile,
            ..pair.of(twin).clone()
        };
        match self.store().put_subject(&subject).await {
            Ok(()) => Ok(Submitted::Saved),
            Err(error) => {
                form.problem = Error::from(error).to_string();
                Ok(Submitted::Again(form))
            }
        }
    }

    /// Exchanges the sides: A becomes B. Whose data is whose stays.
    pub async fn swap_twins(&self, viewer: &Viewer) -> Result<(), Error> {
        operates(viewer)?;
        Ok(self.store().swap_pair().await?)
    }
}

/// The form of what is kept. `year` is the present one.
pub(super) fn form(twin: Twin, subject: &Subject, year: i32) -> TwinForm {
    let profile = subject.profile;
    let field = |number: Option<f64>| Field::of(number.map(written).unwrap_or_default());
    TwinForm {
        twin,
        subject: subject.id,
        name: Field::of(&subject.name),
        sex: Field::of(profile.sex.map(Sex::id).unwrap_or_default()),
        birth_year: Field::of(
            profile
                .birth_year
                .map(|year| year.to_string())
                .unwrap_or_default(),
        ),
        resting_heart_rate: field(profile.resting_heart_rate_bpm),
        max_heart_rate: field(profile.max_heart_rate_bpm),
        lt1: field(profile.lt1_bpm),
        lt2: field(profile.lt2_bpm),
        estimated_max_heart_rate: profile
            .max_heart_rate_bpm
            .is_none()
            .then(|| profile.max_heart_rate_bpm(year))
            .flatten()
            .map(|bpm| bpm.round() as u32),
        problem: String::new(),
    }
}

/// Reads the form; none where anything is wrong, which then stands beside the field.
fn read(form: &mut TwinForm, other_name: &str, year: i32) -> Option<(String, Profile)> {
    form.problem.clear();
    let name = checked(&mut form.name, |text| {
        if text.is_empty() {
            return Err("Enter a name.".into());
        }
        if text.to_lowercase() == other_name.to_lowercase() {
            return Err("The other twin has this name.".into());
        }
        line(text, LONGEST_NAME, "A name")
    });
    let sex = checked(&mut form.sex, |text| {
        optional(text, |id| {
            Sex::from_id(id).ok_or_else(|| "Choose one of the list.".to_owned())
        })
    });
    let birth_year = checked(&mut form.birth_year, |text| {
        optional(text, |text| {
            let years = year - OLDEST_YEARS..=year;
            text.parse::<i32>()
                .ok()
                .filter(|year| years.contains(year))
                .ok_or_else(|| {
                    format!(
                        "A year of birth is between {} and {}.",
                        years.start(),
                        years.end()
                    )
                })
        })
    });
    let rate = |field: &mut Field, what: &str, low: f64, high: f64| {
        checked(field, |text| {
            optional(text, |text| number(text, low..=high, what, "bpm"))
        })
    };
    let resting = rate(
        &mut form.resting_heart_rate,
        "A resting heart rate",
        25.0,
        120.0,
    );
    let max = rate(
        &mut form.max_heart_rate,
        "A maximal heart rate",
        100.0,
        240.0,
    );
    let lt1 = rate(&mut form.lt1, "The first threshold", 60.0, 220.0);
    let lt2 = rate(&mut form.lt2, "The second threshold", 70.0, 230.0);

    // Each against those below it: the complaint stands at the first that is too low.
    let mut below: Option<(f64, &str)> = None;
    let rising = [
        (
            &mut form.resting_heart_rate,
            resting,
            "the resting heart rate",
        ),
        (&mut form.lt1, lt1, "the first threshold"),
        (&mut form.lt2, lt2, "the second threshold"),
        (&mut form.max_heart_rate, max, "the maximal heart rate"),
    ];
    for (field, bpm, name) in rising {
        let Some(Some(bpm)) = bpm else { continue };
        if let Some((lower, of)) = below
            && bpm <= lower
        {
            field.problem = format!("Must be above {of}, {} bpm.", written(lower));
        }
        below = Some((bpm, name));
    }
    let fields = [
        &form.resting_heart_rate,
        &form.max_heart_rate,
        &form.lt1,
        &form.lt2,
    ];
    if fields.iter().any(|field| !field.problem.is_empty()) {
        return None;
    }
    let profile = Profile {
        sex: sex?,
        birth_year: birth_year?,
        resting_heart_rate_bpm: resting?,
        max_heart_rate_bpm: max?,
        lt1_bpm: lt1?,
        lt2_bpm: lt2?,
    };
    Some((name?, profile))
}

#[cfg(test)]
mod tests {
    use physiology::SubjectId;
    use physiology::alarm::Spo2Limits;

    use super::*;

    const YEAR: i32 = 2026;

    fn filled() -> TwinForm {
        form(
            Twin::A,
            &Subject {
                id: SubjectId(1),
                name: "Ana".into(),
                profile: Profile {
                    sex: Some(Sex::Female),
                    birth_year: Some(1_991),
                    resting_heart_rate_bpm: Some(48.0),
                    max_heart_rate_bpm: Some(186.5),
                    lt1_bpm: Some(138.0),
                    lt2_bpm: Some(164.0),
                },
                spo2_limits: Spo2Limits::default(),
            },
            YEAR,
        )
    }

    /// The form with one field typed over, and the problem that comes of it.
    fn typed(set: impl Fn(&mut TwinForm) -> &mut Field, text: &str) -> (TwinForm, String) {
        let mut form = filled();
        set(&mut form).value = text.into();
        let read = read(&mut form, "Bea", YEAR);
        let problem = set(&mut form).problem.clone();
        assert_eq!(read.is_none(), !problem.is_empty(), "{text:?}: {form:?}");
        assert_eq!(set(&mut form).value, text, "what was typed stays");
        (form, problem)
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        let mut form = filled();
        let (name, profile) = read(&mut form, "Bea", YEAR).unwrap();
        assert_eq!(form, filled());
        assert_eq!(
            (name.as_str(), profile.max_heart_rate_bpm),
            ("Ana", Some(186.5))
        );
    }

    #[test]
    fn everything_but_the_name_may_be_unknown() {
        let mut form = TwinForm {
            name: Field::of("  Ana "),
            sex: Field::default(),
            birth_year: Field::default(),
            resting_heart_rate: Field::default(),
            max_heart_rate: Field::of(" "),
            lt1: Field::default(),
            lt2: Field::default(),
            ..filled()
        };
        let expected = ("Ana".to_owned(), Profile::default());
        assert_eq!(read(&mut form, "Bea", YEAR), Some(expected));
    }

    #[test]
    fn each_field_has_its_sentence() {
        type Get = fn(&mut TwinForm) -> &mut Field;
        let name: Get = |form| &mut form.name;
        let sex: Get = |form| &mut form.sex;
        let born: Get = |form| &mut form.birth_year;
        let resting: Get = |form| &mut form.resting_heart_rate;
        let max: Get = |form| &mut form.max_heart_rate;
        let lt1: Get = |form| &mut form.lt1;
        let lt2: Get = |form| &mut form.lt2;
        let long = "x".repeat(41);
        for (get, text, says) in [
            (name, "", "Enter a name."),
            (name, "bEA", "The other twin has this name."),
            (name, long.as_str(), "A name has at most 40 characters."),
            (name, "a\u{7}b", "A name has no control characters."),
            (sex, "yes", "Choose one of the list."),
            (born, "1905", "A year of birth is between 1906 and 2026."),
            (born, "2027", "A year of birth is between 1906 and 2026."),
            (born, "91", "A year of birth is between 1906 and 2026."),
            (
                resting,
                "24",
                "A resting heart rate is between 25 and 120 bpm.",
            ),
            (resting, "fast", "A resting heart rate is a number."),
            (
                max,
                "241",
                "A maximal heart rate is between 100 and 240 bpm.",
            ),
            (
                lt1,
                "59.9",
                "The first threshold is between 60 and 220 bpm.",
            ),
            (
                lt2,
                "231",
                "The second threshold is between 70 and 230 bpm.",
            ),
            // One against another.
            (lt2, "138", "Must be above the first threshold, 138 bpm."),
            (max, "164", "Must be above the second threshold, 164 bpm."),
        ] {
            assert_eq!(typed(get, text).1, says, "{text:?}");
        }
        // The complaint stands at the upper of two, whichever was typed.
        let mut form = filled();
        form.resting_heart_rate.value = "120".into();
        form.lt1.value = "119".into();
        assert!(read(&mut form, "Bea", YEAR).is_none());
        assert_eq!(
            form.lt1.problem,
            "Must be above the resting heart rate, 120 bpm."
        );
        assert_eq!(form.resting_heart_rate.problem, "");
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let mut form = filled();
        form.name.value.clear();
        form.lt1.value = "1".into();
        form.birth_year.value = "x".into();
        assert!(read(&mut form, "Bea", YEAR).is_none());
        let told = [&form.name, &form.lt1, &form.birth_year];
        assert!(told.iter().all(|field| !field.problem.is_empty()));
    }

    #[test]
    fn a_maximum_is_estimated_only_where_none_is_known() {
        assert_eq!(filled().estimated_max_heart_rate, None);
        let subject = Subject {
            id: SubjectId(1),
            name: "Ana".into(),
            profile: Profile {
                birth_year: Some(1_986),
                ..Profile::default()
            },
            spo2_limits: Spo2Limits::default(),
        };
        // 208 − 0.7 · 40
        let form = form(Twin::A, &subject, YEAR);
        assert_eq!(form.estimated_max_heart_rate, Some(180));
    }
}
