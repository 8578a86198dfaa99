//! Both kinds of error: of the draft, without a request; of the request, which the error carries.

use crate::support::{assert_points_into, lines, same_issues};
use messenger_send::build::build_message;
use messenger_send::validate::{
    MAX_BYTES, RuleOptions, RuleSetting, ValidationError, validate_json,
};
use serde_json::Value;

fn refused(draft: &str) -> ValidationError {
    match build_message(draft, &RuleOptions::default()) {
        Ok(built) => panic!("{draft} makes {built}"),
        Err(error) => error,
    }
}

/// The draft itself is wrong: the issues point into it, and there is no request.
#[track_caller]
fn wrong_draft(draft: &str, issues: &[(&str, &str, &str)]) {
    let error = refused(draft);
    same_issues(&error.issues, issues, draft);
    assert_eq!(error.request_json(), None, "{draft}");
    let document: Value = serde_json::from_str(draft).unwrap();
    for issue in &error.issues {
        assert_points_into(&document, issue);
        assert!(issue.message.ends_with(['.', '?']), "{}", issue.message);
    }
}

/// What was built is wrong: the issues point into the request, which is there.
#[track_caller]
fn wrong_request(draft: &str, issues: &[(&str, &str, &str)]) {
    let error = refused(draft);
    same_issues(&error.issues, issues, draft);
    let request = error.request_json().unwrap();
    assert_eq!(
        validate_json(request, &RuleOptions::default()).issues,
        error.issues
    );
    let document: Value = serde_json::from_str(request).unwrap();
    for issue in &error.issues {
        assert_points_into(&document, issue);
    }
}

#[test]
fn a_draft_needs_a_recipient() {
    wrong_draft(
        r#"{"text":"hi"}"#,
        &[("/to", "error", "draft.no_recipient")],
    );
}

