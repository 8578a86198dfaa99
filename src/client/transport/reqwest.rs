//! The transport for native programs, with reqwest and tokio.

use std::error::Error;
use std::time::{Duration, SystemTime};

use ::reqwest::multipart::{Form, Part};
use ::reqwest::{ClientBuilder, RequestBuilder, Response, redirect, retry};
use tokio::time::Instant;

use super::message::{Body, HttpRequest, HttpResponse, MAX_BODY, RESPONSE_HEADERS, ResponseBody};
use super::{Transport, TransportError, TransportErrorKind, connect};
use crate::client::files::File;

/// A transport that uses reqwest on tokio. Cloning it is cheap, and clones share their connections.
///
/// ```no_run
/// use messenger_send::{Client, Reqwest};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::builder("EAAB...").build(Reqwest::new()?)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Reqwest {
    client: ::reqwest::Client,
    started: Instant,
}

impl Reqwest {
    /// reqwest with rustls and the certificates of the platform.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::from_builder(::reqwest::Client::builder())
    }

    /// reqwest with your configuration, such as a proxy, another root certificate or HTTP/2.
    ///
    /// Redirects and reqwest's own retries are switched off: a redirect would send the token to
    /// another host, and the client decides what to retry.
    ///
    /// # Errors
    /// The configuration is invalid.
    pub fn from_builder(builder: ClientBuilder) -> Result<Self, TransportError> {
        let built = builder
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .build();
        match built {
            Ok(client) => Ok(Self {
                client,
                started: Instant::now(),
            }),
            Err(error) => {
                let message = format!("reqwest cannot be set up: {}.", chain(&error));
                Err(TransportError::unsupported(message).with_source(error))
            }
        }
    }

    fn request(&self, request: &HttpRequest) -> Result<RequestBuilder, TransportError> {
        let mut builder = self.client.post(&request.url);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        Ok(match &request.body {
            Body::Text(text) => builder.body(text.clone()),
            Body::Multipart { fields, file } => builder.multipart(form(fields, file)?),
        })
    }
}

fn form(fields: &[(String, String)], file: &File) -> Result<Form, TransportError> {
    let text =
        |form: Form, (name, value): &(String, String)| form.text(name.clone(), value.clone());
    let form = fields.iter().fold(Form::new(), text);
    let bytes = file.bytes().unwrap_or_default().to_vec();
    // Escaped as browsers do: not every server understands reqwest's backslashes.
    let name = HttpRequest::form_name(file.name());
    let mut part = Part::bytes(bytes).file_name(name);
    if !file.mime().is_empty() {
        part = part.mime_str(file.mime()).map_err(|_| {
            TransportError::unsupported("The file's MIME type must look like \"image/png\".")
        })?;
    }
    Ok(form.part("filedata", part))
}

impl Transport for Reqwest {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let response = self.request(&request)?.send().await.map_err(no_answer)?;
        request.note_status(response.status().as_u16());
        read(response).await
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

/// Reads the body in chunks, so that an endless one is abandoned in time.
async fn read(mut response: Response) -> Result<HttpResponse, TransportError> {
    let status = response.status().as_u16();
    let mut headers = Vec::new();
    for name in RESPONSE_HEADERS {
        for value in response.headers().get_all(name) {
            headers.push((name, String::from_utf8_lossy(value.as_bytes()).into_owned()));
        }
    }
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if chunk.len() > MAX_BODY - body.len() => {
                let answer = HttpResponse::new(status, headers, Vec::new());
                return Ok(answer.with_body(ResponseBody::TooLarge));
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(HttpResponse::new(status, headers, body)),
            Err(error) => {
                let kind = match error.is_timeout() {
                    true => TransportErrorKind::Timeout,
                    false => TransportErrorKind::Unknown,
                };
                return Err(failure(kind, error).with_status(status));
            }
        }
    }
}

/// The error of a request without a response.
fn no_answer(error: ::reqwest::Error) -> TransportError {
    let kind = if error.is_builder() {
        TransportErrorKind::Unsupported
    } else if error.is_connect() {
        // Only the text of a cause says whether the certificate was at fault.
        let message = format!("client error (Connect) {}", chain(&error));
        connect::kind_of("", "", &message).unwrap_or(TransportErrorKind::NotSent)
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Unknown
    };
    failure(kind, error)
}

/// The error of a request, without its URL.
fn failure(kind: TransportErrorKind, error: ::reqwest::Error) -> TransportError {
    let error = error.without_url();
    TransportError::new(kind, format!("{}.", chain(&error))).with_source(error)
}

/// The messages of an error and its causes, since reqwest's own says hardly anything.
fn chain(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !message.ends_with(&text) {
            message = format!("{message}: {text}");
        }
        cause = error.source();
    }
    message
}
