//! Who may read whose data at Polar, and from when on.

use axum::http::HeaderMap;
use axum::response::Response;
use physiology::{Day, Timestamp};

use super::{WINDOW_DAYS, errors};
use crate::http::basic::bearer;
use crate::state::Simulator;
use crate::twins::{Person, World};

/// A request that may read one person's data.
pub(crate) struct Access<'a> {
    pub(crate) simulator: &'a Simulator,
    pub(crate) who: &'a Person,
    pub(crate) now: Timestamp,
    /// Nothing uploaded before is served.
    pub(crate) served_from: Timestamp,
}

/// The person behind the token, registered or not.
pub(crate) fn caller<'a>(
    simulator: &'a Simulator,
    headers: &HeaderMap,
) -> Result<&'a Person, Box<Response>> {
    let now = simulator.now();
    let who = bearer(headers).and_then(|token| simulator.changing().polar.bearer(token, now));
    who.and_then(|who| simulator.world().people.get(who))
        .ok_or_else(|| Box::new(errors::unauthorized(simulator)))
}

impl<'a> Access<'a> {
    /// 401 without a token, 403 for somebody who is not registered.
    pub(crate) fn new(
        simulator: &'a Simulator,
        headers: &HeaderMap,
    ) -> Result<Self, Box<Response>> {
        let who = caller(simulator, headers)?;
        let served_from = {
            let changing = simulator.changing();
            changing
                .polar
                .registered
                .get(&who.index)
                .map(|registered| registered.served_from)
        };
        let Some(served_from) = served_from else {
            return Err(Box::new(errors::not_registered(simulator)));
        };
        Ok(Self {
            simulator,
            who,
            now: simulator.now(),
            served_from,
        })
    }

    pub(crate) fn world(&self) -> &'a World {
        self.simulator.world()
    }

    /// The absolute address of the user.
    pub(crate) fn user_link(&self) -> String {
        format!(
            "{}polar/v3/users/{}",
            self.simulator.base, self.who.polar_user
        )
    }

    /// The oldest day that is kept, and the day it is.
    pub(crate) fn window(&self) -> (Day, Day) {
        let today = Day::of_utc(self.now);
        // East of Greenwich tomorrow has begun.
        (today.plus(-WINDOW_DAYS), today.plus(1))
    }

    /// The indexes of the days between two days, as far as they are kept.
    pub(crate) fn indexes(&self, from: Day, to: Day) -> std::ops::RangeInclusive<i64> {
        let (oldest, newest) = self.window();
        let calendar = self.world().calendar;
        calendar.index(from.max(oldest)).max(calendar.first_index)..=calendar.index(to.min(newest))
    }

    /// The indexes of everything that is kept.
    pub(crate) fn every_index(&self) -> std::ops::RangeInclusive<i64> {
        let (oldest, newest) = self.window();
        self.indexes(oldest, newest)
    }

    /// Whether something that appeared at `uploaded` is served to this client now.
    pub(crate) fn serves(&self, uploaded: Option<Timestamp>) -> bool {
        uploaded.is_some_and(|at| self.served_from <= at && at <= self.now)
    }
}
