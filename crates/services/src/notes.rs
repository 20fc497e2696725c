//! Notes: written by those who look after the twins, read by everybody who may see whom they are
//! about.

use core::ops::Range;

use physiology::{Day, DayRange, NoteId, Timestamp};
use store::{AccountId, Noted, Pair, StoredNote, Viewer, Visible};
use views::notes::{LONGEST_TEXT, NewNote, Note};

use crate::{Error, Services};

/// The first instant of 2200: what is noted of later times is a slip.
const TOO_LATE: Timestamp = Timestamp::from_unix_s(7_258_118_400);

impl Services {
    /// The notes that touch a time, its end left out, oldest first.
    pub async fn notes(
        &self,
        viewer: &Viewer,
        range: Range<Timestamp>,
    ) -> Result<Vec<Note>, Error> {
        let pair = self.pair().await?;
        self.notes_of(viewer, &pair, range).await
    }

    /// As [`Services::notes`], for a page that knows the pair.
    pub(crate) async fn notes_of(
        &self,
        viewer: &Viewer,
        pair: &Pair,
        range: Range<Timestamp>,
    ) -> Result<Vec<Note>, Error> {
        if range.is_empty() {
            return Ok(Vec::new());
        }
        let visible = viewer.may_see(&pair.ids());
        let last = Timestamp(range.end.0.saturating_sub(1));
        let may_change = may_note(viewer);
        let stored = self.store().notes(&visible, range.start, last).await?;
        let notes = stored
            .into_iter()
            .filter_map(|stored| note(stored, pair, may_change));
        Ok(notes.collect())
    }

    /// Keeps a note, in the words of whoever writes it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for who may not write, [`Error::Invalid`] for a note that will not do.
    pub async fn add_note(&self, viewer: &Viewer, new: NewNote) -> Result<NoteId, Error> {
        let author = author(viewer)?;
        let pair = self.pair().await?;
        let noted = self.checked(author, &viewer.may_see(&pair.ids()), &pair, new)?;
        Ok(self.store().add_note(&noted).await?)
    }

    /// Replaces a note. Its words are from here on those of whoever changed it: nobody is made to
    /// say what somebody else wrote.
    ///
    /// # Errors
    /// As [`Services::add_note`]; [`Error::NotFound`] where there is no such note.
    pub async fn change_note(
        &self,
        viewer: &Viewer,
        id: NoteId,
        new: NewNote,
    ) -> Result<(), Error> {
        let author = author(viewer)?;
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        let noted = self.checked(author, &visible, &pair, new)?;
        Ok(self.store().change_note(&visible, id, &noted).await?)
    }

    /// Forgets a note.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for who may not write, [`Error::NotFound`] where there is no such note.
    pub async fn delete_note(&self, viewer: &Viewer, id: NoteId) -> Result<(), Error> {
        author(viewer)?;
        let pair = self.pair().await?;
        let visible = viewer.may_see(&pair.ids());
        Ok(self.store().delete_note(&visible, id).await?)
    }

    fn checked(
        &self,
        author: AccountId,
        visible: &Visible,
        pair: &Pair,
        new: NewNote,
    ) -> Result<Noted, Error> {
        let NewNote {
            at,
            until,
            twin,
            text,
        } = new;
        let about: Vec<_> = match twin {
            Some(twin) => vec![pair.of(twin).id],
            None => pair.ids().into(),
        };
        if !about.into_iter().all(|subject| visible.includes(subject)) {
            return Err(Error::Forbidden);
        }
        let is_known = |at: Timestamp| (Timestamp(0)..TOO_LATE).contains(&at);
        if !is_known(at) || !until.is_none_or(is_known) {
            return Err(invalid("A note is of a time between 1970 and 2200."));
        }
        if until.is_some_and(|until| until < at) {
            return Err(invalid("A note ends after it begins."));
        }
        Ok(Noted {
            subject: twin.map(|twin| pair.of(twin).id),
            at,
            // A stretch without length is an instant.
            until: until.filter(|until| *until > at),
            text: words(&text)?,
            author,
            written_at: self.now(),
        })
    }
}

/// Whether a viewer may write notes. The product itself may not: it has nothing to say.
pub(crate) fn may_note(viewer: &Viewer) -> bool {
    author(viewer).is_ok()
}

fn author(viewer: &Viewer) -> Result<AccountId, Error> {
    match viewer {
        Viewer::Account { id, .. } if viewer.may_operate() => Ok(*id),
        Viewer::Account { .. } | Viewer::System => Err(Error::Forbidden),
    }
}

/// The words as they are kept. What is wrong with them is told without them: they are about
/// somebody's health.
fn words(text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Err(invalid("A note needs words."));
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(invalid("A note has at most 500 characters."));
    }
    if text.chars().any(char::is_control) {
        return Err(invalid("A note is one line, without control characters."));
    }
    Ok(text.to_owned())
}

fn invalid(sentence: &str) -> Error {
    Error::Invalid(sentence.into())
}

/// None of somebody who is not of the pair.
fn note(stored: StoredNote, pair: &Pair, may_change: bool) -> Option<Note> {
    let StoredNote {
        id,
        noted,
        author_name,
    } = stored;
    let twin = match noted.subject {
        Some(subject) => Some(pair.side(subject)?),
        None => None,
    };
    Some(Note {
        id,
        at: noted.at,
        until: noted.until,
        twin,
        text: noted.text,
        author: author_name,
        written_at: noted.written_at,
        may_change,
    })
}

/// The time a range of days takes on a page: from the evening its first night begins with to the end
/// of its last day, on the party's clock.
pub(crate) fn time_of(pair: &Pair, days: DayRange) -> Range<Timestamp> {
    /// Six hours before midnight.
    const EVENING_S: i64 = 6 * 3_600;
    let local = |day: Day| {
        let midnight = day.start_utc();
        let trip = pair.itinerary.as_ref();
        let offset_s = trip
            .and_then(|trip| trip.utc_offset_s(midnight))
            .unwrap_or(0);
        midnight.plus_seconds(-i64::from(offset_s))
    };
    local(days.first).plus_seconds(-EVENING_S)..local(days.last.plus(1))
}
