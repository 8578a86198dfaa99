//! Templates, one in each file.

mod button;
mod calling_optin;
mod coupon;
mod customer_information;
mod default_action;
mod feedback;
mod generic;
mod image_grid;
mod instant_form;
mod media;
mod notification_messages;
mod one_time_notif_req;
mod privacy;
mod product;
mod receipt;

pub use button::*;
pub use calling_optin::*;
pub use coupon::*;
pub use customer_information::*;
pub use default_action::*;
pub use feedback::*;
pub use generic::*;
pub use image_grid::*;
pub use instant_form::*;
pub use media::*;
pub use notification_messages::*;
pub use one_time_notif_req::*;
pub use privacy::*;
pub use product::*;
pub use receipt::*;

use super::declare::wire_union;
use super::sources::{
    CALLING, COUPON, CUSTOMER_INFORMATION, FEEDBACK, IMAGE_GRID, INSTANT_FORM, MEDIA,
    ONE_TIME_NOTIFICATION, RECEIPT, SUBSCRIPTION_TOKENS, TEMPLATES,
};

/// The deprecation date of the airline templates. Versions before v11.0 accepted them until 6
/// December 2021.
const AIRLINES_WITHDRAWN: &str = "2021-06-08";
const INSTEAD_OF_AIRLINES: &str =
    "a utility message (message.template), or a generic or button template";

wire_union! {
    /// A template, by its `template_type`.
    pub enum Template by "template_type": TemplateType ("template", &TEMPLATES) {
        /// A text with buttons.
        Button(ButtonTemplate) = "button",
        /// A carousel of cards.
        Generic(GenericTemplate) = "generic",
        /// An image or a video with buttons.
        Media(MediaTemplate) = "media" => any().messenger_only().source(&MEDIA),
        /// A receipt of an order.
        Receipt(ReceiptTemplate) = "receipt" => any().messenger_only().source(&RECEIPT),
        /// Products from the Page's catalogue.
        Product(ProductTemplate) = "product",
        /// A coupon.
        Coupon(CouponTemplate) = "coupon" => any().messenger_only().source(&COUPON),
        /// A question to a customer: see the tag `CUSTOMER_FEEDBACK`.
        CustomerFeedback(FeedbackTemplate) = "customer_feedback" => any().never_on_instagram()
            .source(&FEEDBACK),
        /// 2 to 6 images in one bubble.
        ImageGrid(ImageGridTemplate) = "image_grid" => any().messenger_only().source(&IMAGE_GRID),
        /// A form that asks the customer for name, address and contact.
        CustomerInformation(CustomerInformationTemplate) = "customer_information" => any()
            .messenger_only().source(&CUSTOMER_INFORMATION),
        /// An instant form of the Page, opened in the conversation.
        InstantForm(InstantFormTemplate) = "instant_form" => any().messenger_only()
            .source(&INSTANT_FORM),
        /// Asks whether the business may call the person.
        CallingOptin(CallingOptinTemplate) = "calling_optin" => any().messenger_only()
            .source(&CALLING),
        /// Asks whether the business may send recurring notifications.
        NotificationMessages(NotificationMessagesTemplate) = "notification_messages"
            => any().deprecated("2026-02-10",
                "the Marketing Messages API, whose opt-in still is this \
                 template").source(&SUBSCRIPTION_TOKENS),
        /// Asks whether the business may send one message later.
        OneTimeNotification(OneTimeNotificationTemplate) = "one_time_notif_req" => any()
            .never_on_instagram().source(&ONE_TIME_NOTIFICATION),
    }
    withdrawn(&[
        Withdrawn::new("list", "2019-07-29", "the generic template"),
        Withdrawn::new("open_graph", "2019", "the generic template"),
        Withdrawn::new("airline_boardingpass", AIRLINES_WITHDRAWN, INSTEAD_OF_AIRLINES),
        Withdrawn::new("airline_checkin", AIRLINES_WITHDRAWN, INSTEAD_OF_AIRLINES),
        Withdrawn::new("airline_itinerary", AIRLINES_WITHDRAWN, INSTEAD_OF_AIRLINES),
        Withdrawn::new("airline_update", AIRLINES_WITHDRAWN, INSTEAD_OF_AIRLINES),
    ]);
}
