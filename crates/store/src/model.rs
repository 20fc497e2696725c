//! The rows, as the rest of the product sees them.

use physiology::alarm::Spo2Limits;
use physiology::bucket::Bucket;
use physiology::clock::ClockAt;
use physiology::{
    Day, DayRange, Itinerary, Measurement, Metric, NoteId, Profile, SeriesKind, SeriesPoint,
    Source, SubjectId, Timestamp, Twin, Units, Vendor, Workout,
};

use crate::access::Role;

/// Identifies an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// A person whose data is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// Identifies the subject.
    pub id: SubjectId,
    /// As shown beside every value.
    pub name: String,
    /// What else is known of the person.
    pub profile: Profile,
    /// The person's limits for the night's SpO₂.
    pub spo2_limits: Spo2Limits,
}

/// Two subjects compared, and where they go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Twin A.
    pub a: Subject,
    /// Twin B.
    pub b: Subject,
    /// Where they go; none until it is entered.
    pub itinerary: Option<Itinerary>,
}

impl Pair {
    /// The subject on a side.
    pub const fn of(&self, twin: Twin) -> &Subject {
        match twin {
            Twin::A => &self.a,
            Twin::B => &self.b,
        }
    }

    /// Both subjects' ids, A first.
    pub const fn ids(&self) -> [SubjectId; 2] {
        [self.a.id, self.b.id]
    }

    /// The side a subject is on.
    pub fn side(&self, subject: SubjectId) -> Option<Twin> {
        Twin::BOTH
            .into_iter()
            .find(|twin| self.of(*twin).id == subject)
    }
}

/// Names a document: whose, from whom, of which collection, under which of its ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentKey {
    /// Whose.
    pub subject: SubjectId,
    /// From whom.
    pub vendor: Vendor,
    /// The collection's id, as `upstream` names it.
    pub collection: String,
    /// The vendor's id within the collection.
    pub key: String,
}

/// A vendor's answer, verbatim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which.
    pub key: DocumentKey,
    /// The vendor's day, where the document has one.
    pub day: Option<Day>,
    /// The JSON text as it came.
    pub body: String,
    /// When this version came.
    pub received_at: Timestamp,
}

/// What a batch of documents came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stored {
    /// Documents not known before.
    pub added: u64,
    /// Known documents whose content changed; the old version is kept.
    pub changed: u64,
    /// Known documents that came again unchanged; nothing was written.
    pub unchanged: u64,
    /// Days whose readings must be derived anew: those of every added or changed document, before
    /// and after. `None` stands for documents without a day.
    pub days: Vec<Option<Day>>,
}

/// One derived daily value.
#[derive(Debug, Clone, PartialEq)]
pub struct DailyReading {
    /// Whose.
    pub subject: SubjectId,
    /// What.
    pub metric: Metric,
    /// Which day.
    pub day: Day,
    /// The value with time, source and quality.
    pub measurement: Measurement,
    /// When the document it rests on came.
    pub received_at: Timestamp,
    /// The document it rests on, within the collection it was derived from.
    pub document: String,
}

/// One derived series: the samples of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Whose.
    pub subject: SubjectId,
    /// What.
    pub kind: SeriesKind,
    /// Whose sensor.
    pub source: Source,
    /// The document it rests on, within the collection it was derived from.
    pub document: String,
    /// Whether its times are the wearer's wall clock, kept as if that were UTC: the document tells no
    /// offset. Whoever draws it moves it by the offset of that day.
    pub local_clock: bool,
    /// The samples, oldest first.
    pub points: Vec<SeriesPoint>,
}

/// What there is of one sensor's record of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesLine {
    /// Whose.
    pub subject: SubjectId,
    /// What.
    pub kind: SeriesKind,
    /// Whose sensor.
    pub source: Source,
    /// As [`Series::local_clock`].
    pub local_clock: bool,
    /// The first sample.
    pub first_at: Timestamp,
    /// The last sample.
    pub last_at: Timestamp,
    /// How many samples.
    pub samples: u64,
    /// Grows whenever a tile of the line changes, or the clock by which it is moved to UTC; never
    /// falls back.
    pub revision: u64,
}

/// A stretch of one sensor's record of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesTrack {
    /// Whose sensor.
    pub source: Source,
    /// As [`Series::local_clock`].
    pub local_clock: bool,
    /// What the stretch comes to, oldest first, each bucket in a place of its own.
    pub buckets: Vec<Bucket>,
}

/// One derived workout: as one vendor's document tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectWorkout {
    /// Whose.
    pub subject: SubjectId,
    /// The workout, of one origin.
    pub workout: Workout,
}

