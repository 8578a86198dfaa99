//! The table of codes.

use messenger_send::client::ErrorKind;
use messenger_send::client::codes::Repeat::{self, Later, Never, No, Once};
use messenger_send::client::codes::{GraphCode, Verdict, row, table};

/// Code, subcode, kind, whether to retry: every row, and errors that must fall through to a row.
const EXPECTED: &[(i64, Option<i64>, ErrorKind, Repeat)] = &[
    (1, None, ErrorKind::Transient, Later),
    (1, Some(99), ErrorKind::Transient, Later),
    (1, Some(1_357_046), ErrorKind::Transient, No),
    (2, None, ErrorKind::Transient, Later),
    (2, Some(2_018_344), ErrorKind::Permission, No),
    (3, None, ErrorKind::Permission, No),
    (4, None, ErrorKind::RateLimit, Later),
    (4, Some(2_018_022), ErrorKind::RateLimit, Later),
    (4, Some(2_018_354), ErrorKind::RateLimit, No),
    (9, Some(2_018_352), ErrorKind::RateLimit, No),
    (10, None, ErrorKind::Permission, No),
    (10, Some(2_018_278), ErrorKind::Window, No),
    (10, Some(2_534_022), ErrorKind::Window, No),
    (10, Some(2_018_065), ErrorKind::Window, No),
    (10, Some(2_018_108), ErrorKind::Recipient, No),
    (10, Some(1_893_063), ErrorKind::Policy, No),
    (10, Some(1_404_170), ErrorKind::Policy, No),
    (10, Some(1_893_015), ErrorKind::Recipient, No),
    (10, Some(2_018_336), ErrorKind::Policy, No),
    (10, Some(2_534_077), ErrorKind::Permission, No),
    (17, None, ErrorKind::RateLimit, Later),
    (32, None, ErrorKind::RateLimit, Later),
    (100, None, ErrorKind::Request, No),
    (100, Some(33), ErrorKind::Request, No),
    (100, Some(2_018_001), ErrorKind::Recipient, No),
    (100, Some(2_018_008), ErrorKind::Request, No),
    (100, Some(2_018_014), ErrorKind::Request, No),
    (100, Some(2_018_034), ErrorKind::Request, No),
    (100, Some(2_018_047), ErrorKind::Request, No),
    (100, Some(2_018_074), ErrorKind::Request, No),
    (100, Some(2_018_109), ErrorKind::Request, No),
    (100, Some(2_018_164), ErrorKind::Request, No),
    (100, Some(2_018_294), ErrorKind::Request, No),
    (100, Some(2_018_320), ErrorKind::Request, No),
    (100, Some(2_018_328), ErrorKind::Request, No),
    (100, Some(2_534_013), ErrorKind::Request, No),
    (100, Some(2_534_014), ErrorKind::Recipient, No),
    (100, Some(2_534_015), ErrorKind::Request, No),
    (100, Some(2_534_025), ErrorKind::Request, No),
    (100, Some(2_534_029), ErrorKind::Recipient, No),
    (100, Some(2_534_037), ErrorKind::Request, No),
    (102, None, ErrorKind::Auth, No),
    (190, None, ErrorKind::Auth, No),
    (190, Some(458), ErrorKind::Auth, No),
    (190, Some(459), ErrorKind::Auth, No),
    (190, Some(460), ErrorKind::Auth, No),
    (200, None, ErrorKind::Permission, No),
    (200, Some(1_545_041), ErrorKind::Recipient, No),
    (200, Some(2_018_021), ErrorKind::Permission, No),
    (200, Some(2_018_027), ErrorKind::Permission, No),
    (200, Some(2_018_028), ErrorKind::Permission, No),
    (200, Some(2_534_041), ErrorKind::Permission, No),
    (230, None, ErrorKind::Permission, No),
    (341, None, ErrorKind::RateLimit, Later),
    (368, None, ErrorKind::Policy, No),
    (551, None, ErrorKind::Recipient, No),
    (551, Some(1_545_041), ErrorKind::Recipient, No),
    (613, None, ErrorKind::RateLimit, Later),
    (613, Some(1996), ErrorKind::RateLimit, Later),
    (613, Some(2_534_040), ErrorKind::RateLimit, Later),
    (613, Some(1_893_016), ErrorKind::RateLimit, No),
    (613, Some(2_018_338), ErrorKind::RateLimit, No),
    (1200, None, ErrorKind::Transient, Later),
    (2022, None, ErrorKind::Policy, No),
    (10303, None, ErrorKind::Request, No),
    (10900, None, ErrorKind::Request, No),
    (10903, None, ErrorKind::Recipient, No),
    (10904, None, ErrorKind::Permission, No),
    (36103, None, ErrorKind::Permission, No),
    (80001, None, ErrorKind::RateLimit, No),
    (80002, None, ErrorKind::RateLimit, Later),
    (80006, None, ErrorKind::RateLimit, Later),
    (1_545_041, None, ErrorKind::Window, No),
    (2_018_171, None, ErrorKind::Permission, No),
    (2_018_173, None, ErrorKind::Request, No),
    (2_018_234, None, ErrorKind::Permission, No),
    (2_018_300, None, ErrorKind::Permission, No),
    (2_018_321, None, ErrorKind::Permission, No),
    (9_000_001, None, ErrorKind::Request, No),
    (-1, None, ErrorKind::Transient, Once),
    (100, Some(1_893_061), ErrorKind::Request, Never),
    (100, Some(2_018_015), ErrorKind::Request, No),
    (100, Some(2_018_035), ErrorKind::Request, No),
    (100, Some(2_018_040), ErrorKind::Request, No),
    (100, Some(2_018_041), ErrorKind::Request, No),
    (100, Some(2_018_048), ErrorKind::Request, No),
    (100, Some(2_018_053), ErrorKind::Request, No),
    (100, Some(2_018_055), ErrorKind::Request, No),
    (100, Some(2_018_098), ErrorKind::Request, No),
    (100, Some(2_018_099), ErrorKind::Request, No),
    (105, None, ErrorKind::Request, No),
    (194, None, ErrorKind::Request, No),
    (508, Some(2_534_122), ErrorKind::Request, Never),
    (546, None, ErrorKind::Request, No),
    (2500, None, ErrorKind::Auth, No),
    (36000, None, ErrorKind::Request, No),
];

