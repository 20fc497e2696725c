//! The documents of everybody, written once and kept.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use physiology::{Day, Timestamp};

use crate::oura::collection::Collection;
use crate::oura::documents::{Document, of_day};
use crate::twins::World;
use crate::twins::heart::HeartRow;

/// The documents of one collection of one person, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The first index that is not written yet.
    next_index: Option<i64>,
    pub(crate) documents: Vec<Document>,
    pub(crate) by_id: HashMap<String, usize>,
}

/// The heart rate of one person, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    next_index: Option<i64>,
    pub(crate) heart: Vec<HeartRow>,
}

/// Everything that is served, written when first asked for.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) world: World,
    tables: Vec<[RwLock<Table>; Collection::ALL.len()]>,
    rows: Vec<RwLock<Rows>>,
}

impl Record {
    pub(crate) fn new(world: World) -> Self {
        let tables = world
            .people
            .iter()
            .map(|_| core::array::from_fn(|_| RwLock::default()));
        let rows = world.people.iter().map(|_| RwLock::default());
        Self {
            tables: tables.collect(),
            rows: rows.collect(),
            world,
        }
    }

    /// The last index anything served at `now` can be dated: somewhere it is already tomorrow.
    fn last_index(&self, now: Timestamp) -> i64 {
        self.world.calendar.index(Day::of_utc(now)) + 1
    }

    /// Reads the documents of a collection, all that exist at `now` among them.
    pub(crate) fn read<T>(
        &self,
        who: usize,
        collection: Collection,
        now: Timestamp,
        read: impl FnOnce(&Table) -> T,
    ) -> Option<T> {
        let place = Collection::ALL
            .iter()
            .position(|other| *other == collection)?;
        let lock = self.tables.get(who)?.get(place)?;
        let last = self.last_index(now);
        let first = self.world.calendar.first_index;
        {
            let table = lock.read().unwrap_or_else(PoisonError::into_inner);
            if table.next_index.unwrap_or(first) > last {
                return Some(read(&table));
            }
        }
        let mut table = lock.write().unwrap_or_else(PoisonError::into_inner);
        let person = self.world.people.get(who)?;
        for index in table.next_index.unwrap_or(first)..=last {
            for document in of_day(&self.world, person, collection, index) {
                let place = table.documents.len();
                table.by_id.insert(document.id.clone(), place);
                table.documents.push(document);
            }
            table.next_index = Some(index + 1);
        }
        Some(read(&table))
    }

    /// Reads the heart rate of a person, all that exists at `now` in it.
    pub(crate) fn read_heart<T>(
        &self,
        who: usize,
        now: Timestamp,
        read: impl FnOnce(&[HeartRow]) -> T,
    ) -> Option<T> {
        let lock = self.rows.get(who)?;
        let last = self.last_index(now);
        let first = self.world.calendar.first_index;
        {
            let rows = lock.read().unwrap_or_else(PoisonError::into_inner);
            if rows.next_index.unwrap_or(first) > last {
                return Some(read(&rows.heart));
            }
        }
        let mut rows = lock.write().unwrap_or_else(PoisonError::into_inner);
        let person = self.world.people.get(who)?;
        for index in rows.next_index.unwrap_or(first)..=last {
            let day = self.world.heart_rows(person, index);
            rows.heart.extend(day);
            rows.next_index = Some(index + 1);
        }
        Some(read(&rows.heart))
    }
}
