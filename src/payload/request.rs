//! The request: everything that is posted to `/{PAGE-ID}/messages`.

use super::declare::{wire_enum, wire_object};
use super::members::{Findings, Members};
use super::message::{IS_FEEDBACK, IS_STICKER, IS_UNCLEAR, IS_UTILITY};
use super::recipient::BY_TOKEN;
use super::sources::{
    ERROR_CODES, INSTAGRAM_SEND, PAGE_MESSAGES, PERSONAS, SECURE_REQUESTS, SEND_API,
    SENDER_ACTIONS, STICKERS, SUBSCRIPTION_TOKENS, UTILITY,
};
use super::spec::{Platform, Rule};
use super::{Message, Recipient, ReplyTo};

wire_enum! {
    /// The purpose of a message.
    pub enum MessagingType (&SEND_API) {
        /// A response, inside the standard messaging window.
        Response = "RESPONSE",
        /// A message on the business's initiative, inside the standard messaging window.
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
/// The date on which the older tags ended.
const OLD_TAGS_WITHDRAWN: &str = "2020-03-04";

wire_enum! {
    /// The reason why the message may be sent outside the standard messaging window.
    pub enum MessageTag (&SEND_API) {
        /// A human agent answers, within 7 days of the person's message. Needs the Human Agent
        /// feature.
        HumanAgent = "HUMAN_AGENT",
        /// A customer feedback template, within 7 days of the person's last message.
        CustomerFeedback = "CUSTOMER_FEEDBACK" => any().never_on_instagram(),
        /// For Pages registered as news only.
        NonPromotionalSubscription = "NON_PROMOTIONAL_SUBSCRIPTION" => any()
            .deprecated("2020-03-04", "another tag, unless the Page is registered as news")
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
        Withdrawn::new("FEATURE_FUNCTIONALITY_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS)
            .graph(100),
        Withdrawn::new("TICKET_UPDATE", OLD_TAGS_WITHDRAWN, INSTEAD_OF_TAGS).graph(100),
    ]);
}

wire_enum! {
    /// How the person's device notifies about the message.
    pub enum NotificationType (&SEND_API) {
        /// With sound or vibration; the default.
        Regular = "REGULAR",
        /// On the screen only, without sound.
        SilentPush = "SILENT_PUSH",
        /// No notification.
        NoPush = "NO_PUSH",
    }
}

wire_enum! {
    /// An action that the conversation shows for the Page.
    pub enum SenderAction (&SENDER_ACTIONS) {
        /// Show the typing indicator.
        TypingOn = "typing_on",
        /// Hide the typing indicator.
        TypingOff = "typing_off",
        /// Mark the last message as read.
        MarkSeen = "mark_seen",
        /// React to a message; needs `payload.message_id` and `payload.reaction`.
        React = "react",
        /// Remove the reaction; needs `payload.message_id`.
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

wire_enum! {
    /// The outcome of a suggestion made to the Page.
    pub enum SuggestionAction (&PAGE_MESSAGES) {
        /// Listed by Meta's own clients without a description.
        Accept = "ACCEPT",
        /// Listed by Meta's own clients without a description.
        Dismiss = "DISMISS",
        /// Listed by Meta's own clients without a description.
        Impression = "IMPRESSION",
    }
}

wire_object! {
    /// The message that a reaction is for, and the reaction.
    pub struct Reaction ("payload", &SENDER_ACTIONS) {
        /// The id of the message.
        pub message_id: String,
        /// An emoji, for `react` only; Instagram documents `love` only.
        pub reaction: Option<String> => any().not_empty(),
    }
    rules(&[&REACTION_NO_EMOJI, &REACTION_NOT_LOVE], check_reaction);
    shapes(&[
        Shape { name: "ReactPayload", doc: "A reaction to a message.", terms: &[
            ("reaction", Term::Needed)] },
        Shape { name: "UnreactPayload", doc: "The message whose reaction is removed.", terms: &[
            ("reaction", Term::Never)] },
    ]);
}

wire_object! {
    /// A Send API request: exactly what is posted to `/{PAGE-ID}/messages`.
    pub struct SendRequest ("", &SEND_API) {
        /// The recipient.
        pub recipient: Recipient => any().graph(100),
        /// The purpose of the message. The reference requires it with `message`; many samples omit
        /// it.
        pub messaging_type: Option<MessagingType>,
        /// The message.
        pub message: Option<Message>,
        /// The reason why it may be sent outside the standard window; needs `messaging_type:
        /// "MESSAGE_TAG"`.
        pub tag: Option<MessageTag>,
        /// How the person's device notifies about it; `REGULAR` if absent.
        pub notification_type: Option<NotificationType>,
        /// The message to reply to.
        pub reply_to: Option<ReplyTo>,
        /// The numeric id of the persona that sends it; the Page itself if absent.
        pub persona_id: Option<String> => format(Format::DigitsAdvised).not_empty().messenger_only()
            .source(&PERSONAS),
        /// A sender action, instead of a message.
        pub sender_action: Option<SenderAction> => any().source(&SENDER_ACTIONS),
        /// The payload of `react` and `unreact`.
        pub payload: Option<Reaction> => any().source(&SENDER_ACTIONS),
        /// Listed by the reference without a description.
        pub thread_control: Option<serde_json::Map<String, serde_json::Value>> => any()
            .source(&PAGE_MESSAGES),
        /// A folder of the inbox.
        pub folder: Option<Folder> => any().source(&PAGE_MESSAGES),
        /// Listed by Meta's own clients without a description.
        pub suggestion_action: Option<SuggestionAction> => any().source(&PAGE_MESSAGES),
        /// The Page's id, in opt-ins to marketing messages.
        pub page: Option<String> => any().source(&SUBSCRIPTION_TOKENS),
        /// The platform, as the attachment upload API names it.
        pub platform: Option<String> => any().source(&INSTAGRAM_SEND),
        /// Do not set it: the token is an option of `send`, so that a logged request never contains
        /// it.
        pub access_token: Option<String> => any().source(&SECURE_REQUESTS),
    }
    unknown_hints(DRAFT_MEMBERS);
    rules(&[
        &NOTHING_TO_SEND, &MESSAGE_AND_ACTION, &MESSAGING_TYPE_MISSING, &TAG_MISSING, &TAG_ALONE,
            &TAG_UNTYPED, &FEEDBACK_TAG, &STICKER_TAGGED, &UTILITY_TYPE, &UTILITY_TEMPLATE,
        &BESIDE_ACTION, &PAYLOAD_MISSING, &REACTION_MISSING, &REACTION_UNUSED, &PAYLOAD_UNUSED,
            &TOKEN_INSIDE, &SUGGESTION_UNDOCUMENTED,
    ], check);
    shapes(&[
        Shape { name: "ResponseRequest", doc: "A message inside the standard messaging window.",
            terms: &[
            ("messaging_type", Term::MayBe(&["RESPONSE", "UPDATE"])), ("message", Term::Needed),
            ("tag", Term::Never), ("sender_action", Term::Never), ("payload", Term::Never),
                ("access_token", Term::Never),
        ] },
        Shape { name: "HumanAgentRequest",
            doc: "A human agent's answer outside the standard messaging window.", terms: &[
            ("messaging_type", Term::Is(&["MESSAGE_TAG"])), ("message", Term::Needed),
            ("tag", Term::Is(&["HUMAN_AGENT", "NON_PROMOTIONAL_SUBSCRIPTION"])),
                ("sender_action", Term::Never), ("payload", Term::Never),
                ("access_token", Term::Never),
        ] },
        Shape { name: "CustomerFeedbackRequest",
            doc: "A customer feedback template outside the standard messaging window.", terms: &[
            ("messaging_type", Term::Is(&["MESSAGE_TAG"])),
                ("message", Term::As("FeedbackMessage")),
            ("tag", Term::Is(&["CUSTOMER_FEEDBACK"])), ("sender_action", Term::Never),
                ("payload", Term::Never), ("access_token", Term::Never),
        ] },
        Shape { name: "NotificationTokenRequest",
            doc: "A message allowed by a notification token; it needs no tag.", terms: &[
            ("recipient", Term::As("RecipientByOneTimeToken | RecipientByNotificationToken")),
            ("messaging_type", Term::MayBe(&["RESPONSE", "UPDATE", "MESSAGE_TAG"])),
                ("message", Term::Needed),
            ("tag", Term::Never), ("sender_action", Term::Never), ("payload", Term::Never),
                ("access_token", Term::Never),
        ] },
        Shape { name: "UtilityRequest", doc: "A utility message: an approved template.", terms: &[
            ("messaging_type", Term::Is(&["UTILITY"])), ("message", Term::As("UtilityMessage")),
            ("tag", Term::Never), ("sender_action", Term::Never), ("payload", Term::Never),
                ("access_token", Term::Never),
        ] },
        Shape { name: "SenderActionRequest", doc: "Typing, or a message marked as read.", terms: &[
            ("sender_action", Term::Is(&["typing_on", "typing_off", "mark_seen"])),
                ("payload", Term::Never),
            ("message", Term::Never), ("tag", Term::Never), ("messaging_type", Term::Never),
                ("notification_type", Term::Never),
            ("reply_to", Term::Never), ("access_token", Term::Never),
        ] },
        Shape { name: "ReactRequest", doc: "A reaction to a message.", terms: &[
            ("sender_action", Term::Is(&["react"])), ("payload", Term::As("ReactPayload")),
            ("message", Term::Never), ("tag", Term::Never), ("messaging_type", Term::Never),
                ("notification_type", Term::Never),
            ("reply_to", Term::Never), ("persona_id", Term::Never), ("access_token", Term::Never),
        ] },
        Shape { name: "UnreactRequest", doc: "A reaction to remove.", terms: &[
            ("sender_action", Term::Is(&["unreact"])), ("payload", Term::As("UnreactPayload")),
            ("message", Term::Never), ("tag", Term::Never), ("messaging_type", Term::Never),
                ("notification_type", Term::Never),
            ("reply_to", Term::Never), ("persona_id", Term::Never), ("access_token", Term::Never),
        ] },
    ]);
}

/// Members of a draft, which a request does not have.
const DRAFT_MEMBERS: &[(&str, &str)] = &[
    (
        "to",
        "It belongs in a draft, which buildMessage turns into a request. A request has recipient: \
         {id}.",
    ),
    (
        "text",
        "In a request it belongs in message: {text}. A draft has it here: buildMessage turns one \
         into a request.",
    ),
    ("image", IN_A_DRAFT),
    ("audio", IN_A_DRAFT),
    ("video", IN_A_DRAFT),
    ("file", IN_A_DRAFT),
    ("images", IN_A_DRAFT),
    ("template", IN_A_DRAFT),
    ("utility", IN_A_DRAFT),
    ("sticker", IN_A_DRAFT),
    ("react", IN_A_DRAFT),
    ("unreact", IN_A_DRAFT),
    ("buttons", IN_A_DRAFT),
    (
        "attachment",
        "In a request it belongs in message: {attachment}.",
    ),
    (
        "attachments",
        "In a request it belongs in message: {attachments}.",
    ),
    (
        "quick_replies",
        "In a request they belong in message, with text.",
    ),
    ("metadata", "In a request it belongs in message."),
];

const IN_A_DRAFT: &str = "It belongs in a draft, which buildMessage turns into a request.";

static SUGGESTION_UNDOCUMENTED: Rule = Rule::warning(
    "suggestion_action.undocumented",
    "suggestion_action appears in Meta's own clients without a description; its effect is unknown.",
    &PAGE_MESSAGES,
)
.since("2023-05-30");
static NOTHING_TO_SEND: Rule = Rule::error(
    "request.empty",
    "A request needs a message or a sender_action; it has neither.",
    &SEND_API,
)
.graph(100);
static MESSAGE_AND_ACTION: Rule = Rule::error(
    "request.message_and_sender_action",
    "A sender_action needs a request of its own, without a message.",
    &ERROR_CODES,
)
.graph(100);
static MESSAGING_TYPE_MISSING: Rule = Rule::warning(
    "messaging_type.missing",
    "The reference requires messaging_type with a message: RESPONSE, UPDATE, MESSAGE_TAG or \
     UTILITY. Many samples omit it.",
    &SEND_API,
)
.on(Platform::Messenger);
static TAG_MISSING: Rule = Rule::error(
    "tag.missing",
    "messaging_type MESSAGE_TAG needs a tag.",
    &SEND_API,
)
.graph(100);
static TAG_ALONE: Rule = Rule::error(
    "tag.without_message_tag",
    "A tag is allowed with messaging_type MESSAGE_TAG only.",
    &SEND_API,
);
static TAG_UNTYPED: Rule = Rule::warning(
    "tag.without_messaging_type",
    "A tag is documented with messaging_type MESSAGE_TAG, which is absent.",
    &SEND_API,
);
static FEEDBACK_TAG: Rule = Rule::error(
    "tag.feedback_only",
    "The tag CUSTOMER_FEEDBACK is for the customer feedback template only.",
    &SEND_API,
);
static STICKER_TAGGED: Rule = Rule::warning(
    "sticker_id.with_tag",
    "Stickers are documented for the standard messaging window only, and MESSAGE_TAG is for \
     messages outside it.",
    &STICKERS,
);
static UTILITY_TYPE: Rule = Rule::error(
    "messaging_type.utility_without_template",
    "messaging_type UTILITY is for message.template only.",
    &UTILITY,
);
static UTILITY_TEMPLATE: Rule = Rule::warning(
    "messaging_type.template_without_utility",
    "A utility message (message.template) is documented with messaging_type UTILITY.",
    &UTILITY,
);
static BESIDE_ACTION: Rule = Rule::warning(
    "sender_action.unused_member",
    "A sender action is documented with recipient only (and payload, for react and unreact).",
    &SENDER_ACTIONS,
);
static PAYLOAD_MISSING: Rule = Rule::error(
    "payload.missing",
    "The sender actions react and unreact need payload.message_id.",
    &SENDER_ACTIONS,
);
static PAYLOAD_UNUSED: Rule = Rule::warning(
    "payload.unused",
    "payload is for the sender actions react and unreact only.",
    &SENDER_ACTIONS,
);
static REACTION_MISSING: Rule = Rule::error(
    "payload.reaction.missing",
    "The sender action react needs payload.reaction: an emoji.",
    &SENDER_ACTIONS,
);
static REACTION_UNUSED: Rule = Rule::warning(
    "payload.reaction.unused",
    "The sender action unreact takes no payload.reaction.",
    &SENDER_ACTIONS,
);
static REACTION_NO_EMOJI: Rule = Rule::warning(
    "payload.reaction.no_emoji",
    "On Messenger payload.reaction is documented as an emoji; this one has letters.",
    &SENDER_ACTIONS,
)
.on(Platform::Messenger);
static REACTION_NOT_LOVE: Rule = Rule::warning(
    "payload.reaction.not_love",
    "On Instagram payload.reaction is documented as love only.",
    &INSTAGRAM_SEND,
)
.on(Platform::Instagram);
static TOKEN_INSIDE: Rule = Rule::warning(
    "access_token.inside",
    "The access token is an option of send; in a request it is stored and logged wherever the \
     request is.",
    &SECURE_REQUESTS,
);

/// What [`Reaction`] tells the request: it has a `reaction`.
const HAS_REACTION: u32 = 1;

fn check_reaction(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const REACTION: usize = Reaction::at("reaction");
    if let Some(text) = members.text(REACTION) {
        let text = text.decoded();
        match members.platform() {
            Platform::Instagram if text != "love" => findings.at(REACTION, &REACTION_NOT_LOVE),
            Platform::Messenger if text.bytes().any(|byte| byte.is_ascii_alphabetic()) => {
                findings.at(REACTION, &REACTION_NO_EMOJI)
            }
            _ => {}
        }
    }
    if members.has(REACTION) {
        HAS_REACTION
    } else {
        0
    }
}

const RECIPIENT: usize = SendRequest::at("recipient");
const MESSAGE: usize = SendRequest::at("message");
const MESSAGING_TYPE: usize = SendRequest::at("messaging_type");
const TAG: usize = SendRequest::at("tag");
const SENDER_ACTION: usize = SendRequest::at("sender_action");
const PAYLOAD: usize = SendRequest::at("payload");

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    match (members.has(MESSAGE), members.has(SENDER_ACTION)) {
        (false, false) => findings.here(&NOTHING_TO_SEND),
        (true, true) => findings.here(&MESSAGE_AND_ACTION),
        _ => {}
    }
    if members.has(const { SendRequest::at("access_token") }) {
        findings.at(const { SendRequest::at("access_token") }, &TOKEN_INSIDE);
    }
    if members.has(const { SendRequest::at("suggestion_action") }) {
        findings.at(
            const { SendRequest::at("suggestion_action") },
            &SUGGESTION_UNDOCUMENTED,
        );
    }
    check_purpose(members, findings);
    check_action(members, findings);
    0
}

/// `messaging_type`, `tag` and the content that they entitle.
fn check_purpose(members: &Members<'_>, findings: &mut Findings<'_>) {
    let message = members.summary(MESSAGE);
    let unclear = message & IS_UNCLEAR != 0;
    let by_token = members.summary(RECIPIENT) & BY_TOKEN != 0;
    let utility = members.is(MESSAGING_TYPE, const { MessagingType::at("UTILITY") });
    if members.has(MESSAGE)
        && !members.has(MESSAGING_TYPE)
        && !members.has(SENDER_ACTION)
        && members.platform() == Platform::Messenger
    {
        findings.at(MESSAGING_TYPE, &MESSAGING_TYPE_MISSING);
    }
    if members.is(MESSAGING_TYPE, const { MessagingType::at("MESSAGE_TAG") }) {
        if !members.has(TAG) && !by_token {
            findings.at(TAG, &TAG_MISSING);
        }
        if message & IS_STICKER != 0 {
            findings.inside(MESSAGE, &["sticker_id"], &STICKER_TAGGED);
        }
    } else if members.has(TAG) && members.has_known_value(MESSAGING_TYPE) {
        findings.at(TAG, &TAG_ALONE);
    } else if members.has(TAG) && members.has(MESSAGE) && !members.has(MESSAGING_TYPE) {
        // Many senders omit it, and no source says that Graph refuses the message then.
        findings.at(TAG, &TAG_UNTYPED);
    }
    if members.is(TAG, const { MessageTag::at("CUSTOMER_FEEDBACK") })
        && members.has(MESSAGE)
        && !unclear
        && message & IS_FEEDBACK == 0
    {
        findings.at(TAG, &FEEDBACK_TAG);
    }
    if utility && members.has(MESSAGE) && !unclear && message & IS_UTILITY == 0 {
        findings.at(MESSAGING_TYPE, &UTILITY_TYPE);
    }
    if !utility && members.has_known_value(MESSAGING_TYPE) && message & IS_UTILITY != 0 {
        findings.at(MESSAGING_TYPE, &UTILITY_TEMPLATE);
    }
}

/// `sender_action`, and the members allowed with it.
fn check_action(members: &Members<'_>, findings: &mut Findings<'_>) {
    // A persona can show as typing, so `persona_id` is not among them.
    const BESIDE: [usize; 4] = [
        MESSAGING_TYPE,
        TAG,
        SendRequest::at("notification_type"),
        SendRequest::at("reply_to"),
    ];
    let react = members.is(SENDER_ACTION, const { SenderAction::at("react") });
    let unreact = members.is(SENDER_ACTION, const { SenderAction::at("unreact") });
    if members.has(SENDER_ACTION) && !members.has(MESSAGE) {
        for member in BESIDE {
            if members.has(member) {
                findings.at(member, &BESIDE_ACTION);
            }
        }
    }
    if (react || unreact) && !members.has(PAYLOAD) {
        findings.at(PAYLOAD, &PAYLOAD_MISSING);
    }
    if members.is_object(PAYLOAD) {
        let reaction = members.summary(PAYLOAD) & HAS_REACTION != 0;
        if react && !reaction {
            findings.inside(PAYLOAD, &["reaction"], &REACTION_MISSING);
        } else if unreact && reaction {
            findings.inside(PAYLOAD, &["reaction"], &REACTION_UNUSED);
        }
    }
    let unknown_action = members.has(SENDER_ACTION) && !members.has_known_value(SENDER_ACTION);
    if members.has(PAYLOAD) && !react && !unreact && !unknown_action {
        findings.at(PAYLOAD, &PAYLOAD_UNUSED);
    }
}
