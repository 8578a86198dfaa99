//! Typed drafts: the short way to say a message in Rust.

use super::{MessageDraft, build_message};
use crate::payload::{
    Drafted, MediaPayload, MessageTag, MessagingType, NotificationType, QuickReply, Recipient,
    SendRequest, SenderAction, Short, Template,
};
use crate::validate::{RuleOptions, Unreadable, ValidationError, unreadable};

/// A draft of a message, written member by member.
///
/// ```
/// use messenger_send::build::Draft;
///
/// let request = Draft::text("Tea or coffee?")
///     .to("7001002003004005")
///     .quick_replies(["Tea", "Coffee"])
///     .build()?;
/// assert_eq!(request.message.and_then(|message| message.text).as_deref(), Some("Tea or coffee?"));
/// # Ok::<(), messenger_send::validate::ValidationError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft(MessageDraft);

impl From<MessageDraft> for Draft {
    /// A draft with members that have no function here.
    fn from(draft: MessageDraft) -> Self {
        Self(draft)
    }
}

impl Draft {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self(MessageDraft {
            text: Some(text.into()),
            ..MessageDraft::default()
        })
    }

    /// An image at a URL.
    pub fn image(url: impl Into<String>) -> Self {
        Self(MessageDraft {
            image: Some(Short::Text(url.into())),
            ..MessageDraft::default()
        })
    }

    /// A sound at a URL.
    pub fn audio(url: impl Into<String>) -> Self {
        Self(MessageDraft {
            audio: Some(Short::Text(url.into())),
            ..MessageDraft::default()
        })
    }

    /// A video at a URL.
    pub fn video(url: impl Into<String>) -> Self {
        Self(MessageDraft {
            video: Some(Short::Text(url.into())),
            ..MessageDraft::default()
        })
    }

    /// A file at a URL.
    pub fn file(url: impl Into<String>) -> Self {
        Self(MessageDraft {
            file: Some(Short::Text(url.into())),
            ..MessageDraft::default()
        })
    }

    /// A saved attachment of the Page as an image.
    pub fn saved_image(attachment_id: impl Into<String>) -> Self {
        let saved = MediaPayload {
            attachment_id: Some(attachment_id.into()),
            ..MediaPayload::default()
        };
        Self(MessageDraft {
            image: Some(Short::Full(saved)),
            ..MessageDraft::default()
        })
    }

    /// A template.
    pub fn template(template: Template) -> Self {
        Self(MessageDraft {
            template: Some(Drafted(template)),
            ..MessageDraft::default()
        })
    }

    /// A sender action, as typing, instead of a message.
    pub fn sender_action(action: SenderAction) -> Self {
        Self(MessageDraft {
            sender_action: Some(action),
            ..MessageDraft::default()
        })
    }

    /// Sets who receives it, by the person's id.
    pub fn to(self, id: impl Into<String>) -> Self {
        Self(MessageDraft {
            to: Short::Text(id.into()),
            ..self.0
        })
    }

    /// Sets who receives it, in any of the ways of the wire.
    pub fn recipient(self, recipient: Recipient) -> Self {
        Self(MessageDraft {
            to: Short::Full(recipient),
            ..self.0
        })
    }

    /// Sets quick replies whose payload is their title.
    pub fn quick_replies<T: Into<String>>(self, titles: impl IntoIterator<Item = T>) -> Self {
        let replies = titles
            .into_iter()
            .map(|title| Short::Text(title.into()))
            .collect();
        Self(MessageDraft {
            quick_replies: Some(replies),
            ..self.0
        })
    }

    /// Adds a quick reply of any kind.
    pub fn quick_reply(mut self, reply: QuickReply) -> Self {
        self.0
            .quick_replies
            .get_or_insert_default()
            .push(Short::Full(reply));
        self
    }

    /// Sets why it is sent. If absent: `MESSAGE_TAG` with a tag, else `RESPONSE`.
    pub fn messaging_type(self, messaging_type: MessagingType) -> Self {
        Self(MessageDraft {
            messaging_type: Some(messaging_type),
            ..self.0
        })
    }

    /// Sets what entitles it to be sent outside the standard messaging window.
    pub fn tag(self, tag: MessageTag) -> Self {
        Self(MessageDraft {
            tag: Some(tag),
            ..self.0
        })
    }

    /// Sets how the person's device tells of it.
    pub fn notification_type(self, notification_type: NotificationType) -> Self {
        Self(MessageDraft {
            notification_type: Some(notification_type),
            ..self.0
        })
    }

    /// Sets the message that this one answers, by its `mid`.
    pub fn reply_to(self, mid: impl Into<String>) -> Self {
        Self(MessageDraft {
            reply_to: Some(Short::Text(mid.into())),
            ..self.0
        })
    }

    /// Sets the persona that speaks.
    pub fn persona_id(self, id: impl Into<String>) -> Self {
        Self(MessageDraft {
            persona_id: Some(id.into()),
            ..self.0
        })
    }

    /// Sets a text that comes back in the echo webhook.
    pub fn metadata(self, metadata: impl Into<String>) -> Self {
        Self(MessageDraft {
            metadata: Some(metadata.into()),
            ..self.0
        })
    }

    /// Builds the request, and checks it with every rule as the catalogue has it.
    ///
    /// # Errors
    /// The draft is ambiguous, or the request that it makes is not valid.
    pub fn build(&self) -> Result<SendRequest, ValidationError> {
        self.build_with(&RuleOptions::default())
    }

    /// [`Draft::build`], with options.
    ///
    /// # Errors
    /// Those of [`Draft::build`]. With rules that are off, a request whose members have types that
    /// [`SendRequest`] has not: use [`build_message`] for those.
    pub fn build_with(&self, options: &RuleOptions) -> Result<SendRequest, ValidationError> {
        let no_json = |_| ValidationError::new(unreadable(Unreadable::Unserializable, options));
        let draft = serde_json::to_string(&self.0).map_err(no_json)?;
        let request = build_message(&draft, options)?;
        serde_json::from_str(&request).map_err(no_json)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::validate::RuleSetting;

    #[test]
    fn every_setter_has_its_member() {
        let draft = Draft::image("https://example.com/a.png")
            .to("7001")
            .quick_replies(["Yes"])
            .quick_reply(QuickReply {
                title: Some("No".to_owned()),
                payload: Some("NO".into()),
                ..QuickReply::default()
            })
            .tag(MessageTag::HumanAgent)
            .notification_type(NotificationType::NoPush)
            .reply_to("m_1")
            .persona_id("12")
            .metadata("x");
        let request = serde_json::to_value(draft.build().unwrap()).unwrap();
        let wanted = serde_json::json!({
            "recipient": {"id": "7001"},
            "messaging_type": "MESSAGE_TAG",
            "message": {
                "attachment": {"type": "image", "payload": {"url": "https://example.com/a.png"}},
                "quick_replies": [
                    {"content_type": "text", "title": "Yes", "payload": "Yes"},
                    {"content_type": "text", "title": "No", "payload": "NO"},
                ],
                "metadata": "x",
            },
            "tag": "HUMAN_AGENT",
            "notification_type": "NO_PUSH",
            "reply_to": {"mid": "m_1"},
            "persona_id": "12",
        });
        assert_eq!(request, wanted);
    }

    #[test]
    fn what_is_not_valid_is_an_error_with_its_issues() {
        let error = Draft::text("").to("{{psid}}").build().unwrap_err();
        let codes: Vec<_> = error.issues.iter().map(|issue| &*issue.code).collect();
        assert_eq!(codes, ["recipient.id.placeholder", "text.empty"]);
        let error = Draft::text("hi").build().unwrap_err();
        assert_eq!(error.issues.len(), 1, "{error}");
        let lenient = RuleOptions::default().rule("text.too_long", RuleSetting::Off);
        let long = Draft::text("x".repeat(2001)).to("1");
        assert!(long.build().is_err() && long.build_with(&lenient).is_ok());
    }

    #[test]
    fn every_content_builds() {
        let url = "https://example.com/a";
        for draft in [
            Draft::audio(url),
            Draft::video(url),
            Draft::file(url),
            Draft::saved_image("1"),
            Draft::sender_action(SenderAction::TypingOn),
            Draft::template(Template::Button(crate::payload::ButtonTemplate {
                text: "a".to_owned(),
                buttons: vec![crate::payload::Button::Postback(
                    crate::payload::PostbackButton {
                        title: "b".to_owned(),
                        payload: "c".to_owned(),
                        ..Default::default()
                    },
                )],
                ..Default::default()
            })),
        ] {
            let request = draft.clone().to("1").build().unwrap();
            assert!(
                request.validate(&RuleOptions::default()).valid(),
                "{draft:?}"
            );
            let recipient = Recipient {
                id: Some("1".into()),
                ..Recipient::default()
            };
            assert_eq!(draft.recipient(recipient).build().unwrap(), request);
        }
    }
}
