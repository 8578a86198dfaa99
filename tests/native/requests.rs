//! What reqwest puts on the wire, and what it says when there is no connection.

use std::net::TcpListener;
use std::time::Duration;

use futures_util::{StreamExt, stream};
use messenger_send::client::transport::Reqwest;
use messenger_send::client::{
    Client, ClientBuilder, Delivery, Encoding, ErrorKind, File, Retry, SendError, Upload,
};
use messenger_send::{Draft, MediaPayload, Recipient};
use serde_json::json;

use crate::local_graph::{LocalGraph, TOKEN};

const HELLO: &str =
    r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"Grüße & = + %"}}"#;

fn client(url: &str, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client<Reqwest> {
    let builder = change(Client::builder(TOKEN).base_url(url).retry(Retry::never()));
    builder.build(Reqwest::new().unwrap()).unwrap()
}

#[tokio::test]
async fn a_message_goes_as_a_form_and_as_json() {
    let graph = LocalGraph::start_with(&["--app-secret", "a-secret-of-the-app"]);
    for encoding in [Encoding::Form, Encoding::Json] {
        let client = client(&graph.url, |builder| {
            builder.encoding(encoding).app_secret("a-secret-of-the-app")
        });
        let receipt = client.send(HELLO).await.unwrap();
        assert_eq!(receipt.recipient_id.as_deref(), Some("1"));
        let accepted = graph.accepted();
        assert_eq!(
            accepted.last().unwrap()["params"]["message"]["text"],
            "Grüße & = + %"
        );
    }
    assert_eq!(graph.accepted().len(), 2);
}

#[tokio::test]
async fn a_file_goes_along() {
    let graph = LocalGraph::start();
    let client = client(&graph.url, |builder| builder);
    let file = File::new("Grüße \"1\".png", "image/png", *b"not really a picture");
    let request = r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"image","payload":{}}}}"#;
    client
        .prepare(request)
        .file(file.clone())
        .send()
        .await
        .unwrap();
    let draft = Draft::image(MediaPayload::new()).to("1");
    client
        .prepare(&draft)
        .file(file.clone())
        .send()
        .await
        .unwrap();
    let uploaded = client.upload_attachment(Upload::file(file)).await.unwrap();
    assert!(!uploaded.attachment_id.is_empty());
    let requests = graph.requests();
    assert_eq!(requests.len(), 3);
    for request in requests {
        let sent = &request["files"]["filedata"];
        assert_eq!(sent["type"], "image/png");
        assert_eq!(sent["size"], 20);
        let name = sent["filename"].as_str().unwrap();
        // Whether a reader decodes `%22` differs.
        assert_eq!(name.replace("%22", "\""), "Grüße \"1\".png");
    }
}

#[tokio::test]
async fn an_invalid_mime_type_is_refused_before_sending() {
    let graph = LocalGraph::start();
    let client = client(&graph.url, |builder| builder);
    let error = client
        .upload_attachment(Upload::file(File::new("a", "image/\n", *b"a")))
        .await;
    let error = error.unwrap_err();
    assert_eq!(
        (error.kind, error.delivery),
        (ErrorKind::Configuration, Delivery::NotSent)
    );
    assert_eq!(graph.requests().len(), 0);
}

async fn fails(url: &str) -> SendError {
    client(url, |builder| builder)
        .send(HELLO)
        .await
        .unwrap_err()
}

