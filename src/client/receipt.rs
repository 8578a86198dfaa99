//! Receipts: Graph's answers to accepted requests.

use serde::Serialize;

use super::redact::Redactor;
use super::usage::Usage;
use crate::validate::Issue;

/// The receipt of a message that Graph accepted.
///
/// The ids in it depend on the request: a sender action has no `message_id`, and a message to a
/// `user_ref` or a phone number no `recipient_id`.
///
/// Source: <https://developers.facebook.com/docs/messenger-platform/reference/send-api>
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SendReceipt {
    /// The id of the person for this Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_id: Option<String>,
    /// The id of the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The id of the attachment saved for later messages, valid for 90 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_id: Option<String>,
    /// The number of requests that were sent.
    pub attempts: u32,
    /// The usage of the rate limits, if the response says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// The trace id of the response, for a bug report to Meta.
    #[serde(rename = "fbtraceId", skip_serializing_if = "Option::is_none")]
    pub fbtrace_id: Option<String>,
    /// The warnings of the message's validation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Issue>,
    /// The stamp that the client put into the message's `metadata`, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stamp: Option<String>,
}

impl SendReceipt {
    /// Redacts everything that comes from outside.
    pub(super) fn redact(&mut self, redactor: &Redactor) {
        let texts = [
            &mut self.recipient_id,
            &mut self.message_id,
            &mut self.attachment_id,
            &mut self.fbtrace_id,
        ];
        for text in texts.into_iter().flatten() {
            redactor.redact(text);
        }
        if let Some(usage) = &mut self.usage {
            usage.redact(redactor);
        }
    }
}

/// The receipt of an upload that Graph accepted.
///
/// Source: <https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api>
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UploadReceipt {
    /// The id with which the same Page can send it, valid for 90 days.
    pub attachment_id: String,
    /// The number of requests that were sent.
    pub attempts: u32,
    /// The usage of the rate limits, if the response says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
}
