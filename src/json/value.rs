//! Extracts parts of a JSON text without building a tree.

use std::borrow::Cow;

use super::reader::{Read, Reader, Stopped, ValueKind};
use super::text::Text;

/// A value, as written in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    /// The JSON of the value.
    pub json: &'a str,
    /// The kind of the value.
    pub kind: ValueKind,
}

impl<'a> Value<'a> {
    /// Reads the next value.
    pub fn read(reader: &mut Reader<'a>) -> Read<Self> {
        Self::taken(reader, Reader::skip)
    }

    /// Reads the next value of a text that has been checked.
    pub fn again(reader: &mut Reader<'a>) -> Read<Self> {
        Self::taken(reader, Reader::skip_unchecked)
    }

    fn taken(reader: &mut Reader<'a>, pass: fn(&mut Reader<'a>) -> Read<()>) -> Read<Self> {
        let kind = reader.peek()?;
        let from = reader.position();
        pass(reader)?;
        Ok(Self {
            json: reader.slice(from, reader.position()),
            kind,
        })
    }

    /// The decoded string, if it is a string.
    pub fn text(&self) -> Option<Cow<'a, str>> {
        if self.kind != ValueKind::String {
            return None;
        }
        Reader::new(self.json)
            .string()
            .ok()
            .map(|text| text.decoded())
    }

    /// The members, in their order, if it is an object.
    pub fn members(&self) -> Vec<(Cow<'a, str>, Self)> {
        if self.kind == ValueKind::Object {
            members(self.json).unwrap_or_default()
        } else {
            Vec::new()
        }
    }

    /// The items, if it is a list.
    pub fn items(&self) -> Vec<Self> {
        let mut items = Vec::new();
        if self.kind == ValueKind::Array {
            // It has been checked, so this does not fail.
            let _ = each(self.json, &mut |_, item| items.push(item));
        }
        items
    }
}

/// The single value of a text.
pub fn whole(json: &str) -> Read<Value<'_>> {
    let mut reader = Reader::new(json);
    let value = Value::read(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Visits the members of an object in order, including duplicates, or the items of a list with
/// empty names. The text must have been checked.
#[inline(never)]
pub fn each<'a>(json: &'a str, visit: &mut dyn FnMut(Cow<'a, str>, Value<'a>)) -> Read<()> {
    let mut reader = Reader::new(json);
    let kind = reader.peek()?;
    reader.open()?;
    let mut first = true;
    loop {
        let name = if kind == ValueKind::Array {
            reader.item(first)?.then(Text::default)
        } else {
            reader.member(first)?
        };
        let Some(name) = name else { return Ok(()) };
        first = false;
        visit(name.decoded(), Value::again(&mut reader)?);
    }
}

/// The members of an object that has been checked, in order, including duplicates. Empty for any
/// other value.
#[inline(never)]
pub fn members(json: &str) -> Read<Vec<(Cow<'_, str>, Value<'_>)>> {
    if Reader::new(json).peek()? != ValueKind::Object {
        return Err(Stopped);
    }
    let mut members = Vec::new();
    each(json, &mut |name, value| members.push((name, value)))?;
    Ok(members)
}

/// The member with this name. Duplicate members: the last one wins.
pub fn last<'a>(members: &[(Cow<'a, str>, Value<'a>)], name: &str) -> Option<Value<'a>> {
    members
        .iter()
        .rev()
        .find(|(known, _)| known == name)
        .map(|(_, value)| *value)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn takes_parts_as_they_stand() {
        let value =
            whole(" {\"a\\u0062\": [1, {\"x\":true} ], \"a\":1, \"a\":\"\\u00e9\"} ").unwrap();
        let found = value.members();
        assert_eq!(last(&found, "ab").unwrap().json, "[1, {\"x\":true} ]");
        assert_eq!(last(&found, "a").unwrap().text().unwrap(), "é");
        assert_eq!(last(&found, "b"), None);
        let items = last(&found, "ab").unwrap().items();
        assert_eq!(
            items.iter().map(|item| item.json).collect::<Vec<_>>(),
            ["1", "{\"x\":true}"]
        );
        assert_eq!(items[1].members()[0].1.kind, ValueKind::Boolean);
        assert!(
            items[0].members().is_empty()
                && items[0].items().is_empty()
                && items[0].text().is_none()
        );
        assert_eq!(whole("1 2"), Err(Stopped));
        for none in ["[]", "[1]", "1", "", "{\"a\":1"] {
            assert_eq!(members(none), Err(Stopped), "{none}");
        }
    }
}
