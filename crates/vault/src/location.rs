//! Where tokens are kept: a URL, and the object store it names.

use core::fmt;
use core::str::FromStr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, S3ConditionalPut};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{BackoffConfig, ClientConfigKey, ObjectStore, RetryConfig};

use crate::private::PrivateFiles;

/// One request to a bucket takes no longer than this.
const REQUEST_TIMEOUT: &str = "8s";
const CONNECT_TIMEOUT: &str = "4s";

/// Why a token store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL has no scheme that is known.
    #[error("{url:?} is not file://…, gs://…, s3://…, az://… or memory:")]
    UnknownScheme {
        /// The URL as given.
        url: String,
    },
    /// The part after the scheme makes no sense.
    #[error("{url:?}: {problem}")]
    Invalid {
        /// The URL as given.
        url: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The folder cannot be made.
    #[error("the folder {}: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The store's client cannot be set up, usually because something is missing from the
    /// environment.
    #[error(transparent)]
    Store(#[from] object_store::Error),
}

/// Where tokens are kept, as written in `TOKEN_STORE_URL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenStoreUrl {
    /// `memory:`: nowhere; gone with the process.
    Memory,
    /// `file://data/tokens` (relative to the working folder) or `file:///var/lib/tokens`.
    Folder(PathBuf),
    /// `gs://bucket/prefix`, `s3://bucket/prefix` or `az://container/prefix`.
    Bucket {
        /// Whose bucket.
        cloud: Cloud,
        /// The bucket's name, or the container's.
        bucket: String,
        /// Put before every object's name; may be empty.
        prefix: Path,
    },
}

/// Who keeps a bucket. Credentials come from the environment, under the names the vendor uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cloud {
    /// Google Cloud Storage: the metadata server, `GOOGLE_APPLICATION_CREDENTIALS`, `GOOGLE_*`.
    Google,
    /// Amazon S3 and what speaks like it: `AWS_*`, among them `AWS_ENDPOINT`.
    Amazon,
    /// Azure Blob Storage: `AZURE_*`.
    Azure,
}

impl Cloud {
    const ALL: [Self; 3] = [Self::Google, Self::Amazon, Self::Azure];

    /// The URL's scheme: `gs`, `s3`, `az`.
    pub const fn scheme(self) -> &'static str {
        match self {
            Self::Google => "gs",
            Self::Amazon => "s3",
            Self::Azure => "az",
        }
    }
}

impl fmt::Display for TokenStoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("memory:"),
            Self::Folder(path) => write!(f, "file://{}", path.display()),
            Self::Bucket {
                cloud,
                bucket,
                prefix,
            } if prefix.is_root() => {
                write!(f, "{}://{bucket}", cloud.scheme())
            }
            Self::Bucket {
                cloud,
                bucket,
                prefix,
            } => {
                write!(f, "{}://{bucket}/{prefix}", cloud.scheme())
            }
        }
    }
}

impl FromStr for TokenStoreUrl {
    type Err = OpenError;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        let invalid = |problem: String| OpenError::Invalid {
            url: url.to_owned(),
            problem,
        };
        if matches!(url, "memory:" | "memory://") {
            return Ok(Self::Memory);
        }
        let Some((scheme, rest)) = url.split_once("://") else {
            return Err(OpenError::UnknownScheme {
                url: url.to_owned(),
            });
        };
        if scheme == "file" {
            return if rest.trim_matches('/').is_empty() || rest.contains('\0') {
                Err(invalid("it names no folder".into()))
            } else {
                Ok(Self::Folder(rest.into()))
            };
        }
        let Some(cloud) = Cloud::ALL
            .into_iter()
            .find(|cloud| cloud.scheme() == scheme)
        else {
            return Err(OpenError::UnknownScheme {
                url: url.to_owned(),
            });
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let fit = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if bucket.is_empty() || !bucket.chars().all(fit) {
            return Err(invalid(
                "a bucket's name is letters, digits, '-', '_' and '.'".into(),
            ));
        }
        let prefix = Path::parse(prefix).map_err(|error| invalid(error.to_string()))?;
        Ok(Self::Bucket {
            cloud,
            bucket: bucket.to_owned(),
            prefix,
        })
    }
}

impl TokenStoreUrl {
    /// Whether the store is on this machine, so that its key may be kept beside it.
    pub const fn is_local(&self) -> bool {
        matches!(self, Self::Memory | Self::Folder(_))
    }

    /// The file for the key beside a local folder: `data/tokens.key` for `file://data/tokens`.
    pub fn key_file(&self) -> Option<PathBuf> {
        let Self::Folder(folder) = self else {
            return None;
        };
        let mut name = folder.file_name()?.to_owned();
        name.push(".key");
        Some(folder.with_file_name(name))
    }
}

/// What a URL does not say.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// A stand-in for Google's storage, for tests, such as `http://127.0.0.1:4443`. No credentials
    /// are sent to it, nor looked for.
    pub gcs_endpoint: Option<String>,
}

/// An opened token store: what [`crate::Vault::new`] takes.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The store.
    pub store: Arc<dyn ObjectStore>,
    /// Goes before every object's name.
    pub prefix: Path,
}

