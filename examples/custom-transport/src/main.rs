//! A transport for another HTTP client, hyper, in thirty lines.
//!
//! `ACCESS_TOKEN=EAAB... RECIPIENT=7001002003004005 cargo run -p messenger-send-custom-transport`

use std::env;
use std::time::{Duration, Instant, SystemTime};

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client as Http, Error as HttpError, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use messenger_send::client::transport::{HttpRequest, HttpResponse, MAX_BODY, ResponseBody};
use messenger_send::client::{TransportError, TransportErrorKind};
use messenger_send::{Client, Draft, Transport};

struct Hyper {
    http: Http<HttpsConnector<HttpConnector>, Full<hyper::body::Bytes>>,
    started: Instant,
}

impl Transport for Hyper {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let http_request = http::Request::<Vec<u8>>::try_from(&request)?;
        let response = self
            .http
            .request(http_request.map(|body| Full::new(body.into())))
            .await;
        let (head, body) = response.map_err(no_answer)?.into_parts();
        request.note_status(head.status.as_u16());
        match Limited::new(body, MAX_BODY).collect().await {
            Ok(body) => Ok(http::Response::from_parts(head, body.to_bytes()).into()),
            Err(error) if error.is::<LengthLimitError>() => {
                let answer = HttpResponse::from(http::Response::from_parts(head, Vec::new()));
                Ok(answer.with_body(ResponseBody::TooLarge))
            }
            Err(error) => Err(
                TransportError::new(TransportErrorKind::Unknown, error.to_string())
                    .with_status(head.status.as_u16()),
            ),
        }
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn monotonic(&self) -> Duration {
        self.started.elapsed()
    }

    fn random(&self) -> f64 {
        fastrand::f64()
    }
}

/// Says whether the request may have been sent: `NotSent` only if no connection was made.
fn no_answer(error: HttpError) -> TransportError {
    let kind = match error.is_connect() {
        true => TransportErrorKind::NotSent,
        false => TransportErrorKind::Unknown,
    };
    TransportError::new(kind, error.to_string()).with_source(error)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let https = HttpsConnectorBuilder::new().with_platform_verifier();
    let connector = https.https_or_http().enable_http1().build();
    let http = Http::builder(TokioExecutor::new()).build(connector);
    let transport = Hyper {
        http,
        started: Instant::now(),
    };

    let base_url = env::var("BASE_URL").unwrap_or("https://graph.facebook.com".to_owned());
    let client = Client::builder(env::var("ACCESS_TOKEN")?)
        .base_url(base_url)
        .build(transport)?;
    let receipt = client
        .send(&Draft::text("hello, world").to(env::var("RECIPIENT")?))
        .await?;
    println!("sent: {}", receipt.message_id.unwrap_or_default());
    Ok(())
}
