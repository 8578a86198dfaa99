//! Generated drafts: the built request is valid, deserializes into the types, and contains
//! everything in the draft.

use crate::support::{assert_points_into, without_nulls};
use messenger_send::build::build_message;
use messenger_send::payload::SendRequest;
use messenger_send::payload::spec::Platform;
use messenger_send::validate::{RuleOptions, validate_json};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

/// Texts that a caller might be given: mostly harmless, some hostile.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[a-zA-Z0-9 ]{1,18}",
        2 => "\\PC{1,18}",
        2 => prop::sample::select(vec![
            "", "\"", "\\", "\\u0041", "\u{0}\u{1f}", "</script>", "a\nb\r\n\t", "\u{2028}\u{2029}", "\u{feff}x", "👨‍👩‍👧‍👦", "e\u{301}", "\u{202e}abc", "\"},{\"x\":\"",
            "null", "__proto__", "${x}",
        ]).prop_map(str::to_owned),
        1 => (1_usize..2200, prop::sample::select(vec!["a", "é", "😀"])).prop_map(|(count, letter)| letter.repeat(count)),
    ]
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![8 => "https://example\\.com/[a-z0-9]{1,8}", 1 => "http://example\\.org/[a-z]{1,4}", 1 => text()]
}

fn medium() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => address().prop_map(Value::from),
        1 => address().prop_map(|url| json!({"url": url, "is_reusable": true})),
        1 => text().prop_map(|id| json!({"attachment_id": id})),
    ]
}

fn button() -> impl Strategy<Value = Value> {
    prop_oneof![
        2 => (text(), address()).prop_map(|(title, url)| json!({"title": title, "url": url})),
        2 => (text(), text()).prop_map(|(title, payload)| json!({"title": title, "payload": payload})),
        2 => (text(), "\\+[0-9]{6,12}").prop_map(|(title, number)| json!({"title": title, "phone_number": number})),
        1 => (text(), text()).prop_map(|(title, payload)| json!({"type": "postback", "title": title, "payload": payload})),
        1 => Just(json!({"type": "account_unlink"})),
    ]
}

fn template() -> impl Strategy<Value = Value> {
    let buttons = || prop::collection::vec(button(), 1..4);
    let card =
        (text(), text(), prop::option::of(buttons())).prop_map(|(title, subtitle, buttons)| {
            let mut card = json!({"title": title, "subtitle": subtitle});
            if let Some(buttons) = buttons {
                card["buttons"] = json!(buttons);
            }
            card
        });
    prop_oneof![
        (text(), buttons()).prop_map(
            |(text, buttons)| json!({"template_type": "button", "text": text, "buttons": buttons})
        ),
        prop::collection::vec(card, 1..5)
            .prop_map(|elements| json!({"template_type": "generic", "elements": elements})),
    ]
}

fn quick_reply() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => text().prop_map(Value::from),
        1 => (text(), text()).prop_map(|(title, payload)| json!({"content_type": "text", "title": title, "payload": payload})),
        1 => Just(json!({"content_type": "user_phone_number"})),
    ]
}

fn content() -> impl Strategy<Value = (&'static str, Value)> {
    prop_oneof![
        4 => text().prop_map(|text| ("text", Value::from(text))),
        2 => (prop::sample::select(vec!["image", "audio", "video", "file"]), medium()),
        1 => prop::collection::vec(medium(), 1..4).prop_map(|images| ("images", json!(images))),
        4 => template().prop_map(|template| ("template", template)),
        1 => (text(), text(), text()).prop_map(|(name, language, text)| ("utility", json!({
            "name": name, "language": language, "components": [{"type": "body", "parameters": [{"type": "text", "text": text}]}],
        }))),
        1 => text().prop_map(|id| ("sticker", Value::from(id))),
        1 => (text(), text()).prop_map(|(text, other)| ("message", json!({"text": text, other: 1}))),
        1 => prop::sample::select(vec!["typing_on", "typing_off", "mark_seen"]).prop_map(|action| ("sender_action", Value::from(action))),
        1 => text().prop_map(|id| ("react", json!({"message_id": id, "reaction": "😀"}))),
        1 => text().prop_map(|id| ("unreact", json!({"message_id": id}))),
    ]
}

/// A small value of any kind.
fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        text().prop_map(Value::from),
        Just(json!([])),
        Just(json!({"a": 1}))
    ]
}

