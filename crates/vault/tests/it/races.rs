//! Many tasks, two processes, one refresh token.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use object_store::ObjectStore;
use vault::{OpenOptions, Vault, VaultError};

use crate::faulty::Faulty;
use crate::gcs::FakeGcs;
use crate::support::{
    FakeVendor, LIFE_S, OURA, SUBJECT, access, distinct, memory, names, ring, vault_on,
};

/// Lets the token expire `rounds` times, with `tasks` tasks in each of two processes asking.
async fn expire_often(store: Arc<dyn ObjectStore>, rounds: usize, tasks: usize) {
    let vaults = [vault_on(Arc::clone(&store)), vault_on(store)];
    let vendor = FakeVendor::new(Duration::from_millis(20));
    vaults[0].put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    for round in 1..=rounds {
        vendor.clock.advance_s(LIFE_S);
        let tokens: Vec<_> = vendor
            .fresh_from_all(&vaults, tasks)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert_eq!(tokens.len(), tasks * 2);
        assert_eq!(distinct(&tokens).len(), 1, "round {round}");
        assert_eq!((vendor.calls(), vendor.reuses()), (round, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_thousand_tasks_and_twenty_expiries_in_memory() {
    expire_often(memory(), 20, 500).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_and_twenty_expiries_on_many_threads() {
    expire_often(memory(), 20, 500).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn expiries_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", folder.path().join("tokens").display());
    let opened = vault::open(&url, &OpenOptions::default()).unwrap();
    expire_often(opened.store, 5, 100).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn expiries_in_a_bucket_that_stumbles() {
    let gcs = FakeGcs::start().await;
    gcs.fail_every(11);
    let options = OpenOptions {
        gcs_endpoint: Some(gcs.endpoint.clone()),
    };
    let opened = vault::open("gs://bucket", &options).unwrap();
    expire_often(opened.store, 5, 100).await;
}

#[tokio::test(start_paused = true)]
async fn before_it_expires_nobody_waits_for_the_renewal() {
    let store = memory();
    let vaults = [vault_on(Arc::clone(&store)), vault_on(store)];
    let vendor = FakeVendor::new(Duration::from_secs(5));
    let old = vendor.grant();
    vaults[0].put(SUBJECT, OURA, &old).await.unwrap();
    vendor.clock.advance_s(LIFE_S - 60);
    let tokens: Vec<_> = vendor
        .fresh_from_all(&vaults, 50)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(distinct(&tokens).len(), 2);
    let with_new = tokens
        .iter()
        .filter(|token| access(token) != access(&old))
        .count();
    assert_eq!(with_new, 1, "only who asks the vendor waits");
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_dead_token_is_renewed_once() {
    let store = memory();
    let vaults = [vault_on(Arc::clone(&store)), vault_on(store)];
    let vendor = FakeVendor::new(Duration::from_millis(20));
    vaults[0].put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    let used = vendor.fresh(&vaults[1]).await.unwrap();
    let mut running = tokio::task::JoinSet::new();
    for index in 0..200 {
        let (vendor, vault, used) = (vendor.clone(), vaults[index % 2].clone(), used.clone());
        running.spawn(async move { vendor.renew(&vault, &used).await.unwrap() });
    }
    let tokens = running.join_all().await;
    assert_eq!(distinct(&tokens).len(), 1);
    assert_ne!(access(&tokens[0]), access(&used));
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));
    // Again with the old one: the stored one differs already.
    let again = vendor.renew(&vaults[0], &used).await.unwrap();
    assert_eq!(access(&again), access(&tokens[0]));
    assert_eq!(vendor.calls(), 1);
}

#[tokio::test]
async fn a_thousand_tasks_read_the_store_as_one() {
    let store = Faulty::new(memory());
    let vendor = FakeVendor::new(Duration::ZERO);
    vault_on(store.clone())
        .put(SUBJECT, OURA, &vendor.grant())
        .await
        .unwrap();
    let before = store.reads.load(Ordering::SeqCst);
    let cold = vault_on(store.clone());
    let outcomes = vendor.fresh_from_all(&[cold], 1_000).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert!(store.reads.load(Ordering::SeqCst) - before <= 4);

    // Nor is there a stampede where nothing is to be found.
    let before = store.reads.load(Ordering::SeqCst);
    let elsewhere = Vault::new(store.clone(), "elsewhere".into(), ring(1, &[]));
    let outcomes = vendor.fresh_from_all(&[elsewhere], 1_000).await;
    assert!(
        outcomes
            .iter()
            .all(|outcome| matches!(outcome, Err(VaultError::NotConnected)))
    );
    assert!(store.reads.load(Ordering::SeqCst) - before <= 4);
}

/// Eight processes make a connection at once: each gets a version of its own.
async fn race_eight(store: Arc<dyn ObjectStore>) {
    let vendor = FakeVendor::new(Duration::ZERO);
    let mut running = tokio::task::JoinSet::new();
    let tokens: Vec<_> = (0..8).map(|_| vendor.grant()).collect();
    for token in tokens.clone() {
        let vault = vault_on(Arc::clone(&store));
        running.spawn(async move { vault.put(SUBJECT, OURA, &token).await.unwrap() });
    }
    running.join_all().await;
    let objects = names(&*store).await;
    let expected: Vec<_> = (1..=8).map(crate::support::version).collect();
    assert_eq!(
        objects
            .iter()
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>(),
        expected
    );
    let kept = vault_on(Arc::clone(&store))
        .get(SUBJECT, OURA)
        .await
        .unwrap()
        .unwrap();
    assert!(tokens.iter().any(|token| access(token) == access(&kept)));
    let full: Vec<_> = objects.iter().filter(|(_, size)| *size > 0).collect();
    assert_eq!(full.len(), 1, "the others left nothing behind: {full:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_writers_win_one_version_each() {
    race_eight(memory()).await;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("file://{}", folder.path().display());
    race_eight(vault::open(&url, &OpenOptions::default()).unwrap().store).await;
    let gcs = FakeGcs::start().await;
    let options = OpenOptions {
        gcs_endpoint: Some(gcs.endpoint.clone()),
    };
    race_eight(vault::open("gs://bucket", &options).unwrap().store).await;
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_ends_or_begins_anew_during_a_renewal_stays_so() {
    let store = memory();
    let (asking, acting) = (vault_on(Arc::clone(&store)), vault_on(store));
    let vendor = FakeVendor::new(Duration::from_secs(5));
    acting.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    let (outcome, ()) = tokio::join!(vendor.fresh(&asking), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        acting.delete(SUBJECT, OURA).await.unwrap();
    });
    assert!(matches!(outcome, Err(VaultError::NotConnected)));
    assert!(acting.get(SUBJECT, OURA).await.unwrap().is_none());

    acting.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    let anew = vendor.grant();
    let (outcome, ()) = tokio::join!(vendor.fresh(&asking), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        acting.put(SUBJECT, OURA, &anew).await.unwrap();
    });
    assert_eq!(access(&outcome.unwrap()), access(&anew));
    assert_eq!(
        access(&acting.get(SUBJECT, OURA).await.unwrap().unwrap()),
        access(&anew)
    );
    assert_eq!(vendor.reuses(), 0);
}

#[tokio::test(start_paused = true)]
async fn what_another_process_ends_is_noticed_within_half_a_minute() {
    let store = memory();
    let (one, two) = (vault_on(Arc::clone(&store)), vault_on(store));
    let vendor = FakeVendor::new(Duration::ZERO);
    one.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.fresh(&two).await.unwrap();
    one.delete(SUBJECT, OURA).await.unwrap();
    tokio::time::sleep(Duration::from_secs(31)).await;
    assert!(matches!(
        vendor.fresh(&two).await,
        Err(VaultError::NotConnected)
    ));
    // And what it begins, at once.
    let anew = vendor.grant();
    one.put(SUBJECT, OURA, &anew).await.unwrap();
    assert_eq!(access(&vendor.fresh(&two).await.unwrap()), access(&anew));
}
