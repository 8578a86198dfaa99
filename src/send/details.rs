//! What an answer tells besides what a send needs: handed on as it is, and so kept as JSON.

use super::redact::Redactor;
use crate::json::{self, ObjectText};

/// Members of JavaScript's `SendError`, by their names there, each as JSON: `type`, `fbtraceId`, `userTitle`, `userMessage`,
/// `isTransient`, `data` (Graph's `error_data`) and `usage`.
///
/// Where the JSON is empty, it is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details(Vec<(&'static str, String)>);

impl Details {
    /// The JSON of one of them, if it is there.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, json)| json.as_str()).filter(|json| !json.is_empty())
    }

    /// Adds JSON.
    pub(super) fn json(&mut self, name: &'static str, json: String) {
        self.0.push((name, json));
    }

    /// Adds a text, if there is one.
    #[inline(never)]
    pub(super) fn text(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.json(name, json::text(text));
        }
    }

    /// Takes the secrets out.
    pub(super) fn redact(&mut self, redactor: &Redactor<'_>) {
        for (name, json) in &mut self.0 {
            *json = redactor.json(json);
            // A secret of digits stands in any usage: rather none than one of another type.
            if *name == "usage" && !json.starts_with('{') {
                json.clear();
            }
        }
    }

    pub(super) fn write(&self, object: &mut ObjectText) {
        for (name, json) in &self.0 {
            if !json.is_empty() {
                object.json(name, json);
            }
        }
    }
}
