//! Formats of strings: URLs, phone numbers, identifiers.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::payload::spec::Format;

/// The result of checking a string against a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// As documented.
    Fine,
    /// The API refuses it, or it is certainly a mistake.
    Wrong,
    /// Not as documented, but the API may accept it.
    Unusual,
    /// An `http:` URL where `https:` is recommended.
    PlainHttp,
    /// A URL that points to this computer or a private network.
    Unreachable,
}

/// What the format requires; completes the sentence "… must be".
pub(super) const fn requirement(format: Format) -> &'static str {
    match format {
        Format::Any => "a text",
        Format::Url => "an absolute http: or https: URL without spaces",
        Format::Link => "an absolute URL with its scheme, such as https://example.com/",
        Format::HttpsUrl => "an absolute https: URL",
        Format::FacebookUrl => "the URL of a post on facebook.com",
        Format::Phone => "a phone number: + and digits, with the country and area code",
        Format::PhoneAdvised => "a phone number such as +1(212)555-2368",
        Format::DigitsAdvised | Format::Digits => "a string of digits",
        Format::Identifier => "letters, digits and underscores only",
        Format::NoSpaces => "a text without spaces",
        Format::NoUrl => "a text without a web address",
        Format::CountryCode => "a two-letter country code such as US",
        Format::CurrencyCode => "a currency code of three capital letters, such as EUR",
    }
}

/// Whether the format is a URL and `raw` passes [`is_plain_https`].
#[inline(always)]
pub(super) fn is_plain_url(format: Format, raw: &[u8]) -> bool {
    matches!(format, Format::Url | Format::Link | Format::HttpsUrl) && is_plain_https(raw)
}

/// Whether this is a URL that needs no further check: `https://`, a plain host, and then no spaces
/// or control characters. `raw` is an ASCII JSON string without escapes, so DEL is the only control
/// character that it can contain.
///
/// URLs make up most of the bytes of a message, so this is the fast path of [`check_format`],
/// with the same result.
#[inline(never)]
fn is_plain_https(raw: &[u8]) -> bool {
    let Some((scheme, mut rest)) = raw.split_first_chunk::<8>() else {
        return false;
    };
    if u64::from_le_bytes(*scheme) != u64::from_le_bytes(*b"https://") {
        return false;
    }
    if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let host = rest;
    while let [first, tail @ ..] = rest {
        match HOST_SIGNS.get(usize::from(*first)) {
            Some(Sign::Inside) => rest = tail,
            Some(Sign::Behind) => break,
            _ => return false,
        }
    }
    let host = host.get(..host.len() - rest.len()).unwrap_or_default();
    if matches!(host.last(), Some(b't' | b'l' | b'T' | b'L' | b'.')) && is_local_name(host) {
        return false;
    }
    // The last eight bytes overlap the previous ones.
    match rest.last_chunk::<8>() {
        Some(end) => {
            !has_space(u64::from_le_bytes(*end))
                && rest
                    .as_chunks::<8>()
                    .0
                    .iter()
                    .all(|word| !has_space(u64::from_le_bytes(*word)))
        }
        None => rest.iter().all(|byte| !matches!(byte, b' ' | 0x7f)),
    }
}

/// The role of a byte in a plain host.
#[derive(Clone, Copy)]
enum Sign {
    Inside,
    Behind,
    Unusual,
}

/// The role of each byte: one lookup instead of ten comparisons.
static HOST_SIGNS: [Sign; 256] = {
    let mut signs = [Sign::Unusual; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        // A const cannot use `get_mut`.
        #[allow(clippy::indexing_slicing)]
        {
            signs[byte as usize] = match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => Sign::Inside,
                b'/' | b'?' | b'#' => Sign::Behind,
                _ => Sign::Unusual,
            };
        }
        byte += 1;
    }
    signs
};

/// Whether one of eight ASCII bytes is a space or DEL.
const fn has_space(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let spaces = word ^ (ONES * 0x20);
    (spaces.wrapping_sub(ONES) & !spaces | word.wrapping_add(ONES)) & (ONES * 0x80) != 0
}

