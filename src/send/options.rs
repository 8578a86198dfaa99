//! The options of a send, and their checks: a bad one is found before any request.

use super::failure::Failure;
use super::loose::{self, Members};
use super::redact::Redactor;
use super::words::{decimal, joined};
use crate::json::{Next, Value};
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
        Self::with_token(access_token.into())
    }

    fn with_token(access_token: String) -> Self {
        Self {
            access_token,
            page_id: String::from("me"),
            api_version: String::from("v25.0"),
            base_url: String::from("https://graph.facebook.com"),
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
        let given = Given { members: &members, path: "" };
        let Some(access_token) = given.text("accessToken")? else {
            return Err(Failure::configuration("accessToken is missing."));
        };
        let mut options = Self::with_token(access_token);
        replace(&mut options.page_id, given.text("pageId")?);
        replace(&mut options.api_version, given.text("apiVersion")?);
        replace(&mut options.base_url, given.text("baseUrl")?);
        options.app_secret = given.text("appSecret")?;
        options.encoding = match given.text("encoding")?.as_deref() {
            None | Some("form") => Encoding::Form,
            Some("json") => Encoding::Json,
            Some(_) => return Err(given.wrong("encoding", "\"form\" or \"json\"")),
        };
        given.number("timeoutMs", &mut options.timeout_ms)?;
        if let Some(retry) = loose::member(&members, "retry") {
            if retry.kind != Next::Object {
                return Err(given.wrong("retry", "an object"));
            }
            options.retry.read(&Given { members: &retry.members(), path: "retry." })?;
        }
        options.check()?;
        Ok(options)
    }

    /// Can a request be made of these? The error never quotes a value: it may be the token in the wrong place.
    pub fn check(&self) -> Result<(), Box<Failure>> {
        check_secret("accessToken", &self.access_token)?;
        if let Some(secret) = &self.app_secret {
            check_secret("appSecret", secret)?;
        }
        check_version(&self.api_version)?;
        check_page(&self.page_id)?;
        check_base_url(&self.base_url)?;
        for secret in self.secrets() {
            if self.page_id == secret {
                return Err(Failure::configuration("pageId is the same as a secret: addresses are logged, so no secret may stand in one."));
            }
            if secret.len() >= LONG_SECRET && Redactor::new([secret]).finds(&self.base_url) {
                return Err(Failure::configuration("baseUrl contains a secret: addresses are logged, so no secret may stand in one."));
            }
        }
        if !(self.timeout_ms > 0.0 && self.timeout_ms <= MAX_MS) {
            return Err(Failure::configuration("timeoutMs must be a number of milliseconds above 0 and at most 2147483647."));
        }
        if !(1..=MAX_ATTEMPTS).contains(&self.retry.attempts) {
            return Err(wrong_attempts());
        }
        check_delay("retry.baseDelayMs", self.retry.base_delay_ms)?;
        check_delay("retry.maxDelayMs", self.retry.max_delay_ms)
    }

    /// What must not be told.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        [Some(self.access_token.as_str()), self.app_secret.as_deref()].into_iter().flatten()
    }

    /// The address: `{baseUrl}/{apiVersion}/{pageId}/messages`, or `.../message_attachments`.
    #[must_use]
    pub fn url(&self, edge: Edge) -> String {
        let edge = match edge {
            Edge::Messages => "/messages",
            Edge::Attachments => "/message_attachments",
        };
        joined(&[self.base_url.trim_end_matches('/'), "/", &self.api_version, "/", &self.page_id, edge])
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
    fn read(&mut self, given: &Given<'_>) -> Result<(), Box<Failure>> {
        let mut attempts = f64::from(self.attempts);
        given.number("attempts", &mut attempts)?;
        self.attempts = whole_attempts(attempts)?;
        given.number("baseDelayMs", &mut self.base_delay_ms)?;
        given.number("maxDelayMs", &mut self.max_delay_ms)?;
        if let Some(unknown) = loose::member(given.members, "unknown") {
            if unknown.kind != Next::Boolean {
                return Err(given.wrong("unknown", "true or false"));
            }
            self.unknown = unknown.json == "true";
        }
        Ok(())
    }
}

/// Options as they were given, and where they stand.
struct Given<'a> {
    members: &'a Members<'a>,
    path: &'static str,
}

impl Given<'_> {
    #[inline(never)]
    fn wrong(&self, name: &str, wanted: &str) -> Box<Failure> {
        Failure::configuration(joined(&[self.path, name, " must be ", wanted, "."]))
    }

    #[inline(never)]
    fn text(&self, name: &str) -> Result<Option<String>, Box<Failure>> {
        match loose::member(self.members, name) {
            None => Ok(None),
            Some(value) => value.text().map(|text| Some(text.into_owned())).ok_or_else(|| self.wrong(name, "a string")),
        }
    }

    #[inline(never)]
    fn number(&self, name: &str, place: &mut f64) -> Result<(), Box<Failure>> {
        if let Some(value) = loose::member(self.members, name) {
            *place = number(&value).ok_or_else(|| self.wrong(name, "a number"))?;
        }
        Ok(())
    }
}

