//! A load generator: keep-alive connections that ask for one page again and again.
//!
//! It is as plain as it can be (blocking sockets, a thread a connection, no HTTP library), because it
//! shares the machine with what it measures and is the same for both sides.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// How the page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Identity,
    Brotli,
}

impl Encoding {
    pub const ALL: [Self; 2] = [Self::Identity, Self::Brotli];

    /// As in `Accept-Encoding` and `Content-Encoding`.
    pub fn token(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Brotli => "br",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "uncompressed",
            Self::Brotli => "brotli",
        }
    }
}

/// A page, and as whom it is asked for.
pub struct Page {
    addr: SocketAddr,
    path: String,
    cookie: String,
}

impl Page {
    pub fn new(addr: SocketAddr, path: &str, cookie: &str) -> Self {
        Self {
            addr,
            path: path.to_owned(),
            cookie: cookie.to_owned(),
        }
    }

    /// The body, as it was sent.
    pub fn fetch(&self, encoding: Encoding) -> Vec<u8> {
        let mut body = Vec::new();
        self.connect(encoding).ask(&mut body);
        body
    }

    /// Asks over `connections` at once for a while.
    pub fn load(&self, encoding: Encoding, connections: usize, time: Duration) -> Load {
        let started = Instant::now();
        let until = started + time;
        let mut load = Load::default();
        std::thread::scope(|scope| {
            let askers: Vec<_> = (0..connections)
                .map(|_| scope.spawn(|| self.connect(encoding).ask_until(until)))
                .collect();
            for asker in askers {
                load.latencies_us.extend(asker.join().unwrap());
            }
        });
        load.seconds = started.elapsed().as_secs_f64();
        load
    }

    /// Asks one at a time.
    pub fn alone(&self, times: usize) -> Load {
        let mut connection = self.connect(Encoding::Identity);
        let started = Instant::now();
        let latencies_us = (0..times).map(|_| connection.time()).collect();
        Load {
            latencies_us,
            seconds: started.elapsed().as_secs_f64(),
        }
    }

    fn connect(&self, encoding: Encoding) -> Connection {
        let stream = TcpStream::connect(self.addr).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let request = format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\nAccept-Encoding: {}\r\nCookie: {}\r\n\r\n",
            self.path,
            self.addr,
            encoding.token(),
            self.cookie
        );
        Connection {
            answers: BufReader::with_capacity(64 << 10, stream),
            request: request.into_bytes(),
            encoding,
            line: String::new(),
        }
    }
}

struct Connection {
    answers: BufReader<TcpStream>,
    request: Vec<u8>,
    encoding: Encoding,
    line: String,
}

impl Connection {
    fn ask_until(mut self, until: Instant) -> Vec<u32> {
        let mut latencies_us = Vec::new();
        while Instant::now() < until {
            latencies_us.push(self.time());
        }
        latencies_us
    }

    /// In microseconds.
    fn time(&mut self) -> u32 {
        let mut body = Vec::new();
        let asked = Instant::now();
        self.ask(&mut body);
        let time = asked.elapsed();
        assert!(!body.is_empty(), "an empty page");
        time.as_micros() as u32
    }

    /// Anything but the page, in the form asked for, ends the benchmark.
    fn ask(&mut self, body: &mut Vec<u8>) {
        self.answers.get_mut().write_all(&self.request).unwrap();
        let status = self.read_line().to_owned();
        assert!(status.starts_with("HTTP/1.1 200 "), "{status}");
        let (mut length, mut encoding) = (None, Encoding::Identity.token().to_owned());
        loop {
            let line = self.read_line().to_ascii_lowercase();
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            match name {
                "content-length" => length = Some(value.trim().parse::<usize>().unwrap()),
                "content-encoding" => value.trim().clone_into(&mut encoding),
                _ => {}
            }
        }
        assert_eq!(encoding, self.encoding.token(), "not the form asked for");
        match length {
            Some(length) => self.read_exactly(length, body),
            None => self.read_chunks(body),
        }
    }

    fn read_chunks(&mut self, body: &mut Vec<u8>) {
        loop {
            let length = usize::from_str_radix(self.read_line(), 16).unwrap();
            self.read_exactly(length, body);
            assert!(self.read_line().is_empty(), "a chunk without its end");
            if length == 0 {
                return;
            }
        }
    }

    fn read_exactly(&mut self, length: usize, body: &mut Vec<u8>) {
        let had = body.len();
        body.resize(had + length, 0);
        self.answers.read_exact(&mut body[had..]).unwrap();
    }

    /// A line without its end; empty at the end of the headers.
    fn read_line(&mut self) -> &str {
        self.line.clear();
        let read = self.answers.read_line(&mut self.line).unwrap();
        assert!(read > 0, "the server hung up");
        self.line.trim_end()
    }
}

/// What came of it.
#[derive(Default)]
pub struct Load {
    latencies_us: Vec<u32>,
    seconds: f64,
}

impl Load {
    pub fn add(&mut self, other: Self) {
        self.latencies_us.extend(other.latencies_us);
        self.seconds += other.seconds;
    }

    pub fn per_second(&self) -> f64 {
        self.latencies_us.len() as f64 / self.seconds
    }

    /// The smallest latency that this part of the answers did not exceed.
    pub fn quantile_ms(&self, quantile: f64) -> f64 {
        let mut sorted = self.latencies_us.clone();
        sorted.sort_unstable();
        let rank = (quantile * sorted.len() as f64).ceil() as usize;
        f64::from(sorted[rank.clamp(1, sorted.len()) - 1]) / 1e3
    }
}
