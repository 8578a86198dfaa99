//! The structured information template: a form for name, address and contact.
//!
//! The part of its page that names the overrides of the address was not available, so they are
//! unknown members here, with a warning.

use super::{BusinessPrivacy, Template};
use crate::payload::declare::wire_object;
use crate::payload::sources::CUSTOMER_INFORMATION;

wire_object! {
    /// A form that asks the customer for name, address and contact.
    pub struct CustomerInformationTemplate ("customer_information", &CUSTOMER_INFORMATION) is Template::CustomerInformation {
        /// The countries of the address, as two-letter codes; every supported country if absent.
        pub countries [country]: Option<Vec<String>> => format(Format::CountryCode),
        /// The business's privacy policy.
        pub business_privacy: BusinessPrivacy,
        /// How long it can be answered: 1 to 7 days, 1 if absent.
        pub expires_in_days: Option<u32> => any().days(1, 7),
        /// The contact fields to ask for, one in each item.
        pub contact_overrides [contact_override]: Option<Vec<ContactOverride>>,
    }
}

wire_object! {
    /// A contact field to ask for: exactly one of the three.
    pub struct ContactOverride ("customer_information.contact", &CUSTOMER_INFORMATION) {
        /// The name.
        pub name: Option<FieldOverride>,
        /// The email address.
        pub email: Option<FieldOverride>,
        /// The phone number.
        pub phone: Option<FieldOverride>,
    }
}

wire_object! {
    /// How to ask for a field.
    pub struct FieldOverride ("customer_information.field", &CUSTOMER_INFORMATION) {
        /// Whether the field is required.
        pub required: Option<bool>,
        /// Its label. Its maximum length is not known.
        pub label: Option<String> => any().visible(),
    }
}
