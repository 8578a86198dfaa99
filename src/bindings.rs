//! What JavaScript sees: conversions only. Everything crosses as text, so that nothing has to be freed; and all in one shape:
//! two texts go in, one comes out. V8 compiles a wrapper for each shape of an export when it compiles the module: for seventeen shapes
//! Node 20 took longer than for all functions together. Behind an exclamation mark a text says why there is no other.

pub mod many;
pub mod send;

use wasm_bindgen::prelude::*;

use crate::build;
use crate::json::{ObjectText, utf8};
use crate::send::Failure;
use crate::validate::{self, InvalidOption, RuleOptions, Unreadable, unreadable};
use crate::words::joined;

/// A module of this kind has one thread and short texts: this allocator is a fifth of the standard one's size.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The options as JavaScript gives them, as JSON.
#[inline(never)]
fn read_options(options: Option<String>) -> RuleOptions {
    options.map_or_else(Default::default, |json| RuleOptions::from_json(&json))
}

/// What has no JSON would be told as JavaScript tells it; this has.
fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The options of the check can be taken as they are.
#[inline(never)]
fn none_invalid(invalid: &[InvalidOption]) -> Result<(), Box<Failure>> {
    invalid.first().map_or(Ok(()), |option| {
        Err(Failure::configuration(option.message()))
    })
}

/// What was written, or why it was not.
#[inline(never)]
fn told(written: Result<String, Box<Failure>>) -> String {
    written.unwrap_or_else(|failure| refused(&failure.to_json()))
}

/// Why nothing was written.
fn refused(error: &str) -> String {
    joined(&["!", error])
}

/// Checks the JSON of a request, given as bytes. Answers the report as JSON; nothing at all where there is no issue, which is the
/// usual case.
#[wasm_bindgen(js_name = validateBytes)]
pub fn validate_bytes(json: &[u8], options: Option<String>) -> Option<String> {
    let report = validate::validate_json(json, &read_options(options));
    if report.issues.is_empty() {
        None
    } else {
        Some(to_json(&report))
    }
}

/// The report on a value that has no JSON, or too much of it.
#[wasm_bindgen(js_name = validateUnreadable)]
pub fn validate_unreadable(reason: &str, options: Option<String>) -> String {
    let why = match reason {
        "undefined" => Unreadable::Undefined,
        "too_large" => Unreadable::TooLarge(None),
        "not_text" => Unreadable::NotText,
        _ => Unreadable::Unserializable,
    };
    to_json(&unreadable(why, &read_options(options)))
}

/// Builds the JSON of a request from the JSON of a draft, given as UTF-8. Behind an exclamation mark it gives the issues, as JSON.
#[wasm_bindgen(js_name = buildMessage)]
pub fn build_message(draft: &[u8], options: Option<String>) -> String {
    build::build_message(utf8(draft), &read_options(options)).unwrap_or_else(|error| {
        let mut json = ObjectText::default();
        json.json("issues", &to_json(&error.issues));
        if let Some(request) = error.request_json() {
            json.json("request", request);
        }
        refused(&json.end())
    })
}

/// The catalogue of rules, as JSON.
#[wasm_bindgen]
pub fn rules() -> String {
    to_json(&validate::rules())
}
