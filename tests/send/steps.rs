//! The steps as JavaScript takes them: text in, text out.

use messenger_send::send::steps::{self, Progress, Reading};
use messenger_send::send::{Answer, AnswerHeaders, Delivery, Edge, Facts, Kind, Options, Trouble};
use serde_json::{Value, json};

const TOKEN: &str = "EAABtesttoken";
const START: Progress = Progress { attempts: 1, sent: 0 };

fn options(more: Value) -> Options {
    let mut all = json!({ "accessToken": TOKEN });
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Options::from_json(&all.to_string()).unwrap()
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn options_are_read_by_their_names_in_javascript() {
    let given = json!({
        "pageId": "7", "apiVersion": "v24.0", "baseUrl": "https://example.org", "appSecret": "abc", "encoding": "json", "timeoutMs": 1500.25,
        "retry": { "attempts": 5, "baseDelayMs": 0, "maxDelayMs": 1e-7, "unknown": true },
    });
    let options = options(given);
    assert_eq!(options.url(Edge::Attachments), "https://example.org/v24.0/7/message_attachments");
    assert_eq!((options.app_secret.as_deref(), options.timeout_ms, options.retry.attempts), (Some("abc"), 1500.25, 5));
    assert_eq!((options.retry.base_delay_ms, options.retry.unknown), (0.0, true));
    assert!(options.retry.max_delay_ms >= 0.0 && options.retry.max_delay_ms < 0.001);
}

#[test]
fn a_null_is_no_option() {
    let names = ["pageId", "apiVersion", "baseUrl", "appSecret", "encoding", "timeoutMs", "retry"];
    let nulls: serde_json::Map<String, Value> = names.into_iter().map(|name| (name.to_owned(), Value::Null)).collect();
    assert_eq!(options(Value::Object(nulls)), Options::new(TOKEN));
    let retry = json!({ "retry": { "attempts": null, "baseDelayMs": null, "maxDelayMs": null, "unknown": null } });
    assert_eq!(options(retry), Options::new(TOKEN));
}

#[test]
fn an_option_of_the_wrong_type_is_named_and_not_quoted() {
    let wrong = [
        ("accessToken", json!([])),
        ("accessToken", json!(null)),
        ("pageId", json!(5)),
        ("apiVersion", json!(true)),
        ("baseUrl", json!({})),
        ("appSecret", json!(1)),
        ("encoding", json!("xml")),
        ("encoding", json!(1)),
        ("timeoutMs", json!("EAABtesttoken")),
        ("timeoutMs", json!(1e22)),
        ("timeoutMs", json!(-1e-9)),
        ("retry", json!(3)),
        ("retry.attempts", json!(1.5)),
        ("retry.attempts", json!("3")),
        ("retry.baseDelayMs", json!(-0.5)),
        ("retry.maxDelayMs", json!([])),
        ("retry.unknown", json!("yes")),
    ];
    for (path, value) in wrong {
        let given = match path.split_once('.') {
            Some((outer, inner)) => json!({ "accessToken": TOKEN, outer: { inner: value } }),
            None => {
                let mut given = json!({ "accessToken": TOKEN });
                given[path] = value;
                given
            }
        };
        let failure = Options::from_json(&given.to_string()).expect_err(path);
        assert_eq!((failure.kind, failure.delivery), (Kind::Configuration, Delivery::NotSent));
        assert!(failure.message.contains(path) && !failure.message.contains(TOKEN), "{path}: {}", failure.message);
    }
    for text in ["", "[]", "null", "{"] {
        assert!(Options::from_json(text).is_err());
    }
}

#[test]
fn numbers_of_options_are_those_of_json() {
    for number in ["1", "0.5", "30000", "2147483647", "1500.125", "12.000001", "99999.5"] {
        let options = Options::from_json(&format!(r#"{{"accessToken":"x","timeoutMs":{number}}}"#)).unwrap();
        let exact: f64 = number.parse().unwrap();
        assert!((options.timeout_ms - exact).abs() < 1e-6, "{number}: {}", options.timeout_ms);
    }
}

#[test]
fn the_plan_stands_in_front_of_the_body() {
    let text = steps::request(r#"{"a":"line\nbreak"}"#, &options(json!({})), Edge::Messages).unwrap();
    let (plan, body) = text.split_once('\n').unwrap();
    let expected = json!({
        "url": "https://graph.facebook.com/v25.0/me/messages", "contentType": "application/x-www-form-urlencoded", "timeoutMs": 30000,
    });
    assert_eq!((read(plan), body), (expected, "a=line%0Abreak&access_token=EAABtesttoken"));
    assert!(steps::request("[]", &options(json!({})), Edge::Messages).is_err() && steps::item("[]", &options(json!({}))).is_err());
    let item = steps::item(r#"{"a":{"b":1},"c":"d e"}"#, &options(json!({}))).unwrap();
    assert_eq!(item.split_once('\n'), Some((plan, "a=%7B%22b%22%3A1%7D&c=d+e")));
}

#[test]
fn an_answer_is_a_receipt_or_what_to_do_next() {
    let options = options(json!({ "retry": { "attempts": 2, "baseDelayMs": 1000, "maxDelayMs": 5000 } }));
    let answer = |progress: Progress, status: u16, body: &str| {
        let answer = Answer { status, headers: AnswerHeaders::from_lines("\n\n\n\ntrace"), body: body.as_bytes() };
        read(&steps::answer(&|| options.clone(), progress, &answer, Reading::Whole, 0.0, 0.5))
    };
    assert_eq!(answer(START, 200, r#"{"message_id":"m"}"#), json!({ "receipt": { "message_id": "m", "attempts": 1 } }));
    let refused = answer(START, 400, r#"{"error":{"code":613,"message":"EAABtesttoken"}}"#);
    assert_eq!((&refused["delayMs"], &refused["sent"]), (&json!(500), &json!(1)));
    assert_eq!((&refused["error"]["fbtraceId"], &refused["error"]["attempts"]), (&json!("trace"), &json!(1)));
    assert!(!refused.to_string().contains(TOKEN), "{refused}");
    let last = answer(Progress { attempts: 2, sent: 1 }, 400, r#"{"error":{"code":613}}"#);
    assert!(last.get("delayMs").is_none() && last["error"]["retryable"] == json!(true), "{last}");
    let after_a_lost_one = answer(Progress { attempts: 2, sent: 2 }, 400, r#"{"error":{"code":190}}"#);
    assert_eq!((&after_a_lost_one["error"]["delivery"], &after_a_lost_one["sent"]), (&json!("unknown"), &json!(2)));
}

#[test]
fn a_body_that_was_not_read_is_an_error() {
    for (reading, part) in [(Reading::TooLarge, "larger than 1 MiB"), (Reading::Unreadable, "cannot be read")] {
        let answer = Answer { status: 200, ..Answer::default() };
        let told = read(&steps::answer(&|| options(json!({})), START, &answer, reading, 0.0, 0.0));
        assert_eq!((&told["error"]["kind"], &told["sent"]), (&json!("invalid_response"), &json!(2)));
        assert!(told["error"]["message"].as_str().unwrap().contains(part), "{told}");
    }
}

#[test]
fn each_trouble_has_its_word_and_its_meaning() {
    let words = [
        ("late_before", "timeout", "not_sent", "No whole answer came within 7 ms."),
        ("late", "timeout", "unknown", "No whole answer came within 7 ms."),
        ("no_answer", "network", "unknown", "No answer came: 7"),
        ("broken", "network", "unknown", "The connection broke before the answer was complete: 7"),
        ("no_response", "invalid_response", "unknown", "no Response"),
        ("no_attachment", "invalid_response", "unknown", "attachment_id"),
        ("no_fetch", "configuration", "not_sent", "no fetch"),
        ("no_file", "configuration", "not_sent", "Blob"),
        ("no_address", "configuration", "not_sent", "baseUrl"),
        ("no_crypto", "configuration", "not_sent", "WebCrypto"),
        ("not_signed", "configuration", "not_sent", "sign"),
        ("aborted", "aborted", "unknown", "aborted"),
        ("aborted_before", "aborted", "not_sent", "aborted"),
    ];
    for (word, kind, delivery, message) in words {
        let told = read(&steps::trouble(&options(json!({})), START, word, "7", Some(502), 0.0));
        let error = &told["error"];
        assert_eq!((&error["kind"], &error["delivery"], &error["retryable"]), (&json!(kind), &json!(delivery), &json!(false)), "{word}");
        assert!(error["message"].as_str().unwrap().contains(message), "{word}: {error}");
        assert!(told.get("delayMs").is_none(), "{word}");
    }
    assert_eq!(Trouble::NoAnswer.failure("").message, "No answer came");
    assert_eq!(Trouble::named("nonsense"), None);
}

#[test]
fn what_went_wrong_is_told_without_the_secrets() {
    let told =
        steps::trouble(&options(json!({ "appSecret": "topsecret" })), START, "no_answer", "at ?access_token=EAABtesttoken topsecret", None, 0.0);
    assert!(!told.contains(TOKEN) && !told.contains("topsecret"), "{told}");
    assert_eq!(steps::redacted(&options(json!({})), "x EAABtesttoken"), "x <redacted>");
}

#[test]
fn a_lost_message_is_repeated_only_on_demand() {
    let told = |retry: Value| read(&steps::trouble(&options(json!({ "retry": retry })), START, "no_answer", "", None, 0.5));
    assert!(told(json!({})).get("delayMs").is_none());
    assert_eq!(told(json!({ "unknown": true, "baseDelayMs": 100 }))["delayMs"], json!(50));
}

#[test]
fn facts_stand_on_the_line_below_the_options() {
    let facts = Facts::read("{\"accessToken\":\"x\"}\n{\"word\":\"a\\nb\",\"half\":0.5,\"many\":1700000000123,\"none\":null,\"yes\":true}");
    assert_eq!((facts.options, facts.known().access_token.as_str()), (r#"{"accessToken":"x"}"#, "x"));
    assert_eq!((facts.text("word").as_deref(), facts.text("none"), facts.text("other")), (Some("a\nb"), None, None));
    assert_eq!((facts.number("half"), facts.number("many"), facts.number("word")), (Some(0.5), Some(1_700_000_000_123.0), None));
    assert_eq!((facts.count("half"), facts.count("word"), facts.count("other")), (0, 0, 0));
    assert!(facts.holds("yes") && facts.holds("half") && !facts.holds("none") && !facts.holds("other"));

    for text in ["", "{}", "{}\n", "{}\n[]", "{}\nnull"] {
        let facts = Facts::read(text);
        assert_eq!((facts.number("half"), facts.text("word"), facts.holds("yes"), facts.known()), (None, None, false, Options::new("")));
    }
}

#[test]
fn the_proof_is_of_the_token_and_the_time() {
    assert_eq!(steps::proof(&options(json!({})), "1700000000"), "EAABtesttoken|1700000000");
}
