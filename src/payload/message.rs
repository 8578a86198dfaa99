//! The message: exactly one content, and the members that may accompany it.

use super::declare::wire_object;
use super::members::{Findings, MemberValue, Members};
use super::sources::{
    INSTAGRAM_SEND, PAGE_MESSAGES, QUICK_REPLIES, SEND_API, SEND_MESSAGES, STICKERS, UTILITY,
};
use super::spec::{Platform, Rule};
use super::{Attachment, ImagesItem, ListOrSingle, QuickReply, StringOrNumber, UtilityTemplate};
use crate::json::numbers::whole_number;

wire_object! {
    /// A message: exactly one of `text`, `attachment`, `attachments`, `sticker_id` and `template`,
    /// and the members that accompany it.
    pub struct Message ("", &SEND_API) {
        /// The text: at most 2000 characters on Messenger, at most 1000 bytes of UTF-8 on Instagram
        /// (exactly 1000 is disputed).
        pub text: Option<String> => visible(2000).not_empty().instagram_at_most(1000)
            .warn_at_instagram_max().graph(100),
        /// An image, audio, video, file or template.
        pub attachment: Option<Attachment>,
        /// Several images: at most 30 on Messenger, 10 on Instagram.
        pub attachments: Option<ListOrSingle<ImagesItem>> => between(1, 30).instagram_at_most(10)
            .single_on_instagram().source(&SEND_MESSAGES),
        /// The id of one of Meta's stickers. Inside the standard window only.
        pub sticker_id: Option<StringOrNumber> => any().not_empty().messenger_only()
            .source(&STICKERS),
        /// An approved utility template; requires `messaging_type: "UTILITY"`.
        pub template: Option<UtilityTemplate> => any().messenger_only().source(&UTILITY),
        /// At most 13 quick replies, with a text or an attachment.
        pub quick_replies [quick_reply]: Option<Vec<QuickReply>> => between(1, 13).source(&QUICK_REPLIES),
        /// A string that the echo webhook returns, at most 1000 characters (exactly 1000 is
        /// disputed).
        pub metadata: Option<String> => at_most(1000).warn_at_max().messenger_only(),
        /// A text with a fallback, from the former broadcasts. Only in the Graph API reference; the
        /// guides no longer mention it.
        pub dynamic_text: Option<DynamicText> => any().messenger_only().source(&PAGE_MESSAGES),
    }
    unknown_note("Graph has been seen to refuse unknown members of a message: \"(#100) Invalid keys\".");
    one_of(&["text", "attachment", "attachments", "sticker_id", "template", "dynamic_text"],
        &NO_CONTENT);
    rules(&[&TEXT_AND_ATTACHMENT, &DYNAMIC_TEXT_BESIDE, &SEVERAL_CONTENTS, &STICKER_NO_ID,
        &QUICK_REPLIES_ALONE, &FORMAT_ON_INSTAGRAM], check);
    shapes(&[
        Shape { name: "TextMessage", doc: "A text.", terms: &[("text", Term::Needed),
            ("dynamic_text", Term::Never)] },
        Shape { name: "AttachmentMessage", doc: "An image, audio, video, file or template.",
            terms: &[
            ("attachment", Term::Needed), ("dynamic_text", Term::Never),
        ] },
        Shape { name: "FeedbackMessage",
            doc: "A customer feedback template: what the tag `CUSTOMER_FEEDBACK` is for.", terms: &[
            ("attachment", Term::As("FeedbackAttachment")), ("dynamic_text", Term::Never),
        ] },
        Shape { name: "ImagesMessage", doc: "Several images.", terms: &[
            ("attachments", Term::Needed), ("dynamic_text", Term::Never)] },
        Shape { name: "StickerMessage", doc: "A sticker.", terms: &[
            ("sticker_id", Term::Needed), ("dynamic_text", Term::Never),
                ("quick_replies", Term::Never),
        ] },
        Shape { name: "UtilityMessage", doc: "An approved utility template.", terms: &[
            ("template", Term::Needed), ("dynamic_text", Term::Never),
        ] },
    ]);
}

wire_object! {
    /// A text with a fallback, from the former broadcasts.
    pub struct DynamicText ("dynamic_text", &PAGE_MESSAGES) {
        /// The text, with its macros.
        pub text: String,
        /// The text shown if a macro has no value.
        pub fallback_text: Option<String>,
    }
}

wire_object! {
    /// The message to reply to.
    pub struct ReplyTo ("reply_to", &SEND_API) {
        /// The id of the message, from the person or the Page.
        pub mid: String,
    }
}

