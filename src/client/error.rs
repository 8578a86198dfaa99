//! Errors of a send: why it failed, and whether the person may have received the message.

use std::error::Error;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::cause::Cause;
use super::error_data::ErrorData;
use super::redact::Redactor;
use super::usage::Usage;
use crate::validate::ValidationError;

/// The kind of an error. For those up to [`ErrorKind::Transient`], Graph refused the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The access token, the app secret or the proof is invalid.
    Auth,
    /// The Page, the app or the person behind the token lacks a permission.
    Permission,
    /// The messaging window of the person has closed.
    Window,
    /// The person does not exist for this Page, or cannot receive messages now.
    Recipient,
    /// Too many calls.
    RateLimit,
    /// Meta's policies forbid it.
    Policy,
    /// The request itself is wrong.
    Request,
    /// A temporary problem at Meta.
    Transient,
    /// No connection could be made, or it broke.
    Network,
    /// No complete response came in time.
    Timeout,
    /// The caller aborted the send.
    Aborted,
    /// The response is neither a receipt nor an error of Graph.
    InvalidResponse,
    /// An option is invalid, or the platform cannot send.
    Configuration,
}

/// Whether the person may have received the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// No: nothing left this machine.
    NotSent,
    /// No: Graph refused it.
    Rejected,
    /// Perhaps. Sending again may deliver the message twice.
    Unknown,
}

impl ErrorKind {
    /// The name of the kind, as in JavaScript: `rate_limit`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Permission => "permission",
            Self::Window => "window",
            Self::Recipient => "recipient",
            Self::RateLimit => "rate_limit",
            Self::Policy => "policy",
            Self::Request => "request",
            Self::Transient => "transient",
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Aborted => "aborted",
            Self::InvalidResponse => "invalid_response",
            Self::Configuration => "configuration",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

impl Delivery {
    /// The name, as in JavaScript: `not_sent`, `rejected` or `unknown`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// The error of a send. It dereferences to [`SendErrorDetails`], and serializes as in JavaScript.
#[derive(PartialEq)]
pub struct SendError(Box<SendErrorDetails>);

/// The details of a failed send. Nothing in it contains the access token or the app secret. They
/// serialize without `data`, which the [`SendError`] adds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SendErrorDetails {
    /// A sentence that says what happened.
    pub message: String,
    /// The kind of the error.
    pub kind: ErrorKind,
    /// Whether the person may have received the message.
    pub delivery: Delivery,
    /// Whether the same message may be sent again later.
    pub retryable: bool,
    /// The minimum wait before a retry, if the response says so. Serialized as `retryAfterMs`.
    #[serde(
        rename = "retryAfterMs",
        serialize_with = "milliseconds",
        skip_serializing_if = "Option::is_none"
    )]
    pub retry_after: Option<Duration>,
    /// The number of requests that were sent.
    pub attempts: u32,
    /// The HTTP status of the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Graph's `error.code`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<i64>,
    /// Graph's `error.error_subcode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subcode: Option<i64>,
    /// Graph's `error.type`. It is free text.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub error_type: Option<String>,
    /// Graph's `error.fbtrace_id`, for a bug report to Meta.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fbtrace_id: Option<String>,
    /// Graph's `error.is_transient`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_transient: Option<bool>,
    /// Graph's `error.error_user_title`, which may be shown to people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_title: Option<String>,
    /// Graph's `error.error_user_msg`, which may be shown to people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_message: Option<String>,
    /// Graph's `error.error_data`.
    #[serde(skip)]
    pub data: Option<ErrorData>,
    /// The usage of the rate limits, if the response says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// The cause and the next step, if the code is documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<&'static str>,
    /// The stamp that the client put into the message's `metadata`, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stamp: Option<String>,
    /// The underlying error of the platform, without secrets.
    #[serde(skip)]
    pub cause: Option<Cause>,
    /// The issues of a message that was not sent because it is invalid.
    #[serde(skip)]
    pub validation: Option<ValidationError>,
}

