//! The options of a send, checked before any request.

use std::time::Duration;

use serde::Deserialize;

use super::error::SendError;
use super::redact::Redactor;
use super::secret::Secret;
use crate::validate::RuleOptions;
use crate::validate::format::{host_and_port, is_port};

/// The longest timer that every platform supports: 2^31 - 1 milliseconds, nearly 25 days.
pub const MAX_DURATION: Duration = Duration::from_millis(2_147_483_647);

/// The maximum number of requests of one send.
pub const MAX_ATTEMPTS: u32 = 100;

/// A secret of this length does not occur in a URL by chance.
const LONG_SECRET: usize = 8;

/// The encoding of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// `application/x-www-form-urlencoded`, with the token in the body, as the reference shows it.
    /// It needs no CORS preflight in a browser.
    #[default]
    Form,
    /// `application/json`, with the token in the `Authorization` header.
    Json,
}

/// When and how often a send is retried.
///
/// A message has no idempotency key, so a send is retried only if Graph refused it temporarily or
/// nothing left this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    pub(super) attempts: u32,
    pub(super) base_delay: Duration,
    pub(super) max_delay: Duration,
    pub(super) unknown: bool,
}

impl Default for Retry {
    /// Three attempts, with a delay of up to half a second, then up to a second.
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(30),
            unknown: false,
        }
    }
}

impl Retry {
    /// The total number of requests, including the first: 1 to 100.
    #[must_use]
    pub fn attempts(attempts: u32) -> Self {
        Self {
            attempts,
            ..Self::default()
        }
    }

    /// A single request, without retries.
    #[must_use]
    pub fn never() -> Self {
        Self::attempts(1)
    }

    /// The upper bound of the first delay, doubled for each further one. A delay is random below
    /// the bound (full jitter). Default: half a second.
    #[must_use]
    pub fn base_delay(self, base_delay: Duration) -> Self {
        Self { base_delay, ..self }
    }

    /// The maximum delay. If Graph asks for a longer one, the error is returned with `retry_after`.
    /// Default: 30 seconds.
    #[must_use]
    pub fn max_delay(self, max_delay: Duration) -> Self {
        Self { max_delay, ..self }
    }

    /// Whether to retry a send whose outcome is unknown. The person may then receive it twice.
    /// Default: false.
    #[must_use]
    pub fn unknown(self, unknown: bool) -> Self {
        Self { unknown, ..self }
    }
}

/// The options of every request, without the access token.
#[derive(Clone)]
#[non_exhaustive]
pub struct SendOptions {
    /// The Page (or Instagram account) that sends; `me` is the owner of the token.
    pub page_id: String,
    /// The Graph API version.
    pub api_version: String,
    /// The URL of the Graph API. For Instagram Login: `https://graph.instagram.com`.
    pub base_url: String,
    /// The app secret, which adds a proof to each request. For servers only.
    pub app_secret: Option<Secret>,
    /// The encoding of requests.
    pub encoding: Encoding,
    /// The timeout of each attempt, up to the last byte of the response.
    pub timeout: Duration,
    /// When to retry.
    pub retry: Retry,
    /// The platform, and the severities of rules.
    pub rules: RuleOptions,
    /// Whether each message gets a unique id in `metadata`, so that its echo webhook can settle an
    /// unknown outcome.
    pub stamp: bool,
}

impl Default for SendOptions {
    fn default() -> Self {
        Self {
            page_id: "me".to_owned(),
            api_version: "v25.0".to_owned(),
            base_url: "https://graph.facebook.com".to_owned(),
            app_secret: None,
            encoding: Encoding::default(),
            timeout: Duration::from_secs(30),
            retry: Retry::default(),
            rules: RuleOptions::default(),
            stamp: false,
        }
    }
}