static NO_CONTENT: Rule = Rule::error(
    "message.no_content",
    "A message needs exactly one of text, attachment, attachments, sticker_id and template; it has \
     none.",
    &SEND_API,
)
.graph(100);
static SEVERAL_CONTENTS: Rule = Rule::warning(
    "message.several_contents",
    "A message needs exactly one of text, attachment, attachments, sticker_id and template; it has \
     several, and Meta does not say what happens then.",
    &SEND_MESSAGES,
);
static TEXT_AND_ATTACHMENT: Rule = Rule::error(
    "message.text_and_attachment",
    "A message has either text or attachment, not both: send two messages.",
    &SEND_API,
)
.graph(100);
static DYNAMIC_TEXT_BESIDE: Rule = Rule::error(
    "message.dynamic_text_beside_another",
    "Graph accepts only one of text, attachment and dynamic_text; the message has several.",
    &PAGE_MESSAGES,
)
.graph(100);
static STICKER_NO_ID: Rule = Rule::error(
    "sticker_id.no_id",
    "sticker_id must be a whole number or a string of digits.",
    &STICKERS,
);
static QUICK_REPLIES_ALONE: Rule = Rule::warning(
    "quick_replies.without_text_or_attachment",
    "Quick replies are documented with text or an attachment only.",
    &QUICK_REPLIES,
);

static FORMAT_ON_INSTAGRAM: Rule = Rule::warning(
    "media.url.format_on_instagram",
    "Instagram documents png, jpeg and gif images; aac, m4a, wav and mp4 audio; mp4, ogg, avi, mov \
     and webm video; and pdf files.",
    &INSTAGRAM_SEND,
)
.on(Platform::Instagram);

/// What [`Message`] tells the request: it holds a utility template.
pub(super) const IS_UTILITY: u32 = 1 << 0;
/// What [`Message`] tells the request: it holds a customer feedback template.
pub(super) const IS_FEEDBACK: u32 = 1 << 1;
/// What [`Message`] tells the request: its content is unknown.
pub(super) const IS_UNCLEAR: u32 = 1 << 2;
/// What [`Message`] tells the request: it holds a sticker.
pub(super) const IS_STICKER: u32 = 1 << 3;

const TEXT: usize = Message::at("text");
const ATTACHMENT: usize = Message::at("attachment");
const ATTACHMENTS: usize = Message::at("attachments");
const TEMPLATE: usize = Message::at("template");
const STICKER: usize = Message::at("sticker_id");
const DYNAMIC: usize = Message::at("dynamic_text");
const CONTENTS: [usize; 6] = [TEXT, ATTACHMENT, ATTACHMENTS, TEMPLATE, STICKER, DYNAMIC];

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const REPLIES: usize = Message::at("quick_replies");
    let contents = CONTENTS
        .into_iter()
        .filter(|content| members.has(*content))
        .count();
    if members.has(TEXT) && members.has(ATTACHMENT) {
        findings.here(&TEXT_AND_ATTACHMENT);
    } else if members.has(DYNAMIC) && (members.has(TEXT) || members.has(ATTACHMENT)) {
        findings.here(&DYNAMIC_TEXT_BESIDE);
    } else if contents > 1 {
        findings.here(&SEVERAL_CONTENTS);
    }
    if !is_sticker_id(members.value(STICKER)) {
        findings.at(STICKER, &STICKER_NO_ID);
    }
    // The pages on utility messages and multiple images do not say that quick replies are refused.
    let goes_along = [TEXT, ATTACHMENT, ATTACHMENTS, TEMPLATE]
        .into_iter()
        .any(|content| members.has(content));
    if members.has(REPLIES) && contents > 0 && !goes_along {
        findings.at(REPLIES, &QUICK_REPLIES_ALONE);
    }
    if Attachment::has_undocumented_format(members.value(ATTACHMENT)) {
        findings.inside(ATTACHMENT, &["payload", "url"], &FORMAT_ON_INSTAGRAM);
    }
    let utility = if members.has(TEMPLATE) { IS_UTILITY } else { 0 };
    let sticker = if members.has(STICKER) { IS_STICKER } else { 0 };
    utility | sticker | Attachment::summarize(members.value(ATTACHMENT))
}

/// Digits, as a string or a number. A value that is absent, empty or of another type is checked
/// elsewhere.
fn is_sticker_id(value: MemberValue<'_>) -> bool {
    match value {
        MemberValue::Text(text) => text.decoded().bytes().all(|byte| byte.is_ascii_digit()),
        MemberValue::Number(number) => whole_number(number.raw).is_some_and(|id| id >= 0),
        _ => true,
    }
}
