//! `error.error_data`: what Graph adds to an error, in no documented form.

use std::fmt;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::redact::Redactor;
use crate::json::{self, Value, ValueKind};

/// How deeply nested values are searched for secrets. Each level reads its values again.
const MAX_DEPTH: u32 = 32;

/// Any JSON, as Graph wrote it: numbers keep their digits, and members their order.
#[derive(Clone, PartialEq, Eq)]
pub struct ErrorData(String);

impl ErrorData {
    /// A value of a response.
    pub(super) fn of(value: Value<'_>) -> Self {
        Self(value.json.to_owned())
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The JSON as a tree; `null` if it has a string that is not valid Unicode.
    #[must_use]
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::from_str(&self.0).unwrap_or_default()
    }

    /// Redacts every string, including the names of members.
    pub(super) fn redact(&mut self, redactor: &Redactor) {
        if redactor.finds(&self.0)
            && let Ok(value) = json::whole(&self.0)
        {
            let mut redacted = String::with_capacity(self.0.len());
            push_redacted(value, redactor, MAX_DEPTH, &mut redacted);
            self.0 = redacted;
        }
    }
}

/// Writes a value without secrets. What is nested too deeply becomes `null`.
fn push_redacted(value: Value<'_>, redactor: &Redactor, depth: u32, out: &mut String) {
    let (open, close) = match value.kind {
        ValueKind::Object | ValueKind::Array if depth == 0 => return out.push_str("null"),
        ValueKind::Object => ('{', '}'),
        ValueKind::Array => ('[', ']'),
        ValueKind::String => {
            let text = value.text().unwrap_or_default();
            return json::push_string(out, &redactor.redacted(&text));
        }
        // A secret of digits may appear as a number.
        ValueKind::Number => {
            let text = redactor.redacted(value.json);
            return match text == value.json {
                true => out.push_str(&text),
                false => json::push_string(out, &text),
            };
        }
        _ => return out.push_str(value.json),
    };
    out.push(open);
    let mut is_first = true;
    // The text has been checked, so reading does not stop early.
    let _ = json::each(value.json, &mut |name, inner| {
        if !std::mem::take(&mut is_first) {
            out.push(',');
        }
        if value.kind == ValueKind::Object {
            json::push_string(out, &redactor.redacted(&name));
            out.push(':');
        }
        push_redacted(inner, redactor, depth - 1, out);
    });
    out.push(close);
}

impl fmt::Debug for ErrorData {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Writes the JSON itself with `serde_json`.
impl Serialize for ErrorData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json: &RawValue = serde_json::from_str(&self.0).map_err(S::Error::custom)?;
        json.serialize(serializer)
    }
}
