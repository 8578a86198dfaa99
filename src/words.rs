//! Sentences, numbers and parts of texts. The standard library's formatting and searching would be a tenth of the wasm module.

/// The template with each `%` replaced by the next of the words.
#[inline(never)]
pub(crate) fn fill(template: &str, words: &[&str]) -> String {
    let mut words = words.iter();
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = cut(rest, b"%") {
        add(&mut out, before);
        add(&mut out, words.next().copied().unwrap_or_default());
        rest = after;
    }
    add(&mut out, rest);
    out
}

/// A text that is kept. Called, not inlined: each place that allocates is 50 bytes of code.
#[inline(never)]
pub(crate) fn owned(text: &str) -> String {
    text.to_owned()
}

/// Adds to a text. Called, not inlined, as [`owned`] is.
#[inline(never)]
pub(crate) fn add(out: &mut String, text: &str) {
    out.push_str(text);
}

/// The digits of a whole number.
#[inline(never)]
pub(crate) fn decimal(number: i64) -> String {
    let mut out = owned(if number < 0 { "-" } else { "" });
    push_digits(&mut out, number.unsigned_abs());
    out
}

fn push_digits(out: &mut String, number: u64) {
    if number >= 10 {
        push_digits(out, number / 10);
    }
    // A digit, so the cut loses nothing.
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// What stands before the first sign of these (each of ASCII), and behind it.
#[inline(never)]
pub(crate) fn cut<'t>(text: &'t str, signs: &[u8]) -> Option<(&'t str, &'t str)> {
    let at = text.bytes().position(|byte| signs.contains(&byte))?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What stands before the first sign of these, or the whole text where there is none.
#[inline(never)]
pub(crate) fn before<'t>(text: &'t str, signs: &[u8]) -> &'t str {
    cut(text, signs).map_or(text, |(before, _)| before)
}

/// What stands before the last of this sign of ASCII, and behind it.
#[inline(never)]
pub(crate) fn cut_last(text: &str, sign: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == sign)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The same letters, be they capitals or not.
#[inline(never)]
pub(crate) fn same_in_any_case(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// The text is one of these words, which a space stands between, in whatever letter case.
#[inline(never)]
pub(crate) fn is_one_of(words: &str, text: &str) -> bool {
    let mut rest = words;
    loop {
        let (word, others) = cut(rest, b" ").unwrap_or((rest, ""));
        if same_in_any_case(word, text) {
            return true;
        }
        if others.is_empty() {
            return false;
        }
        rest = others;
    }
}

/// The ending of the file that an address names: `png` of `https://example.com/a.png?b`.
#[inline(never)]
pub(crate) fn ending(address: &str) -> Option<&str> {
    let path = before(address, b"?#");
    // Two slashes stand before the host, whose own ending says nothing of a file.
    let (_, rest) = cut(path, b"/")?;
    let (_, file) = cut_last(rest.strip_prefix('/')?, b'/')?;
    cut_last(file, b'.').map(|(_, ending)| ending)
}

/// The text without white space around it.
#[inline(never)]
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_ascii()
}

/// Nothing but digits, or nothing at all.
#[inline(never)]
pub(crate) fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Adds several texts to one.
#[inline(never)]
pub(crate) fn add_all(out: &mut String, parts: &[&str]) {
    for part in parts {
        add(out, part);
    }
}

/// One text of several.
#[inline(never)]
pub(crate) fn joined(parts: &[&str]) -> String {
    let mut out = String::new();
    add_all(&mut out, parts);
    out
}

/// A byte of UTF-8 that a character begins with: there are as many of them as characters.
pub(crate) const fn begins_character(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn words_take_their_places() {
        assert_eq!(fill("% must be %.", &["text", "a string"]), "text must be a string.");
        assert_eq!(fill("é %", &[]), "é ");
        assert_eq!(fill("plain", &["unused"]), "plain");
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        for number in [0, 1, -1, 9, 10, 2001, 429_496_729, i64::MAX, i64::MIN, 9_007_199_254_740_991] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn texts_are_cut() {
        for text in ["", "a", "a.b", "a.b.c", ".", "é.ü", "a?b"] {
            assert_eq!(cut(text, b"."), text.split_once('.'), "{text}");
            assert_eq!(cut(text, b".?"), text.split_once(['.', '?']), "{text}");
            assert_eq!(cut_last(text, b'.'), text.rsplit_once('.'), "{text}");
        }
        assert_eq!(ending("https://example.com/a.b/c.PNG?d=e.f#g.h"), Some("PNG"));
        for none in ["https://example.com/a.b/c", "https://example.com", "https://example.com?a/b.png", "x.png", ""] {
            assert_eq!(ending(none), None, "{none}");
        }
    }

    #[test]
    fn words_are_found_in_any_letter_case() {
        for known in ["com", "NET", "Org"] {
            assert!(is_one_of("com net org", known), "{known}");
        }
        for other in ["", "co", "comn", "com net", " "] {
            assert!(!is_one_of("com net org", other), "{other}");
        }
    }

    #[test]
    fn texts_are_put_together() {
        assert_eq!(joined(&["a", "", "ü"]), "aü");
        assert_eq!(trimmed(" \ta b\n"), "a b");
        assert!(same_in_any_case("Http", "hTTP") && !same_in_any_case("http", "https"));
        assert!(all_digits("0190") && all_digits("") && !all_digits("1a") && !all_digits("٣"));
    }
}
