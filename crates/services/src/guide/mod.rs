//! The first run: what is left to do before there is anything to compare.
//!
//! Every step is judged by what is there, never by having been visited: a step that was done and
//! broke again is open again, with what is wrong beside it.

mod checks;

use physiology::{Metric, SubjectId, Twin, Vendor};
use store::{CollectionSync, Connection, ConnectionState, DailyReading, Pair, Viewer};
use views::Guide;
use views::guide::{ConnectStep, Registration, Step, StepKind, StepState, Trouble};

use crate::expedition::NAMES;
use crate::{Error, Services};

/// Which twin has any value of the overview, A first.
pub(crate) fn have_readings(pair: &Pair, readings: &[DailyReading]) -> [bool; 2] {
    Twin::BOTH.map(|twin| {
        let subject = pair.of(twin).id;
        readings
            .iter()
            .any(|reading| reading.subject == subject && Metric::OVERVIEW.contains(&reading.metric))
    })
}

/// The small value that remembers why a vendor refused the last sign-in.
fn refusal_key(subject: SubjectId, vendor: Vendor) -> String {
    format!("refused_sign_in:{}:{subject}", vendor.id())
}

impl Services {
    /// The guide over what is kept, of which the callers have most at hand.
    pub(crate) async fn guide_of(
        &self,
        viewer: &Viewer,
        pair: &Pair,
        have: [bool; 2],
        connections: &[Connection],
        syncs: &[CollectionSync],
    ) -> Result<Guide, Error> {
        let mut known = Known {
            pair,
            have,
            connections,
            syncs,
            old_rings: [None; 2],
            refusals: Vec::new(),
        };
        for (twin, old_ring) in Twin::BOTH.into_iter().zip(&mut known.old_rings) {
            let subject = pair.of(twin).id;
            *old_ring = self.old_ring(viewer, subject).await?;
            for vendor in Vendor::ALL {
                if let Some(reason) = self.store().setting(&refusal_key(subject, vendor)).await? {
                    known.refusals.push((subject, vendor, reason));
                }
            }
        }
        let mut steps = vec![
            Step {
                kind: StepKind::Administrator,
                state: StepState::Done,
                standing: "There is an administrator.".into(),
                troubles: Vec::new(),
            },
            twins_step(pair),
        ];
        steps.extend(Vendor::ALL.map(|vendor| self.register_step(vendor)));
        steps.extend(Twin::BOTH.map(|twin| self.connect_step(&known, twin)));
        steps.push(itinerary_step(pair));
        steps.push(readings_step(&known));
        mark_next(&mut steps);
        Ok(Guide {
            steps,
            troubles: Vendor::ALL
                .into_iter()
                .filter_map(|vendor| checks::clock(vendor, self.client(vendor)?.clock_ahead_s()?))
                .collect(),
            complete: have == [true, true],
            may_operate: viewer.may_operate(),
        })
    }

    /// Remembers why a vendor refused a sign-in, or forgets it.
    pub(crate) async fn note_refusal(
        &self,
        subject: SubjectId,
        vendor: Vendor,
        reason: Option<&str>,
    ) -> Result<(), Error> {
        let key = refusal_key(subject, vendor);
        Ok(self.store().set_setting(&key, reason).await?)
    }

    /// The generation of a twin's newest ring, where that is too old for SpO₂.
    async fn old_ring(&self, viewer: &Viewer, subject: SubjectId) -> Result<Option<u8>, Error> {
        let collection = upstream::Collection::OuraRingConfiguration;
        let visible = viewer.may_see(&[subject]);
        let documents = self
            .store()
            .documents_of_day(&visible, subject, Vendor::Oura, collection.id(), None)
            .await?;
        let rings = documents
            .iter()
            .filter_map(|document| upstream::oura::RingConfiguration::read(&document.body));
        let newest = upstream::oura::RingConfiguration::newest(rings);
        Ok(newest
            .and_then(|ring| ring.generation())
            .filter(|generation| *generation < checks::FIRST_WITH_SPO2))
    }

