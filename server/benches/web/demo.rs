//! The demo, in a process of its own, and a session in it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};

pub struct Demo {
    child: Child,
    /// Held open: the demo has more to say.
    _said: BufReader<ChildStdout>,
    pub addr: SocketAddr,
    /// `name=value`
    pub cookie: String,
}

impl Demo {
    /// Returns when the twins are connected and synced.
    pub fn start() -> Self {
        let addr = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_acclimate"))
            .args(["demo", "--addr", &addr.to_string()])
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let announced = said
            .by_ref()
            .lines()
            .map_while(Result::ok)
            .any(|line| line.contains(&addr.to_string()));
        let mut demo = Self {
            child,
            _said: said,
            addr,
            cookie: String::new(),
        };
        assert!(announced, "the demo did not start");
        demo.cookie = enter(addr);
        demo
    }
}

/// Presses the demo's one button.
fn enter(addr: SocketAddr) -> String {
    let mut stream = TcpStream::connect(addr).unwrap();
    let request = format!(
        "POST /login/demo HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://{addr}\r\n\
         Content-Length: 0\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let answer = std::io::read_to_string(stream).unwrap();
    let cookie = answer
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        .and_then(|(_, value)| value.split(';').next());
    cookie.unwrap().to_owned()
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
