//! What a send that worked answers.

use super::json::Writer;
use super::usage::Usage;

/// Graph took the message. Which ids it names depends on the request: a sender action has no `message_id`, a `user_ref` no
/// `recipient_id`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Receipt {
    /// The person, as this Page knows them.
    pub recipient_id: Option<String>,
    /// The message.
    pub message_id: Option<String>,
    /// The attachment that was kept for later messages.
    pub attachment_id: Option<String>,
    /// How many requests it took.
    pub attempts: u32,
    /// How much of the limits is used up.
    pub usage: Option<Usage>,
}

impl Receipt {
    /// The text of the object that JavaScript gets.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut writer = Writer::new();
        writer.optional_text("recipient_id", self.recipient_id.as_deref());
        writer.optional_text("message_id", self.message_id.as_deref());
        writer.optional_text("attachment_id", self.attachment_id.as_deref());
        writer.optional_number("attempts", Some(i64::from(self.attempts)));
        if let Some(usage) = &self.usage {
            writer.raw("usage", &usage.to_json());
        }
        writer.finish()
    }
}
