//! The opt-in template for recurring notifications and marketing messages.

use super::Template;
use crate::payload::declare::{wire_enum, wire_object};
use crate::payload::members::{Findings, Members};
use crate::payload::sources::SUBSCRIPTION_TOKENS;
use crate::payload::spec::{Platform, Rule};

/// The replacement of a member that is no longer needed.
const NOTHING: &str = "nothing instead";
/// The date on which the notification frequency ended.
const FREQUENCY_DEPRECATED: &str = "2023-02-02";
/// The date since which tokens do not expire.
const REOPTIN_DEPRECATED: &str = "2023-08-10";

wire_enum! {
    /// The label of the button that allows the notifications.
    pub enum NotificationCallToAction (&SUBSCRIPTION_TOKENS) {
        /// "Get updates": the default.
        GetUpdates = "GET_UPDATES",
        /// "Allow".
        Allow = "ALLOW",
        /// "Get".
        Get = "GET",
        /// "Opt in".
        OptIn = "OPT_IN",
        /// "Sign up".
        SignUp = "SIGN_UP",
        /// A label that follows from the frequency. Only on Instagram's page and in older clients.
        Frequency = "FREQUENCY",
    }
}

wire_enum! {
    /// How often notifications come.
    pub enum NotificationFrequency (&SUBSCRIPTION_TOKENS) {
        /// Every day.
        Daily = "DAILY",
        /// Every week.
        Weekly = "WEEKLY",
        /// Every month.
        Monthly = "MONTHLY",
    }
}

wire_enum! {
    /// Whether the person is asked again when the token expires.
    pub enum NotificationReoptin (&SUBSCRIPTION_TOKENS) {
        /// Yes.
        Enabled = "ENABLED",
        /// No.
        Disabled = "DISABLED",
    }
}

wire_enum! {
    /// The aspect ratio of a notification's image.
    pub enum NotificationImageRatio (&SUBSCRIPTION_TOKENS) {
        /// 1.91:1.
        Horizontal = "HORIZONTAL",
        /// 1:1.
        Square = "SQUARE",
    }
    any_case();
}

wire_object! {
    /// Asks whether the business may send recurring notifications. On Instagram all members belong
    /// in `elements[0]`.
    pub struct NotificationMessagesTemplate ("notification_messages", &SUBSCRIPTION_TOKENS) is Template::NotificationMessages {
        /// The topic, at most 65 characters; "Updates and promotions" if absent.
        pub title: Option<String> => visible(65),
        /// The URL of the image.
        pub image_url: Option<String> => format(Format::Url),
        /// The payload of the opt-in webhook.
        pub payload: Option<String>,
        /// The time zone, such as `Europe/Lisbon`.
        pub notification_messages_timezone: Option<String>,
        /// The label of the button.
        pub notification_messages_cta_text: Option<NotificationCallToAction>,
        /// How often they come; no longer used.
        pub notification_messages_frequency: Option<NotificationFrequency> => any()
            .deprecated(FREQUENCY_DEPRECATED, NOTHING),
        /// Whether the person is asked again; no longer used.
        pub notification_messages_reoptin: Option<NotificationReoptin> => any()
            .deprecated(REOPTIN_DEPRECATED, NOTHING),
        /// The aspect ratio of the image.
        pub image_aspect_ratio: Option<NotificationImageRatio>,
        /// The images of a carousel; on Instagram one element with all members.
        pub elements [element]: Option<Vec<NotificationMessagesElement>>,
    }
    rules(&[&PAYLOAD_MISSING], check);
}

wire_object! {
    /// An image of the carousel; on Instagram the element with all members.
    pub struct NotificationMessagesElement ("notification_messages", &SUBSCRIPTION_TOKENS) {
        /// The topic, at most 65 characters; "Updates and promotions" if absent.
        pub title: Option<String> => visible(65),
        /// The URL of the image.
        pub image_url: Option<String> => format(Format::Url),
        /// The payload of the opt-in webhook.
        pub payload: Option<String>,
        /// The time zone, such as `Europe/Lisbon`.
        pub notification_messages_timezone: Option<String>,
        /// The label of the button.
        pub notification_messages_cta_text: Option<NotificationCallToAction>,
        /// How often they come; no longer used on Messenger.
        pub notification_messages_frequency: Option<NotificationFrequency> => any()
            .deprecated(FREQUENCY_DEPRECATED, NOTHING),
        /// Whether the person is asked again; no longer used.
        pub notification_messages_reoptin: Option<NotificationReoptin> => any()
            .deprecated(REOPTIN_DEPRECATED, NOTHING),
        /// The aspect ratio of the image.
        pub image_aspect_ratio: Option<NotificationImageRatio>,
    }
}

static PAYLOAD_MISSING: Rule = Rule::warning(
    "notification_messages.payload.missing",
    "Every sample of this template has a payload, which the opt-in webhook carries.",
    &SUBSCRIPTION_TOKENS,
)
.on(Platform::Messenger);

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const PAYLOAD: usize = NotificationMessagesTemplate::at("payload");
    let elsewhere = members.has(const { NotificationMessagesTemplate::at("elements") });
    if members.platform() == Platform::Messenger && !members.has(PAYLOAD) && !elsewhere {
        findings.at(PAYLOAD, &PAYLOAD_MISSING);
    }
    0
}
