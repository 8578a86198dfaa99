//! Conversions to and from the types of the `http` crate (feature `http`), for transports over
//! clients that use them, such as hyper, ureq or a Worker's `Fetcher`.

use std::hash::{BuildHasher, RandomState};

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use memchr::memmem;

use super::{Body, HttpRequest, HttpResponse, TransportError};
use crate::client::files::File;

/// The request with its body as bytes. A file is written as `multipart/form-data`.
///
/// # Errors
/// The URL or a header is invalid, or the file belongs to the JavaScript platform.
impl TryFrom<&HttpRequest> for http::Request<Vec<u8>> {
    type Error = TransportError;

    fn try_from(request: &HttpRequest) -> Result<Self, TransportError> {
        let (body, content_type) = match &request.body {
            Body::Text(text) => (text.clone().into_bytes(), None),
            Body::Multipart { fields, file } => {
                let bytes = file.bytes().ok_or_else(|| {
                    TransportError::unsupported("The file belongs to the JavaScript platform.")
                })?;
                let boundary = boundary(fields, bytes);
                let content_type = format!("multipart/form-data; boundary={boundary}");
                (
                    multipart(&boundary, fields, file, bytes),
                    Some(content_type),
                )
            }
        };
        let mut builder = http::Request::post(&request.url);
        let named = request
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        let content_type = content_type
            .as_deref()
            .map(|value| (CONTENT_TYPE.as_str(), value));
        for (name, value) in named.chain(content_type) {
            let mut value = HeaderValue::try_from(value).map_err(refused)?;
            // `Debug` of the request does not show it, and HTTP/2 does not index it.
            value.set_sensitive(name.eq_ignore_ascii_case("authorization"));
            builder = builder.header(HeaderName::try_from(name).map_err(refused)?, value);
        }
        builder.body(body).map_err(refused)
    }
}

/// The response. Call [`HttpRequest::note_status`] as soon as its status is known.
impl<B: Into<Vec<u8>>> From<http::Response<B>> for HttpResponse {
    fn from(response: http::Response<B>) -> Self {
        let (head, body) = response.into_parts();
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = head
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), text(value)));
        Self::new(head.status.as_u16(), headers, body)
    }
}

/// The value is not quoted, since it may contain the token.
fn refused<E>(_: E) -> TransportError {
    TransportError::unsupported("The request has a URL or a header that HTTP does not allow.")
}

/// A boundary that occurs in neither the fields nor the file.
fn boundary(fields: &[(String, String)], file: &[u8]) -> String {
    let hashes = RandomState::new();
    let is_inside = |boundary: &str| {
        let finder = memmem::Finder::new(boundary);
        let inside = |text: &[u8]| finder.find(text).is_some();
        inside(file) || fields.iter().any(|(_, value)| inside(value.as_bytes()))
    };
    let candidates =
        (0_u64..).map(|number| format!("----messenger-send-{:016x}", hashes.hash_one(number)));
    let mut free = candidates.filter(|boundary| !is_inside(boundary));
    free.next().unwrap_or_default()
}

fn multipart(boundary: &str, fields: &[(String, String)], file: &File, bytes: &[u8]) -> Vec<u8> {
    let mut head = String::new();
    for (name, value) in fields {
        let name = HttpRequest::form_name(name);
        head.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    let name = HttpRequest::form_name(file.name());
    head.push_str(&format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"{name}\"\r\n"
    ));
    // A line break would start another header.
    let mime = file.mime().replace(['\r', '\n'], "");
    if !mime.is_empty() {
        head.push_str(&format!("Content-Type: {mime}\r\n"));
    }
    head.push_str("\r\n");
    let mut body = head.into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    body
}
