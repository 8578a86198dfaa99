//! The business's privacy policy, required by forms.

use crate::payload::declare::wire_object;
use crate::payload::sources::FEEDBACK;

wire_object! {
    /// The business's privacy policy.
    pub struct BusinessPrivacy ("business_privacy", &FEEDBACK) {
        /// Its URL.
        pub url: String => format(Format::Url),
    }
}
