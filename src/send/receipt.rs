//! What a send that worked answers.

use super::usage::Usage;
use crate::json::ObjectText;
use crate::words::decimal;

/// Graph took the message. Which ids it names depends on the request: a sender action has no `message_id`, a `user_ref` no
/// `recipient_id`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
        let mut object = ObjectText::default();
        let ids = [("recipient_id", &self.recipient_id), ("message_id", &self.message_id), ("attachment_id", &self.attachment_id)];
        for (name, id) in ids {
            if let Some(id) = id {
                object.text(name, id);
            }
        }
        object.json("attempts", &decimal(self.attempts.into()));
        if let Some(usage) = &self.usage {
            object.json("usage", usage.to_json());
        }
        object.end()
    }
}
