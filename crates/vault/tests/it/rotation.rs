//! New keys while the store is in use.

use std::sync::Arc;
use std::time::Duration;

use object_store::path::Path;
use physiology::SubjectId;
use vault::Vault;

use crate::support::{
    FakeVendor, LIFE_S, Mood, OURA, SUBJECT, access, is_corrupt, is_reconnect, memory, ring,
    version, write,
};

#[tokio::test(start_paused = true)]
async fn rotation_waits_for_a_renewal_and_a_renewal_for_rotation() {
    let store = memory();
    let process = |key, old: &[u8]| Vault::new(store.clone(), Path::from("tokens"), ring(key, old));
    let vendor = FakeVendor::new(Duration::from_secs(5));
    process(1, &[])
        .put(SUBJECT, OURA, &vendor.grant())
        .await
        .unwrap();
    vendor.clock.advance_s(LIFE_S);
    // Both still run with the old key in front; the rotation with the new one.
    let (asking, rotating) = (process(1, &[2]), process(2, &[1]));
    let (renewed, rotated) = tokio::join!(vendor.fresh(&asking), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        rotating.rotate().await
    });
    let renewed = renewed.unwrap();
    assert_eq!(rotated.unwrap(), 1);
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));
    let new_only = process(2, &[]);
    assert_eq!(
        access(&vendor.fresh(&new_only).await.unwrap()),
        access(&renewed)
    );
    // And on: the rotated refresh token works, from either.
    for vault in [&asking, &new_only] {
        vendor.clock.advance_s(LIFE_S);
        let ours = process(2, &[1]);
        let outcomes = vendor.fresh_from_all(&[vault.clone(), ours], 1).await;
        assert!(outcomes[0].is_ok() || outcomes[1].is_ok());
    }
    assert_eq!(vendor.reuses(), 0);
}

#[tokio::test(start_paused = true)]
async fn refusals_and_endings_are_rotated_too() {
    let store = memory();
    let process = |key, old: &[u8]| Vault::new(store.clone(), Path::from("tokens"), ring(key, old));
    let vendor = FakeVendor::new(Duration::ZERO);
    let old = process(1, &[]);
    old.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    old.put(SubjectId(-2), OURA, &vendor.grant()).await.unwrap();
    old.delete(SubjectId(-2), OURA).await.unwrap();
    vendor.clock.advance_s(LIFE_S);
    vendor.set(Mood::Refuses);
    assert!(vendor.fresh(&old).await.is_err());
    assert_eq!(process(2, &[1]).rotate().await.unwrap(), 2);
    let new_only = process(2, &[]);
    assert!(is_reconnect(
        &vendor.fresh(&new_only).await,
        "access_denied"
    ));
    assert!(new_only.get(SubjectId(-2), OURA).await.unwrap().is_none());
}

#[tokio::test]
async fn one_that_does_not_open_keeps_none_of_the_others_back() {
    let store = memory();
    let process = |key, old: &[u8]| Vault::new(store.clone(), Path::from("tokens"), ring(key, old));
    let vendor = FakeVendor::new(Duration::ZERO);
    for subject in 1..=3 {
        process(1, &[])
            .put(SubjectId(subject), OURA, &vendor.grant())
            .await
            .unwrap();
    }
    write(&*Arc::clone(&store), &version(1), "damaged").await;
    assert!(
        is_corrupt(&process(2, &[1]).rotate().await),
        "it says that old keys are still needed"
    );
    for subject in 2..=3 {
        assert!(
            process(2, &[])
                .get(SubjectId(subject), OURA)
                .await
                .unwrap()
                .is_some()
        );
    }
}
