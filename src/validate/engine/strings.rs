//! Strings: lengths, formats, and values of enums.

use super::Engine;
use super::location::{Location, Path};
use super::placeholders::may_have_placeholder;
use crate::json::{Read, Text};
use crate::payload::members::{MemberValue, UNKNOWN};
use crate::payload::spec::{Enum, Format, Kind, Limits, Platform, Unit};
use crate::validate::catalogue::LONE_SURROGATE;
use crate::validate::format::{Verdict, check_format, is_plain_url};
use crate::validate::suggest::nearest;
use crate::validate::violation::{Spelling, Violation};

impl<'a> Engine<'a, '_> {
    /// Reads a string without requirements.
    #[inline(never)]
    pub(super) fn string(&mut self, path: &Path<'_>) -> Read<Text<'a>> {
        let text = self.reader.string()?;
        if self.reader.lone_surrogate() {
            self.rule(&LONE_SURROGATE, path)?;
        }
        Ok(text)
    }

    /// Checks a string that was just read.
    #[inline(never)]
    pub(super) fn string_value(
        &mut self,
        location: &Location<'_>,
        kind: &'static Kind,
        text: Text<'a>,
    ) -> Read<MemberValue<'a>> {
        if self.reader.lone_surrogate() {
            self.rule(&LONE_SURROGATE, location.path)?;
        }
        if let Kind::Enum(values) = kind {
            return self.enum_value(location, values, text);
        }
        let limits = location.member.limits;
        // The limits of a list of strings count its items.
        let is_item = !std::ptr::eq(kind, &location.member.kind);
        if !is_item && !self.surely_fits(text, limits) {
            self.length(location, text)?;
        }
        if limits.visible && may_have_placeholder(text) {
            self.check_placeholder(location, &text.decoded())?;
        }
        if limits.format != Format::Any && (is_item || !text.raw.is_empty()) {
            self.format(location, text)?;
        }
        Ok(MemberValue::Text(text))
    }

    /// Whether the string is certainly within its limits. It cannot have more characters, UTF-16
    /// units or UTF-8 bytes than it has bytes in the JSON, so its length need not be counted.
    #[inline(always)]
    pub(super) fn surely_fits(&self, text: Text<'_>, limits: &Limits) -> bool {
        let length = text.raw.len();
        let most = match limits.instagram_max {
            0 => limits.max,
            most => limits.max.min(most),
        };
        length > 0
            && length < most as usize
            && (limits.min <= 1 || text.is_plain() && length >= limits.min as usize)
    }

    #[inline(never)]
    pub(super) fn length(&mut self, location: &Location<'_>, text: Text<'a>) -> Read<()> {
        let limits = location.member.limits;
        let lengths = text.lengths();
        let (characters, utf16, bytes) = (lengths.characters, lengths.utf16, lengths.bytes);
        let on_instagram =
            self.options.target() == Platform::Instagram && limits.instagram_max != 0;
        let violation = if bytes == 0 {
            if !location.member.required && limits.min == 0 {
                return Ok(());
            }
            Violation::Empty
        } else if utf16 < limits.min {
            // It is not documented either whether the minimum counts UTF-16 units.
            Violation::TooShort { characters }
        } else if on_instagram && bytes > limits.instagram_max {
            Violation::TooManyBytes { bytes }
        } else if on_instagram && bytes == limits.instagram_max && limits.warn_at_instagram_max {
            Violation::AtLimit {
                count: bytes,
                unit: Unit::Bytes,
            }
        } else if on_instagram {
            return Ok(());
        } else if characters > limits.max {
            Violation::TooLong { characters }
        } else if utf16 > limits.max {
            Violation::MaybeTooLong { characters, utf16 }
        } else if limits.warn_at_max && characters == limits.max {
            Violation::AtLimit {
                count: characters,
                unit: Unit::Characters,
            }
        } else {
            return Ok(());
        };
        self.violation(violation, location)
    }

    #[inline(never)]
    fn format(&mut self, location: &Location<'_>, text: Text<'a>) -> Read<()> {
        let decoded = text.decoded();
        let format = location.member.limits.format;
        let is_visible_ascii = decoded.bytes().all(|byte| byte.is_ascii_graphic());
        if is_visible_ascii && is_plain_url(format, decoded.as_bytes()) {
            return Ok(());
        }
        let violation = match check_format(format, &decoded) {
            Verdict::Fine => return Ok(()),
            Verdict::Wrong => Violation::Format,
            Verdict::Unusual => Violation::Unusual,
            Verdict::PlainHttp => Violation::PlainHttp,
            Verdict::Unreachable => Violation::Unreachable,
        };
        self.violation(violation, location)
    }

    fn enum_value(
        &mut self,
        location: &Location<'_>,
        values: &'static Enum,
        text: Text<'a>,
    ) -> Read<MemberValue<'a>> {
        let position = match position(values, text) {
            Some(position) => position,
            None => match self.unknown_value(location, values, &text.decoded())? {
                Some(position) => position,
                None => return Ok(MemberValue::EnumValue(UNKNOWN)),
            },
        };
        // A known value may still be unavailable on the platform, or deprecated.
        if let Some(value) = values.values.get(position)
            && self.needs_availability_check(value.limits)
        {
            self.check_value_availability(location, value.name, value.limits)?;
        }
        Ok(MemberValue::EnumValue(position as u16))
    }

    /// Reports an unknown enum value. Returns the index of the intended value, if that is certain.
    #[cold]
    #[inline(never)]
    fn unknown_value(
        &mut self,
        location: &Location<'_>,
        values: &'static Enum,
        text: &str,
    ) -> Read<Option<usize>> {
        if let Some(value) = values.withdrawn.iter().find(|value| value.name == text) {
            self.violation(Violation::Withdrawn { value }, location)?;
            return Ok(None);
        }
        let position = in_other_case(values, text);
        let meant = position.and_then(|position| values.values.get(position));
        if values.any_case
            && let Some(meant) = meant
        {
            let spelling = Spelling::LetterCase {
                found: text,
                guides: meant.name,
            };
            self.violation(Violation::Spelling(spelling), location)?;
            return Ok(position);
        }
        let mut names = values.values.iter().map(|value| value.name);
        let suggestion = match meant {
            Some(meant) => Some(meant.name),
            None => nearest(text, &mut names),
        };
        self.violation(
            Violation::UnknownValue {
                value: text,
                suggestion,
            },
            location,
        )?;
        Ok(None)
    }
}

/// The index of an enum value, in any letter case.
#[cold]
pub(super) fn in_other_case(values: &Enum, text: &str) -> Option<usize> {
    values
        .values
        .iter()
        .position(|value| value.name.eq_ignore_ascii_case(text))
}

/// The index of an enum value.
#[inline(always)]
pub(super) fn position(values: &Enum, text: Text<'_>) -> Option<usize> {
    values.values.iter().position(|value| text.is(value.name))
}
