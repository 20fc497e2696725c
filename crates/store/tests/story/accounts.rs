//! Chapter five: who signs in, and the small things.

use physiology::units::{Clock, Distance, Temperature, WeekStart};
use physiology::{Timestamp, Units};
use store::{Account, AccountId, Role, SessionRow, Store, StoreError};

use crate::at;

pub async fn people_sign_in(store: &dyn Store) {
    let account = accounts(store).await;
    sessions(store, &account).await;
    failures(store).await;
}

async fn accounts(store: &dyn Store) -> Account {
    assert_eq!(store.accounts().await.unwrap(), []);
    let zoe = store
        .create_account("Zoë", Role::Admin, "$argon2id$1")
        .await
        .unwrap();
    let clinic = store
        .create_account("clinic", Role::Viewer, "$argon2id$2")
        .await
        .unwrap();
    assert_eq!(
        (zoe.role, zoe.disabled, zoe.name.as_str()),
        (Role::Admin, false, "Zoë")
    );
    assert_eq!(
        store.accounts().await.unwrap(),
        [clinic.clone(), zoe.clone()]
    );

    for name in ["zoë", "ZOË", "Zoë"] {
        assert_eq!(
            store.account_by_name(name).await.unwrap(),
            Some(zoe.clone()),
            "{name}"
        );
        assert!(matches!(
            store.create_account(name, Role::Viewer, "x").await,
            Err(StoreError::Exists { what: "account" })
        ));
    }
    for name in ["zoe", "", "Zoë "] {
        assert_eq!(store.account_by_name(name).await.unwrap(), None, "{name}");
    }

    // Each likes things written its own way.
    let american = Units {
        temperature: Temperature::Fahrenheit,
        distance: Distance::Miles,
        clock: Clock::Hours12,
        week_start: WeekStart::Sunday,
    };
    assert_eq!(zoe.units, Units::default());
    store.set_units(zoe.id, &american).await.unwrap();
    let zoe = store.account_by_name("Zoë").await.unwrap().unwrap();
    assert_eq!(zoe.units, american);
    assert_eq!(
        store.accounts().await.unwrap(),
        [clinic.clone(), zoe.clone()]
    );

    let nobody = AccountId(4_711);
    for result in [
        store.set_password_hash(nobody, "x").await,
        store.set_disabled(nobody, true).await,
        store.set_units(nobody, &american).await,
    ] {
        assert!(matches!(
            result,
            Err(StoreError::NotFound { what: "account" })
        ));
    }
    zoe
}

async fn sessions(store: &dyn Store, account: &Account) {
    let now = at("2026-10-13", 8);
    let session = |id: u8, created_at: Timestamp| SessionRow {
        id_hash: [id; 32],
        account: account.id,
        created_at,
        seen_at: created_at,
        expires_at: created_at.plus_seconds(7 * 86_400),
    };
    let begin = async |id: u8, at: Timestamp| {
        let session = session(id, at);
        store.create_session(&session).await.unwrap();
        assert_eq!(
            store.session(&[id; 32]).await.unwrap(),
            Some((session, account.clone()))
        );
    };
    begin(1, now).await;
    begin(2, now).await;
    assert_eq!(store.session(&[9; 32]).await.unwrap(), None);
    let of_nobody = SessionRow {
        account: AccountId(4_711),
        ..session(8, now)
    };
    assert!(matches!(
        store.create_session(&of_nobody).await,
        Err(StoreError::NotFound { what: "account" })
    ));

    // The latest use counts, in whatever order they are noted.
    store
        .touch_session(&[1; 32], now.plus_seconds(60))
        .await
        .unwrap();
    store
        .touch_session(&[1; 32], now.plus_seconds(30))
        .await
        .unwrap();
    store.touch_session(&[9; 32], now).await.unwrap();
    let (touched, _) = store.session(&[1; 32]).await.unwrap().unwrap();
    assert_eq!(touched.seen_at, now.plus_seconds(60));

    store.delete_session(&[2; 32]).await.unwrap();
    store.delete_session(&[2; 32]).await.unwrap();
    assert_eq!(store.session(&[2; 32]).await.unwrap(), None);

    // One expired, one idle, one in use.
    begin(3, now.plus_seconds(-8 * 86_400)).await;
    begin(4, now.plus_seconds(-3_600)).await;
    let pruned = store
        .prune_sessions(now, now.plus_seconds(-1_800))
        .await
        .unwrap();
    assert_eq!(pruned, 2);
    assert!(store.session(&[1; 32]).await.unwrap().is_some());
    assert_eq!(
        store
            .prune_sessions(now, now.plus_seconds(-1_800))
            .await
            .unwrap(),
        0
    );

    // A new password ends what the old one began.
    store
        .set_password_hash(account.id, "$argon2id$3")
        .await
        .unwrap();
    assert_eq!(store.session(&[1; 32]).await.unwrap(), None);
    let changed = store.account_by_name(&account.name).await.unwrap().unwrap();
    assert_eq!(
        changed,
        Account {
            password_hash: "$argon2id$3".into(),
            ..account.clone()
        }
    );

    // A disabled account has no sessions, nor does one made behind its back let it in.
    store.create_session(&session(5, now)).await.unwrap();
    store.set_disabled(account.id, true).await.unwrap();
    assert!(
        store
            .account_by_name(&account.name)
            .await
            .unwrap()
            .unwrap()
            .disabled
    );
    assert_eq!(store.session(&[5; 32]).await.unwrap(), None);
    store.create_session(&session(6, now)).await.unwrap();
    assert_eq!(store.session(&[6; 32]).await.unwrap(), None);
    store.set_disabled(account.id, false).await.unwrap();
    assert!(store.session(&[6; 32]).await.unwrap().is_some());
    assert_eq!(store.session(&[5; 32]).await.unwrap(), None);
}

