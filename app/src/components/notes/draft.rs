//! A note while it is being written, and the clock it is written by.

use physiology::{Day, Timestamp, Twin, Units, Waypoint};
use views::Compare;
use views::day::DayView;
use views::notes::{NewNote, Note, NoteId};
use views::workouts::Sheet;

use crate::format::zone;

/// Times are adjusted by so many seconds at the least, and new notes begin at a whole one.
pub(super) const STEP_S: i64 = 300;
/// How long a stretch is before anybody says otherwise, s.
const USUAL_STRETCH_S: i64 = 3_600;

/// A note before it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    /// Which note is changed; none makes a new one.
    pub id: Option<NoteId>,
    /// When it was, or began.
    pub at: Timestamp,
    /// When it ended; none for an instant.
    pub until: Option<Timestamp>,
    /// About whom; none for both.
    pub twin: Option<Twin>,
    /// The words.
    pub text: String,
}

impl Draft {
    /// An empty note of both twins at an instant, to the five minutes.
    pub fn at(at: Timestamp) -> Self {
        Self {
            id: None,
            at: Timestamp::from_unix_s(at.unix_s().div_euclid(STEP_S) * STEP_S),
            until: None,
            twin: None,
            text: String::new(),
        }
    }

    /// A note that is there, to be changed.
    pub fn of(note: &Note) -> Self {
        Self {
            id: Some(note.id),
            at: note.at,
            until: note.until,
            twin: note.twin,
            text: note.text.clone(),
        }
    }

    /// What the server is sent.
    pub(super) fn note(&self) -> NewNote {
        NewNote {
            at: self.at,
            until: self.until,
            twin: self.twin,
            text: self.text.clone(),
        }
    }

    /// Moves the beginning; a stretch keeps its length.
    pub(super) fn begin_later(&mut self, seconds: i64) {
        self.at = self.at.plus_seconds(seconds);
        self.until = self.until.map(|until| until.plus_seconds(seconds));
    }

    /// Moves the end, not before the beginning.
    pub(super) fn end_later(&mut self, seconds: i64) {
        let at = self.at;
        self.until = self.until.map(|until| until.plus_seconds(seconds).max(at));
    }

    /// Makes it a stretch or an instant.
    pub(super) fn lasts(&mut self, lasts: bool) {
        self.until = lasts.then(|| self.until.unwrap_or(self.at.plus_seconds(USUAL_STRETCH_S)));
    }
}

/// The clock notes are told by: each twin's own, or the party's.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct NoteClock {
    units: Units,
    /// Of what is of both, s ahead of UTC.
    party_offset_s: i32,
    /// Of what is of one twin, A first.
    own_offsets_s: Option<[i32; 2]>,
    /// Where there are any, they tell the party's clock.
    waypoints: Vec<Waypoint>,
}

impl NoteClock {
    /// The party's clock, wherever it was then.
    pub fn of_compare(compare: &Compare) -> Self {
        Self {
            units: compare.head.units,
            party_offset_s: compare.head.utc_offset_s,
            own_offsets_s: None,
            waypoints: compare.altitude.clone(),
        }
    }

    /// The clocks the day is shown by.
    pub fn of_day(day: &DayView) -> Self {
        Self {
            units: day.head.units,
            party_offset_s: day.party_offset_s,
            own_offsets_s: Some(Twin::BOTH.map(|twin| day.offset_s(twin))),
            waypoints: Vec::new(),
        }
    }

    /// The clocks a workout is shown by.
    pub fn of_sheet(sheet: &Sheet, units: Units) -> Self {
        Self {
            units,
            party_offset_s: sheet.party_offset_s,
            own_offsets_s: Some(sheet.utc_offset_s),
            waypoints: Vec::new(),
        }
    }

    fn offset_s(&self, at: Timestamp, twin: Option<Twin>) -> i32 {
        if let (Some([a, b]), Some(twin)) = (self.own_offsets_s, twin) {
            return if twin == Twin::A { a } else { b };
        }
        let after = self.waypoints.partition_point(|point| point.at <= at);
        self.waypoints
            .get(after.saturating_sub(1))
            .map_or(self.party_offset_s, |point| point.utc_offset_s)
    }

    /// `Tue 13 Oct, 17:50`.
    pub(super) fn time(&self, at: Timestamp, twin: Option<Twin>) -> String {
        let offset_s = self.offset_s(at, twin);
        let day = Day::of_local(at, offset_s).with_weekday();
        format!("{day}, {}", self.time_of_day(at, offset_s))
    }

    /// `Tue 13 Oct, 17:50 to 18:05`, with the day of the end where it is another.
    pub(super) fn times(
        &self,
        at: Timestamp,
        until: Option<Timestamp>,
        twin: Option<Twin>,
    ) -> String {
        let begin = self.time(at, twin);
        let Some(until) = until else {
            return begin;
        };
        let offset_s = self.offset_s(until, twin);
        let day = |at, offset_s| Day::of_local(at, offset_s);
        let end = if day(at, self.offset_s(at, twin)) == day(until, offset_s) {
            self.time_of_day(until, offset_s)
        } else {
            self.time(until, twin)
        };
        format!("{begin} to {end}")
    }

