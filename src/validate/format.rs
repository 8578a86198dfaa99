//! What a text must look like: addresses, telephone numbers, identifiers.

use crate::json::numbers::whole_number;
use crate::payload::spec::Format;
use crate::words::{all_digits, before, cut, cut_last, is_one_of, same_in_any_case};

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

/// The format is one of addresses, and this is one that [`plainly_https`] sees.
#[inline(always)]
pub(super) fn is_plain_address(format: Format, raw: &[u8]) -> bool {
    matches!(format, Format::Url | Format::Link | Format::HttpsUrl) && plainly_https(raw)
}

/// An address that needs no closer look: `https://`, a usual host, and then neither white space nor a control character. `raw` is a
/// text of JSON without escapes, all of ASCII, so it has no control character but DEL.
///
/// Most of a message's bytes are addresses, so this one is fast; [`look`] says the same, slowly.
#[inline(never)]
fn plainly_https(raw: &[u8]) -> bool {
    let Some((scheme, mut rest)) = raw.split_first_chunk::<8>() else { return false };
    if u64::from_le_bytes(*scheme) != u64::from_le_bytes(*b"https://") {
        return false;
    }
    if !rest.first().is_some_and(u8::is_ascii_alphanumeric) {
        return false;
    }
    while let [first, tail @ ..] = rest {
        match HOST_SIGNS.get(usize::from(*first)) {
            Some(Sign::Inside) => rest = tail,
            Some(Sign::Behind) => break,
            _ => return false,
        }
    }
    // The last eight bytes overlap those before.
    match rest.last_chunk::<8>() {
        Some(end) => !has_space(u64::from_le_bytes(*end)) && rest.as_chunks::<8>().0.iter().all(|word| !has_space(u64::from_le_bytes(*word))),
        None => rest.iter().all(|byte| !matches!(byte, b' ' | 0x7f)),
    }
}

/// What a byte is to a usual host.
#[derive(Clone, Copy)]
enum Sign {
    Inside,
    Behind,
    Unusual,
}

/// What each byte is: one look instead of ten comparisons.
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

/// One of the eight bytes of ASCII is a space or DEL.
const fn has_space(word: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let spaces = word ^ (ONES * 0x20);
    (spaces.wrapping_sub(ONES) & !spaces | word.wrapping_add(ONES)) & (ONES * 0x80) != 0
}

/// Looks at a text that is not empty.
#[inline(never)]
pub(super) fn look(format: Format, text: &str) -> Verdict {
    let right = match format {
        Format::Any => true,
        Format::Url => return web_address(text, false),
        Format::Link => return web_address(text, true),
        Format::HttpsUrl | Format::FacebookUrl => {
            let verdict = web_address(text, false);
            let right = match format {
                Format::HttpsUrl => verdict != Verdict::PlainHttp,
                _ => of_facebook(host(text)),
            };
            return if right { verdict } else { Verdict::Wrong };
        }
        Format::Phone => text.strip_prefix('+').is_some_and(digits),
        Format::LoosePhone => loose_phone(text),
        Format::DigitsAdvised | Format::Digits => digits(text),
        Format::Identifier => text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
        Format::NoSpaces => cut_at_blank(text, b"").is_none(),
        Format::NoUrl => return mentions_address(text),
        Format::CountryCode => text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()),
    };
    match (right, format) {
        (true, _) => Verdict::Fine,
        // A number without any digit cannot be meant.
        (false, Format::LoosePhone) if !text.bytes().any(|byte| byte.is_ascii_digit()) => Verdict::Wrong,
        (false, Format::LoosePhone | Format::DigitsAdvised) => Verdict::Unusual,
        (false, _) => Verdict::Wrong,
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && all_digits(text)
}

fn loose_phone(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|rest| {
        rest.bytes().any(|byte| byte.is_ascii_digit()) && rest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'(' | b')' | b'-' | b' ' | b'.'))
    })
}

/// White space, as Unicode has it, or a control character.
#[inline(never)]
fn is_blank(letter: char) -> bool {
    matches!(
        letter,
        '\0'..=' ' | '\u{7f}'..='\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// What stands before the first white space, control character, or sign of these (each of ASCII), and behind it.
#[inline(never)]
fn cut_at_blank<'t>(text: &'t str, signs: &[u8]) -> Option<(&'t str, &'t str)> {
    let mut letters = text.chars();
    loop {
        let from = text.len() - letters.as_str().len();
        let letter = letters.next()?;
        if is_blank(letter) || letter.is_ascii() && signs.contains(&(letter as u8)) {
            return Some((text.get(..from)?, letters.as_str()));
        }
    }
}

/// The scheme of an address, and what follows its colon.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = cut(text, b":")?;
    let right = scheme.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    right.then_some((scheme, rest))
}

/// What stands behind the host: nothing, or a port, if it is one.
fn is_port(rest: &str) -> bool {
    let digits = rest.strip_prefix(':').unwrap_or(rest);
    digits.len() <= 5 && all_digits(digits) && whole_number(digits.as_bytes()).is_some_and(|port| port <= 65535)
}

