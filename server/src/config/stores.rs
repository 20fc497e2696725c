//! What is kept where.

use std::path::{Path, PathBuf};

use clap::Args;
use secrecy::SecretString;

use super::ConfigProblems;

/// The database.
#[derive(Debug, Clone, Args)]
pub struct StoreArgs {
    /// The database: sqlite://PATH, or sqlite::memory: to keep nothing
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://data/acclimate.db",
        value_name = "URL"
    )]
    pub database_url: String,
}

/// The token store.
#[derive(Debug, Clone, Args)]
pub struct TokenArgs {
    /// Where OAuth tokens are kept: file://PATH, gs://BUCKET/PREFIX, s3://BUCKET/PREFIX, memory:
    /// [default: file://data/tokens]
    #[arg(long, env = "TOKEN_STORE_URL", value_name = "URL")]
    pub token_store_url: Option<String>,
    /// Short for TOKEN_STORE_URL=gs://BUCKET
    #[arg(long, env = "GCS_BUCKET_NAME", value_name = "BUCKET")]
    pub gcs_bucket_name: Option<String>,
    /// 32 bytes in base64 that tokens are encrypted with; made and kept beside a local token store
    #[arg(
        long,
        env = "ENCRYPTION_KEY",
        hide_env_values = true,
        value_name = "BASE64"
    )]
    pub encryption_key: Option<SecretString>,
    /// Keys that older tokens may still be encrypted with, parted by commas
    #[arg(
        long,
        env = "OLD_ENCRYPTION_KEYS",
        hide_env_values = true,
        value_name = "BASE64,…",
        value_delimiter = ','
    )]
    pub old_encryption_keys: Vec<SecretString>,
}

/// What is kept where, checked.
#[derive(Debug)]
pub struct Stores {
    /// The database's URL.
    pub database_url: String,
    /// The token store's URL.
    pub token_store_url: String,
    /// The keys of the token store.
    pub keys: Keys,
}

/// Where the token store's key comes from.
#[derive(Debug)]
pub enum Keys {
    /// Given.
    Given(vault::KeyRing),
    /// Made and kept in this file.
    File(PathBuf, Vec<SecretString>),
    /// Made and forgotten: nothing outlives the process.
    Fleeting,
}

impl Stores {
    pub(super) fn check(
        store: &StoreArgs,
        tokens: &TokenArgs,
        problems: &mut ConfigProblems,
    ) -> Option<Self> {
        if !store.database_url.starts_with("sqlite:") {
            problems.note("DATABASE_URL", "must be sqlite://PATH or sqlite::memory:");
        }
        if tokens.token_store_url.is_some() && tokens.gcs_bucket_name.is_some() {
            problems.note(
                "GCS_BUCKET_NAME",
                "is given beside TOKEN_STORE_URL: give one of them",
            );
        }
        let token_store_url = tokens
            .token_store_url
            .clone()
            .or_else(|| {
                tokens
                    .gcs_bucket_name
                    .as_ref()
                    .map(|bucket| format!("gs://{bucket}"))
            })
            .unwrap_or_else(|| "file://data/tokens".to_owned());
        let keys = Self::keys(tokens, &token_store_url, problems);
        Some(Self {
            database_url: store.database_url.clone(),
            token_store_url,
            keys: keys?,
        })
    }

    fn keys(args: &TokenArgs, url: &str, problems: &mut ConfigProblems) -> Option<Keys> {
        if let Some(key) = &args.encryption_key {
            return vault::KeyRing::from_base64(key, &args.old_encryption_keys)
                .map(Keys::Given)
                .map_err(|error| problems.note("ENCRYPTION_KEY", error.to_string()))
                .ok();
        }
        if url == "memory:" {
            return Some(Keys::Fleeting);
        }
        if let Some(path) = url.strip_prefix("file://") {
            let path = Path::new(path);
            let name = path
                .file_name()
                .map_or("tokens".into(), |name| name.to_string_lossy());
            let file = path.with_file_name(format!("{name}.key"));
            return Some(Keys::File(file, args.old_encryption_keys.clone()));
        }
        problems.note(
            "ENCRYPTION_KEY",
            "is required with a bucket: 32 random bytes in base64, for example from `openssl rand -base64 32`",
        );
        None
    }
}