impl SendOptions {
    /// Checks the options.
    ///
    /// # Errors
    /// Names the option, never its value, which may be a misplaced token.
    pub(super) fn check(&self) -> Result<(), SendError> {
        if let Some(secret) = &self.app_secret {
            check_secret("appSecret", secret)?;
            self.check_addresses(secret)?;
        }
        if let Err(reason) = check_base_url(&self.base_url) {
            return refuse(format!("baseUrl {reason}."));
        }
        if !is_version(&self.api_version) {
            return refuse("apiVersion must look like \"v25.0\".");
        }
        if !is_page(&self.page_id) {
            return refuse(
                "pageId must be \"me\" or the id of a Page: letters, digits, \"_\", \".\" and \"-\" only.",
            );
        }
        if self.timeout.is_zero() || self.timeout > MAX_DURATION {
            return refuse(out_of_range("timeoutMs", "above 0 and at most"));
        }
        if !(1..=MAX_ATTEMPTS).contains(&self.retry.attempts) {
            return refuse("retry.attempts must be a whole number from 1 to 100.");
        }
        if self.retry.base_delay > MAX_DURATION {
            return refuse(out_of_range("retry.baseDelayMs", "from 0 to"));
        }
        if self.retry.max_delay > MAX_DURATION {
            return refuse(out_of_range("retry.maxDelayMs", "from 0 to"));
        }
        Ok(())
    }

    /// Checks that requests can carry this token.
    ///
    /// # Errors
    /// Says what is wrong with it, without quoting it.
    pub(super) fn check_token(&self, token: &Secret) -> Result<(), SendError> {
        check_secret("accessToken", token)?;
        self.check_addresses(token)
    }

    /// URLs are logged, so they must not contain a secret.
    fn check_addresses(&self, secret: &Secret) -> Result<(), SendError> {
        if self.page_id == secret.expose() {
            return refuse("pageId is a secret: URLs are logged, so they must not contain one.");
        }
        let is_long = secret.expose().len() >= LONG_SECRET;
        let stands_in_url = self.base_url.contains(secret.expose())
            || Redactor::new([secret]).finds(&self.base_url);
        if is_long && stands_in_url {
            return refuse(
                "baseUrl contains a secret: URLs are logged, so they must not contain one.",
            );
        }
        Ok(())
    }

    /// Whether requests go to Instagram's own host, which has other ids and tokens.
    pub(super) fn is_instagram_login(&self) -> bool {
        self.base_url.contains("//graph.instagram.com")
    }
}

fn refuse<T>(message: impl Into<String>) -> Result<T, SendError> {
    Err(SendError::configuration(message))
}

pub(super) fn out_of_range(name: &str, range: &str) -> String {
    let limit = whole_milliseconds(MAX_DURATION);
    format!("{name} must be a number of milliseconds {range} {limit}.")
}

/// For messages. As a `u64`, since printing a `u128` takes more than a kilobyte of code.
pub(super) fn whole_milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// Checks for visible ASCII, which a header can carry. The usual mistake is a line break at the end
/// of a token that was read from a file.
fn check_secret(name: &str, secret: &Secret) -> Result<(), SendError> {
    let text = secret.expose();
    if text.is_empty() {
        return refuse(format!("{name} is missing or empty."));
    }
    match text.bytes().position(|byte| !byte.is_ascii_graphic()) {
        None => Ok(()),
        Some(at) => refuse(format!(
            "{name} has a space, a line break or another character outside visible ASCII at \
             position {at}.",
        )),
    }
}

fn is_version(version: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = version
        .strip_prefix('v')
        .and_then(|numbers| numbers.split_once('.'));
    parts.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}

fn is_page(page: &str) -> bool {
    let is_plain = page
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
    // A path segment of dots leads elsewhere.
    is_plain && page.bytes().any(|byte| byte != b'.')
}

