//! The button template: a text with buttons.

use super::Template;
use crate::payload::Button;
use crate::payload::declare::wire_object;
use crate::payload::sources::BUTTON;

wire_object! {
    /// A text with buttons.
    pub struct ButtonTemplate ("button_template", &BUTTON) is Template::Button {
        /// The text, 1 to 640 characters.
        pub text: String => visible(640),
        /// 1 to 3 buttons.
        pub buttons [button]: Vec<Button> => between(1, 3),
        /// Whether people may share it. Only in older versions of the reference.
        pub sharable: Option<bool> => any().messenger_only(),
    }
}
