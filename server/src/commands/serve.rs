//! `acclimate serve`

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use physiology::{Twin, Vendor};
use secrecy::ExposeSecret as _;
use services::{Clock, Services};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vault::{KeyRing, Vault};

use crate::config::{Config, Keys, ServeArgs, Vendors};
use crate::middleware::recent::RecentPages;
use crate::router::router;
use crate::site;
use crate::state::AppState;

/// How long answers under way may take after the word to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(8);

pub(crate) async fn run(args: ServeArgs) -> anyhow::Result<()> {
    let config = Config::check(args)?;
    let listener = bind(config.listen.addr).await?;
    let services = services(&config, Clock::system()).await?;
    services.ensure_pair().await?;
    first_administrator(&services, &config).await?;
    initial_connection(&services, &config.vendors).await;
    tracing::info!(addr = %listener.local_addr()?, url = %config.listen.public_url, "listening");
    let cancel = stop_on_signal();
    let schedule = schedule(&services, config.sync.sync_on_startup, &cancel);
    serve(listener, state(services, &config, None), cancel).await?;
    schedule.await?;
    Ok(())
}

/// Syncs on schedule until cancelled.
pub(crate) fn schedule(
    services: &Services,
    on_startup: bool,
    cancel: &CancellationToken,
) -> JoinHandle<()> {
    let (services, cancel) = (services.clone(), cancel.clone());
    tokio::spawn(async move { services.run_schedule(on_startup, cancel).await })
}

pub(crate) async fn bind(addr: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(addr)
        .await
        .with_context(|| format!("cannot listen on {addr}"))
}

/// Opens what is kept and puts the services together.
pub(crate) async fn services(config: &Config, clock: Clock) -> anyhow::Result<Services> {
    let (stores, clients) = (&config.stores, config.vendors.clients.clone());
    let store = store::open(&stores.database_url)
        .await
        .context("cannot open DATABASE_URL")?;
    let keys = match &stores.keys {
        Keys::Given(keys) => keys.clone(),
        Keys::Fleeting => KeyRing::generate(),
        Keys::File(path, old) => {
            let key = vault::load_or_create_local_key(path)
                .with_context(|| format!("cannot keep the encryption key in {}", path.display()))?;
            KeyRing::from_base64(&key, old).context("the kept encryption key")?
        }
    };
    let location = vault::open(&stores.token_store_url, &vault::OpenOptions::default())
        .context("cannot open TOKEN_STORE_URL")?;
    let vault = Arc::new(Vault::new(location.store, location.prefix, keys));
    let services_config = service_config(config);
    Ok(Services::new(store, vault, clients, clock, services_config))
}

fn service_config(config: &Config) -> services::Config {
    let Config { sync, vendors, .. } = config;
    services::Config {
        sync_interval_s: sync.sync_interval_minutes * 60,
        lookback_days: sync.sync_lookback_days,
        history_days: sync.sync_history_days,
        vendor_hints: vendors.hints.clone(),
        public_url: Some(config.listen.public_url.clone()),
    }
}

pub(crate) fn state(services: Services, config: &Config, demo_account: Option<&str>) -> AppState {
    let options = leptos::config::LeptosOptions::builder()
        .output_name("acclimate")
        .site_pkg_dir(site::versioned_dir())
        .build();
    AppState {
        services,
        options,
        listen: Arc::new(config.listen.clone()),
        demo_account: demo_account.map(Arc::from),
        vendor_origins: config.vendors.origins.join(" ").into(),
        recent: RecentPages::default(),
    }
}

/// Serves until cancelled; answers under way are finished.
pub(crate) async fn serve(
    listener: TcpListener,
    state: AppState,
    cancel: CancellationToken,
) -> anyhow::Result<()> {
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    let stopping = cancel.clone();
    let server = axum::serve(listener, service)
        .with_graceful_shutdown(async move { stopping.cancelled().await });
    let deadline = async {
        cancel.cancelled().await;
        tokio::time::sleep(LAST_ANSWERS).await;
    };
    tokio::select! {
        result = server => result.context("the server failed"),
        () = deadline => Ok(()),
    }
}

/// Cancelled by Ctrl-C or SIGTERM.
pub(crate) fn stop_on_signal() -> CancellationToken {
    let cancel = CancellationToken::new();
    let on_signal = cancel.clone();
    tokio::spawn(async move {
        let interrupt = tokio::signal::ctrl_c();
        let terminate = async {
            match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                Ok(mut signal) => {
                    signal.recv().await;
                }
                Err(error) => {
                    tracing::warn!(%error, "SIGTERM is not heard");
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::select! {
            _ = interrupt => {}
            () = terminate => {}
        }
        tracing::info!("stopping");
        on_signal.cancel();
    });
    cancel
}

#[expect(
    clippy::print_stdout,
    reason = "the link is for the person at the terminal alone"
)]
async fn first_administrator(services: &Services, config: &Config) -> anyhow::Result<()> {
    if let Some(password) = &config.administrator.authorized_user_password {
        let name = &config.administrator.authorized_user_name;
        if services
            .ensure_administrator(name, password)
            .await
            .context("AUTHORIZED_USER_PASSWORD")?
        {
            tracing::info!(name, "the first administrator was made");
        }
        return Ok(());
    }
    if let Some(token) = services.new_setup_token().await? {
        let mut url = config.listen.public_url.join("setup")?;
        url.query_pairs_mut()
            .append_pair("token", token.expose_secret());
        println!("Create the first administrator, once, at:\n  {url}");
    }
    Ok(())
}

/// A refresh token in the environment connects twin A, where nothing is connected yet.
async fn initial_connection(services: &Services, vendors: &Vendors) {
    let Some(token) = &vendors.oura_initial_refresh_token else {
        return;
    };
    if let Err(error) = services.connect_initial(Twin::A, Vendor::Oura, token).await {
        tracing::error!(%error, "OURA_INITIAL_REFRESH_TOKEN did not connect");
    }
}
