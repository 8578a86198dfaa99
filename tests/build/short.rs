//! Buttons without their `type`.

use crate::support::same_issues;
use messenger_send::build::build_message;
use messenger_send::validate::{RuleOptions, RuleSetting};

/// The template with this text in it becomes the one with that text.
#[track_caller]
fn becomes(template: &str, short: &str, long: &str) {
    let draft = format!(
        r#"{{"to":"1","template":{}}}"#,
        template.replace("BUTTON", short)
    );
    let payload = template.replace("BUTTON", long);
    match build_message(&draft, &RuleOptions::default()) {
        Ok(built) => assert!(
            built.contains(&format!("\"payload\":{payload}}}")),
            "\ndraft: {draft}\nbuilt: {built}\nnot in it: {payload}"
        ),
        Err(error) => panic!(
            "{draft} makes\n{:?}\n{}",
            error.request_json(),
            crate::support::lines(&error.issues)
        ),
    }
}

/// The button in this template stays as it is, and has these issues.
#[track_caller]
fn stays(button: &str, issues: &[(&str, &str, &str)]) {
    let draft = format!(
        r#"{{"to":"1","template":{}}}"#,
        TEXT.replace("BUTTON", button)
    );
    let error = build_message(&draft, &RuleOptions::default()).unwrap_err();
    let request = error.request_json().unwrap();
    assert!(request.contains(button), "{button} is not in {request}");
    same_issues(&error.issues, issues, request);
}

const TEXT: &str = r#"{"template_type":"button","text":"a","buttons":[BUTTON]}"#;
const CARD: &str = r#"{"template_type":"generic","elements":[{"title":"a","buttons":[BUTTON]},{"title":"b","subtitle":"c"}]}"#;
const MEDIA: &str = r#"{"template_type":"media","elements":[{"media_type":"image","attachment_id":"7","buttons":[BUTTON]}]}"#;
const GRID: &str = r#"{"template_type":"image_grid","elements":[{"images":[{"url":"https://example.com/a.png"},{"url":"https://example.com/b.png"}],"buttons":[BUTTON]}]}"#;

#[test]
fn a_member_implies_the_type_in_every_template() {
    for template in [TEXT, CARD, MEDIA, GRID] {
        becomes(
            template,
            r#"{"title":"a","url":"https://example.com/"}"#,
            r#"{"type":"web_url","title":"a","url":"https://example.com/"}"#,
        );
        becomes(
            template,
            r#"{"title":"a","payload":"b"}"#,
            r#"{"type":"postback","title":"a","payload":"b"}"#,
        );
        becomes(
            template,
            r#"{"title":"a","payload":"b"},{"url":"https://example.com/","title":"c"}"#,
            r#"{"type":"postback","title":"a","payload":"b"},{"type":"web_url","url":"https://example.com/","title":"c"}"#,
        );
    }
    for template in [TEXT, CARD, MEDIA] {
        becomes(
            template,
            r#"{"title":"a","phone_number":"+351210000000"}"#,
            r#"{"type":"phone_number","title":"a","payload":"+351210000000"}"#,
        );
    }
}

#[test]
fn a_telephone_number_becomes_the_payload_wherever_it_stands() {
    for template in [TEXT, CARD] {
        becomes(
            template,
            r#"{"phone_number":"+351210000000","title":"a"}"#,
            r#"{"type":"phone_number","payload":"+351210000000","title":"a"}"#,
        );
        becomes(
            template,
            r#"{"x":{"phone_number":"1"},"phone_number":"+351210000000","title":"a"}"#,
            r#"{"type":"phone_number","x":{"phone_number":"1"},"payload":"+351210000000","title":"a"}"#,
        );
        becomes(
            template,
            "{ \"title\" : \"a\" , \"phone_number\"  : \"+351210000000\" }",
            "{\"type\":\"phone_number\", \"title\" : \"a\" , \"payload\"  : \"+351210000000\" }",
        );
        becomes(
            template,
            r#"{"title":"a","phone\u005fnumber":"+351210000000"}"#,
            r#"{"type":"phone_number","title":"a","payload":"+351210000000"}"#,
        );
        becomes(
            template,
            r#"{"title":"\"phone_number\":","phone_number":"+351210000000"},{"phone_number":"+351210000001","title":"\\"}"#,
            r#"{"type":"phone_number","title":"\"phone_number\":","payload":"+351210000000"},{"type":"phone_number","payload":"+351210000001","title":"\\"}"#,
        );
    }
}

#[test]
fn every_button_of_every_card_is_written_out() {
    becomes(
        r#"{"template_type":"generic","elements":[BUTTON]}"#,
        concat!(
            r#"{"title":"1","buttons":[{"title":"a","payload":"p"},{"type":"postback","title":"b","payload":"q"},{"phone_number":"+1","title":"c"}]},"#,
            r#"{"buttons":[{"url":"https://example.com/","title":"d"}],"title":"2","default_action":{"type":"web_url","url":"https://example.com/"}}"#
        ),
        concat!(
            r#"{"title":"1","buttons":[{"type":"postback","title":"a","payload":"p"},{"type":"postback","title":"b","payload":"q"},{"type":"phone_number","payload":"+1","title":"c"}]},"#,
            r#"{"buttons":[{"type":"web_url","url":"https://example.com/","title":"d"}],"title":"2","default_action":{"type":"web_url","url":"https://example.com/"}}"#
        ),
    );
}

