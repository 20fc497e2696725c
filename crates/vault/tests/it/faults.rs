//! A store that fails.

use std::time::Duration;

use tokio::time::Instant;
use vault::VaultError;

use crate::faulty::{Fault, Faulty};
use crate::support::{
    FakeVendor, LIFE_S, Mood, OURA, SUBJECT, access, is_corrupt, is_reconnect, is_unavailable,
    memory, read, vault_on, version, write,
};

#[tokio::test(start_paused = true)]
async fn a_renewed_token_is_used_from_memory_until_it_can_be_stored() {
    let store = Faulty::new(memory());
    let (vault, other) = (vault_on(store.clone()), vault_on(store.clone()));
    let vendor = FakeVendor::new(Duration::from_millis(10));
    vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S);

    store.set(Fault::TokenWrites);
    let renewed = vendor.fresh(&vault).await.unwrap();
    assert_eq!(
        access(&vendor.fresh(&vault).await.unwrap()),
        access(&renewed)
    );
    assert_eq!(
        access(&vault.get(SUBJECT, OURA).await.unwrap().unwrap()),
        access(&renewed)
    );
    assert!(
        is_unavailable(&vendor.fresh(&other).await),
        "others see the claim, and wait"
    );
    store.set(Fault::Everything);
    assert_eq!(
        access(&vendor.fresh(&vault).await.unwrap()),
        access(&renewed)
    );

    store.set(Fault::None);
    tokio::time::sleep(Duration::from_secs(20)).await;
    assert_eq!(
        access(&vendor.fresh(&other).await.unwrap()),
        access(&renewed)
    );
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));

    // The next one goes the usual way.
    vendor.clock.advance_s(LIFE_S);
    vendor.fresh(&other).await.unwrap();
    assert_eq!((vendor.calls(), vendor.reuses()), (2, 0));
}

#[tokio::test(start_paused = true)]
async fn a_late_but_good_answer_beats_the_refusal_of_who_took_over() {
    let store = Faulty::new(memory());
    let (late, hasty) = (vault_on(store.clone()), vault_on(store.clone()));
    let vendor = FakeVendor::new(Duration::from_millis(10));
    late.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    store.set(Fault::TokenWrites);
    let renewed = vendor.fresh(&late).await.unwrap();
    // The other process gives up on the first, asks, is refused, and its refusal gets stored.
    let began = Instant::now();
    while vendor.calls() < 2 && began.elapsed() < Duration::from_mins(3) {
        let _ = vendor.fresh(&hasty).await;
    }
    assert_eq!(vendor.reuses(), 1);
    store.set(Fault::None);
    tokio::time::sleep(Duration::from_mins(1)).await;
    for vault in [&late, &hasty, &vault_on(store)] {
        assert_eq!(
            access(&vendor.fresh(vault).await.unwrap()),
            access(&renewed)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_cannot_be_stored_is_remembered() {
    let store = Faulty::new(memory());
    let vault = vault_on(store.clone());
    let vendor = FakeVendor::new(Duration::from_millis(10));
    vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    vendor.set(Mood::Refuses);
    store.set(Fault::TokenWrites);
    for _ in 0..3 {
        assert!(is_reconnect(&vendor.fresh(&vault).await, "access_denied"));
    }
    assert_eq!(vendor.calls(), 1);
    // Signing in again while the refusal still waits to be stored.
    store.set(Fault::None);
    vendor.set(Mood::Answers);
    let anew = vendor.grant();
    vault.put(SUBJECT, OURA, &anew).await.unwrap();
    tokio::time::sleep(Duration::from_mins(1)).await;
    for vault in [&vault, &vault_on(store)] {
        assert_eq!(access(&vendor.fresh(vault).await.unwrap()), access(&anew));
    }
}

#[tokio::test(start_paused = true)]
async fn answers_that_get_lost_lose_no_token() {
    let store = Faulty::new(memory());
    let (vault, other) = (vault_on(store.clone()), vault_on(store.clone()));
    let vendor = FakeVendor::new(Duration::from_secs(1));
    vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    // The claim is created, but nobody hears of it: it is withdrawn, and the next one works.
    store.set(Fault::CreateAnswers);
    assert!(is_unavailable(&vendor.fresh(&vault).await));
    assert_eq!(vendor.calls(), 0);
    store.set(Fault::None);
    tokio::time::sleep(Duration::from_millis(1)).await;

    // The token is created, but nobody hears of it: it is recognised as our own.
    let (renewed, ()) = tokio::join!(vendor.fresh(&vault), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        store.set(Fault::CreateAnswers);
    });
    let renewed = renewed.unwrap();
    store.set(Fault::None);
    for vault in [&vault, &other] {
        assert_eq!(
            access(&vendor.fresh(vault).await.unwrap()),
            access(&renewed)
        );
    }
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn without_the_store_the_old_token_works_to_its_end() {
    let store = Faulty::new(memory());
    let vault = vault_on(store.clone());
    let vendor = FakeVendor::new(Duration::ZERO);
    let old = vendor.grant();
    vault.put(SUBJECT, OURA, &old).await.unwrap();
    store.set(Fault::Everything);
    assert!(is_unavailable(
        &vault_on(store.clone()).get(SUBJECT, OURA).await
    ));
    assert!(is_unavailable(&vault_on(store.clone()).ready().await));
    for _ in 0..5 {
        tokio::time::sleep(Duration::from_secs(31)).await;
        assert_eq!(access(&vendor.fresh(&vault).await.unwrap()), access(&old));
    }
    vendor.clock.advance_s(LIFE_S - 1);
    assert_eq!(access(&vendor.fresh(&vault).await.unwrap()), access(&old));
    vendor.clock.advance_s(1);
    assert!(is_unavailable(&vendor.fresh(&vault).await));
    assert!(is_unavailable(&vault.put(SUBJECT, OURA, &old).await));
    assert!(is_unavailable(&vault.delete(SUBJECT, OURA).await));
    assert_eq!(vendor.calls(), 0);
}

#[tokio::test]
async fn a_damaged_token_is_reported_and_left_alone() {
    let store = memory();
    let vendor = FakeVendor::new(Duration::ZERO);
    vault_on(store.clone())
        .put(SUBJECT, OURA, &vendor.grant())
        .await
        .unwrap();
    let good = read(&*store, &version(1)).await;
    let mut flipped = good.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for bad in [
        flipped,
        good[..20].to_vec(),
        b"garbage".to_vec(),
        vec![0; 100_000],
    ] {
        write(&*store, &version(1), bad.clone()).await;
        let vault = vault_on(store.clone());
        assert!(is_corrupt(&vault.get(SUBJECT, OURA).await));
        assert!(is_corrupt(&vendor.fresh(&vault).await));
        assert!(is_corrupt(&vendor.renew(&vault, &vendor.grant()).await));
        assert!(is_corrupt(&vault.rotate().await));
        assert_eq!(read(&*store, &version(1)).await, bad);
    }
    assert_eq!(vendor.calls(), 0);
    // A person can still take the connection away, or make a new one.
    assert!(
        vault_on(store.clone())
            .delete(SUBJECT, OURA)
            .await
            .unwrap()
            .is_none()
    );
    let outcome = vendor.fresh(&vault_on(store)).await;
    assert!(matches!(outcome, Err(VaultError::NotConnected)));
}
