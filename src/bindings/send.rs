//! The steps of a send as `core.js` asks for them; see [`crate::send::steps`]. The last argument of each is the text of [`Facts`].

use wasm_bindgen::prelude::*;
use web_sys::Request;

use super::{none_invalid, read_options, refused, to_json, told};
use crate::json::{ObjectText, utf8};
use crate::send::steps::{self, Progress, Reading};
use crate::send::{
    Answer, AnswerHeaders, Edge, Facts, Failure, Options, Source, Upload, check_file, transport,
    upload_request,
};
use crate::validate::{self, RuleSetting};

/// The rule that a file which goes along makes up for.
const WITHOUT_SOURCE: &str = "media.no_source";

/// Checks the options and the request (UTF-8), and writes what goes over HTTP. Facts: `rules`, the options of the check as JSON;
/// `file`, the size of a file that goes along, in bytes; `item`, where it is for a batch. Behind an exclamation mark it gives the plain
/// object of a `SendError`, or `{"name": "ValidationError", "report"}`.
#[wasm_bindgen(js_name = prepareSend)]
pub fn prepare_send(request: &[u8], facts: &str) -> String {
    told(prepared(request, Facts::read(facts)))
}

fn prepared(request: &[u8], facts: Facts<'_>) -> Result<String, Box<Failure>> {
    let file_bytes = facts.number("file");
    let mut rules = read_options(facts.text("rules"));
    if file_bytes.is_some() {
        rules = rules.rule(WITHOUT_SOURCE, RuleSetting::Off);
    }
    none_invalid(rules.invalid())?;
    let report = validate::validate_json(request, &rules);
    if !report.valid() {
        let mut error = ObjectText::default();
        error.text("name", "ValidationError");
        error.json("report", &to_json(&report));
        return Ok(refused(&error.end()));
    }
    let request = utf8(request);
    if let Some(bytes) = file_bytes {
        check_file(request, bytes)?;
    }
    let options = Options::from_json(facts.options)?;
    if facts.holds("item") {
        steps::item(request, &options)
    } else {
        steps::request(request, &options, Edge::Messages)
    }
}

/// Writes the request of an upload: of what is at `url`, or of a file of so many `bytes` and of the type `mime`. Further facts: `kind`,
/// `reusable` and `instagram` where they hold. Behind an exclamation mark it gives the plain object of a `SendError`.
#[wasm_bindgen(js_name = prepareUpload)]
pub fn prepare_upload(url: Option<String>, facts: &str) -> String {
    let facts = Facts::read(facts);
    let mime = facts.text("mime").unwrap_or_default();
    let source = url.as_deref().map_or(
        Source::File {
            bytes: facts.number("bytes").unwrap_or_default(),
            mime: &mime,
        },
        Source::Url,
    );
    let kind = facts.text("kind");
    let upload = Upload {
        source,
        kind: kind.as_deref(),
        is_reusable: facts.holds("reusable"),
        instagram: facts.holds("instagram"),
    };
    told(upload_request(&upload).and_then(|request| {
        steps::request(
            &request,
            &Options::from_json(facts.options)?,
            Edge::Attachments,
        )
    }))
}

/// What the app's secret signs at this time, in seconds since 1970.
#[wasm_bindgen(js_name = proofText)]
pub fn proof_text(time: &str, facts: &str) -> String {
    steps::proof(&Facts::read(facts).known(), time)
}

/// The body with its proof. Facts: `proof`, in lower-case hex, and its `time`.
#[wasm_bindgen(js_name = withProof)]
pub fn with_proof(body: String, facts: &str) -> String {
    let facts = Facts::read(facts);
    steps::proven(
        body,
        &facts.known(),
        facts.text("proof").unwrap_or_default(),
        facts.number("time").unwrap_or_default() as u64,
    )
}

/// The `Request` without its body, made by gloo-net; none where the runtime does not take the address. Without a `content_type` the
/// runtime names one that fits the body.
#[wasm_bindgen(js_name = buildRequest)]
pub fn build_request(url: &str, content_type: Option<String>) -> Option<Request> {
    transport::request(url, content_type)
}

/// What an answer with this body means. Facts: `attempts`, `sent`, `status`, `headers`; `reading`: 0 the body was read to its end,
/// 1 it is too large, 2 it cannot be had; `now`, in milliseconds since 1970, and `random`.
#[wasm_bindgen(js_name = readAnswer)]
pub fn read_answer(body: &[u8], facts: &str) -> String {
    let facts = Facts::read(facts);
    let reading = match facts.count("reading") {
        0 => Reading::Whole,
        1 => Reading::TooLarge,
        _ => Reading::Unreadable,
    };
    let headers = facts.text("headers").unwrap_or_default();
    let answer = Answer {
        status: facts.count("status") as u16,
        headers: AnswerHeaders::from_lines(&headers),
        body,
    };
    let chance = facts.number("random").unwrap_or_default();
    steps::answer(
        &|| facts.known(),
        progress_of(&facts),
        &answer,
        reading,
        facts.number("now").unwrap_or_default(),
        chance,
    )
}

/// What a trouble of this word means. Facts: `attempts`, `sent`, `random`, and where they are known `detail` and `status`.
#[wasm_bindgen(js_name = readTrouble)]
pub fn read_trouble(word: &str, facts: &str) -> String {
    let facts = Facts::read(facts);
    let status = facts.holds("status").then(|| facts.count("status") as u16);
    let detail = facts.text("detail").unwrap_or_default();
    steps::trouble(
        &facts.known(),
        progress_of(&facts),
        word,
        &detail,
        status,
        facts.number("random").unwrap_or_default(),
    )
}

fn progress_of(facts: &Facts<'_>) -> Progress {
    Progress {
        attempts: facts.count("attempts"),
        sent: facts.count("sent"),
    }
}

/// A text from outside without the secrets.
#[wasm_bindgen]
pub fn redact(text: &str, facts: &str) -> String {
    steps::redacted(&Facts::read(facts).known(), text)
}
