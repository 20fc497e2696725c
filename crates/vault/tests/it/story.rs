//! One story, on every kind of store.

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use physiology::{SubjectId, Vendor};
use vault::{OpenOptions, Opened, Vault, VaultError};

use crate::gcs::FakeGcs;
use crate::support::{
    FakeVendor, OURA, SUBJECT, access, distinct, is_corrupt, names, read, ring, write,
};

/// A connection's life, and its neighbours', as seen by two processes.
async fn live(opened: &Opened) {
    let process =
        |key, old: &[u8]| Vault::new(opened.store.clone(), opened.prefix.clone(), ring(key, old));
    let (one, two) = (process(1, &[]), process(1, &[]));
    let vendor = FakeVendor::new(Duration::from_millis(1));

    one.ready().await.unwrap();
    two.ready().await.unwrap();
    assert!(one.get(SUBJECT, OURA).await.unwrap().is_none());
    assert!(matches!(
        vendor.fresh(&one).await,
        Err(VaultError::NotConnected)
    ));
    assert!(one.delete(SUBJECT, OURA).await.unwrap().is_none());

    // Two subjects and two vendors do not mix.
    let first = vendor.grant();
    one.put(SUBJECT, OURA, &first).await.unwrap();
    let neighbour = vendor.grant();
    one.put(SubjectId(12), OURA, &neighbour).await.unwrap();
    one.put(SUBJECT, Vendor::Polar, &neighbour).await.unwrap();
    assert_eq!(
        access(&two.get(SUBJECT, OURA).await.unwrap().unwrap()),
        access(&first)
    );
    assert_eq!(access(&vendor.fresh(&two).await.unwrap()), access(&first));
    assert_eq!(vendor.calls(), 0);

    // It expires; many ask.
    vendor.clock.advance_s(3_600);
    let tokens: Vec<_> = vendor
        .fresh_from_all(&[one.clone(), two.clone()], 10)
        .await
        .into_iter()
        .map(Result::unwrap)
        .collect();
    assert_eq!(distinct(&tokens).len(), 1);
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));
    let renewed = &tokens[0];
    assert_eq!(
        renewed.scopes, first.scopes,
        "what the vendor leaves out has not changed"
    );
    assert!(renewed.vendor_user_id.is_some());

    // A new connection counts at once where it was made, and after a 401 elsewhere.
    let second = vendor.grant();
    two.put(SUBJECT, OURA, &second).await.unwrap();
    assert_eq!(access(&vendor.fresh(&two).await.unwrap()), access(&second));
    assert_eq!(
        access(&vendor.renew(&one, renewed).await.unwrap()),
        access(&second)
    );
    assert_eq!(vendor.calls(), 1);

    // New key; the old one is needed until everything is rotated.
    let next = process(2, &[1]);
    assert_eq!(access(&vendor.fresh(&next).await.unwrap()), access(&second));
    assert!(is_corrupt(&process(2, &[]).get(SUBJECT, OURA).await));
    assert_eq!(next.rotate().await.unwrap(), 3);
    assert_eq!(next.rotate().await.unwrap(), 0);
    let new_only = process(2, &[]);
    assert_eq!(
        access(&vendor.fresh(&new_only).await.unwrap()),
        access(&second)
    );
    let kept = new_only.get(SubjectId(12), OURA).await.unwrap().unwrap();
    assert_eq!(access(&kept), access(&neighbour));

    // A copy of somebody else's object does not open, and stays.
    let objects = names(&*opened.store).await;
    let newest = |folder: &str| {
        let of = |(name, size): &&(String, u64)| name.contains(folder) && *size > 0;
        objects.iter().rfind(of).unwrap().0.clone()
    };
    let (mine, theirs) = (newest("oura/1/"), newest("oura/12/"));
    let (my_bytes, their_bytes) = (
        read(&*opened.store, &mine).await,
        read(&*opened.store, &theirs).await,
    );
    write(&*opened.store, &mine, their_bytes.clone()).await;
    let fresh_eyes = process(2, &[]);
    assert!(is_corrupt(&fresh_eyes.get(SUBJECT, OURA).await));
    assert!(is_corrupt(&vendor.fresh(&fresh_eyes).await));
    assert_eq!(read(&*opened.store, &mine).await, their_bytes);
    write(&*opened.store, &mine, my_bytes).await;
    assert_eq!(
        access(&vendor.fresh(&fresh_eyes).await.unwrap()),
        access(&second)
    );

    // The end.
    let last = new_only.delete(SUBJECT, OURA).await.unwrap().unwrap();
    assert_eq!(access(&last), access(&second));
    assert!(new_only.get(SUBJECT, OURA).await.unwrap().is_none());
    assert!(matches!(
        vendor.fresh(&new_only).await,
        Err(VaultError::NotConnected)
    ));
    assert!(new_only.delete(SUBJECT, OURA).await.unwrap().is_none());
    assert!(new_only.get(SubjectId(12), OURA).await.unwrap().is_some());

    // And what comes after the end.
    let third = vendor.grant();
    new_only.put(SUBJECT, OURA, &third).await.unwrap();
    assert_eq!(
        access(&vendor.fresh(&new_only).await.unwrap()),
        access(&third)
    );
    assert_eq!((vendor.calls(), vendor.reuses()), (1, 0));

    for (name, _) in names(&*opened.store).await {
        let content = String::from_utf8_lossy(&read(&*opened.store, &name).await).into_owned();
        assert!(!content.contains("secret"), "{name} shows a secret");
    }
}

