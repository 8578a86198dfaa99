//! What a caller may change: the platform, and the severity of each rule.

use super::catalogue::{catalogue, find};
use super::suggest::nearest;
use crate::json::{Next, last, whole};
use crate::payload::spec::{Platform, Severity};
use crate::words::{begins_character, fill, joined, owned};

/// What a caller makes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A breach is an error.
    Error,
    /// A breach is a warning.
    Warning,
    /// The rule is not looked at.
    Off,
}

/// The options of a validation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    platform: Platform,
    settings: Vec<(&'static str, Setting)>,
}

/// Why an option cannot be, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidOption(pub String);

impl std::fmt::Display for InvalidOption {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for InvalidOption {}

impl Options {
    /// Messages for this platform, every rule as the catalogue has it.
    pub fn new(platform: Platform) -> Self {
        Self { platform, settings: Vec::new() }
    }

    /// Changes what becomes of a rule. Rules that tell that a request cannot be read stay as they are.
    ///
    /// # Errors
    /// There is no rule of that name.
    pub fn set(&mut self, code: &str, setting: Setting) -> Result<(), InvalidOption> {
        let Some(rule) = find(code) else {
            let near = nearest(code, &mut catalogue().iter().map(|rule| rule.code.as_str()));
            let hint = near.map_or(String::new(), |near| fill(" Did you mean \"%\"?", &[near]));
            return Err(InvalidOption(fill("There is no rule \"%\".%", &[&shortened(code), &hint])));
        };
        match self.settings.iter_mut().find(|(known, _)| *known == rule.code) {
            Some(row) => row.1 = setting,
            None if rule.fixed => {}
            None => self.settings.push((&rule.code, setting)),
        }
        Ok(())
    }

    /// The platform the messages go to.
    pub fn platform(&self) -> Platform {
        self.platform
    }

    /// What becomes of a breach; `None`: nothing.
    pub(super) fn severity(&self, code: &str, severity: Severity) -> Option<Severity> {
        match self.settings.iter().find(|(known, _)| *known == code) {
            None => Some(severity),
            Some((_, Setting::Error)) => Some(Severity::Error),
            Some((_, Setting::Warning)) => Some(Severity::Warning),
            Some((_, Setting::Off)) => None,
        }
    }

    /// Reads the options as JavaScript gives them: `{"platform"?: …, "rules"?: {code: "error" | "warning" | "off"}}`. What cannot
    /// be is left out, and told of.
    pub fn from_json(json: &str) -> (Self, Vec<InvalidOption>) {
        let mut options = Self::default();
        let mut wrong = Vec::new();
        let Some(all) = whole(json).ok().filter(|value| value.kind == Next::Object) else {
            return (options, vec![complaint("The options must be an object.", "")]);
        };
        let members = all.members();
        if let Some(platform) = last(&members, "platform") {
            match platform.text().as_deref() {
                Some("messenger") => {}
                Some("instagram") => options.platform = Platform::Instagram,
                _ => wrong.push(complaint("The option platform must be \"messenger\" or \"instagram\".", "")),
            }
        }
        if let Some(rules) = last(&members, "rules") {
            if rules.kind != Next::Object {
                wrong.push(complaint("The option rules must be an object.", ""));
            }
            for (code, setting) in &rules.members() {
                let setting = match setting.text().as_deref() {
                    Some("error") => Setting::Error,
                    Some("warning") => Setting::Warning,
                    Some("off") => Setting::Off,
                    _ => {
                        wrong.push(complaint("The option rules has for \"%\" neither \"error\" nor \"warning\" nor \"off\".", code));
                        continue;
                    }
                };
                if let Err(invalid) = options.set(code, setting) {
                    wrong.push(invalid);
                }
            }
        }
        (options, wrong)
    }
}

/// What is wrong with an option; a `%` in the sentence is the word.
#[inline(never)]
fn complaint(sentence: &str, word: &str) -> InvalidOption {
    InvalidOption(fill(sentence, &[&shortened(word)]))
}

/// The beginning of a text that may be long.
#[inline(never)]
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let mut letters = 0;
    for (at, byte) in text.bytes().enumerate() {
        if begins_character(byte) {
            if letters == MOST {
                return joined(&[text.get(..at).unwrap_or_default(), "…"]);
            }
            letters += 1;
        }
    }
    owned(text)
}
