//! Processes that stop in the middle, and what they leave behind.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::support::{
    FakeVendor, LIFE_S, Mood, OURA, SUBJECT, access, is_unavailable, memory, names, object,
    vault_on, version, write,
};

/// Where a process that claimed the second version leaves its claim.
fn claim() -> String {
    object("00000000000000000002.000001.claim")
}

fn claim_until(unix_ms: i64) -> String {
    format!("{{\"holder\":7,\"expires_at\":{unix_ms}}}")
}

#[tokio::test(start_paused = true)]
async fn a_claim_that_ran_out_is_taken_over_but_not_in_haste() {
    let store = memory();
    let vault = vault_on(Arc::clone(&store));
    let vendor = FakeVendor::new(Duration::from_millis(10));
    vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S * 2);
    // Expired long ago, says our clock; the holder's may be wrong.
    write(&*store, &claim(), claim_until(0)).await;
    let began = Instant::now();
    vendor.fresh(&vault).await.unwrap();
    assert!(
        began.elapsed() > Duration::from_secs(25),
        "a living holder had time to finish"
    );
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));
    let left = names(&*store).await;
    assert_eq!(left.len(), 2, "claims are gone: {left:?}");
}

#[tokio::test(start_paused = true)]
async fn with_a_clock_that_stands_still_it_takes_a_minute() {
    for content in [claim_until(i64::MAX), String::new(), "garbage".into()] {
        let store = memory();
        let vault = vault_on(Arc::clone(&store));
        let vendor = FakeVendor::new(Duration::from_millis(10));
        vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
        vendor.clock.advance_s(LIFE_S);
        write(&*store, &claim(), content).await;
        let began = Instant::now();
        let mut outcome = vendor.fresh(&vault).await;
        assert!(is_unavailable(&outcome));
        assert!(
            began.elapsed() < Duration::from_secs(35),
            "nobody waits for ever"
        );
        while is_unavailable(&outcome) && began.elapsed() < Duration::from_mins(2) {
            outcome = vendor.fresh(&vault).await;
        }
        outcome.unwrap();
        assert!(began.elapsed() > Duration::from_secs(55));
        assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn two_that_take_over_at_once_ask_once() {
    let store = memory();
    let vaults = [vault_on(Arc::clone(&store)), vault_on(Arc::clone(&store))];
    let vendor = FakeVendor::new(Duration::from_millis(10));
    vaults[0].put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S * 2);
    write(&*store, &claim(), claim_until(0)).await;
    let outcomes = vendor.fresh_from_all(&vaults, 20).await;
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_goes_away_holds_nobody_up() {
    let store = memory();
    let (gone, other) = (vault_on(Arc::clone(&store)), vault_on(store));
    let vendor = FakeVendor::new(Duration::from_millis(10));
    gone.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    vendor.set(Mood::Hangs);
    let asked = tokio::time::timeout(Duration::from_secs(2), vendor.fresh(&gone)).await;
    assert!(asked.is_err(), "dropped while it waited for the vendor");
    vendor.set(Mood::Answers);
    let began = Instant::now();
    vendor.fresh(&other).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn what_the_vendor_answered_is_stored_even_if_the_caller_is_gone() {
    use crate::faulty::{Fault, Faulty};

    let store = Faulty::new(memory());
    let (gone, other) = (vault_on(store.clone()), vault_on(store.clone()));
    let vendor = FakeVendor::new(Duration::from_millis(10));
    gone.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    store.set(Fault::TokenWrites);
    let asked = tokio::time::timeout(Duration::from_secs(2), vendor.fresh(&gone)).await;
    assert!(asked.is_err(), "dropped while it waited for the store");
    store.set(Fault::None);
    tokio::time::sleep(Duration::from_secs(20)).await;
    vendor.fresh(&other).await.unwrap();
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn leftovers_do_no_harm_and_go_away() {
    let store = memory();
    let vault = vault_on(Arc::clone(&store));
    let vendor = FakeVendor::new(Duration::from_millis(10));
    for _ in 0..3 {
        vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    }
    // A version that was never emptied, claims on what is long written, and strangers.
    write(&*store, &version(1), "old").await;
    write(
        &*store,
        &object("00000000000000000002.000009.claim"),
        claim_until(i64::MAX),
    )
    .await;
    write(
        &*store,
        &object("00000000000000000003.000001.claim"),
        "garbage",
    )
    .await;
    for stranger in [
        "notes.txt",
        "99999999999999999999.token",
        "5.token",
        "x.claim",
    ] {
        write(&*store, &object(stranger), "stranger").await;
    }
    vendor.clock.advance_s(LIFE_S);
    let token = vendor.fresh(&vault).await.unwrap();
    assert_eq!(
        access(&vendor.fresh(&vault_on(store.clone())).await.unwrap()),
        access(&token)
    );
    tokio::time::sleep(Duration::from_secs(1)).await;

    let left = names(&*store).await;
    assert!(
        left.iter()
            .all(|(name, _)| !name.contains(".claim") || name.ends_with("x.claim"))
    );
    let full = |number| left.contains(&(version(number), 0));
    assert!(full(1) && full(2) && full(3), "{left:?}");
    assert_eq!(
        left.iter().filter(|(_, size)| *size == 8).count(),
        4,
        "strangers stay"
    );
}

#[tokio::test]
async fn the_last_number_is_an_error_not_a_panic() {
    let store = memory();
    write(&*store, &version(u64::MAX), "anything").await;
    let vault = vault_on(store);
    let vendor = FakeVendor::new(Duration::ZERO);
    assert!(crate::support::is_corrupt(&vendor.fresh(&vault).await));
    assert!(crate::support::is_corrupt(
        &vault.put(SUBJECT, OURA, &vendor.grant()).await
    ));
}
