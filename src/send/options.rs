//! The options of a send, and their checks: a bad one is found before any request.

use super::failure::Failure;
use super::loose;
use super::redact::stands_in;
use crate::json::{ValueKind, Value};
use crate::words::{all_digits, before, cut, cut_last, decimal, fill, is_one_of, joined, owned};
use std::fmt;

/// The longest time a timer of any runtime takes: 2^31 - 1 milliseconds. A longer one fires at once there.
pub const MAX_MS: f64 = 2_147_483_647.0;

/// The most requests that one send makes.
pub const MAX_ATTEMPTS: u32 = 100;

/// A secret this long does not stand in an address by chance.
const LONG_SECRET: usize = 8;

/// How the request is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`, the token in the body: the reference's own shape, and no CORS preflight.
    #[default]
    Form,
    /// `application/json`, the token in a header.
    Json,
}

/// Where a request goes: an edge of the Page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A message. <https://developers.facebook.com/docs/messenger-platform/reference/send-api>
    Messages,
    /// An upload. <https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api>
    Attachments,
}

/// When to send again. See [`Course`](super::Course).
#[derive(Clone, Debug, PartialEq)]
pub struct Retry {
    /// How many requests, the first included.
    pub attempts: u32,
    /// The longest first wait; each further one is twice as long.
    pub base_delay_ms: f64,
    /// The longest wait.
    pub max_delay_ms: f64,
    /// Send again too where it is unknown whether the message arrived. The person may then get it twice.
    pub unknown: bool,
}

impl Default for Retry {
    fn default() -> Self {
        Self { attempts: 3, base_delay_ms: 500.0, max_delay_ms: 30_000.0, unknown: false }
    }
}

/// The options of a send, without what only a JavaScript runtime knows.
#[derive(Clone, PartialEq)]
pub struct Options {
    /// The Page's access token.
    pub access_token: String,
    /// The Page; `me` is the one that the token belongs to.
    pub page_id: String,
    /// The version of the Graph API.
    pub api_version: String,
    /// Where Graph is; a path in front of the version is fine.
    pub base_url: String,
    /// The app's secret: with it each request carries a proof. For servers only.
    pub app_secret: Option<String>,
    /// How the request is written.
    pub encoding: Encoding,
    /// The longest time for one request, to the last byte of its answer.
    pub timeout_ms: f64,
    /// When to send again.
    pub retry: Retry,
}

impl Options {
    /// The defaults with this token.
    pub fn new(access_token: impl Into<String>) -> Self {
        Self {
            access_token: access_token.into(),
            page_id: owned("me"),
            api_version: owned("v25.0"),
            base_url: owned("https://graph.facebook.com"),
            app_secret: None,
            encoding: Encoding::Form,
            timeout_ms: 30_000.0,
            retry: Retry::default(),
        }
    }

    /// Reads the options as JavaScript gives them, by their names there, and checks them. A null is no member: `process.env` and
    /// databases give nulls.
    ///
    /// # Errors
    /// Which option cannot be, and why; never with its value.
    pub fn from_json(json: &str) -> Result<Self, Box<Failure>> {
        let members = loose::object(json).ok_or_else(|| Failure::configuration("The options must be an object with an accessToken."))?;
        let mut options = Self::new("");
        let mut given = Given { path: "", complaint: None };
        loose::each(members, &mut |name, value| options.take(&mut given, &name, value));
        match given.complaint.or_else(|| options.complaint()) {
            None => Ok(options),
            Some(complaint) => Err(Failure::configuration(&complaint)),
        }
    }

