//! The conversions to and from the `http` crate's types, over another HTTP client.

use std::time::{Duration, SystemTime};

use messenger_send::client::transport::{HttpRequest, HttpResponse};
use messenger_send::client::{Client, Encoding, File, Transport, TransportError, Upload};

use crate::local_graph::{LocalGraph, TOKEN};

/// Posts what the conversion gives, whatever it is.
#[derive(Clone, Default)]
struct Converting(reqwest::Client);

impl Transport for Converting {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let http_request = http::Request::<Vec<u8>>::try_from(&request)?;
        assert!(!format!("{:?}", http_request.headers()).contains(TOKEN));
        let request = reqwest::Request::try_from(http_request).unwrap();
        let response = self.0.execute(request).await.unwrap();
        let mut converted = http::Response::builder().status(response.status());
        *converted.headers_mut().unwrap() = response.headers().clone();
        let body = response.bytes().await.unwrap();
        Ok(HttpResponse::from(converted.body(body).unwrap()))
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Duration {
        SystemTime::UNIX_EPOCH.elapsed().unwrap()
    }

    fn random(&self) -> f64 {
        0.5
    }
}

#[tokio::test]
async fn requests_and_responses_are_converted() {
    let graph = LocalGraph::start();
    for encoding in [Encoding::Form, Encoding::Json] {
        let builder = Client::builder(TOKEN)
            .base_url(&*graph.url)
            .encoding(encoding);
        let client = builder.build(Converting::default()).unwrap();
        let receipt = client
            .send(r#"{"to":"1","text":"Grüße & = + %"}"#)
            .await
            .unwrap();
        assert!(
            receipt.message_id.is_some() && receipt.usage.is_some(),
            "{receipt:?}"
        );
    }
    let accepted = graph.accepted();
    assert_eq!(accepted.len(), 2);
    for message in accepted {
        assert_eq!(message["params"]["message"]["text"], "Grüße & = + %");
    }
}

#[tokio::test]
async fn a_file_is_written_as_multipart() {
    let graph = LocalGraph::start();
    let builder = Client::builder(TOKEN).base_url(&*graph.url);
    let client = builder.build(Converting::default()).unwrap();
    // What looks like a boundary, and every byte there is.
    let mut bytes = b"\r\n------messenger-send-0000000000000000--\r\n\r\n".to_vec();
    bytes.extend(0..=u8::MAX);
    let size = bytes.len();
    for (name, mime) in [("Grüße \"1\"\r\n.bin", "application/x\r\nX: y"), ("", "")] {
        let file = File::new(name, mime, bytes.clone());
        client.upload_attachment(Upload::file(file)).await.unwrap();
    }
    let requests = graph.requests();
    for request in &requests {
        assert_eq!(request["files"]["filedata"]["size"], size);
    }
    assert_eq!(requests.len(), 2);
    let sent = &requests[0]["files"]["filedata"];
    let name = sent["filename"].as_str().unwrap();
    assert_eq!(
        name.replace("%22", "\"").replace("%0D%0A", "\r\n"),
        "Grüße \"1\"\r\n.bin"
    );
    assert_eq!(sent["sha256"], requests[1]["files"]["filedata"]["sha256"]);
}
