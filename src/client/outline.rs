//! The recipient and the kind of a request, on which the order and the rate of messages depend.

use std::hash::{Hash, Hasher};

use super::lenient::Object;
use super::pacing::Lane;
use crate::json::Value;

/// The members that identify a recipient. Others, such as `name`, may differ between messages.
const IDENTITY: [&str; 7] = [
    "id",
    "user_ref",
    "phone_number",
    "comment_id",
    "post_id",
    "one_time_notif_token",
    "notification_messages_token",
];

/// The parts of a request that has been checked.
#[derive(Clone, Copy)]
pub(super) struct Outline<'a> {
    recipient: Option<Value<'a>>,
    message: Option<Value<'a>>,
}

impl<'a> Outline<'a> {
    pub(super) fn of(json: &'a str) -> Self {
        let mut outline = Self {
            recipient: None,
            message: None,
        };
        // Duplicate members: the last one wins, as in `JSON.parse`.
        Object::checked(json).each(&mut |name, value| match name.as_ref() {
            "recipient" => outline.recipient = Some(value),
            "message" => outline.message = Some(value),
            _ => {}
        });
        outline
    }

    /// The limit that applies to the message.
    pub(super) fn lane(self) -> Lane {
        let message = self.message.and_then(Object::of);
        let attachment = message.and_then(|message| message.object("attachment"));
        let kind = attachment.and_then(|attachment| attachment.text("type"));
        match kind.as_deref() {
            Some("audio" | "video") => Lane::Media,
            _ => Lane::Text,
        }
    }

    /// Hashes the recipient of the message.
    pub(super) fn hash_recipient(self, hasher: &mut impl Hasher) {
        let Some(recipient) = self.recipient else {
            return;
        };
        if let Some(object) = Object::of(recipient) {
            for name in IDENTITY {
                if let Some(text) = object.text(name) {
                    name.hash(hasher);
                    if name == "phone_number" {
                        // `+1(212)555-2368` and `+12125552368` are the same number.
                        text.bytes()
                            .filter(u8::is_ascii_digit)
                            .for_each(|digit| hasher.write_u8(digit));
                    } else {
                        text.hash(hasher);
                    }
                    return;
                }
            }
        }
        recipient.json.hash(hasher);
    }
}
