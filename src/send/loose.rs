//! Reads members of foreign JSON whose types are not to be relied on.

use crate::json::{Next, Value, last, whole};
use std::borrow::Cow;

/// The members of an object, in their order.
pub type Members<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

/// The members of a text that is an object, and nothing else.
#[inline(never)]
pub fn object(text: &str) -> Option<Members<'_>> {
    whole(text).ok().filter(|value| value.kind == Next::Object).map(|value| value.members())
}

/// The member of that name that counts. A null is none.
#[inline(never)]
pub fn member<'a>(members: &Members<'a>, name: &str) -> Option<Value<'a>> {
    last(members, name).filter(|value| value.kind != Next::Null)
}

/// A text, or the digits of a number.
#[inline(never)]
pub fn text(members: &Members<'_>, name: &str) -> Option<String> {
    let value = member(members, name)?;
    if value.kind == Next::Number { Some(value.json.to_owned()) } else { value.text().map(Cow::into_owned) }
}

/// The number that a text of digits, and nothing else, stands for.
#[inline(never)]
pub fn digits(text: &str) -> Option<u32> {
    let add = |number: u32, letter: char| number.checked_mul(10)?.checked_add(letter.to_digit(10)?);
    if text.is_empty() { None } else { text.chars().try_fold(0, add) }
}