    fn register_step(&self, vendor: Vendor) -> Step {
        let expected = self.callback_url(vendor);
        let client = self.client(vendor);
        let mut troubles = Vec::new();
        if let Some(client) = client {
            let sent = client.redirect_uri();
            troubles.extend(
                expected
                    .as_ref()
                    .and_then(|at| checks::redirect(vendor, sent, at)),
            );
            troubles.extend(checks::asks_for_spo2(vendor, client.scopes()));
        }
        let scopes = client.map_or_else(
            || {
                let all = upstream::Config::default_scopes(vendor).iter();
                all.map(|scope| (*scope).to_owned()).collect()
            },
            |client| client.scopes().to_vec(),
        );
        let prefix = vendor.id().to_uppercase();
        let public_url = self.inner.config.public_url.as_ref();
        let registration = Registration {
            vendor,
            redirect_uri: expected.map(String::from).unwrap_or_default(),
            scopes,
            variables: vec![
                (
                    "PUBLIC_URL".into(),
                    public_url.map(|url| url.origin().ascii_serialization()),
                ),
                (format!("{prefix}_CLIENT_ID"), None),
                (format!("{prefix}_CLIENT_SECRET"), None),
            ],
        };
        let (state, standing) = match (client, troubles.is_empty()) {
            (Some(_), true) => (
                StepState::Done,
                format!("This server knows an app of {}.", vendor.name()),
            ),
            (Some(_), false) => (StepState::Open, String::new()),
            (None, _) => (
                StepState::Open,
                match vendor {
                    Vendor::Oura => "This server knows no app of Oura yet.".into(),
                    Vendor::Polar => {
                        "This server knows no app of Polar. Leave this out where nobody wears \
                         Polar."
                            .into()
                    }
                },
            ),
        };
        Step {
            kind: StepKind::Register(registration),
            state,
            standing,
            troubles,
        }
    }

    /// Where this server waits for browsers that a vendor sends back.
    fn callback_url(&self, vendor: Vendor) -> Option<url::Url> {
        let public_url = self.inner.config.public_url.as_ref()?;
        public_url
            .join(&format!("oauth/{}/callback", vendor.id()))
            .ok()
    }

    fn connect_step(&self, known: &Known<'_>, twin: Twin) -> Step {
        let subject = known.pair.of(twin);
        let name = subject.name.as_str();
        let configured: Vec<Vendor> = Vendor::ALL
            .into_iter()
            .filter(|vendor| self.client(*vendor).is_some())
            .collect();
        let works = |vendor: &Vendor| {
            known
                .connection(subject.id, *vendor)
                .is_some_and(|connection| connection.state == ConnectionState::Connected)
        };
        let (connected, offers): (Vec<Vendor>, Vec<Vendor>) =
            configured.iter().copied().partition(works);
        let troubles = known.troubles(twin, &connected);
        let (state, standing) = if configured.is_empty() {
            let why = "An app has to be registered first.".to_owned();
            (StepState::Blocked, why)
        } else if connected.is_empty() {
            (
                StepState::Open,
                format!("{name} is connected to nothing yet."),
            )
        } else {
            let vendors: Vec<&str> = connected.iter().map(|vendor| vendor.name()).collect();
            let done = offers.is_empty() && troubles.is_empty();
            let state = if done {
                StepState::Done
            } else {
                StepState::Open
            };
            (
                state,
                format!("{name} is connected to {}.", vendors.join(" and ")),
            )
        };
        Step {
            kind: StepKind::Connect(ConnectStep {
                twin,
                subject: subject.id,
                name: name.to_owned(),
                offers,
            }),
            state,
            standing,
            troubles,
        }
    }
}

/// What the steps are judged by.
struct Known<'a> {
    pair: &'a Pair,
    have: [bool; 2],
    connections: &'a [Connection],
    syncs: &'a [CollectionSync],
    /// The generation of each twin's ring, where it is too old.
    old_rings: [Option<u8>; 2],
    /// Whose sign-in was refused last, by whom and why.
    refusals: Vec<(SubjectId, Vendor, String)>,
}

