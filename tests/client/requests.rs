//! The HTTP requests.

use std::time::Duration;

use messenger_send::client::{Delivery, Encoding, ErrorKind, SendError};
use messenger_send::payload::SendRequest;
use messenger_send::validate::RuleOptions;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::script::{HELLO, Reply, Script, TOKEN, assert_linear, now};

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Rules that accept every JSON object, so that only the encoding matters.
fn no_rules() -> RuleOptions {
    let off: Map<String, Value> = messenger_send::validate::rules()
        .iter()
        .filter(|rule| !rule.fixed)
        .map(|rule| (rule.code.to_owned(), Value::from("off")))
        .collect();
    RuleOptions::from_json(&json!({ "rules": off }).to_string())
}

fn send(json: &str, encoding: Encoding, secret: Option<&str>) -> Result<Script, SendError> {
    let script = Script::new([Reply::receipt()]).at(Duration::from_secs(1_700_000_000));
    let client = script.client_with(|builder| {
        let builder = builder.encoding(encoding).rules(no_rules());
        match secret {
            Some(secret) => builder.app_secret(secret),
            None => builder,
        }
    });
    now(client.send(json))?;
    Ok(script)
}

fn form(json: &str) -> Vec<(String, String)> {
    form_with(json, None)
}

fn form_with(json: &str, secret: Option<&str>) -> Vec<(String, String)> {
    let script = send(json, Encoding::Form, secret).expect("a receipt");
    let headers = script.requests().remove(0).headers;
    assert_eq!(
        headers,
        [(
            "Content-Type",
            "application/x-www-form-urlencoded".to_owned()
        )]
    );
    form_urlencoded::parse(script.bodies()[0].as_bytes())
        .into_owned()
        .collect()
}

