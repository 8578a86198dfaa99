//! The documentation pages that the declarations cite, each with the date of the version that was
//! read.

use super::spec::Source;

/// Each with its path on developers.facebook.com, and its date.
macro_rules! sources {
    ($( $(#[doc = $doc:literal])* $name:ident = $path:literal, $date:literal; )*) => {
        $(
            $(#[doc = $doc])*
            pub static $name: Source = Source {
                url: concat!("https://developers.facebook.com/", $path),
                #[cfg(not(target_arch = "wasm32"))]
                date: $date,
            };
        )*
    };
}

sources! {
    /// Send API reference, v25.0.
    SEND_API = "docs/messenger-platform/reference/send-api", "2026-04-27";
    /// Send a message.
    SEND_MESSAGES =
        "documentation/business-messaging/messenger-platform/send-messages",
        "2026-05-05";
    /// The Graph API's reference of the edge.
    PAGE_MESSAGES = "docs/graph-api/reference/page/messages/", "2026";
    /// The recipient type of the Graph API.
    RECIPIENT_TYPE = "docs/graph-api/reference/page/take_thread_control/", "2026";
    /// Sender actions and reactions.
    SENDER_ACTIONS =
        "documentation/business-messaging/messenger-platform/send-messages/sender-actions",
        "2026-01-21";
    /// Personas.
    PERSONAS =
        "documentation/business-messaging/messenger-platform/send-messages/personas",
        "2026-04-22";
    /// Quick replies.
    QUICK_REPLIES =
        "documentation/business-messaging/messenger-platform/send-messages/quick-replies",
        "2026-04-22";
    /// Stickers.
    STICKERS =
        "documentation/business-messaging/messenger-platform/send-messages/sticker-api",
        "2026-06-03";
    /// Utility messages.
    UTILITY =
        "documentation/business-messaging/messenger-platform/send-messages/utility-messages",
        "2026-03-13";
    /// Private replies.
    PRIVATE_REPLIES =
        "documentation/business-messaging/messenger-platform/discovery/private-replies",
        "2026-04-16";
    /// Instagram: send a message.
    INSTAGRAM_SEND =
        "documentation/business-messaging/instagram-messaging/features/send-message",
        "2026-07-02";
    /// Instagram: templates and quick replies.
    INSTAGRAM_TEMPLATES =
        "documentation/business-messaging/instagram-messaging/generic-template",
        "2026";
    /// The changelog of Instagram's API.
    INSTAGRAM_CHANGELOG = "documentation/instagram-platform/changelog/", "2026-10-05";
    /// Attachments and saving them.
    SAVING_ASSETS =
        "documentation/business-messaging/messenger-platform/send-messages/saving-assets",
        "2026-04-22";
    /// Templates: the overview.
    TEMPLATES =
        "documentation/business-messaging/messenger-platform/send-messages/templates",
        "2026-06-30";
    /// The generic template.
    GENERIC =
        "documentation/business-messaging/messenger-platform/send-messages/template/generic",
        "2026-04-22";
    /// The button template.
    BUTTON =
        "documentation/business-messaging/messenger-platform/send-messages/template/button",
        "2026-04-22";
    /// The media template.
    MEDIA =
        "documentation/business-messaging/messenger-platform/send-messages/template/media",
        "2026-04-22";
    /// The receipt template.
    RECEIPT =
        "documentation/business-messaging/messenger-platform/send-messages/template/receipt",
        "2026-06-17";
    /// The product template.
    PRODUCT =
        "documentation/business-messaging/messenger-platform/send-messages/template/product",
        "2022-01-08";
    /// The coupon template.
    COUPON =
        "documentation/business-messaging/messenger-platform/send-messages/template/coupon",
        "2026-03-17";
    /// The customer feedback template.
    FEEDBACK =
        "documentation/business-messaging/messenger-platform/send-messages/templates/customer-feedback-template",
        "2026-03-23";
    /// The image grid template.
    IMAGE_GRID =
        "documentation/business-messaging/messenger-platform/send-messages/template/image-grid",
        "2026-06-30";
    /// The structured information template.
    CUSTOMER_INFORMATION =
        "documentation/business-messaging/messenger-platform/send-messages/templates/structured-information-template",
        "2026-03-18";
    /// The instant form template.
    INSTANT_FORM =
        "documentation/business-messaging/messenger-platform/send-messages/templates/instant-form-template",
        "2023-07-26";
    /// Asking for the permission to call.
    CALLING =
        "documentation/business-messaging/messenger-platform/calling/biz2consumer/call-flow",
        "2026-04-02";
    /// One-time notifications.
    ONE_TIME_NOTIFICATION = "docs/messenger-platform/send-messages/one-time-notification/", "2026";
    /// Marketing messages: opting in.
    SUBSCRIPTION_TOKENS =
        "documentation/business-messaging/messenger-platform/marketing-messages-on-messenger/get-subscription-tokens",
        "2026-03-31";
    /// Marketing messages: coupons.
    MARKETING_COUPON =
        "documentation/business-messaging/messenger-platform/marketing-messages-on-messenger/api-reference/coupon",
        "2026-04-06";
    /// Marketing messages: generic templates.
    MARKETING_GENERIC =
        "documentation/business-messaging/messenger-platform/marketing-messages-on-messenger/api-reference/generic",
        "2026-02-12";
    /// Buttons: the overview.
    BUTTONS =
        "documentation/business-messaging/messenger-platform/send-messages/buttons",
        "2026-04-22";
    /// The URL button.
    URL_BUTTON =
        "documentation/business-messaging/messenger-platform/send-messages/buttons/url",
        "2026-06-17";
    /// The postback button.
    POSTBACK_BUTTON =
        "documentation/business-messaging/messenger-platform/send-messages/buttons/postback",
        "2026-06-17";
    /// The call button.
    CALL_BUTTON =
        "documentation/business-messaging/messenger-platform/send-messages/buttons/call",
        "2026-06-17";
    /// The log-in button.
    LOGIN_BUTTON =
        "documentation/business-messaging/messenger-platform/send-messages/buttons/login",
        "2026-04-22";
    /// The log-out button.
    LOGOUT_BUTTON =
        "documentation/business-messaging/messenger-platform/send-messages/buttons/logout",
        "2026-04-22";
    /// The game button.
    GAME_BUTTON =
        "documentation/business-messaging/messenger-platform/send-messages/buttons/game-play",
        "2026-04-22";
    /// The audio call button.
    AUDIO_CALL_BUTTON =
        "documentation/business-messaging/messenger-platform/calling/callaudiocta",
        "2026-03-16";
    /// The changelog.
    CHANGELOG = "documentation/business-messaging/messenger-platform/changelog", "2026-06-30";
    /// Common error codes.
    ERROR_CODES = "documentation/business-messaging/messenger-platform/error-codes", "2026-06-25";
    /// Signed calls to the Graph API.
    SECURE_REQUESTS = "docs/graph-api/guides/secure-requests", "2026";
}
