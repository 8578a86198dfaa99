//! The template that asks whether the business may call.

use super::Template;
use crate::payload::declare::wire_object;
use crate::payload::sources::CALLING;

wire_object! {
    /// Asks whether the business may call the person. It has no other member.
    pub struct CallingOptinTemplate ("calling_optin", &CALLING) is Template::CallingOptin {}
}