#[test]
fn a_draft_has_exactly_one_content() {
    wrong_draft(r#"{"to":"1"}"#, &[("", "error", "draft.no_content")]);
    let contents = [
        r#""text":"a""#,
        r#""image":"https://example.com/a""#,
        r#""audio":"https://example.com/a""#,
        r#""video":"https://example.com/a""#,
        r#""file":"https://example.com/a""#,
        r#""images":["https://example.com/a"]"#,
        r#""template":{"template_type":"product","elements":[{"id":"1"}]}"#,
        r#""utility":{"name":"a","language":"en","components":[]}"#,
        r#""sticker":"1""#,
        r#""message":{"text":"a"}"#,
        r#""sender_action":"typing_on""#,
        r#""react":{"message_id":"m","reaction":"😀"}"#,
        r#""unreact":{"message_id":"m"}"#,
    ];
    for (index, one) in contents.iter().enumerate() {
        build_message(&format!(r#"{{"to":"1",{one}}}"#), &RuleOptions::default())
            .unwrap_or_else(|error| panic!("{one}:\n{}", lines(&error.issues)));
        for other in &contents[index + 1..] {
            wrong_draft(
                &format!(r#"{{"to":"1",{one},{other}}}"#),
                &[("", "error", "draft.several_contents")],
            );
        }
    }
}

#[test]
fn a_draft_has_no_unknown_member() {
    wrong_draft(
        r#"{"to":"1","text":"a","colour":1}"#,
        &[("/colour", "error", "draft.unknown_member")],
    );
    let error = refused(r#"{"to":"1","text":"a","quickReplies":["a"]}"#);
    assert!(
        error.issues[0]
            .message
            .ends_with("Did you mean quick_replies?"),
        "{}",
        error.issues[0].message
    );
    // Names of the API are not names of a draft.
    wrong_draft(
        r#"{"to":"1","text":"a","recipient":{"id":"1"}}"#,
        &[("/recipient", "error", "draft.unknown_member")],
    );
    wrong_draft(
        r#"{"to":"1","text":"a","attachment":{"type":"image"}}"#,
        &[("/attachment", "error", "draft.unknown_member")],
    );
}

#[test]
fn parts_of_a_message_need_a_built_message() {
    for content in [
        r#""message":{"text":"a"}"#,
        r#""sender_action":"typing_on""#,
        r#""react":{"message_id":"m","reaction":"😀"}"#,
        r#""unreact":{"message_id":"m"}"#,
    ] {
        wrong_draft(
            &format!(r#"{{"to":"1",{content},"quick_replies":["a"]}}"#),
            &[("/quick_replies", "error", "draft.no_place")],
        );
        wrong_draft(
            &format!(r#"{{"to":"1",{content},"metadata":"a"}}"#),
            &[("/metadata", "error", "draft.no_place")],
        );
    }
}

#[test]
fn every_mistake_of_a_draft_is_reported() {
    wrong_draft(
        r#"{"text":"a","message":{},"metadata":"b","quick_replies":[],"x":1,"y/z":2}"#,
        &[
            ("/x", "error", "draft.unknown_member"),
            ("/y~1z", "error", "draft.unknown_member"),
            ("", "error", "draft.several_contents"),
            ("/to", "error", "draft.no_recipient"),
            ("/metadata", "error", "draft.no_place"),
            ("/quick_replies", "error", "draft.no_place"),
        ],
    );
    wrong_draft(
        "{}",
        &[
            ("", "error", "draft.no_content"),
            ("/to", "error", "draft.no_recipient"),
        ],
    );
}

#[test]
fn a_draft_is_a_json_object() {
    for value in ["null", "7", "\"text\"", "[]", "true"] {
        wrong_draft(value, &[("", "error", "json.not_an_object")]);
    }
    let error = refused(&" ".repeat(MAX_BYTES + 1));
    assert_eq!(
        (&*error.issues[0].code, error.request_json()),
        ("json.too_large", None)
    );
    let error = refused(&format!(
        r#"{{"to":"1","message":{}1{}}}"#,
        "{\"x\":".repeat(128),
        "}".repeat(128)
    ));
    assert_eq!(
        (&*error.issues[0].code, error.request_json()),
        ("json.too_deep", None)
    );
    let error = refused(r#"{"to":"1","text":"\ud800"}"#);
    assert_eq!(
        (
            &*error.issues[0].code,
            error.issues[0].pointer.as_str(),
            error.request_json()
        ),
        ("json.lone_surrogate", "/text", None)
    );
}

#[test]
fn a_mistake_of_the_content_points_into_the_request() {
    wrong_request(
        r#"{"to":"","text":""}"#,
        &[
            ("/recipient/id", "error", "recipient.id.empty"),
            ("/message/text", "error", "text.empty"),
        ],
    );
    wrong_request(
        r#"{"to":"1","text":7}"#,
        &[("/message/text", "error", "text.type")],
    );
    wrong_draft(
        r#"{"to":1,"text":"a"}"#,
        &[("/to", "error", "draft.recipient_number")],
    );
    wrong_draft(
        r#"{"to":null,"text":"a"}"#,
        &[("/to", "error", "draft.no_recipient")],
    );
    wrong_request(
        r#"{"to":{},"text":"a"}"#,
        &[("/recipient", "error", "recipient.none")],
    );
    wrong_request(
        r#"{"to":"1","image":""}"#,
        &[(
            "/message/attachment/payload/url",
            "error",
            "media.url.empty",
        )],
    );
    wrong_request(
        r#"{"to":"1","image":"cat.png"}"#,
        &[(
            "/message/attachment/payload/url",
            "error",
            "media.url.format",
        )],
    );
    wrong_draft(
        r#"{"to":"1","video":null}"#,
        &[("", "error", "draft.no_content")],
    );
    wrong_request(
        r#"{"to":"1","images":"https://example.com/a.png"}"#,
        &[("/message/attachments", "error", "attachments.type")],
    );
    wrong_request(
        r#"{"to":"1","images":[]}"#,
        &[("/message/attachments", "error", "attachments.too_few")],
    );
    wrong_request(
        r#"{"to":"1","images":["https://example.com/a.png",7]}"#,
        &[(
            "/message/attachments/1/payload",
            "error",
            "attachment.payload.type",
        )],
    );
    wrong_request(
        r#"{"to":"1","template":"generic"}"#,
        &[(
            "/message/attachment/payload",
            "error",
            "attachment.payload.type",
        )],
    );
    wrong_request(
        r#"{"to":"1","template":{}}"#,
        &[(
            "/message/attachment/payload/template_type",
            "error",
            "template.template_type.missing",
        )],
    );
    wrong_request(
        r#"{"to":"1","utility":"order"}"#,
        &[("/message/template", "error", "template.type")],
    );
    wrong_request(
        r#"{"to":"1","utility":{"name":"a","language":"","components":[]}}"#,
        &[(
            "/message/template/language/code",
            "error",
            "utility.language.code.empty",
        )],
    );
    wrong_request(
        r#"{"to":"1","sticker":true}"#,
        &[("/message/sticker_id", "error", "sticker_id.type")],
    );
    wrong_request(
        r#"{"to":"1","message":"hi"}"#,
        &[("/message", "error", "message.type")],
    );
    wrong_request(
        r#"{"to":"1","message":{}}"#,
        &[("/message", "error", "message.no_content")],
    );
    wrong_request(
        r#"{"to":"1","sender_action":"typing"}"#,
        &[("/sender_action", "error", "sender_action.unknown_value")],
    );
    wrong_request(
        r#"{"to":"1","react":{"message_id":"m"}}"#,
        &[("/payload/reaction", "error", "payload.reaction.missing")],
    );
    wrong_request(
        r#"{"to":"1","react":"m"}"#,
        &[("/payload", "error", "payload.type")],
    );
    wrong_request(
        r#"{"to":"1","unreact":{}}"#,
        &[("/payload/message_id", "error", "payload.message_id.missing")],
    );
    wrong_request(
        r#"{"to":"1","text":"a","quick_replies":["a title that is longer than twenty"]}"#,
        &[(
            "/message/quick_replies/0/title",
            "error",
            "quick_reply.title.too_long",
        )],
    );
    wrong_request(
        r#"{"to":"1","text":"a","quick_replies":"Yes"}"#,
        &[("/message/quick_replies", "error", "quick_replies.type")],
    );
    wrong_request(
        r#"{"to":"1","text":"a","quick_replies":[null]}"#,
        &[("/message/quick_replies/0", "error", "quick_replies.type")],
    );
    wrong_request(
        r#"{"to":"1","text":"a","reply_to":""}"#,
        &[("/reply_to/mid", "error", "reply_to.mid.empty")],
    );
    wrong_request(
        r#"{"to":"1","text":"a","reply_to":[]}"#,
        &[("/reply_to", "error", "reply_to.type")],
    );
    wrong_request(
        r#"{"to":"1","text":"a","tag":"ACCOUNT_UPDATE"}"#,
        &[("/tag", "error", "tag.withdrawn")],
    );
    wrong_request(
        r#"{"to":"1","text":"a","messaging_type":"REPLY"}"#,
        &[("/messaging_type", "error", "messaging_type.unknown_value")],
    );
    // A warning in addition to the error.
    wrong_request(
        r#"{"to":"1","text":"","persona_id":"seven"}"#,
        &[
            ("/message/text", "error", "text.empty"),
            ("/persona_id", "warning", "persona_id.unusual"),
        ],
    );
}

#[test]
fn nothing_is_cut_to_make_it_fit() {
    let long = "é".repeat(2001);
    let error = refused(&format!(r#"{{"to":"1","text":"{long}"}}"#));
    assert_eq!(
        serde_json::from_str::<Value>(error.request_json().unwrap()).unwrap()["message"]["text"],
        Value::from(long)
    );
    let replies = vec!["\"a\""; 14].join(",");
    let error = refused(&format!(
        r#"{{"to":"1","text":"a","quick_replies":[{replies}]}}"#
    ));
    let request: Value = serde_json::from_str(error.request_json().unwrap()).unwrap();
    assert_eq!(
        request["message"]["quick_replies"]
            .as_array()
            .unwrap()
            .len(),
        14
    );
}

#[test]
fn a_request_larger_than_the_bound_is_an_error() {
    let replies = vec!["\"a\""; 100_000].join(",");
    let error = refused(&format!(
        r#"{{"to":"1","text":"a","quick_replies":[{replies}]}}"#
    ));
    assert_eq!(error.issues[0].code, "json.too_large");
    assert!(error.request_json().unwrap().len() > MAX_BYTES);
}

#[test]
fn the_rules_can_be_changed_for_drafts_too() {
    let mut options = RuleOptions::default();
    options = options.rule("text.too_long", RuleSetting::Off);
    let long = format!(r#"{{"to":"1","text":"{}"}}"#, "a".repeat(2001));
    assert!(build_message(&long, &options).is_ok());
    options = options.rule("draft.unknown_member", RuleSetting::Warning);
    assert!(build_message(r#"{"to":"1","text":"a","colour":1}"#, &options).is_ok());
}

#[test]
fn an_error_as_json_has_the_request_inside() {
    let error = refused(r#"{"to":"1","text":""}"#);
    let json: Value = serde_json::from_str(&serde_json::to_string(&error).unwrap()).unwrap();
    assert_eq!(json["issues"][0]["code"], "text.empty");
    assert_eq!(
        json["request"],
        serde_json::json!({"recipient": {"id": "1"}, "messaging_type": "RESPONSE", "message": {"text": ""}})
    );
    assert_eq!(
        error.to_string(),
        "the request is not valid: text.empty at \"/message/text\": text must not be empty."
    );
    let error = refused(r#"{"to":"","text":"","quick_replies":[]}"#);
    assert!(
        error.to_string().ends_with(" (and 2 more errors)"),
        "{error}"
    );
    let json: Value =
        serde_json::from_str(&serde_json::to_string(&refused("{}")).unwrap()).unwrap();
    assert_eq!(
        json.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["issues"]
    );
}

#[test]
fn buttons_go_with_a_text() {
    wrong_draft(
        r#"{"to":"1","image":"https://example.com/a.png","buttons":[{"url":"https://example.com"}]}"#,
        &[("/buttons", "error", "draft.buttons_without_text")],
    );
    wrong_request(
        r#"{"to":"1","text":"a","buttons":[]}"#,
        &[(
            "/message/attachment/payload/buttons",
            "error",
            "button_template.buttons.too_few",
        )],
    );
    wrong_request(
        r#"{"to":"1","text":"","buttons":7}"#,
        &[
            (
                "/message/attachment/payload/buttons",
                "error",
                "button_template.buttons.type",
            ),
            (
                "/message/attachment/payload/text",
                "error",
                "button_template.text.empty",
            ),
        ],
    );
}

#[test]
fn a_wrong_draft_gets_a_hint() {
    let hints = [
        (
            r#"{"recipient":{"id":"1"},"message":{"text":"a"}}"#,
            "/recipient",
            "A draft has `to`.",
        ),
        (
            r#"{"to":"1","attachment":{}}"#,
            "/attachment",
            "A draft has image, audio",
        ),
        (r#"{"to":7001,"text":"a"}"#, "/to", "in quotes"),
    ];
    for (draft, pointer, words) in hints {
        let issues = refused(draft).issues;
        let issue = issues
            .iter()
            .find(|issue| issue.pointer == pointer)
            .unwrap();
        assert!(issue.message.contains(words), "{}", issue.message);
    }
    let report = validate_json(r#"{"to":"1","text":"a"}"#, &RuleOptions::default());
    let of = |pointer| {
        report
            .issues
            .iter()
            .find(|issue| issue.pointer == pointer)
            .unwrap()
    };
    assert!(
        of("/to").message.contains("buildMessage"),
        "{}",
        of("/to").message
    );
    assert!(
        of("/text").message.contains("message: {text}"),
        "{}",
        of("/text").message
    );
}
