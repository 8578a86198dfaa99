//! The structured information template: a form for name, address and contact.
//!
//! The half of its page that names the overrides of the address was not to be had: they are unknown
//! members here, and a warning.

use super::{BusinessPrivacy, Template};
use crate::payload::declare::wire_object;
use crate::payload::sources::CUSTOMER_INFORMATION;

wire_object! {
    /// A form that asks the customer for name, address and contact.
    pub struct CustomerInformationTemplate ("customer_information", &CUSTOMER_INFORMATION) is Template::CustomerInformation {
        /// The countries of the address: two letters each; every supported country if absent.
        pub countries [country]: Option<Vec<String>> => format(Format::CountryCode),
        /// The business's privacy policy.
        pub business_privacy: BusinessPrivacy,
        /// For how many days it can be answered: 1 to 7, 1 if absent.
        pub expires_in_days: Option<u32> => any().days(1, 7),
        /// Which contact fields are asked for, one to each item.
        pub contact_overrides [contact_override]: Option<Vec<ContactOverride>>,
    }
}

wire_object! {
    /// How one contact field is asked for: one of the three.
    pub struct ContactOverride ("customer_information.contact", &CUSTOMER_INFORMATION) {
        /// The name.
        pub name: Option<FieldOverride>,
        /// The email address.
        pub email: Option<FieldOverride>,
        /// The telephone number.
        pub phone: Option<FieldOverride>,
    }
}

wire_object! {
    /// How a field is asked for.
    pub struct FieldOverride ("customer_information.field", &CUSTOMER_INFORMATION) {
        /// Whether it must be filled in.
        pub required: Option<bool>,
        /// Its label. It has a greatest length, which is not known here.
        pub label: Option<String> => any().visible(),
    }
}