    fn take(&mut self, given: &mut Given, name: &str, value: Value<'_>) {
        match name {
            _ if value.kind == ValueKind::Null => {}
            "accessToken" => given.text(name, value, &mut self.access_token),
            "pageId" => given.text(name, value, &mut self.page_id),
            "apiVersion" => given.text(name, value, &mut self.api_version),
            "baseUrl" => given.text(name, value, &mut self.base_url),
            "appSecret" => given.text(name, value, self.app_secret.insert(String::new())),
            "encoding" => match value.json {
                "\"form\"" => self.encoding = Encoding::Form,
                "\"json\"" => self.encoding = Encoding::Json,
                _ => given.complain(name, "\"form\" or \"json\""),
            },
            "timeoutMs" => given.number(name, value, &mut self.timeout_ms),
            "retry" => match loose::inside(value) {
                Some(members) => {
                    given.path = "retry.";
                    loose::each(members, &mut |name, value| self.retry.take(given, &name, value));
                    given.path = "";
                }
                None => given.complain(name, "an object"),
            },
            _ => {}
        }
    }

    /// Can a request be made of these? The error never quotes a value: it may be the token in the wrong place.
    pub fn check(&self) -> Result<(), Box<Failure>> {
        self.complaint().map_or(Ok(()), |complaint| Err(Failure::configuration(&complaint)))
    }

    /// What is wrong with them, if something is.
    fn complaint(&self) -> Option<String> {
        let of_secret = wrong_secret("accessToken", &self.access_token);
        let of_secret = of_secret.or_else(|| self.app_secret.as_ref().and_then(|secret| wrong_secret("appSecret", secret)));
        if of_secret.is_some() {
            return of_secret;
        }
        if let Some(reason) = wrong_address(&self.base_url) {
            return Some(fill("baseUrl %.", &[reason]));
        }
        let sentence = if !is_version(&self.api_version) {
            "apiVersion must look like \"v25.0\"."
        } else if !is_page(&self.page_id) {
            "pageId must be \"me\" or the id of a Page: letters, digits, \"_\", \".\" and \"-\" only."
        } else if self.secrets().contains(&self.page_id.as_str()) {
            "pageId is the same as a secret: addresses are logged, so no secret may stand in one."
        } else if self.secrets().into_iter().any(|secret| secret.len() >= LONG_SECRET && stands_in(secret, &self.base_url)) {
            "baseUrl contains a secret: addresses are logged, so no secret may stand in one."
        } else if !(self.timeout_ms > 0.0 && self.timeout_ms <= MAX_MS) {
            "timeoutMs must be a number of milliseconds above 0 and at most 2147483647."
        } else if !(1..=MAX_ATTEMPTS).contains(&self.retry.attempts) {
            "retry.attempts must be a whole number from 1 to 100."
        } else if !(0.0..=MAX_MS).contains(&self.retry.base_delay_ms) {
            "retry.baseDelayMs must be a number of milliseconds from 0 to 2147483647."
        } else if !(0.0..=MAX_MS).contains(&self.retry.max_delay_ms) {
            "retry.maxDelayMs must be a number of milliseconds from 0 to 2147483647."
        } else {
            return None;
        };
        Some(owned(sentence))
    }

    /// What must not be told. An empty text is no secret.
    #[must_use]
    pub fn secrets(&self) -> [&str; 2] {
        [&self.access_token, self.app_secret.as_deref().unwrap_or_default()]
    }

    /// The header that names the type of the body.
    pub(super) fn content_type(&self) -> &'static str {
        match self.encoding {
            Encoding::Form => "application/x-www-form-urlencoded",
            Encoding::Json => "application/json",
        }
    }

    /// The header with the token, where it is not in the body.
    pub(super) fn authorization(&self) -> Option<String> {
        (self.encoding == Encoding::Json).then(|| joined(&["Bearer ", &self.access_token]))
    }

    /// The address: `{baseUrl}/{apiVersion}/{pageId}/messages`, or `.../message_attachments`.
    #[must_use]
    pub fn url(&self, edge: Edge) -> String {
        let edge = match edge {
            Edge::Messages => "/messages",
            Edge::Attachments => "/message_attachments",
        };
        let mut base_url = self.base_url.as_str();
        while let Some(shorter) = base_url.strip_suffix('/') {
            base_url = shorter;
        }
        joined(&[base_url, "/", &self.api_version, "/", &self.page_id, edge])
    }
}

