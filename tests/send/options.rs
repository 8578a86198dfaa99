//! The checks of the options, at each limit and one over.

use messenger_send::send::{Delivery, Edge, Encoding, Kind, Options};

const TOKEN: &str = "EAABtesttoken";

#[track_caller]
fn accepts(change: impl FnOnce(&mut Options)) {
    let mut options = Options::new(TOKEN);
    change(&mut options);
    assert_eq!(options.check().map_err(|failure| failure.message), Ok(()));
}

#[track_caller]
fn refuses(part: &str, change: impl FnOnce(&mut Options)) {
    let mut options = Options::new(TOKEN);
    change(&mut options);
    let failure = options.check().expect_err("a configuration error");
    assert_eq!((failure.kind, failure.delivery, failure.attempts), (Kind::Configuration, Delivery::NotSent, 0));
    assert!(failure.message.contains(part), "{}", failure.message);
    let secrets = [Some(&options.access_token), options.app_secret.as_ref()];
    for secret in secrets.into_iter().flatten().filter(|secret| !secret.is_empty()) {
        assert!(!failure.to_json().contains(secret.trim()), "{}", failure.message);
    }
}

#[test]
fn the_defaults_are_the_documented_ones() {
    let options = Options::new(TOKEN);
    assert!(options.check().is_ok());
    assert_eq!(options.url(Edge::Messages), "https://graph.facebook.com/v25.0/me/messages");
    assert_eq!((options.encoding, options.timeout_ms), (Encoding::Form, 30_000.0));
    assert_eq!((options.retry.attempts, options.retry.unknown), (3, false));
}

#[test]
fn a_token_is_visible_ascii() {
    accepts(|options| options.access_token = String::from("!~|{}\"\\%+&=/"));
    for token in ["", "EAABtesttoken\n", "EAAB\r\nx: y", " EAAB", "EAAB token", "EAAB\ttoken", "EAAB\u{0}", "EAAB\u{7f}", "EAABé", "EAAB\u{200b}"] {
        refuses("accessToken", |options| options.access_token = token.to_owned());
        refuses("appSecret", |options| options.app_secret = Some(token.to_owned()));
    }
    accepts(|options| options.app_secret = Some(String::from("0123456789abcdef")));
}

#[test]
fn a_version_is_v_and_two_numbers() {
    for version in ["v25.0", "v2.6", "v100.12"] {
        accepts(|options| options.api_version = version.to_owned());
    }
    for version in ["", "25.0", "v25", "v25.", "v.0", "V25.0", "v25.0 ", "v25.0/", "v-1.0", "v25.0.1", "v２５.0", "v25.0?x"] {
        refuses("apiVersion", |options| options.api_version = version.to_owned());
    }
}

#[test]
fn a_page_id_stays_in_its_place_of_the_path() {
    for page in ["me", "1234567890", "my.page", "my-page_1"] {
        accepts(|options| options.page_id = page.to_owned());
    }
    for page in ["", ".", "..", "a/b", "a b", "a?b", "a#b", "%2e%2e", "a\\b", "ü"] {
        refuses("pageId", |options| options.page_id = page.to_owned());
    }
}

#[test]
fn a_base_url_is_an_address_without_secrets() {
    for (url, built) in [
        ("https://graph.instagram.com", "https://graph.instagram.com/v25.0/me/messages"),
        ("https://graph.instagram.com/", "https://graph.instagram.com/v25.0/me/messages"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v25.0/me/messages"),
        ("http://[::1]:8080/graph/", "http://[::1]:8080/graph/v25.0/me/messages"),
        ("HTTPS://proxy.example.org/a@b/c", "HTTPS://proxy.example.org/a@b/c/v25.0/me/messages"),
    ] {
        accepts(|options| options.base_url = url.to_owned());
        let options = Options { base_url: url.to_owned(), ..Options::new(TOKEN) };
        assert_eq!(options.url(Edge::Messages), built);
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
        refuses("baseUrl", |options| options.base_url = url.to_owned());
    }
}

#[test]
fn no_secret_stands_in_the_address() {
    refuses("pageId", |options| options.page_id = options.access_token.clone());
    refuses("pageId", |options| {
        options.app_secret = Some(String::from("abcdef0123"));
        options.page_id = String::from("abcdef0123");
    });
    refuses("baseUrl", |options| options.base_url = format!("https://example.org/bot{TOKEN}"));
}

#[test]
fn times_are_what_a_timer_takes() {
    for timeout in [f64::MIN_POSITIVE, 1.0, 30_000.5, 2_147_483_647.0] {
        accepts(|options| options.timeout_ms = timeout);
    }
    for timeout in [0.0, -0.0, -1.0, 2_147_483_648.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        refuses("timeoutMs", |options| options.timeout_ms = timeout);
    }
    for delay in [0.0, 2_147_483_647.0] {
        accepts(|options| options.retry.base_delay_ms = delay);
        accepts(|options| options.retry.max_delay_ms = delay);
    }
    for delay in [-1.0, 2_147_483_648.0, f64::NAN, f64::INFINITY] {
        refuses("retry.baseDelayMs", |options| options.retry.base_delay_ms = delay);
        refuses("retry.maxDelayMs", |options| options.retry.max_delay_ms = delay);
    }
}

#[test]
fn attempts_are_a_whole_number_from_1_to_100() {
    for attempts in [1, 100] {
        accepts(|options| options.retry.attempts = attempts);
    }
    for attempts in [0, 101] {
        refuses("retry.attempts", |options| options.retry.attempts = attempts);
    }
    for attempts in ["0", "-1", "1.5", "100.5", "101", "4294967297", "1e2"] {
        let failure = Options::from_json(&format!(r#"{{"accessToken":"{TOKEN}","retry":{{"attempts":{attempts}}}}}"#)).expect_err(attempts);
        assert!(failure.message.contains("retry.attempts"), "{}", failure.message);
    }
}

#[test]
fn printing_the_options_tells_no_secret() {
    let options = Options { app_secret: Some(String::from("topsecret")), ..Options::new(TOKEN) };
    let text = format!("{options:?}");
    assert!(!text.contains(TOKEN) && !text.contains("topsecret") && text.contains("v25.0"), "{text}");
}