#[tokio::test]
async fn in_memory() {
    live(&vault::open("memory:", &OpenOptions::default()).unwrap()).await;
}

#[tokio::test]
async fn in_a_folder_that_nobody_else_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("data/tokens");
    let url = format!("file://{}", root.display());
    live(&vault::open(&url, &OpenOptions::default()).unwrap()).await;
    // Opening it again finds it as it is.
    vault::open(&url, &OpenOptions::default()).unwrap();

    let mut seen = 0;
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        assert_eq!(
            folder.metadata().unwrap().permissions().mode() & 0o777,
            0o700
        );
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            seen += 1;
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                let mode = entry.metadata().unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o600, "{}", entry.path().display());
            }
        }
    }
    assert!(seen > 5);
}

fn open_gcs(gcs: &FakeGcs) -> Opened {
    let options = OpenOptions {
        gcs_endpoint: Some(gcs.endpoint.clone()),
    };
    vault::open("gs://bucket/some/prefix", &options).unwrap()
}

#[tokio::test]
async fn in_a_bucket() {
    live(&open_gcs(&FakeGcs::start().await)).await;
}

#[tokio::test]
async fn in_a_bucket_that_stumbles() {
    let gcs = FakeGcs::start().await;
    gcs.fail_every(5);
    live(&open_gcs(&gcs)).await;
}

#[tokio::test]
async fn a_bucket_forgets_old_versions_when_nobody_can_be_writing_them() {
    let gcs = FakeGcs::start().await;
    let opened = open_gcs(&gcs);
    let vault = Vault::new(opened.store.clone(), opened.prefix, ring(1, &[]));
    let vendor = FakeVendor::new(Duration::ZERO);
    for _ in 0..5 {
        vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    }
    let objects = names(&*opened.store).await;
    assert_eq!(objects.len(), 5, "{objects:?}");
    assert_eq!(
        objects.iter().filter(|(_, size)| *size > 0).count(),
        1,
        "the secrets are gone"
    );

    gcs.advance_s(300);
    vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    let objects = names(&*opened.store).await;
    let left: Vec<_> = objects
        .iter()
        .map(|(name, _)| name.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(
        left,
        ["00000000000000000005.token", "00000000000000000006.token"]
    );
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    let opened = vault::open("memory:", &OpenOptions::default()).unwrap();
    let vault = Vault::new(opened.store, opened.prefix, ring(b'K', b"L"));
    let vendor = FakeVendor::new(Duration::ZERO);
    vault.put(SUBJECT, OURA, &vendor.grant()).await.unwrap();
    let token = vendor.fresh(&vault).await;
    let shown = format!("{vault:?} {vault:#?} {token:?} {:?}", ring(b'K', b"L"));
    for secret in ["secret", "daily", "KK", "75, 75", "LL"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
