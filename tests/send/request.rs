//! What goes over HTTP.

use messenger_send::send::{Encoding, Kind, Options, Prepared, Proof, proof_text};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn form(json: &str) -> Vec<(String, String)> {
    form_with(json, None)
}

fn form_with(json: &str, proof: Option<&Proof>) -> Vec<(String, String)> {
    let request = Prepared::read(json).expect("a request").encode(&Options::new("EAAB|token+&="), proof);
    assert_eq!(request.url, "https://graph.facebook.com/v25.0/me/messages");
    assert_eq!(request.headers, [("Content-Type", String::from("application/x-www-form-urlencoded"))]);
    form_urlencoded::parse(request.body.as_bytes()).into_owned().collect()
}

fn json_body(json: &str, proof: Option<&Proof>) -> String {
    let options = Options { encoding: Encoding::Json, ..Options::new("EAABtesttoken") };
    let request = Prepared::read(json).expect("a request").encode(&options, proof);
    let expected = [("Content-Type", String::from("application/json")), ("Authorization", String::from("Bearer EAABtesttoken"))];
    assert_eq!(request.headers, expected);
    request.body
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_form_has_a_field_for_each_member() {
    let text = r#" { "recipient" : {"id":"1"} , "messaging_type":"RESPONSE","message":{ "text": "a \"}\\" }, "n": -1.50e+2, "yes":true,"list":[ "]" ,{}] } "#;
    let expected = [
        ("recipient", r#"{"id":"1"}"#),
        ("messaging_type", "RESPONSE"),
        ("message", r#"{ "text": "a \"}\\" }"#),
        ("n", "-1.50e+2"),
        ("yes", "true"),
        ("list", r#"[ "]" ,{}]"#),
        ("access_token", "EAAB|token+&="),
    ];
    assert_eq!(form(text), pairs(&expected));
}

#[test]
fn a_form_keeps_every_character() {
    let text = "+ & = % ; # ü \u{1f600} \u{0} \r\n\t";
    let body = json!({ "message": { "text": text }, "tag": text }).to_string();
    let fields = form(&body);
    let message = fields.iter().find(|(name, _)| name == "message").map(|(_, value)| serde_json::from_str::<Value>(value).unwrap()).unwrap();
    assert_eq!(message["text"], text);
    assert!(fields.contains(&(String::from("tag"), text.to_owned())));
    assert_eq!(form(r#"{"tag":"\u00fc\/\ud83d\ude00"}"#)[0].1, "ü/\u{1f600}", "escapes are read in a text, kept in an object");
    assert_eq!(form(r#"{"o":{"a":"\u00fc"}}"#)[0].1, r#"{"a":"\u00fc"}"#);
}

#[test]
fn a_form_has_no_null() {
    assert_eq!(form(r#"{"tag":null,"a":"b"}"#), pairs(&[("a", "b"), ("access_token", "EAAB|token+&=")]));
}

#[test]
fn the_last_of_two_members_counts() {
    let text = r#"{"a":"first","b":"1","\u0061":{"x":1}}"#;
    assert_eq!(form(text)[..2], pairs(&[("b", "1"), ("a", r#"{"x":1}"#)]));
    assert_eq!(form(r#"{"a":"first","a":null}"#).len(), 1);
}

#[test]
fn json_is_sent_as_it_was_written() {
    let text = r#"{ "recipient": {"id":"1"}, "n": 1.0, "message": {"text":"ü"} }"#;
    assert_eq!(json_body(&format!("\n{text} "), None), text);
}

#[test]
fn a_proof_stands_beside_the_token() {
    let proof = Proof { proof: String::from("abc123"), time: 1_700_000_000 };
    assert_eq!(form_with(r#"{"a":"b"}"#, Some(&proof))[2..], pairs(&[("appsecret_proof", "abc123"), ("appsecret_time", "1700000000")]));
    assert_eq!(json_body(r#"{"a":{"b":1} }"#, Some(&proof)), r#"{"a":{"b":1} ,"appsecret_proof":"abc123","appsecret_time":1700000000}"#);
    assert_eq!(json_body("{ }", Some(&proof)), r#"{ "appsecret_proof":"abc123","appsecret_time":1700000000}"#);
    assert_eq!(proof_text("EAABtesttoken", 1_700_000_000), "EAABtesttoken|1700000000");
}

#[test]
fn a_request_carries_no_secret_of_its_own() {
    for name in ["access_token", "appsecret_proof", "appsecret_time", r"\u0061ccess_token"] {
        let failure = Prepared::read(&format!(r#"{{"a":1,"{name}":"EAABother"}}"#)).err().expect("an error");
        assert_eq!(failure.kind, Kind::Configuration);
        assert!(failure.message.contains("Secrets belong in the options") && !failure.message.contains("EAABother"));
    }
    assert!(Prepared::read(r#"{"a":{"access_token":"x"}}"#).is_ok(), "deeper it is a member like any other");
}

#[test]
fn what_is_no_object_is_not_sent() {
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
        assert_eq!(Prepared::read(text).err().map(|failure| failure.kind), Some(Kind::Configuration), "{}", &text[..text.len().min(20)]);
    }
    assert!(Prepared::read(r#"{"tag":"\ud800"}"#).is_err(), "half a character has no form");
}

proptest! {
    #[test]
    fn scanning_never_panics(text in "[\\{\\}\\[\\]\",:\\\\a1 ü]{0,40}") {
        if let Ok(prepared) = Prepared::read(&text) {
            let _ = prepared.encode(&Options::new("t"), None);
        }
    }

    #[test]
    fn a_form_is_written_as_the_standard_has_it(name in ".{1,8}", value in any::<String>(), token in "[!-~]{1,20}") {
        prop_assume!(!["access_token", "appsecret_proof", "appsecret_time"].contains(&name.as_str()));
        let request = json!({ &name: value }).to_string();
        let written = Prepared::read(&request).expect("a request").form(Some(&token));
        let expected = form_urlencoded::Serializer::new(String::new()).append_pair(&name, &value).append_pair("access_token", &token).finish();
        prop_assert_eq!(written, expected);
    }

    #[test]
    fn a_form_says_what_the_json_says(object in prop::collection::btree_map("[^a]{0,5}", any::<String>(), 0..5), nested in prop::collection::btree_map(any::<String>(), any::<String>(), 0..4)) {
        let mut map: Map<String, Value> = object.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect();
        map.insert(String::from("a"), json!(nested));
        let fields = form(&Value::Object(map.clone()).to_string());
        prop_assert_eq!(fields.len(), map.len() + 1);
        for (name, value) in &fields[..map.len()] {
            match &map[name] {
                Value::String(text) => prop_assert_eq!(value, text),
                other => prop_assert_eq!(&serde_json::from_str::<Value>(value).unwrap(), other),
            }
        }
    }
}