/// Without the secrets, so that a log line of a native service does not tell them.
impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("access_token", &"<redacted>")
            .field("page_id", &self.page_id)
            .field("api_version", &self.api_version)
            .field("base_url", &self.base_url)
            .field("app_secret", &self.app_secret.as_ref().map(|_| "<redacted>"))
            .field("encoding", &self.encoding)
            .field("timeout_ms", &self.timeout_ms)
            .field("retry", &self.retry)
            .finish()
    }
}

impl Retry {
    fn take(&mut self, given: &mut Given, name: &str, value: Value<'_>) {
        match name {
            _ if value.kind == ValueKind::Null => {}
            "attempts" => {
                let mut attempts = 0.0;
                given.number(name, value, &mut attempts);
                // What is no whole number becomes one that is out of range.
                self.attempts = if attempts.fract() == 0.0 { attempts as u32 } else { 0 };
            }
            "baseDelayMs" => given.number(name, value, &mut self.base_delay_ms),
            "maxDelayMs" => given.number(name, value, &mut self.max_delay_ms),
            "unknown" if value.kind == ValueKind::Boolean => self.unknown = value.json == "true",
            "unknown" => given.complain(name, "true or false"),
            _ => {}
        }
    }
}

/// Options as they are read: where they stand, and the first that is of the wrong kind.
struct Given {
    path: &'static str,
    complaint: Option<String>,
}

impl Given {
    #[inline(never)]
    fn complain(&mut self, name: &str, wanted: &str) {
        if self.complaint.is_none() {
            self.complaint = Some(fill("%% must be %.", &[self.path, name, wanted]));
        }
    }

    #[inline(never)]
    fn text(&mut self, name: &str, value: Value<'_>, place: &mut String) {
        match value.text() {
            Some(text) => *place = text.into_owned(),
            None => self.complain(name, "a string"),
        }
    }

    #[inline(never)]
    fn number(&mut self, name: &str, value: Value<'_>, place: &mut f64) {
        match loose::number(&value) {
            Some(number) => *place = number,
            None => self.complain(name, "a number"),
        }
    }
}

/// Visible ASCII: what a header can carry. A line break at the end is the usual mistake: the token was read from a file.
#[inline(never)]
fn wrong_secret(name: &str, value: &str) -> Option<String> {
    if value.is_empty() {
        return Some(joined(&[name, " is missing, or empty."]));
    }
    let at = value.bytes().position(|byte| !byte.is_ascii_graphic())?;
    let sentence = "% has a character at position % that is no visible ASCII character, such as a space or a line break.";
    Some(fill(sentence, &[name, &decimal(at as i64)]))
}

fn is_version(version: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && all_digits(text);
    let parts = version.strip_prefix('v').and_then(|numbers| cut(numbers, b"."));
    parts.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

fn is_page(page: &str) -> bool {
    let is_plain = page.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
    // A path of dots leads to another place.
    is_plain && page.bytes().any(|byte| byte != b'.')
}

#[inline(never)]
fn wrong_address(url: &str) -> Option<&'static str> {
    if !url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Some("must be an absolute http: or https: address in visible ASCII characters");
    }
    let Some((is_web, rest)) = absolute(url) else {
        return Some("must be an absolute http: or https: address");
    };
    if !is_web {
        return Some("must be an http: or https: address");
    }
    if cut(rest, b"?#").is_some() {
        return Some("must have no query and no fragment");
    }
    let authority = before(rest, b"/");
    if cut(authority, b"@").is_some() {
        return Some("must have no user name and no password");
    }
    let host = match cut_last(authority, b':') {
        Some((host, port)) if all_digits(port) => host,
        _ => authority,
    };
    host.is_empty().then_some("must name a host")
}

/// What stands behind the `//` of an absolute address, and whether its scheme is http or https.
#[inline(never)]
pub(super) fn absolute(url: &str) -> Option<(bool, &str)> {
    let (scheme, rest) = cut(url, b":")?;
    let is_web = is_one_of("https http", scheme);
    Some((is_web, rest.strip_prefix("//")?))
}
