//! Whether a member or a value exists on the platform, and whether it is deprecated.

use super::Engine;
use super::location::Location;
use crate::json::{Read, ValueKind};
use crate::payload::spec::{Availability, Limits, Platform};
use crate::validate::violation::Violation;

impl Engine<'_, '_> {
    /// Reports a member or value that does not exist on the platform or is deprecated.
    #[inline(always)]
    pub(super) fn needs_availability_check(&self, limits: &Limits) -> bool {
        is_absent(limits, self.options.target()) || limits.deprecated.is_some()
    }

    /// Checks a member whose value comes next. Null counts as absent.
    #[cold]
    #[inline(never)]
    pub(super) fn check_member_availability(&mut self, location: &Location<'_>) -> Read<()> {
        if self.reader.peek()? == ValueKind::Null {
            return Ok(());
        }
        let limits = location.member.limits;
        if is_absent(limits, self.options.target()) {
            self.violation(absence(limits, None), location)?;
        }
        match limits.deprecated {
            None => Ok(()),
            Some(_) => self.violation(Violation::Deprecated, location),
        }
    }

    /// Checks a value of an enum.
    #[cold]
    #[inline(never)]
    pub(super) fn check_value_availability(
        &mut self,
        location: &Location<'_>,
        value: &str,
        limits: &'static Limits,
    ) -> Read<()> {
        if is_absent(limits, self.options.target()) {
            self.violation(absence(limits, Some(value)), location)?;
        }
        match limits.deprecated {
            None => Ok(()),
            Some((since, instead)) => self.violation(
                Violation::DeprecatedValue {
                    value,
                    since,
                    instead,
                },
                location,
            ),
        }
    }
}

/// Whether a member or value with these limits does not exist on this platform.
#[inline]
fn is_absent(limits: &Limits, platform: Platform) -> bool {
    match platform {
        Platform::Messenger => limits.instagram_only,
        Platform::Instagram => limits.instagram != Availability::Yes,
    }
}

fn absence<'v>(limits: &'static Limits, value: Option<&'v str>) -> Violation<'v> {
    match limits.instagram {
        Availability::Unavailable => Violation::Unavailable {
            value,
            since: None,
            source: None,
        },
        Availability::Withdrawn(since) => Violation::Unavailable {
            value,
            since: Some(since),
            source: limits.source,
        },
        Availability::Yes | Availability::Undocumented => Violation::Undocumented {
            value,
            instagram_only: limits.instagram_only,
        },
    }
}
