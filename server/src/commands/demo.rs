//! `acclimate demo`: the whole product over simulated clouds.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use physiology::{Profile, Sex, Timestamp, Vendor};
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use secrecy::{ExposeSecret as _, SecretString};
use services::{Clock, Services, Submitted, Viewer};
use simulator::{Config as SimulatorConfig, Running};
use tokio::net::TcpListener;
use url::Url;
use views::settings::{Field, TwinForm};

use super::serve;
use crate::cli::DemoArgs;
use crate::config::Config;

pub(crate) async fn run(args: DemoArgs) -> anyhow::Result<()> {
    let (folder, _temporary) = folder(args.data.as_deref())?;
    let morning = ninth_morning();
    let simulator_config = SimulatorConfig {
        seed: args.seed,
        days: args.days,
        now: Some(morning),
        ..SimulatorConfig::default()
    };
    let itinerary = simulator::expedition(&simulator_config, morning);
    let profiles = simulator::profiles(&simulator_config, morning);
    let clouds = TcpListener::bind("127.0.0.1:0").await?;
    let simulator = simulator::start(simulator_config, clouds).await?;

    let config = Config::check(over(args, &folder, &simulator))?;
    let listener = serve::bind(config.listen.addr).await?;
    let addr = listener.local_addr()?;
    let services = serve::services(&config, clock_from(morning)).await?;
    services.ensure_pair().await?;
    services.set_itinerary(&Viewer::System, &itinerary).await?;
    describe_twins(&services, profiles).await?;
    let account = sign_in_of(&services, &config).await?;

    let cancel = serve::stop_on_signal();
    let state = serve::state(services.clone(), &config, Some(&account.name));
    let server = tokio::spawn(serve::serve(listener, state, cancel.clone()));
    connect_twins(&services, addr)
        .await
        .context("connecting the simulated twins")?;
    services.wait_for_syncs().await;
    announce(addr, &account);

    let schedule = serve::schedule(&services, false, &cancel);
    server.await??;
    schedule.await?;
    simulator.shutdown().await;
    Ok(())
}

/// 07:45 in Nepal, today. The demo begins on the twins' ninth morning at whatever hour it is started:
/// the night that raises the alarm has just come in.
fn ninth_morning() -> DateTime<Utc> {
    chrono::Utc::now()
        .date_naive()
        .and_time(chrono::NaiveTime::MIN)
        .and_utc()
        + chrono::Duration::hours(2)
}

/// The demo's time goes on from there.
fn clock_from(begun: DateTime<Utc>) -> Clock {
    let (begun, started) = (Timestamp::from(begun), Instant::now());
    Clock::new(move || Timestamp(begun.0 + started.elapsed().as_millis() as i64))
}

/// Where the demo keeps its data. The simulated record ends today, so every day has its own.
fn folder(data: Option<&Path>) -> anyhow::Result<(PathBuf, Option<tempfile::TempDir>)> {
    if let Some(path) = data {
        let today = physiology::Day::of_utc(chrono::Utc::now().into());
        return Ok((path.join(today.to_string()), None));
    }
    let temporary = tempfile::Builder::new()
        .prefix("acclimate-demo-")
        .tempdir()?;
    Ok((temporary.path().to_owned(), Some(temporary)))
}

/// What `serve` was told, over the demo's own folder and clouds.
fn over(args: DemoArgs, folder: &Path, simulator: &Running) -> crate::config::ServeArgs {
    let mut serve = args.serve;
    serve.store.database_url = format!("sqlite://{}", folder.join("acclimate.db").display());
    serve.tokens.token_store_url = Some(format!("file://{}", folder.join("tokens").display()));
    serve.tokens.gcs_bucket_name = None;
    let at = |path: &str| Some(format!("{}{path}", simulator.base_url()));
    serve.oura.oura_client_id = Some("sim-oura".into());
    serve.oura.oura_client_secret = Some("sim-oura-secret".to_owned().into());
    serve.oura.oura_authorize_url = at("oura/oauth/authorize");
    serve.oura.oura_token_url = at("oura/oauth/token");
    serve.oura.oura_revoke_url = at("oura/oauth/revoke");
    serve.oura.oura_api_base_url = at("oura/");
    serve.polar.polar_client_id = Some("sim-polar".into());
    serve.polar.polar_client_secret = Some("sim-polar-secret".to_owned().into());
    serve.polar.polar_authorize_url = at("polar/oauth2/authorization");
    serve.polar.polar_token_url = at("polar/v2/oauth2/token");
    serve.polar.polar_api_base_url = at("polar/");
    serve
}