fn milliseconds<S: Serializer>(
    duration: &Option<Duration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    // The largest safe integer of JavaScript; as milliseconds it is 285,000 years.
    const MAX_SAFE: u128 = (1 << 53) - 1;
    let milliseconds = duration.unwrap_or_default().as_millis().min(MAX_SAFE);
    serializer.serialize_u64(milliseconds as u64)
}

impl SendError {
    /// An error with only these three details.
    #[must_use]
    pub fn new(kind: ErrorKind, delivery: Delivery, message: impl Into<String>) -> Self {
        Self(Box::new(SendErrorDetails {
            message: message.into(),
            kind,
            delivery,
            retryable: false,
            retry_after: None,
            attempts: 0,
            status: None,
            code: None,
            subcode: None,
            error_type: None,
            fbtrace_id: None,
            is_transient: None,
            user_title: None,
            user_message: None,
            data: None,
            usage: None,
            hint: None,
            stamp: None,
            cause: None,
            validation: None,
        }))
    }

    /// An error of kind `configuration`: nothing was sent, because an option is invalid or the
    /// platform cannot send.
    #[must_use]
    pub fn configuration(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Configuration, Delivery::NotSent, message)
    }

    /// The error for an invalid message, which was not sent.
    #[must_use]
    pub fn invalid(validation: ValidationError) -> Self {
        let mut error = Self::new(
            ErrorKind::Request,
            Delivery::NotSent,
            validation.to_string(),
        );
        error.validation = Some(validation);
        error
    }

    /// Whether nothing left this machine.
    #[must_use]
    pub fn is_not_sent(&self) -> bool {
        self.delivery == Delivery::NotSent
    }

    /// Whether Graph refused the message.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        self.delivery == Delivery::Rejected
    }

    /// Whether the person may have received the message.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.delivery == Delivery::Unknown
    }

    /// Whether the same message may be sent again later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// Whether the message is invalid; [`SendErrorDetails::validation`] then has its issues.
    #[must_use]
    pub fn is_validation(&self) -> bool {
        self.validation.is_some()
    }

    /// Redacts everything that comes from outside.
    pub(super) fn redact(&mut self, redactor: &Redactor) {
        let details = &mut *self.0;
        redactor.redact(&mut details.message);
        let texts = [
            &mut details.error_type,
            &mut details.fbtrace_id,
            &mut details.user_title,
            &mut details.user_message,
        ];
        for text in texts.into_iter().flatten() {
            redactor.redact(text);
        }
        if let Some(data) = &mut details.data {
            data.redact(redactor);
        }
        if let Some(usage) = &mut details.usage {
            usage.redact(redactor);
        }
        if let Some(cause) = &mut details.cause {
            cause.redact(redactor);
        }
    }
}

impl Serialize for SendError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct WithData<'a> {
            #[serde(flatten)]
            details: &'a SendErrorDetails,
            #[serde(skip_serializing_if = "Option::is_none")]
            data: Option<&'a ErrorData>,
        }

        let details: &SendErrorDetails = self;
        let data = details.data.as_ref();
        WithData { details, data }.serialize(serializer)
    }
}

/// The error for an invalid message, which was not sent.
impl From<ValidationError> for SendError {
    fn from(validation: ValidationError) -> Self {
        Self::invalid(validation)
    }
}

impl Deref for SendError {
    type Target = SendErrorDetails;

    fn deref(&self) -> &SendErrorDetails {
        &self.0
    }
}

impl DerefMut for SendError {
    fn deref_mut(&mut self) -> &mut SendErrorDetails {
        &mut self.0
    }
}

/// Not derived: a derived impl is inlined, and compiled again in the crate that chooses the
/// transport.
impl Clone for SendError {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl fmt::Debug for SendError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// The message and the hint on one line, for a log.
impl fmt::Display for SendError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match self.hint {
            Some(hint) => write!(formatter, " {hint}"),
            None => Ok(()),
        }
    }
}

impl Error for SendError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match (&self.validation, &self.cause) {
            (Some(validation), _) => Some(validation),
            (None, Some(cause)) => Some(cause),
            (None, None) => None,
        }
    }
}
