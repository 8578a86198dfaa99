//! The template that asks for a one-time notification.

use super::Template;
use crate::payload::declare::wire_object;
use crate::payload::sources::ONE_TIME_NOTIFICATION;

wire_object! {
    /// Asks whether the business may send one message later. The answer's token works once, within
    /// a year.
    pub struct OneTimeNotificationTemplate ("one_time_notif_req", &ONE_TIME_NOTIFICATION) is Template::OneTimeNotification {
        /// What it will be about, 1 to 65 characters.
        pub title: String => visible(65),
        /// What the webhook gets.
        pub payload: String,
    }
}