async fn failures(store: &dyn Store) {
    let now = at("2026-10-13", 8);
    let (key, other) = ([1; 32], [2; 32]);
    assert_eq!(store.sign_in_failures(&key, Timestamp(0)).await.unwrap(), 0);
    // Two in one millisecond are two.
    for seconds in [-90_000, -60, 0, 0] {
        store
            .note_sign_in_failure(&key, now.plus_seconds(seconds))
            .await
            .unwrap();
    }
    store.note_sign_in_failure(&other, now).await.unwrap();
    assert_eq!(
        store
            .sign_in_failures(&key, now.plus_seconds(-60))
            .await
            .unwrap(),
        3
    );
    assert_eq!(store.sign_in_failures(&key, now).await.unwrap(), 2);
    assert_eq!(
        store
            .sign_in_failures(&key, now.plus_seconds(1))
            .await
            .unwrap(),
        0
    );

    store.clear_sign_in_failures(&key, now).await.unwrap();
    assert_eq!(store.sign_in_failures(&key, Timestamp(0)).await.unwrap(), 0);
    assert_eq!(
        store.sign_in_failures(&other, Timestamp(0)).await.unwrap(),
        1
    );
    let later = now.plus_seconds(90_000);
    store.clear_sign_in_failures(&key, later).await.unwrap();
    assert_eq!(
        store.sign_in_failures(&other, Timestamp(0)).await.unwrap(),
        0
    );
}

pub async fn small_things_are_kept(store: &dyn Store) {
    assert_eq!(store.setting("setup").await.unwrap(), None);
    for value in ["first", "second", ""] {
        store.set_setting("setup", Some(value)).await.unwrap();
        assert_eq!(
            store.setting("setup").await.unwrap().as_deref(),
            Some(value)
        );
    }
    assert_eq!(store.setting("SETUP").await.unwrap(), None);
    store.set_setting("setup", None).await.unwrap();
    store.set_setting("setup", None).await.unwrap();
    assert_eq!(store.setting("setup").await.unwrap(), None);

    let now = at("2026-10-13", 8);
    let soon = now.plus_seconds(600);
    store
        .put_oauth_state(&[1; 32], "oura a", soon)
        .await
        .unwrap();
    store
        .put_oauth_state(&[2; 32], "polar b", soon)
        .await
        .unwrap();
    assert_eq!(store.take_oauth_state(&[3; 32], now).await.unwrap(), None);
    assert_eq!(
        store
            .take_oauth_state(&[1; 32], now)
            .await
            .unwrap()
            .as_deref(),
        Some("oura a")
    );
    assert_eq!(store.take_oauth_state(&[1; 32], now).await.unwrap(), None);
    assert_eq!(store.take_oauth_state(&[2; 32], soon).await.unwrap(), None);
    assert_eq!(store.take_oauth_state(&[2; 32], now).await.unwrap(), None);
}