const PROOF_SENTENCES: [&str; 2] = [
    "Invalid appsecret_proof provided in the API argument",
    "API calls from the server require an appsecret_proof argument",
];

fn error(code: impl Into<Option<i64>>, subcode: Option<i64>) -> GraphCode<'static> {
    GraphCode {
        code: code.into(),
        subcode,
        ..GraphCode::default()
    }
}

fn verdict(code: impl Into<Option<i64>>, subcode: Option<i64>) -> Verdict {
    error(code, subcode).verdict()
}

fn transient(code: i64, subcode: Option<i64>, is_transient: bool) -> Verdict {
    GraphCode {
        is_transient: Some(is_transient),
        ..error(code, subcode)
    }
    .verdict()
}

#[test]
fn every_row_is_as_the_documentation_has_it() {
    for &(code, subcode, kind, repeat) in EXPECTED {
        let found = verdict(code, subcode);
        let name = format!("{code}/{subcode:?}");
        assert_eq!(
            (found.kind, found.retryable),
            (kind, matches!(repeat, Later | Once)),
            "{name}"
        );
        assert_eq!(
            row(code, subcode).map(|row| row.repeat),
            Some(repeat),
            "{name}"
        );
        assert!(found.hint.is_some(), "{name} has no hint");
    }
    for row in table() {
        let is_listed = |(code, subcode, ..): &(i64, Option<i64>, ErrorKind, Repeat)| {
            *code == row.code && *subcode == row.subcode
        };
        let name = format!("{}/{:?}", row.code, row.subcode);
        assert!(EXPECTED.iter().any(is_listed), "{name} is not in this test");
    }
}

#[test]
fn every_row_has_a_hint_and_a_page_of_meta() {
    for row in table() {
        let hint = row.hint;
        assert!(
            hint.ends_with('.') && hint.len() > 30,
            "{}/{:?}: {hint}",
            row.code,
            row.subcode
        );
        assert!(!hint.contains("  "), "{hint}");
        assert!(
            row.source.starts_with("https://developers.facebook.com/"),
            "{}",
            row.source
        );
        assert!(row.code <= row.through);
    }
}

