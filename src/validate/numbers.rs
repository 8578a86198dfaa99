//! Numbers as they are written in JSON: no floating point, so none of its code.

/// The value of a number that has no fraction; beyond 64 bits the nearest that is left. `None`: it has a fraction, or an exponent.
pub(super) fn whole_number(number: &[u8]) -> Option<i64> {
    let mut value = 0_i64;
    let mut fraction = false;
    for byte in number {
        match byte {
            b'-' => {}
            b'.' => fraction = true,
            b'0' if fraction => {}
            b'0'..=b'9' if !fraction => value = value.saturating_mul(10).saturating_add(i64::from(*byte - b'0')),
            _ => return None,
        }
    }
    Some(if number.starts_with(b"-") { -value } else { value })
}

/// Whether a number is one that a computer's floating point has: below 10 to the power of 308.
pub(super) fn finite(number: &[u8]) -> bool {
    // The power of ten that it is below.
    let mut power = 0_i64;
    let (mut significant, mut fraction) = (false, false);
    for (at, byte) in number.iter().enumerate() {
        match byte {
            b'e' | b'E' => {
                let exponent = number.get(at + 1..).unwrap_or_default();
                power = power.saturating_add(whole_number(exponent.strip_prefix(b"+").unwrap_or(exponent)).unwrap_or_default());
                break;
            }
            b'.' => fraction = true,
            b'0' if !significant => power -= i64::from(fraction),
            b'0'..=b'9' => {
                significant = true;
                power += i64::from(!fraction);
            }
            _ => {}
        }
    }
    !significant || power <= 308
}

/// How many digits stand behind the point.
pub(super) fn decimals(number: &[u8]) -> usize {
    number.iter().skip_while(|byte| **byte != b'.').skip(1).take_while(|byte| byte.is_ascii_digit()).count()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        for (text, value) in [("0", Some(0)), ("-7", Some(-7)), ("12.000", Some(12)), ("1.5", None), ("1e2", None), ("1.0e2", None)] {
            assert_eq!(whole_number(text.as_bytes()), value, "{text}");
        }
        assert_eq!(whole_number(b"99999999999999999999"), Some(i64::MAX));
    }

    #[test]
    fn finite_numbers() {
        for text in ["0", "0e999", "-0.5", "1e307", "123456.5e+302", "0.0001e311", "1e-999999999999999999999"] {
            assert!(finite(text.as_bytes()), "{text}");
        }
        for text in ["1e309", "12.5E308", "1e99999999999999999999"] {
            assert!(!finite(text.as_bytes()), "{text}");
        }
        assert!(finite("9".repeat(308).as_bytes()) && !finite("9".repeat(309).as_bytes()));
    }

    #[test]
    fn digits_behind_the_point() {
        for (text, count) in [("1", 0), ("1.5", 1), ("1.250", 3), ("1.25e9", 2)] {
            assert_eq!(decimals(text.as_bytes()), count, "{text}");
        }
    }
}
