//! The options of a validation: the platform, and the severity of each rule.

use std::fmt::{self, Display, Formatter};

use serde::{Deserialize, Deserializer};

use super::catalogue::{find_rule, rules};
use super::finding::Code;
use super::suggest::nearest;
use super::text::shorten;
use crate::json::{Value, ValueKind, last, whole};
use crate::payload::spec::{Platform, Severity};

/// The maximum number of invalid options that are listed.
const MAX_INVALID: usize = 100;

/// The severity that a caller gives a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleSetting {
    /// A violation is an error.
    Error,
    /// A violation is a warning.
    Warning,
    /// The rule is not checked.
    Off,
}

/// The options of a validation: the platform, and the severity of each rule.
///
/// An invalid option (an unknown rule or platform) does not stop a validation: it becomes an
/// `options.invalid` issue at the start of every report, and the other options apply.
///
/// ```
/// use messenger_send::validate::{RuleOptions, RuleSetting, validate_json};
///
/// let options = RuleOptions::instagram().rule("member.unknown", RuleSetting::Off);
/// let request = r#"{"recipient": {"id": "1"}, "message": {"text": "hi"}, "next_year": true}"#;
/// assert_eq!(validate_json(request, &options).issues, []);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleOptions {
    platform: Platform,
    settings: Vec<(&'static str, RuleSetting)>,
    invalid: Vec<InvalidOption>,
}

/// An invalid option, as a sentence that says why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidOption(String);

impl InvalidOption {
    /// The sentence.
    pub fn message(&self) -> &str {
        &self.0
    }
}

impl Display for InvalidOption {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for InvalidOption {}

impl RuleOptions {
    /// Options for Instagram, with every rule as in the catalogue.
    pub fn instagram() -> Self {
        Self::default().platform(Platform::Instagram)
    }

    /// Sets the platform that the messages go to; the default is Messenger.
    pub fn platform(mut self, platform: Platform) -> Self {
        self.platform = platform;
        self
    }

    /// Sets the severity of a rule. If a rule is set more than once, the last setting wins. Rules
    /// for requests that cannot be read are always errors.
    pub fn rule(mut self, code: &str, setting: RuleSetting) -> Self {
        self.set(code, setting);
        self
    }

    /// The invalid options.
    pub fn invalid(&self) -> &[InvalidOption] {
        &self.invalid
    }

    /// The platform that the messages go to.
    pub fn target(&self) -> Platform {
        self.platform
    }

    /// The severity of a violation with the caller's settings. `None`: its rule is off.
    pub(super) fn severity(&self, code: Code<'_>, severity: Severity) -> Option<Severity> {
        if self.settings.is_empty() {
            return Some(severity);
        }
        let code = code.concat();
        match self.settings.iter().find(|(known, _)| *known == code) {
            None => Some(severity),
            Some((_, RuleSetting::Error)) => Some(Severity::Error),
            Some((_, RuleSetting::Warning)) => Some(Severity::Warning),
            Some((_, RuleSetting::Off)) => None,
        }
    }

    /// Reads the options from JavaScript: `{"platform"?: …, "rules"?: {code: "error" | "warning" |
    /// "off"}}`. Other members are ignored.
    ///
    /// Hidden: for the npm package.
    #[doc(hidden)]
    pub fn from_json(json: &str) -> Self {
        let mut options = Self::default();
        match whole(json) {
            Ok(value) if value.kind == ValueKind::Object => options.read(&value),
            _ => options.reject("The options must be an object."),
        }
        options
    }

    fn read(&mut self, value: &Value<'_>) {
        let members = value.members();
        if let Some(platform) = last(&members, "platform") {
            match platform.text().as_deref() {
                Some("messenger") => {}
                Some("instagram") => self.platform = Platform::Instagram,
                _ => self.reject("The option platform must be \"messenger\" or \"instagram\"."),
            }
        }
        let Some(rules) = last(&members, "rules") else {
            return;
        };
        if rules.kind != ValueKind::Object {
            self.reject("The option rules must be an object.");
        }
        for (code, setting) in &rules.members() {
            match setting.text().as_deref() {
                Some("error") => self.set(code, RuleSetting::Error),
                Some("warning") => self.set(code, RuleSetting::Warning),
                Some("off") => self.set(code, RuleSetting::Off),
                _ => self.reject(format!(
                    "The option rules must give \"error\", \"warning\" or \"off\" for \"{}\".",
                    shorten(code)
                )),
            }
        }
    }

    fn set(&mut self, code: &str, setting: RuleSetting) {
        let Some(rule) = find_rule(code) else {
            if self.invalid.len() >= MAX_INVALID {
                return self.reject_more();
            }
            let mut codes = rules().iter().map(|rule| rule.code.as_str());
            let hint = match nearest(code, &mut codes) {
                None => String::new(),
                Some(known) => format!(" Did you mean \"{known}\"?"),
            };
            return self.reject(format!("There is no rule \"{}\".{hint}", shorten(code)));
        };
        match self
            .settings
            .iter_mut()
            .find(|(known, _)| *known == rule.code)
        {
            Some((_, known)) => *known = setting,
            None if rule.fixed => {}
            None => self.settings.push((&rule.code, setting)),
        }
    }

    fn reject(&mut self, message: impl Into<String>) {
        if self.invalid.len() >= MAX_INVALID {
            return self.reject_more();
        }
        self.invalid.push(InvalidOption(message.into()));
    }

    /// Adds one entry for all options beyond the maximum.
    fn reject_more(&mut self) {
        if self.invalid.len() == MAX_INVALID {
            let message = format!("More than {MAX_INVALID} options are invalid.");
            self.invalid.push(InvalidOption(message));
        }
    }
}

impl<'de> Deserialize<'de> for RuleOptions {
    /// Any value can be deserialized: an invalid one becomes an [invalid](RuleOptions::invalid)
    /// option.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_json::Value::deserialize(deserializer)
            .map(|value| Self::from_json(&value.to_string()))
    }
}
