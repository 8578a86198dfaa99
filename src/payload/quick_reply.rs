//! Quick replies: buttons above the composer that send a prepared answer.

use super::StringOrNumber;
use super::declare::{wire_enum, wire_object};
use super::members::{Findings, Members};
use super::sources::{INSTAGRAM_CHANGELOG, QUICK_REPLIES};
use super::spec::{Limits, Rule, any};

wire_enum! {
    /// What a quick reply sends.
    pub enum QuickReplyType (&QUICK_REPLIES) {
        /// Its title, as a text.
        Text = "text",
        /// The person's phone number, from the profile.
        UserPhoneNumber = "user_phone_number" => gone_from_instagram(),
        /// The person's email address, from the profile.
        UserEmail = "user_email" => gone_from_instagram(),
    }
    withdrawn(&[Withdrawn::new("location", "2019-10-29", "a text that asks for the address")
        .graph(100)]);
}

/// Instagram removed these from all versions of the API.
const fn gone_from_instagram() -> Limits {
    any()
        .withdrawn_on_instagram("2026-10-05")
        .source(&INSTAGRAM_CHANGELOG)
}

wire_object! {
    /// One quick reply.
    pub struct QuickReply ("quick_reply", &QUICK_REPLIES) {
        /// What it sends.
        pub content_type: QuickReplyType = QuickReplyType::Text,
        /// Its label, at most 20 characters. Required for `text`; may be empty with an `image_url`.
        /// Instagram cuts off a longer one.
        pub title: Option<String> => visible(20).instagram_truncates(),
        /// The payload of the webhook, at most 1000 characters. Required for `text`; may be empty
        /// with an `image_url`.
        pub payload: Option<StringOrNumber> => at_most(1000),
        /// The URL of an image next to the label, at least 24 x 24 pixels; for `text` only, not on
        /// Instagram.
        pub image_url: Option<String> => format(Format::Url).not_empty().never_on_instagram(),
    }
    rules(&[&TITLE_MISSING, &TITLE_EMPTY, &TITLE_ONLY_IMAGE, &PAYLOAD_MISSING, &PAYLOAD_EMPTY,
        &UNUSED], check);
    shapes(&[
        Shape { name: "TextQuickReply", doc: "A quick reply that sends its title.", terms: &[
            ("content_type", Term::Is(&["text"])), ("title", Term::Needed),
                ("payload", Term::Needed),
        ] },
        Shape { name: "ContactQuickReply",
            doc: "A quick reply that sends the person's phone number or email address.",
            terms: &[
            ("content_type", Term::Is(&["user_phone_number", "user_email"])),
            ("title", Term::Never), ("payload", Term::Never), ("image_url", Term::Never),
        ] },
    ]);
}

static TITLE_MISSING: Rule = Rule::error(
    "quick_reply.title.missing",
    "A quick reply of content_type text needs a title of 1 to 20 characters.",
    &QUICK_REPLIES,
);
static TITLE_EMPTY: Rule = Rule::error(
    "quick_reply.title.empty",
    "A quick reply's title may be empty only with an image_url.",
    &QUICK_REPLIES,
);
static TITLE_ONLY_IMAGE: Rule = Rule::warning(
    "quick_reply.title.only_image",
    "Meta's pages disagree on whether a quick reply with an image may have an empty title: give it \
     one.",
    &QUICK_REPLIES,
);
static PAYLOAD_MISSING: Rule = Rule::error(
    "quick_reply.payload.missing",
    "A quick reply of content_type text needs a payload of 1 to 1000 characters.",
    &QUICK_REPLIES,
);
static PAYLOAD_EMPTY: Rule = Rule::error(
    "quick_reply.payload.empty",
    "A quick reply's payload may be empty only with an image_url.",
    &QUICK_REPLIES,
);
static UNUSED: Rule = Rule::warning(
    "quick_reply.unused_member",
    "A quick reply of content_type user_phone_number or user_email takes no title, payload or \
     image_url: its label comes from the person's profile.",
    &QUICK_REPLIES,
);

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const CONTENT_TYPE: usize = QuickReply::at("content_type");
    const TITLE: usize = QuickReply::at("title");
    const PAYLOAD: usize = QuickReply::at("payload");
    const IMAGE: usize = QuickReply::at("image_url");
    if members.is(CONTENT_TYPE, const { QuickReplyType::at("text") }) {
        let image = members.has_content(IMAGE);
        if !members.has(TITLE) {
            findings.at(TITLE, &TITLE_MISSING);
        } else if members.is_empty(TITLE) {
            findings.at(
                TITLE,
                if image {
                    &TITLE_ONLY_IMAGE
                } else {
                    &TITLE_EMPTY
                },
            );
        }
        if !members.has(PAYLOAD) {
            findings.at(PAYLOAD, &PAYLOAD_MISSING);
        } else if members.is_empty(PAYLOAD) && !image {
            findings.at(PAYLOAD, &PAYLOAD_EMPTY);
        }
    } else if members.is(
        CONTENT_TYPE,
        const { QuickReplyType::at("user_phone_number") },
    ) || members.is(CONTENT_TYPE, const { QuickReplyType::at("user_email") })
    {
        for member in [TITLE, PAYLOAD, IMAGE] {
            if members.has(member) {
                findings.at(member, &UNUSED);
            }
        }
    }
    0
}
