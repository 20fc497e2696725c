//! The door itself: every method goes to the file of its concern.

use std::ops::RangeInclusive;

use async_trait::async_trait;
use physiology::clock::ClockAt;
use physiology::{
    Day, DayRange, Itinerary, NoteId, SeriesKind, SubjectId, Timestamp, Units, Vendor,
};

use super::{
    SqliteStore, accounts, clocks, connections, derived, documents, notes, people, readings,
    series, sessions, small, sync, tiles, workouts,
};
use crate::access::{Role, Visible};
use crate::error::StoreError;
use crate::model::{
    Account, AccountId, CollectionSummary, CollectionSync, Connection, DailyReading, DerivedDay,
    Document, DocumentKey, Noted, Pair, ReadingsQuery, Series, SeriesLine, SeriesTrack, SessionRow,
    Stored, StoredNote, Subject, SubjectWorkout, SyncRun,
};
use crate::traits::Store;

#[async_trait]
impl Store for SqliteStore {
    async fn ready(&self) -> Result<(), StoreError> {
        small::ready(self).await
    }

    async fn pair(&self) -> Result<Option<Pair>, StoreError> {
        people::pair(self).await
    }

    async fn create_pair(&self, names: [&str; 2]) -> Result<Pair, StoreError> {
        people::create_pair(self, names).await
    }

    async fn put_subject(&self, subject: &Subject) -> Result<(), StoreError> {
        people::put_subject(self, subject).await
    }

    async fn swap_pair(&self) -> Result<(), StoreError> {
        people::swap_pair(self).await
    }

    async fn set_itinerary(&self, itinerary: &Itinerary) -> Result<(), StoreError> {
        people::set_itinerary(self, itinerary).await
    }

    async fn put_documents(&self, documents: &[Document]) -> Result<Stored, StoreError> {
        documents::put(self, documents).await
    }

    async fn documents_of_day(
        &self,
        visible: &Visible,
        subject: SubjectId,
        vendor: Vendor,
        collection: &str,
        day: Option<Day>,
    ) -> Result<Vec<Document>, StoreError> {
        documents::of_day(self, visible, subject, vendor, collection, day).await
    }

    async fn document_versions(
        &self,
        visible: &Visible,
        key: &DocumentKey,
    ) -> Result<Vec<Document>, StoreError> {
        documents::versions(self, visible, key).await
    }

    async fn document_days(
        &self,
        visible: &Visible,
        subject: SubjectId,
    ) -> Result<Vec<(Vendor, String, Option<Day>)>, StoreError> {
        documents::days(self, visible, subject).await
    }

    async fn underived_days(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        collection: &str,
    ) -> Result<Vec<Option<Day>>, StoreError> {
        documents::underived_days(self, subject, vendor, collection).await
    }

    async fn put_derived(&self, days: &[DerivedDay]) -> Result<(), StoreError> {
        derived::put(self, days).await
    }

    async fn readings(
        &self,
        visible: &Visible,
        query: &ReadingsQuery,
    ) -> Result<Vec<DailyReading>, StoreError> {
        readings::find(self, visible, query).await
    }

    async fn series(
        &self,
        visible: &Visible,
        subject: SubjectId,
        kind: SeriesKind,
        days: DayRange,
    ) -> Result<Vec<Series>, StoreError> {
        series::find(self, visible, subject, kind, days).await
    }

    async fn series_lines(&self, visible: &Visible) -> Result<Vec<SeriesLine>, StoreError> {
        tiles::lines(self, visible).await
    }

    async fn series_tile(
        &self,
        visible: &Visible,
        subject: SubjectId,
        kind: SeriesKind,
        level: u8,
        tiles: RangeInclusive<i64>,
    ) -> Result<Vec<SeriesTrack>, StoreError> {
        tiles::find(self, visible, subject, kind, level, tiles).await
    }

