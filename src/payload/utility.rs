//! Utility messages: approved templates, filled in.

use super::declare::{wire_enum, wire_object, wire_union};
use super::members::{Findings, Members};
use super::sources::UTILITY;
use super::spec::Rule;

wire_object! {
    /// An approved utility template, filled in. Goes with `messaging_type: "UTILITY"`.
    pub struct UtilityTemplate ("utility", &UTILITY) {
        /// The name of an approved template of this Page.
        pub name: String,
        /// Its language.
        pub language: UtilityLanguage,
        /// What its places are filled with; empty where the template has none.
        pub components [component]: Option<Vec<UtilityComponent>>,
    }
    rules(&[&NO_COMPONENTS], check_template);
}

static NO_COMPONENTS: Rule = Rule::warning(
    "utility.components.missing",
    "The reference requires components. Some senders omit it for a template without variables; an \
     empty list is safe.",
    &UTILITY,
);

fn check_template(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const COMPONENTS: usize = UtilityTemplate::at("components");
    if !members.has(COMPONENTS) {
        findings.at(COMPONENTS, &NO_COMPONENTS);
    }
    0
}

wire_object! {
    /// The language of a utility template.
    pub struct UtilityLanguage ("utility.language", &UTILITY) {
        /// Its code, as `en` or `en_US`.
        pub code: String,
    }
}

wire_union! {
    /// One part of a utility template.
    pub enum UtilityComponent by "type": UtilityComponentType ("utility.component", &UTILITY) {
        /// The places of the header.
        Header(UtilityTextComponent) = "header",
        /// The places of the body.
        Body(UtilityTextComponent) = "body",
        /// The places of the buttons, in their order.
        Buttons(UtilityButtonsComponent) = "buttons",
        /// In the Graph table only; the guide does not have it.
        Title(UtilityTextComponent) = "TITLE",
    }
    any_case();
}

wire_object! {
    /// The header or the body of a utility template.
    pub struct UtilityTextComponent ("utility.component", &UTILITY) {
        /// One for each place.
        pub parameters [parameter]: Option<Vec<UtilityParameter>>,
    }
}

wire_object! {
    /// The buttons of a utility template.
    pub struct UtilityButtonsComponent ("utility.component", &UTILITY) is UtilityComponent::Buttons {
        /// One for each button, in their order.
        pub parameters [parameter]: Option<Vec<UtilityButtonParameter>>,
    }
}

wire_enum! {
    /// What fills a place of the header or the body.
    pub enum UtilityParameterType (&UTILITY) {
        /// A text.
        Text = "text",
    }
    open();
}

wire_object! {
    /// What fills a place of the header or the body.
    pub struct UtilityParameter ("utility.parameter", &UTILITY) {
        /// Of what kind it is. How an image of a header is given is not documented.
        pub r#type: UtilityParameterType = UtilityParameterType::Text,
        /// The text.
        pub text: Option<String> => any().visible(),
        /// The name of the place, where the template was made with named places.
        pub parameter_name: Option<String> => any().not_empty(),
    }
    rules(&[&TEXT_MISSING], check_parameter);
    shapes(&[Shape { name: "UtilityParameter", doc: "What fills a place of the header or the body.",
        terms: &[("text", Term::Needed)] }]);
}

static TEXT_MISSING: Rule = Rule::error(
    "utility.parameter.text.missing",
    "A parameter of type text needs a text.",
    &UTILITY,
);

fn check_parameter(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const TEXT: usize = UtilityParameter::at("text");
    if members.is(
        const { UtilityParameter::at("type") },
        const { UtilityParameterType::at("text") },
    ) && !members.has(TEXT)
    {
        findings.at(TEXT, &TEXT_MISSING);
    }
    0
}

wire_union! {
    /// What fills a place of a button.
    pub enum UtilityButtonParameter by "type": UtilityButtonParameterType ("utility.button",
        &UTILITY) {
        /// What the webhook gets.
        Postback(UtilityPostback) = "POSTBACK",
        /// The end of the address.
        Url(UtilityUrl) = "URL",
    }
    any_case();
}

wire_object! {
    /// What the webhook gets when the button is tapped.
    pub struct UtilityPostback ("utility.button", &UTILITY) is UtilityButtonParameter::Postback(postback) {
        /// The payload.
        pub payload: String,
    }
}

wire_object! {
    /// The end of a URL button's address.
    pub struct UtilityUrl ("utility.button", &UTILITY) is UtilityButtonParameter::Url(url) {
        /// What is put after the address that the template has.
        pub url: String,
    }
}
