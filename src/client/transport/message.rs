//! The HTTP request and response of a transport.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use crate::client::files::File;

/// The maximum size of a response body: 1 MiB. Graph's are below 1 KiB.
pub const MAX_BODY: usize = 1 << 20;

/// The response headers that the client reads, in lower case. A transport may drop others.
///
/// Browsers hide most of them from scripts, because Graph does not expose them to other origins.
pub const RESPONSE_HEADERS: [&str; 5] = [
    "retry-after",
    "x-app-usage",
    "x-business-use-case-usage",
    "x-fb-trace-id",
    "x-page-usage",
];

/// A POST request. It contains the access token, so its `Debug` shows only the URL.
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpRequest {
    /// The URL, without any secret.
    pub url: String,
    /// Header names and values, of visible ASCII.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
    /// Where a transport notes the status once the response starts.
    pub(crate) status: StatusNote,
}

/// The status of a response whose body has not been read yet; 0 before there is one.
#[derive(Clone, Default)]
pub(crate) struct StatusNote(Arc<AtomicU16>);

impl StatusNote {
    /// The status, if the response has started.
    pub(crate) fn get(&self) -> Option<u16> {
        Some(self.0.load(Ordering::Relaxed)).filter(|status| *status != 0)
    }
}

impl HttpRequest {
    /// The name of a file in a form, escaped as browsers do.
    #[cfg(any(
        feature = "http",
        all(feature = "reqwest", not(target_arch = "wasm32"))
    ))]
    pub(super) fn form_name(name: &str) -> String {
        name.replace('"', "%22")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    }

    /// Notes that a response with this status has started, so that an attempt that is stopped while
    /// reading the body still knows the status.
    pub fn note_status(&self, status: u16) {
        self.status.0.store(status, Ordering::Relaxed);
    }
}

/// The body of a request.
#[derive(Clone)]
pub enum Body {
    /// A form or JSON; the headers contain its type.
    Text(String),
    /// `multipart/form-data`: text fields, and one file as the field `filedata`. The transport sets
    /// the content type with its boundary.
    Multipart {
        /// Names and values.
        fields: Vec<(String, String)>,
        /// The file.
        file: File,
    },
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HttpRequest")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// An HTTP response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    status: u16,
    headers: Vec<(String, String)>,
    body: ResponseBody,
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResponseBody {
    /// The complete body.
    Complete(Vec<u8>),
    /// It is longer than [`MAX_BODY`] and was not read to its end.
    TooLarge,
    /// It cannot be read: it was read before, or does not consist of bytes.
    Unreadable,
}

impl HttpResponse {
    /// A response. The status is 0 if the platform hides it, as browsers do for a redirect that is
    /// not followed.
    pub fn new(
        status: u16,
        headers: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        let headers = headers
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()));
        let body = body.into();
        let is_too_large = body.len() > MAX_BODY;
        Self {
            status,
            headers: headers.collect(),
            body: if is_too_large {
                ResponseBody::TooLarge
            } else {
                ResponseBody::Complete(body)
            },
        }
    }

    /// The same response, with a body that could not be read to its end.
    #[must_use]
    pub fn with_body(mut self, body: ResponseBody) -> Self {
        self.body = body;
        self
    }

    /// The status code; 0 if the platform hides it.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &ResponseBody {
        &self.body
    }

    /// The values of a header, whose name is case-insensitive.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = move |(known, _): &&(String, String)| known.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .filter(named)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}
