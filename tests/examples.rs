//! The examples, each against the local Graph.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/local_graph.rs"]
mod local_graph;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use local_graph::{LocalGraph, TOKEN};
use serde_json::{Value, json};

fn cargo_run(graph: &LocalGraph, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", "--quiet"])
        .args(args)
        .env("BASE_URL", &graph.url)
        .env("ACCESS_TOKEN", TOKEN)
        .env("RECIPIENT", "7001002003004005");
    command
}

/// Runs an example to its end, and returns its output.
fn example(graph: &LocalGraph, name: &str, args: &[&str], input: &str) -> String {
    let arguments = ["--all-features", "--example", name, "--"];
    program(graph, &[&arguments, args].concat(), input)
}

/// Runs a program to its end, and returns its output.
fn program(graph: &LocalGraph, args: &[&str], input: &str) -> String {
    let mut child = cargo_run(graph, args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{args:?}: {printed}");
    assert!(!printed.contains(TOKEN), "{printed}");
    printed
}

#[test]
fn send() {
    let graph = LocalGraph::start();
    let printed = example(&graph, "send", &[], "");
    assert!(printed.starts_with("sent: {"), "{printed}");
    let message = &graph.accepted()[0]["params"]["message"];
    assert_eq!(message["text"], "Tea or coffee?");
    assert_eq!(message["quick_replies"][1]["title"], "Coffee");

    graph.script(&json!([{ "step": "acceptThenReset" }]));
    let printed = example(&graph, "send", &[], "");
    assert!(
        printed.starts_with("the person may have received it"),
        "{printed}"
    );
    graph.script(&json!([{ "step": "error", "code": 190 }]));
    let printed = example(&graph, "send", &[], "");
    assert!(printed.starts_with("Graph refused it"), "{printed}");
}

#[test]
fn template() {
    let graph = LocalGraph::start();
    let printed = example(&graph, "template", &[], "");
    assert!(
        printed.contains("sent: m_") && printed.contains("on Instagram: "),
        "{printed}"
    );
    let payload = &graph.accepted()[0]["params"]["message"]["attachment"]["payload"];
    assert_eq!(
        payload["elements"][0]["buttons"][0]["webview_height_ratio"],
        "tall"
    );
}

#[test]
fn many() {
    let graph = LocalGraph::start();
    graph.script(&json!([{ "step": "error", "code": 551 }]));
    let people: String = (1..=150).map(|person| format!("{person}\n")).collect();
    let printed = example(&graph, "many", &[], &people);
    let summary: Value = serde_json::from_str(printed.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&summary["sent"], &summary["failed"]),
        (&json!(149), &json!(1)),
        "{printed}"
    );
    assert!(
        printed.contains("100 done, ") && printed.contains(": failed: "),
        "{printed}"
    );
}

#[test]
fn upload() {
    let graph = LocalGraph::start();
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/images/phone-light.png");
    let printed = example(&graph, "upload", &[picture], "");
    let id = printed
        .lines()
        .next()
        .unwrap()
        .strip_prefix("saved as ")
        .unwrap();
    let payload = &graph.accepted()[0]["params"]["message"]["attachment"]["payload"];
    assert_eq!(payload["attachment_id"], id);
    let size = std::fs::metadata(picture).unwrap().len();
    assert_eq!(graph.requests()[0]["files"]["filedata"]["size"], size);
}

#[test]
fn custom_transport() {
    let graph = LocalGraph::start();
    let printed = program(
        &graph,
        &["--package", "messenger-send-custom-transport"],
        "",
    );
    assert!(printed.starts_with("sent: m_"), "{printed}");
}

fn post(url: &str, path: &str, body: &str) -> (u16, Value) {
    let host = url.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST {path} HTTP/1.0\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (
        head[9..12].parse().unwrap(),
        serde_json::from_str(body).unwrap(),
    )
}

#[test]
fn axum() {
    let graph = LocalGraph::start();
    let mut service = cargo_run(&graph, &["--package", "messenger-send-axum"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(service.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let url = line.trim().strip_prefix("listening on ").unwrap();

    let good = r#"{"to":"1","text":"hello"}"#;
    let bad = r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":""}}"#;
    let (status, report) = post(url, "/check", bad);
    assert_eq!((status, &report["valid"]), (200, &json!(false)));
    assert_eq!(report["issues"][0]["pointer"], "/message/text");
    let (status, receipt) = post(url, "/send", good);
    assert_eq!((status, &receipt["recipient_id"]), (200, &json!("1")));
    assert_eq!(post(url, "/send", bad).0, 422);
    graph.script(&json!([{ "step": "acceptThenReset" }]));
    let (status, error) = post(url, "/send", good);
    assert_eq!((status, &error["delivery"]), (502, &json!("unknown")));
    graph.script(&json!([{ "step": "error", "code": 190 }]));
    let (status, error) = post(url, "/send", good);
    assert_eq!((status, &error["kind"]), (400, &json!("auth")));
    // cargo has replaced itself by the service on Unix, so this ends the service.
    service.kill().unwrap();
    service.wait().unwrap();
}
