//! A folder whose files only their owner may read.

use core::fmt;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;

use async_trait::async_trait;
use futures::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};

/// [`LocalFileSystem`], with every folder it makes at mode 0700 and every file at 0600.
///
/// The folder is made private before the file is there, so that the moment between a file's
/// appearance and its own mode shows it to nobody.
#[derive(Debug)]
pub(crate) struct PrivateFiles {
    inner: LocalFileSystem,
}

impl PrivateFiles {
    pub const fn new(inner: LocalFileSystem) -> Self {
        Self { inner }
    }
}

impl fmt::Display for PrivateFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

fn failed(source: std::io::Error) -> object_store::Error {
    object_store::Error::Generic {
        store: "private files",
        source: source.into(),
    }
}

#[async_trait]
impl ObjectStore for PrivateFiles {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        let path = self.inner.path_to_filesystem(location)?;
        if let Some(folder) = path.parent() {
            let mut builder = tokio::fs::DirBuilder::new();
            builder
                .recursive(true)
                .mode(0o700)
                .create(folder)
                .await
                .map_err(failed)?;
        }
        let written = self.inner.put_opts(location, payload, options).await?;
        match tokio::fs::set_permissions(&path, Permissions::from_mode(0o600)).await {
            // Somebody else has already tidied it away.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(written),
            outcome => outcome.map(|()| written).map_err(failed),
        }
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(location, options).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.inner.get_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.inner.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}
