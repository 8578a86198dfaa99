//! Numbers in JSON, read without floating point, which would need more code.

/// The value of a whole number, however it is written (`7`, `7.0`, `0.7e1`); saturates at 64 bits.
/// `None` if it has a fraction.
pub fn whole_number(number: &[u8]) -> Option<i64> {
    // The number is `value` times ten to the power of `zeros` minus the digits after the decimal
    // point.
    let (mut value, mut zeros, mut fraction) = (0_i64, 0_i64, None);
    for (at, byte) in number.iter().enumerate() {
        match byte {
            b'.' => fraction = Some(0_i64),
            b'e' | b'E' => {
                zeros = zeros.saturating_add(exponent(number, at));
                break;
            }
            b'0'..=b'9' => {
                fraction = fraction.map(|digits| digits + 1);
                zeros += 1;
                if *byte != b'0' {
                    value = with_zeros(value, zeros).saturating_add(i64::from(*byte - b'0'));
                    zeros = 0;
                }
            }
            _ => {}
        }
    }
    let zeros = zeros.saturating_sub(fraction.unwrap_or_default());
    if value == 0 {
        return Some(0);
    }
    let value = if zeros < 0 {
        return None;
    } else {
        with_zeros(value, zeros)
    };
    Some(if number.starts_with(b"-") {
        -value
    } else {
        value
    })
}

#[inline(never)]
fn with_zeros(value: i64, zeros: i64) -> i64 {
    // At most 19 digits fit. `saturating_mul` would bring in a multiplication of 128 bits.
    (0..zeros.min(19)).fold(value, |value, _| {
        if value > i64::MAX / 10 {
            i64::MAX
        } else {
            value * 10
        }
    })
}

/// The exponent whose `e` is at an index.
fn exponent(number: &[u8], at: usize) -> i64 {
    let exponent = number.get(at + 1..).unwrap_or_default();
    whole_number(exponent.strip_prefix(b"+").unwrap_or(exponent)).unwrap_or_default()
}

/// Whether a number is certainly finite as a 64-bit float: below 10 to the power of 308.
pub fn finite(number: &[u8]) -> bool {
    // The power of ten above the number.
    let mut power = 0_i64;
    let (mut significant, mut fraction) = (false, false);
    for (at, byte) in number.iter().enumerate() {
        match byte {
            b'e' | b'E' => {
                power = power.saturating_add(exponent(number, at));
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers() {
        for (text, value) in [
            ("0", Some(0)),
            ("-7", Some(-7)),
            ("12.000", Some(12)),
            ("1.5", None),
            ("0.07", None),
            ("10.01", None),
            ("1e2", Some(100)),
            ("1.0e2", Some(100)),
            ("1.25E+2", Some(125)),
            ("0.7e1", Some(7)),
            ("70e-1", Some(7)),
            ("-7e0", Some(-7)),
            ("75e-1", None),
            ("100.00", Some(100)),
            ("0e-5", Some(0)),
            ("1e99999999999999999999", Some(i64::MAX)),
            ("1e-99999999999999999999", None),
            ("7.0000000000000000000000000", Some(7)),
            ("3.69239263222822e14", Some(369_239_263_222_822)),
        ] {
            assert_eq!(whole_number(text.as_bytes()), value, "{text}");
        }
        assert_eq!(whole_number(b"99999999999999999999"), Some(i64::MAX));
    }

    #[test]
    fn finite_numbers() {
        for text in [
            "0",
            "0e999",
            "-0.5",
            "1e307",
            "123456.5e+302",
            "0.0001e311",
            "1e-999999999999999999999",
        ] {
            assert!(finite(text.as_bytes()), "{text}");
        }
        for text in ["1e309", "12.5E308", "1e99999999999999999999"] {
            assert!(!finite(text.as_bytes()), "{text}");
        }
        assert!(finite("9".repeat(308).as_bytes()) && !finite("9".repeat(309).as_bytes()));
    }
}
