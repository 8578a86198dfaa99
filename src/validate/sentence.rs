//! The sentences for a violation: one for an issue, one for the catalogue.

use std::fmt::{self, Display, Formatter};

use super::format::requirement;
use super::text::{did_you_mean, shorten};
use super::violation::{Limit, Spelling, Violation, ViolationKind, enum_of};
use crate::payload::spec::{Kind, Limits, Member, Platform, Unit, Value, Withdrawn};

/// The message of an issue. `name` is how the message refers to the member.
pub(super) struct Sentence<'a> {
    pub(super) violation: &'a Violation<'a>,
    pub(super) name: Name<'a>,
    pub(super) member: &'a Member,
    pub(super) platform: Platform,
}

impl Display for Sentence<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            violation,
            name,
            member,
            platform,
        } = *self;
        let limits = member.limits;
        let limit = violation
            .limit(limits)
            .or_else(|| violation.kind().limit(limits));
        let limit = limit.unwrap_or(NO_LIMIT);
        match *violation {
            // The same sentence as in the catalogue.
            Violation::Missing
            | Violation::Empty
            | Violation::Format
            | Violation::Unusual
            | Violation::PlainHttp
            | Violation::Unreachable
            | Violation::Deprecated => {
                let kind = violation.kind();
                Summary { kind, member }.fmt(out)
            }
            Violation::Type { expected, found } => {
                write!(
                    out,
                    "{name} must be {}, not {}.",
                    kind_name(expected),
                    shorten(found)
                )
            }
            Violation::TooShort { characters } => {
                let found = Limit::new(characters, Unit::Characters);
                write!(out, "{name} has {found}; the minimum is {limit}.")
            }
            Violation::TooLong { characters } => {
                let found = Limit::new(characters, Unit::Characters);
                let note = truncation_note(limits, Some(platform));
                write!(out, "{name} has {found}; the limit is {limit}{note}.")
            }
            Violation::MaybeTooLong { characters, utf16 } => {
                let found = Limit::new(characters, Unit::Characters);
                write!(
                    out,
                    "{name} has {found} ({utf16} UTF-16 units); the limit is {limit}, and \
                     {UNIT_NOTE}."
                )
            }
            Violation::TooManyBytes { bytes } => {
                let found = Limit::new(bytes, Unit::Bytes);
                write!(
                    out,
                    "{name} has {found}; the limit on Instagram is {limit}."
                )
            }
            Violation::AtLimit { count, unit } => {
                let found = Limit::new(count, unit);
                write!(
                    out,
                    "{name} has {found}, exactly the limit; Meta's pages disagree on whether that \
                     is allowed."
                )
            }
            Violation::TooFew { items } => {
                let found = Limit::new(items, Unit::Items);
                write!(out, "{name} has {found}; the minimum is {limit}.")
            }
            Violation::TooMany { items } => {
                let found = Limit::new(items, Unit::Items);
                write!(out, "{name} has {found}; the limit is {limit}.")
            }
            Violation::TooManyOnInstagram { items } => {
                let found = Limit::new(items, Unit::Items);
                write!(
                    out,
                    "{name} has {found}; the limit on Instagram is {limit}."
                )
            }
            Violation::OutOfRange { written, .. } => {
                let written = shorten(written);
                let most = Limit {
                    value: limits.max,
                    unit: limits.unit,
                };
                write!(
                    out,
                    "{name} is {written}; it must be between {} and {most}.",
                    limits.min
                )
            }
            Violation::Decimals { written } => {
                let written = shorten(written);
                write!(
                    out,
                    "{name} is {written}; most currencies have at most {limit} decimals."
                )
            }
            Violation::UnknownValue { value, suggestion } => {
                let (value, known) = (shorten(value), known_values(member));
                let hint = did_you_mean(suggestion);
                write!(
                    out,
                    "{name} has the unknown value \"{value}\"; known values: {known}.{hint}"
                )
            }
            Violation::Withdrawn {
                value:
                    Withdrawn {
                        name: value,
                        since,
                        instead,
                        ..
                    },
            } => {
                write!(
                    out,
                    "{name} {value} was withdrawn {}: use {instead}.",
                    OnDate(since)
                )
            }
            Violation::Spelling(Spelling::LetterCase { found, guides }) => {
                let found = shorten(found);
                write!(
                    out,
                    "{name} is written {found}; Meta's guides write {guides}."
                )
            }
            Violation::Spelling(Spelling::SingleItem) => {
                write!(out, "{name} is a single object; most samples have a list.")
            }
            Violation::Spelling(Spelling::BooleanAsString) => {
                write!(out, "{name} is a string; the reference has true or false.")
            }
            Violation::Spelling(Spelling::IdAsNumber) => {
                write!(
                    out,
                    "{name} is a number; the reference has a string of digits."
                )
            }
            Violation::Undocumented {
                value,
                instagram_only: true,
            } => {
                let what = MemberOrValue { name, value };
                write!(out, "{what} is documented for Instagram only.")
            }
            Violation::Undocumented {
                value,
                instagram_only: false,
            } => {
                write!(
                    out,
                    "{} is not documented for Instagram.",
                    MemberOrValue { name, value }
                )
            }
            Violation::Unavailable { value, since, .. } => {
                let what = MemberOrValue { name, value };
                match since {
                    None => write!(out, "{what} is not available on Instagram."),
                    Some(since) => {
                        write!(
                            out,
                            "{what} has not been available on Instagram since {since}."
                        )
                    }
                }
            }
            Violation::Rounded { written } => {
                let written = shorten(written);
                write!(
                    out,
                    "{name} is {written}, a number that JavaScript has rounded: write the id as a \
                     string."
                )
            }
            Violation::DeprecatedValue {
                value,
                since,
                instead,
            } => {
                write!(
                    out,
                    "{name} {value} has been deprecated since {since}: use {instead}."
                )
            }
        }
    }
}

