//! `acclimate serve` over a store filled beforehand, in a process of its own, and a session in it.

use std::ffi::OsString;
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use physiology::Day;
use serde_json::{Value, json};

use crate::samples::{STEP_MS, Samples};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const PASSWORD: &str = "a-password-for-benches";
/// Opening a large database takes a while on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server, and the samples it has.
pub struct Served {
    child: Child,
    addr: SocketAddr,
    /// `name=value`
    cookie: String,
    from_ms: i64,
    samples: std::path::PathBuf,
    /// What it took to keep the samples, s.
    pub filled_s: f64,
}

impl Served {
    /// A pair with so many samples of each twin, kept in a folder.
    pub fn start(folder: &Path, of_each: usize, today: Day) -> Self {
        let samples = Samples::of_each(of_each, today);
        let database = format!("sqlite://{}", folder.join("acclimate.db").display());
        let started = Instant::now();
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let store = store::open(&database).await.unwrap();
            samples.put(store.as_ref()).await;
        });
        let filled_s = started.elapsed().as_secs_f64();
        let bytes = folder.join("samples");
        std::fs::write(&bytes, samples.encoded()).unwrap();

        let addr = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let child = Command::new(server())
            .arg("serve")
            .env("ADDR", addr.to_string())
            .env("DATABASE_URL", &database)
            .env("TOKEN_STORE_URL", "memory:")
            .env("ENCRYPTION_KEY", KEY)
            .env("AUTHORIZED_USER_PASSWORD", PASSWORD)
            .env("SYNC_ON_STARTUP", "false")
            .env("RUST_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut served = Self {
            child,
            addr,
            cookie: String::new(),
            from_ms: samples.first_ms(),
            samples: bytes,
            filled_s,
        };
        let deadline = Instant::now() + PATIENCE;
        while !ask(addr, "GET /ready", "").is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            assert!(Instant::now() < deadline, "serve does not become ready");
            std::thread::sleep(Duration::from_millis(20));
        }
        served.cookie = enter(addr);
        served
    }

    /// Where it is and what it has, for the browser's part.
    pub fn told(&self) -> Value {
        json!({
            "url": format!("http://{}", self.addr),
            "cookie": self.cookie,
            "samples": self.samples,
            "from_ms": self.from_ms,
            "step_ms": STEP_MS,
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The executable built for this benchmark, or the one that `BENCH_SERVER` names: to compare builds.
fn server() -> OsString {
    std::env::var_os("BENCH_SERVER").unwrap_or_else(|| env!("CARGO_BIN_EXE_acclimate").into())
}

/// Signs in.
fn enter(addr: SocketAddr) -> String {
    let answer = ask(
        addr,
        "POST /login",
        &format!("name=clinic&password={PASSWORD}"),
    )
    .unwrap();
    let cookie = answer
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .and_then(|(_, value)| value.split(';').next());
    cookie.unwrap().to_owned()
}

fn ask(addr: SocketAddr, what: &str, form: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(addr)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = form.len();
    write!(
        stream,
        "{what} HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://{addr}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
    )?;
    std::io::read_to_string(stream)
}
