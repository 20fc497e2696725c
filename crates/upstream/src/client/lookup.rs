//! One document, and what there is to know about a person's account.

use physiology::{Day, DayRange, Timestamp, Vendor};
use secrecy::SecretString;
use serde::Deserialize;
use url::Url;

use super::{Client, is_nothing};
use crate::collection::{Collection, Route};
use crate::document::Document;
use crate::error::FetchError;
use crate::http::{Answer, Call};
use crate::oura::RingConfiguration;
use crate::pages::{Pages, document_of, items};
use crate::polar::Exercise;

impl Client {
    /// A document by its key; `None` where there is none, or not any more.
    ///
    /// Rows that share a document are asked for by their day. What has no route of its own is
    /// looked for among its neighbours.
    pub async fn document(
        &self,
        access_token: &SecretString,
        collection: Collection,
        key: &str,
    ) -> Result<Option<Document>, FetchError> {
        if collection.vendor() != self.vendor() {
            return Ok(None);
        }
        if let Some(url) = self.route_of(collection, key) {
            let call = Call::get(url).bearer(access_token);
            let body = self.fetch(&call, one_item).await?;
            return Ok(body.map(|body| document_of(collection, body)));
        }
        let Some(day) = key.get(..10).and_then(|day| day.parse::<Day>().ok()) else {
            return Ok(None);
        };
        let range = match collection.info().route {
            Route::OuraInstants(_) => DayRange::new(day, day),
            _ => DayRange::new(day.plus(-1), day.plus(1)),
        };
        let mut pages = self.neighbours(collection, range);
        while let Some(page) = pages.next(access_token).await? {
            if let Some(found) = page.into_iter().find(|document| document.key == key) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The documents of some days, whenever it is: what is looked up has no other bound.
    fn neighbours(&self, collection: Collection, range: DayRange) -> Pages {
        Pages::new(
            self.clone(),
            collection,
            range,
            range.last.plus(1).start_utc(),
        )
    }

    /// The address of one document, for keys a vendor could have given.
    pub(crate) fn route_of(&self, collection: Collection, key: &str) -> Option<Url> {
        let letters = key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if key.is_empty() || key.len() > 128 || !letters {
            return None;
        }
        let (path, query) = match collection.info().route {
            Route::OuraDates(path) | Route::OuraAll(path) => {
                let url = self.url("v2/usercollection", &[path, key]);
                return Some(url);
            }
            Route::OuraInstants(_) => return None,
            Route::PolarAll(route) | Route::PolarDates(route) => (route.one, route.query),
        };
        if path.is_empty() {
            return None;
        }
        let mut url = self.url(path, &[key]);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Some(url)
    }

    /// What the person wears, for people: `Gen 4`, `Polar Vantage V3`. `None` where the vendor does
    /// not say or it was not granted.
    pub async fn device(&self, access_token: &SecretString) -> Result<Option<String>, FetchError> {
        let found = match self.vendor() {
            Vendor::Oura => self.ring(access_token).await,
            Vendor::Polar => self.watch(access_token).await,
        };
        none_if_not_granted(found)
    }

    async fn ring(&self, access_token: &SecretString) -> Result<Option<String>, FetchError> {
        let any = DayRange::new(Day::of_utc(Timestamp(0)), Day::of_utc(Timestamp(0)));
        let mut pages = self.neighbours(Collection::OuraRingConfiguration, any);
        let mut newest: Option<RingConfiguration> = None;
        while let Some(page) = pages.next(access_token).await? {
            let read = |document: &Document| RingConfiguration::read(&document.body);
            let rings = newest.take().into_iter();
            newest = RingConfiguration::newest(rings.chain(page.iter().filter_map(read)));
        }
        Ok(newest.and_then(|ring| ring.name()))
    }

    async fn watch(&self, access_token: &SecretString) -> Result<Option<String>, FetchError> {
        let call = Call::get(self.url("v3/exercises", &[])).bearer(access_token);
        let bodies = self.fetch(&call, |answer| {
            if is_nothing(answer.status) {
                Ok(Vec::new())
            } else {
                items(&answer.body)
            }
        });
        let exercises = bodies.await?;
        let newest = exercises
            .iter()
            .filter_map(|body| crate::derive::parse::<Exercise>(body).ok())
            .filter(|exercise| exercise.device.is_some())
            .max_by_key(Exercise::start);
        let device = newest.and_then(|exercise| exercise.device);
        Ok(device.map(|name| {
            name.chars()
                .filter(|letter| !letter.is_control())
                .take(40)
                .collect()
        }))
    }

    /// The vendor's id of the person, asked for where the grant does not have it. `None` where it
    /// was not granted.
    pub async fn user_id(&self, access_token: &SecretString) -> Result<Option<String>, FetchError> {
        #[derive(Deserialize)]
        struct PersonalInfo {
            id: String,
        }
        if self.vendor() == Vendor::Polar {
            return Ok(None);
        }
        let url = self.url("v2/usercollection/personal_info", &[]);
        let call = Call::get(url).bearer(access_token);
        let found = self.fetch(&call, |answer| {
            if is_nothing(answer.status) {
                return Ok(None);
            }
            serde_json::from_slice::<PersonalInfo>(&answer.body)
                .map(|info| Some(info.id))
                .map_err(|_| FetchError::malformed("no personal info"))
        });
        none_if_not_granted(found.await)
    }
}

fn none_if_not_granted(
    found: Result<Option<String>, FetchError>,
) -> Result<Option<String>, FetchError> {
    match found {
        Err(FetchError::NotGranted | FetchError::Unauthorized) => Ok(None),
        found => found,
    }
}

/// The document of a route of its own; some of Polar's answer an array of one.
fn one_item(answer: &Answer) -> Result<Option<String>, FetchError> {
    if is_nothing(answer.status) {
        return Ok(None);
    }
    Ok(items(&answer.body)?.into_iter().next())
}