/// The name of a member: `text`, or `elements[3]` for an item of its list.
#[derive(Clone, Copy)]
pub(super) struct Name<'a> {
    pub(super) member: &'a Member,
    pub(super) item: Option<usize>,
}

impl Display for Name<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(self.member.name)?;
        match self.item {
            None => Ok(()),
            Some(index) => write!(out, "[{index}]"),
        }
    }
}

/// A placeholder for violations without a limit, whose sentences do not mention one.
const NO_LIMIT: Limit = Limit {
    value: 0,
    unit: None,
};

/// `on 2019-10-29`, or `in 2019` if only the year is known.
struct OnDate<'a>(&'a str);

impl Display for OnDate<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let preposition = if self.0.len() == "2019-10-29".len() {
            "on"
        } else {
            "in"
        };
        write!(out, "{preposition} {}", self.0)
    }
}

/// `tag`, or `tag CUSTOMER_FEEDBACK`.
struct MemberOrValue<'a> {
    name: Name<'a>,
    value: Option<&'a str>,
}

impl Display for MemberOrValue<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.value {
            None => self.name.fmt(out),
            Some(value) => write!(out, "{} {value}", self.name),
        }
    }
}

/// The summary in the catalogue.
pub(super) struct Summary<'a> {
    pub(super) kind: ViolationKind,
    pub(super) member: &'a Member,
}

