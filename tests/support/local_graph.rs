//! The local Graph (`tests/local-graph`) as a child process, on a free port.
#![allow(dead_code)] // Each test file uses a part of it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// A token that looks like a Page access token. The local Graph accepts only this one.
pub const TOKEN: &str = "EAABtesttoken0123456789";

/// A running local Graph, which stands in for graph.facebook.com. It is stopped when dropped.
pub struct LocalGraph {
    child: Child,
    /// Its base URL.
    pub url: String,
}

impl LocalGraph {
    /// Starts a local Graph. Needs `node`.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a local Graph with additional arguments.
    pub fn start_with(args: &[&str]) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/local-graph/server.mjs");
        let mut child = Command::new("node")
            .args([script, "--token", TOKEN])
            .args(args)
            .stdout(Stdio::piped())
            .spawn()
            .expect("node");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        output.read_line(&mut line).expect("a line");
        let url = line
            .trim()
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("{line:?}"));
        Self {
            url: url.to_owned(),
            child,
        }
    }

    /// Scripts the responses to the next requests, and forgets all earlier requests and scripts.
    pub fn script(&self, steps: &Value) {
        self.call("POST", "reset", "");
        self.call("POST", "script", &steps.to_string());
    }

    /// The requests that arrived.
    pub fn requests(&self) -> Vec<Value> {
        self.list("requests")
    }

    /// The messages that were accepted.
    pub fn accepted(&self) -> Vec<Value> {
        self.list("accepted")
    }

    fn list(&self, name: &str) -> Vec<Value> {
        serde_json::from_str(&self.call("GET", name, "")).expect("a list")
    }

    /// Uses HTTP/1.0, in which the end of the connection ends the response.
    fn call(&self, method: &str, name: &str, body: &str) -> String {
        let host = self.url.strip_prefix("http://").expect("an address");
        let mut stream = TcpStream::connect(host).expect("a connection");
        let length = body.len();
        write!(
            stream,
            "{method} /__graph/{name} HTTP/1.0\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n{body}"
        )
        .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        assert!(head.contains(" 200 "), "{head}\n{body}");
        body.to_owned()
    }
}

impl Drop for LocalGraph {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
