//! The fixtures: legal requests have no issues, or only warnings; the others have exactly the
//! issues that they list.

use crate::support::fixtures::{illegal, legal};
use crate::support::{
    HELLO, assert_issues, assert_points_into, lines, report, sorted, without_nulls,
};
use messenger_send::payload::SendRequest;
use messenger_send::payload::spec::Severity;
use serde_json::Value;
use std::collections::HashSet;

#[test]
fn legal_requests_are_legal() {
    let mut wrong = String::new();
    for fixture in legal() {
        let report = report(&fixture.text, fixture.platform);
        let right = if fixture.warned {
            !report.issues.is_empty()
                && report
                    .issues
                    .iter()
                    .all(|issue| issue.severity == Severity::Warning)
        } else {
            report.issues.is_empty()
        };
        if !right || !report.valid() {
            wrong.push_str(&format!("{}:\n{}", fixture.name, lines(&report.issues)));
        }
    }
    assert!(wrong.is_empty(), "legal requests that are not:\n{wrong}");
}

#[test]
fn illegal_requests_have_exactly_their_issues() {
    let mut wrong = String::new();
    let mut names = HashSet::new();
    for case in illegal() {
        let report = report(&case.request.to_string(), case.platform);
        if sorted(&report.issues) != case.issues {
            wrong.push_str(&format!(
                "{}:\n  wanted {:?}\n{}",
                case.name,
                case.issues,
                lines(&report.issues)
            ));
        }
        let errors = case
            .issues
            .iter()
            .any(|(_, severity, _)| severity == "error");
        assert_eq!(report.valid(), !errors, "valid of {}", case.name);
        assert!(
            names.insert(case.name.clone()),
            "two cases are called {}",
            case.name
        );
    }
    assert!(wrong.is_empty(), "cases with other issues:\n{wrong}");
}

#[test]
fn every_issue_points_into_the_request() {
    for case in illegal() {
        for issue in &report(&case.request.to_string(), case.platform).issues {
            assert_points_into(&case.request, issue);
        }
    }
}

/// The typed payload reads what is valid, and writes the same JSON.
#[track_caller]
fn assert_round_trip(name: &str, request: &Value) -> SendRequest {
    let typed: SendRequest = serde_json::from_value(request.clone())
        .unwrap_or_else(|error| panic!("{name} is not read: {error}"));
    assert_eq!(
        without_nulls(&serde_json::to_value(&typed).unwrap()),
        without_nulls(request),
        "{name} is written otherwise"
    );
    let text = serde_json::to_string(&typed).unwrap();
    assert_eq!(
        serde_json::from_str::<SendRequest>(&text).unwrap(),
        typed,
        "{name} is read otherwise for the second time"
    );
    typed
}

#[test]
fn valid_fixtures_round_trip() {
    let mut valid = 0;
    for case in illegal() {
        if report(&case.request.to_string(), case.platform).valid() {
            assert_round_trip(&case.name, &case.request);
            valid += 1;
        }
    }
    assert!(valid > 100, "only {valid} cases were valid");
    for fixture in legal() {
        let typed = assert_round_trip(&fixture.name, &fixture.request);
        // What has no warning is known to the types, all of it.
        if !fixture.warned {
            let shown = format!("{typed:?}");
            assert!(
                !shown.contains("Other("),
                "{}: a value is not known to the types: {shown}",
                fixture.name
            );
        }
    }
}

#[test]
fn several_mistakes_are_all_reported() {
    let request = r#"{
        "recipient": {"id": "", "user_ref": "2"},
        "messaging_type": "REPLY",
        "message": {
            "text": "",
            "quick_replies": [
                {"content_type": "text", "title": "a title that is longer than twenty", "payload": 7},
                {"content_type": "colour"},
                "red"
            ],
            "metdata": "x"
        },
        "notification_type": 1,
        "tag": "ACCOUNT_UPDATE"
    }"#;
    assert_issues(
        request,
        &[
            ("/recipient/id", "error", "recipient.id.empty"),
            ("/recipient", "error", "recipient.several"),
            ("/messaging_type", "error", "messaging_type.unknown_value"),
            ("/message/text", "error", "text.empty"),
            (
                "/message/quick_replies/0/title",
                "error",
                "quick_reply.title.too_long",
            ),
            (
                "/message/quick_replies/1/content_type",
                "error",
                "quick_reply.content_type.unknown_value",
            ),
            ("/message/quick_replies/2", "error", "quick_replies.type"),
            ("/message/metdata", "warning", "member.unknown"),
            ("/notification_type", "error", "notification_type.type"),
            ("/tag", "error", "tag.withdrawn"),
        ],
    );
}

#[test]
fn mistakes_of_two_cases_are_reported_together() {
    // A mistake of the message's text beside each mistake of a recipient.
    let mut pairs = 0;
    for case in illegal() {
        let only_recipient = !case.issues.is_empty()
            && case
                .issues
                .iter()
                .all(|(pointer, ..)| pointer.starts_with("/recipient"));
        if !only_recipient || case.request["message"]["text"].is_null() {
            continue;
        }
        let mut request = case.request.clone();
        request["message"]["text"] = Value::from("");
        let text = |severity: &str, code: &str| {
            (
                "/message/text".to_owned(),
                severity.to_owned(),
                code.to_owned(),
            )
        };
        let mut wanted = case.issues.clone();
        wanted.push(text("error", "text.empty"));
        wanted.sort();
        assert_eq!(
            sorted(&report(&request.to_string(), case.platform).issues),
            wanted,
            "{} and an empty text",
            case.name
        );
        pairs += 1;
    }
    assert!(pairs >= 10, "only {pairs} cases are about the recipient");
}