/// What may go with a content.
fn beside() -> impl Strategy<Value = (&'static str, Value)> {
    prop_oneof![
        2 => prop::collection::vec(quick_reply(), 1..5).prop_map(|replies| ("quick_replies", json!(replies))),
        1 => text().prop_map(|text| ("metadata", Value::from(text))),
        1 => prop::sample::select(vec!["RESPONSE", "UPDATE"]).prop_map(|kind| ("messaging_type", Value::from(kind))),
        1 => Just(("tag", Value::from("HUMAN_AGENT"))),
        1 => Just(("notification_type", Value::from("NO_PUSH"))),
        1 => text().prop_map(|mid| ("reply_to", Value::from(mid))),
        1 => "[0-9]{1,9}".prop_map(|id| ("persona_id", Value::from(id))),
    ]
}

/// A draft; some are broken on purpose.
fn draft() -> impl Strategy<Value = Value> {
    let to = prop_oneof![4 => "[0-9]{1,16}".prop_map(Value::from), 1 => text().prop_map(|id| json!({"id": id}))];
    let name = prop::sample::select(vec![
        "to",
        "text",
        "image",
        "template",
        "quick_replies",
        "metadata",
        "tag",
        "persona_id",
        "reply_to",
        "colour",
        "",
    ]);
    let broken = prop::option::weighted(0.2, (name, anything()));
    (to, content(), prop::collection::vec(beside(), 0..3), broken).prop_map(
        |(to, (name, value), beside, broken)| {
            let mut draft = Map::new();
            draft.insert("to".to_owned(), to);
            draft.insert(name.to_owned(), value);
            draft.extend(
                beside
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value)),
            );
            draft.extend(broken.map(|(name, value)| (name.to_owned(), value)));
            Value::Object(draft)
        },
    )
}

/// Every string of the draft is in the request unchanged, except values of the package's own names.
fn texts<'v>(value: &'v Value, out: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => out.push(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Value::Object(members) => members.values().for_each(|value| texts(value, out)),
        _ => {}
    }
}

/// Checks a draft on a platform; returns whether it was built.
fn check(draft: &Value, platform: Platform) -> bool {
    let options = RuleOptions::default().platform(platform);
    let text = draft.to_string();
    let result = build_message(&text, &options);
    assert_eq!(
        result,
        build_message(&text, &options),
        "the same draft, built twice"
    );
    let request = match &result {
        Ok(request) => {
            let report = validate_json(request, &options);
            assert!(
                report.valid(),
                "built, but not valid: {request}\n{}",
                crate::support::lines(&report.issues)
            );
            request.as_str()
        }
        Err(error) => {
            assert!(
                error
                    .issues
                    .iter()
                    .any(|issue| issue.severity.name() == "error"),
                "refused without an error"
            );
            serde_json::from_str::<Value>(&serde_json::to_string(&error).unwrap())
                .expect("an error is JSON");
            let Some(request) = error.request_json() else {
                error
                    .issues
                    .iter()
                    .for_each(|issue| assert_points_into(draft, issue));
                return false;
            };
            let document: Value = serde_json::from_str(request).expect("a request is JSON");
            error
                .issues
                .iter()
                .for_each(|issue| assert_points_into(&document, issue));
            assert_eq!(validate_json(request, &options).issues, error.issues);
            request
        }
    };
    let document: Value = serde_json::from_str(request).expect("a request is JSON");
    let (mut said, mut kept) = (Vec::new(), Vec::new());
    texts(draft, &mut said);
    texts(&document, &mut kept);
    for text in said {
        assert!(kept.contains(&text), "{text:?} is not in {request}");
    }
    if result.is_ok() {
        let typed: SendRequest =
            serde_json::from_value(document.clone()).expect("the types read it");
        assert_eq!(
            without_nulls(&serde_json::to_value(&typed).unwrap()),
            without_nulls(&document),
            "the types write it otherwise"
        );
    }
    result.is_ok()
}

#[test]
fn built_requests_are_valid() {
    const CASES: u32 = 1500;
    let mut runner = TestRunner::new(Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    });
    let built = std::cell::Cell::new(0);
    let outcome = runner.run(&draft(), |draft| {
        if check(&draft, Platform::Messenger) {
            built.set(built.get() + 1);
        }
        check(&draft, Platform::Instagram);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    // Neither all of them, nor hardly any.
    assert!(
        (CASES / 10..CASES).contains(&built.get()),
        "{} of {CASES} drafts were built",
        built.get()
    );
}
