//! Every secret is redacted, in whatever form it comes back.

use messenger_send::client::transport::{TransportError, TransportErrorKind};
use messenger_send::client::{ErrorKind, Redactor, Retry, Secret};
use proptest::prelude::*;
use serde_json::json;

use super::script::{HELLO, Reply, Script, TOKEN, assert_linear, now, send_once};

const AWKWARD: &str = "EAAB|test/token\"\\%";
const APP_SECRET: &str = "app+secret+0123456789";

fn redactor(secrets: &[&str]) -> Redactor {
    let secrets: Vec<Secret> = secrets.iter().copied().map(Secret::from).collect();
    Redactor::new(&secrets)
}

fn clean(text: &str) -> String {
    redactor(&[AWKWARD, APP_SECRET]).redacted(text)
}

fn percent_encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// As the text of a JSON string, without its quotes.
fn escaped(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap();
    json[1..json.len() - 1].to_owned()
}

#[test]
fn a_secret_is_found_in_every_form() {
    let form = percent_encoded(AWKWARD);
    let forms = [
        AWKWARD.to_owned(),
        form.clone(),
        form.to_lowercase().replace("eaab", "EAAB"),
        percent_encoded(&form),
        percent_encoded(&percent_encoded(&form)),
        escaped(AWKWARD),
        escaped(AWKWARD).replace('/', "\\/"),
        escaped(&escaped(AWKWARD)),
        percent_encoded(&escaped(AWKWARD)),
        escaped(&percent_encoded(&escaped(AWKWARD))),
        AWKWARD
            .chars()
            .map(|character| format!("\\u{:04x}", u32::from(character)))
            .collect(),
        AWKWARD
            .chars()
            .map(|character| format!("\\\\u{:04X}", u32::from(character)))
            .collect(),
        AWKWARD
            .chars()
            .map(|character| format!("%{:02X}", u32::from(character)))
            .collect(),
        AWKWARD
            .chars()
            .map(|character| format!("\\u0025{:02X}", u32::from(character)))
            .collect(),
    ];
    for form in forms {
        let text = format!("at https://example.org/?access_token={form}&x=1 too");
        let out = clean(&text);
        assert!(
            out.contains("<redacted>") && out.ends_with("&x=1 too"),
            "{text} -> {out}"
        );
        assert!(
            !out.contains("EAAB") && !out.contains("token\""),
            "{text} -> {out}"
        );
    }
    let encoded = APP_SECRET.replace('+', "%2b");
    assert_eq!(
        clean(&format!("{encoded} {encoded}{APP_SECRET}")),
        "<redacted> <redacted><redacted>"
    );
}

#[test]
fn json_around_a_secret_stays_json() {
    let body = json!({ "a": APP_SECRET, "b": [format!("x{APP_SECRET}y")] }).to_string();
    let text = json!({ "error": body }).to_string();
    let expected = json!({ "a": "<redacted>", "b": ["x<redacted>y"] }).to_string();
    assert_eq!(clean(&text), json!({ "error": expected }).to_string());
}

#[test]
fn a_percent_sign_in_front_hides_no_secret() {
    let secret = "41abcdef|0123456789";
    let redactor = redactor(&[secret]);
    for before in [
        "%", "%4", "\\", "\\u", "\\u0", "\\u00", "\\u004", "%25", "%254", "\\\\u00",
    ] {
        let text = format!("{before}{}.", percent_encoded(secret));
        let out = redactor.redacted(&text);
        assert!(
            out.contains("<redacted>.") && !out.contains("0123456789"),
            "{text} -> {out}"
        );
    }
}

#[test]
fn an_end_that_the_text_completes_hides_no_secret() {
    for end in ["%", "%2", "\\", "\\u", "\\u00", "\\u002"] {
        let secret = format!("41abcdef|0123456789{end}");
        let redactor = redactor(&[&secret]);
        for form in [
            secret.clone(),
            percent_encoded(&secret),
            escaped(&secret),
            percent_encoded(&escaped(&secret)),
        ] {
            let text = format!("at {form}21 too");
            let out = redactor.redacted(&text);
            assert!(
                out.starts_with("at <redacted>") && out.ends_with(" too"),
                "{text} -> {out}"
            );
            assert!(!out.contains("0123456789"), "{text} -> {out}");
        }
    }
}

#[test]
fn other_texts_stay_as_they_are() {
    for text in [
        "",
        "EAAB",
        "EAAB|test",
        "ünïcödé \u{1f600} %zz \\u12 %",
        "100% \\",
        "%25%5C\\\\n",
    ] {
        assert_eq!(clean(text), text);
    }
    assert_eq!(clean(&format!("ü{AWKWARD}ü")), "ü<redacted>ü");
    assert_eq!(
        clean(&format!("%C3%BC{}\\u00fc", percent_encoded(APP_SECRET))),
        "%C3%BC<redacted>\\u00fc"
    );
}