/// The host of an address that has `//`, without user and port.
fn host(text: &str) -> &str {
    authority(text).0
}

/// The host of an address that has `//`, and what stands behind it.
fn authority(text: &str) -> (&str, &str) {
    let rest = scheme(text).map_or("", |(_, rest)| rest.strip_prefix("//").unwrap_or_default());
    let authority = before(rest, b"/?#");
    let host = cut_last(authority, b'@').map_or(authority, |(_, host)| host);
    let name = match (host.starts_with('['), cut(host, b"]")) {
        (false, _) => before(host, b":").len(),
        (true, Some((name, _))) => name.len() + 1,
        // An address of the sixth version that is not closed is no host.
        (true, None) => 0,
    };
    host.split_at_checked(name).unwrap_or_default()
}

fn of_facebook(host: &str) -> bool {
    const FACEBOOK: &str = "facebook.com";
    let parts = host.len().checked_sub(FACEBOOK.len()).and_then(|from| host.split_at_checked(from));
    parts.is_some_and(|(below, end)| same_in_any_case(FACEBOOK, end) && (below.is_empty() || below.ends_with('.')))
}

/// Schemes of addresses that no page, app or number stands behind.
const NO_PAGES: &str = "javascript data vbscript file blob about";

fn web_address(text: &str, other_schemes: bool) -> Verdict {
    let trimmed = text.trim_ascii();
    let Some((scheme, rest)) = scheme(trimmed) else { return Verdict::Wrong };
    if !is_one_of("https http", scheme) {
        // `example.com:8080/` has no scheme, whatever it looks like.
        let scheme_of_app = !is_one_of(NO_PAGES, scheme) && cut(scheme, b".").is_none() && !rest.is_empty();
        return if other_schemes && scheme_of_app { Verdict::Unusual } else { Verdict::Wrong };
    }
    let (host, port) = authority(trimmed);
    if host.is_empty() || !is_port(port) || cut_at_blank(host, b"<>\"\\^`").is_some() {
        return Verdict::Wrong;
    }
    if cut_at_blank(text, b"").is_some() {
        return Verdict::Unusual;
    }
    if scheme.len() == 4 { Verdict::PlainHttp } else { Verdict::Fine }
}

/// Endings of names that are addresses more often than not.
const ENDINGS: &str = "com net org io info biz me co";

/// An address with its scheme or with a path is wrong; a name that looks like one may be a shop's name.
fn mentions_address(text: &str) -> Verdict {
    let mut verdict = Verdict::Fine;
    let mut rest = Some(text);
    while let Some(text) = rest {
        let (word, others) = cut_at_blank(text, b"()<>\",!").map_or((text, None), |(word, others)| (word, Some(others)));
        rest = others;
        let has_scheme = word.as_bytes().windows(3).any(|part| part == b"://");
        if has_scheme || word.len() > 4 && word.get(..4).is_some_and(|start| same_in_any_case("www.", start)) {
            return Verdict::Wrong;
        }
        let name = before(word, b"/");
        // Without the signs that end a sentence.
        let length = name.bytes().rposition(|byte| !matches!(byte, b'.' | b'?' | b':' | b';')).map_or(0, |last| last + 1);
        if name.get(..length).and_then(|host| cut_last(host, b'.')).is_some_and(|(host, ending)| !host.is_empty() && is_one_of(ENDINGS, ending)) {
            if word.len() > name.len() + 1 {
                return Verdict::Wrong;
            }
            verdict = Verdict::Unusual;
        }
    }
    verdict
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
            ("https://[::1]:8443/", Fine),
            ("https://[::1", Wrong),
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
        fn the_usual_case_is_no_special_case(text in "https://[ -~é\x7f]{0,30}|https://[a-z.:/?@{}#]{0,12}|https://a.example/[ -~]{0,30}") {
            if text.is_ascii() && plainly_https(text.as_bytes()) {
                proptest::prop_assert_eq!(look(Format::Url, &text), Fine);
                proptest::prop_assert_eq!(look(Format::Link, &text), Fine);
                proptest::prop_assert_eq!(look(Format::HttpsUrl, &text), Fine);
            }
        }
    }

    #[test]
    fn blanks_are_those_of_unicode() {
        for letter in '\0'..=char::MAX {
            assert_eq!(is_blank(letter), letter.is_whitespace() || letter.is_control(), "{letter:?}");
        }
    }

    #[test]
    fn numbers_and_names() {
        all(Format::Phone, &[("+351210000000", Fine), ("351210000000", Wrong), ("+1 212", Wrong), ("+", Wrong), ("+1(212)", Wrong)]);
        all(Format::LoosePhone, &[("+1(212)555-2368", Fine), ("+12125552368", Fine), ("2125552368", Unusual), ("+abc", Wrong)]);
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
                ("See example.com/help now", Wrong),
                ("bit.ly/a", Fine),
                ("We are example.com/", Unusual),
            ],
        );
    }
}
