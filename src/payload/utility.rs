//! Utility messages: approved templates with values for their variables.

use super::declare::{wire_enum, wire_object, wire_union};
use super::members::{Findings, Members};
use super::sources::UTILITY;
use super::spec::Rule;

wire_object! {
    /// An approved utility template with its variables. Requires `messaging_type: "UTILITY"`.
    pub struct UtilityTemplate ("utility", &UTILITY) {
        /// The name of an approved template of this Page.
        pub name: String,
        /// Its language.
        pub language: UtilityLanguage,
        /// The values of its variables; empty if the template has none.
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
        /// Its code, such as `en` or `en_US`.
        pub code: String,
    }
}

wire_union! {
    /// A component of a utility template.
    pub enum UtilityComponent by "type": UtilityComponentType ("utility.component", &UTILITY) {
        /// The variables of the header.
        Header(UtilityTextComponent) = "header",
        /// The variables of the body.
        Body(UtilityTextComponent) = "body",
        /// The variables of the buttons, in their order.
        Buttons(UtilityButtonsComponent) = "buttons",
        /// Only in the Graph API reference; the guide does not mention it.
        Title(UtilityTextComponent) = "TITLE",
    }
    any_case();
}

wire_object! {
    /// The header or the body of a utility template.
    pub struct UtilityTextComponent ("utility.component", &UTILITY) {
        /// One parameter for each variable.
        pub parameters [parameter]: Option<Vec<UtilityParameter>>,
    }
}

wire_object! {
    /// The buttons of a utility template.
    pub struct UtilityButtonsComponent ("utility.component", &UTILITY) is UtilityComponent::Buttons {
        /// One parameter for each button, in their order.
        pub parameters [parameter]: Option<Vec<UtilityButtonParameter>>,
    }
}

wire_enum! {
    /// The value of a variable in the header or the body.
    pub enum UtilityParameterType (&UTILITY) {
        /// A text.
        Text = "text",
    }
    open();
}

wire_object! {
    /// The value of a variable in the header or the body.
    pub struct UtilityParameter ("utility.parameter", &UTILITY) {
        /// The kind of the value. How to pass an image for the header is not documented.
        pub r#type: UtilityParameterType = UtilityParameterType::Text,
        /// The text.
        pub text: Option<String> => any().visible(),
        /// The name of the variable, if the template has named variables.
        pub parameter_name: Option<String> => any().not_empty(),
    }
    rules(&[&TEXT_MISSING], check_parameter);
    shapes(&[Shape { name: "UtilityParameter", doc: "The value of a variable in the text.",
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
    /// The value of a variable in a button.
    pub enum UtilityButtonParameter by "type": UtilityButtonParameterType ("utility.button",
        &UTILITY) {
        /// The payload of the postback webhook.
        Postback(UtilityPostback) = "POSTBACK",
        /// The end of the URL.
        Url(UtilityUrl) = "URL",
    }
    any_case();
}

wire_object! {
    /// The payload that the webhook receives when the button is tapped.
    pub struct UtilityPostback ("utility.button", &UTILITY) is UtilityButtonParameter::Postback(postback) {
        /// The payload.
        pub payload: String,
    }
}

wire_object! {
    /// The end of a URL button's URL.
    pub struct UtilityUrl ("utility.button", &UTILITY) is UtilityButtonParameter::Url(url) {
        /// The text to append to the URL in the template.
        pub url: String,
    }
}