#[test]
fn a_secret_is_searched_for_from_16_characters_on_and_a_token_from_8() {
    for (short, long) in [
        ("0123456789abcde", "0123456789abcdef"),
        ("EAABtes", "EAABtest"),
        ("IGAAtes", "IGAAtest"),
    ] {
        assert_eq!(short.len() + 1, long.len());
        let of_short = redactor(&[short, ""]);
        for text in [
            "".to_owned(),
            format!("at {short} too"),
            percent_encoded(short),
        ] {
            assert!(!of_short.finds(&text));
            assert_eq!(of_short.redacted(&text), text);
        }
        let text = redactor(&[long]).redacted(&format!("at {long} too"));
        assert_eq!(text, "at <redacted> too");
    }
}

#[test]
fn the_time_is_linear_in_the_length_of_the_text() {
    let redactor = redactor(&[TOKEN, APP_SECRET, AWKWARD]);
    let (prefix, encoded) = (
        &TOKEN[..TOKEN.len() - 1],
        percent_encoded(&APP_SECRET[..20]),
    );
    let repeated = "a".repeat(40);
    let parts = [
        "\\", "%", "%25", "25", "\\u", "\\u005c", "%5C", "\\u0025", "\\u0075", "0075", "%\\\\",
        "\\/", "ü", prefix, &encoded, TOKEN, &repeated,
    ];
    for part in parts {
        // A sign in front lets the whole text be one encoded character.
        for first in ["", "%", "\\", "\\u"] {
            let text = |bytes: usize| first.to_owned() + &part.repeat(bytes / part.len());
            let (tenth, whole) = (text(100 << 10), text(1 << 20));
            let read = |text: &str| assert!(!redactor.finds(&redactor.redacted(text)));
            assert_linear(&format!("{first}{part}"), || read(&tenth), || read(&whole));
        }
    }
}

#[test]
fn every_text_of_an_error_is_cleaned() {
    let body = json!({ "error": {
        "message": TOKEN, "type": TOKEN, "code": 80006, "fbtrace_id": TOKEN,
        "error_user_title": TOKEN, "error_user_msg": TOKEN,
        "error_data": { TOKEN: [TOKEN, { "deep": format!("x{TOKEN}y") }] },
    } });
    let usage = json!({ TOKEN: [{ "type": TOKEN, "call_count": 1 }] }).to_string();
    let headers = [("x-business-use-case-usage", usage.as_str())];
    let error = send_once(Reply::with_headers(400, &headers, body.to_string())).unwrap_err();
    for text in [
        format!("{error:?}"),
        error.to_string(),
        serde_json::to_string(&error).unwrap(),
    ] {
        assert!(
            !text.contains(TOKEN) && text.contains("<redacted>"),
            "{text}"
        );
    }
    assert_eq!(
        error.data.as_ref().unwrap().to_value(),
        json!({ "<redacted>": ["<redacted>", { "deep": "x<redacted>y" }] })
    );
    assert!(error.usage.is_some());
    assert_eq!(error.kind, ErrorKind::RateLimit);
}

#[test]
fn every_text_of_a_receipt_is_cleaned() {
    let body =
        json!({ "message_id": TOKEN, "recipient_id": format!("x{TOKEN}"), "attachment_id": TOKEN });
    let usage = json!({ TOKEN: [{ "type": TOKEN, "call_count": 1 }] }).to_string();
    let headers = [
        ("x-business-use-case-usage", usage.as_str()),
        ("x-fb-trace-id", TOKEN),
    ];
    let receipt = send_once(Reply::with_headers(200, &headers, body.to_string())).unwrap();
    for text in [
        format!("{receipt:?}"),
        serde_json::to_string(&receipt).unwrap(),
    ] {
        assert!(
            !text.contains(TOKEN) && text.contains("<redacted>"),
            "{text}"
        );
    }
}

