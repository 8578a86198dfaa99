//! Sentences and numbers as text. The standard library's formatting would be a tenth of the wasm module.

/// The template with each `%` replaced by the next of the words.
pub(crate) fn fill(template: &str, words: &[&str]) -> String {
    let mut words = words.iter();
    let mut out = String::new();
    for letter in template.chars() {
        match letter {
            '%' => out.push_str(words.next().copied().unwrap_or_default()),
            _ => out.push(letter),
        }
    }
    out
}

/// A number in decimal digits.
pub(crate) fn decimal(number: u64) -> String {
    let mut out = String::new();
    push_decimal(&mut out, number);
    out
}

fn push_decimal(out: &mut String, number: u64) {
    if number >= 10 {
        push_decimal(out, number / 10);
    }
    // A digit, so the cut loses nothing.
    out.push(char::from(b'0' + (number % 10) as u8));
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
        for number in [0, 9, 10, 2001, u64::from(u32::MAX), u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}
