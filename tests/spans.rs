//! The spans and events of the `tracing` crate. A separate program, since the subscriber is global.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/local_graph.rs"]
mod local_graph;

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use local_graph::{LocalGraph, TOKEN};
use messenger_send::client::transport::Reqwest;
use messenger_send::client::{Client, Retry};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Keeps everything as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

struct Line<'l>(&'l mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Log {
    fn line(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut Line<'_>)) {
        let mut log = self.0.lock().unwrap();
        write!(log, "{} {}", metadata.level(), metadata.target()).unwrap();
        if metadata.is_span() {
            write!(log, " span={}", metadata.name()).unwrap();
        }
        record(&mut Line(&mut log));
        log.push('\n');
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("messenger_send")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata(), |line| span.record(line));
        Id::from_u64(1)
    }

    fn event(&self, event: &Event<'_>) {
        self.line(event.metadata(), |line| event.record(line));
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_send_is_traced_without_secrets() {
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let graph = LocalGraph::start();
    graph.script(&json!([
        { "step": "error", "code": 613, "message": format!("too fast, {TOKEN}") },
        { "step": "ok" },
    ]));
    let client = Client::builder(TOKEN)
        .base_url(&*graph.url)
        .page_id("1234567890")
        .retry(Retry::attempts(2).base_delay(Duration::from_millis(1)))
        .build(Reqwest::new().unwrap())
        .unwrap();
    client
        .send(r#"{"to":"7001","text":"between you and me"}"#)
        .await
        .unwrap();

    let log = log.0.lock().unwrap().clone();
    for secret in [TOKEN, "7001", "between you and me"] {
        assert!(!log.contains(secret), "{log}");
    }
    let lines: Vec<_> = log.lines().collect();
    assert!(
        lines[0].starts_with("INFO messenger_send span=send page_id=\"1234567890\""),
        "{log}"
    );
    let begins = |what: &str| lines.iter().filter(|line| line.starts_with(what)).count();
    assert_eq!(begins("DEBUG messenger_send span=request"), 2, "{log}");
    assert_eq!(
        begins("WARN messenger_send message=attempt failed attempt=1 status=400"),
        1,
        "{log}"
    );
    assert_eq!(
        begins("INFO messenger_send message=retry attempt=1"),
        1,
        "{log}"
    );
    assert_eq!(
        begins("DEBUG messenger_send message=response attempt=2 status=200"),
        1,
        "{log}"
    );
    assert!(
        log.contains("code=613") && log.contains("kind=\"rate_limit\""),
        "{log}"
    );
}
