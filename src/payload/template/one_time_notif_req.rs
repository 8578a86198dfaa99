//! The template that asks for a one-time notification.

use super::Template;
use crate::payload::declare::wire_object;
use crate::payload::sources::ONE_TIME_NOTIFICATION;

wire_object! {
    /// Asks whether the business may send one message later. The token of the opt-in works once,
    /// within a year.
    pub struct OneTimeNotificationTemplate ("one_time_notif_req", &ONE_TIME_NOTIFICATION) is Template::OneTimeNotification {
        /// The topic of the message, 1 to 65 characters.
        pub title: String => visible(65),
        /// The payload of the opt-in webhook.
        pub payload: String,
    }
}
