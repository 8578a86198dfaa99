//! The members of one object as the reader found them: the input of the rules between members.

use super::spec::{Platform, Rule};
use crate::json::Text;

/// The value that the reader found for a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MemberValue<'a> {
    /// Absent.
    #[default]
    Absent,
    /// Present, with a value of the wrong type or one that is not examined.
    Present,
    /// A string.
    Text(Text<'a>),
    /// A number, as written.
    Number(Text<'a>),
    /// `true` or `false`.
    Boolean(bool),
    /// The index of an enum value; [`UNKNOWN`] for a value that the enum does not have.
    EnumValue(u16),
    /// An object, with the summary that its check returned.
    Object(u32),
    /// A list: its length, and the combined summaries of its items: their sum, or for a union the
    /// bits that any of them has.
    Array(u32, u32),
}

/// The [`MemberValue::EnumValue`] of a value that the enum does not have.
pub const UNKNOWN: u16 = u16::MAX;

/// The members of one object that are present, in their order, each by its index in the object's
/// table.
pub struct Members<'v> {
    values: &'v [(u8, MemberValue<'v>)],
    /// A bit for each of them, since most queries are about absent members.
    seen: u64,
    platform: Platform,
}

impl<'v> Members<'v> {
    /// The members of an object, with a bit for each one present. Duplicate members: the last one
    /// wins.
    pub fn new(values: &'v [(u8, MemberValue<'v>)], seen: u64, platform: Platform) -> Self {
        Self {
            values,
            seen,
            platform,
        }
    }

    /// The platform the message goes to.
    pub fn platform(&self) -> Platform {
        self.platform
    }

    /// The value of a member.
    #[inline(always)]
    pub fn value(&self, member: usize) -> MemberValue<'v> {
        if self.has(member) {
            self.found(member)
        } else {
            MemberValue::Absent
        }
    }

    #[inline(never)]
    fn found(&self, member: usize) -> MemberValue<'v> {
        for (position, value) in self.values.iter().rev() {
            if usize::from(*position) == member {
                return *value;
            }
        }
        MemberValue::Absent
    }

    /// Whether the member is present.
    #[inline(always)]
    pub fn has(&self, member: usize) -> bool {
        self.seen & 1 << member != 0
    }

    /// Whether the member is present, and neither an empty string nor an empty list.
    #[inline(always)]
    pub fn has_content(&self, member: usize) -> bool {
        self.has(member) && !self.is_empty(member)
    }

    /// Whether the member is an empty string or an empty list.
    pub fn is_empty(&self, member: usize) -> bool {
        match self.value(member) {
            MemberValue::Text(text) => text.raw.is_empty(),
            MemberValue::Array(items, _) => items == 0,
            _ => false,
        }
    }

    /// The string value of the member, if it is a string.
    pub fn text(&self, member: usize) -> Option<Text<'v>> {
        match self.value(member) {
            MemberValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether the member has this enum value.
    pub fn is(&self, member: usize, value: u16) -> bool {
        matches!(self.value(member), MemberValue::EnumValue(found) if found == value)
    }

    /// Whether the member has a known enum value.
    pub fn has_known_value(&self, member: usize) -> bool {
        matches!(self.value(member), MemberValue::EnumValue(value) if value != UNKNOWN)
    }

    /// Whether the member is an object.
    pub fn is_object(&self, member: usize) -> bool {
        matches!(self.value(member), MemberValue::Object(_))
    }

    /// Whether the member is `true`.
    pub fn is_true(&self, member: usize) -> bool {
        matches!(self.value(member), MemberValue::Boolean(true))
    }

    /// The summary of the member's object, or the combined summary of its items.
    pub fn summary(&self, member: usize) -> u32 {
        match self.value(member) {
            MemberValue::Object(summary) | MemberValue::Array(_, summary) => summary,
            _ => 0,
        }
    }
}

/// Where a violation of a rule between members is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the object.
    Object,
    /// At a member, present or missing.
    Member(usize),
    /// Inside a member: the names on the path.
    Inside(usize, &'static [&'static str]),
}

/// Collects the violations that a check finds.
pub struct Findings<'f> {
    sink: &'f mut dyn FnMut(&'static Rule, Place),
}

impl<'f> Findings<'f> {
    /// Violations are passed to this function.
    pub fn new(sink: &'f mut dyn FnMut(&'static Rule, Place)) -> Self {
        Self { sink }
    }

    /// Reports a violation at a member.
    pub fn at(&mut self, member: usize, rule: &'static Rule) {
        (self.sink)(rule, Place::Member(member));
    }

    /// Reports a violation inside a member.
    pub fn inside(&mut self, member: usize, names: &'static [&'static str], rule: &'static Rule) {
        (self.sink)(rule, Place::Inside(member, names));
    }

    /// Reports a violation at the object.
    pub fn here(&mut self, rule: &'static Rule) {
        (self.sink)(rule, Place::Object);
    }
}
