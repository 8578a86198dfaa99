//! The steps of a send as `exchange.js` takes them; see [`crate::send::steps`].

use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Request};

use super::read_options;
use crate::json::ObjectText;
use crate::send::steps::{self, Progress, Reading};
use crate::send::{Answer, AnswerHeaders, Edge, Failure, Options, transport};
use crate::validate::{self, InvalidOption};

/// Checks the options and the request, and writes what goes over HTTP. Throws JSON: the plain object of a `SendError`, or
/// `{"name": "ValidationError", "report"}`.
#[wasm_bindgen(js_name = prepareSend)]
pub fn prepare_send(request: &str, rules: Option<String>, options: &str) -> Result<String, String> {
    let (rules, invalid) = read_options(rules);
    if let Some(InvalidOption(message)) = invalid.into_iter().next() {
        return Err(Failure::configuration(message).to_json());
    }
    let report = validate::validate(request, &rules);
    if !report.valid() {
        let mut error = ObjectText::default();
        error.text("name", "ValidationError");
        error.json("report", &report.to_json());
        return Err(error.end());
    }
    Options::from_json(options).and_then(|options| steps::request(request, &options, Edge::Messages)).map_err(|failure| failure.to_json())
}

/// The options of an earlier step, which has checked them.
fn known(options: &str) -> Options {
    Options::from_json(options).unwrap_or_else(|_| Options::new(""))
}

/// The members of a request as a form without a token, which is how an item of a batch is written:
/// <https://developers.facebook.com/docs/graph-api/batch-requests>. Throws the plain object of a `SendError`, as JSON.
#[wasm_bindgen(js_name = writeItem)]
pub fn write_item(request: &str) -> Result<String, String> {
    steps::item(request).map_err(|failure| failure.to_json())
}

/// What the app's secret signs at this time, in seconds since 1970.
#[wasm_bindgen(js_name = proofText)]
pub fn proof_text(options: &str, time: f64) -> String {
    steps::proof(&known(options), time as u64)
}

/// The body with its proof, in lower-case hex.
#[wasm_bindgen(js_name = withProof)]
pub fn with_proof(body: String, options: &str, proof: String, time: f64) -> String {
    steps::proven(body, &known(options), proof, time as u64)
}

/// The `Request`, made by gloo-net. `signal` cuts it off; without a `content_type` the runtime names one that fits the body.
#[wasm_bindgen(js_name = buildRequest)]
pub fn build_request(
    url: &str,
    content_type: Option<String>,
    authorization: Option<String>,
    body: &JsValue,
    signal: Option<AbortSignal>,
) -> Result<Request, JsValue> {
    transport::request(url, content_type, authorization, body, signal.as_ref())
}

/// What an answer means. `reading`: 0 the body was read to its end, 1 it is too large, 2 it cannot be had.
#[wasm_bindgen(js_name = readAnswer)]
#[allow(clippy::too_many_arguments)]
pub fn read_answer(
    options: &str,
    attempts: u32,
    sent: u32,
    status: u16,
    headers: &str,
    body: &[u8],
    reading: u32,
    now_ms: f64,
    random: f64,
) -> String {
    let reading = match reading {
        0 => Reading::Whole,
        1 => Reading::TooLarge,
        _ => Reading::Unreadable,
    };
    let answer = Answer { status, headers: AnswerHeaders::from_lines(headers), body };
    steps::answer(&known(options), Progress { attempts, sent }, &answer, reading, now_ms, random)
}

/// What a trouble means.
#[wasm_bindgen(js_name = readTrouble)]
pub fn read_trouble(options: &str, attempts: u32, sent: u32, word: &str, detail: &str, status: Option<u16>, random: f64) -> String {
    steps::trouble(&known(options), Progress { attempts, sent }, word, detail, status, random)
}

/// A text from outside without the secrets.
#[wasm_bindgen]
pub fn redact(options: &str, text: &str) -> String {
    steps::redacted(&known(options), text)
}