impl Known<'_> {
    fn connection(&self, subject: SubjectId, vendor: Vendor) -> Option<&Connection> {
        self.connections
            .iter()
            .find(|connection| connection.subject == subject && connection.vendor == vendor)
    }

    fn troubles(&self, twin: Twin, connected: &[Vendor]) -> Vec<Trouble> {
        let subject = self.pair.of(twin);
        let name = subject.name.as_str();
        let mut troubles = Vec::new();
        for vendor in Vendor::ALL {
            let connection = self.connection(subject.id, vendor);
            if let Some(ConnectionState::Reconnect { .. }) = connection.map(|kept| &kept.state) {
                troubles.push(checks::ended(name, vendor));
            }
            let refusal = self
                .refusals
                .iter()
                .find(|(of, by, _)| *of == subject.id && *by == vendor);
            if let Some((_, _, reason)) = refusal
                && !connected.contains(&vendor)
            {
                troubles.push(checks::refused(name, vendor, reason));
            }
            let own = self
                .syncs
                .iter()
                .filter(|sync| sync.subject == subject.id && sync.vendor == vendor);
            if let Some(connection) = connection {
                troubles.extend(match vendor {
                    Vendor::Oura => checks::spo2_granted(name, connection, own),
                    Vendor::Polar => checks::polar_consents(name, own),
                });
            }
        }
        let old_ring = self.old_rings[usize::from(twin == Twin::B)];
        troubles.extend(old_ring.map(|generation| checks::old_ring(name, generation)));
        troubles
    }
}

fn twins_step(pair: &Pair) -> Step {
    let names = Twin::BOTH.map(|twin| pair.of(twin).name.as_str());
    let [a, b] = names;
    let (state, standing) = if names == NAMES {
        (
            StepState::Open,
            format!("They are called {a} and {b} until somebody names them."),
        )
    } else {
        (StepState::Done, format!("They are {a} and {b}."))
    };
    Step {
        kind: StepKind::Twins,
        state,
        standing,
        troubles: Vec::new(),
    }
}

fn itinerary_step(pair: &Pair) -> Step {
    let trip = pair
        .itinerary
        .as_ref()
        .filter(|trip| !trip.waypoints.is_empty());
    let (state, standing) = match trip {
        None => (
            StepState::Open,
            "Without it every night counts as slept at low altitude.".to_owned(),
        ),
        Some(trip) => (
            StepState::Done,
            format!(
                "{}, {} days from {}.",
                trip.name,
                trip.length_days(),
                trip.first_day
            ),
        ),
    };
    Step {
        kind: StepKind::Itinerary,
        state,
        standing,
        troubles: Vec::new(),
    }
}

fn readings_step(known: &Known<'_>) -> Step {
    let (state, standing) = match known.have {
        [true, true] => (StepState::Done, "Both twins have readings.".to_owned()),
        [false, false] if known.connections.is_empty() => (
            StepState::Blocked,
            "A twin has to be connected first.".to_owned(),
        ),
        have => {
            let waiting: Vec<&str> = Twin::BOTH
                .into_iter()
                .zip(have)
                .filter(|(_, has)| !has)
                .map(|(twin, _)| known.pair.of(twin).name.as_str())
                .collect();
            let who = waiting.join(" and ");
            (
                StepState::Open,
                format!(
                    "Nothing of {who} yet. A night arrives after its wearer opens the vendor's \
                     app in the morning."
                ),
            )
        }
    };
    Step {
        kind: StepKind::Readings,
        state,
        standing,
        troubles: Vec::new(),
    }
}

/// The first step that can be taken is the next one; Polar's registration only where nothing else is
/// left, as not everybody wears it.
fn mark_next(steps: &mut [Step]) {
    let can_wait = |step: &Step| {
        matches!(&step.kind, StepKind::Register(at) if at.vendor == Vendor::Polar)
            && step.troubles.is_empty()
    };
    let open = |step: &Step| step.state == StepState::Open;
    let first = steps
        .iter()
        .position(|step| open(step) && !can_wait(step))
        .or_else(|| steps.iter().position(open));
    if let Some(step) = first.and_then(|index| steps.get_mut(index)) {
        step.state = StepState::Next;
    }
}