/// Opens the store a URL names. A folder is made if it is not there; a bucket is not contacted.
///
/// # Errors
/// When the URL makes no sense, the folder cannot be made, or the environment lacks what the
/// bucket's client needs.
pub fn open(url: &str, options: &OpenOptions) -> Result<Opened, OpenError> {
    match url.parse()? {
        TokenStoreUrl::Memory => Ok(Opened {
            store: Arc::new(InMemory::new()),
            prefix: Path::default(),
        }),
        TokenStoreUrl::Folder(path) => Ok(Opened {
            store: Arc::new(open_folder(path)?),
            prefix: Path::default(),
        }),
        TokenStoreUrl::Bucket {
            cloud,
            bucket,
            prefix,
        } => Ok(Opened {
            store: open_bucket(cloud, &bucket, options)?,
            prefix,
        }),
    }
}

fn open_folder(path: PathBuf) -> Result<PrivateFiles, OpenError> {
    let made = match path.parent() {
        Some(parent) => std::fs::create_dir_all(parent),
        None => Ok(()),
    }
    // Recursive only so that it may be there already. Then its mode is its owner's business: the
    // folders inside, which we make, are private in any case.
    .and_then(|()| {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&path)
    });
    if let Err(source) = made {
        return Err(OpenError::Folder { path, source });
    }
    Ok(PrivateFiles::new(
        LocalFileSystem::new_with_prefix(&path)?.with_fsync(true),
    ))
}

fn open_bucket(
    cloud: Cloud,
    bucket: &str,
    options: &OpenOptions,
) -> Result<Arc<dyn ObjectStore>, OpenError> {
    // The vault bounds every operation itself; retries have to fit into that.
    let retry = RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(2),
            base: 2.0,
        },
        max_retries: 4,
        retry_timeout: Duration::from_secs(8),
    };
    let (timeout, connect) = (ClientConfigKey::Timeout, ClientConfigKey::ConnectTimeout);
    Ok(match cloud {
        Cloud::Google => {
            let builder = match &options.gcs_endpoint {
                Some(endpoint) => GoogleCloudStorageBuilder::new()
                    .with_service_account_key(stand_in_account(endpoint))
                    .with_config(GoogleConfigKey::Client(ClientConfigKey::AllowHttp), "true"),
                None => GoogleCloudStorageBuilder::from_env(),
            };
            let store = builder
                .with_bucket_name(bucket)
                .with_config(GoogleConfigKey::Client(timeout), REQUEST_TIMEOUT)
                .with_config(GoogleConfigKey::Client(connect), CONNECT_TIMEOUT)
                .with_retry(retry)
                .build()?;
            Arc::new(store)
        }
        Cloud::Amazon => {
            let store = AmazonS3Builder::from_env()
                .with_bucket_name(bucket)
                // Whatever the environment says: without it there is no compare-and-set.
                .with_conditional_put(S3ConditionalPut::ETagMatch)
                .with_config(AmazonS3ConfigKey::Client(timeout), REQUEST_TIMEOUT)
                .with_config(AmazonS3ConfigKey::Client(connect), CONNECT_TIMEOUT)
                .with_retry(retry)
                .build()?;
            Arc::new(store)
        }
        Cloud::Azure => {
            let store = MicrosoftAzureBuilder::from_env()
                .with_container_name(bucket)
                .with_config(AzureConfigKey::Client(timeout), REQUEST_TIMEOUT)
                .with_config(AzureConfigKey::Client(connect), CONNECT_TIMEOUT)
                .with_retry(retry)
                .build()?;
            Arc::new(store)
        }
    })
}

/// Service account credentials that send the client elsewhere and send no credentials.
fn stand_in_account(endpoint: &str) -> String {
    serde_json::json!({
        "gcs_base_url": endpoint.trim_end_matches('/'),
        "disable_oauth": true,
        "client_email": "",
        "private_key": "",
        "private_key_id": "",
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_understood_and_shown_as_written() {
        for url in [
            "memory:",
            "file://data/tokens",
            "file:///var/lib/acclimate/tokens",
            "gs://bucket",
            "gs://my-bucket.example/some/prefix",
            "s3://bucket_1/p",
            "az://container/p",
        ] {
            assert_eq!(url.parse::<TokenStoreUrl>().unwrap().to_string(), url);
        }
        assert_eq!(
            "gs://b/p/".parse::<TokenStoreUrl>().unwrap(),
            "gs://b/p".parse::<TokenStoreUrl>().unwrap()
        );
    }

    #[test]
    fn nonsense_is_refused() {
        for url in [
            "",
            "memory",
            "data/tokens",
            "file://",
            "file:///",
            "gs://",
            "gs:///p",
            "s3://a b/p",
            "gs://b/../c",
            "ftp://b/c",
            "gs://user:pw@b/c",
            "http://b",
            "://",
            "s3:b",
        ] {
            assert!(url.parse::<TokenStoreUrl>().is_err(), "{url}");
        }
    }

    #[test]
    fn the_key_lies_beside_a_folder_and_nowhere_else() {
        let key_file = |url: &str| url.parse::<TokenStoreUrl>().unwrap().key_file();
        assert_eq!(
            key_file("file://data/tokens"),
            Some("data/tokens.key".into())
        );
        assert_eq!(key_file("file:///a/b.c/"), Some("/a/b.c.key".into()));
        assert_eq!(key_file("memory:"), None);
        assert_eq!(key_file("gs://b"), None);
    }

    #[test]
    fn buckets_open_without_being_contacted() {
        let options = OpenOptions {
            gcs_endpoint: Some("http://127.0.0.1:9/".into()),
        };
        let opened = open("gs://b/some/prefix", &options).unwrap();
        assert_eq!(opened.prefix.as_ref(), "some/prefix");
        assert!(open("s3://b/p", &OpenOptions::default()).is_ok());
    }
}
