//! The recipient of a message.

use super::Id;
use super::declare::wire_object;
use super::members::{Findings, Members};
use super::sources::{
    ONE_TIME_NOTIFICATION, PRIVATE_REPLIES, RECIPIENT_TYPE, SEND_API, SUBSCRIPTION_TOKENS,
};
use super::spec::Rule;

wire_object! {
    /// The recipient of a message, identified by exactly one member (and `name`).
    pub struct Recipient ("recipient", &SEND_API) {
        /// The person's Page-scoped id (PSID), or Instagram-scoped id (IGSID). It belongs to one
        /// Page: use that Page's token.
        pub id: Option<Id> => any().not_empty().graph(100),
        /// The reference of the checkbox plugin. The receipt then has no `recipient_id`.
        pub user_ref: Option<String> => any().not_empty(),
        /// The comment to reply to privately: one message, within 7 days.
        pub comment_id: Option<String> => any().not_empty().source(&PRIVATE_REPLIES),
        /// The visitor post to reply to privately: one message, within 7 days.
        pub post_id: Option<String> => any().not_empty().messenger_only().source(&PRIVATE_REPLIES),
        /// The person's phone number, such as `+1(212)555-2368` (customer matching, legacy). The
        /// receipt then has no `recipient_id`.
        pub phone_number: Option<String> => format(Format::PhoneAdvised).not_empty()
            .messenger_only().source(&RECIPIENT_TYPE),
        /// The person's name, with `phone_number` only.
        pub name: Option<RecipientName> => any().messenger_only().source(&RECIPIENT_TYPE),
        /// The token of a one-time notification: one message, within a year.
        pub one_time_notif_token: Option<String> => any().not_empty().never_on_instagram()
            .source(&ONE_TIME_NOTIFICATION),
        /// The token of a recurring notification.
        pub notification_messages_token: Option<String> => any().not_empty()
            .deprecated("2026-02-10", "the Marketing Messages API").source(&SUBSCRIPTION_TOKENS),
    }
    exactly_one(
        &["id", "user_ref", "comment_id", "post_id", "phone_number", "one_time_notif_token",
            "notification_messages_token"],
        &NO_FORM, &SEVERAL_FORMS,
    );
    rules(&[
        &NAME_WITHOUT_PHONE, &ID_UNSET, &ID_PLACEHOLDER, &ID_EXPONENT, &ID_PHONE_NUMBER,
            &ID_WHITE_SPACE,
        &ID_UNUSUAL,
    ], check);
    shapes(&[
        Shape { name: "RecipientById", doc: "A person, by id.", terms: &[("id", Term::Needed),
            ("name", Term::Never)] },
        Shape { name: "RecipientByUserRef", doc: "A person, by the checkbox plugin.", terms: &[
            ("user_ref", Term::Needed), ("name", Term::Never)] },
        Shape { name: "RecipientByComment", doc: "The author of a comment.", terms: &[
            ("comment_id", Term::Needed), ("name", Term::Never)] },
        Shape { name: "RecipientByPost", doc: "The author of a visitor post.", terms: &[
            ("post_id", Term::Needed), ("name", Term::Never)] },
        Shape { name: "RecipientByPhone", doc: "A person, by phone number.", terms: &[
            ("phone_number", Term::Needed)] },
        Shape { name: "RecipientByOneTimeToken", doc: "A person who allowed one message.", terms: &[
            ("one_time_notif_token", Term::Needed), ("name", Term::Never)] },
        Shape { name: "RecipientByNotificationToken", doc: "A person who allowed messages.",
            terms: &[("notification_messages_token", Term::Needed), ("name", Term::Never)] },
    ]);
}

wire_object! {
    /// The name of a person who is found by phone number.
    pub struct RecipientName ("recipient.name", &RECIPIENT_TYPE) {
        /// The first name.
        pub first_name: Option<String>,
        /// The last name.
        pub last_name: Option<String>,
    }
}

/// What [`Recipient`] tells the request: the person is reached by a notification token, so no tag
/// is needed.
pub(super) const BY_TOKEN: u32 = 1;

