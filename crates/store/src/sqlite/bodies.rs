//! Document bodies: compressed, and found by their content.

use sha2::{Digest, Sha256};
use sqlx::SqliteConnection;

use super::columns::{corrupt, count_column};
use crate::error::StoreError;

/// Past this level zstd takes several times as long for a few percent.
const LEVEL: i32 = 6;
/// No body is believed to be larger than this when it is read back.
const MAX_SIZE: usize = 256 << 20;

/// A body's SHA-256.
pub(super) type Fingerprint = [u8; 32];

pub(super) fn fingerprint(body: &str) -> Fingerprint {
    Sha256::digest(body.as_bytes()).into()
}

/// A body on its way into the store.
pub(super) struct Packed {
    size: i64,
    zstd: Vec<u8>,
}

pub(super) fn pack(body: &str) -> Result<Packed, StoreError> {
    let zstd = zstd::bulk::compress(body.as_bytes(), LEVEL)
        .map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    Ok(Packed {
        size: count_column(body.len()),
        zstd,
    })
}

/// The body as it came, or an error: what does not hash to its fingerprint is not what came.
pub(super) fn unpack(zstd: &[u8], size: i64, expected: &[u8]) -> Result<String, StoreError> {
    let size = usize::try_from(size).ok().filter(|size| *size <= MAX_SIZE);
    let bytes = size.and_then(|size| zstd::bulk::decompress(zstd, size).ok());
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .filter(|body| fingerprint(body) == expected)
        .ok_or(corrupt("document"))
}

/// The number of the body with this content, kept when it is new. Wants a transaction that may
/// write.
pub(super) async fn ensure(
    connection: &mut SqliteConnection,
    fingerprint: &Fingerprint,
    body: Packed,
) -> Result<i64, StoreError> {
    const INSERT: &str = "INSERT INTO bodies (sha256, size, zstd) VALUES (?, ?, ?)
        ON CONFLICT (sha256) DO NOTHING RETURNING id";
    const FIND: &str = "SELECT id FROM bodies WHERE sha256 = ?";
    let added = sqlx::query_scalar(INSERT)
        .bind(&fingerprint[..])
        .bind(body.size)
        .bind(body.zstd)
        .fetch_optional(&mut *connection)
        .await?;
    match added {
        Some(id) => Ok(id),
        None => Ok(sqlx::query_scalar(FIND)
            .bind(&fingerprint[..])
            .fetch_one(connection)
            .await?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_comes_back_as_it_came_or_not_at_all() {
        for body in [
            "",
            "{}",
            "{\"items\":[97.5,null,-0.0]}",
            &"long ".repeat(100_000),
        ] {
            let packed = pack(body).unwrap();
            let hash = fingerprint(body);
            assert_eq!(unpack(&packed.zstd, packed.size, &hash).unwrap(), body);
            assert!(unpack(&packed.zstd, packed.size, &[0; 32]).is_err());
            assert!(unpack(&packed.zstd, -1, &hash).is_err());
            assert!(unpack(&[], packed.size, &hash).is_err() || body.is_empty());
            assert!(unpack(&packed.zstd[..packed.zstd.len() - 1], packed.size, &hash).is_err());
        }
        assert!(pack(&"long ".repeat(100_000)).unwrap().zstd.len() < 1_000);
    }
}
