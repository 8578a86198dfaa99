//! Numbers, and booleans that are written as strings.

use super::Engine;
use super::location::Location;
use crate::json::numbers::{finite, whole_number};
use crate::json::{Number, Read, ValueKind, utf8};
use crate::payload::members::MemberValue;
use crate::payload::spec::Kind;
use crate::validate::violation::{Spelling, Violation};

/// A number without an exponent is less than 10 to the power of its length.
const SURELY_FINITE: usize = 308;

/// JavaScript's `Number.MAX_SAFE_INTEGER`, 2^53 - 1.
const MAX_SAFE_INTEGER: i64 = 9_007_199_254_740_991;

impl<'a> Engine<'a, '_> {
    #[inline(never)]
    pub(super) fn boolean_string(&mut self, location: &Location<'_>) -> Read<MemberValue<'a>> {
        let text = self.string(location.path)?;
        let is_true = text.is("true");
        if is_true || text.is("false") {
            self.violation(Violation::Spelling(Spelling::BooleanAsString), location)?;
            return Ok(MemberValue::Boolean(is_true));
        }
        let expected = &location.member.kind;
        self.violation(
            Violation::Type {
                expected,
                found: ValueKind::String.name(),
            },
            location,
        )?;
        Ok(MemberValue::Present)
    }

    #[inline(never)]
    pub(super) fn number(&mut self, location: &Location<'_>, kind: &Kind) -> Read<MemberValue<'a>> {
        let Number {
            text: number,
            decimals,
            has_exponent,
        } = self.reader.number()?;
        let digits = number.raw;
        let limits = location.member.limits;
        match kind {
            Kind::Integer => self.integer(location, digits)?,
            Kind::Id => self.id_number(location, digits)?,
            _ if (has_exponent || digits.len() > SURELY_FINITE) && !finite(digits) => {
                let violation = Violation::Type {
                    expected: kind,
                    found: "an infinite one",
                };
                self.violation(violation, location)?;
            }
            Kind::Number if decimals > limits.decimals as usize => {
                self.violation(
                    Violation::Decimals {
                        written: utf8(digits),
                    },
                    location,
                )?;
            }
            Kind::StringOrNumber if !self.surely_fits(number, limits) => {
                self.length(location, number)?;
            }
            _ => {}
        }
        Ok(MemberValue::Number(number))
    }

    /// Checks an id written as a number.
    fn id_number(&mut self, location: &Location<'_>, number: &[u8]) -> Read<()> {
        let written = utf8(number);
        let violation = match whole_number(number) {
            Some(0..=MAX_SAFE_INTEGER) => Violation::Spelling(Spelling::IdAsNumber),
            Some(1..) => Violation::Rounded { written },
            _ => Violation::Type {
                expected: &location.member.kind,
                found: written,
            },
        };
        self.violation(violation, location)
    }

    fn integer(&mut self, location: &Location<'_>, number: &[u8]) -> Read<()> {
        let limits = location.member.limits;
        let written = utf8(number);
        let Some(value) = whole_number(number) else {
            let expected = &location.member.kind;
            return self.violation(
                Violation::Type {
                    expected,
                    found: written,
                },
                location,
            );
        };
        let below = value < i64::from(limits.min);
        if !below && value <= i64::from(limits.max) {
            return Ok(());
        }
        let value = u32::try_from(value).ok();
        self.violation(
            Violation::OutOfRange {
                written,
                value,
                below,
            },
            location,
        )
    }
}
