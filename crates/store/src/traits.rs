//! The one door to what is kept.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use physiology::clock::ClockAt;
use physiology::{
    Day, DayRange, Itinerary, NoteId, SeriesKind, SubjectId, Timestamp, Units, Vendor,
};

use crate::access::{Role, Visible};
use crate::error::StoreError;
use crate::model::{
    Account, AccountId, CollectionSummary, CollectionSync, Connection, DailyReading, DerivedDay,
    Document, DocumentKey, Noted, Pair, ReadingsQuery, Series, SeriesLine, SeriesTrack, SessionRow,
    Stored, StoredNote, Subject, SubjectWorkout, SyncRun,
};

/// Everything Acclimate keeps, but for tokens. Every write is one transaction.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Whether the store answers.
    async fn ready(&self) -> Result<(), StoreError>;

    // People

    /// The pair; none on an empty store.
    async fn pair(&self) -> Result<Option<Pair>, StoreError>;
    /// Makes the pair with these names, A first. [`StoreError::Exists`] where there is one.
    async fn create_pair(&self, names: [&str; 2]) -> Result<Pair, StoreError>;
    /// Replaces a subject's name, profile and limits.
    async fn put_subject(&self, subject: &Subject) -> Result<(), StoreError>;
    /// Exchanges the sides of the pair: A becomes B. Whose data is whose stays.
    async fn swap_pair(&self) -> Result<(), StoreError>;
    /// Replaces the pair's itinerary.
    async fn set_itinerary(&self, itinerary: &Itinerary) -> Result<(), StoreError>;

    // Documents

    /// Keeps documents, all of one subject, vendor and collection. A document that came again with
    /// the same content is left alone; one that changed keeps its old version beside the new.
    async fn put_documents(&self, documents: &[Document]) -> Result<Stored, StoreError>;
    /// The current documents of one collection and day (`None`: those without a day), by key.
    async fn documents_of_day(
        &self,
        visible: &Visible,
        subject: SubjectId,
        vendor: Vendor,
        collection: &str,
        day: Option<Day>,
    ) -> Result<Vec<Document>, StoreError>;
    /// Every version of a document that was kept, oldest first, the current one last.
    async fn document_versions(
        &self,
        visible: &Visible,
        key: &DocumentKey,
    ) -> Result<Vec<Document>, StoreError>;
    /// Every vendor, collection and day a subject has documents of, sorted.
    async fn document_days(
        &self,
        visible: &Visible,
        subject: SubjectId,
    ) -> Result<Vec<(Vendor, String, Option<Day>)>, StoreError>;
    /// Days of one collection whose documents came but were never derived (a process died between).
    async fn underived_days(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        collection: &str,
    ) -> Result<Vec<Option<Day>>, StoreError>;

    // What is derived

    /// Replaces, in one transaction, what was derived from the documents of each collection and
    /// day, and marks those days derived. Whoever derives reads the documents first: two that
    /// derive the same collection at once must take turns.
    async fn put_derived(&self, days: &[DerivedDay]) -> Result<(), StoreError>;
    /// Daily values, by subject, metric (in the domain's order) and day; on one day the sources in
    /// no special order.
    async fn readings(
        &self,
        visible: &Visible,
        query: &ReadingsQuery,
    ) -> Result<Vec<DailyReading>, StoreError>;
    /// Series of one kind with a sample on any of these UTC days, oldest first, whole documents.
    async fn series(
        &self,
        visible: &Visible,
        subject: SubjectId,
        kind: SeriesKind,
        days: DayRange,
    ) -> Result<Vec<Series>, StoreError>;
    /// What series there are, by subject, kind, source and clock.
    async fn series_lines(&self, visible: &Visible) -> Result<Vec<SeriesLine>, StoreError>;
    /// Some tiles of one kind, a track for each sensor that has any samples in them. Levels finer
    /// than the kind's finest are not kept.
    async fn series_tile(
        &self,
        visible: &Visible,
        subject: SubjectId,
        kind: SeriesKind,
        level: u8,
        tiles: RangeInclusive<i64>,
    ) -> Result<Vec<SeriesTrack>, StoreError>;
    /// What a subject's clock showed, by the documents that tell, oldest first: within a stretch,
    /// and the nearest before and after it. Of those alike in a row the first and the last alone.
    async fn clocks(
        &self,
        visible: &Visible,
        subject: SubjectId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<ClockAt>, StoreError>;
    /// Workouts dated by these days, by subject and time: what each document tells, two vendors'
    /// records of one workout not yet put together.
    async fn workouts(
        &self,
        visible: &Visible,
        days: DayRange,
    ) -> Result<Vec<SubjectWorkout>, StoreError>;
    /// Forgets everything derived of a subject: only a rebuild does.
    async fn clear_derived(&self, subject: SubjectId) -> Result<(), StoreError>;

    // Connections and sync

    /// Every connection of these subjects.
    async fn connections(&self, visible: &Visible) -> Result<Vec<Connection>, StoreError>;
    /// Makes or replaces a connection.
    async fn put_connection(&self, connection: &Connection) -> Result<(), StoreError>;
    /// Forgets a connection; its documents stay.
    async fn delete_connection(&self, subject: SubjectId, vendor: Vendor)
    -> Result<(), StoreError>;
    /// Where every collection of these subjects stands.
    async fn collection_syncs(&self, visible: &Visible) -> Result<Vec<CollectionSync>, StoreError>;
    /// Keeps where a collection stands.
    async fn put_collection_sync(&self, sync: &CollectionSync) -> Result<(), StoreError>;
    /// Forgets where the collections of a connection stand, so that the next sync starts anew.
    async fn clear_collection_syncs(
        &self,
        subject: SubjectId,
        vendor: Vendor,
    ) -> Result<(), StoreError>;
    /// What is kept of every collection of these subjects.
    async fn collection_summaries(
        &self,
        visible: &Visible,
    ) -> Result<Vec<CollectionSummary>, StoreError>;
    /// Keeps a run: made when it starts, replaced (same subject, vendor, start) when it ends.
    async fn put_sync_run(&self, run: &SyncRun) -> Result<(), StoreError>;
    /// The newest runs of these subjects, newest first.
    async fn sync_runs(&self, visible: &Visible, limit: u32) -> Result<Vec<SyncRun>, StoreError>;

    // Accounts and sessions

    /// Makes an account. [`StoreError::Exists`] where the name is taken.
    async fn create_account(
        &self,
        name: &str,
        role: Role,
        password_hash: &str,
    ) -> Result<Account, StoreError>;
    /// Every account, by name.
    async fn accounts(&self) -> Result<Vec<Account>, StoreError>;
    /// The account of this name, without regard to case.
    async fn account_by_name(&self, name: &str) -> Result<Option<Account>, StoreError>;
    /// Replaces a password hash and ends the account's sessions.
    async fn set_password_hash(&self, id: AccountId, hash: &str) -> Result<(), StoreError>;
    /// Disables an account, or enables it; disabling ends its sessions.
    async fn set_disabled(&self, id: AccountId, disabled: bool) -> Result<(), StoreError>;
    /// Keeps how an account likes amounts and times written.
    async fn set_units(&self, id: AccountId, units: &Units) -> Result<(), StoreError>;
    /// Keeps a session.
    async fn create_session(&self, session: &SessionRow) -> Result<(), StoreError>;
    /// The session of this id and its account, unless the account is disabled.
    async fn session(
        &self,
        id_hash: &[u8; 32],
    ) -> Result<Option<(SessionRow, Account)>, StoreError>;
    /// Notes that a session was used.
    async fn touch_session(&self, id_hash: &[u8; 32], at: Timestamp) -> Result<(), StoreError>;
    /// Ends a session.
    async fn delete_session(&self, id_hash: &[u8; 32]) -> Result<(), StoreError>;
    /// Forgets sessions that ended, or were last used before `idle_before`.
    async fn prune_sessions(
        &self,
        now: Timestamp,
        idle_before: Timestamp,
    ) -> Result<u64, StoreError>;
    /// Keeps a failed sign-in under a key (name and address, hashed by the caller).
    async fn note_sign_in_failure(&self, key: &[u8; 32], at: Timestamp) -> Result<(), StoreError>;
    /// Failed sign-ins under a key since an instant.
    async fn sign_in_failures(&self, key: &[u8; 32], since: Timestamp) -> Result<u32, StoreError>;
    /// Forgets the failed sign-ins under a key, and all older than a day.
    async fn clear_sign_in_failures(
        &self,
        key: &[u8; 32],
        now: Timestamp,
    ) -> Result<(), StoreError>;

    // Notes

    /// Notes that touch the time from one instant to another, both included, oldest first. One
    /// about the pair is seen by who sees both of it.
    async fn notes(
        &self,
        visible: &Visible,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<StoredNote>, StoreError>;
    /// Keeps a note. [`StoreError::NotFound`] where its subject or its author is not there.
    async fn add_note(&self, noted: &Noted) -> Result<NoteId, StoreError>;
    /// Replaces a note. [`StoreError::NotFound`] where there is none, or none to be seen.
    async fn change_note(
        &self,
        visible: &Visible,
        id: NoteId,
        noted: &Noted,
    ) -> Result<(), StoreError>;
    /// Forgets a note. [`StoreError::NotFound`] where there is none, or none to be seen.
    async fn delete_note(&self, visible: &Visible, id: NoteId) -> Result<(), StoreError>;

    // Small things

    /// A small named value of the product's own, for example the set-up link's hash.
    async fn setting(&self, name: &str) -> Result<Option<String>, StoreError>;
    /// Keeps or forgets a small named value.
    async fn set_setting(&self, name: &str, value: Option<&str>) -> Result<(), StoreError>;
    /// Keeps or takes an OAuth state: kept under its hash, taken once.
    async fn put_oauth_state(
        &self,
        state_hash: &[u8; 32],
        payload: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError>;
    /// Takes an OAuth state out; `None` when unknown, used or expired.
    async fn take_oauth_state(
        &self,
        state_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<String>, StoreError>;
}
