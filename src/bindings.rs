//! What JavaScript sees: conversions only. Everything crosses as text, so that nothing has to be freed.

pub mod many;
pub mod send;

use wasm_bindgen::prelude::*;

use crate::build;
use crate::validate::{self, InvalidOption, Options, Report, Unreadable, unreadable, with_invalid_options};

/// The options as JavaScript gives them, as JSON.
fn read_options(options: Option<String>) -> (Options, Vec<InvalidOption>) {
    options.map_or_else(Default::default, |json| Options::from_json(&json))
}

/// The report as JSON; nothing at all where there is no issue, which is the usual case.
fn answer(report: Report, invalid: Vec<InvalidOption>) -> Option<String> {
    let report = if invalid.is_empty() { report } else { with_invalid_options(report, invalid) };
    (!report.issues.is_empty()).then(|| report.to_json())
}

/// Checks the JSON of a request.
#[wasm_bindgen(js_name = validateText)]
pub fn validate_text(json: &str, options: Option<String>) -> Option<String> {
    let (options, invalid) = read_options(options);
    answer(validate::validate(json, &options), invalid)
}

/// Checks the JSON of a request, given as bytes.
#[wasm_bindgen(js_name = validateBytes)]
pub fn validate_bytes(json: &[u8], options: Option<String>) -> Option<String> {
    let (options, invalid) = read_options(options);
    answer(validate::validate_bytes(json, &options), invalid)
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
    let (_, invalid) = read_options(options);
    with_invalid_options(unreadable(why), invalid).to_json()
}

/// Builds the JSON of a request from the JSON of a draft. Throws the issues, as JSON.
#[wasm_bindgen(js_name = buildMessage)]
pub fn build_message(draft: &str, options: Option<String>) -> Result<String, String> {
    let (options, invalid) = read_options(options);
    if !invalid.is_empty() {
        let report = with_invalid_options(Report::default(), invalid);
        return Err(build::BuildError { issues: report.issues, request: None }.to_json());
    }
    build::build_message(draft, &options).map_err(|error| error.to_json())
}

/// The catalogue of rules, as JSON.
#[wasm_bindgen]
pub fn rules() -> String {
    validate::catalogue_json()
}