/// A number of JSON. To a millionth, which is more than a timer has; the standard library's exact reading is 10 KB of module.
fn number(value: &Value<'_>) -> Option<f64> {
    if value.kind != Next::Number {
        return None;
    }
    let (mantissa, exponent) = value.json.split_once(['e', 'E']).unwrap_or((value.json, ""));
    if !exponent.is_empty() {
        // JSON.stringify writes one below a millionth and from 10^21 on.
        let far = if exponent.starts_with('-') { f64::MIN_POSITIVE } else { f64::INFINITY };
        return Some(if mantissa.starts_with('-') { -far } else { far });
    }
    let (mut number, mut unit) = (0.0, 0.0);
    for byte in mantissa.bytes() {
        match byte {
            b'.' => unit = 1.0,
            b'0'..=b'9' if unit == 0.0 => number = number * 10.0 + f64::from(byte - b'0'),
            b'0'..=b'9' => {
                unit /= 10.0;
                number += f64::from(byte - b'0') * unit;
            }
            _ => {}
        }
    }
    Some(if mantissa.starts_with('-') { -number } else { number })
}

fn replace(place: &mut String, value: Option<String>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// A number of attempts as JavaScript gives it.
pub fn whole_attempts(value: f64) -> Result<u32, Box<Failure>> {
    // The range first: with it the cast below cannot lose anything.
    if value.fract() == 0.0 && (1.0..=f64::from(MAX_ATTEMPTS)).contains(&value) { Ok(value as u32) } else { Err(wrong_attempts()) }
}

fn wrong_attempts() -> Box<Failure> {
    Failure::configuration("retry.attempts must be a whole number from 1 to 100.")
}

#[inline(never)]
fn check_delay(name: &str, value: f64) -> Result<(), Box<Failure>> {
    if (0.0..=MAX_MS).contains(&value) {
        Ok(())
    } else {
        Err(Failure::configuration(joined(&[name, " must be a number of milliseconds from 0 to 2147483647."])))
    }
}

/// Visible ASCII: what a header can carry. A line break at the end is the usual mistake: the token was read from a file.
#[inline(never)]
fn check_secret(name: &str, value: &str) -> Result<(), Box<Failure>> {
    if value.is_empty() {
        return Err(Failure::configuration(joined(&[name, " is empty."])));
    }
    match value.bytes().position(|byte| !byte.is_ascii_graphic()) {
        None => Ok(()),
        Some(at) => Err(Failure::configuration(joined(&[
            name,
            " has a character at position ",
            &decimal(at as i64),
            " that is no visible ASCII character, such as a space or a line break.",
        ]))),
    }
}

fn check_version(version: &str) -> Result<(), Box<Failure>> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = version.strip_prefix('v').and_then(|numbers| numbers.split_once('.'));
    match parts {
        Some((major, minor)) if is_number(major) && is_number(minor) => Ok(()),
        _ => Err(Failure::configuration("apiVersion must look like \"v25.0\".")),
    }
}

fn check_page(page: &str) -> Result<(), Box<Failure>> {
    let is_plain = page.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
    // A path of dots leads to another place.
    if page.is_empty() || !is_plain || page.bytes().all(|byte| byte == b'.') {
        return Err(Failure::configuration("pageId must be \"me\" or the id of a Page: letters, digits, \"_\", \".\" and \"-\" only."));
    }
    Ok(())
}

fn check_base_url(url: &str) -> Result<(), Box<Failure>> {
    match wrong_address(url) {
        None => Ok(()),
        Some(reason) => Err(Failure::configuration(joined(&["baseUrl ", reason, "."]))),
    }
}

#[inline(never)]
fn wrong_address(url: &str) -> Option<&'static str> {
    if !url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
        return Some("must be an absolute http: or https: address in visible ASCII characters");
    }
    let Some((scheme, rest)) = url.split_once(':').and_then(|(scheme, rest)| Some((scheme, rest.strip_prefix("//")?))) else {
        return Some("must be an absolute http: or https: address");
    };
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Some("must be an http: or https: address");
    }
    if rest.contains(['?', '#']) {
        return Some("must have no query and no fragment");
    }
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        return Some("must have no user name and no password");
    }
    let host =
        authority.rsplit_once(':').map_or(authority, |(host, port)| if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { authority });
    host.is_empty().then_some("must name a host")
}
