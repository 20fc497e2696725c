//! Keys: the one that seals, the older ones that still open, and the one made for a local store.

use core::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use sha2::{Digest as _, Sha256};

/// The length of a key, in bytes.
pub const KEY_LEN: usize = 32;

/// The file a local key is read from is never larger than this, in bytes.
const KEY_FILE_LIMIT: u64 = 1_024;

/// Names the key an object was sealed with, without revealing it: the start of its SHA-256.
pub(crate) type KeyId = [u8; 8];

/// Why a key cannot be used. Never shows the key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Not base64 at all.
    #[error("the key is not base64")]
    NotBase64,
    /// Base64 of the wrong number of bytes.
    #[error("the key has {found} bytes; it must have {KEY_LEN}")]
    WrongLength {
        /// How many bytes there are.
        found: usize,
    },
    /// The key file could not be read or made.
    #[error("the key file {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The key file is there but holds no key.
    #[error("the key file {} holds no key: {source}", path.display())]
    NotAKey {
        /// The file.
        path: PathBuf,
        /// What is wrong with what it holds.
        source: Box<KeyError>,
    },
}

/// One key, ready to use.
#[derive(Clone)]
pub(crate) struct Key {
    pub id: KeyId,
    pub cipher: XChaCha20Poly1305,
}

impl Key {
    fn new(secret: &[u8; KEY_LEN]) -> Self {
        let digest = Sha256::new()
            .chain_update(b"acclimate key id")
            .chain_update(secret)
            .finalize();
        let mut id = KeyId::default();
        id.copy_from_slice(&digest[..8]);
        Self {
            id,
            cipher: XChaCha20Poly1305::new(secret.into()),
        }
    }
}

/// The current key, which seals and opens, and old ones, which only open. `Debug` reveals nothing.
#[derive(Clone)]
pub struct KeyRing {
    current: Key,
    old: Vec<Key>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing").finish_non_exhaustive()
    }
}

impl KeyRing {
    /// A ring of keys of 32 random bytes each.
    pub fn new(
        current: SecretBox<[u8; KEY_LEN]>,
        old: impl IntoIterator<Item = SecretBox<[u8; KEY_LEN]>>,
    ) -> Self {
        Self {
            current: Key::new(current.expose_secret()),
            old: old
                .into_iter()
                .map(|key| Key::new(key.expose_secret()))
                .collect(),
        }
    }

    /// A ring of keys written in base64 (standard alphabet, padded or not, space around ignored).
    ///
    /// # Errors
    /// When one of them is not base64 of 32 bytes.
    pub fn from_base64(current: &SecretString, old: &[SecretString]) -> Result<Self, KeyError> {
        Ok(Self {
            current: Key::new(&*decode(current)?),
            old: old
                .iter()
                .map(|key| Ok(Key::new(&*decode(key)?)))
                .collect::<Result<_, KeyError>>()?,
        })
    }

    /// A ring of one new random key, for a store that forgets.
    pub fn generate() -> Self {
        let secret: Zeroizing<[u8; KEY_LEN]> = Zeroizing::new(rand::random());
        Self {
            current: Key::new(&secret),
            old: Vec::new(),
        }
    }

    pub(crate) const fn current(&self) -> &Key {
        &self.current
    }

    pub(crate) fn find(&self, id: KeyId) -> Option<&Key> {
        core::iter::once(&self.current)
            .chain(&self.old)
            .find(|key| key.id == id)
    }
}

fn decode(text: &SecretString) -> Result<Zeroizing<[u8; KEY_LEN]>, KeyError> {
    let bytes = STANDARD_PAD_INDIFFERENT
        .decode(text.expose_secret().trim())
        .map(Zeroizing::new)
        .map_err(|_| KeyError::NotBase64)?;
    let mut key = Zeroizing::new([0; KEY_LEN]);
    if bytes.len() != KEY_LEN {
        return Err(KeyError::WrongLength { found: bytes.len() });
    }
    key.copy_from_slice(&bytes);
    Ok(key)
}

