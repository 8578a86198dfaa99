//! How each member of a draft becomes part of the request.

use crate::support::fixtures::legal;
use messenger_send::build::build_message;
use messenger_send::payload::spec::Platform;
use messenger_send::validate::{RuleOptions, validate_json};
use serde_json::{Value, json};

/// The draft makes exactly this request, on Messenger.
#[track_caller]
fn builds(draft: &str, request: &str) {
    match build_message(draft, &RuleOptions::default()) {
        Ok(built) => assert_eq!(built, request, "\ndraft: {draft}"),
        Err(error) => panic!(
            "{draft} makes\n{:?}\n{}",
            error.request_json(),
            crate::support::lines(&error.issues)
        ),
    }
}

/// The content makes this message, in a response to one person.
#[track_caller]
fn content(members: &str, message: &str) {
    let request =
        format!(r#"{{"recipient":{{"id":"1"}},"messaging_type":"RESPONSE","message":{message}}}"#);
    builds(&format!(r#"{{"to":"1",{members}}}"#), &request);
    // The order of the draft's members does not matter.
    builds(&format!(r#"{{{members},"to":"1"}}"#), &request);
}

#[test]
fn to_is_an_id_or_any_recipient() {
    let with = |recipient: &str| {
        format!(
            r#"{{"recipient":{recipient},"messaging_type":"RESPONSE","message":{{"text":"hi"}}}}"#
        )
    };
    builds(r#"{"to":"PSID","text":"hi"}"#, &with(r#"{"id":"PSID"}"#));
    for recipient in [
        r#"{"id":"1"}"#,
        r#"{"user_ref":"a"}"#,
        r#"{"comment_id":"a"}"#,
        r#"{"post_id":"a"}"#,
        r#"{"phone_number":"+1(212)555-2368","name":{"first_name":"Robin","last_name":"Doe"}}"#,
        r#"{"one_time_notif_token":"a"}"#,
        r#"{ "id" : "1" }"#,
    ] {
        builds(
            &format!(r#"{{"to":{recipient},"text":"hi"}}"#),
            &with(recipient),
        );
    }
}

#[test]
fn a_text_is_a_message() {
    content(r#""text":"hello, world""#, r#"{"text":"hello, world"}"#);
    content(
        r#""text":"a","metadata":"b""#,
        r#"{"text":"a","metadata":"b"}"#,
    );
}

#[test]
fn a_medium_is_an_address_an_object_or_an_id() {
    let url = "https://example.com/a.bin";
    for kind in ["image", "audio", "video", "file"] {
        let message =
            |payload: &str| format!(r#"{{"attachment":{{"type":"{kind}","payload":{payload}}}}}"#);
        let address = format!(r#"{{"url":"{url}"}}"#);
        content(&format!(r#""{kind}":"{url}""#), &message(&address));
        content(&format!(r#""{kind}":{address}"#), &message(&address));
        let reusable = format!(r#"{{"url":"{url}","is_reusable":true}}"#);
        content(&format!(r#""{kind}":{reusable}"#), &message(&reusable));
        let id = r#"{"attachment_id":"7"}"#;
        content(&format!(r#""{kind}":{id}"#), &message(id));
    }
}

#[test]
fn images_are_attachments() {
    content(
        r#""images":["https://example.com/a.png",{"url":"https://example.com/b.png"},{"attachment_id":"7"}]"#,
        concat!(
            r#"{"attachments":[{"type":"image","payload":{"url":"https://example.com/a.png"}},"#,
            r#"{"type":"image","payload":{"url":"https://example.com/b.png"}},{"type":"image","payload":{"attachment_id":"7"}}]}"#
        ),
    );
}

#[test]
fn a_template_is_an_attachment() {
    let payload = r#"{"template_type":"generic","elements":[{"title":"a","subtitle":"b"}]}"#;
    content(
        &format!(r#""template":{payload}"#),
        &format!(r#"{{"attachment":{{"type":"template","payload":{payload}}}}}"#),
    );
}

#[test]
fn a_utility_template_names_its_type() {
    let request = |language: &str| {
        format!(
            concat!(
                r#"{{"recipient":{{"id":"1"}},"messaging_type":"UTILITY","message":{{"template":{{"name":"order","language":{},"#,
                r#""components":[{{"type":"body","parameters":[{{"type":"text","text":"7"}}]}}]}}}}}}"#
            ),
            language
        )
    };
    let draft = |language: &str| {
        format!(
            r#"{{"to":"1","utility":{{"name":"order","language":{language},"components":[{{"type":"body","parameters":[{{"type":"text","text":"7"}}]}}]}}}}"#
        )
    };
    builds(&draft("\"en_US\""), &request(r#"{"code":"en_US"}"#));
    builds(&draft(r#"{"code":"en"}"#), &request(r#"{"code":"en"}"#));
    builds(
        &draft(r#"{ "code" : "en" }"#),
        &request(r#"{ "code" : "en" }"#),
    );
}

#[test]
fn a_sticker_is_its_id() {
    content(
        r#""sticker":"369239263222822""#,
        r#"{"sticker_id":"369239263222822"}"#,
    );
    content(
        r#""sticker":369239263222822"#,
        r#"{"sticker_id":369239263222822}"#,
    );
}

#[test]
fn a_wire_message_is_taken_byte_for_byte() {
    for message in [
        r#"{"text":"hi"}"#,
        r#"{ "te\u0078t" :"h\u0069 \ud83d\ude00" ,  "quick_replies" : [ { "content_type":"text","title":"a" , "payload":"b"}] }"#,
        r#"{"attachment":{"payload":{"buttons":[{"payload":"b","title":"a","type":"postback"}],"text":"a","template_type":"button"},"type":"template"}}"#,
        "{\n\t\"sticker_id\": 369239263222822\r\n}",
        r#"{"text":"hi","colour":[1.50,1E2,-0,null,{"b":1,"a":2}]}"#,
    ] {
        content(&format!("\"message\":{message}"), message);
    }
    // Its buttons are those of the API: no short form is written out there.
    let button = r#"{"title":"a","url":"https://example.com/"}"#;
    let message = format!(
        r#"{{"attachment":{{"type":"template","payload":{{"template_type":"button","text":"a","buttons":[{button}]}}}}}}"#
    );
    let error = build_message(
        &format!(r#"{{"to":"1","message":{message}}}"#),
        &RuleOptions::default(),
    )
    .unwrap_err();
    assert!(error.request_json().unwrap().contains(&message));
}

#[test]
fn sender_actions_have_no_messaging_type() {
    for action in ["typing_on", "typing_off", "mark_seen"] {
        builds(
            &format!(r#"{{"to":"1","sender_action":"{action}"}}"#),
            &format!(r#"{{"recipient":{{"id":"1"}},"sender_action":"{action}"}}"#),
        );
    }
    builds(
        r#"{"to":"1","react":{"message_id":"m","reaction":"😀"}}"#,
        r#"{"recipient":{"id":"1"},"sender_action":"react","payload":{"message_id":"m","reaction":"😀"}}"#,
    );
    builds(
        r#"{"to":"1","unreact":{"message_id":"m"}}"#,
        r#"{"recipient":{"id":"1"},"sender_action":"unreact","payload":{"message_id":"m"}}"#,
    );
    builds(
        r#"{"to":"1","sender_action":"typing_on","persona_id":"7"}"#,
        r#"{"recipient":{"id":"1"},"sender_action":"typing_on","persona_id":"7"}"#,
    );
    // Discouraged values are passed on as well.
    builds(
        r#"{"to":"1","sender_action":"typing_on","messaging_type":"RESPONSE"}"#,
        r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","sender_action":"typing_on"}"#,
    );
}

#[test]
fn the_messaging_type_follows_from_the_draft() {
    let built = |members: &str| -> Value {
        serde_json::from_str(
            &build_message(
                &format!(r#"{{"to":"1",{members}}}"#),
                &RuleOptions::default(),
            )
            .unwrap(),
        )
        .unwrap()
    };
    assert_eq!(built(r#""text":"a""#)["messaging_type"], "RESPONSE");
    assert_eq!(
        built(r#""text":"a","messaging_type":"UPDATE""#)["messaging_type"],
        "UPDATE"
    );
    let tagged = built(r#""text":"a","tag":"HUMAN_AGENT""#);
    assert_eq!(
        (&tagged["messaging_type"], &tagged["tag"]),
        (&json!("MESSAGE_TAG"), &json!("HUMAN_AGENT"))
    );
    assert_eq!(
        built(r#""text":"a","tag":"HUMAN_AGENT","messaging_type":"MESSAGE_TAG""#)["messaging_type"],
        "MESSAGE_TAG"
    );
    assert_eq!(
        built(r#""message":{"text":"a"}"#)["messaging_type"],
        "RESPONSE"
    );
    assert_eq!(built(r#""sticker":"1""#)["messaging_type"], "RESPONSE");
    let utility = r#""utility":{"name":"a","language":"en","components":[]}"#;
    assert_eq!(built(utility)["messaging_type"], "UTILITY");
    // A wrong type is reported, not corrected.
    let wrong = build_message(
        &format!(r#"{{"to":"1",{utility},"tag":"HUMAN_AGENT"}}"#),
        &RuleOptions::default(),
    );
    let request: Value = wrong.map_or_else(
        |error| serde_json::from_str(error.request_json().unwrap()).unwrap(),
        |built| serde_json::from_str(&built).unwrap(),
    );
    assert_eq!(request["messaging_type"], "MESSAGE_TAG");
    let error = build_message(
        r#"{"to":"1","text":"a","tag":"HUMAN_AGENT","messaging_type":"RESPONSE"}"#,
        &RuleOptions::default(),
    )
    .unwrap_err();
    assert_eq!(
        error
            .issues
            .iter()
            .map(|issue| &*issue.code)
            .collect::<Vec<_>>(),
        ["tag.without_message_tag"]
    );
}

#[test]
fn null_is_not_there() {
    let hello = r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"hi"}}"#;
    builds(
        r#"{"to":"1","text":"hi","tag":null,"messaging_type":null,"utility":null,"image":null,"quick_replies":null,"reply_to":null}"#,
        hello,
    );
    builds(
        r#"{"to":"1","text":"hi","sender_action":null,"react":null,"message":null,"metadata":null}"#,
        hello,
    );
}

#[test]
fn quick_replies_may_be_their_titles() {
    content(
        r#""text":"a","quick_replies":["Yes",{"content_type":"user_phone_number"},{"content_type":"text","title":"No","payload":"no"},"\u00e9 \"x\""]"#,
        concat!(
            r#"{"text":"a","quick_replies":[{"content_type":"text","title":"Yes","payload":"Yes"},{"content_type":"user_phone_number"},"#,
            r#"{"content_type":"text","title":"No","payload":"no"},{"content_type":"text","title":"\u00e9 \"x\"","payload":"\u00e9 \"x\""}]}"#
        ),
    );
    content(
        r#""image":"https://example.com/a.png","quick_replies":["a"]"#,
        r#"{"attachment":{"type":"image","payload":{"url":"https://example.com/a.png"}},"quick_replies":[{"content_type":"text","title":"a","payload":"a"}]}"#,
    );
}

#[test]
fn members_next_to_the_message_are_unchanged() {
    builds(
        r#"{"persona_id":"7","reply_to":"m","notification_type":"NO_PUSH","tag":"HUMAN_AGENT","text":"a","to":"1"}"#,
        concat!(
            r#"{"recipient":{"id":"1"},"messaging_type":"MESSAGE_TAG","message":{"text":"a"},"tag":"HUMAN_AGENT","#,
            r#""notification_type":"NO_PUSH","reply_to":{"mid":"m"},"persona_id":"7"}"#
        ),
    );
    builds(
        r#"{"to":"1","text":"a","reply_to":{"mid":"m"}}"#,
        r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"a"},"reply_to":{"mid":"m"}}"#,
    );
}

#[test]
fn white_space_and_escapes_are_read_as_json_has_them() {
    builds(
        " {\n\t\"t\\u006f\" : \"1\" ,\r\n \"te\\u0078t\" : \"h\\u0069\\/\" , \"metadata\":\"\\ud83d\\ude00\" } \n",
        r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"h\u0069\/","metadata":"\ud83d\ude00"}}"#,
    );
}

#[test]
fn the_last_duplicate_wins() {
    builds(
        r#"{"to":"1","text":"a","text":"b","to":"2"}"#,
        r#"{"recipient":{"id":"2"},"messaging_type":"RESPONSE","message":{"text":"b"}}"#,
    );
    builds(
        r#"{"to":null,"image":7,"image":"https://example.com/a.png","t\u006f":"1"}"#,
        r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"image","payload":{"url":"https://example.com/a.png"}}}}"#,
    );
}

#[test]
fn every_legal_request_can_be_said_as_a_draft() {
    let mut built = 0;
    for fixture in legal() {
        let mut draft = serde_json::Map::new();
        let members = fixture.request.as_object().unwrap();
        // A draft has no member for what the reference lists without a description.
        if members
            .keys()
            .any(|name| ["page", "platform", "folder", "thread_control"].contains(&name.as_str()))
        {
            continue;
        }
        let action = members.get("sender_action").and_then(Value::as_str);
        for (name, value) in members {
            match (name.as_str(), action) {
                ("recipient", _) => drop(draft.insert("to".to_owned(), value.clone())),
                ("payload", Some(action)) => drop(draft.insert(action.to_owned(), value.clone())),
                ("sender_action", Some("react" | "unreact")) => {}
                _ => drop(draft.insert(name.clone(), value.clone())),
            }
        }
        let options = RuleOptions::default().platform(fixture.platform);
        let request = build_message(&Value::Object(draft).to_string(), &options);
        let request = request.unwrap_or_else(|error| {
            panic!(
                "{}:\n{}",
                fixture.name,
                crate::support::lines(&error.issues)
            )
        });
        let mut wanted = fixture.request.clone();
        if action.is_none() && members.get("messaging_type").is_none() {
            wanted["messaging_type"] = json!("RESPONSE");
        }
        assert_eq!(
            serde_json::from_str::<Value>(&request).unwrap(),
            wanted,
            "{}",
            fixture.name
        );
        assert!(
            validate_json(&request, &options).valid(),
            "{}",
            fixture.name
        );
        built += 1;
    }
    assert!(built > 100);
}

#[test]
fn every_legal_template_is_left_as_it_is() {
    // It has no short form, so the payload appears in the request byte for byte.
    let mut built = 0;
    for fixture in legal() {
        let attachment = &fixture.request["message"]["attachment"];
        if attachment["type"] != "template" {
            continue;
        }
        let payload = serde_json::to_string_pretty(&attachment["payload"]).unwrap();
        let mut draft = format!(r#"{{"to":"1","template":{payload}}}"#);
        if let Some(tag) = fixture.request["tag"].as_str() {
            draft = draft.replace("{\"to\"", &format!("{{\"tag\":\"{tag}\",\"to\""));
        }
        let request = build_message(&draft, &RuleOptions::default().platform(fixture.platform));
        let request = request.unwrap_or_else(|error| {
            panic!(
                "{}:\n{}",
                fixture.name,
                crate::support::lines(&error.issues)
            )
        });
        assert!(request.contains(&payload), "{}: {request}", fixture.name);
        built += 1;
    }
    assert!(built > 30, "only {built} templates");
}

#[test]
fn the_platform_decides_what_can_be_built() {
    let draft = format!(r#"{{"to":"1","text":"{}"}}"#, "a".repeat(1001));
    assert!(
        build_message(
            &draft,
            &RuleOptions::default().platform(Platform::Messenger)
        )
        .is_ok()
    );
    let error = build_message(
        &draft,
        &RuleOptions::default().platform(Platform::Instagram),
    )
    .unwrap_err();
    assert_eq!(error.issues[0].code, "text.too_many_bytes");
    assert!(error.request_json().unwrap().len() > 1001);
}
