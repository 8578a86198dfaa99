//! The error model: why a send failed, and whether the person may have got the message all the same.

use super::details::Details;
use super::redact::Redactor;
use crate::json::ObjectText;
use crate::words::{decimal, owned};
use std::fmt;

/// What went wrong, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The access token is no good.
    Auth,
    /// The Page, the app or the person behind the token may not do this.
    Permission,
    /// The time in which this person may be written to is over.
    Window,
    /// This person does not exist for this Page, or cannot receive now.
    Recipient,
    /// Too many calls.
    RateLimit,
    /// Meta's policies stand against it.
    Policy,
    /// The request itself is wrong.
    Request,
    /// Graph has a problem of its own that passes.
    Transient,
    /// No answer came: the connection failed.
    Network,
    /// No whole answer came in time.
    Timeout,
    /// The caller stopped it.
    Aborted,
    /// An answer came that is neither a receipt nor an error of Graph.
    InvalidResponse,
    /// An option, or the runtime, does not allow to send at all.
    Configuration,
}

impl Kind {
    /// The word on the outside.
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

/// May the person have got the message?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// No: nothing left this machine.
    NotSent,
    /// No: it was refused.
    Rejected,
    /// Perhaps. Sending again may show the message twice.
    Unknown,
}

impl Delivery {
    /// The word on the outside.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a send failed. Its JSON is what JavaScript's `SendError` carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// A sentence for the log.
    pub message: String,
    /// What went wrong.
    pub kind: Kind,
    /// May the person have got the message?
    pub delivery: Delivery,
    /// Graph refused it, and the same message may be sent again later.
    pub retryable: bool,
    /// How long to wait at least, where the answer says so.
    pub retry_after_ms: Option<u64>,
    /// How many requests went out.
    pub attempts: u32,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Graph's code.
    pub code: Option<i64>,
    /// Graph's subcode.
    pub subcode: Option<i64>,
    /// What the answer told besides.
    pub details: Details,
    /// Cause and next step, from the table of codes.
    pub hint: Option<&'static str>,
}

impl Failure {
    /// A failure that knows nothing but these three.
    #[must_use]
    pub fn new(kind: Kind, delivery: Delivery, message: impl Into<String>) -> Self {
        Self::blank(kind, delivery, message.into())
    }

    // Once for all texts: it is called from many places.
    #[inline(never)]
    fn blank(kind: Kind, delivery: Delivery, message: String) -> Self {
        Self {
            message,
            kind,
            delivery,
            retryable: false,
            retry_after_ms: None,
            attempts: 0,
            status: None,
            code: None,
            subcode: None,
            details: Details::default(),
            hint: None,
        }
    }

    /// The same, where it stays: a failure is large to hand around.
    #[inline(never)]
    pub(super) fn boxed(kind: Kind, delivery: Delivery, message: String) -> Box<Self> {
        Box::new(Self::blank(kind, delivery, message))
    }

    /// Nothing was sent, because something about the call does not allow it.
    #[must_use]
    #[inline(never)]
    pub fn configuration(message: &str) -> Box<Self> {
        Self::boxed(Kind::Configuration, Delivery::NotSent, owned(message))
    }

    /// Takes the secrets out.
    pub fn redact(&mut self, redactor: &Redactor<'_>) {
        self.message = redactor.text(&self.message);
        self.details.redact(redactor);
    }

    /// The text of the object that JavaScript gets.
    #[must_use]
    #[inline(never)]
    pub fn to_json(&self) -> String {
        let mut object = ObjectText::default();
        object.text("name", "SendError");
        object.text("message", &self.message);
        object.text("kind", self.kind.as_str());
        object.text("delivery", self.delivery.as_str());
        object.json("retryable", if self.retryable { "true" } else { "false" });
        number(&mut object, "attempts", Some(self.attempts.into()));
        number(&mut object, "retryAfterMs", self.retry_after_ms.map(|wait| wait as i64));
        number(&mut object, "status", self.status.map(i64::from));
        number(&mut object, "code", self.code);
        number(&mut object, "subcode", self.subcode);
        self.details.write(&mut object);
        if let Some(hint) = self.hint {
            object.text("hint", hint);
        }
        object.end()
    }
}

#[inline(never)]
fn number(object: &mut ObjectText, name: &str, value: Option<i64>) {
    if let Some(value) = value {
        object.json(name, &decimal(value));
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
