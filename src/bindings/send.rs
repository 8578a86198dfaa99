//! The steps of a send as `exchange.js` takes them; see [`crate::send::steps`].

use wasm_bindgen::prelude::*;
use web_sys::Request;

use super::read_options;
use crate::json::{ObjectText, utf8};
use crate::send::steps::{self, Progress, Reading};
use crate::send::{Answer, AnswerHeaders, Edge, Failure, Options, Source, Upload, check_file, transport, upload_request};
use crate::validate::{self, InvalidOption, Setting};

/// The rule that a file which goes along makes up for.
const WITHOUT_SOURCE: &str = "media.no_source";

/// Checks the options and the request (UTF-8), and writes what goes over HTTP. `file_bytes` is the size of a file that goes along, if one
/// does. Throws JSON: the plain object of a `SendError`, or `{"name": "ValidationError", "report"}`.
#[wasm_bindgen(js_name = prepareSend)]
pub fn prepare_send(request: &[u8], rules: Option<String>, options: &str, file_bytes: Option<f64>) -> Result<String, String> {
    let (mut rules, mut invalid) = read_options(rules);
    if file_bytes.is_some() {
        invalid.extend(rules.set(WITHOUT_SOURCE, Setting::Off).err());
    }
    if let Some(InvalidOption(message)) = invalid.into_iter().next() {
        return Err(Failure::configuration(message).to_json());
    }
    let report = validate::validate_bytes(request, &rules);
    if !report.valid() {
        let mut error = ObjectText::default();
        error.text("name", "ValidationError");
        error.json("report", &report.to_json());
        return Err(error.end());
    }
    let request = utf8(request);
    if let Some(Err(failure)) = file_bytes.map(|bytes| check_file(request, bytes)) {
        return Err(failure.to_json());
    }
    written(request, options, Edge::Messages)
}

/// Writes the request of an upload: of what is at `url`, or of a file of so many bytes and that MIME type. Throws the plain object of a
/// `SendError`, as JSON.
#[wasm_bindgen(js_name = prepareUpload)]
pub fn prepare_upload(
    options: &str,
    url: Option<String>,
    bytes: f64,
    mime: &str,
    kind: Option<String>,
    is_reusable: bool,
    instagram: bool,
) -> Result<String, String> {
    let source = url.as_deref().map_or(Source::File { bytes, mime }, Source::Url);
    let upload = Upload { source, kind: kind.as_deref(), is_reusable, instagram };
    upload_request(&upload).map_err(|failure| failure.to_json()).and_then(|request| written(&request, options, Edge::Attachments))
}

#[inline(never)]
fn written(request: &str, options: &str, edge: Edge) -> Result<String, String> {
    Options::from_json(options).and_then(|options| steps::request(request, &options, edge)).map_err(|failure| failure.to_json())
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

/// The `Request` without its body, made by gloo-net. Without a `content_type` the runtime names one that fits the body.
#[wasm_bindgen(js_name = buildRequest)]
pub fn build_request(url: &str, content_type: Option<String>) -> Result<Request, JsValue> {
    transport::request(url, content_type)
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
    steps::answer(&|| known(options), Progress { attempts, sent }, &answer, reading, now_ms, random)
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
