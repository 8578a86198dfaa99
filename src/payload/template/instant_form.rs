//! The instant form template.

use super::Template;
use crate::payload::StringOrNumber;
use crate::payload::declare::wire_object;
use crate::payload::sources::INSTANT_FORM;

wire_object! {
    /// An instant form of the Page, opened in the conversation.
    pub struct InstantFormTemplate ("instant_form", &INSTANT_FORM) is Template::InstantForm {
        /// The id of the form, which must be open for sharing and ask only for the name, email,
        /// phone number and custom questions.
        pub form_id: StringOrNumber => any().not_empty(),
    }
}