/// Checks a string that is not empty.
pub(super) fn check_format(format: Format, text: &str) -> Verdict {
    let right = match format {
        Format::Any => true,
        Format::Url => return check_url(text, false),
        Format::Link => return check_url(text, true),
        Format::HttpsUrl | Format::FacebookUrl => {
            let verdict = check_url(text, false);
            let right = match format {
                Format::HttpsUrl => verdict != Verdict::PlainHttp,
                _ => is_facebook(host_and_port(text).0),
            };
            return if right { verdict } else { Verdict::Wrong };
        }
        Format::Phone => text.strip_prefix('+').is_some_and(is_digits),
        Format::PhoneAdvised => is_advised_phone(text),
        Format::DigitsAdvised | Format::Digits => is_digits(text),
        Format::Identifier => text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
        Format::NoSpaces => !text.contains(is_blank),
        Format::NoUrl => return check_mentions_no_url(text),
        Format::CountryCode => {
            text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())
        }
        Format::CurrencyCode => {
            text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
        }
    };
    match (right, format) {
        (true, _) => Verdict::Fine,
        // Graph refuses lower case. What else it accepts is not documented.
        (false, Format::CurrencyCode) if !text.bytes().any(|byte| byte.is_ascii_lowercase()) => {
            Verdict::Unusual
        }
        // A number without a digit is certainly a mistake.
        (false, Format::PhoneAdvised) if !text.bytes().any(|byte| byte.is_ascii_digit()) => {
            Verdict::Wrong
        }
        (false, Format::PhoneAdvised | Format::DigitsAdvised) => Verdict::Unusual,
        (false, _) => Verdict::Wrong,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && all_digits(text)
}

fn is_advised_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|rest| {
        rest.bytes().any(|byte| byte.is_ascii_digit())
            && rest
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'(' | b')' | b'-' | b' ' | b'.'))
    })
}

/// Whether the text is empty or consists of digits.
fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it is white space or a control character.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

/// Whether the text is one of these words, in any letter case.
fn is_any_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// The scheme of a URL, and what follows its colon.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme_letter =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.bytes().all(is_scheme_letter);
    is_scheme.then_some((scheme, rest))
}

/// Whether the text after a host is empty or a port.
pub(crate) fn is_port(rest: &str) -> bool {
    let digits = rest.strip_prefix(':').unwrap_or(rest);
    digits.is_empty() || digits.len() <= 5 && all_digits(digits) && digits.parse::<u16>().is_ok()
}

/// The host of a URL with `//`, and the text between it and the path. Not a general URL parser: it
/// accepts more than browsers do, since Graph's own rules are not documented.
pub(crate) fn host_and_port(text: &str) -> (&str, &str) {
    let rest = scheme(text)
        .and_then(|(_, rest)| rest.strip_prefix("//"))
        .unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let length = match (host.starts_with('['), host.find(']')) {
        (false, _) => host.find(':').unwrap_or(host.len()),
        (true, Some(bracket)) => bracket + 1,
        // An IPv6 address without its closing bracket.
        (true, None) => 0,
    };
    host.split_at_checked(length).unwrap_or_default()
}

/// Whether a host is this computer or in a private network, which Graph cannot reach.
fn is_unreachable(host: &str) -> bool {
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return is_private_v4(address);
    }
    let v6 = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    if let Some(Ok(address)) = v6.map(str::parse::<Ipv6Addr>) {
        return address.is_loopback()
            || address.is_unspecified()
            || address.is_unique_local()
            || address.is_unicast_link_local()
            || address.to_ipv4_mapped().is_some_and(is_private_v4);
    }
    is_local_name(host.as_bytes())
}

/// Whether public DNS cannot resolve this name.
fn is_local_name(host: &[u8]) -> bool {
    const LOCAL: [&[u8]; 3] = [b"localhost", b"local", b"internal"];
    let host = host.strip_suffix(b".").unwrap_or(host);
    let domain = host.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    LOCAL.iter().any(|local| local.eq_ignore_ascii_case(domain))
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_unspecified()
}

