//! What a rule between members may look at: the members of one object as the reader found them.

use super::spec::{Platform, Rule};
use crate::json::Text;

/// What the reader found of a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MemberValue<'a> {
    /// It is not there.
    #[default]
    Absent,
    /// It is there, with a value of the wrong type or one that is not looked into.
    Present,
    /// A text.
    Text(Text<'a>),
    /// A number, as it is written.
    Number(Text<'a>),
    /// `true` or `false`.
    Boolean(bool),
    /// The position of an enum's value; [`UNKNOWN`] for a value that the enum does not have.
    EnumValue(u16),
    /// An object, and what its check said of it.
    Object(u32),
    /// A list: its length, and what its items' checks said: the sum; of the items of a union, each
    /// bit that one of them has.
    Array(u32, u32),
}

/// The [`MemberValue::EnumValue`] of a value that the enum does not have.
pub const UNKNOWN: u16 = u16::MAX;

/// The members of one object: those that are there, in their order, each by its place in the
/// object's table.
pub struct Members<'v> {
    values: &'v [(u8, MemberValue<'v>)],
    /// A bit for each of them. Most questions are about members that are not there.
    seen: u64,
    platform: Platform,
}

impl<'v> Members<'v> {
    /// The members that were found of an object, and a bit for each that is there. Of one that
    /// stands twice the last counts.
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

    /// What was found of a member.
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

    /// The member is there.
    #[inline(always)]
    pub fn has(&self, member: usize) -> bool {
        self.seen & 1 << member != 0
    }

    /// The member is there, and is neither an empty text nor an empty list.
    #[inline(always)]
    pub fn has_content(&self, member: usize) -> bool {
        self.has(member) && !self.is_empty(member)
    }

    /// The member is an empty text or an empty list.
    pub fn is_empty(&self, member: usize) -> bool {
        match self.value(member) {
            MemberValue::Text(text) => text.raw.is_empty(),
            MemberValue::Array(items, _) => items == 0,
            _ => false,
        }
    }

    /// The text of the member, if it is one.
    pub fn text(&self, member: usize) -> Option<Text<'v>> {
        match self.value(member) {
            MemberValue::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The member has this value of its enum.
    pub fn is(&self, member: usize, value: u16) -> bool {
        matches!(self.value(member), MemberValue::EnumValue(found) if found == value)
    }

    /// The member has a value that its enum knows.
    pub fn has_known_value(&self, member: usize) -> bool {
        matches!(self.value(member), MemberValue::EnumValue(value) if value != UNKNOWN)
    }

    /// The member is an object.
    pub fn is_object(&self, member: usize) -> bool {
        matches!(self.value(member), MemberValue::Object(_))
    }

    /// The member is `true`.
    pub fn is_true(&self, member: usize) -> bool {
        matches!(self.value(member), MemberValue::Boolean(true))
    }

    /// What the check of the member's object, or of its items in sum, said.
    pub fn summary(&self, member: usize) -> u32 {
        match self.value(member) {
            MemberValue::Object(summary) | MemberValue::Array(_, summary) => summary,
            _ => 0,
        }
    }
}

/// Where a breach of a rule between members is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the object.
    Object,
    /// At a member, whether it is there or missing.
    Member(usize),
    /// Inside a member: the names that lead there.
    Inside(usize, &'static [&'static str]),
}

/// Takes the breaches that a check finds.
pub struct Findings<'f> {
    sink: &'f mut dyn FnMut(&'static Rule, Place),
}

impl<'f> Findings<'f> {
    /// Breaches go to this function.
    pub fn new(sink: &'f mut dyn FnMut(&'static Rule, Place)) -> Self {
        Self { sink }
    }

    /// A breach that is shown at a member.
    pub fn at(&mut self, member: usize, rule: &'static Rule) {
        (self.sink)(rule, Place::Member(member));
    }

    /// A breach that is shown inside a member.
    pub fn inside(&mut self, member: usize, names: &'static [&'static str], rule: &'static Rule) {
        (self.sink)(rule, Place::Inside(member, names));
    }

    /// A breach that is shown at the object.
    pub fn here(&mut self, rule: &'static Rule) {
        (self.sink)(rule, Place::Object);
    }
}