/// What is derived from the documents of one collection and day: replaces what was there.
#[derive(Debug, Clone, PartialEq)]
pub struct DerivedDay {
    /// Whose.
    pub subject: SubjectId,
    /// From whom.
    pub vendor: Vendor,
    /// The collection's id.
    pub collection: String,
    /// The day; `None` for documents without one.
    pub day: Option<Day>,
    /// Its daily values. They may be dated otherwise than `day` where the vendor's are.
    pub readings: Vec<DailyReading>,
    /// Its series.
    pub series: Vec<Series>,
    /// Its workouts, one a document.
    pub workouts: Vec<Workout>,
    /// What the wearer's clock showed; clocks from nowhere on earth are left out.
    pub clocks: Vec<ClockAt>,
    /// Documents that could not be read: key and reason.
    pub malformed: Vec<(String, String)>,
}

/// A subject's connection to a vendor. The token itself is in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Whose.
    pub subject: SubjectId,
    /// To whom.
    pub vendor: Vendor,
    /// How it stands.
    pub state: ConnectionState,
    /// Scopes granted, as the vendor names them.
    pub granted: Vec<String>,
    /// Scopes asked for and not granted.
    pub refused: Vec<String>,
    /// The vendor's id of the user.
    pub vendor_user_id: Option<String>,
    /// The device's model, where the vendor tells.
    pub device: Option<String>,
    /// When it was made.
    pub connected_at: Timestamp,
}

/// How a connection stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionState {
    /// Working.
    Connected,
    /// The vendor refused to renew it, in its own short code.
    Reconnect {
        /// Why, for example `invalid_grant`.
        reason: String,
    },
}

/// Where the sync of one collection stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionSync {
    /// Whose.
    pub subject: SubjectId,
    /// From whom.
    pub vendor: Vendor,
    /// The collection's id.
    pub collection: String,
    /// Every day up to this one has been asked for.
    pub cursor: Option<Day>,
    /// When it last was tried.
    pub tried_at: Timestamp,
    /// When it last worked.
    pub synced_at: Option<Timestamp>,
    /// What the last try came to.
    pub outcome: SyncOutcome,
}

/// What a collection's sync came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncOutcome {
    /// It worked.
    Done,
    /// The twin did not grant it.
    NotGranted,
    /// It failed, in a sentence without vendor text.
    Failed {
        /// The sentence.
        message: String,
    },
}

/// What is kept of one collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionSummary {
    /// Whose.
    pub subject: SubjectId,
    /// From whom.
    pub vendor: Vendor,
    /// The collection's id.
    pub collection: String,
    /// Documents kept.
    pub documents: u64,
    /// The newest day among them.
    pub newest_day: Option<Day>,
    /// When the newest of them came.
    pub received_at: Option<Timestamp>,
    /// Documents that could not be read.
    pub malformed: Vec<String>,
}

/// One run over a subject's collections of a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncRun {
    /// Whose.
    pub subject: SubjectId,
    /// From whom.
    pub vendor: Vendor,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; none for a run that was cut off.
    pub finished_at: Option<Timestamp>,
    /// Documents that were new or changed.
    pub written: u64,
    /// Collections that failed.
    pub failed: u64,
}

/// A sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Identifies it.
    pub id: AccountId,
    /// As typed at sign-in; unique without regard to case.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The argon2id hash in PHC form.
    pub password_hash: String,
    /// Disabled accounts cannot sign in, and their sessions are gone.
    pub disabled: bool,
    /// How it likes amounts and times written.
    pub units: Units,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// SHA-256 of the cookie's secret: the secret itself is kept nowhere.
    pub id_hash: [u8; 32],
    /// Whose.
    pub account: AccountId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
}

/// A question for daily values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingsQuery {
    /// Which metrics; empty for all.
    pub metrics: Vec<Metric>,
    /// Which days; none for all.
    pub days: Option<DayRange>,
}

/// What is written in a note, about whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// About whom; none for the pair.
    pub subject: Option<SubjectId>,
    /// When it was, or began.
    pub at: Timestamp,
    /// When it ended, not before it began; none for an instant.
    pub until: Option<Timestamp>,
    /// The words.
    pub text: String,
    /// Whose words they are.
    pub author: AccountId,
    /// When they were written.
    pub written_at: Timestamp,
}

/// A note as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNote {
    /// Identifies it.
    pub id: NoteId,
    /// What it says.
    pub noted: Noted,
    /// The name of the author's account.
    pub author_name: String,
}
