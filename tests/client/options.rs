//! The checks of the options, at each limit and one above it.

use std::time::Duration;

use messenger_send::client::{
    AccessToken, Client, ClientBuilder, Delivery, Encoding, ErrorKind, MAX_ATTEMPTS, MAX_DURATION,
    OptionValues, Retry, SendError, SendOptions,
};
use messenger_send::validate::RuleOptions;
use serde_json::{Value, json};

use super::script::{HELLO, Reply, Script, TOKEN, now};

const MILLISECOND: Duration = Duration::from_millis(1);

fn build(builder: ClientBuilder) -> Result<Script, SendError> {
    let script = Script::new([Reply::receipt()]);
    builder.build(script.clone())?;
    Ok(script)
}

#[track_caller]
fn accepts(change: impl FnOnce(ClientBuilder) -> ClientBuilder) {
    let refused = build(change(Client::builder(TOKEN))).err();
    assert_eq!(refused.map(|error| error.message.clone()), None);
}

#[track_caller]
fn refuses(part: &str, change: impl FnOnce(ClientBuilder) -> ClientBuilder) {
    assert_refused(build(change(Client::builder(TOKEN))), part);
}

#[track_caller]
fn assert_refused<T>(result: Result<T, SendError>, part: &str) {
    let error = result.err().expect("a configuration error");
    let outcome = (error.kind, error.delivery, error.attempts, error.retryable);
    assert_eq!(
        outcome,
        (ErrorKind::Configuration, Delivery::NotSent, 0, false)
    );
    assert!(error.message.contains(part), "{error}");
}

/// The URL of a message with these options.
fn address(change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> String {
    let script = Script::new([Reply::receipt()]);
    now(script.client_with(change).send(HELLO)).unwrap();
    script.requests().remove(0).url
}

#[test]
fn the_defaults_are_the_documented_ones() {
    assert_eq!(
        address(|builder| builder),
        "https://graph.facebook.com/v25.0/me/messages"
    );
    let options = SendOptions::default();
    assert_eq!(
        (options.encoding, options.timeout),
        (Encoding::Form, Duration::from_secs(30))
    );
    let documented = Retry::attempts(3)
        .base_delay(Duration::from_millis(500))
        .max_delay(Duration::from_secs(30))
        .unknown(false);
    assert_eq!(options.retry, documented);
    assert!(!options.stamp);
}

#[test]
fn a_token_is_visible_ascii() {
    let token = |text: &str| build(Client::builder(text));
    assert!(token("!~|{}\"\\%+&=/").is_ok());
    for text in [
        "",
        "EAABtesttoken\n",
        "EAAB\r\nx: y",
        " EAAB",
        "EAAB token",
        "EAAB\ttoken",
        "EAAB\u{0}",
        "EAAB\u{7f}",
        "EAABé",
        "EAAB\u{200b}",
    ] {
        assert_refused(token(text), "accessToken");
        refuses("appSecret", |builder| builder.app_secret(text));
        let error = token(text).err().unwrap();
        assert!(
            text.trim().is_empty() || !error.message.contains(text.trim()),
            "{error}"
        );
    }
    accepts(|builder| builder.app_secret("0123456789abcdef"));
}

#[test]
fn a_token_of_a_function_is_checked_before_the_request() {
    let client = |token: &'static str| {
        let provide = move || async move { Ok::<_, std::io::Error>(token) };
        Client::builder(AccessToken::from_fn(provide)).build(Script::new([Reply::receipt()]))
    };
    assert!(now(client(TOKEN).unwrap().send(HELLO)).is_ok());
    for token in ["", "EAAB\n", "EAABé"] {
        assert_refused(now(client(token).unwrap().send(HELLO)), "accessToken");
    }
}

#[test]
fn a_version_is_v_and_two_numbers() {
    for version in ["v25.0", "v27.0", "v2.6", "v100.12"] {
        accepts(|builder| builder.api_version(version));
    }
    for version in [
        "",
        "25.0",
        "v25",
        "v25.",
        "v.0",
        "V25.0",
        "v25.0 ",
        "v25.0/",
        "v-1.0",
        "v25.0.1",
        "v２５.0",
        "v25.0?x",
    ] {
        refuses("apiVersion", |builder| builder.api_version(version));
    }
}

#[test]
fn a_page_id_stays_in_its_place_of_the_path() {
    for page in ["me", "1234567890", "my.page", "my-page_1"] {
        accepts(|builder| builder.page_id(page));
    }
    for page in [
        "", ".", "..", "a/b", "a b", "a?b", "a#b", "%2e%2e", "a\\b", "ü",
    ] {
        refuses("pageId", |builder| builder.page_id(page));
    }
}

#[test]
fn a_base_url_is_an_address_without_secrets() {
    for (url, built) in [
        (
            "https://graph.instagram.com",
            "https://graph.instagram.com/v25.0/me/messages",
        ),
        (
            "https://graph.instagram.com/",
            "https://graph.instagram.com/v25.0/me/messages",
        ),
        (
            "http://127.0.0.1:8080",
            "http://127.0.0.1:8080/v25.0/me/messages",
        ),
        (
            "http://[::1]:8080/graph/",
            "http://[::1]:8080/graph/v25.0/me/messages",
        ),
        (
            "HTTPS://proxy.example.org/a@b/c",
            "HTTPS://proxy.example.org/a@b/c/v25.0/me/messages",
        ),
    ] {
        assert_eq!(address(|builder| builder.base_url(url)), built);
    }
    for url in [
        "",
        "graph.facebook.com",
        "//graph.facebook.com",
        "ftp://example.org",
        "javascript://example.org",
        "https:/example.org",
        "https://",
        "https:///path",
        "https://:80",
        "https://user:secret@example.org",
        "https://user@example.org",
        "https://example.org?x=1",
        "https://example.org/#x",
        "https://example.org\\@evil.example",
        "https://exa mple.org",
        "https://example.org\n",
        "https://exämple.org",
    ] {
        refuses("baseUrl", |builder| builder.base_url(url));
    }
}

