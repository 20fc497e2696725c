//! A store that counts, is late, and fails as told.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::stream::BoxStream;
use futures::{FutureExt, StreamExt};
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    /// Nothing works.
    Everything,
    /// Tokens cannot be written.
    TokenWrites,
    /// What is created is created, but the answer is lost.
    CreateAnswers,
}

/// Wraps a store.
#[derive(Debug)]
pub struct Faulty {
    inner: Arc<dyn ObjectStore>,
    fault: Mutex<Fault>,
    slow: Mutex<Option<StdRng>>,
    pub reads: AtomicUsize,
}

impl Faulty {
    pub fn new(inner: Arc<dyn ObjectStore>) -> Arc<Self> {
        Arc::new(Self {
            inner,
            fault: Mutex::new(Fault::None),
            slow: Mutex::new(None),
            reads: AtomicUsize::new(0),
        })
    }

    /// A store far away, over a bad line: now and then a request is late by seconds.
    pub fn slow(inner: Arc<dyn ObjectStore>, seed: u64) -> Arc<Self> {
        let store = Self::new(inner);
        *store.slow.lock().unwrap() = Some(StdRng::seed_from_u64(seed));
        store
    }

    /// How late the next request is.
    fn pause(&self) -> Duration {
        let mut slow = self.slow.lock().unwrap();
        slow.as_mut().map_or(Duration::ZERO, |random| {
            let most_ms = if random.random_bool(0.05) { 5_000 } else { 100 };
            Duration::from_millis(random.random_range(0..most_ms))
        })
    }

    async fn travel(&self) {
        let pause = self.pause();
        if pause.is_zero() {
            tokio::task::yield_now().await;
        } else {
            tokio::time::sleep(pause).await;
        }
    }

    pub fn set(&self, fault: Fault) {
        *self.fault.lock().unwrap() = fault;
    }

    fn has(&self, fault: Fault) -> bool {
        *self.fault.lock().unwrap() == fault
    }

    fn check(&self, faults: &[Fault]) -> Result<()> {
        if faults.iter().any(|fault| self.has(*fault)) {
            Err(out_of_order())
        } else {
            Ok(())
        }
    }
}

fn out_of_order() -> object_store::Error {
    object_store::Error::Generic {
        store: "faulty",
        source: "out of order".into(),
    }
}

impl fmt::Display for Faulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Faulty")
    }
}

#[async_trait::async_trait]
impl ObjectStore for Faulty {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        self.travel().await;
        self.check(&[Fault::Everything])?;
        if location.extension() == Some("token") {
            self.check(&[Fault::TokenWrites])?;
        }
        let created = options.mode == object_store::PutMode::Create;
        let written = self.inner.put_opts(location, payload, options).await?;
        self.travel().await;
        if created {
            self.check(&[Fault::CreateAnswers])?;
        }
        Ok(written)
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.inner.put_multipart_opts(location, options).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        self.travel().await;
        self.check(&[Fault::Everything])?;
        self.inner.get_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        match self.check(&[Fault::Everything]) {
            Ok(()) => {
                let (inner, pause) = (Arc::clone(&self.inner), self.pause());
                async move {
                    tokio::time::sleep(pause).await;
                    inner.delete_stream(locations)
                }
                .flatten_stream()
                .boxed()
            }
            Err(error) => futures::stream::once(async { Err(error) }).boxed(),
        }
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        match self.check(&[Fault::Everything]) {
            Ok(()) => {
                // What is there when the request arrives, not when it is sent.
                let (inner, prefix) = (Arc::clone(&self.inner), prefix.cloned());
                let pause = self.pause();
                async move {
                    tokio::task::yield_now().await;
                    tokio::time::sleep(pause).await;
                    inner.list(prefix.as_ref())
                }
                .flatten_stream()
                .boxed()
            }
            Err(error) => futures::stream::once(async { Err(error) }).boxed(),
        }
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.check(&[Fault::Everything])?;
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}
