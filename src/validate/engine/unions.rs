//! Unions: one of several objects, selected by the value of one member, the tag.

use super::Engine;
use super::location::{Location, Path};
use super::strings::{in_other_case, position};
use crate::json::{Key, Read, Text, ValueKind};
use crate::payload::members::MemberValue;
use crate::payload::sources::SEND_API;
use crate::payload::spec::{Kind, Object, UNION_BITS, Union};
use crate::validate::violation::Violation;

/// The variant of an unknown tag: an object without known members.
pub(super) static UNKNOWN_VARIANT: Object = Object::new("", "", &SEND_API, &[], "");

/// The member that distinguishes the variants.
struct Tag<'a> {
    value: TagValue<'a>,
    /// Whether it comes before every other member.
    is_first: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum TagValue<'a> {
    Missing,
    Text(Text<'a>),
    OfAnotherType,
}

/// The value of a tag.
struct Variant {
    object: &'static Object,
    /// Its bit in the summary of the union; 0 if unknown.
    bit: u32,
    /// Whether the tag itself has no issue.
    is_clean: bool,
}

impl Variant {
    const UNKNOWN: Self = Self {
        object: &UNKNOWN_VARIANT,
        bit: 0,
        is_clean: false,
    };
}

impl<'a> Engine<'a, '_> {
    pub(super) fn union(
        &mut self,
        union: &'static Union,
        path: &Path<'_>,
    ) -> Read<MemberValue<'a>> {
        let (start, depth) = (self.reader.position(), self.reader.depth());
        let tag = self.tag(union)?;
        let variant = self.variant(union, tag.value);
        // Usually the tag comes first and has no issues; reading then continues after it.
        let tag_was_read = tag.is_first && variant.is_clean;
        if !tag_was_read {
            self.reader.back_to(start, depth);
        }
        let summary = self.object(variant.object, Some(union), path, tag_was_read)?;
        if tag.value == TagValue::Missing {
            let path = &Path::Member {
                parent: path,
                name: union.tag.name,
            };
            let (object, member) = (variant.object, &union.tag);
            let location = Location {
                object,
                union: Some(union),
                member,
                path,
            };
            self.violation(Violation::Missing, &location)?;
        }
        Ok(MemberValue::Object(
            variant.bit & UNION_BITS | summary << UNION_BITS.count_ones(),
        ))
    }

    fn variant(&self, union: &'static Union, tag: TagValue<'_>) -> Variant {
        let (TagValue::Text(text), Kind::Enum(tags)) = (tag, &union.tag.kind) else {
            return Variant::UNKNOWN;
        };
        let exact = position(tags, text);
        let any_case = || {
            if tags.any_case {
                in_other_case(tags, &text.decoded())
            } else {
                None
            }
        };
        let Some(position) = exact.or_else(any_case) else {
            return Variant::UNKNOWN;
        };
        match (union.variants.get(position), tags.values.get(position)) {
            (Some(object), Some(value)) => Variant {
                object,
                bit: 1 << position,
                is_clean: exact.is_some() && !self.needs_availability_check(value.limits),
            },
            _ => Variant::UNKNOWN,
        }
    }

    /// Finds the tag, which is usually the first member.
    fn tag(&mut self, union: &'static Union) -> Read<Tag<'a>> {
        self.reader.open()?;
        let mut first = true;
        loop {
            let is_tag = match self.reader.key(first, union.tag.name.as_bytes())? {
                Key::End => {
                    return Ok(Tag {
                        value: TagValue::Missing,
                        is_first: false,
                    });
                }
                Key::Guessed => !self.is_superseded(),
                Key::Named(name) => {
                    name.escaped && name.is(union.tag.name) && !self.is_superseded()
                }
            };
            if is_tag {
                // Duplicates are reported when the object is read.
                let is_first = first && self.duplicates.is_empty();
                let value = if self.reader.peek()? == ValueKind::String {
                    TagValue::Text(self.reader.string()?)
                } else {
                    self.reader.skip()?;
                    TagValue::OfAnotherType
                };
                return Ok(Tag { value, is_first });
            }
            if self.reader.skip_unchecked().is_err() {
                // Malformed JSON is reported when the object is read.
                return Ok(Tag {
                    value: TagValue::Missing,
                    is_first: false,
                });
            }
            first = false;
        }
    }
}