impl Display for Summary<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self { kind, member } = *self;
        let limits = member.limits;
        let name = member.name;
        let (since, instead) = limits.deprecated.unwrap_or_default();
        let format = requirement(limits.format);
        let limit = kind.limit(limits).unwrap_or(NO_LIMIT);
        match kind {
            ViolationKind::Type => write!(out, "{name} must be {}.", kind_name(&member.kind)),
            ViolationKind::Missing => write!(out, "{name} is required."),
            ViolationKind::Empty => write!(out, "{name} must not be empty."),
            ViolationKind::TooShort | ViolationKind::TooFew => {
                write!(out, "{name}: the minimum is {limit}.")
            }
            ViolationKind::TooLong => {
                write!(
                    out,
                    "{name}: the limit is {limit}{}.",
                    truncation_note(limits, None)
                )
            }
            ViolationKind::MaybeTooLong => {
                write!(out, "{name}: the limit is {limit}, and {UNIT_NOTE}.")
            }
            ViolationKind::TooMany => write!(out, "{name}: the limit is {limit}."),
            ViolationKind::TooManyBytes | ViolationKind::TooManyOnInstagram => {
                write!(out, "{name}: the limit on Instagram is {limit}.")
            }
            ViolationKind::AtLimit => write!(
                out,
                "{name} is exactly at its limit; Meta's pages disagree on whether that is allowed."
            ),
            ViolationKind::OutOfRange => {
                write!(out, "{name} must be between {} and {limit}.", limits.min)
            }
            ViolationKind::Decimals => {
                write!(
                    out,
                    "{name}: most currencies have at most {limit} decimals."
                )
            }
            ViolationKind::UnknownValue => {
                write!(
                    out,
                    "{name} has an unknown value; known values: {}.",
                    known_values(member)
                )
            }
            ViolationKind::Withdrawn => {
                write!(
                    out,
                    "{name} has a value that was withdrawn: {}.",
                    withdrawn_values(member)
                )
            }
            ViolationKind::Spelling => {
                write!(out, "{name} is not written as Meta's guides write it.")
            }
            ViolationKind::Undocumented if limits.instagram_only => {
                write!(out, "{name} is documented for Instagram only.")
            }
            ViolationKind::Undocumented => {
                write!(
                    out,
                    "{name}, or its value, is not documented for this platform."
                )
            }
            ViolationKind::Unavailable => {
                write!(out, "{name}, or its value, is not available on Instagram.")
            }
            ViolationKind::Format => write!(out, "{name} must be {format}."),
            ViolationKind::Unusual => write!(out, "{name} should be {format}."),
            ViolationKind::PlainHttp => {
                write!(out, "{name} is an http: URL; https: is recommended.")
            }
            ViolationKind::Rounded => write!(
                out,
                "{name} is a number above 2^53 - 1, which JavaScript rounds: write it as a \
                 string."
            ),
            ViolationKind::Unreachable => write!(
                out,
                "{name} points to this computer or a private network; Graph cannot fetch it."
            ),
            ViolationKind::Deprecated => {
                write!(
                    out,
                    "{name} has been deprecated since {since}: use {instead}."
                )
            }
            ViolationKind::DeprecatedValue => write!(out, "{name} has a deprecated value."),
        }
    }
}

impl Display for Limit {
    /// `1 character`, `13 items`, `640`.
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.value.fmt(out)?;
        let Some(unit) = self.unit else { return Ok(()) };
        out.write_str(match (unit, self.value) {
            (Unit::Characters, 1) => " character",
            (Unit::Characters, _) => " characters",
            (Unit::Bytes, _) => " bytes of UTF-8",
            (Unit::Items, 1) => " item",
            (Unit::Items, _) => " items",
            (Unit::Days, 1) => " day",
            (Unit::Days, _) => " days",
        })
    }
}

/// The name of a kind of value, with its article.
const fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Id | Kind::Enum(_) => "a string",
        Kind::Boolean | Kind::BooleanOrString => "true or false",
        Kind::Integer => "a whole number",
        Kind::Number => "a number",
        Kind::StringOrNumber => "a string or a number",
        Kind::Object(_) | Kind::Union(_) | Kind::AnyObject | Kind::Drafted(_) => "an object",
        Kind::Array(_) => "a list",
        Kind::Short(_) => "a string or an object",
        Kind::Any => "a value",
    }
}

/// The end of the messages about [`ViolationKind::MaybeTooLong`].
const UNIT_NOTE: &str = "Meta does not say whether it counts code points or UTF-16 units";

/// What is known to happen to a text that is too long. `platform` is `None` for both platforms.
const fn truncation_note(limits: &Limits, platform: Option<Platform>) -> &'static str {
    if !limits.instagram_truncates {
        return "";
    }
    match platform {
        Some(Platform::Instagram) => " (Instagram cuts off the rest)",
        Some(Platform::Messenger) => {
            " (Messenger has been seen to cut off the rest instead of refusing the message)"
        }
        None => " (Instagram cuts off the rest, and Messenger has been seen to do so)",
    }
}

/// The values of an enum: `RESPONSE, UPDATE`.
fn known_values(member: &Member) -> impl Display {
    struct Names(&'static [Value]);
    impl Display for Names {
        fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
            let mut between = "";
            for value in self.0 {
                out.write_str(between)?;
                out.write_str(value.name)?;
                between = ", ";
            }
            Ok(())
        }
    }
    Names(enum_of(&member.kind).map_or(&[], |values| values.values))
}

fn withdrawn_values(member: &Member) -> String {
    let values = enum_of(&member.kind).map_or(&[][..], |values| values.withdrawn);
    let describe = |value: &Withdrawn| {
        format!(
            "{} (since {}; use {})",
            value.name, value.since, value.instead
        )
    };
    values.iter().map(describe).collect::<Vec<_>>().join(", ")
}
