//! Reads members of foreign JSON whose types are not to be relied on.

use crate::json::{self, ValueKind, Value, whole};
use crate::words::cut;
use std::borrow::Cow;

/// The text of an object that is known to be JSON. A member is looked for in it: that needs no memory, and little code.
#[derive(Clone, Copy)]
pub struct Members<'a>(&'a str);

/// The members of a text that is an object, and nothing else.
#[inline(never)]
pub fn object(text: &str) -> Option<Members<'_>> {
    whole(text).ok().and_then(inside)
}

/// The members of a value that is an object.
pub fn inside(value: Value<'_>) -> Option<Members<'_>> {
    (value.kind == ValueKind::Object).then_some(Members(value.json))
}

/// Visits the members in their order. One that stands twice is visited twice.
pub fn each<'a>(members: Members<'a>, visit: &mut dyn FnMut(Cow<'a, str>, Value<'a>)) {
    // It has been read before, so it does not stop early.
    let _ = json::each(members.0, visit);
}

/// Visits the items of a list in their order.
pub fn each_item<'a>(list: Value<'a>, visit: &mut dyn FnMut(Value<'a>)) {
    let _ = json::each(list.json, &mut |_, item| visit(item));
}

/// The member of that name that counts: of several the last. A null is none.
#[inline(never)]
pub fn member<'a>(members: Members<'a>, name: &str) -> Option<Value<'a>> {
    let mut found = None;
    each(members, &mut |known, value| {
        if known == name {
            found = Some(value);
        }
    });
    found.filter(|value| value.kind != ValueKind::Null)
}

/// The members of the object that is the member of that name.
#[inline(never)]
pub fn child<'a>(members: Members<'a>, name: &str) -> Option<Members<'a>> {
    member(members, name).and_then(inside)
}

/// A text, or the digits of a number.
#[inline(never)]
pub fn text<'a>(members: Members<'a>, name: &str) -> Option<Cow<'a, str>> {
    text_of(member(members, name)?)
}

/// A text, or the digits of a number.
#[inline(never)]
pub fn text_of(value: Value<'_>) -> Option<Cow<'_, str>> {
    if value.kind == ValueKind::Number { Some(Cow::Borrowed(value.json)) } else { value.text() }
}

/// The number that a text of digits, and nothing else, stands for.
#[inline(never)]
pub fn digits(text: &str) -> Option<u32> {
    let add = |number: u32, byte: u8| number.checked_mul(10)?.checked_add(char::from(byte).to_digit(10)?);
    if text.is_empty() { None } else { text.bytes().try_fold(0, add) }
}

/// A number of JSON. To a millionth, which is more than a timer has; the standard library's exact reading is 10 KB of module.
#[inline(never)]
pub fn number(value: &Value<'_>) -> Option<f64> {
    if value.kind != ValueKind::Number {
        return None;
    }
    let (mantissa, exponent) = cut(value.json, b"eE").unwrap_or((value.json, ""));
    if !exponent.is_empty() {
        // JSON.stringify writes one below a millionth and from 10^21 on.
        let far = if exponent.starts_with('-') { f64::MIN_POSITIVE } else { f64::INFINITY };
        return Some(if mantissa.starts_with('-') { -far } else { far });
    }
    let (mut number, mut unit) = (0.0, 0.0);
    for byte in mantissa.bytes() {
        match byte {
            b'.' => unit = 1.0,
            b'0'..=b'9' if unit == 0.0 => number = number * 10.0 + f64::from(byte - b'0'),
            b'0'..=b'9' => {
                unit /= 10.0;
                number += f64::from(byte - b'0') * unit;
            }
            _ => {}
        }
    }
    Some(if mantissa.starts_with('-') { -number } else { number })
}
