//! The draft: the short form of a request.

use crate::payload::declare::wire_object;
use crate::payload::members::{Findings, MemberValue, Members};
use crate::payload::sources::{BUTTON, QUICK_REPLIES, SEND_API, UTILITY};
use crate::payload::spec::{Rule, Term};
use crate::payload::{
    Button, Drafted, MediaPayload, Message, MessageTag, MessagingType, NotificationType,
    QuickReply, Reaction, Recipient, ReplyTo, SenderAction, Short, StringOrNumber, Template,
    UtilityComponent, UtilityLanguage,
};

/// The messaging types of a draft without a utility template.
const WITHOUT_TEMPLATE: Term = Term::MayBe(&["RESPONSE", "UPDATE", "MESSAGE_TAG"]);

wire_object! {
    /// The short form of a request: a recipient, exactly one content, and the members that
    /// accompany it.
    pub struct Draft as MessageDraft ("draft", &SEND_API) {
        /// The recipient. A string is the person's id: `recipient.id`.
        pub to: Short<Recipient> => any().advised(),
        /// Content: a text, at most 2000 characters on Messenger, at most 1000 bytes of UTF-8 on
        /// Instagram; 1 to 640 characters with `buttons`.
        pub text [new]: Option<String>,
        /// Content: an image, at most 8 MB. A string is its URL.
        pub image [new]: Option<Short<MediaPayload>>,
        /// Content: an audio file, at most 25 MB. A string is its URL.
        pub audio [new]: Option<Short<MediaPayload>>,
        /// Content: a video, at most 25 MB. A string is its URL.
        pub video [new]: Option<Short<MediaPayload>>,
        /// Content: a file, at most 25 MB; on Instagram PDF only. A string is its URL.
        pub file [new]: Option<Short<MediaPayload>>,
        /// Content: several images, at most 30 on Messenger, at most 10 on Instagram. A string is a
        /// URL.
        pub images [new]: Option<Vec<Short<MediaPayload>>>,
        /// Content: a template. Its buttons may omit `type`: with `url` it is `web_url`, with
        /// `payload` `postback`, and `phone_number` makes a `phone_number` button with that
        /// payload.
        pub template [new]: Option<Drafted<Template>>,
        /// Content: an approved utility template.
        pub utility [new]: Option<UtilityDraft>,
        /// Content: the id of one of Meta's stickers. Messenger only.
        pub sticker [new]: Option<StringOrNumber>,
        /// Content: a message as on the wire, used unchanged.
        pub message [new]: Option<Message>,
        /// Instead of a message: the typing indicator, or the last message marked as read.
        pub sender_action [new]: Option<SenderAction>,
        /// Instead of a message: a reaction to a message.
        pub react [_]: Option<Reaction>,
        /// Instead of a message: the message whose reaction is removed.
        pub unreact [new]: Option<Unreact>,
        /// At most 13 quick replies. A string is a text reply whose payload is its title.
        pub quick_replies [quick_reply]: Option<Vec<Short<QuickReply>>>,
        /// A string that the echo webhook returns, at most 1000 characters. Messenger only.
        pub metadata: Option<String>,
        /// If absent: `MESSAGE_TAG` with a `tag`, `UTILITY` with `utility`, none without a message,
        /// else `RESPONSE`.
        pub messaging_type: Option<MessagingType>,
        /// Buttons below the text; together they make a button template. They may omit `type`, as
        /// in `template`.
        pub buttons [button]: Option<Vec<Drafted<Button>>> => between(1, 3),
        /// The reason why it may be sent outside the standard messaging window.
        pub tag: Option<MessageTag>,
        /// How the person's device notifies about it.
        pub notification_type: Option<NotificationType>,
        /// The message to reply to. A string is its `mid`.
        pub reply_to: Option<Short<ReplyTo>>,
        /// The numeric id of the persona that sends it. Messenger only.
        pub persona_id: Option<String>,
    }
    exactly_one(
        &[
            "text", "image", "audio", "video", "file", "images", "template", "utility", "sticker",
            "message", "sender_action", "react", "unreact",
        ],
        &NO_CONTENT, &SEVERAL_CONTENTS,
    );
    rules(&[&NO_RECIPIENT, &RECIPIENT_NUMBER, &NO_PLACE, &BUTTONS_ALONE], check);
    unknown_hints(REQUEST_MEMBERS);
    shapes(&[
        Shape { name: "TextDraft", doc: "A text; with `buttons` a button template.", terms: &[
            ("text", Term::Needed), ("messaging_type", WITHOUT_TEMPLATE),
        ] },
        Shape { name: "ImageDraft", doc: "An image.", terms: &[("buttons", Term::Never),
            ("image", Term::Needed), ("messaging_type", WITHOUT_TEMPLATE),
        ] },
        Shape { name: "AudioDraft", doc: "An audio file.", terms: &[("buttons", Term::Never),
            ("audio", Term::Needed), ("messaging_type", WITHOUT_TEMPLATE),
        ] },
        Shape { name: "VideoDraft", doc: "A video.", terms: &[("buttons", Term::Never),
            ("video", Term::Needed), ("messaging_type", WITHOUT_TEMPLATE),
        ] },
        Shape { name: "FileDraft", doc: "A file.", terms: &[("buttons", Term::Never),
            ("file", Term::Needed), ("messaging_type", WITHOUT_TEMPLATE),
        ] },
        Shape { name: "ImagesDraft", doc: "Several images.", terms: &[("buttons", Term::Never),
            ("images", Term::Needed), ("messaging_type", WITHOUT_TEMPLATE),
        ] },
        Shape { name: "TemplateDraft", doc: "A template.", terms: &[("buttons", Term::Never),
            ("template", Term::Needed), ("messaging_type", WITHOUT_TEMPLATE),
        ] },
        Shape { name: "UtilityMessageDraft", doc: "An approved utility template.", terms: &[
            ("buttons", Term::Never),
            ("utility", Term::Needed), ("messaging_type", Term::MayBe(&["UTILITY"])),
            ("tag", Term::Never),
        ] },
        Shape { name: "StickerDraft", doc: "A sticker.", terms: &[("buttons", Term::Never),
            ("sticker", Term::Needed), ("messaging_type", WITHOUT_TEMPLATE),
        ] },
        Shape { name: "WireMessageDraft", doc: "A message as on the wire.", terms: &[
            ("buttons", Term::Never),
            ("message", Term::Needed), ("quick_replies", Term::Never), ("metadata", Term::Never),
        ] },
        Shape {
            name: "SenderActionDraft",
            doc: "The typing indicator, or the last message marked as read.",
            terms: &[("buttons", Term::Never),
            ("sender_action", Term::Is(&["typing_on", "typing_off", "mark_seen"])),
            ("quick_replies", Term::Never), ("metadata", Term::Never),
            ("messaging_type", Term::Never), ("tag", Term::Never),
            ("notification_type", Term::Never), ("reply_to", Term::Never),
        ] },
        Shape { name: "ReactDraft", doc: "A reaction to a message.", terms: &[
            ("buttons", Term::Never),
            ("react", Term::As("ReactPayload")),
            ("quick_replies", Term::Never), ("metadata", Term::Never),
            ("messaging_type", Term::Never), ("tag", Term::Never),
            ("notification_type", Term::Never), ("reply_to", Term::Never),
        ] },
        Shape { name: "UnreactDraft", doc: "A reaction to remove.", terms: &[
            ("buttons", Term::Never),
            ("unreact", Term::Needed),
            ("quick_replies", Term::Never), ("metadata", Term::Never),
            ("messaging_type", Term::Never), ("tag", Term::Never),
            ("notification_type", Term::Never), ("reply_to", Term::Never),
        ] },
    ]);
    closed(&UNKNOWN_MEMBER);
}

