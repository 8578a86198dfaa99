//! The envelope: everything that is posted to `/{PAGE-ID}/messages`.

use super::declare::{wire_enum, wire_object};
use super::facts::{Fact, Findings, Members};
use super::message::{IS_FEEDBACK, IS_UNCLEAR, IS_UTILITY};
use super::recipient::BY_TOKEN;
use super::sources::{
    CHANGELOG, ERROR_CODES, FEEDBACK, INSTAGRAM_SEND, ONE_TIME_NOTIFICATION, PAGE_MESSAGES, PERSONAS, SECURE_REQUESTS, SEND_API, SENDER_ACTIONS,
    SUBSCRIPTION_TOKENS, UTILITY,
};
use super::spec::{Format, Platform, Rule, Shape, Source, Term, Withdrawn, any, format};
use super::{Message, Recipient, ReplyTo};

wire_enum! {
    /// Why the message is sent.
    pub enum MessagingType (&SEND_API) {
        /// An answer, inside the standard messaging window.
        Response = "RESPONSE",
        /// Not an answer, but inside the standard messaging window.
        Update = "UPDATE",
        /// Outside the standard messaging window, with a `tag`; not promotional.
        MessageTag = "MESSAGE_TAG",
        /// A utility message: an approved template in `message.template`.
        Utility = "UTILITY" => any().messenger_only(),
    }
}

/// The date from which the three tags are refused.
const TAGS_WITHDRAWN: &str = "2026-04-27";
const INSTEAD_OF_TAGS: &str = "a utility message (messaging_type UTILITY with message.template)";
/// The date of the older tags' end.
const OLD_TAGS_WITHDRAWN: &str = "2020-03-04";