/// What is left of an error's data that quotes the app secret.
fn redacted_data(data: &str, secret: &str) -> String {
    let body = format!(r#"{{"error":{{"code":1,"error_data":{data}}}}}"#);
    let script = Script::new([Reply::new(400, body)]);
    let client = script.client_with(|builder| builder.app_secret(secret).retry(Retry::never()));
    let error = now(client.send(HELLO)).unwrap_err();
    error.data.as_ref().unwrap().as_str().to_owned()
}

#[test]
fn a_number_that_is_a_secret_is_cleaned() {
    let secret = "1234567890123456";
    assert_eq!(
        redacted_data(&format!(r#"{{ "a":{secret}, "b":1 }}"#), secret),
        r#"{"a":"<redacted>","b":1}"#
    );
}

#[test]
fn data_with_a_secret_is_still_json() {
    let secret = r#"0123456789"abcdef\"#;
    let written = r#"0123456789\"abcdef\\"#;
    assert_eq!(
        redacted_data(
            &format!(r#"[{{}}, [], true, null, 1e3, "\u00fc{written}", {{"{written}":[["x"]]}}]"#),
            secret
        ),
        r#"[{},[],true,null,1e3,"ü<redacted>",{"<redacted>":[["x"]]}]"#
    );
    let (open, close) = ("[".repeat(33), "]".repeat(33));
    let (kept, end) = ("[".repeat(32), "]".repeat(32));
    assert_eq!(
        redacted_data(&format!(r#"{open}"{APP_SECRET}"{close}"#), APP_SECRET),
        format!("{kept}null{end}")
    );
    let kept = format!(r#"{kept}"<redacted>"{end}"#);
    let (open, close) = ("[".repeat(32), "]".repeat(32));
    assert_eq!(
        redacted_data(&format!(r#"{open}"{APP_SECRET}"{close}"#), APP_SECRET),
        kept
    );
}

#[test]
fn the_platforms_words_and_their_causes_are_cleaned() {
    let root = std::io::Error::other(format!("{APP_SECRET} in the url"));
    let source = std::io::Error::other(Outer(root));
    let failure = TransportError::new(
        TransportErrorKind::Unknown,
        format!("at ?access_token={TOKEN}"),
    )
    .with_source(source);
    let script = Script::new([Reply::Fails(failure)]);
    let error = now(script
        .client_with(|builder| builder.app_secret(APP_SECRET))
        .send(HELLO))
    .unwrap_err();
    let chain: Vec<String> =
        std::iter::successors(std::error::Error::source(&error), |cause| cause.source())
            .map(|cause| cause.to_string())
            .collect();
    assert!(chain.len() >= 2, "{chain:?}");
    let texts = format!("{error} {error:?} {chain:?}");
    assert!(
        !texts.contains(TOKEN) && !texts.contains(APP_SECRET),
        "{texts}"
    );
    assert!(
        error.message.ends_with("at ?access_token=<redacted>"),
        "{error}"
    );
}

#[derive(Debug)]
struct Outer(std::io::Error);

impl std::fmt::Display for Outer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "the outer one, {TOKEN}")
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The encodings of one character, to be put one inside the other.
fn encode(text: &str, layers: &[u8], choices: &mut impl Iterator<Item = bool>) -> String {
    layers.iter().fold(text.to_owned(), |text, layer| {
        let mut out = String::new();
        for character in text.chars() {
            let chosen = choices.next().unwrap_or_default();
            let must = match layer % 2 {
                0 => matches!(character, '%' | '+' | '&'),
                _ => matches!(character, '"' | '\\'),
            };
            match (layer % 4, chosen || must) {
                (_, false) => out.push(character),
                (0, true) => out.push_str(&format!("%{:02X}", u32::from(character))),
                (2, true) => out.push_str(&format!("%{:02x}", u32::from(character))),
                (1, true) => out.push_str(&format!("\\u{:04x}", u32::from(character))),
                (_, true) if must || character == '/' => out.extend(['\\', character]),
                (_, true) => out.push_str(&format!("\\u{:04X}", u32::from(character))),
            }
        }
        out
    })
}

proptest! {
    #[test]
    fn no_mix_of_encodings_hides_a_token(
        secret in "[A-Za-z0-9|/+=_.~\"-]{16,40}",
        parts in prop::collection::vec("[ -~ü]{0,6}", 1..6),
        layers in prop::collection::vec(0_u8..4, 0..4),
        choices in prop::collection::vec(any::<bool>(), 64),
    ) {
        let written = encode(&secret, &layers, &mut choices.into_iter().cycle());
        let text = parts.join(&written);
        let redactor = redactor(&[&secret]);
        let out = redactor.redacted(&text);
        prop_assert!(!out.contains(&secret) && !redactor.finds(&out), "{secret}: {text} -> {out}");
        prop_assert!(parts.len() < 2 || out.contains("<redacted>"), "{secret}: {text} -> {out}");
        prop_assert!(!out.contains(&written), "{secret}: {text} -> {out}");
    }

    #[test]
    fn no_secret_is_left_in_one_encoding(
        secret in "[!-~]{16,24}",
        second in "[!-~]{16,24}",
        parts in prop::collection::vec("[ -$&-\\[\\]-~ü]{0,6}", 1..6),
        form in 0..4,
    ) {
        let written: String = match form {
            0 => secret.clone(),
            1 => percent_encoded(&secret),
            2 => escaped(&secret),
            _ => secret.bytes().map(|byte| format!("\\u{byte:04X}")).collect(),
        };
        let text = parts.join(&written);
        let out = redactor(&[&secret, &second]).redacted(&text);
        prop_assert!(!out.contains(&secret) && !out.contains(&second), "{secret}: {text} -> {out}");
        prop_assert!(form == 2 || !out.contains(&written), "{secret}: {text} -> {out}");
    }

    #[test]
    fn a_text_without_the_secret_is_not_changed(text in "[a-zA-F0-9 ü%\\\\]{0,60}") {
        prop_assert_eq!(redactor(&["EAABTOKEN|0123456789"]).redacted(&text), text);
    }

    #[test]
    fn no_text_makes_it_panic(text: String, secret in ".{0,40}") {
        let redactor = redactor(&[&secret]);
        let _ = redactor.finds(&redactor.redacted(&text));
        let _ = redactor.redacted(&format!("%{secret}\\{text}{secret}"));
    }
}
