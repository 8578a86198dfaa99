//! Templates: one file for each.

mod button;

pub use button::*;

use super::declare::wire_union;
use super::sources::TEMPLATES;

wire_union! {
    /// A template, by its `template_type`.
    pub enum Template by "template_type": TemplateType ("template", &TEMPLATES) {
        /// A text with buttons.
        Button(ButtonTemplate) = "button",
        /// A question to a customer: see the tag `CUSTOMER_FEEDBACK`.
        CustomerFeedback(ButtonTemplate) = "customer_feedback",
    }
}