fn is_facebook(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host.strip_suffix("facebook.com")
        .is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

/// URL schemes that do not open a page, an app or a phone number.
const SCHEMES_WITHOUT_PAGE: [&str; 6] = ["javascript", "data", "vbscript", "file", "blob", "about"];

fn check_url(text: &str, other_schemes: bool) -> Verdict {
    let trimmed = text.trim_ascii();
    let Some((scheme, rest)) = scheme(trimmed) else {
        return Verdict::Wrong;
    };
    if !is_any_of(scheme, &["https", "http"]) {
        // `example.com:8080/` has no scheme, although it looks like one.
        let is_app_scheme =
            !is_any_of(scheme, &SCHEMES_WITHOUT_PAGE) && !scheme.contains('.') && !rest.is_empty();
        return if other_schemes && is_app_scheme {
            Verdict::Unusual
        } else {
            Verdict::Wrong
        };
    }
    let (host, port) = host_and_port(trimmed);
    let never_in_host =
        |letter| is_blank(letter) || matches!(letter, '<' | '>' | '"' | '\\' | '^' | '`');
    if host.is_empty() || !is_port(port) || host.contains(never_in_host) {
        return Verdict::Wrong;
    }
    if text.contains(is_blank) {
        return Verdict::Unusual;
    }
    if !other_schemes && is_unreachable(host) {
        return Verdict::Unreachable;
    }
    if scheme.len() == 4 {
        Verdict::PlainHttp
    } else {
        Verdict::Fine
    }
}

/// Top-level domains. A text that ends in one is usually a web address.
const USUAL_DOMAINS: [&str; 8] = ["com", "net", "org", "io", "info", "biz", "me", "co"];

/// A URL with a scheme or a path is an error. A text that looks like a host may be the name of a
/// shop.
fn check_mentions_no_url(text: &str) -> Verdict {
    let mut verdict = Verdict::Fine;
    let between_words =
        |letter| is_blank(letter) || matches!(letter, '(' | ')' | '<' | '>' | '"' | ',' | '!');
    for word in text.split(between_words) {
        let is_www = word.len() > 4
            && word
                .get(..4)
                .is_some_and(|start| start.eq_ignore_ascii_case("www."));
        if word.as_bytes().windows(3).any(|part| part == b"://") || is_www {
            return Verdict::Wrong;
        }
        let name = word.split('/').next().unwrap_or_default();
        // Punctuation at the end of a sentence is not part of the URL.
        let host = name.trim_end_matches(['.', '?', ':', ';']);
        let looks_like_host = host
            .rsplit_once('.')
            .is_some_and(|(below, domain)| !below.is_empty() && is_any_of(domain, &USUAL_DOMAINS));
        if looks_like_host && word.len() > name.len() + 1 {
            return Verdict::Wrong;
        }
        if looks_like_host {
            verdict = Verdict::Unusual;
        }
    }
    verdict
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Verdict::{Fine, PlainHttp, Unreachable, Unusual, Wrong};
    use super::*;

    #[track_caller]
    fn all(format: Format, cases: &[(&str, Verdict)]) {
        for (text, verdict) in cases {
            assert_eq!(check_format(format, text), *verdict, "{format:?} {text}");
        }
    }

    #[test]
    fn addresses() {
        let common = [
            ("https://example.com", Fine),
            ("HTTPS://EXAMPLE.COM/a?b#c", Fine),
            ("https://user@example.com:8443/", Fine),
            ("https://münchen.example/ü", Fine),
            ("https://[2001:db8::1]/", Fine),
            ("https://[2001:db8::1]:8443/", Fine),
            ("https://[2001:db8::1", Wrong),
            ("https://example.com:/", Fine),
            ("https://example.com:65535/", Fine),
            ("https://example.com:65536/", Wrong),
            ("https://example.com:port/", Wrong),
            ("http://example.com/a.png", PlainHttp),
            ("https://example.com/a b.png", Unusual),
            (" https://example.com", Unusual),
            ("https://", Wrong),
            ("https:///path", Wrong),
            ("https:example.com", Wrong),
            ("//example.com/a.png", Wrong),
            ("example.com/a.png", Wrong),
            ("/a.png", Wrong),
            ("not a url", Wrong),
        ];
        all(Format::Url, &common);
        all(Format::Link, &common);
        all(
            Format::Url,
            &[
                ("ftp://example.com/", Wrong),
                ("data:image/png;base64,AA", Wrong),
            ],
        );
        all(
            Format::Link,
            &[
                ("shop-app://product/1", Unusual),
                ("tel:+351210000000", Unusual),
                ("javascript:alert(1)", Wrong),
                ("data:text/html,x", Wrong),
                ("example.com:8080/", Wrong),
            ],
        );
        all(
            Format::HttpsUrl,
            &[("https://example.com", Fine), ("http://example.com", Wrong)],
        );
        all(
            Format::FacebookUrl,
            &[
                ("https://www.facebook.com/page/videos/1", Fine),
                ("https://facebook.com/photo.php?fbid=1", Fine),
                ("http://business.facebook.com/page/photos/1", PlainHttp),
                ("https://example.com/facebook.com", Wrong),
                ("https://facebook.com.example.com/", Wrong),
                ("https://notfacebook.com/", Wrong),
            ],
        );
    }

    #[test]
    fn hosts_that_graph_cannot_reach() {
        for host in [
            "localhost",
            "LocalHost.",
            "a.localhost",
            "printer.local",
            "a.internal",
            "127.0.0.1",
            "10.0.0.1",
            "[::1]",
            "[fe80::1]",
        ] {
            let url = format!("https://{host}:8080/a.png");
            all(
                Format::Url,
                &[
                    (&url, Unreachable),
                    (&url.replace("https", "http"), Unreachable),
                ],
            );
            // The person's browser opens it.
            all(Format::Link, &[(&url, Fine)]);
        }
        for host in [
            "localhost.example.com",
            "mylocal",
            "local.example.com",
            "8.8.8.8",
            "[2001:db8::1]",
            "10.0.0.256",
        ] {
            all(Format::Url, &[(&format!("https://{host}/a.png"), Fine)]);
        }
    }

    proptest::proptest! {
        #[test]
        fn the_usual_case_is_no_special_case(text in "https://[ -~é\x7f]{0,30}|https://[a-z.:/?@{}#]{0,12}|https://a.example/[ -~]{0,30}|https://([a-z]{1,3}[.])?(localhost|local|LOCAL|internal)[.]?[/:]?") {
            if text.is_ascii() && is_plain_https(text.as_bytes()) {
                proptest::prop_assert_eq!(check_format(Format::Url, &text), Fine);
                proptest::prop_assert_eq!(check_format(Format::Link, &text), Fine);
                proptest::prop_assert_eq!(check_format(Format::HttpsUrl, &text), Fine);
            }
        }
    }

    #[test]
    fn numbers_and_names() {
        all(
            Format::Phone,
            &[
                ("+351210000000", Fine),
                ("351210000000", Wrong),
                ("+1 212", Wrong),
                ("+", Wrong),
                ("+1(212)", Wrong),
            ],
        );
        all(
            Format::PhoneAdvised,
            &[
                ("+1(212)555-2368", Fine),
                ("+12125552368", Fine),
                ("2125552368", Unusual),
                ("+abc", Wrong),
            ],
        );
        all(Format::DigitsAdvised, &[("123", Fine), ("12a", Unusual)]);
        all(
            Format::Digits,
            &[("123", Fine), ("-1", Wrong), ("1.5", Wrong)],
        );
        all(
            Format::Identifier,
            &[("q_1", Fine), ("q-1", Wrong), ("é", Wrong)],
        );
        all(
            Format::NoSpaces,
            &[("TEA15", Fine), ("TEA 15", Wrong), ("TEA\u{a0}15", Wrong)],
        );
        all(
            Format::CountryCode,
            &[
                ("US", Fine),
                ("pt", Fine),
                ("USA", Wrong),
                ("U1", Wrong),
                ("é", Wrong),
            ],
        );
        all(
            Format::NoUrl,
            &[
                ("Rate us", Fine),
                ("see https://example.com", Wrong),
                ("www.example.com", Wrong),
                ("Rate example.com?", Unusual),
                ("How was it. Good?", Fine),
                ("version 1.2", Fine),
                ("www.", Fine),
                ("See example.com/help now", Wrong),
                ("bit.ly/a", Fine),
                ("We are example.com/", Unusual),
            ],
        );
    }
}
