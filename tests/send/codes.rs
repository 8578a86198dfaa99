//! The table of codes.

use messenger_send::send::Kind;
use messenger_send::send::codes::{may_have_arrived, row, table, verdict};

/// Code, subcode, kind, retryable: every row, and errors that must fall through to a row.
const EXPECTED: &[(i64, Option<i64>, Kind, bool)] = &[
    (1, None, Kind::Transient, true),
    (1, Some(99), Kind::Transient, true),
    (1, Some(1_357_046), Kind::Transient, false),
    (2, None, Kind::Transient, true),
    (2, Some(2_018_344), Kind::Permission, false),
    (3, None, Kind::Permission, false),
    (4, None, Kind::RateLimit, true),
    (4, Some(2_018_022), Kind::RateLimit, true),
    (4, Some(2_018_354), Kind::RateLimit, false),
    (9, Some(2_018_352), Kind::RateLimit, false),
    (10, None, Kind::Permission, false),
    (10, Some(2_018_278), Kind::Window, false),
    (10, Some(2_534_022), Kind::Window, false),
    (10, Some(2_018_065), Kind::Window, false),
    (10, Some(2_018_108), Kind::Recipient, false),
    (10, Some(1_893_063), Kind::Policy, false),
    (10, Some(1_404_170), Kind::Policy, false),
    (10, Some(1_893_015), Kind::Recipient, false),
    (10, Some(2_018_336), Kind::Policy, false),
    (10, Some(2_534_077), Kind::Permission, false),
    (17, None, Kind::RateLimit, true),
    (32, None, Kind::RateLimit, true),
    (100, None, Kind::Request, false),
    (100, Some(33), Kind::Request, false),
    (100, Some(2_018_001), Kind::Recipient, false),
    (100, Some(2_018_008), Kind::Request, false),
    (100, Some(2_018_014), Kind::Request, false),
    (100, Some(2_018_034), Kind::Request, false),
    (100, Some(2_018_047), Kind::Request, false),
    (100, Some(2_018_074), Kind::Request, false),
    (100, Some(2_018_109), Kind::Request, false),
    (100, Some(2_018_164), Kind::Request, false),
    (100, Some(2_018_294), Kind::Request, false),
    (100, Some(2_018_320), Kind::Request, false),
    (100, Some(2_018_328), Kind::Request, false),
    (100, Some(2_534_013), Kind::Request, false),
    (100, Some(2_534_014), Kind::Recipient, false),
    (100, Some(2_534_015), Kind::Request, false),
    (100, Some(2_534_025), Kind::Request, false),
    (100, Some(2_534_029), Kind::Recipient, false),
    (100, Some(2_534_037), Kind::Request, false),
    (102, None, Kind::Auth, false),
    (190, None, Kind::Auth, false),
    (190, Some(458), Kind::Auth, false),
    (190, Some(459), Kind::Auth, false),
    (190, Some(460), Kind::Auth, false),
    (200, None, Kind::Permission, false),
    (200, Some(1_545_041), Kind::Recipient, false),
    (200, Some(2_018_021), Kind::Permission, false),
    (200, Some(2_018_027), Kind::Permission, false),
    (200, Some(2_018_028), Kind::Permission, false),
    (200, Some(2_534_041), Kind::Permission, false),
    (230, None, Kind::Permission, false),
    (341, None, Kind::RateLimit, true),
    (368, None, Kind::Policy, false),
    (551, None, Kind::Recipient, false),
    (551, Some(1_545_041), Kind::Recipient, false),
    (613, None, Kind::RateLimit, true),
    (613, Some(1996), Kind::RateLimit, true),
    (613, Some(2_534_040), Kind::RateLimit, true),
    (613, Some(1_893_016), Kind::RateLimit, false),
    (613, Some(2_018_338), Kind::RateLimit, false),
    (1200, None, Kind::Transient, true),
    (2022, None, Kind::Policy, false),
    (10303, None, Kind::Request, false),
    (10900, None, Kind::Request, false),
    (10903, None, Kind::Recipient, false),
    (10904, None, Kind::Permission, false),
    (36103, None, Kind::Permission, false),
    (80001, None, Kind::RateLimit, false),
    (80002, None, Kind::RateLimit, true),
    (80006, None, Kind::RateLimit, true),
    (1_545_041, None, Kind::Window, false),
    (2_018_171, None, Kind::Permission, false),
    (2_018_173, None, Kind::Request, false),
    (2_018_234, None, Kind::Permission, false),
    (2_018_300, None, Kind::Permission, false),
    (2_018_321, None, Kind::Permission, false),
    (9_000_001, None, Kind::Request, false),
];

#[test]
fn every_row_is_as_the_documentation_has_it() {
    for &(code, subcode, kind, retryable) in EXPECTED {
        let found = verdict(Some(code), subcode, None);
        assert_eq!((found.kind, found.retryable), (kind, retryable), "{code}/{subcode:?}");
        assert!(found.hint.is_some(), "{code}/{subcode:?} has no hint");
    }
    for row in table() {
        let listed = EXPECTED.iter().any(|(code, subcode, ..)| *code == i64::from(row.code) && *subcode == row.subcode.map(i64::from));
        assert!(listed, "{}/{:?} is not in this test", row.code, row.subcode);
    }
}

#[test]
fn every_row_has_a_hint_and_a_page_of_meta() {
    for row in table() {
        assert!(row.hint.ends_with('.') && row.hint.len() > 30, "{}/{:?}: {}", row.code, row.subcode, row.hint);
        assert!(row.source.starts_with("https://developers.facebook.com/"), "{}", row.source);
        assert!(row.code <= row.through);
    }
}

#[test]
fn an_unknown_subcode_falls_back_to_its_code_and_a_code_to_its_range() {
    assert_eq!(verdict(Some(1200), Some(2_018_024), None), verdict(Some(1200), None, None));
    assert_eq!(verdict(Some(100), Some(1), None), verdict(Some(100), None, None));
    for code in [200, 201, 250, 299] {
        assert_eq!(row(code, None).map(|row| (row.code, row.through)), Some((200, 299)), "{code}");
    }
    assert_eq!(row(199, None), None);
    assert_eq!(row(300, None), None);
    assert_eq!(row(2_018_188, None), row(2_018_173, None));
    assert_eq!(row(2_018_189, None), None);
    assert_eq!(row(-1, None), None);
    assert_eq!(row(9, None), None, "only the subcode of 9 is known");
}

#[test]
fn a_code_that_is_unique_is_known_as_a_subcode_too() {
    assert_eq!(row(100, Some(2_018_300)), row(2_018_300, None));
    assert_eq!(row(613, Some(2_018_338)).and_then(|row| row.subcode), Some(2_018_338), "the pair goes first");
    assert_eq!(verdict(Some(551), Some(1_545_041), None).kind, Kind::Recipient);
}

#[test]
fn graphs_own_word_counts() {
    assert!(verdict(Some(100), None, Some(true)).retryable);
    assert!(!verdict(Some(2), None, Some(false)).retryable);
    assert!(!verdict(Some(1), Some(1_357_046), Some(true)).retryable);
    assert_eq!(verdict(Some(424_242), None, Some(true)).kind, Kind::Transient);
    assert_eq!(verdict(Some(424_242), None, None).kind, Kind::Request);
    assert_eq!(verdict(None, None, None).hint, None);
    assert!(may_have_arrived(Some(1), Some(1_357_046)) && !may_have_arrived(Some(1), None) && !may_have_arrived(None, None));
}