#[test]
fn issues_come_in_the_order_of_the_text() {
    let request = r#"{"message": {"quick_replies": [], "text": ""}, "zebra": 1, "recipient": {"id": 1}, "apple": 2, "messaging_type": 3}"#;
    let pointers: Vec<_> = report(request, Default::default())
        .issues
        .into_iter()
        .map(|issue| issue.pointer)
        .collect();
    assert_eq!(
        pointers,
        [
            "/message/quick_replies",
            "/message/text",
            "/zebra",
            "/recipient/id",
            "/apple",
            "/messaging_type"
        ]
    );
}

#[test]
fn the_same_request_has_the_same_issues_in_the_same_order() {
    for case in illegal() {
        let text = case.request.to_string();
        assert_eq!(
            report(&text, case.platform),
            report(&text, case.platform),
            "{}",
            case.name
        );
    }
}

#[test]
fn a_report_serializes_completely() {
    let report = report(
        &HELLO.replace("hello, world", &"a".repeat(2001)),
        Default::default(),
    );
    let json: Value = serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
    let docs = json["issues"][0]["docs"].as_str().unwrap().to_owned();
    let message = json["issues"][0]["message"].as_str().unwrap().to_owned();
    assert_eq!(
        json,
        serde_json::json!({"valid": false, "issues": [{
            "code": "text.too_long", "severity": "error", "path": ["message", "text"], "pointer": "/message/text", "message": message,
            "limit": 2000, "actual": 2001, "unit": "characters", "graphCode": 100, "docs": docs,
        }]})
    );
    assert_eq!(
        serde_json::to_string(&crate::support::report(HELLO, Default::default())).unwrap(),
        r#"{"valid":true,"issues":[]}"#
    );
}

#[test]
fn one_button_of_several_is_enough_for_a_rule_of_the_list() {
    let wrong = r#"{"type":"game_play","title":"Play"}"#;
    let right = r#"{"type":"postback","title":"a","payload":"b"}"#;
    for buttons in [
        [wrong, right, right],
        [right, wrong, right],
        [right, right, wrong],
        [wrong, wrong, wrong],
    ] {
        let element = format!(r#"{{"title":"a","buttons":[{}]}}"#, buttons.join(","));
        let attachment = format!(
            r#""attachment":{{"type":"template","payload":{{"template_type":"generic","elements":[{element}]}}}}"#
        );
        assert_issues(
            &HELLO.replace("\"text\":\"hello, world\"", &attachment),
            &[(
                "/message/attachment/payload/elements/0/buttons",
                "warning",
                "button.game_play.elsewhere",
            )],
        );
    }
}

#[test]
fn a_tag_in_another_letter_case_is_unknown_where_the_sources_agree_on_it() {
    let template = |button: &str| {
        let payload = format!(r#"{{"template_type":"button","text":"a","buttons":[{button}]}}"#);
        HELLO.replace(
            "\"text\":\"hello, world\"",
            &format!(r#""attachment":{{"type":"template","payload":{payload}}}"#),
        )
    };
    // Its other members are not checked, since their meaning is unknown.
    let request = template(r#"{"type":"POSTBACK","title":7,"payload":null}"#);
    assert_issues(
        &request,
        &[(
            "/message/attachment/payload/buttons/0/type",
            "error",
            "button.type.unknown_value",
        )],
    );
    let issue = &report(&request, Default::default()).issues[0];
    assert!(
        issue.message.ends_with("Did you mean postback?"),
        "{}",
        issue.message
    );
}

#[test]
fn an_item_of_a_list_of_texts_may_not_be_empty_where_it_has_a_format() {
    let fixture = legal()
        .into_iter()
        .find(|fixture| fixture.name == "customer-information.json")
        .unwrap();
    let pointer = "/message/attachment/payload/countries";
    let request = crate::support::edit::with(
        &fixture.request,
        pointer,
        serde_json::json!(["PT", "", "Portugal"]),
    );
    let code = "customer_information.countries.format";
    assert_issues(
        &request.to_string(),
        &[
            ("/message/attachment/payload/countries/1", "error", code),
            ("/message/attachment/payload/countries/2", "error", code),
        ],
    );
}

#[test]
fn escapes_hide_no_mistake() {
    // As PHP writes addresses, and as some libraries write every character.
    let button = |url: &str| {
        format!(
            r#"{{"recipient":{{"id":"1"}},"messaging_type":"RESPONSE","message":{{"attachment":{{"type":"template","payload":{{"template_type":"button","text":"x","buttons":[{{"type":"web_url","title":"x","url":"{url}","messenger_extensions":true}}]}}}}}}}}"#
        )
    };
    let url = "/message/attachment/payload/buttons/0/url";
    assert_issues(&button(r"https:\/\/example.org\/x"), &[]);
    assert_issues(
        &button(r"http:\/\/example.org\/x"),
        &[
            (url, "warning", "button.url.https"),
            (url, "error", "button.url.extensions_https"),
        ],
    );
    let react = |reaction: &str| {
        format!(
            r#"{{"recipient":{{"id":"1"}},"sender_action":"react","payload":{{"message_id":"m_1","reaction":"{reaction}"}}}}"#
        )
    };
    assert_issues(&react(r"\ud83d\udc4d"), &[]);
    assert_issues(
        &react(r"l\u006fve"),
        &[("/payload/reaction", "warning", "payload.reaction.no_emoji")],
    );
}
