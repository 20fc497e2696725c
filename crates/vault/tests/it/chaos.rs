//! Everything at once, by chance: several processes on a store far away renew, sign in, sign out,
//! rotate keys and give up halfway, while time jumps. No refresh token is ever used twice.

use std::sync::Arc;
use std::time::Duration;

use object_store::path::Path;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use vault::{Vault, VaultError};

use crate::faulty::Faulty;
use crate::support::{FakeVendor, LIFE_S, OURA, SUBJECT, access, distinct, memory, names, ring};

const PROCESSES: u64 = 4;
const TASKS: u64 = 3;
const ACTIONS: usize = 40;

/// One task of one process, doing this and that.
async fn act(vault: Vault, vendor: FakeVendor, mut random: StdRng, may_end: bool) {
    for _ in 0..ACTIONS {
        tokio::time::sleep(Duration::from_millis(random.random_range(0..2_000))).await;
        let outcome = match random.random_range(0..100) {
            0..60 => vendor.fresh(&vault).await.map(drop),
            60..75 => match vendor.fresh(&vault).await {
                Ok(used) => vendor.renew(&vault, &used).await.map(drop),
                Err(error) => Err(error),
            },
            75..85 => {
                let patience = Duration::from_millis(random.random_range(0..3_000));
                let asked = tokio::time::timeout(patience, vendor.fresh(&vault)).await;
                asked.map_or(Ok(()), |outcome| outcome.map(drop))
            }
            85..92 => vault.rotate().await.map(drop),
            92..96 => vault.put(SUBJECT, OURA, &vendor.grant()).await,
            96..98 if may_end => vault.delete(SUBJECT, OURA).await.map(drop),
            _ => vault.get(SUBJECT, OURA).await.map(drop),
        };
        match outcome {
            Ok(()) | Err(VaultError::Unavailable { .. }) => {}
            Err(VaultError::NotConnected) if may_end => {}
            Err(error) => panic!("{error}"),
        }
    }
}

async fn run(seed: u64, may_end: bool) {
    let store = memory();
    // Half of the processes run with the new key already.
    let vaults: Vec<_> = (0..PROCESSES)
        .map(|process| {
            let slow = Faulty::slow(Arc::clone(&store), seed * 100 + process);
            let keys = if process % 2 == 0 {
                ring(1, &[2])
            } else {
                ring(2, &[1])
            };
            Vault::new(slow, Path::from("tokens"), keys)
        })
        .collect();
    let vendor = FakeVendor::new(Duration::from_millis(300));
    vaults[0].put(SUBJECT, OURA, &vendor.grant()).await.unwrap();

    let mut running = tokio::task::JoinSet::new();
    for (process, vault) in (0..).zip(&vaults) {
        for task in 0..TASKS {
            let random = StdRng::seed_from_u64(seed * 10_000 + process * 10 + task);
            running.spawn(act(vault.clone(), vendor.clone(), random, may_end));
        }
    }
    let mut random = StdRng::seed_from_u64(seed);
    let clock = vendor.clock.clone();
    let time = tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_millis(random.random_range(0..4_000))).await;
            clock.advance_s(random.random_range(0..LIFE_S));
        }
    });
    running.join_all().await;
    time.abort();
    assert_eq!(vendor.reuses(), 0, "seed {seed}");
    assert!(vendor.calls() > 5, "seed {seed} had little to do");

    // When the dust has settled, all see the same, and it still renews.
    tokio::time::sleep(Duration::from_mins(2)).await;
    if vaults[0].get(SUBJECT, OURA).await.unwrap().is_none() {
        vaults[0].put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    }
    vendor.clock.advance_s(LIFE_S * 2);
    let mut tokens = Vec::new();
    for vault in &vaults {
        let mut token = vendor.fresh(vault).await;
        while let Err(VaultError::Unavailable { .. }) = token {
            token = vendor.fresh(vault).await;
        }
        tokens.push(token.unwrap());
    }
    assert_eq!(distinct(&tokens).len(), 1, "seed {seed}");
    assert_eq!(vendor.reuses(), 0, "seed {seed}");
    let kept = vaults[3].get(SUBJECT, OURA).await.unwrap().unwrap();
    assert_eq!(access(&kept), access(&tokens[0]));
    tokio::time::sleep(Duration::from_mins(1)).await;
    let full = names(&*store)
        .await
        .into_iter()
        .filter(|(_, size)| *size > 0)
        .collect::<Vec<_>>();
    assert_eq!(full.len(), 1, "seed {seed} left {full:?}");
}

/// How many runs; a soak asks for more.
fn seeds() -> u64 {
    std::env::var("VAULT_CHAOS_SEEDS").map_or(6, |seeds| seeds.parse().unwrap())
}

#[tokio::test(start_paused = true)]
async fn no_refresh_token_is_used_twice_and_none_is_lost() {
    for seed in 0..seeds() {
        run(seed, false).await;
    }
}

#[tokio::test(start_paused = true)]
async fn nor_when_connections_end() {
    for seed in 1_000..1_000 + seeds() {
        run(seed, true).await;
    }
}
