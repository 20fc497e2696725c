//! The reference: an axum handler that sends bytes it has at hand, in a process of its own with as
//! many workers as ours.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use axum::Router;
use axum::http::header;
use axum::routing::get;

use crate::load::Encoding;

/// This executable again: the file to send, and its encoding.
const BODY: &str = "BENCH_BARE_BODY";
const ENCODING: &str = "BENCH_BARE_ENCODING";

/// As the server has.
const FEWEST_WORKERS: usize = 4;

pub fn is_asked_for() -> bool {
    std::env::var_os(BODY).is_some()
}

/// Serves until killed; prints where.
pub fn serve() {
    let body = std::fs::read(std::env::var_os(BODY).unwrap()).unwrap();
    let body = axum::body::Bytes::from(body);
    let encoding = std::env::var(ENCODING).unwrap();
    let encoding = Encoding::ALL
        .into_iter()
        .find(|known| known.token() == encoding);
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_ENCODING, encoding.unwrap().token()),
    ];
    let handler = move || std::future::ready((headers, body.clone()));
    let workers = std::thread::available_parallelism()
        .map_or(FEWEST_WORKERS, |cores| cores.get().max(FEWEST_WORKERS));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("{}", listener.local_addr().unwrap());
        std::io::stdout().flush().unwrap();
        let router = Router::new().route("/", get(handler));
        axum::serve(listener, router).await.unwrap();
    });
}

/// A running bare handler.
pub struct Bare {
    child: Child,
    pub addr: SocketAddr,
}

impl Bare {
    pub fn start(body: &[u8], encoding: Encoding) -> Self {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(body).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(BODY, file.path())
            .env(ENCODING, encoding.token())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        // By then it has read the file.
        lines.read_line(&mut line).unwrap();
        let addr = line.trim().parse().unwrap();
        Self { child, addr }
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