/// The key of a store on this machine, in base64: read from `path`, or made there (mode 0600, its
/// folder 0700 where it has to be made). However many processes start at once, all get the same.
///
/// # Errors
/// When the file cannot be read or made, or holds something else than a key. It is never replaced.
pub fn load_or_create_local_key(path: &Path) -> Result<SecretString, KeyError> {
    let failed = |source| KeyError::File {
        path: path.to_owned(),
        source,
    };
    match load(path) {
        Err(KeyError::File { source, .. }) if source.kind() == ErrorKind::NotFound => {}
        loaded => return loaded,
    }
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(failed)?;

    let secret: Zeroizing<[u8; KEY_LEN]> = Zeroizing::new(rand::random());
    let text = Zeroizing::new(format!("{}\n", STANDARD.encode(*secret)));
    let draft = folder.join(format!(".key-{:016x}", rand::random::<u64>()));
    // A link appears whole or not at all, and fails where somebody was faster.
    let published = write_private(&draft, text.as_bytes())
        .and_then(|()| fs::hard_link(&draft, path))
        .and_then(|()| File::open(folder)?.sync_all());
    let tidied = fs::remove_file(&draft);
    match published {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        outcome => outcome.map_err(failed)?,
    }
    tidied.map_err(failed)?;
    load(path)
}

fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn load(path: &Path) -> Result<SecretString, KeyError> {
    let failed = |source| KeyError::File {
        path: path.to_owned(),
        source,
    };
    let wrong = |source| KeyError::NotAKey {
        path: path.to_owned(),
        source: Box::new(source),
    };
    let metadata = fs::metadata(path).map_err(failed)?;
    if metadata.len() > KEY_FILE_LIMIT {
        return Err(wrong(KeyError::NotBase64));
    }
    if metadata.permissions().mode() & 0o077 != 0 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).map_err(failed)?;
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(failed)?);
    let key = SecretString::from(text.trim());
    decode(&key).map_err(wrong)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_checked_and_never_shown() {
        let good: SecretString = STANDARD.encode([7_u8; 32]).into();
        let unpadded: SecretString =
            format!(" {}\n", STANDARD.encode([7_u8; 32]).trim_end_matches('=')).into();
        let one = KeyRing::from_base64(&good, &[]).unwrap();
        let two = KeyRing::from_base64(&unpadded, &[good]).unwrap();
        assert_eq!(one.current().id, two.current().id);
        assert!(format!("{one:?}").len() < 20);

        let short: SecretString = STANDARD.encode([7_u8; 31]).into();
        assert!(matches!(
            KeyRing::from_base64(&short, &[]),
            Err(KeyError::WrongLength { found: 31 })
        ));
        let error = KeyRing::from_base64(&"not/a*key".into(), &[]).unwrap_err();
        assert!(matches!(error, KeyError::NotBase64));
        assert!(!format!("{error} {error:?}").contains("not/a*key"));
    }

    #[test]
    fn a_local_key_is_made_once_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/tokens.key");
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let path = path.clone();
                std::thread::spawn(move || load_or_create_local_key(&path).unwrap())
            })
            .collect();
        let keys: Vec<_> = threads
            .into_iter()
            .map(|thread| thread.join().unwrap().expose_secret().to_owned())
            .collect();
        assert!(keys.iter().all(|key| *key == keys[0]));
        assert_eq!(
            load_or_create_local_key(&path).unwrap().expose_secret(),
            keys[0]
        );

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        assert_eq!(
            fs::read_dir(path.parent().unwrap()).unwrap().count(),
            1,
            "no drafts are left"
        );
    }

    #[test]
    fn a_key_file_that_holds_no_key_is_an_error_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens.key");
        for content in ["", "c2hvcnQ=", "\u{fffd}"] {
            fs::write(&path, content).unwrap();
            assert!(load_or_create_local_key(&path).is_err());
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        fs::write(&path, STANDARD.encode([1_u8; 32])).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        load_or_create_local_key(&path).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}
