//! What a text must look like: addresses, telephone numbers, identifiers.

use crate::payload::spec::Format;

/// What a look at a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Right.
    Fine,
    /// Wrong: it cannot be meant, or the API refuses it.
    Wrong,
    /// Perhaps right, but not as documented.
    Unusual,
    /// An `http:` address where `https:` is advised.
    PlainHttp,
}

/// What the format asks for, as the end of "… must be".
pub(super) const fn wanted(format: Format) -> &'static str {
    match format {
        Format::Any => "a text",
        Format::Url => "an absolute http: or https: address without white space",
        Format::Link => "an absolute address with its scheme, as https://example.com/",
        Format::HttpsUrl => "an absolute https: address",
        Format::FacebookUrl => "the address of a post on facebook.com",
        Format::Phone => "a telephone number: +, country code, area code and local number, digits only",
        Format::LoosePhone => "a telephone number as +1(212)555-2368",
        Format::DigitsAdvised | Format::Digits => "digits only",
        Format::Identifier => "letters, digits and underscores only",
        Format::NoSpaces => "a text without white space",
        Format::NoUrl => "a text without a web address",
        Format::CountryCode => "a country code of two letters, as US",
    }
}

/// Looks at a text that is not empty.
pub(super) fn look(format: Format, text: &str) -> Verdict {
    let wrong_unless = |right: bool| if right { Verdict::Fine } else { Verdict::Wrong };
    let unusual_unless = |right: bool| if right { Verdict::Fine } else { Verdict::Unusual };
    match format {
        Format::Any => Verdict::Fine,
        Format::Url => web_address(text, false),
        Format::Link => web_address(text, true),
        Format::HttpsUrl => match web_address(text, false) {
            Verdict::PlainHttp => Verdict::Wrong,
            verdict => verdict,
        },
        Format::FacebookUrl => match web_address(text, false) {
            Verdict::Wrong => Verdict::Wrong,
            verdict => {
                let host = host(text).to_ascii_lowercase();
                if host == "facebook.com" || host.ends_with(".facebook.com") { verdict } else { Verdict::Wrong }
            }
        },
        Format::Phone => wrong_unless(text.strip_prefix('+').is_some_and(digits)),
        Format::LoosePhone => unusual_unless(loose_phone(text)),
        Format::DigitsAdvised => unusual_unless(digits(text)),
        Format::Digits => wrong_unless(digits(text)),
        Format::Identifier => wrong_unless(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')),
        Format::NoSpaces => wrong_unless(!text.contains(char::is_whitespace)),
        Format::NoUrl => mentions_address(text),
        Format::CountryCode => wrong_unless(text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic())),
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn loose_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|rest| {
        rest.contains(|c: char| c.is_ascii_digit()) && rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'(' | b')' | b'-' | b' ' | b'.'))
    })
}

/// The scheme of an address, and what follows its colon.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let mut bytes = scheme.bytes();
    let right = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    right.then_some((scheme, rest))
}

/// The host of an address that has `//`, without user and port.
fn host(text: &str) -> &str {
    let rest = scheme(text).map_or("", |(_, rest)| rest.strip_prefix("//").unwrap_or_default());
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if host.starts_with('[') { host } else { host.split(':').next().unwrap_or_default() }
}

/// The usual case, in one pass over the bytes: `https://`, a host, and nothing that needs a closer look.
fn plainly_https(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(|rest| {
        rest.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
            && rest.bytes().all(|byte| matches!(byte, b'!' | b'#'..=b';' | b'=' | b'?' | b'A'..=b'Z' | b'_' | b'a'..=b'~'))
    })
}

fn web_address(text: &str, other_schemes: bool) -> Verdict {
    if plainly_https(text) {
        return Verdict::Fine;
    }
    any_address(text, other_schemes)
}

