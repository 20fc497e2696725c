//! A vendor that refuses, fails, hangs, or has no refresh tokens.

use std::sync::Arc;
use std::time::Duration;

use physiology::Vendor;
use tokio::time::Instant;
use vault::{RefreshError, Token, VaultError};

use crate::support::{
    FakeVendor, LIFE_S, Mood, OURA, SUBJECT, access, is_reconnect, is_unavailable, memory, vault_on,
};

#[tokio::test(start_paused = true)]
async fn a_refusal_counts_until_the_person_signs_in_again() {
    let store = memory();
    let (one, two) = (vault_on(Arc::clone(&store)), vault_on(Arc::clone(&store)));
    let vendor = FakeVendor::new(Duration::from_millis(10));
    let old = vendor.grant();
    one.put(SUBJECT, OURA, &old).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    vendor.set(Mood::Refuses);
    let outcomes = vendor.fresh_from_all(&[one.clone(), two.clone()], 50).await;
    assert!(
        outcomes
            .iter()
            .all(|outcome| is_reconnect(outcome, "access_denied"))
    );
    assert_eq!(vendor.calls(), 1);

    vendor.set(Mood::Answers);
    for vault in [&one, &two, &vault_on(store)] {
        assert!(is_reconnect(&vendor.fresh(vault).await, "access_denied"));
        assert!(is_reconnect(
            &vendor.renew(vault, &old).await,
            "access_denied"
        ));
        let kept = vault.get(SUBJECT, OURA).await.unwrap().unwrap();
        assert_eq!(
            access(&kept),
            access(&old),
            "for taking leave of the vendor"
        );
    }
    assert_eq!(vendor.calls(), 1, "the vendor is not asked again");

    let anew = vendor.grant();
    two.put(SUBJECT, OURA, &anew).await.unwrap();
    for vault in [&one, &two] {
        assert_eq!(access(&vendor.fresh(vault).await.unwrap()), access(&anew));
    }
}

#[tokio::test(start_paused = true)]
async fn while_the_vendor_is_down_the_old_token_works_to_its_end() {
    let vault = vault_on(memory());
    let vendor = FakeVendor::new(Duration::from_millis(10));
    let old = vendor.grant();
    vault.put(SUBJECT, OURA, &old).await.unwrap();
    vendor.set(Mood::IsDown);
    vendor.clock.advance_s(LIFE_S - 100);
    for _ in 0..20 {
        assert_eq!(access(&vendor.fresh(&vault).await.unwrap()), access(&old));
    }
    assert_eq!(vendor.calls(), 1, "it is left alone for a while");
    tokio::time::sleep(Duration::from_secs(11)).await;
    assert_eq!(access(&vendor.fresh(&vault).await.unwrap()), access(&old));
    assert_eq!(vendor.calls(), 2);

    vendor.clock.advance_s(100);
    let outcomes = vendor
        .fresh_from_all(std::slice::from_ref(&vault), 100)
        .await;
    assert!(outcomes.iter().all(is_unavailable));
    assert_eq!(
        vendor.calls(),
        3,
        "one failure is enough for all who ask at once"
    );
    assert!(is_unavailable(&vendor.renew(&vault, &old).await));

    vendor.set(Mood::Answers);
    assert_ne!(access(&vendor.fresh(&vault).await.unwrap()), access(&old));
    assert_eq!(vendor.reuses(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_vendor_that_hangs_is_given_twenty_seconds() {
    let store = memory();
    let (one, two) = (vault_on(Arc::clone(&store)), vault_on(store));
    let vendor = FakeVendor::new(Duration::from_millis(10));
    one.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    vendor.set(Mood::Hangs);
    let began = Instant::now();
    assert!(is_unavailable(&vendor.fresh(&one).await));
    assert!(began.elapsed() < Duration::from_secs(22));
    vendor.set(Mood::Answers);
    let began = Instant::now();
    vendor.fresh(&two).await.unwrap();
    assert!(
        began.elapsed() < Duration::from_secs(1),
        "the claim was given back"
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_without_refresh_token_lives_to_its_end() {
    let vault = vault_on(memory());
    let vendor = FakeVendor::new(Duration::ZERO);
    let clock = vendor.clock.clone();
    let token = Token {
        refresh_token: None,
        ..vendor.grant()
    };
    vault.put(SUBJECT, Vendor::Polar, &token).await.unwrap();
    let never = |_| async {
        Err(RefreshError::Unavailable {
            message: "called".into(),
        })
    };
    let fresh = || vault.fresh(SUBJECT, Vendor::Polar, || clock.now(), never);
    clock.advance_s(LIFE_S - 1);
    assert_eq!(access(&fresh().await.unwrap()), access(&token));
    let used = &token.access_token;
    let renewed = vault
        .renew(SUBJECT, Vendor::Polar, used, || clock.now(), never)
        .await;
    assert!(is_reconnect(&renewed, "rejected"));
    assert_eq!(
        access(&fresh().await.unwrap()),
        access(&token),
        "which is not remembered"
    );
    clock.advance_s(1);
    assert!(is_reconnect(&fresh().await, "expired"));

    let endless = Token {
        expires_at: None,
        ..token
    };
    vault.put(SUBJECT, Vendor::Polar, &endless).await.unwrap();
    clock.advance_s(1_000_000_000);
    assert_eq!(access(&fresh().await.unwrap()), access(&endless));
}

#[tokio::test(start_paused = true)]
async fn strange_answers_do_no_harm() {
    let vault = vault_on(memory());
    let vendor = FakeVendor::new(Duration::ZERO);
    let clock = &vendor.clock;
    vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();

    // Expired on arrival: handed out once, and asked for again the next time.
    clock.advance_s(LIFE_S);
    let born_dead = || async {
        let answer = |token: Token| async move {
            Ok(Token {
                obtained_at: clock.now(),
                ..token
            })
        };
        vault.fresh(SUBJECT, OURA, || clock.now(), answer).await
    };
    born_dead().await.unwrap();
    born_dead().await.unwrap();

    // No new refresh token: the old one stays good.
    let stripped = |token: Token| async move {
        assert!(token.refresh_token.is_some());
        Ok(Token {
            refresh_token: None,
            expires_at: Some(clock.now()),
            ..token
        })
    };
    for _ in 0..2 {
        vault
            .fresh(SUBJECT, OURA, || clock.now(), stripped)
            .await
            .unwrap();
    }

    // A monster.
    let monster = |token: Token| async move {
        Ok(Token {
            access_token: "x".repeat(100_000).into(),
            ..token
        })
    };
    let outcome = vault.fresh(SUBJECT, OURA, || clock.now(), monster).await;
    assert!(matches!(outcome, Err(VaultError::TooLarge { .. })));

    // A reason as long as a book.
    let book = |_| async {
        Err(RefreshError::Refused {
            reason: "no \n".repeat(10_000),
        })
    };
    let outcome = vault.fresh(SUBJECT, OURA, || clock.now(), book).await;
    assert!(is_reconnect(&outcome, &"no".repeat(32)));
}