    /// `UTC+5:45`.
    pub(super) fn zone(&self, at: Timestamp, twin: Option<Twin>) -> String {
        zone(self.offset_s(at, twin))
    }

    fn time_of_day(&self, at: Timestamp, offset_s: i32) -> String {
        let local_s = at.unix_s().saturating_add(i64::from(offset_s));
        self.units.clock.time(local_s)
    }
}

/// Where a new note of the comparison begins: at the newest night shown, or now if that is yet to
/// come.
pub(crate) fn newest_of_compare(compare: &Compare) -> Timestamp {
    let now = compare.head.now;
    compare.nights.last().map_or(now, |night| night.at.min(now))
}

/// Where a new note of a day begins: now, or at noon of another day.
pub(crate) fn newest_of_day(day: &DayView) -> Timestamp {
    const NOON_S: i64 = 43_200;
    if day.day == day.head.today {
        return day.head.now;
    }
    day.day.at_second(NOON_S, day.party_offset_s)
}

#[cfg(test)]
mod tests {
    use physiology::units::Clock;

    use super::*;

    /// 2026-10-12T18:13:20Z, 23:58 in Nepal.
    const AT: Timestamp = Timestamp::from_unix_s(1_791_828_800);
    const NEPAL_S: i32 = 20_700;

    fn plain(text: String) -> String {
        text.replace('\u{a0}', " ")
    }

    fn waypoint(at: Timestamp, utc_offset_s: i32) -> Waypoint {
        Waypoint {
            at,
            altitude_m: 0.0,
            place: String::new(),
            utc_offset_s,
        }
    }

    #[test]
    fn a_new_note_begins_at_a_whole_five_minutes() {
        assert_eq!(Draft::at(AT).at, AT.plus_seconds(-200));
        assert_eq!(Draft::at(Timestamp(-1)).at, Timestamp(-300_000));
        let end = Draft::at(Timestamp(i64::MIN));
        assert!(end.at <= Timestamp(i64::MIN + 300_000));
    }

    #[test]
    fn a_stretch_keeps_its_length_and_never_ends_before_it_begins() {
        let mut draft = Draft::at(AT);
        let at = draft.at;
        draft.end_later(60);
        assert_eq!(draft.until, None);
        draft.lasts(true);
        assert_eq!(draft.until, Some(at.plus_seconds(3_600)));
        draft.begin_later(-86_400);
        assert_eq!(draft.at, at.plus_seconds(-86_400));
        assert_eq!(draft.until, Some(at.plus_seconds(3_600 - 86_400)));
        draft.end_later(-7_200);
        assert_eq!(draft.until, Some(draft.at));
        draft.lasts(true);
        assert_eq!(draft.until, Some(draft.at));
        draft.lasts(false);
        assert_eq!(draft.until, None);
    }

    #[test]
    fn times_are_those_of_whom_it_is_about() {
        let clock = NoteClock {
            party_offset_s: NEPAL_S,
            own_offsets_s: Some([NEPAL_S, 14_400]),
            ..NoteClock::default()
        };
        assert_eq!(clock.time(AT, None), "Mon 12 Oct, 23:58");
        assert_eq!(clock.time(AT, Some(Twin::A)), "Mon 12 Oct, 23:58");
        assert_eq!(clock.time(AT, Some(Twin::B)), "Mon 12 Oct, 22:13");
        assert_eq!(clock.zone(AT, Some(Twin::B)), "UTC+4");
        let until = Some(AT.plus_seconds(600));
        assert_eq!(
            clock.times(AT, until, Some(Twin::B)),
            "Mon 12 Oct, 22:13 to 22:23"
        );
        assert_eq!(
            clock.times(AT, until, None),
            "Mon 12 Oct, 23:58 to Tue 13 Oct, 00:08"
        );
        assert_eq!(clock.times(AT, None, None), "Mon 12 Oct, 23:58");
    }

    #[test]
    fn the_party_s_clock_is_that_of_the_place_it_was_at() {
        let clock = NoteClock {
            units: Units {
                clock: Clock::Hours12,
                ..Units::default()
            },
            waypoints: vec![
                waypoint(AT.plus_seconds(-86_400), 14_400),
                waypoint(AT, NEPAL_S),
            ],
            ..NoteClock::default()
        };
        // Before the first point, its clock; from the instant of a point on, that point's.
        assert_eq!(
            plain(clock.time(AT.plus_seconds(-2 * 86_400), None)),
            "Sat 10 Oct, 10:13 pm"
        );
        assert_eq!(
            plain(clock.time(AT.plus_seconds(-60), None)),
            "Mon 12 Oct, 10:12 pm"
        );
        assert_eq!(plain(clock.time(AT, None)), "Mon 12 Oct, 11:58 pm");
    }

    #[test]
    fn absurd_times_are_written_all_the_same() {
        let clock = NoteClock {
            party_offset_s: i32::MIN,
            ..NoteClock::default()
        };
        for at in [Timestamp(i64::MIN), Timestamp(i64::MAX)] {
            assert!(clock.times(at, Some(at), None).contains(" to "));
        }
    }
}