fn any_address(text: &str, other_schemes: bool) -> Verdict {
    let trimmed = text.trim();
    let Some((scheme, rest)) = scheme(trimmed) else { return Verdict::Wrong };
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if !is("https") && !is("http") {
        let script = is("javascript") || is("data") || is("vbscript") || is("file") || is("blob") || is("about");
        // `example.com:8080/` has no scheme, whatever it looks like.
        return if other_schemes && !script && !scheme.contains('.') && !rest.is_empty() { Verdict::Unusual } else { Verdict::Wrong };
    }
    let host = host(trimmed);
    if host.is_empty() || host.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`')) {
        return Verdict::Wrong;
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Verdict::Unusual;
    }
    if is("http") { Verdict::PlainHttp } else { Verdict::Fine }
}

/// Endings of names that are addresses more often than not.
const ENDINGS: [&str; 8] = ["com", "net", "org", "io", "info", "biz", "me", "co"];

/// An address with its scheme is wrong; a name that looks like one may be a shop's name.
fn mentions_address(text: &str) -> Verdict {
    let lower = text.to_ascii_lowercase();
    let words = || lower.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | ',' | '!'));
    if words().any(|word| word.as_bytes().windows(3).any(|part| part == b"://") || (word.starts_with("www.") && word.len() > 4)) {
        return Verdict::Wrong;
    }
    let named = |word: &str| {
        let host = word.split('/').next().unwrap_or_default().trim_end_matches(['.', '?', ':', ';']);
        host.rsplit_once('.').is_some_and(|(name, ending)| !name.is_empty() && ENDINGS.contains(&ending))
    };
    if words().any(named) { Verdict::Unusual } else { Verdict::Fine }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::Verdict::{Fine, PlainHttp, Unusual, Wrong};
    use super::*;

    #[track_caller]
    fn all(format: Format, cases: &[(&str, Verdict)]) {
        for (text, verdict) in cases {
            assert_eq!(look(format, text), *verdict, "{format:?} {text}");
        }
    }

    #[test]
    fn addresses() {
        let common = [
            ("https://example.com", Fine),
            ("HTTPS://EXAMPLE.COM/a?b#c", Fine),
            ("https://user@example.com:8443/", Fine),
            ("https://münchen.example/ü", Fine),
            ("https://[::1]/", Fine),
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
        all(Format::Url, &[("ftp://example.com/", Wrong), ("data:image/png;base64,AA", Wrong)]);
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
        all(Format::HttpsUrl, &[("https://example.com", Fine), ("http://example.com", Wrong)]);
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

    proptest::proptest! {
        #[test]
        fn the_usual_case_is_no_special_case(text in "https://[ -~é]{0,12}|https://[a-z.:/?@{}#]{0,12}") {
            if plainly_https(&text) {
                proptest::prop_assert_eq!(any_address(&text, false), Fine);
                proptest::prop_assert_eq!(any_address(&text, true), Fine);
            }
        }
    }

    #[test]
    fn numbers_and_names() {
        all(Format::Phone, &[("+351210000000", Fine), ("351210000000", Wrong), ("+1 212", Wrong), ("+", Wrong), ("+1(212)", Wrong)]);
        all(Format::LoosePhone, &[("+1(212)555-2368", Fine), ("+12125552368", Fine), ("2125552368", Unusual), ("+abc", Unusual)]);
        all(Format::DigitsAdvised, &[("123", Fine), ("12a", Unusual)]);
        all(Format::Digits, &[("123", Fine), ("-1", Wrong), ("1.5", Wrong)]);
        all(Format::Identifier, &[("q_1", Fine), ("q-1", Wrong), ("é", Wrong)]);
        all(Format::NoSpaces, &[("TEA15", Fine), ("TEA 15", Wrong), ("TEA\u{a0}15", Wrong)]);
        all(Format::CountryCode, &[("US", Fine), ("pt", Fine), ("USA", Wrong), ("U1", Wrong), ("é", Wrong)]);
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
            ],
        );
    }
}