fn check_base_url(url: &str) -> Result<(), &'static str> {
    if !url
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
    {
        return Err("must be an absolute http: or https: URL in visible ASCII characters");
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err("must be an absolute http: or https: URL");
    };
    if !["http", "https"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(scheme))
    {
        return Err("must be an http: or https: URL");
    }
    if rest.contains(['?', '#']) {
        return Err("must have no query or fragment");
    }
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.contains('@') {
        return Err("must have no user name or password");
    }
    match host_and_port(url) {
        ("", _) => Err("must name a host"),
        (_, port) if !is_port(port) => Err("must have a port from 0 to 65535, or none"),
        _ => Ok(()),
    }
}

/// Options from another language, with times in milliseconds; any value may be absent or out of
/// range.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionValues {
    /// [`SendOptions::page_id`].
    pub page_id: Option<String>,
    /// [`SendOptions::api_version`].
    pub api_version: Option<String>,
    /// [`SendOptions::base_url`].
    pub base_url: Option<String>,
    /// [`SendOptions::app_secret`].
    pub app_secret: Option<String>,
    /// [`SendOptions::encoding`]: `form` or `json`.
    pub encoding: Option<String>,
    /// [`SendOptions::timeout`].
    pub timeout_ms: Option<f64>,
    /// [`SendOptions::retry`].
    pub retry: Option<RetryValues>,
    /// [`SendOptions::stamp`].
    pub stamp: Option<bool>,
}

/// [`Retry`] from another language.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RetryValues {
    /// [`Retry::attempts`].
    pub attempts: Option<f64>,
    /// [`Retry::base_delay`].
    pub base_delay_ms: Option<f64>,
    /// [`Retry::max_delay`].
    pub max_delay_ms: Option<f64>,
    /// [`Retry::unknown`].
    pub unknown: Option<bool>,
}

impl OptionValues {
    /// The options, with defaults for absent values.
    ///
    /// # Errors
    /// A [`SendError`] of kind `configuration` for an invalid option.
    pub fn into_options(self, rules: RuleOptions) -> Result<SendOptions, SendError> {
        let mut options = SendOptions {
            rules,
            ..SendOptions::default()
        };
        let texts = [
            (&mut options.page_id, self.page_id),
            (&mut options.api_version, self.api_version),
            (&mut options.base_url, self.base_url),
        ];
        for (place, given) in texts {
            if let Some(text) = given {
                *place = text;
            }
        }
        options.app_secret = self.app_secret.map(Secret::from);
        match self.encoding.as_deref() {
            None => {}
            Some("form") => options.encoding = Encoding::Form,
            Some("json") => options.encoding = Encoding::Json,
            Some(_) => return refuse("encoding must be \"form\" or \"json\"."),
        }
        if let Some(milliseconds) = self.timeout_ms {
            options.timeout = duration("timeoutMs", "above 0 and at most", milliseconds)?;
        }
        if let Some(values) = self.retry {
            options.retry = values.into_retry()?;
        }
        options.stamp = self.stamp.unwrap_or_default();
        options.check()?;
        Ok(options)
    }
}

impl RetryValues {
    fn into_retry(self) -> Result<Retry, SendError> {
        let mut retry = Retry::default();
        if let Some(attempts) = self.attempts {
            // A value that is not a whole number becomes one that is out of range.
            retry.attempts = if attempts.fract() == 0.0 {
                attempts as u32
            } else {
                0
            };
        }
        if let Some(milliseconds) = self.base_delay_ms {
            retry.base_delay = duration("retry.baseDelayMs", "from 0 to", milliseconds)?;
        }
        if let Some(milliseconds) = self.max_delay_ms {
            retry.max_delay = duration("retry.maxDelayMs", "from 0 to", milliseconds)?;
        }
        retry.unknown = self.unknown.unwrap_or_default();
        Ok(retry)
    }
}

pub(super) fn duration(name: &str, range: &str, milliseconds: f64) -> Result<Duration, SendError> {
    let seconds = milliseconds / 1000.0;
    Duration::try_from_secs_f64(seconds).or_else(|_| refuse(out_of_range(name, range)))
}
