//! A vendor, a clock, and what the tests share.

use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::TryStreamExt;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use physiology::{SubjectId, Timestamp, Vendor};
use secrecy::{ExposeSecret, SecretBox};
use vault::{KeyRing, RefreshError, Token, Vault, VaultError};

pub const SUBJECT: SubjectId = SubjectId(1);
pub const OURA: Vendor = Vendor::Oura;

pub fn ring(current: u8, old: &[u8]) -> KeyRing {
    let key = |byte: u8| SecretBox::new(Box::new([byte; 32]));
    KeyRing::new(key(current), old.iter().map(|byte| key(*byte)))
}

pub fn vault_on(store: Arc<dyn ObjectStore>) -> Vault {
    Vault::new(store, Path::from("tokens"), ring(1, &[]))
}

pub fn memory() -> Arc<dyn ObjectStore> {
    Arc::new(InMemory::new())
}

pub fn access(token: &Token) -> &str {
    token.access_token.expose_secret()
}

/// The access tokens of what many tasks got, each once.
pub fn distinct(tokens: &[Token]) -> HashSet<&str> {
    tokens.iter().map(access).collect()
}

pub fn is_reconnect<T>(outcome: &Result<T, VaultError>, expected: &str) -> bool {
    matches!(outcome, Err(VaultError::Reconnect { reason }) if reason == expected)
}

pub fn is_unavailable<T>(outcome: &Result<T, VaultError>) -> bool {
    matches!(outcome, Err(VaultError::Unavailable { .. }))
}

pub fn is_corrupt<T>(outcome: &Result<T, VaultError>) -> bool {
    matches!(outcome, Err(VaultError::Corrupt { .. }))
}

/// A clock that stands still until told.
#[derive(Clone, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    pub fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }

    pub fn advance_s(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Answers,
    Refuses,
    IsDown,
    Hangs,
}

/// Hands out tokens whose refresh tokens work once, and counts those that come a second time.
#[derive(Clone)]
pub struct FakeVendor {
    pub clock: Clock,
    state: Arc<Mutex<VendorState>>,
    latency: Duration,
}

struct VendorState {
    mood: Mood,
    issued: u64,
    live: HashSet<String>,
    calls: usize,
    reuses: usize,
}

pub const LIFE_S: i64 = 3_600;

impl FakeVendor {
    pub fn new(latency: Duration) -> Self {
        let state = VendorState {
            mood: Mood::Answers,
            issued: 0,
            live: HashSet::new(),
            calls: 0,
            reuses: 0,
        };
        Self {
            clock: Clock::default(),
            state: Arc::new(Mutex::new(state)),
            latency,
        }
    }

    pub fn set(&self, mood: Mood) {
        self.state.lock().unwrap().mood = mood;
    }

    /// What a person brings from the consent page.
    pub fn grant(&self) -> Token {
        let mut state = self.state.lock().unwrap();
        state.issued += 1;
        let number = state.issued;
        let refresh = format!("refresh-secret-{number}");
        state.live.insert(refresh.clone());
        Token {
            access_token: format!("access-secret-{number}").into(),
            refresh_token: Some(refresh.into()),
            expires_at: Some(self.clock.now().plus_seconds(LIFE_S)),
            scopes: vec!["daily".into(), "spo2".into()],
            vendor_user_id: Some("person-secret".into()),
            obtained_at: self.clock.now(),
        }
    }

    pub async fn refresh(&self, token: Token) -> Result<Token, RefreshError> {
        let mood = {
            let mut state = self.state.lock().unwrap();
            state.calls += 1;
            state.mood
        };
        tokio::time::sleep(self.latency).await;
        match mood {
            Mood::Answers => {}
            Mood::Refuses => {
                return Err(RefreshError::Refused {
                    reason: "access_denied".into(),
                });
            }
            Mood::IsDown => {
                return Err(RefreshError::Unavailable {
                    message: "status 503".into(),
                });
            }
            Mood::Hangs => std::future::pending().await,
        }
        let used = token.refresh_token.expect("called with a refresh token");
        {
            let mut state = self.state.lock().unwrap();
            if !state.live.remove(used.expose_secret()) {
                state.reuses += 1;
                return Err(RefreshError::Refused {
                    reason: "invalid_grant".into(),
                });
            }
        }
        // As vendors do, without what did not change.
        Ok(Token {
            scopes: Vec::new(),
            vendor_user_id: None,
            ..self.grant()
        })
    }

    pub fn calls(&self) -> usize {
        self.state.lock().unwrap().calls
    }

    pub fn reuses(&self) -> usize {
        self.state.lock().unwrap().reuses
    }

    pub async fn fresh(&self, vault: &Vault) -> Result<Token, VaultError> {
        vault
            .fresh(
                SUBJECT,
                OURA,
                || self.clock.now(),
                |token| self.refresh(token),
            )
            .await
    }

    pub async fn renew(&self, vault: &Vault, used: &Token) -> Result<Token, VaultError> {
        let used = &used.access_token;
        vault
            .renew(
                SUBJECT,
                OURA,
                used,
                || self.clock.now(),
                |token| self.refresh(token),
            )
            .await
    }

    /// `fresh`, from `tasks` tasks at once on each of `vaults`.
    pub async fn fresh_from_all(
        &self,
        vaults: &[Vault],
        tasks: usize,
    ) -> Vec<Result<Token, VaultError>> {
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..tasks {
            for vault in vaults {
                let (vendor, vault) = (self.clone(), vault.clone());
                running.spawn(async move { vendor.fresh(&vault).await });
            }
        }
        running.join_all().await
    }
}

pub async fn names(store: &dyn ObjectStore) -> Vec<(String, u64)> {
    let mut names: Vec<_> = store
        .list(None)
        .map_ok(|object| (object.location.to_string(), object.size))
        .try_collect()
        .await
        .unwrap();
    names.sort();
    names
}

pub async fn read(store: &dyn ObjectStore, name: &str) -> Vec<u8> {
    store
        .get(&Path::from(name))
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap()
        .to_vec()
}

pub async fn write(store: &dyn ObjectStore, name: &str, content: impl Into<Vec<u8>>) {
    store
        .put(&Path::from(name), content.into().into())
        .await
        .unwrap();
}

/// The name of subject 1's object at Oura.
pub fn object(rest: &str) -> String {
    format!("tokens/oura/1/{rest}")
}

pub fn version(number: u64) -> String {
    object(&format!("{number:020}.token"))
}