fn json_body(json: &str, secret: Option<&str>) -> String {
    let script = send(json, Encoding::Json, secret).expect("a receipt");
    let expected = [
        ("Content-Type", "application/json".to_owned()),
        ("Authorization", format!("Bearer {TOKEN}")),
    ];
    assert_eq!(script.requests()[0].headers, expected);
    script.bodies().remove(0)
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// The proof of [`TOKEN`] and [`SECRET`] at 1,700,000,000 seconds, by `openssl dgst -sha256 -hmac`.
const PROOF: &str = "992fa82e31c6d9eece1bf21e216cf372a41bc7629ced5f7b4e8e1e0d41cc561e";

#[test]
fn a_form_has_a_field_for_each_member() {
    let text = concat!(
        r#" { "recipient" : {"id":"1"} , "messaging_type":"RESPONSE","#,
        r#""message":{ "text": "a \"}\\" }, "n": -1.50e+2, "yes":true,"list":[ "]" ,{}] } "#
    );
    let expected = [
        ("recipient", r#"{"id":"1"}"#),
        ("messaging_type", "RESPONSE"),
        ("message", r#"{ "text": "a \"}\\" }"#),
        ("n", "-1.50e+2"),
        ("yes", "true"),
        ("list", r#"[ "]" ,{}]"#),
        ("access_token", TOKEN),
    ];
    assert_eq!(form(text), pairs(&expected));
}

#[test]
fn a_form_keeps_every_character() {
    let text = "+ & = % ; # ü \u{1f600} \u{0} \r\n\t";
    let fields = form(&json!({ "message": { "text": text }, "tag": text }).to_string());
    let message = fields.iter().find(|(name, _)| name == "message").unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&message.1).unwrap()["text"],
        text
    );
    assert!(fields.contains(&("tag".to_owned(), text.to_owned())));
    let escaped = form(r#"{"tag":"\u00fc\/\ud83d\ude00"}"#);
    assert_eq!(escaped[0].1, "ü/\u{1f600}", "escapes are read in a text");
    assert_eq!(
        form(r#"{"o":{"a":"\u00fc"}}"#)[0].1,
        r#"{"a":"\u00fc"}"#,
        "and kept in an object"
    );
}

#[test]
fn a_form_has_no_null() {
    assert_eq!(
        form(r#"{"tag":null,"a":"b"}"#),
        pairs(&[("a", "b"), ("access_token", TOKEN)])
    );
}

#[test]
fn a_request_without_members_is_the_token_alone() {
    assert_eq!(form("{}"), pairs(&[("access_token", TOKEN)]));
}

#[test]
fn the_last_of_two_members_counts() {
    let text = r#"{"a":"first","b":"1","\u0061":{"x":1}}"#;
    let mut fields = form(text);
    fields.truncate(2);
    fields.sort();
    assert_eq!(fields, pairs(&[("a", r#"{"x":1}"#), ("b", "1")]));
    assert_eq!(form(r#"{"a":"first","a":null}"#).len(), 1);
}

#[test]
fn json_is_sent_as_it_was_written() {
    let text = r#"{ "recipient": {"id":"1"}, "n": 1.0, "message": {"text":"ü"} }"#;
    assert_eq!(json_body(&format!("\n{text} "), None), text);
}

#[test]
fn a_typed_request_is_sent_as_its_json() {
    let request: SendRequest = serde_json::from_str(HELLO).unwrap();
    let script = Script::new([Reply::receipt()]);
    now(script
        .client_with(|builder| builder.encoding(Encoding::Json))
        .send(&request))
    .unwrap();
    let sent: Value = serde_json::from_str(&script.bodies()[0]).unwrap();
    assert_eq!(sent, serde_json::from_str::<Value>(HELLO).unwrap());
}

#[test]
fn a_proof_stands_beside_the_token() {
    let fields = form_with(r#"{"a":"b"}"#, Some(SECRET));
    let expected = [("appsecret_proof", PROOF), ("appsecret_time", "1700000000")];
    assert_eq!(fields[2..], pairs(&expected));
    let members = format!(r#""appsecret_proof":"{PROOF}","appsecret_time":1700000000"#);
    assert_eq!(
        json_body(r#"{"a":{"b":1} }"#, Some(SECRET)),
        format!(r#"{{"a":{{"b":1}} ,{members}}}"#)
    );
    assert_eq!(json_body("{ }", Some(SECRET)), format!("{{ {members}}}"));
}

#[test]
fn each_attempt_has_a_proof_of_its_own_time() {
    let script = Script::new([Reply::refusal(2), Reply::receipt()])
        .at(Duration::from_secs(1_700_000_000))
        .random(0.999);
    let retry = messenger_send::client::Retry::attempts(2).base_delay(Duration::from_secs(20));
    let client = script.client_with(|builder| builder.app_secret(SECRET).retry(retry));
    now(client.send(HELLO)).unwrap();
    let times: Vec<String> = script
        .bodies()
        .iter()
        .map(|body| body.rsplit_once("appsecret_time=").unwrap().1.to_owned())
        .collect();
    assert_eq!(times, ["1700000000", "1700000019"]);
}

#[test]
fn a_request_carries_no_secret_of_its_own() {
    for name in [
        "access_token",
        "appsecret_proof",
        "appsecret_time",
        r"\u0061ccess_token",
    ] {
        let request = format!(r#"{{"a":1,"{name}":"EAABother"}}"#);
        let error = send(&request, Encoding::Form, None)
            .err()
            .expect("an error");
        assert_eq!(
            (error.kind, error.delivery),
            (ErrorKind::Configuration, Delivery::NotSent)
        );
        assert!(
            error.message.contains("Secrets belong in the options"),
            "{error}"
        );
        assert!(!error.message.contains("EAABother"), "{error}");
    }
    let deeper = send(r#"{"a":{"access_token":"x"}}"#, Encoding::Form, None);
    assert!(deeper.is_ok(), "deeper it is a member like any other");
}

#[test]
fn only_objects_are_sent() {
    let deep = "{\"a\":".repeat(100_000);
    for text in [
        "",
        " ",
        "[]",
        "null",
        "1",
        "\"{}\"",
        "{",
        "}",
        "{}x",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "{\"a\":[}",
        "{a:1}",
        deep.as_str(),
    ] {
        let error = send(text, Encoding::Form, None).err().expect("an error");
        assert!(error.is_validation() && error.is_not_sent(), "{error}");
    }
    assert!(
        send(r#"{"tag":"\ud800"}"#, Encoding::Form, None).is_err(),
        "half a character"
    );
}

#[test]
fn a_request_with_many_members_takes_linear_time() {
    let members = |count: usize| {
        let members: Vec<String> = (0..count).map(|at| format!(r#""m{at:06}":1"#)).collect();
        format!("{{{}}}", members.join(","))
    };
    let (tenth, whole) = (members(7_000), members(70_000));
    let read = |json: &str| assert!(send(json, Encoding::Form, None).is_ok());
    assert_linear("members", || read(&tenth), || read(&whole));
}

proptest! {
    #[test]
    fn scanning_never_panics(text in "[\\{\\}\\[\\]\",:\\\\a1 ü]{0,40}") {
        let _ = send(&text, Encoding::Form, None);
    }

    #[test]
    fn a_form_is_written_as_the_standard_has_it(name in "[^\u{0}-\u{1f}]{1,8}", value in any::<String>()) {
        prop_assume!(!["access_token", "appsecret_proof", "appsecret_time"].contains(&name.as_str()));
        let request = json!({ &name: value }).to_string();
        let written = send(&request, Encoding::Form, None).expect("a receipt").bodies().remove(0);
        let expected = form_urlencoded::Serializer::new(String::new())
            .append_pair(&name, &value)
            .append_pair("access_token", TOKEN)
            .finish();
        prop_assert_eq!(written, expected);
    }

    #[test]
    fn a_form_says_what_the_json_says(
        object in prop::collection::btree_map("[^a]{0,5}", any::<String>(), 0..5),
        nested in prop::collection::btree_map(any::<String>(), any::<String>(), 0..4),
    ) {
        let mut members: Map<String, Value> =
            object.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
        members.insert("a".to_owned(), json!(nested));
        let fields = form(&Value::Object(members.clone()).to_string());
        prop_assert_eq!(fields.len(), members.len() + 1);
        for (name, value) in &fields[..members.len()] {
            match &members[name] {
                Value::String(text) => prop_assert_eq!(value, text),
                other => prop_assert_eq!(&serde_json::from_str::<Value>(value).unwrap(), other),
            }
        }
    }
}
