//! Sentences and numbers without the formatting machinery of the standard library, which is the largest part of a small module.

/// The digits of a whole number.
#[inline(never)]
pub fn decimal(number: i64) -> String {
    let mut digits = [0_u8; 20];
    let mut left = number.unsigned_abs();
    let mut length = 0;
    for place in digits.iter_mut().rev() {
        *place = b'0' + (left % 10) as u8;
        left /= 10;
        length += 1;
        if left == 0 {
            break;
        }
    }
    let mut text = String::from(if number < 0 { "-" } else { "" });
    text.extend(digits.iter().skip(digits.len() - length).map(|digit| char::from(*digit)));
    text
}

/// One text of several.
#[inline(never)]
pub fn joined(parts: &[&str]) -> String {
    parts.concat()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_does() {
        for number in [0, 1, -1, 9, 10, 429_496_729, i64::MAX, i64::MIN, 9_007_199_254_740_991] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn texts_are_put_together() {
        assert_eq!(joined(&["a", "", "ü"]), "aü");
    }
}
