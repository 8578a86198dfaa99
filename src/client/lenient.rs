//! Reads JSON members from outside leniently, since their types cannot be relied on.
//!
//! A member of an unexpected type counts as absent, and a number is accepted for a string.
//! Duplicate members: the last one wins, as in `JSON.parse`.

use std::borrow::Cow;

use crate::json::{self, Value, ValueKind};

/// The safe integers of JavaScript.
const MAX_SAFE: i64 = (1 << 53) - 1;

/// The text of an object that is known to be JSON. Members are looked up in the text, without a
/// tree: a response has few, and each is read once.
#[derive(Clone, Copy)]
pub(super) struct Object<'a>(&'a str);

impl<'a> Object<'a> {
    /// The object in a text.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        json::whole(text).ok().and_then(Self::of)
    }

    /// The object in a text that has been checked.
    pub(super) fn checked(text: &'a str) -> Self {
        Self(text)
    }

    /// The object in a value.
    pub(super) fn of(value: Value<'a>) -> Option<Self> {
        (value.kind == ValueKind::Object).then_some(Self(value.json))
    }

    /// Visits every member, in the order of the text.
    pub(super) fn each(self, visit: &mut dyn FnMut(Cow<'a, str>, Value<'a>)) {
        // The text has been checked, so reading does not stop early.
        let _ = json::each(self.0, visit);
    }

    /// The member with this name. `null` counts as absent.
    pub(super) fn member(self, name: &str) -> Option<Value<'a>> {
        let mut found = None;
        self.each(&mut |known, value| {
            if known == name {
                found = Some(value);
            }
        });
        found.filter(|value| value.kind != ValueKind::Null)
    }

    /// The member with this name, if it is an object.
    pub(super) fn object(self, name: &str) -> Option<Self> {
        self.member(name).and_then(Self::of)
    }

    /// A string, or a number as written.
    pub(super) fn text(self, name: &str) -> Option<Cow<'a, str>> {
        text(&self.member(name)?)
    }

    /// An id: a non-empty string or a non-negative whole number.
    pub(super) fn id(self, name: &str) -> Option<String> {
        let value = self.member(name)?;
        let id = text(&value)?;
        let is_id = match value.kind {
            ValueKind::Number => is_digits(&id),
            _ => !id.is_empty(),
        };
        is_id.then(|| id.into_owned())
    }

    /// A safe integer of JavaScript, also as a string or as `100.0`.
    pub(super) fn integer(self, name: &str) -> Option<i64> {
        let text = self.text(name)?;
        let (whole, fraction) = split_fraction(text.trim_ascii());
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        let is_whole = |zeros: &str| !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0');
        if !is_digits(digits) || !fraction.is_none_or(is_whole) {
            return None;
        }
        whole
            .parse()
            .ok()
            .filter(|number| (-MAX_SAFE..=MAX_SAFE).contains(number))
    }

    /// A percentage or a number of minutes: not negative, truncated to a whole number.
    pub(super) fn count(self, name: &str) -> Option<u32> {
        let text = self.text(name)?;
        let (whole, fraction) = split_fraction(&text);
        let is_count = is_digits(whole) && fraction.is_none_or(is_digits);
        is_count.then(|| whole.parse().unwrap_or(u32::MAX))
    }

    /// A boolean, also as a string, 1 or 0.
    pub(super) fn boolean(self, name: &str) -> Option<bool> {
        match self.member(name)?.json {
            "true" | "\"true\"" | "1" => Some(true),
            "false" | "\"false\"" | "0" => Some(false),
            _ => None,
        }
    }
}

/// Visits every item of a list.
pub(super) fn each_item<'a>(list: Value<'a>, visit: &mut dyn FnMut(Value<'a>)) {
    if list.kind == ValueKind::Array {
        let _ = json::each(list.json, &mut |_, item| visit(item));
    }
}

fn text<'a>(value: &Value<'a>) -> Option<Cow<'a, str>> {
    if value.kind == ValueKind::Number {
        Some(Cow::Borrowed(value.json))
    } else {
        value.text()
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn split_fraction(text: &str) -> (&str, Option<&str>) {
    text.split_once('.')
        .map_or((text, None), |(whole, fraction)| (whole, Some(fraction)))
}