#[test]
fn an_unknown_subcode_falls_back_to_its_code_and_a_code_to_its_range() {
    assert_eq!(verdict(1200, Some(2_018_024)), verdict(1200, None));
    assert_eq!(verdict(100, Some(1)), verdict(100, None));
    assert_eq!(verdict(-1, Some(2_018_012)), verdict(-1, None));
    for code in [200, 201, 250, 299] {
        let range = row(code, None).map(|row| (row.code, row.through));
        assert_eq!(range, Some((200, 299)), "{code}");
    }
    assert_eq!(row(199, None), None);
    assert_eq!(row(300, None), None);
    assert_eq!(row(2_018_188, None), row(2_018_173, None));
    assert_eq!(row(2_018_189, None), None);
    assert_eq!(row(-2, None), None);
    assert_eq!(row(9, None), None, "only a subcode of 9 is known");
    assert_eq!(row(508, None), None, "only a subcode of 508 is known");
}

#[test]
fn a_code_that_is_unique_is_known_as_a_subcode_too() {
    assert_eq!(row(100, Some(2_018_300)), row(2_018_300, None));
    assert_eq!(row(424_242, Some(2_018_180)), row(2_018_173, None));
    let pair = row(613, Some(2_018_338)).and_then(|row| row.subcode);
    assert_eq!(pair, Some(2_018_338), "the pair goes first");
    assert_eq!(verdict(551, Some(1_545_041)).kind, ErrorKind::Recipient);
}

#[test]
fn graphs_own_word_counts() {
    assert!(transient(100, None, true).retryable);
    assert!(!transient(2, None, false).retryable);
    assert!(!transient(-1, None, false).retryable);
    assert_eq!(transient(424_242, None, true).kind, ErrorKind::Transient);
    assert!(transient(424_242, None, true).retryable);
    assert_eq!(verdict(424_242, None).kind, ErrorKind::Request);
    assert_eq!(verdict(None, None).hint, None);
}

#[test]
fn the_table_counts_more_than_is_transient_where_it_knows_better() {
    for (code, subcode) in [(508, 2_534_122), (100, 1_893_061), (1, 1_357_046)] {
        for is_transient in [true, false] {
            let verdict = transient(code, Some(subcode), is_transient);
            assert!(
                !verdict.retryable,
                "{code}/{subcode} is_transient {is_transient}"
            );
        }
        assert!(!verdict(code, Some(subcode)).retryable, "{code}/{subcode}");
    }
}

#[test]
fn one_answer_may_hide_a_success() {
    assert!(error(1, Some(1_357_046)).may_have_arrived());
    assert!(!error(1, None).may_have_arrived());
    assert!(!error(2, Some(1_357_046)).may_have_arrived());
    assert!(!error(None, None).may_have_arrived());
}

#[test]
fn the_sentences_about_the_proof_are_about_credentials() {
    for sentence in PROOF_SENTENCES {
        let message = format!("(#100) {sentence}");
        let proof = GraphCode {
            message: &message,
            is_transient: Some(true),
            ..error(100, None)
        };
        let verdict = proof.verdict();
        assert_eq!(
            (verdict.kind, verdict.retryable),
            (ErrorKind::Auth, false),
            "{sentence}"
        );
        let hint = verdict.hint.unwrap();
        for word in ["appSecret", "accessToken", "clock"] {
            assert!(hint.contains(word), "{hint}");
        }
        let elsewhere = GraphCode {
            message: &message,
            ..error(2, None)
        };
        assert_eq!(
            elsewhere.verdict().kind,
            ErrorKind::Transient,
            "only code 100 says it"
        );
    }
    let other = GraphCode {
        message: "(#100) Invalid keys",
        ..error(100, None)
    };
    assert_eq!(other.verdict().kind, ErrorKind::Request);
}

#[test]
fn a_plain_100_of_instagrams_host_leads_to_host_id_and_token() {
    let of = |subcode, instagram_login| {
        let hint = GraphCode {
            instagram_login,
            ..error(100, subcode)
        }
        .verdict()
        .hint
        .unwrap();
        ["baseUrl", "pageId", "accessToken"]
            .iter()
            .all(|word| hint.contains(word))
    };
    assert!(of(None, true) && of(Some(1), true));
    assert!(!of(None, false) && !of(Some(2_534_014), true));
}
