//! The template that asks for recurring notifications; the opt-in to marketing messages is the same
//! template.

use super::Template;
use crate::payload::declare::{wire_enum, wire_object};
use crate::payload::members::{Findings, Members};
use crate::payload::sources::SUBSCRIPTION_TOKENS;
use crate::payload::spec::{Platform, Rule};

/// What takes the place of a member that is no longer needed.
const NOTHING: &str = "nothing in its place";
/// The end of the notifications' frequency.
const FREQUENCY_DEPRECATED: &str = "2023-02-02";
/// The date from which tokens do not expire.
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
        /// After the frequency. On Instagram's page and in older clients.
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
    /// Whether the person is asked again when the token ends.
    pub enum NotificationReoptin (&SUBSCRIPTION_TOKENS) {
        /// Yes.
        Enabled = "ENABLED",
        /// No.
        Disabled = "DISABLED",
    }
}

wire_enum! {
    /// The shape of a notification's image.
    pub enum NotificationImageRatio (&SUBSCRIPTION_TOKENS) {
        /// 1.91 : 1.
        Horizontal = "HORIZONTAL",
        /// 1 : 1.
        Square = "SQUARE",
    }
    any_case();
}

wire_object! {
    /// Asks whether the business may send notifications again and again. On Instagram everything is
    /// in `elements[0]`.
    pub struct NotificationMessagesTemplate ("notification_messages", &SUBSCRIPTION_TOKENS) is Template::NotificationMessages {
        /// What they are about, at most 65 characters; "Updates and promotions" if absent.
        pub title: Option<String> => visible(65),
        /// The address of the image.
        pub image_url: Option<String> => format(Format::Url),
        /// What the webhook gets.
        pub payload: Option<String>,
        /// The time zone, as `Europe/Lisbon`.
        pub notification_messages_timezone: Option<String>,
        /// The label of the button.
        pub notification_messages_cta_text: Option<NotificationCallToAction>,
        /// How often they come; no longer used.
        pub notification_messages_frequency: Option<NotificationFrequency> => any()
            .deprecated(FREQUENCY_DEPRECATED, NOTHING),
        /// Whether the person is asked again; no longer used.
        pub notification_messages_reoptin: Option<NotificationReoptin> => any()
            .deprecated(REOPTIN_DEPRECATED, NOTHING),
        /// The shape of the image.
        pub image_aspect_ratio: Option<NotificationImageRatio>,
        /// Several images, or, on Instagram, everything.
        pub elements [element]: Option<Vec<NotificationMessagesElement>>,
    }
    rules(&[&PAYLOAD_MISSING], check);
}

wire_object! {
    /// An image of the carousel, or, on Instagram, everything.
    pub struct NotificationMessagesElement ("notification_messages", &SUBSCRIPTION_TOKENS) {
        /// What they are about, at most 65 characters; "Updates and promotions" if absent.
        pub title: Option<String> => visible(65),
        /// The address of the image.
        pub image_url: Option<String> => format(Format::Url),
        /// What the webhook gets.
        pub payload: Option<String>,
        /// The time zone, as `Europe/Lisbon`.
        pub notification_messages_timezone: Option<String>,
        /// The label of the button.
        pub notification_messages_cta_text: Option<NotificationCallToAction>,
        /// How often they come; no longer used on Messenger.
        pub notification_messages_frequency: Option<NotificationFrequency> => any()
            .deprecated(FREQUENCY_DEPRECATED, NOTHING),
        /// Whether the person is asked again; no longer used.
        pub notification_messages_reoptin: Option<NotificationReoptin> => any()
            .deprecated(REOPTIN_DEPRECATED, NOTHING),
        /// The shape of the image.
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