wire_enum! {
    /// What entitles the message to be sent outside the standard messaging window.
    pub enum MessageTag (&SEND_API) {
        /// A person answers, within 7 days of the message that they answer. Needs the Human Agent feature.
        HumanAgent = "HUMAN_AGENT",
        /// A customer feedback template, within 7 days of the person's last message.
        CustomerFeedback = "CUSTOMER_FEEDBACK" => any().never_on_instagram(),
        /// Pages registered as news only.
        NonPromotionalSubscription = "NON_PROMOTIONAL_SUBSCRIPTION" => any().deprecated("2020-03-04", "another tag, unless the Page is registered as news")
            .messenger_only(),
    }
    withdrawn(&[
        Withdrawn::new("ACCOUNT_UPDATE", TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("CONFIRMED_EVENT_UPDATE", TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("POST_PURCHASE_UPDATE", TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("BUSINESS_PRODUCTIVITY", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("COMMUNITY_ALERT", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("CONFIRMED_EVENT_REMINDER", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("PAIRING_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("APPLICATION_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("PAYMENT_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("PERSONAL_FINANCE_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("SHIPPING_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("RESERVATION_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("ISSUE_RESOLUTION", OLD_TAGS_WITHDRAWN, "HUMAN_AGENT").graph(100),
        Withdrawn::new("APPOINTMENT_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("GAME_EVENT", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("TRANSPORTATION_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("FEATURE_FUNCTIONALITY_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
        Withdrawn::new("TICKET_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
    ]);
}

wire_enum! {
    /// How the person's device tells of the message.
    pub enum NotificationType (&SEND_API) {
        /// With sound or vibration: the default.
        Regular = "REGULAR",
        /// On the screen only.
        SilentPush = "SILENT_PUSH",
        /// Not at all.
        NoPush = "NO_PUSH",
    }
}

wire_enum! {
    /// What the Page is seen doing in the conversation.
    pub enum SenderAction (&SENDER_ACTIONS) {
        /// Show that an answer is being typed.
        TypingOn = "typing_on",
        /// Show it no more.
        TypingOff = "typing_off",
        /// Mark the last message as read.
        MarkSeen = "mark_seen",
        /// React to a message; needs `payload.message_id` and `payload.reaction`.
        React = "react",
        /// Take the reaction back; needs `payload.message_id`.
        Unreact = "unreact",
    }
    any_case();
}

wire_enum! {
    /// A folder of the Page's inbox.
    pub enum Folder (&PAGE_MESSAGES) {
        /// Listed by the reference without a description.
        Partnership = "PARTNERSHIP",
    }
}

wire_object! {
    /// The message a reaction is for, and the reaction.
    pub struct Reaction ("payload", &SENDER_ACTIONS) {
        /// The id of the message.
        pub message_id: String,
        /// An emoji, for `react` only; Instagram documents `love` only.
        pub reaction: Option<String> => any().not_empty(),
    }
    rules(&[&REACTION_NO_EMOJI, &REACTION_NOT_LOVE], check_reaction);
    shapes(&[
        Shape { name: "ReactPayload", doc: "A reaction to a message.", terms: &[("reaction", Term::Needed)] },
        Shape { name: "UnreactPayload", doc: "The message whose reaction is taken back.", terms: &[("reaction", Term::Never)] },
    ]);
}

wire_object! {
    /// A request to the Send API: exactly what is posted to `/{PAGE-ID}/messages`.
    pub struct SendRequest ("", &SEND_API) {
        /// Who receives it.
        pub recipient: Recipient => any().graph(100),
        /// Why it is sent. The reference requires it beside `message`; many samples leave it out.
        pub messaging_type: Option<MessagingType>,
        /// The message.
        pub message: Option<Message>,
        /// What entitles it to be sent outside the standard window; needs `messaging_type: "MESSAGE_TAG"`.
        pub tag: Option<MessageTag>,
        /// How the person's device tells of it; `REGULAR` if absent.
        pub notification_type: Option<NotificationType>,
        /// The message that this one answers.
        pub reply_to: Option<ReplyTo>,
        /// The persona that speaks, by its numeric id; the Page itself if absent.
        pub persona_id: Option<String> => format(Format::DigitsAdvised).not_empty().messenger_only().source(&PERSONAS),
        /// A sender action, instead of a message.
        pub sender_action: Option<SenderAction> => any().source(&SENDER_ACTIONS),
        /// What `react` and `unreact` are about.
        pub payload: Option<Reaction> => any().source(&SENDER_ACTIONS),
        /// Listed by the reference without a description.
        pub thread_control: Option<serde_json::Map<String, serde_json::Value>> => any().source(&PAGE_MESSAGES),
        /// A folder of the inbox.
        pub folder: Option<Folder> => any().source(&PAGE_MESSAGES),
        /// The Page's id, in opt-ins to marketing messages.
        pub page: Option<String> => any().source(&SUBSCRIPTION_TOKENS),
        /// The platform, as the upload of attachments names it.
        pub platform: Option<String> => any().source(&INSTAGRAM_SEND),
    }
    rules(&[
        &NOTHING_TO_SEND, &MESSAGE_AND_ACTION, &MESSAGING_TYPE_MISSING, &TAG_MISSING, &TAG_ALONE, &FEEDBACK_TAG, &UTILITY_TYPE, &UTILITY_TEMPLATE,
        &BESIDE_ACTION, &PAYLOAD_MISSING, &REACTION_MISSING, &REACTION_UNUSED, &PAYLOAD_UNUSED, &TOKEN_INSIDE,
    ], check);
    shapes(&[
        Shape { name: "ResponseRequest", doc: "A message inside the standard messaging window.", terms: &[
            ("messaging_type", Term::MayBe(&["RESPONSE", "UPDATE"])), ("message", Term::Needed),
            ("tag", Term::Never), ("sender_action", Term::Never), ("payload", Term::Never),
        ] },
        Shape { name: "HumanAgentRequest", doc: "A person's answer outside the standard messaging window.", terms: &[
            ("messaging_type", Term::Is(&["MESSAGE_TAG"])), ("message", Term::Needed),
            ("tag", Term::Is(&["HUMAN_AGENT", "NON_PROMOTIONAL_SUBSCRIPTION"])), ("sender_action", Term::Never), ("payload", Term::Never),
        ] },
        Shape { name: "CustomerFeedbackRequest", doc: "A customer feedback template outside the standard messaging window.", terms: &[
            ("messaging_type", Term::Is(&["MESSAGE_TAG"])), ("message", Term::As("AttachmentMessage")),
            ("tag", Term::Is(&["CUSTOMER_FEEDBACK"])), ("sender_action", Term::Never), ("payload", Term::Never),
        ] },
        Shape { name: "NotificationTokenRequest", doc: "A message that a notification token entitles to; it needs no tag.", terms: &[
            ("recipient", Term::As("RecipientByOneTimeToken")),
            ("messaging_type", Term::MayBe(&["RESPONSE", "UPDATE", "MESSAGE_TAG"])), ("message", Term::Needed),
            ("tag", Term::Never), ("sender_action", Term::Never), ("payload", Term::Never),
        ] },
        Shape { name: "UtilityRequest", doc: "A utility message: an approved template.", terms: &[
            ("messaging_type", Term::Is(&["UTILITY"])), ("message", Term::As("UtilityMessage")),
            ("tag", Term::Never), ("sender_action", Term::Never), ("payload", Term::Never),
        ] },
        Shape { name: "SenderActionRequest", doc: "Typing, or a message marked as read.", terms: &[
            ("sender_action", Term::Is(&["typing_on", "typing_off", "mark_seen"])), ("payload", Term::Never),
            ("message", Term::Never), ("tag", Term::Never), ("messaging_type", Term::Never), ("notification_type", Term::Never),
            ("reply_to", Term::Never), ("persona_id", Term::MayStay),
        ] },
        Shape { name: "ReactRequest", doc: "A reaction to a message.", terms: &[
            ("sender_action", Term::Is(&["react"])), ("payload", Term::As("ReactPayload")),
            ("message", Term::Never), ("tag", Term::Never), ("messaging_type", Term::Never), ("notification_type", Term::Never),
            ("reply_to", Term::Never), ("persona_id", Term::Never),
        ] },
        Shape { name: "UnreactRequest", doc: "A reaction taken back.", terms: &[
            ("sender_action", Term::Is(&["unreact"])), ("payload", Term::As("UnreactPayload")),
            ("message", Term::Never), ("tag", Term::Never), ("messaging_type", Term::Never), ("notification_type", Term::Never),
            ("reply_to", Term::Never), ("persona_id", Term::Never),
        ] },
    ]);
}