wire_object! {
    /// An approved utility template; the language may be a string.
    pub struct UtilityDraft ("draft.utility", &UTILITY) {
        /// The name of an approved template of this Page.
        pub name: String,
        /// Its language. A string is its code.
        pub language: Short<UtilityLanguage>,
        /// The values of its variables; none if absent.
        pub components [component]: Option<Vec<UtilityComponent>>,
    }
    closed(&UNKNOWN_MEMBER);
}

wire_object! {
    /// The message whose reaction is removed.
    pub struct Unreact ("draft.unreact", &SEND_API) {
        /// Its id.
        pub message_id: String,
    }
    closed(&UNKNOWN_MEMBER);
}

impl From<&str> for Unreact {
    fn from(message_id: &str) -> Self {
        Self::new(message_id)
    }
}

impl From<String> for Unreact {
    fn from(message_id: String) -> Self {
        Self::new(message_id)
    }
}

static UNKNOWN_MEMBER: Rule = Rule::error(
    "draft.unknown_member",
    "A draft has no such member.",
    &SEND_API,
);
static NO_RECIPIENT: Rule = Rule::error(
    "draft.no_recipient",
    "A draft needs a recipient in `to`; a string is the person's id.",
    &SEND_API,
);
static RECIPIENT_NUMBER: Rule = Rule::error(
    "draft.recipient_number",
    "`to` must be a string or an object, not a number: write the person's id in quotes, so that no \
     digit is lost.",
    &SEND_API,
);
static BUTTONS_ALONE: Rule = Rule::error(
    "draft.buttons_without_text",
    "buttons need text: together they make a button template. Other templates hold their own \
     buttons.",
    &BUTTON,
);
/// Members of a request, which a draft does not have.
const REQUEST_MEMBERS: &[(&str, &str)] = &[
    (
        "recipient",
        "A draft has `to`. Give a finished request to validate or send as it is.",
    ),
    (
        "attachment",
        "A draft has image, audio, video, file or template, or a whole message.",
    ),
    ("attachments", "A draft has images, or a whole message."),
    ("sticker_id", "A draft has sticker, or a whole message."),
    (
        "payload",
        "A draft has react and unreact, which contain it.",
    ),
];
static NO_CONTENT: Rule = Rule::error(
    "draft.no_content",
    "A draft needs exactly one content (text, image, audio, video, file, images, template, utility, \
     sticker, message, sender_action, react or unreact); it has none.",
    &SEND_API,
);
static SEVERAL_CONTENTS: Rule = Rule::error(
    "draft.several_contents",
    "A draft needs exactly one content (text, image, audio, video, file, images, template, utility, \
     sticker, message, sender_action, react or unreact); it has several.",
    &SEND_API,
);
static NO_PLACE: Rule = Rule::error(
    "draft.no_place",
    "quick_replies and metadata become part of the built message: a wire message has its own, and \
     a sender action or a reaction has none.",
    &QUICK_REPLIES,
);

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const TO: usize = Draft::at("to");
    const BUTTONS: usize = Draft::at("buttons");
    const WITHOUT_PLACE: [usize; 4] = [
        Draft::at("message"),
        Draft::at("sender_action"),
        Draft::at("react"),
        Draft::at("unreact"),
    ];
    if !members.has(TO) {
        findings.at(TO, &NO_RECIPIENT);
    }
    if matches!(members.value(TO), MemberValue::Number(_)) {
        findings.at(TO, &RECIPIENT_NUMBER);
    }
    if members.has(BUTTONS) && !members.has(const { Draft::at("text") }) {
        findings.at(BUTTONS, &BUTTONS_ALONE);
    }
    if WITHOUT_PLACE
        .into_iter()
        .any(|content| members.has(content))
    {
        for member in [
            const { Draft::at("quick_replies") },
            const { Draft::at("metadata") },
        ] {
            if members.has(member) {
                findings.at(member, &NO_PLACE);
            }
        }
    }
    0
}