#[test]
fn no_secret_stands_in_the_address() {
    let secret = "abcdef0123456789";
    refuses("pageId", |builder| builder.page_id(TOKEN));
    refuses("pageId", |builder| {
        builder.app_secret(secret).page_id(secret)
    });
    refuses("baseUrl", |builder| {
        builder.base_url(format!("https://example.org/bot{TOKEN}"))
    });
    let encoded = TOKEN.replace('t', "%74");
    refuses("baseUrl", |builder| {
        builder.base_url(format!("https://example.org/bot{encoded}"))
    });
}

#[test]
fn times_are_within_the_range_of_timers() {
    let nanosecond = Duration::from_nanos(1);
    for timeout in [nanosecond, MILLISECOND, MAX_DURATION] {
        accepts(|builder| builder.timeout(timeout));
    }
    for timeout in [Duration::ZERO, MAX_DURATION + nanosecond] {
        refuses("timeoutMs", |builder| builder.timeout(timeout));
    }
    for delay in [Duration::ZERO, MAX_DURATION] {
        accepts(|builder| builder.retry(Retry::default().base_delay(delay)));
        accepts(|builder| builder.retry(Retry::default().max_delay(delay)));
    }
    let over = MAX_DURATION + nanosecond;
    refuses("retry.baseDelayMs", |builder| {
        builder.retry(Retry::default().base_delay(over))
    });
    refuses("retry.maxDelayMs", |builder| {
        builder.retry(Retry::default().max_delay(over))
    });
}

#[test]
fn attempts_are_from_1_to_100() {
    assert_eq!(MAX_ATTEMPTS, 100);
    for attempts in [1, 100] {
        accepts(|builder| builder.retry(Retry::attempts(attempts)));
    }
    for attempts in [0, 101] {
        refuses("retry.attempts", |builder| {
            builder.retry(Retry::attempts(attempts))
        });
    }
}

/// Options from JavaScript.
fn values(values: Value) -> Result<SendOptions, SendError> {
    let values: OptionValues = serde_json::from_value(values).expect("values of the right types");
    values.into_options(RuleOptions::default())
}

#[test]
fn values_of_another_language_are_read_by_their_names() {
    let options = values(json!({
        "pageId": "7", "apiVersion": "v24.0", "baseUrl": "https://example.org",
        "appSecret": "abc", "encoding": "json", "timeoutMs": 1500.25, "stamp": true,
        "retry": { "attempts": 5, "baseDelayMs": 0, "maxDelayMs": 0.5, "unknown": true },
    }))
    .unwrap();
    assert_eq!(
        (options.page_id.as_str(), options.api_version.as_str()),
        ("7", "v24.0")
    );
    assert_eq!(
        (options.base_url.as_str(), options.encoding),
        ("https://example.org", Encoding::Json)
    );
    assert_eq!(
        options
            .app_secret
            .map(|secret| secret.expose().to_owned())
            .as_deref(),
        Some("abc")
    );
    assert_eq!(
        (options.timeout, options.stamp),
        (Duration::from_micros(1_500_250), true)
    );
    let retry = Retry::attempts(5)
        .base_delay(Duration::ZERO)
        .max_delay(Duration::from_micros(500))
        .unknown(true);
    assert_eq!(options.retry, retry);
}

#[test]
fn absent_values_are_the_defaults() {
    let options = values(json!({ "retry": {} })).unwrap();
    assert_eq!(
        (options.timeout, options.retry),
        (Duration::from_secs(30), Retry::default())
    );
    assert_eq!(options.page_id, "me");
}

#[test]
fn values_out_of_range_are_named() {
    for timeout in [0.0, -0.0, -1.0, 2_147_483_648.0, 1e22, f64::MAX] {
        assert_refused(values(json!({ "timeoutMs": timeout })), "timeoutMs");
    }
    for timeout in [0.001, 1.0, 30_000.5, 2_147_483_647.0] {
        assert!(values(json!({ "timeoutMs": timeout })).is_ok(), "{timeout}");
    }
    for delay in [-1.0, -1e-3, 2_147_483_648.0, f64::MAX] {
        assert_refused(
            values(json!({ "retry": { "baseDelayMs": delay } })),
            "retry.baseDelayMs",
        );
        assert_refused(
            values(json!({ "retry": { "maxDelayMs": delay } })),
            "retry.maxDelayMs",
        );
    }
    for attempts in [0.0, -1.0, 1.5, 100.5, 101.0, 4_294_967_297.0, 1e300] {
        assert_refused(
            values(json!({ "retry": { "attempts": attempts } })),
            "retry.attempts",
        );
    }
    assert_refused(values(json!({ "encoding": "xml" })), "encoding");
    assert_refused(values(json!({ "apiVersion": "25" })), "apiVersion");
}