struct DemoAccount {
    name: String,
    /// Printed where it was made up; a given one is known to whoever gave it.
    made_up: Option<SecretString>,
}

/// The demo's account: as the environment says, else with a password made for this start.
async fn sign_in_of(services: &Services, config: &Config) -> anyhow::Result<DemoAccount> {
    let name = config.administrator.authorized_user_name.clone();
    let given = config.administrator.authorized_user_password.clone();
    let made_up = given.is_none().then(|| {
        let bytes: [u8; 9] = rand::random();
        SecretString::from(URL_SAFE_NO_PAD.encode(bytes))
    });
    let Some(password) = given.or_else(|| made_up.clone()) else {
        anyhow::bail!("no password")
    };
    if !services.ensure_administrator(&name, &password).await? {
        services
            .set_password(&Viewer::System, &name, &password)
            .await?;
    }
    Ok(DemoAccount { name, made_up })
}

/// Fills in the settings what the twins know of themselves.
async fn describe_twins(services: &Services, profiles: [Profile; 2]) -> anyhow::Result<()> {
    let number = |bpm: Option<f64>| Field::of(bpm.map(|bpm| bpm.to_string()).unwrap_or_default());
    let year = |year: Option<i32>| Field::of(year.map(|year| year.to_string()).unwrap_or_default());
    let page = services.settings(&Viewer::System, None).await?;
    for (form, profile) in page.twins.into_iter().zip(profiles) {
        let form = TwinForm {
            sex: Field::of(profile.sex.map(Sex::id).unwrap_or_default()),
            birth_year: year(profile.birth_year),
            resting_heart_rate: number(profile.resting_heart_rate_bpm),
            max_heart_rate: number(profile.max_heart_rate_bpm),
            lt1: number(profile.lt1_bpm),
            lt2: number(profile.lt2_bpm),
            ..form
        };
        let saved = services.save_twin(&Viewer::System, form).await?;
        ensure!(matches!(saved, Submitted::Saved), "a profile was refused");
    }
    Ok(())
}

/// Connects both twins with both vendors as a person would: through the pages.
async fn connect_twins(services: &Services, addr: std::net::SocketAddr) -> anyhow::Result<()> {
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(20))
        .no_proxy()
        .build()?;
    let site = Url::parse(&format!("http://{addr}/"))?;
    let origin = site.origin().ascii_serialization();
    let response = browser
        .post(site.join("login/demo")?)
        .header(ORIGIN, &origin)
        .send()
        .await?;
    let cookie = session_cookie(response.headers()).context("no session")?;
    let pair = services.ensure_pair().await?;
    for (subject, hint) in pair.ids().into_iter().zip(["a", "b"]) {
        for vendor in Vendor::ALL {
            let path = format!("oauth/{}/start?subject={subject}", vendor.id());
            let response = browser
                .get(site.join(&path)?)
                .header(COOKIE, &cookie)
                .send()
                .await?;
            let authorize = location(&site, response.headers())?;
            ensure!(
                authorize.origin() != site.origin(),
                "{} refused to start",
                vendor.name()
            );
            let callback = simulator::allow(&authorize, hint).await?;
            let response = browser.get(callback).header(COOKIE, &cookie).send().await?;
            let landed = location(&site, response.headers())?;
            let notice = landed.query_pairs().find(|(name, _)| name == "notice");
            let notice = notice
                .map(|(_, value)| value.into_owned())
                .unwrap_or_default();
            ensure!(
                matches!(notice.as_str(), "connected" | "partial"),
                "{} did not connect: {notice}",
                vendor.name()
            );
        }
    }
    browser
        .post(site.join("logout")?)
        .header(ORIGIN, &origin)
        .header(COOKIE, &cookie)
        .send()
        .await?;
    Ok(())
}

fn session_cookie(headers: &HeaderMap) -> Option<String> {
    let cookie = headers.get(SET_COOKIE)?.to_str().ok()?;
    cookie.split(';').next().map(str::to_owned)
}

fn location(site: &Url, headers: &HeaderMap) -> anyhow::Result<Url> {
    let location = headers.get(LOCATION).context("no redirect")?.to_str()?;
    Ok(site.join(location)?)
}

#[expect(
    clippy::print_stdout,
    reason = "tells the person at the terminal how to get in"
)]
fn announce(addr: std::net::SocketAddr, account: &DemoAccount) {
    println!("\nAcclimate's demo is at http://{addr}");
    println!(
        "  Press \"Enter as the demo's clinician\", or sign in as {}",
        account.name
    );
    if let Some(password) = &account.made_up {
        println!("  with the password {}", password.expose_secret());
    }
    println!("  Everybody in it is simulated. Ctrl-C ends it.\n");
}
