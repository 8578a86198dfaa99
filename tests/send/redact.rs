//! No secret gets out, in whatever form it comes back.

use messenger_send::send::{Kind, Redactor};
use proptest::prelude::*;
use serde_json::json;

const TOKEN: &str = "EAAB|test/token\"\\%";

fn clean(text: &str) -> String {
    Redactor::new([TOKEN, "app+secret"]).text(text)
}

#[test]
fn it_finds_a_secret_in_every_form() {
    let form: String = form_urlencoded::byte_serialize(TOKEN.as_bytes()).collect();
    let json = serde_json::to_string(TOKEN).unwrap();
    let json_in_json = serde_json::to_string(&json).unwrap();
    let forms = [
        TOKEN.to_owned(),
        form.clone(),
        form.to_lowercase().replace("eaab", "EAAB"),
        form_urlencoded::byte_serialize(form.as_bytes()).collect(),
        json.trim_matches('"').to_owned(),
        json.trim_matches('"').replace('/', "\\/"),
        json_in_json,
        TOKEN.chars().map(|character| format!("\\u{:04x}", u32::from(character))).collect(),
        TOKEN.chars().map(|character| format!("%{:02X}", u32::from(character))).collect(),
    ];
    for form in forms {
        let text = format!("at https://example.org/?access_token={form}&x=1 too");
        let out = clean(&text);
        assert!(out.contains("<redacted>") && !out.contains("EAAB") && out.ends_with("&x=1 too"), "{text} -> {out}");
    }
    assert_eq!(clean("app+secret app%2Bsecret app%2bsecretapp+secret"), "<redacted> <redacted> <redacted><redacted>");
}

#[test]
fn it_leaves_other_texts_alone() {
    for text in ["", "EAAB", "EAAB|test", "ünïcödé \u{1f600} %zz \\u12 %", "100% \\"] {
        assert_eq!(clean(text), text);
    }
    assert_eq!(Redactor::new([""]).text("text"), "text", "an empty secret is none");
    assert_eq!(clean(&format!("ü{TOKEN}ü")), "ü<redacted>ü");
}

#[test]
fn a_secret_that_looks_like_the_placeholder_is_taken_out_too() {
    for secret in ["redacted", "<", "e", "*", "<redacted>", "><", "x<redacted>", "a*"] {
        let out = Redactor::new([secret]).text(&format!("a {secret}{secret} b xx<redacted> ><>< aa**"));
        assert!(!out.contains(secret), "{secret} -> {out}");
    }
}

#[test]
fn every_text_of_a_failure_is_cleaned() {
    let token = "EAABtesttoken";
    let body = json!({ "error": {
        "message": token, "type": token, "code": 80006, "fbtrace_id": token, "error_user_title": token, "error_user_msg": token,
        "error_data": { token: [token, { "deep": format!("x{token}y") }] },
    } })
    .to_string();
    let usage = json!({ token: [{ "type": token, "call_count": 1 }] }).to_string();
    let headers = messenger_send::send::AnswerHeaders { business_usage: Some(&usage), ..Default::default() };
    let answer = messenger_send::send::Answer { status: 400, headers, body: body.as_bytes() };
    let failure = messenger_send::send::read_answer(&answer, 0.0).unwrap_err();
    assert!(failure.to_json().contains(token));
    let mut cleaned = failure;
    cleaned.redact(&Redactor::new([token]));
    let text = cleaned.to_json();
    assert!(!text.contains(token), "{text}");
    let data = json!({ "<redacted>": ["<redacted>", { "deep": "x<redacted>y" }] }).to_string();
    assert_eq!(cleaned.details.get("data"), Some(data.as_str()));
    assert!(cleaned.details.get("usage").is_some());
    assert_eq!(cleaned.kind, Kind::RateLimit);
}

#[test]
fn error_data_stays_json() {
    let json = |secret: &str, text: &str| Redactor::new([secret]).json(text);
    assert_eq!(json("a\"b", r#"["xa\"b","a\\\"b"]"#), r#"["x<redacted>","<redacted>"]"#);
    for (secret, text) in [("1234567", r#"{"a":1234567}"#), ("x\"", r#"["x"]"#), ("1,2", "[1,2]"), ("{", r#"{"a":1}"#)] {
        assert_eq!(json(secret, text), r#""<redacted>""#, "{secret}");
    }
}

proptest! {
    #[test]
    fn no_secret_is_left(secret in "[!-~]{1,12}", second in "[!-~]{1,6}", parts in prop::collection::vec(".{0,6}", 1..6), form in 0..4) {
        let written: String = match form {
            0 => secret.clone(),
            1 => form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
            2 => serde_json::to_string(&secret).unwrap().trim_matches('"').to_owned(),
            _ => secret.bytes().map(|byte| format!("\\u{byte:04X}")).collect(),
        };
        let text = parts.join(&written);
        let redactor = Redactor::new([secret.as_str(), second.as_str()]);
        let out = redactor.text(&text);
        prop_assert!(!out.contains(&secret) && !out.contains(&second), "{} in {}", secret, out);
        prop_assert!(!redactor.finds(&out));
        // A quote cannot be taken out of JSON.
        prop_assume!(secret != "\"");
        let json = redactor.json(&serde_json::to_string(&text).unwrap());
        let value: String = serde_json::from_str(&json).unwrap();
        prop_assert!(!value.contains(&secret) && !json.contains(&secret), "{} in {}", secret, json);
        prop_assert!(form == 2 || !out.contains(&written), "{} in {}", written, out);
    }

    #[test]
    fn a_text_without_the_secret_is_not_changed(text in "[a-z0-9 ü%\\\\]{0,40}") {
        let redactor = Redactor::new(["EAABTOKEN"]);
        prop_assert_eq!(redactor.text(&text), text);
    }
}
