//! The instant form template.

use super::Template;
use crate::payload::StringOrNumber;
use crate::payload::declare::wire_object;
use crate::payload::sources::INSTANT_FORM;

wire_object! {
    /// A form of the Page, opened in the conversation.
    pub struct InstantFormTemplate ("instant_form", &INSTANT_FORM) is Template::InstantForm {
        /// The form's id. The form is open for sharing, and asks for name, email, telephone number
        /// and own questions only.
        pub form_id: StringOrNumber => any().not_empty(),
    }
}
