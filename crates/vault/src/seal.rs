//! Sealing: XChaCha20-Poly1305 with a random nonce. The owner, the version and the key are
//! authenticated with the content, so an object copied anywhere else does not open.
//!
//! An object is `ACV1`, 8 bytes of key id, 24 of nonce, then ciphertext and tag.

use chacha20poly1305::XNonce;
use chacha20poly1305::aead::{Aead as _, Payload};
use secrecy::zeroize::Zeroizing;

use crate::error::VaultError;
use crate::keys::{KeyId, KeyRing};
use crate::versions::Owner;

const MAGIC: &[u8; 4] = b"ACV1";
const NONCE_LEN: usize = 24;
const HEADER_LEN: usize = MAGIC.len() + size_of::<KeyId>() + NONCE_LEN;

/// The largest object that is written or read, in bytes. Vendors' tokens take about 1 kB.
pub(crate) const OBJECT_LIMIT: usize = 64 * 1_024;

/// What an object held.
pub(crate) struct Opened {
    pub plain: Zeroizing<Vec<u8>>,
    /// Sealed with the key that seals now, not with an old one.
    pub under_current_key: bool,
}

fn associated_data(owner: Owner, version: u64, key: KeyId) -> Vec<u8> {
    let vendor = owner.vendor.id().as_bytes();
    let mut data = Vec::with_capacity(64);
    data.extend_from_slice(b"acclimate token v1\0");
    // Vendor names hold no NUL, so that no two owners share an encoding.
    data.extend_from_slice(vendor);
    data.push(0);
    data.extend_from_slice(&owner.subject.0.to_be_bytes());
    data.extend_from_slice(&version.to_be_bytes());
    data.extend_from_slice(&key);
    data
}

pub(crate) fn seal(
    keys: &KeyRing,
    owner: Owner,
    version: u64,
    plain: &[u8],
) -> Result<Vec<u8>, VaultError> {
    let key = keys.current();
    let nonce: [u8; NONCE_LEN] = rand::random();
    let aad = associated_data(owner, version, key.id);
    let sealed = key
        .cipher
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: plain,
                aad: &aad,
            },
        )
        .map_err(|_| VaultError::TooLarge {
            limit: OBJECT_LIMIT,
        })?;
    let object = [MAGIC.as_slice(), &key.id, &nonce, &sealed].concat();
    if object.len() > OBJECT_LIMIT {
        return Err(VaultError::TooLarge {
            limit: OBJECT_LIMIT,
        });
    }
    Ok(object)
}

pub(crate) fn open(
    keys: &KeyRing,
    owner: Owner,
    version: u64,
    object: &[u8],
) -> Result<Opened, VaultError> {
    let corrupt = |why: &str| VaultError::Corrupt {
        message: format!("{owner} version {version}: {why}"),
    };
    let (header, sealed) = object
        .split_at_checked(HEADER_LEN)
        .ok_or_else(|| corrupt("it is cut short"))?;
    let (magic, header) = header.split_at(MAGIC.len());
    let (id, nonce) = header.split_at(size_of::<KeyId>());
    if magic != MAGIC {
        return Err(corrupt("it is not one of ours"));
    }
    let mut key_id = KeyId::default();
    key_id.copy_from_slice(id);
    let mut nonce_bytes = [0; NONCE_LEN];
    nonce_bytes.copy_from_slice(nonce);
    let key = keys
        .find(key_id)
        .ok_or_else(|| corrupt("it was sealed with a key that is not configured"))?;
    let aad = associated_data(owner, version, key_id);
    let plain = key
        .cipher
        .decrypt(
            &XNonce::from(nonce_bytes),
            Payload {
                msg: sealed,
                aad: &aad,
            },
        )
        .map(Zeroizing::new)
        .map_err(|_| corrupt("it was damaged, or belongs to somebody else"))?;
    Ok(Opened {
        plain,
        under_current_key: key_id == keys.current().id,
    })
}

#[cfg(test)]
mod tests {
    use physiology::{SubjectId, Vendor};
    use proptest::prelude::*;
    use secrecy::SecretBox;

    use super::*;

    fn ring(current: u8, old: &[u8]) -> KeyRing {
        let key = |byte: u8| SecretBox::new(Box::new([byte; 32]));
        KeyRing::new(key(current), old.iter().map(|byte| key(*byte)))
    }

    const OWNER: Owner = Owner {
        subject: SubjectId(1),
        vendor: Vendor::Oura,
    };

    #[test]
    fn opens_only_where_it_belongs() {
        let keys = ring(1, &[]);
        let object = seal(&keys, OWNER, 7, b"plain").unwrap();
        assert_eq!(&**open(&keys, OWNER, 7, &object).unwrap().plain, b"plain");

        let subject = Owner {
            subject: SubjectId(2),
            ..OWNER
        };
        let vendor = Owner {
            vendor: Vendor::Polar,
            ..OWNER
        };
        for (keys, owner, version) in [
            (&keys, subject, 7),
            (&keys, vendor, 7),
            (&keys, OWNER, 8),
            (&ring(2, &[]), OWNER, 7),
        ] {
            assert!(matches!(
                open(keys, owner, version, &object),
                Err(VaultError::Corrupt { .. })
            ));
        }
    }

    #[test]
    fn old_keys_open_and_are_told_apart() {
        let object = seal(&ring(1, &[]), OWNER, 1, b"plain").unwrap();
        assert!(
            open(&ring(1, &[2]), OWNER, 1, &object)
                .unwrap()
                .under_current_key
        );
        assert!(
            !open(&ring(2, &[3, 1]), OWNER, 1, &object)
                .unwrap()
                .under_current_key
        );
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let keys = ring(1, &[]);
        let object = seal(&keys, OWNER, 1, b"plain text").unwrap();
        for bit in 0..object.len() * 8 {
            let mut bad = object.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&keys, OWNER, 1, &bad).is_err(), "bit {bit}");
        }
        for len in 0..object.len() {
            assert!(
                open(&keys, OWNER, 1, &object[..len]).is_err(),
                "length {len}"
            );
        }
    }

    #[test]
    fn the_same_content_never_looks_the_same() {
        let keys = ring(1, &[]);
        let one = seal(&keys, OWNER, 1, b"plain").unwrap();
        let two = seal(&keys, OWNER, 1, b"plain").unwrap();
        assert_ne!(one, two);
    }

    #[test]
    fn a_monster_is_not_sealed() {
        let keys = ring(1, &[]);
        assert_eq!(
            seal(&keys, OWNER, 1, &vec![0; OBJECT_LIMIT]),
            Err(VaultError::TooLarge {
                limit: OBJECT_LIMIT
            })
        );
    }

    proptest! {
        #[test]
        fn any_plain_text_comes_back_and_any_noise_does_not(
            plain in proptest::collection::vec(any::<u8>(), 0..2_000),
            noise in proptest::collection::vec(any::<u8>(), 0..200),
            subject in any::<i64>(),
            version in any::<u64>(),
        ) {
            let keys = ring(1, &[]);
            let owner = Owner { subject: SubjectId(subject), vendor: Vendor::Polar };
            let object = seal(&keys, owner, version, &plain).unwrap();
            prop_assert_eq!(&**open(&keys, owner, version, &object).unwrap().plain, &plain[..]);
            prop_assert!(open(&keys, owner, version, &noise).is_err());
            let mut headed = object[..HEADER_LEN].to_vec();
            headed.extend_from_slice(&noise);
            prop_assert!(open(&keys, owner, version, &headed).is_err());
        }
    }
}