#[test]
fn a_button_inside_a_button_keeps_the_places_apart() {
    // The API has no such object, but the short forms in it must not be mixed up.
    let mut lenient = RuleOptions::default();
    lenient = lenient.rule("member.unknown", RuleSetting::Off);
    let inner = r#"{"title":"a","buttons":[{"x":1,"phone_number":"2"},{"payload":"3"}],"phone_number":"+1"}"#;
    let wanted = r#"{"type":"phone_number","title":"a","buttons":[{"type":"phone_number","x":1,"payload":"2"},{"type":"postback","payload":"3"}],"payload":"+1"}"#;
    let built = build_message(
        &format!(
            r#"{{"to":"1","template":{}}}"#,
            TEXT.replace("BUTTON", inner)
        ),
        &lenient,
    )
    .unwrap();
    assert!(built.contains(wanted), "{built}");
    let before = r#"{"phone_number":"+1","buttons":[{"phone_number":"2","x":1}],"title":"a"}"#;
    let wanted = r#"{"type":"phone_number","payload":"+1","buttons":[{"type":"phone_number","payload":"2","x":1}],"title":"a"}"#;
    let built = build_message(
        &format!(
            r#"{{"to":"1","template":{}}}"#,
            TEXT.replace("BUTTON", before)
        ),
        &lenient,
    )
    .unwrap();
    assert!(built.contains(wanted), "{built}");
}

#[test]
fn a_button_with_its_type_is_left_alone() {
    for button in [
        r#"{"type":"postback","title":"a","payload":"b"}"#,
        r#"{"title":"a","url":"https://example.com/","type":"web_url"}"#,
        r#"{ "t\u0079pe" : "phone_number", "title":"a", "payload" : "+351210000000" }"#,
        r#"{"type":"account_unlink"}"#,
        r#"{"type":"game_play","title":"a","payload":"b"}"#,
    ] {
        becomes(TEXT, button, button);
    }
}

#[test]
fn an_ambiguous_button_is_unchanged_and_reported() {
    const TYPE: &str = "/message/attachment/payload/buttons/0/type";
    const AT: &str = "/message/attachment/payload/buttons/0";
    for button in [
        r#"{"title":"a","url":"https://example.com/","payload":"b"}"#,
        r#"{"title":"a","payload":"b","phone_number":"+1"}"#,
        r#"{"title":"a","url":"https://example.com/","phone_number":"+1"}"#,
        r#"{"title":"a"}"#,
        "{}",
    ] {
        stays(button, &[(TYPE, "error", "button.type.missing")]);
    }
    stays(
        r#"{"title":"a","type":null,"url":"https://example.com/"}"#,
        &[(TYPE, "error", "button.type.type")],
    );
    stays("\"Yes\"", &[(AT, "error", "button_template.buttons.type")]);
    stays("7", &[(AT, "error", "button_template.buttons.type")]);
    stays(
        r#"[{"title":"a","payload":"b"}]"#,
        &[(AT, "error", "button_template.buttons.type")],
    );
}

#[test]
fn only_buttons_are_written_out() {
    // An element and a default action have a url of their own; a list by another name is no list of
    // buttons.
    let payload = r#"{"template_type":"generic","elements":[{"title":"a","default_action":{"url":"https://example.com/"}}],"other":[{"url":"x"}]}"#;
    let error = build_message(
        &format!(r#"{{"to":"1","template":{payload}}}"#),
        &RuleOptions::default(),
    )
    .unwrap_err();
    let request = error.request_json().unwrap();
    assert!(request.contains(payload), "{request}");
    same_issues(
        &error.issues,
        &[
            (
                "/message/attachment/payload/elements/0/default_action/type",
                "error",
                "default_action.type.missing",
            ),
            (
                "/message/attachment/payload/other",
                "warning",
                "member.unknown",
            ),
        ],
        request,
    );
}

#[test]
fn a_text_with_buttons_is_a_button_template() {
    let draft = r#"{"to":"1","text":"Pick","buttons":[{"title":"Shop","url":"https://example.com"},{"type":"postback","title":"a","payload":"b"}],"quick_replies":["Yes"]}"#;
    assert_eq!(
        build_message(draft, &RuleOptions::default()).unwrap(),
        r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"template","payload":{"template_type":"button","text":"Pick","buttons":[{"type":"web_url","title":"Shop","url":"https://example.com"},{"type":"postback","title":"a","payload":"b"}]}},"quick_replies":[{"content_type":"text","title":"Yes","payload":"Yes"}]}}"#
    );
    let without = build_message(
        r#"{"to":"1","text":"Pick","buttons":null}"#,
        &RuleOptions::default(),
    );
    assert!(without.unwrap().contains(r#""message":{"text":"Pick"}"#));
}

#[test]
fn a_utility_template_may_have_no_components() {
    for components in ["", r#","components":null"#, r#","components":[]"#] {
        let draft = format!(r#"{{"to":"1","utility":{{"name":"a","language":"en"{components}}}}}"#);
        assert_eq!(
            build_message(&draft, &RuleOptions::default()).unwrap(),
            r#"{"recipient":{"id":"1"},"messaging_type":"UTILITY","message":{"template":{"name":"a","language":{"code":"en"},"components":[]}}}"#
        );
    }
}
