//! The `Retry-After` header: seconds, or a date in one of the three forms of HTTP.

use std::time::Duration;

use super::script::{HELLO, Reply, Script, now};

/// The wait that an answer with these headers asks for, at this time in milliseconds since 1970.
fn wait_of(headers: &[&str], now_ms: u64) -> Option<Duration> {
    let headers: Vec<_> = headers
        .iter()
        .map(|value| ("Retry-After", *value))
        .collect();
    let script =
        Script::new([Reply::with_headers(503, &headers, "")]).at(Duration::from_millis(now_ms));
    now(script.client().send(HELLO)).unwrap_err().retry_after
}

fn seconds(count: u64) -> Option<Duration> {
    Some(Duration::from_secs(count))
}

#[test]
fn seconds_are_read() {
    assert_eq!(wait_of(&["0"], 0), seconds(0));
    assert_eq!(wait_of(&[" 120 "], 0), seconds(120));
    let for_ever = seconds(4_294_967_295);
    assert_eq!(wait_of(&["4294967295"], 0), for_ever);
    assert_eq!(wait_of(&["4294967296"], 0), for_ever);
    assert_eq!(wait_of(&[&"9".repeat(256)], 0), for_ever);
    assert_eq!(
        wait_of(&[&"9".repeat(257)], 0),
        None,
        "longer than any Retry-After"
    );
}

#[test]
fn the_three_forms_of_a_date_are_read() {
    // 784111777 is 1994-11-06 08:49:37 UTC, the example of RFC 9110, section 5.6.7.
    for date in [
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    ] {
        assert_eq!(wait_of(&[date], 784_111_772_000), seconds(5), "{date}");
        assert_eq!(wait_of(&[date], 784_111_777_000), seconds(0), "{date}");
        assert_eq!(
            wait_of(&[date], 784_111_778_000),
            seconds(0),
            "a past date is no wait"
        );
    }
    // By `date -u +%s`.
    for (date, at) in [
        ("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800_000),
        ("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200_000),
        ("Fri, 31 Dec 2027 23:59:59 GMT", 1_830_297_599_000),
    ] {
        assert_eq!(
            wait_of(&[date], at - 1),
            Some(Duration::from_millis(1)),
            "{date}"
        );
    }
}

#[test]
fn of_two_the_longer_one_counts() {
    assert_eq!(wait_of(&["3", "120"], 0), seconds(120));
    assert_eq!(wait_of(&["120", "3"], 0), seconds(120));
    assert_eq!(wait_of(&["nonsense", "3"], 0), seconds(3));
    // As `Headers.get` joins them.
    assert_eq!(wait_of(&["3, 120"], 0), seconds(120));
    let at = 784_111_772_000;
    for joined in [
        "3, Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT, 3",
        "Sun Nov  6 08:49:37 1994, 3",
        "Sun, 06 Nov 1994 08:49:36 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
    ] {
        assert_eq!(wait_of(&[joined], at), seconds(5), "{joined}");
    }
}

#[test]
fn other_retry_after_values_are_ignored() {
    for text in [
        "",
        "-1",
        "1.5",
        "soon",
        "+5",
        "５",
        "Fri, 31 Dec 2027",
        "Fri, 32 Dec 2027 23:59:59 GMT",
        "Fri, 31 Foo 2027 23:59:59 GMT",
        "Fri, 31 Dec 2027 24:59:59 GMT",
        "Fri, 31 Dec 2027 23:59:59 PST",
        "Fri, 31 Dec 27 23:59:59 GMT",
        "Fri, 00 Dec 2027 23:59:59 GMT",
    ] {
        assert_eq!(wait_of(&[text], 0), None, "{text}");
    }
    assert_eq!(wait_of(&[], 0), None);
}
