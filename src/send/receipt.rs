//! What a send that worked answers.

use super::usage::Usage;
use serde::Serialize;

/// Graph took the message. Which ids it names depends on the request: a sender action has no `message_id`, a `user_ref` no
/// `recipient_id`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Receipt {
    /// The person, as this Page knows them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_id: Option<String>,
    /// The message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The attachment that was kept for later messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attachment_id: Option<String>,
    /// How many requests it took.
    pub attempts: u32,
    /// How much of the limits is used up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<Usage>,
}

impl Receipt {
    /// The text of the object that JavaScript gets.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| String::from("{}"))
    }
}
