//! Signatures of webhook events: HMAC-SHA-256, compared in constant time.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Whether `signature`, hexadecimal in either case, signs the parts one after the other.
pub(crate) fn signs(secret: &SecretString, parts: &[&[u8]], signature: &str) -> bool {
    let Some(signature) = from_hex(signature.trim()) else {
        return false;
    };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        return false;
    };
    for part in parts {
        mac.update(part);
    }
    mac.verify_slice(&signature).is_ok()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> = text
        .bytes()
        .take(65)
        .map(|byte| char::from(byte).to_digit(16).map(|digit| digit as u8))
        .collect::<Option<_>>()?;
    let pairs: Vec<u8> = digits
        .chunks_exact(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect();
    (digits.len() == 64)
        .then(|| pairs.try_into().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2.
    const RFC4231_2: &str = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    #[test]
    fn agrees_with_rfc_4231() {
        let key: SecretString = "Jefe".into();
        let parts: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];
        assert!(signs(&key, &parts, RFC4231_2));
        assert!(signs(&key, &parts, &RFC4231_2.to_uppercase()));
        assert!(!signs(&key, &parts[..1], RFC4231_2));
        assert!(!signs(&"jefe".into(), &parts, RFC4231_2));
    }

    #[test]
    fn refuses_what_is_no_signature() {
        let key: SecretString = "Jefe".into();
        for text in [
            "",
            "5b",
            &RFC4231_2[1..],
            &format!("{RFC4231_2}0"),
            "日本",
            &"g".repeat(64),
        ] {
            assert!(
                !signs(&key, &[b"what do ya want for nothing?"], text),
                "{text}"
            );
        }
    }
}