static NO_FORM: Rule = Rule::error(
    "recipient.none",
    "A recipient needs exactly one of id, user_ref, comment_id, post_id, phone_number, \
     one_time_notif_token and notification_messages_token; it has none.",
    &SEND_API,
)
.graph(100);
static SEVERAL_FORMS: Rule = Rule::error(
    "recipient.several",
    "A recipient needs exactly one of id, user_ref, comment_id, post_id, phone_number, \
     one_time_notif_token and notification_messages_token; it has several.",
    &SEND_API,
);
static NAME_WITHOUT_PHONE: Rule = Rule::warning(
    "recipient.name.without_phone_number",
    "A recipient's name is allowed with phone_number only.",
    &RECIPIENT_TYPE,
);

static ID_UNSET: Rule = Rule::error(
    "recipient.id.unset",
    "recipient.id is a missing value turned into text (undefined, null, NaN, [object Object]): \
     check where the id comes from.",
    &SEND_API,
)
.graph(100);
static ID_PLACEHOLDER: Rule = Rule::error(
    "recipient.id.placeholder",
    "recipient.id is an unfilled placeholder: put the person's id there, a string of digits.",
    &SEND_API,
)
.graph(100);
static ID_EXPONENT: Rule = Rule::error(
    "recipient.id.exponent",
    "recipient.id has an exponent, as a spreadsheet shows large numbers: its last digits are lost. \
     Store ids as text.",
    &SEND_API,
)
.graph(100);
static ID_PHONE_NUMBER: Rule = Rule::error(
    "recipient.id.phone_number",
    "recipient.id is a phone number: use recipient.phone_number.",
    &SEND_API,
)
.graph(100);
static ID_WHITE_SPACE: Rule = Rule::error(
    "recipient.id.white_space",
    "recipient.id has a space or a plus sign; an id is a string of digits.",
    &SEND_API,
)
.graph(100);
static ID_UNUSUAL: Rule = Rule::warning(
    "recipient.id.unusual",
    "recipient.id is not a string of digits; Graph has been seen to refuse such ids (\"must be a \
     valid ID string\").",
    &SEND_API,
);

/// The problem with a person's id.
fn check_id(id: &str) -> Option<&'static Rule> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(id) {
        return None;
    }
    let trimmed = id.trim();
    let is_between =
        |start, end| trimmed.len() > 2 && trimmed.starts_with(start) && trimmed.ends_with(end);
    let mut pairs = trimmed.as_bytes().windows(2);
    let is_placeholder = pairs.any(|pair| pair == b"{{" || pair == b"${")
        || is_between('<', '>')
        || is_between('{', '}')
        || is_between('%', '%')
        || trimmed.get(..5).is_some_and(|start| {
            start.eq_ignore_ascii_case("your_") || start.eq_ignore_ascii_case("your-")
        });
    // `7.001E+15`, also with a decimal comma.
    let is_exponent = trimmed
        .split_once(['e', 'E'])
        .is_some_and(|(digits, exponent)| {
            let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
            let starts_with_digit = digits.starts_with(|first: char| first.is_ascii_digit());
            let digits = digits.replacen(['.', ','], "", 1);
            starts_with_digit && is_digits(&digits) && !exponent.is_empty() && is_digits(exponent)
        });
    let is_phone_number = trimmed.strip_prefix('+').is_some_and(|rest| {
        let is_separator = |byte| matches!(byte, b' ' | b'(' | b')' | b'-' | b'.');
        rest.bytes().any(|byte| byte.is_ascii_digit())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_digit() || is_separator(byte))
    });
    Some(
        if matches!(trimmed, "undefined" | "null" | "NaN" | "[object Object]") {
            &ID_UNSET
        } else if is_placeholder {
            &ID_PLACEHOLDER
        } else if is_exponent {
            &ID_EXPONENT
        } else if is_phone_number {
            &ID_PHONE_NUMBER
        } else if id.contains(|letter: char| letter == '+' || letter.is_whitespace()) {
            &ID_WHITE_SPACE
        } else {
            &ID_UNUSUAL
        },
    )
}

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const NAME: usize = Recipient::at("name");
    const ID: usize = Recipient::at("id");
    if let Some(id) = members.text(ID)
        // Most ids need no further check.
        && !id.raw.iter().all(u8::is_ascii_digit)
        && let Some(rule) = check_id(&id.decoded())
    {
        findings.at(ID, rule);
    }
    if members.has(NAME) && !members.has(const { Recipient::at("phone_number") }) {
        findings.at(NAME, &NAME_WITHOUT_PHONE);
    }
    let token = members.has(const { Recipient::at("one_time_notif_token") })
        || members.has(const { Recipient::at("notification_messages_token") });
    if token { BY_TOKEN } else { 0 }
}
