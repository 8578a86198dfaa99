//! What JavaScript sees: conversions only. Everything crosses as text, so that nothing has to be freed; and all in one shape:
//! two texts go in, one comes out. V8 compiles a wrapper for each shape of an export when it compiles the module: for seventeen shapes
//! Node 20 took longer than for all functions together. Behind an exclamation mark a text says why there is no other.

pub mod many;
pub mod send;

use wasm_bindgen::prelude::*;

use crate::build;
use crate::json::utf8;
use crate::send::Failure;
use crate::validate::{self, InvalidOption, Options, Report, Unreadable, unreadable, with_invalid_options};
use crate::words::joined;

/// A module of this kind has one thread and short texts: this allocator is a fifth of the standard one's size.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The options as JavaScript gives them, as JSON.
#[inline(never)]
fn read_options(options: Option<String>) -> (Options, Vec<InvalidOption>) {
    options.map_or_else(Default::default, |json| Options::from_json(&json))
}

/// The options of the check can be taken as they are.
#[inline(never)]
fn none_invalid(invalid: &[InvalidOption]) -> Result<(), Box<Failure>> {
    invalid.first().map_or(Ok(()), |InvalidOption(message)| Err(Failure::configuration(message)))
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
    let (options, invalid) = read_options(options);
    let report = validate::validate_bytes(json, &options);
    if report.issues.is_empty() && invalid.is_empty() { None } else { Some(with_invalid_options(report, invalid).to_json()) }
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
    with_invalid_options(unreadable(why), read_options(options).1).to_json()
}

/// Builds the JSON of a request from the JSON of a draft, given as UTF-8. Behind an exclamation mark it gives the issues, as JSON.
#[wasm_bindgen(js_name = buildMessage)]
pub fn build_message(draft: &[u8], options: Option<String>) -> String {
    let (options, invalid) = read_options(options);
    let built = if invalid.is_empty() {
        build::build_message(utf8(draft), &options)
    } else {
        Err(build::BuildError { issues: with_invalid_options(Report::default(), invalid).issues, request: None })
    };
    built.unwrap_or_else(|error| refused(&error.to_json()))
}

/// The catalogue of rules, as JSON.
#[wasm_bindgen]
pub fn rules() -> String {
    validate::catalogue_json()
}
