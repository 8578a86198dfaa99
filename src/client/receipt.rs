//! What Graph answered to what it took.

use serde::Serialize;

use super::redact::Redactor;
use super::usage::Usage;
use crate::validate::Issue;

/// Graph took the message.
///
/// Which ids it names depends on the request: a sender action has no `message_id`, a message to a
/// `user_ref` or a phone number no `recipient_id`.
///
/// Source: <https://developers.facebook.com/docs/messenger-platform/reference/send-api>
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SendReceipt {
    /// The person, as this Page knows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_id: Option<String>,
    /// The message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The attachment that was kept for later messages, for 90 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_id: Option<String>,
    /// How many requests it took.
    pub attempts: u32,
    /// How much of the rate limits is used up, where the answer says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
    /// The trace id of the answer, for a bug report to Meta.
    #[serde(rename = "fbtraceId", skip_serializing_if = "Option::is_none")]
    pub fbtrace_id: Option<String>,
    /// What the check of the message warned of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Issue>,
    /// The stamp in the message's `metadata`, where the client put one there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stamp: Option<String>,
}

impl SendReceipt {
    /// Takes the secrets out of everything that comes from outside.
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

/// Graph took an upload.
///
/// Source: <https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api>
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct UploadReceipt {
    /// The id under which the same Page can send it, for 90 days.
    pub attachment_id: String,
    /// How many requests it took.
    pub attempts: u32,
    /// How much of the rate limits is used up, where the answer says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
}