#[tokio::test]
async fn without_a_connection_nothing_is_sent() {
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    for url in [
        format!("http://127.0.0.1:{port}"),
        "http://nobody.invalid".to_owned(),
    ] {
        let error = fails(&url).await;
        assert_eq!(
            (error.kind, error.delivery),
            (ErrorKind::Network, Delivery::NotSent)
        );
        assert!(error.retryable && error.cause.is_some(), "{error:?}");
        assert_eq!(error.attempts, 1);
    }
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_not_tried_again() {
    let server = TlsServer::start();
    let patient = client(&server.url, |builder| builder.retry(Retry::attempts(3)));
    let error = patient.send(HELLO).await.unwrap_err();
    assert_eq!(
        (error.kind, error.delivery),
        (ErrorKind::Network, Delivery::NotSent),
        "{error:?}"
    );
    assert_eq!((error.retryable, error.attempts), (false, 1), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_in_the_handshake_sends_nothing() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", server.local_addr().unwrap());
    // Takes the connection and closes it.
    std::thread::spawn(move || server.accept());
    let error = fails(&url).await;
    assert_eq!(
        (error.kind, error.delivery),
        (ErrorKind::Network, Delivery::NotSent),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_largest_body_is_read_and_one_byte_more_is_not() {
    let graph = LocalGraph::start();
    let client = client(&graph.url, |builder| builder);
    let limit = messenger_send::client::transport::MAX_BODY;
    for (bytes, is_read) in [(limit, true), (limit + 1, false)] {
        graph.script(&json!([{ "step": "huge", "bytes": bytes, "accept": true }]));
        assert_eq!(client.send(HELLO).await.is_ok(), is_read, "{bytes} bytes");
    }
}

#[tokio::test]
async fn a_send_that_times_out_inside_the_answer_knows_the_status() {
    let graph = LocalGraph::start();
    let mut status = None;
    // On a busy machine the headers may take longer than a short time limit.
    for milliseconds in [100, 1_000, 10_000, 60_000] {
        graph.script(&json!([{ "step": "headersThenSilence" }]));
        let client = client(&graph.url, |builder| {
            builder.timeout(Duration::from_millis(milliseconds))
        });
        let error = client.send(HELLO).await.unwrap_err();
        assert_eq!(
            (error.kind, error.delivery),
            (ErrorKind::Timeout, Delivery::Unknown)
        );
        status = error.status;
        if status.is_some() {
            break;
        }
    }
    assert_eq!(status, Some(200));
}

#[tokio::test]
async fn a_send_can_be_dropped_and_aborted() {
    let graph = LocalGraph::start();
    let client = client(&graph.url, |builder| builder);
    graph.script(&json!([{ "step": "silence" }, { "step": "silence" }]));
    // Aborted as soon as the request is there, so what became of it is not known.
    let (arrived, abort) = tokio::sync::oneshot::channel::<()>();
    let sending = client.prepare(HELLO).abort_when(async {
        let _ = abort.await;
    });
    let watch = async {
        while graph.requests().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        arrived.send(()).unwrap();
    };
    let (outcome, ()) = tokio::join!(sending.send(), watch);
    let error = outcome.unwrap_err();
    assert_eq!(
        (error.kind, error.delivery),
        (ErrorKind::Aborted, Delivery::Unknown)
    );

    let mut dropped = Box::pin(client.send(HELLO));
    while graph.requests().len() < 2 {
        tokio::select! {
            outcome = &mut dropped => panic!("{outcome:?}"),
            () = tokio::time::sleep(Duration::from_millis(5)) => {}
        }
    }
    drop(dropped);
    // The client goes on with the next one.
    client.send(HELLO).await.unwrap();
}

/// Answers TLS with a certificate that nobody trusts.
struct TlsServer {
    child: std::process::Child,
    url: String,
}

impl TlsServer {
    fn start() -> Self {
        use std::io::{BufRead, BufReader};
        use std::process::{Command, Stdio};

        let script = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/native/untrusted/server.mjs"
        );
        let mut child = Command::new("node")
            .arg(script)
            .stdout(Stdio::piped())
            .spawn()
            .expect("node");
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut url)
            .unwrap();
        Self {
            child,
            url: url.trim().to_owned(),
        }
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn results_of_a_run_serialize_as_in_javascript() {
    let graph = LocalGraph::start();
    let client = client(&graph.url, |builder| builder);
    let messages = ["1", ""].map(|id| Draft::text("a").to(Recipient::new().id(id)));
    let mut results: Vec<_> = client.send_all(stream::iter(messages)).collect().await;
    results.sort_by_key(|result| result.index);
    let results = serde_json::to_value(&results).unwrap();
    assert_eq!(results[0]["status"], "sent");
    assert_eq!(
        results[0]["request"],
        json!({ "to": { "id": "1" }, "text": "a" })
    );
    assert_eq!(results[0]["receipt"]["recipient_id"], "1");
    assert_eq!(results[1]["status"], "failed");
    assert_eq!(results[1]["error"]["delivery"], "not_sent");
    assert!(results[1].get("receipt").is_none());
}
