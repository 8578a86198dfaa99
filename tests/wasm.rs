//! The boundary to JavaScript, in Node and in headless Chrome: what crosses it as text, and `send` over a `fetch` that the test gives.
//!
//! `wasm-pack test --node . --test wasm`, and with `WASM_BINDGEN_USE_BROWSER=1` `wasm-pack test --headless --chrome . --test wasm`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use js_sys::{Array, Function, JSON, Promise, Reflect};
use messenger_send::bindings::{build_message, rules, send, validate_bytes, validate_text, validate_unreadable};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AbortController, Request};

const HELLO: &str = r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"hello"}}"#;
const TOKEN: &str = "EAABtesttoken";
const SECRET: &str = "0123456789abcdef0123456789abcdef";
const RECEIPT: &str = r#"return Response.json({ recipient_id: "1", message_id: "m_1" });"#;

// Text in, text out.

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

fn codes(report: &Value) -> Vec<&str> {
    report["issues"].as_array().unwrap().iter().map(|issue| issue["code"].as_str().unwrap()).collect()
}

#[wasm_bindgen_test]
fn a_clean_request_has_no_report() {
    assert_eq!(validate_text(HELLO, None), None);
    assert_eq!(validate_text(HELLO, Some(r#"{"platform":"messenger"}"#.to_owned())), None);
    assert_eq!(validate_bytes(HELLO.as_bytes(), None), None);
}

#[wasm_bindgen_test]
fn a_wrong_request_has_a_report_as_json() {
    let wrong = r#"{"recipient":{"id":"1"},"message":{"text":""}}"#;
    let text = validate_text(wrong, None).unwrap();
    let report = read(&text);
    assert_eq!(report["valid"], json!(false));
    assert!(report["issues"].as_array().unwrap().iter().any(|issue| issue["pointer"] == "/message/text"), "{text}");
    assert_eq!(validate_bytes(wrong.as_bytes(), None).as_deref(), Some(text.as_str()));
}

#[wasm_bindgen_test]
fn text_that_is_no_json_and_bytes_that_are_no_text_have_one_issue() {
    let report = read(&validate_text("{", None).unwrap());
    assert_eq!((&report["valid"], codes(&report).len()), (&json!(false), 1));
    let report = read(&validate_bytes(b"{\"a\":\"\xFF\"}", None).unwrap());
    assert_eq!(codes(&report), ["json.malformed"]);
    assert!(report["issues"][0]["message"].as_str().unwrap().contains("byte 6"), "{report}");
}

#[wasm_bindgen_test]
fn options_cross_as_json_and_a_wrong_one_is_an_issue() {
    let wrong = r#"{"recipient":{"id":"1"},"message":{"text":""}}"#;
    let report = read(&validate_text(wrong, None).unwrap());
    let off: serde_json::Map<String, Value> = codes(&report).into_iter().map(|code| (code.to_owned(), json!("off"))).collect();
    assert_eq!(validate_text(wrong, Some(json!({ "rules": off }).to_string())), None);

    let report = read(&validate_text(HELLO, Some(r#"{"platform":"pigeon"}"#.to_owned())).unwrap());
    assert_eq!(report["issues"].as_array().unwrap().len(), 1);
    assert!(report["issues"][0]["message"].as_str().unwrap().contains("platform"), "{report}");
}

#[wasm_bindgen_test]
fn a_value_without_json_has_a_report_for_each_reason() {
    for reason in ["undefined", "unserializable", "too_large", "not_text"] {
        let report = read(&validate_unreadable(reason, None));
        let expected = if reason == "too_large" { "json.too_large" } else { "json.unserializable" };
        assert_eq!(report["valid"], json!(false), "{reason}");
        assert_eq!(codes(&report), [expected], "{reason}");
        assert_eq!(report["issues"][0]["pointer"], json!(""), "{reason}");
    }
}

#[wasm_bindgen_test]
fn a_draft_becomes_a_request_or_its_issues_are_thrown_as_text() {
    let request = build_message(r#"{"to":"1","text":"hello"}"#, None).unwrap();
    assert_eq!(validate_text(&request, None), None, "{request}");
    assert_eq!(read(&request)["message"]["text"], json!("hello"));

    let thrown = JsValue::from(build_message("{", None).unwrap_err());
    let error = read(&thrown.as_string().expect("a text"));
    assert_eq!(codes(&error).len(), 1);
    assert!(error.get("request").is_none(), "{error}");

    // What was built is wrong: the request is there too, so that the places of its issues mean something.
    let error = read(&build_message(&json!({ "to": "1", "text": "x".repeat(3000) }).to_string(), None).unwrap_err());
    assert!(!codes(&error).is_empty(), "{error}");
    assert!(error["request"].is_object(), "{error}");

    let error = read(&build_message(r#"{"to":"1","text":"hello"}"#, Some("[]".to_owned())).unwrap_err());
    assert_eq!(codes(&error).len(), 1, "{error}");
}

#[wasm_bindgen_test]
fn the_catalogue_is_a_list_of_rules() {
    let rules = read(&rules());
    let rules = rules.as_array().unwrap();
    assert!(rules.len() > 50, "{}", rules.len());
    for rule in rules {
        assert!(rule["code"].is_string() && rule["summary"].is_string() && rule["platforms"].is_array(), "{rule}");
        assert!(rule["severity"] == "error" || rule["severity"] == "warning", "{rule}");
    }
}

// Sending, over a double of `fetch`.

/// A `fetch` that keeps the requests that it got. `answer` is the body of an async function of `request`, `count` and `context`.
struct Fetch {
    function: Function,
    seen: Array,
    this_values: Array,
}

impl Fetch {
    fn new(answer: &str) -> Self {
        Self::with(answer, &JsValue::UNDEFINED)
    }

    fn with(answer: &str, context: &JsValue) -> Self {
        let code = format!(
            r#""use strict";
            return function fetch(request) {{
                seen.push(request);
                thisValues.push(this);
                return (async (request, count) => {{ {answer} }})(request.clone(), seen.length);
            }};"#
        );
        let (seen, this_values) = (Array::new(), Array::new());
        let made = Function::new_with_args("seen, thisValues, context", &code).call3(&JsValue::UNDEFINED, &seen, &this_values, context);
        Self { function: made.unwrap().unchecked_into(), seen, this_values }
    }

    fn count(&self) -> u32 {
        self.seen.length()
    }

    fn request(&self, index: u32) -> Request {
        self.seen.get(index).unchecked_into()
    }

    async fn body(&self, index: u32) -> String {
        let text = JsFuture::from(Promise::from(run("return value.text();", &self.request(index)))).await;
        text.unwrap().as_string().unwrap()
    }
}

/// Runs the body of a function of `value`.
fn run(code: &str, value: &JsValue) -> JsValue {
    Function::new_with_args("value", code).call1(&JsValue::UNDEFINED, value).unwrap()
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap()
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    assert!(Reflect::set(object, &JsValue::from_str(name), value).unwrap());
}

/// What `JSON.stringify` makes of it.
fn plain(value: &JsValue) -> Value {
    read(&JSON::stringify(value).unwrap().as_string().unwrap())
}

/// The options of a send: the token, what else the test wants, and the double.
fn options(more: &Value, fetch: &Fetch) -> JsValue {
    let mut members = json!({ "accessToken": TOKEN, "timeoutMs": 5000, "retry": { "baseDelayMs": 0 } });
    members.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let options = JSON::parse(&members.to_string()).unwrap();
    set(&options, "fetch", &fetch.function);
    options
}

async fn post(options: &JsValue) -> Result<JsValue, JsValue> {
    send(HELLO.to_owned(), None, options.clone()).await
}

/// The error of a send that must fail: the plain object, and its JSON.
async fn failure(options: &JsValue) -> (JsValue, Value) {
    let error = match post(options).await {
        Ok(receipt) => panic!("{}", plain(&receipt)),
        Err(error) => error,
    };
    let json = plain(&error);
    assert_eq!(json["name"], json!("SendError"), "{json}");
    (error, json)
}

#[track_caller]
fn assert_failure(error: &Value, kind: &str, delivery: &str, attempts: u32) {
    assert_eq!((&error["kind"], &error["delivery"], &error["attempts"]), (&json!(kind), &json!(delivery), &json!(attempts)), "{error}");
}

/// Everything in it that a person could come to read: own members of all kinds, and of all that hangs on them.
fn all_texts(value: &JsValue) -> String {
    let code = r#"
        const seen = new Set();
        const texts = [];
        const walk = (value) => {
            if (typeof value === "string") texts.push(value);
            if (value === null || typeof value !== "object" || seen.has(value)) return;
            seen.add(value);
            for (const name of Reflect.ownKeys(value)) { texts.push(String(name)); walk(value[name]); }
        };
        walk(value);
        return texts.join("\n");"#;
    run(code, value).as_string().unwrap()
}

#[wasm_bindgen_test]
async fn a_send_posts_a_form_and_resolves_with_the_receipt() {
    let fetch = Fetch::new(RECEIPT);
    let receipt = post(&options(&json!({ "pageId": "42" }), &fetch)).await.unwrap();
    assert_eq!(plain(&receipt), json!({ "recipient_id": "1", "message_id": "m_1", "attempts": 1 }));

    assert_eq!(fetch.count(), 1);
    assert!(fetch.this_values.get(0).is_undefined());
    let request = fetch.request(0);
    assert_eq!(request.method(), "POST");
    assert_eq!(request.url(), "https://graph.facebook.com/v25.0/42/messages");
    assert_eq!(get(&request, "redirect").as_string().as_deref(), Some("manual"));
    assert_eq!(request.headers().get("content-type").unwrap().as_deref(), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.headers().get("authorization").unwrap(), None);
    assert_eq!(
        fetch.body(0).await,
        "recipient=%7B%22id%22%3A%221%22%7D&messaging_type=RESPONSE&message=%7B%22text%22%3A%22hello%22%7D&access_token=EAABtesttoken"
    );
}

#[wasm_bindgen_test]
async fn json_goes_out_as_it_was_written_with_the_token_in_a_header() {
    let fetch = Fetch::new(RECEIPT);
    post(&options(&json!({ "encoding": "json", "baseUrl": "https://example.org/graph/" }), &fetch)).await.unwrap();
    let request = fetch.request(0);
    assert_eq!(request.url(), "https://example.org/graph/v25.0/me/messages");
    assert_eq!(request.headers().get("content-type").unwrap().as_deref(), Some("application/json"));
    assert_eq!(request.headers().get("authorization").unwrap().as_deref(), Some("Bearer EAABtesttoken"));
    assert_eq!(fetch.body(0).await, HELLO);
}

/// Puts a member of an object back when it is dropped, a failed assertion included.
struct Patch {
    object: JsValue,
    name: &'static str,
    before: JsValue,
}

impl Patch {
    fn new(object: JsValue, name: &'static str, value: &JsValue) -> Self {
        let before = get(&object, name);
        set(&object, name, value);
        Self { object, name, before }
    }
}

impl Drop for Patch {
    fn drop(&mut self) {
        set(&self.object, self.name, &self.before);
    }
}

#[wasm_bindgen_test]
async fn the_global_fetch_is_called_where_the_caller_gives_none() {
    let fetch = Fetch::new(RECEIPT);
    let options = options(&json!({}), &fetch);
    set(&options, "fetch", &JsValue::UNDEFINED);
    let patch = Patch::new(js_sys::global().into(), "fetch", &fetch.function);
    let receipt = post(&options).await;
    drop(patch);
    assert_eq!(plain(&receipt.unwrap())["message_id"], json!("m_1"));
    assert_eq!(fetch.count(), 1);
}

#[wasm_bindgen_test]
async fn the_proof_is_the_known_one_in_both_encodings() {
    let proof = "dc226c7394226cb378f0e6f49da0a94571b0ae10f3d1cc909c7e2e7965f9a2f3";
    for (encoding, expected) in [
        ("form", format!("&access_token={TOKEN}&appsecret_proof={proof}&appsecret_time=1700000000")),
        ("json", format!(r#","appsecret_proof":"{proof}","appsecret_time":1700000000}}"#)),
    ] {
        let fetch = Fetch::new(RECEIPT);
        let clock = Patch::new(get(&js_sys::global(), "Date"), "now", &Function::new_no_args("return 1700000000999;"));
        let sent = post(&options(&json!({ "appSecret": SECRET, "encoding": encoding }), &fetch)).await;
        drop(clock);
        sent.unwrap();
        let body = fetch.body(0).await;
        assert!(body.ends_with(&expected), "{body}");
        assert!(!body.contains(SECRET), "{body}");
    }
}

#[wasm_bindgen_test]
async fn a_signal_that_is_aborted_already_lets_nothing_out() {
    let fetch = Fetch::new(RECEIPT);
    let controller = AbortController::new().unwrap();
    let reason = JsValue::from(js_sys::Error::new("enough"));
    controller.abort_with_reason(&reason);
    let options = options(&json!({}), &fetch);
    set(&options, "signal", &controller.signal());
    let (error, json) = failure(&options).await;
    assert_failure(&json, "aborted", "not_sent", 0);
    assert!(js_sys::Object::is(&get(&error, "cause"), &reason));
    assert_eq!(fetch.count(), 0);
}

#[wasm_bindgen_test]
async fn an_abort_in_flight_rejects_at_once_with_the_reason_and_ends_the_request() {
    for reason in [JsValue::from_str("the person left"), JsValue::from(7), JsValue::NULL] {
        let controller = AbortController::new().unwrap();
        let context = js_sys::Array::of2(&controller, &reason);
        let fetch = Fetch::with("setTimeout(() => context[0].abort(context[1]), 5); return new Promise(() => {});", &context);
        let options = options(&json!({}), &fetch);
        set(&options, "signal", &controller.signal());
        let (error, json) = failure(&options).await;
        assert_failure(&json, "aborted", "unknown", 1);
        assert!(js_sys::Object::is(&get(&error, "cause"), &reason), "{json}");
        assert!(fetch.request(0).signal().aborted());
    }
}

#[wasm_bindgen_test]
async fn an_abort_without_a_reason_has_the_one_of_the_signal() {
    let controller = AbortController::new().unwrap();
    let fetch = Fetch::with("setTimeout(() => context.abort(undefined), 5); return new Promise(() => {});", &controller);
    let with_controller = options(&json!({}), &fetch);
    set(&with_controller, "signal", &controller.signal());
    let (error, json) = failure(&with_controller).await;
    assert_failure(&json, "aborted", "unknown", 1);
    assert_eq!(get(&get(&error, "cause"), "name").as_string().as_deref(), Some("AbortError"));

    // A signal of another library need not have one at all.
    let bare = run("return { aborted: true, addEventListener() {}, removeEventListener() {} };", &JsValue::UNDEFINED);
    let with_bare = options(&json!({}), &fetch);
    set(&with_bare, "signal", &bare);
    let (error, json) = failure(&with_bare).await;
    assert_failure(&json, "aborted", "not_sent", 0);
    assert!(get(&error, "cause").is_undefined());
    assert_eq!(fetch.count(), 1);
}

#[wasm_bindgen_test]
async fn an_abort_during_the_wait_is_no_doubt_about_the_message() {
    let controller = AbortController::new().unwrap();
    let fetch = Fetch::new(r#"return Response.json({ error: { code: 2 } }, { status: 500, headers: { "retry-after": "20" } });"#);
    let options = options(&json!({}), &fetch);
    set(&options, "signal", &controller.signal());
    let on_retry = Function::new_with_args("controller", "return () => setTimeout(() => controller.abort(\"stop\"), 5);");
    set(&options, "onRetry", &on_retry.call1(&JsValue::UNDEFINED, &controller).unwrap());
    let (error, json) = failure(&options).await;
    assert_failure(&json, "aborted", "rejected", 1);
    assert_eq!(get(&error, "cause").as_string().as_deref(), Some("stop"));
}

#[wasm_bindgen_test]
async fn the_listener_is_gone_when_the_promise_settles() {
    let counting = r#"
        const counts = { added: 0, removed: 0, aborted: false, listeners: new Set() };
        counts.addEventListener = (_, listener) => { counts.added += 1; counts.listeners.add(listener); };
        counts.removeEventListener = (_, listener) => { counts.removed += 1; counts.listeners.delete(listener); };
        return counts;"#;
    for (answer, works) in [(RECEIPT, true), ("throw new TypeError('no');", false)] {
        let signal = run(counting, &JsValue::UNDEFINED);
        let fetch = Fetch::new(answer);
        let options = options(&json!({}), &fetch);
        set(&options, "signal", &signal);
        assert_eq!(post(&options).await.is_ok(), works);
        assert_eq!(get(&signal, "added"), 1);
        assert_eq!(get(&signal, "removed"), 1);
        assert_eq!(get(&get(&signal, "listeners"), "size"), 0);
    }
}

#[wasm_bindgen_test]
async fn a_fetch_that_never_settles_is_a_timeout() {
    let fetch = Fetch::new("return new Promise(() => {});");
    let (_, error) = failure(&options(&json!({ "timeoutMs": 20 }), &fetch)).await;
    assert_failure(&error, "timeout", "unknown", 1);
    assert_eq!(error["message"], json!("No whole answer came within 20 ms."));
    assert_eq!(error["retryable"], json!(false));
    assert!(fetch.request(0).signal().aborted());
}

#[wasm_bindgen_test]
async fn a_body_that_never_ends_is_a_timeout_and_is_cancelled() {
    let state = js_sys::Object::new();
    let answer = r#"
        const start = (controller) => controller.enqueue(new TextEncoder().encode('{"message'));
        return new Response(new ReadableStream({ start, cancel() { context.cancelled = true; } }));"#;
    let fetch = Fetch::with(answer, &state);
    let (_, error) = failure(&options(&json!({ "timeoutMs": 30 }), &fetch)).await;
    assert_failure(&error, "timeout", "unknown", 1);
    assert_eq!(error["status"], json!(200));
    assert_eq!(get(&state, "cancelled"), true);
}

#[wasm_bindgen_test]
async fn the_token_is_in_no_part_of_an_error_of_fetch() {
    let answer = format!(
        r#"const inner = Object.assign(new Error("inner {TOKEN}"), {{ code: "E_{TOKEN}", request }});
        throw Object.assign(new TypeError("bad address ?access_token={TOKEN}&x", {{ cause: inner }}), {{ request, note: "{TOKEN}" }});"#
    );
    let fetch = Fetch::new(&answer);
    let (error, json) = failure(&options(&json!({}), &fetch)).await;
    assert_failure(&json, "network", "unknown", 1);
    let message = json["message"].as_str().unwrap();
    assert!(message.starts_with("No answer came: bad address ?access_token=") && message.ends_with("&x"), "{message}");
    let cause = get(&error, "cause");
    assert_eq!(get(&cause, "name").as_string().as_deref(), Some("TypeError"));
    assert!(get(&get(&cause, "cause"), "message").as_string().unwrap().starts_with("inner "));
    let texts = all_texts(&error);
    assert!(texts.contains("bad address") && texts.contains("inner "), "{texts}");
    assert!(!texts.contains(TOKEN), "{texts}");
}

#[wasm_bindgen_test]
async fn a_fetch_may_throw_before_it_gives_a_promise() {
    let fetch = Fetch::new("");
    let options = options(&json!({}), &fetch);
    set(&options, "fetch", &Function::new_no_args("throw new RangeError('at once');"));
    let (error, json) = failure(&options).await;
    assert_failure(&json, "network", "unknown", 1);
    assert_eq!(json["message"], json!("No answer came: at once"));
    assert_eq!(get(&get(&error, "cause"), "name").as_string().as_deref(), Some("RangeError"));
}

#[wasm_bindgen_test]
async fn a_fetch_may_reject_with_a_text() {
    let fetch = Fetch::new(&format!("return Promise.reject('down for {TOKEN}');"));
    let (error, json) = failure(&options(&json!({}), &fetch)).await;
    assert_failure(&json, "network", "unknown", 1);
    assert!(json["message"].as_str().unwrap().starts_with("No answer came: down for "), "{json}");
    assert!(get(&error, "cause").as_string().unwrap().starts_with("down for "));
    assert!(!all_texts(&error).contains(TOKEN));
}

#[wasm_bindgen_test]
async fn an_answer_that_is_no_response_is_told_so() {
    for answer in ["return undefined;", "return null;", "return 42;", "return 'ok';", "return {};", "return { status: 'fine' };"] {
        let fetch = Fetch::new(answer);
        let (_, error) = failure(&options(&json!({}), &fetch)).await;
        assert_failure(&error, "invalid_response", "unknown", 1);
        assert_eq!(error["message"], json!("fetch answered with something that is no Response."), "{answer}");
    }
}

#[wasm_bindgen_test]
async fn a_body_that_is_read_or_locked_already_is_an_invalid_response() {
    let make = r#"const response = Response.json({ message_id: "m_1" });"#;
    for take in ["await response.text();", "response.body.getReader();"] {
        let fetch = Fetch::new(&format!("{make} {take} return response;"));
        let (_, error) = failure(&options(&json!({}), &fetch)).await;
        assert_failure(&error, "invalid_response", "unknown", 1);
        assert_eq!(error["status"], json!(200), "{take}");
    }
}

#[wasm_bindgen_test]
async fn a_body_that_is_too_large_is_not_read_to_its_end() {
    let state = js_sys::Object::new();
    let answer = r#"
        context.chunks = 0;
        const pull = (controller) => { context.chunks += 1; controller.enqueue(new Uint8Array(65536)); };
        return new Response(new ReadableStream({ pull, cancel() { context.cancelled = true; } }));"#;
    let fetch = Fetch::with(answer, &state);
    let (_, error) = failure(&options(&json!({}), &fetch)).await;
    assert_failure(&error, "invalid_response", "unknown", 1);
    assert_eq!(get(&state, "cancelled"), true);
    assert!(get(&state, "chunks").as_f64().unwrap() < 24.0);
}

#[wasm_bindgen_test]
async fn a_connection_that_breaks_in_the_body_is_a_network_failure() {
    let fetch = Fetch::new("return new Response(new ReadableStream({ pull(controller) { controller.error(new TypeError('cut')); } }));");
    let (_, error) = failure(&options(&json!({}), &fetch)).await;
    assert_failure(&error, "network", "unknown", 1);
    assert_eq!(error["message"], json!("The connection broke before the answer was complete: cut"));
}

#[wasm_bindgen_test]
async fn a_200_can_carry_an_error() {
    let answer = format!(
        r#"const error = {{ message: "Bad token {TOKEN}", type: "OAuthException", code: 190, error_subcode: 463, fbtrace_id: "A1" }};
        return Response.json({{ error }});"#
    );
    let fetch = Fetch::new(&answer);
    let (error, json) = failure(&options(&json!({}), &fetch)).await;
    assert_failure(&json, "auth", "rejected", 1);
    assert_eq!((&json["status"], &json["code"], &json["subcode"]), (&json!(200), &json!(190), &json!(463)));
    assert_eq!((&json["type"], &json["fbtraceId"]), (&json!("OAuthException"), &json!("A1")));
    assert!(json["hint"].is_string());
    assert!(!all_texts(&error).contains(TOKEN), "{json}");
}

#[wasm_bindgen_test]
async fn a_refusal_that_passes_is_repeated_and_told() {
    let answer = format!("if (count === 1) return Response.json({{ error: {{ message: 'busy', code: 2 }} }}, {{ status: 500 }}); {RECEIPT}");
    let fetch = Fetch::new(&answer);
    let options = options(&json!({}), &fetch);
    let told = Array::new();
    let on_retry = Function::new_with_args("told", "return (info) => { told.push(info); throw new Error('of the log'); };");
    set(&options, "onRetry", &on_retry.call1(&JsValue::UNDEFINED, &told).unwrap());
    let receipt = post(&options).await.unwrap();
    assert_eq!(plain(&receipt), json!({ "recipient_id": "1", "message_id": "m_1", "attempts": 2 }));
    assert_eq!(fetch.count(), 2);
    assert_eq!(fetch.body(0).await, fetch.body(1).await);
    let told = plain(&told);
    assert_eq!(told.as_array().unwrap().len(), 1);
    assert_eq!((&told[0]["attempt"], &told[0]["delayMs"], &told[0]["error"]["code"]), (&json!(1), &json!(0), &json!(2)), "{told}");
    assert_eq!((&told[0]["error"]["delivery"], &told[0]["error"]["retryable"]), (&json!("rejected"), &json!(true)), "{told}");
}

#[wasm_bindgen_test]
async fn what_may_have_arrived_is_repeated_only_if_the_caller_says_so() {
    for (retry, attempts) in [(json!({ "attempts": 3, "baseDelayMs": 0 }), 1), (json!({ "attempts": 3, "baseDelayMs": 0, "unknown": true }), 3)] {
        let fetch = Fetch::new("throw new TypeError('no way');");
        let (_, error) = failure(&options(&json!({ "retry": retry }), &fetch)).await;
        assert_failure(&error, "network", "unknown", attempts);
        assert_eq!(fetch.count(), attempts);
    }
}

#[wasm_bindgen_test]
async fn a_wrong_request_is_not_sent() {
    let fetch = Fetch::new(RECEIPT);
    let wrong = r#"{"recipient":{},"message":{"text":"hello"}}"#;
    let error = plain(&send(wrong.to_owned(), None, options(&json!({}), &fetch)).await.unwrap_err());
    assert_eq!(error.as_object().unwrap().keys().collect::<Vec<_>>(), ["name", "report"]);
    assert_eq!(error["name"], json!("ValidationError"));
    assert_eq!(error["report"].as_str().unwrap(), validate_text(wrong, None).unwrap());
    assert_eq!(fetch.count(), 0);
}

#[wasm_bindgen_test]
async fn a_bad_option_is_told_before_any_request() {
    let fetch = Fetch::new(RECEIPT);
    for (bad, word) in [
        (json!({ "accessToken": null }), "accessToken"),
        (json!({ "accessToken": "" }), "accessToken"),
        (json!({ "accessToken": "EAABtesttoken\n" }), "accessToken"),
        (json!({ "appSecret": 1 }), "appSecret"),
        (json!({ "apiVersion": "25" }), "apiVersion"),
        (json!({ "pageId": "a/b" }), "pageId"),
        (json!({ "baseUrl": "ftp://example.org" }), "baseUrl"),
        (json!({ "baseUrl": "https://example.org:99999" }), "baseUrl"),
        (json!({ "encoding": "xml" }), "encoding"),
        (json!({ "timeoutMs": -1 }), "timeoutMs"),
        (json!({ "timeoutMs": "5" }), "timeoutMs"),
        (json!({ "retry": 3 }), "retry"),
        (json!({ "retry": { "attempts": 1.5 } }), "retry.attempts"),
        (json!({ "signal": {} }), "signal"),
        (json!({ "onRetry": "no" }), "onRetry"),
    ] {
        let (_, error) = failure(&options(&bad, &fetch)).await;
        assert_failure(&error, "configuration", "not_sent", 0);
        assert!(error["message"].as_str().unwrap().contains(word), "{bad}: {error}");
        assert!(!error.to_string().contains(TOKEN), "{error}");
    }
    let with_text = options(&json!({}), &fetch);
    set(&with_text, "fetch", &JsValue::from_str("no"));
    assert_failure(&failure(&with_text).await.1, "configuration", "not_sent", 0);
    for none in [JsValue::UNDEFINED, JsValue::NULL, JsValue::from_str(TOKEN)] {
        assert_failure(&failure(&none).await.1, "configuration", "not_sent", 0);
    }
    let of_rules = send(HELLO.to_owned(), Some(r#"{"rules":{"no.such.rule":"off"}}"#.to_owned()), options(&json!({}), &fetch)).await;
    let of_rules = plain(&of_rules.unwrap_err());
    assert_failure(&of_rules, "configuration", "not_sent", 0);
    assert!(of_rules["message"].as_str().unwrap().contains("no.such.rule"), "{of_rules}");
    assert_eq!(fetch.count(), 0);
}
