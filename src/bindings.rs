//! What JavaScript sees: conversions only. Everything crosses as text, so that nothing has to be freed.

use wasm_bindgen::prelude::*;

use crate::json::ObjectText;
use crate::validate::{self, InvalidOption, Options, Report, Unreadable, unreadable, with_invalid_options};
use crate::{build, send};

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

/// Checks a request and sends it. Resolves with a plain receipt; rejects with a plain object whose `name` is `ValidationError`
/// (its `report` is the report as JSON) or `SendError`.
#[wasm_bindgen]
pub async fn send(request: String, rule_options: Option<String>, options: JsValue) -> Result<JsValue, JsValue> {
    let (rule_options, invalid) = read_options(rule_options);
    if let Some(InvalidOption(message)) = invalid.into_iter().next() {
        return Err(plain(&send::Failure::configuration(message).to_json()));
    }
    let report = validate::validate(&request, &rule_options);
    if !report.valid() {
        let mut error = ObjectText::default();
        error.text("name", "ValidationError");
        error.text("report", &report.to_json());
        return Err(plain(&error.end()));
    }
    send::transport::send(request, options).await
}

/// A plain object from our own JSON.
fn plain(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap_or_else(|error| error)
}

/// A lane of the rate through which nothing has gone, as the numbers that the two functions below read and write.
#[wasm_bindgen(js_name = openLane)]
pub fn open_lane() -> Vec<f64> {
    vec![0.0; send::LANE_SIZE]
}

/// Asks a lane to send `wanted` messages now: how many may go, or, below zero, for how long to wait.
#[wasm_bindgen(js_name = passLane)]
pub fn pass_lane(lane: &mut [f64], now_ms: f64, per_second: f64, used_percent: f64, wanted: f64) -> f64 {
    let mut state = send::Lane::read(lane);
    let granted = state.pass(now_ms, per_second, used_percent, wanted);
    state.write(lane);
    granted
}

/// Tells a lane that the answer came to messages that went together.
#[wasm_bindgen(js_name = answeredLane)]
pub fn answered_lane(lane: &mut [f64], sent_ms: f64, now_ms: f64, messages: f64) {
    let mut state = send::Lane::read(lane);
    state.answered(sent_ms, now_ms, messages);
    state.write(lane);
}

/// What Graph's refusal of a message means for the others: 0 nothing, 1 pause, 2 stop if it is repeated, 3 stop.
/// What is no number is no code.
#[wasm_bindgen]
pub fn consequence(code: f64, subcode: f64) -> u32 {
    let whole = |number: f64| if number.fract() == 0.0 { Some(number as i64) } else { None };
    match whole(code).map(|code| send::consequence(code, whole(subcode))) {
        None | Some(send::Consequence::None) => 0,
        Some(send::Consequence::Pause) => 1,
        Some(send::Consequence::Suspect) => 2,
        Some(send::Consequence::Stop) => 3,
    }
}
