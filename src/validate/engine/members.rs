//! Members: whether they exist on the platform, and lists of values.

use super::Engine;
use super::location::{Location, Path};
use super::placeholders::may_have_placeholder;
use super::strings::position;
use crate::json::{Read, Text, ValueKind};
use crate::payload::members::MemberValue;
use crate::payload::spec::{Format, Kind, Member, Platform};
use crate::validate::catalogue::NULL_MEMBER;
use crate::validate::format::is_plain_url;
use crate::validate::violation::{Spelling, Violation};

/// The result of [`Engine::fast_member`].
pub(super) enum Fast<'a> {
    /// The member has no issues.
    Clean(MemberValue<'a>),
    /// The member is a string that needs further checks.
    Suspect(Text<'a>),
    NotRead,
}

impl<'a> Engine<'a, '_> {
    /// Reads a member whose kind is a string or an enum, if its value is a string. Most are, and
    /// have no issues.
    #[inline(always)]
    pub(super) fn fast_member(&mut self, member: &'static Member) -> Read<Fast<'a>> {
        let limits = member.limits;
        let values = match &member.kind {
            Kind::String | Kind::StringOrNumber | Kind::Id => None,
            Kind::Enum(values) => Some(values),
            _ => return Ok(Fast::NotRead),
        };
        if self.needs_availability_check(limits)
            || self.is_closed
            || self.reader.peek()? != ValueKind::String
        {
            return Ok(Fast::NotRead);
        }
        let text = self.reader.string_inlined()?;
        if self.reader.lone_surrogate() {
            return Ok(Fast::Suspect(text));
        }
        if let Some(values) = values {
            if let Some(position) = position(values, text)
                && let Some(value) = values.values.get(position)
                && !self.needs_availability_check(value.limits)
            {
                return Ok(Fast::Clean(MemberValue::EnumValue(position as u16)));
            }
        } else if self.surely_fits(text, limits)
            && !(limits.visible && may_have_placeholder(text))
            && (limits.format == Format::Any
                || text.is_plain() && is_plain_url(limits.format, text.raw))
        {
            return Ok(Fast::Clean(MemberValue::Text(text)));
        }
        Ok(Fast::Suspect(text))
    }

    #[inline(always)]
    pub(super) fn member(&mut self, location: &Location<'_>) -> Read<MemberValue<'a>> {
        if self.is_closed {
            return self.closed_member(location.path);
        }
        if self.needs_availability_check(location.member.limits) {
            self.check_member_availability(location)?;
        }
        self.value(location, &location.member.kind)
    }

    /// Reads a member of a closed object. Its value is kept only if it is a string, otherwise only
    /// its presence.
    #[inline(never)]
    fn closed_member(&mut self, path: &Path<'_>) -> Read<MemberValue<'a>> {
        match self.reader.peek()? {
            ValueKind::String => self.string(path).map(MemberValue::Text),
            ValueKind::Number => self
                .reader
                .number()
                .map(|number| MemberValue::Number(number.text)),
            ValueKind::Null => self.reader.skip().map(|()| MemberValue::Absent),
            _ => self.opaque(path).map(|()| MemberValue::Present),
        }
    }

    /// Reads the value of a member, or of an item of its list.
    pub(super) fn value(
        &mut self,
        location: &Location<'_>,
        kind: &'static Kind,
    ) -> Read<MemberValue<'a>> {
        let found = self.reader.peek()?;
        // Most values are strings.
        if found == ValueKind::String {
            return match kind {
                Kind::String | Kind::StringOrNumber | Kind::Id | Kind::Enum(_) => {
                    let text = self.reader.string()?;
                    self.string_value(location, kind, text)
                }
                Kind::Short(_) => self.string(location.path).map(MemberValue::Text),
                Kind::Drafted(inner) => self.value(location, inner),
                Kind::BooleanOrString => self.boolean_string(location),
                Kind::Any => self.opaque(location.path).map(|()| MemberValue::Present),
                _ => self.wrong_type(location, kind, found),
            };
        }
        match (kind, found) {
            (Kind::Object(object), ValueKind::Object) => self
                .object(object, None, location.path, false)
                .map(MemberValue::Object),
            (Kind::Union(union), ValueKind::Object) => self.union(union, location.path),
            (Kind::Array(inner), ValueKind::Array) => self.list(location, inner),
            (Kind::Short(inner) | Kind::Drafted(inner), _) => self.value(location, inner),
            (Kind::Array(inner), ValueKind::Object)
                if location.member.limits.single_on_instagram
                    && self.options.target() == Platform::Instagram =>
            {
                self.single_item(location, inner)
            }
            (Kind::Boolean | Kind::BooleanOrString, ValueKind::Boolean) => {
                self.reader.boolean().map(MemberValue::Boolean)
            }
            (Kind::Integer | Kind::Number | Kind::StringOrNumber | Kind::Id, ValueKind::Number) => {
                self.number(location, kind)
            }
            (Kind::AnyObject, ValueKind::Object) => {
                self.opaque(location.path).map(|()| MemberValue::Object(0))
            }
            (Kind::Any, _) => self.opaque(location.path).map(|()| MemberValue::Present),
            _ => self.wrong_type(location, kind, found),
        }
    }

    #[cold]
    #[inline(never)]
    fn wrong_type(
        &mut self,
        location: &Location<'_>,
        expected: &Kind,
        found: ValueKind,
    ) -> Read<MemberValue<'a>> {
        self.opaque(location.path)?;
        // Clients write null for an absent member, but JavaScript also writes null for NaN and
        // Infinity, so a null number is an error.
        let is_value = location.member.required
            || matches!(expected, Kind::Number | Kind::Integer)
            || matches!(location.path, Path::Item { .. });
        if found == ValueKind::Null && !is_value {
            self.rule(&NULL_MEMBER, location.path)?;
            return Ok(MemberValue::Absent);
        }
        self.violation(
            Violation::Type {
                expected,
                found: found.name(),
            },
            location,
        )?;
        Ok(MemberValue::Present)
    }

    fn list(&mut self, location: &Location<'_>, inner: &'static Kind) -> Read<MemberValue<'a>> {
        self.reader.open()?;
        let mut index = 0;
        let mut summary = 0_u32;
        while self.reader.item(index == 0)? {
            let path = &Path::Item {
                parent: location.path,
                index,
            };
            let value = self.value(&Location { path, ..*location }, inner)?;
            index += 1;
            if let MemberValue::Object(of_item) = value {
                summary = match inner {
                    Kind::Union(_) => summary | of_item,
                    _ => summary.saturating_add(of_item),
                };
            }
        }
        // A text of 1 MiB has fewer than 2^32 items.
        let items = index as u32;
        let limits = location.member.limits;
        let on_instagram =
            self.options.target() == Platform::Instagram && limits.instagram_max != 0;
        if items < limits.min {
            self.violation(Violation::TooFew { items }, location)?;
        } else if on_instagram && items > limits.instagram_max {
            self.violation(Violation::TooManyOnInstagram { items }, location)?;
        } else if !on_instagram && items > limits.max {
            self.violation(Violation::TooMany { items }, location)?;
        }
        Ok(MemberValue::Array(items, summary))
    }

    /// Reads a single item instead of a list.
    #[cold]
    #[inline(never)]
    fn single_item(
        &mut self,
        location: &Location<'_>,
        inner: &'static Kind,
    ) -> Read<MemberValue<'a>> {
        self.violation(Violation::Spelling(Spelling::SingleItem), location)?;
        match self.value(location, inner)? {
            MemberValue::Object(summary) => Ok(MemberValue::Array(1, summary)),
            _ => Ok(MemberValue::Present),
        }
    }
}