    async fn clocks(
        &self,
        visible: &Visible,
        subject: SubjectId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<ClockAt>, StoreError> {
        clocks::find(self, visible, subject, from, to).await
    }

    async fn workouts(
        &self,
        visible: &Visible,
        days: DayRange,
    ) -> Result<Vec<SubjectWorkout>, StoreError> {
        workouts::find(self, visible, days).await
    }

    async fn clear_derived(&self, subject: SubjectId) -> Result<(), StoreError> {
        derived::clear(self, subject).await
    }

    async fn connections(&self, visible: &Visible) -> Result<Vec<Connection>, StoreError> {
        connections::all(self, visible).await
    }

    async fn put_connection(&self, connection: &Connection) -> Result<(), StoreError> {
        connections::put(self, connection).await
    }

    async fn delete_connection(
        &self,
        subject: SubjectId,
        vendor: Vendor,
    ) -> Result<(), StoreError> {
        connections::delete(self, subject, vendor).await
    }

    async fn collection_syncs(&self, visible: &Visible) -> Result<Vec<CollectionSync>, StoreError> {
        sync::collection_syncs(self, visible).await
    }

    async fn put_collection_sync(&self, sync: &CollectionSync) -> Result<(), StoreError> {
        sync::put_collection_sync(self, sync).await
    }

    async fn clear_collection_syncs(
        &self,
        subject: SubjectId,
        vendor: Vendor,
    ) -> Result<(), StoreError> {
        sync::clear_collection_syncs(self, subject, vendor).await
    }

    async fn collection_summaries(
        &self,
        visible: &Visible,
    ) -> Result<Vec<CollectionSummary>, StoreError> {
        sync::collection_summaries(self, visible).await
    }

    async fn put_sync_run(&self, run: &SyncRun) -> Result<(), StoreError> {
        sync::put_run(self, run).await
    }

    async fn sync_runs(&self, visible: &Visible, limit: u32) -> Result<Vec<SyncRun>, StoreError> {
        sync::runs(self, visible, limit).await
    }

    async fn create_account(
        &self,
        name: &str,
        role: Role,
        password_hash: &str,
    ) -> Result<Account, StoreError> {
        accounts::create(self, name, role, password_hash).await
    }

    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        accounts::all(self).await
    }

    async fn account_by_name(&self, name: &str) -> Result<Option<Account>, StoreError> {
        accounts::by_name(self, name).await
    }

    async fn set_password_hash(&self, id: AccountId, hash: &str) -> Result<(), StoreError> {
        accounts::set_password_hash(self, id, hash).await
    }

    async fn set_disabled(&self, id: AccountId, disabled: bool) -> Result<(), StoreError> {
        accounts::set_disabled(self, id, disabled).await
    }

    async fn set_units(&self, id: AccountId, units: &Units) -> Result<(), StoreError> {
        accounts::set_units(self, id, units).await
    }

    async fn create_session(&self, session: &SessionRow) -> Result<(), StoreError> {
        sessions::create(self, session).await
    }

    async fn session(
        &self,
        id_hash: &[u8; 32],
    ) -> Result<Option<(SessionRow, Account)>, StoreError> {
        sessions::find(self, id_hash).await
    }

    async fn touch_session(&self, id_hash: &[u8; 32], at: Timestamp) -> Result<(), StoreError> {
        sessions::touch(self, id_hash, at).await
    }

    async fn delete_session(&self, id_hash: &[u8; 32]) -> Result<(), StoreError> {
        sessions::delete(self, id_hash).await
    }

    async fn prune_sessions(
        &self,
        now: Timestamp,
        idle_before: Timestamp,
    ) -> Result<u64, StoreError> {
        sessions::prune(self, now, idle_before).await
    }

    async fn note_sign_in_failure(&self, key: &[u8; 32], at: Timestamp) -> Result<(), StoreError> {
        sessions::note_failure(self, key, at).await
    }

    async fn sign_in_failures(&self, key: &[u8; 32], since: Timestamp) -> Result<u32, StoreError> {
        sessions::failures(self, key, since).await
    }

    async fn clear_sign_in_failures(
        &self,
        key: &[u8; 32],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sessions::clear_failures(self, key, now).await
    }

    async fn notes(
        &self,
        visible: &Visible,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<StoredNote>, StoreError> {
        notes::find(self, visible, from, to).await
    }

    async fn add_note(&self, noted: &Noted) -> Result<NoteId, StoreError> {
        notes::add(self, noted).await
    }

    async fn change_note(
        &self,
        visible: &Visible,
        id: NoteId,
        noted: &Noted,
    ) -> Result<(), StoreError> {
        notes::change(self, visible, id, noted).await
    }

    async fn delete_note(&self, visible: &Visible, id: NoteId) -> Result<(), StoreError> {
        notes::delete(self, visible, id).await
    }

    async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        small::setting(self, name).await
    }

    async fn set_setting(&self, name: &str, value: Option<&str>) -> Result<(), StoreError> {
        small::set_setting(self, name, value).await
    }

    async fn put_oauth_state(
        &self,
        state_hash: &[u8; 32],
        payload: &str,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        small::put_oauth_state(self, state_hash, payload, expires_at).await
    }

    async fn take_oauth_state(
        &self,
        state_hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        small::take_oauth_state(self, state_hash, now).await
    }
}
