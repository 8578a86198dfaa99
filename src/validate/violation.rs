//! The ways in which one member can be wrong: their codes, severities, limits and sentences.

use std::fmt::{self, Display, Formatter};

use super::format::requirement;
use super::text::{did_you_mean, join, shorten};
use crate::payload::spec::{
    Availability, Enum, Format, Kind, Limits, Member, Platform, Severity, Unit, Withdrawn,
};

/// A way in which one member can be wrong, with what was found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Violation<'a> {
    Type {
        expected: &'a Kind,
        found: &'a str,
    },
    Missing,
    Empty,
    TooShort {
        characters: u32,
    },
    TooLong {
        characters: u32,
    },
    MaybeTooLong {
        characters: u32,
        utf16: u32,
    },
    TooManyBytes {
        bytes: u32,
    },
    /// As long as the limit; bytes are Instagram's limit, characters Messenger's.
    AtLimit {
        count: u32,
        unit: Unit,
    },
    TooFew {
        items: u32,
    },
    TooMany {
        items: u32,
    },
    TooManyOnInstagram {
        items: u32,
    },
    /// `written`: the number as it stands in the JSON. `value`: the same, where it is one that an
    /// issue can hold.
    OutOfRange {
        written: &'a str,
        value: Option<u32>,
        below: bool,
    },
    Decimals {
        written: &'a str,
    },
    UnknownValue {
        value: &'a str,
        suggestion: Option<&'a str>,
    },
    Withdrawn {
        value: &'static Withdrawn,
    },
    /// In another way than the guides write it.
    Spelling(Spelling<'a>),
    /// `value`: the value that is undocumented, if it is not the member itself.
    Undocumented {
        value: Option<&'a str>,
        instagram_only: bool,
    },
    Unavailable {
        value: Option<&'a str>,
    },
    Format,
    Unusual,
    PlainHttp,
    Deprecated,
    DeprecatedValue {
        value: &'a str,
        since: &'a str,
        instead: &'a str,
    },
}

/// In which other way something is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spelling<'a> {
    /// An enum value in another letter case.
    LetterCase { found: &'a str, guides: &'a str },
    /// The only item of a list in the list's place.
    SingleItem,
    /// A boolean as a string.
    BooleanAsString,
}

macro_rules! violation_kinds {
    ($( $name:ident = $suffix:literal, )*) => {
        /// A way in which one member can be wrong, without what was found: what a rule of the
        /// catalogue is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum ViolationKind { $($name),* }

        impl ViolationKind {
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The end of the rule's code.
            pub(super) const fn suffix(self) -> &'static str {
                match self { $( Self::$name => $suffix, )* }
            }
        }
    };
}

violation_kinds! {
    Type = "type",
    Missing = "missing",
    Empty = "empty",
    TooShort = "too_short",
    TooLong = "too_long",
    MaybeTooLong = "maybe_too_long",
    TooManyBytes = "too_many_bytes",
    AtLimit = "at_limit",
    TooFew = "too_few",
    TooMany = "too_many",
    TooManyOnInstagram = "too_many_on_instagram",
    OutOfRange = "out_of_range",
    Decimals = "decimals",
    UnknownValue = "unknown_value",
    Withdrawn = "withdrawn",
    Spelling = "spelling",
    Undocumented = "undocumented",
    Unavailable = "unavailable",
    Format = "format",
    Unusual = "unusual",
    PlainHttp = "https",
    Deprecated = "deprecated",
    DeprecatedValue = "deprecated_value",
}

/// A limit, and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) value: u32,
    pub(super) unit: Option<Unit>,
}

impl Limit {
    const fn new(value: u32, unit: Unit) -> Self {
        Self {
            value,
            unit: Some(unit),
        }
    }
}

impl Display for Limit {
    /// `1 character`, `13 items`, `640`.
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.value)?;
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

impl ViolationKind {
    /// The severity for a member, unless the caller changes it.
    pub(super) fn severity(self, member: &Member, platform: Platform) -> Severity {
        let is_warning = match self {
            Self::MaybeTooLong
            | Self::AtLimit
            | Self::Decimals
            | Self::Spelling
            | Self::Undocumented
            | Self::Unusual
            | Self::PlainHttp
            | Self::Deprecated
            | Self::DeprecatedValue => true,
            Self::TooLong => member.limits.instagram_truncates && platform == Platform::Instagram,
            Self::UnknownValue => enum_of(&member.kind).is_some_and(|values| values.open),
            Self::Type
            | Self::Missing
            | Self::Empty
            | Self::TooShort
            | Self::TooManyBytes
            | Self::TooFew
            | Self::TooMany
            | Self::TooManyOnInstagram
            | Self::OutOfRange
            | Self::Withdrawn
            | Self::Unavailable
            | Self::Format => false,
        };
        if is_warning {
            Severity::Warning
        } else {
            Severity::Error
        }
    }

    /// The limit that the rule is about, if it is about one.
    pub(super) fn limit(self, limits: &Limits) -> Option<Limit> {
        Some(match self {
            Self::TooShort => Limit::new(limits.min, Unit::Characters),
            Self::TooLong | Self::MaybeTooLong | Self::AtLimit => {
                Limit::new(limits.max, Unit::Characters)
            }
            Self::TooManyBytes => Limit::new(limits.instagram_max, Unit::Bytes),
            Self::TooFew => Limit::new(limits.min, Unit::Items),
            Self::TooMany => Limit::new(limits.max, Unit::Items),
            Self::TooManyOnInstagram => Limit::new(limits.instagram_max, Unit::Items),
            Self::OutOfRange => Limit {
                value: limits.max,
                unit: limits.unit,
            },
            Self::Decimals => Limit {
                value: limits.decimals,
                unit: None,
            },
            _ => return None,
        })
    }

    /// Whether a member can be wrong in this way.
    pub(super) fn applies_to(self, member: &Member) -> bool {
        use Format::{Any, DigitsAdvised, FacebookUrl, HttpsUrl, Link, NoUrl, PhoneAdvised, Url};
        let limits = member.limits;
        let values = enum_of(&member.kind);
        let is_list = matches!(member.kind, Kind::Array(_));
        let is_text = matches!(
            member.kind,
            Kind::String | Kind::StringOrNumber | Kind::Short(Kind::String)
        );
        match self {
            Self::Type => !matches!(member.kind, Kind::Any),
            Self::Missing => member.required && !limits.advised,
            Self::Empty => is_text && (member.required || limits.min > 0),
            Self::TooShort => is_text && limits.min > 1,
            Self::TooLong | Self::MaybeTooLong => is_text && limits.max != u32::MAX,
            Self::AtLimit => is_text && limits.warn_at_max,
            Self::TooManyBytes => is_text && limits.instagram_max != 0,
            Self::TooFew => is_list && limits.min > 0,
            Self::TooMany => is_list && limits.max != u32::MAX,
            Self::TooManyOnInstagram => is_list && limits.instagram_max != 0,
            Self::OutOfRange => matches!(member.kind, Kind::Integer),
            Self::Decimals => matches!(member.kind, Kind::Number) && limits.decimals != u32::MAX,
            Self::UnknownValue => values.is_some(),
            Self::Withdrawn => values.is_some_and(|values| !values.withdrawn.is_empty()),
            Self::Spelling => {
                limits.single_on_instagram
                    || matches!(member.kind, Kind::BooleanOrString)
                    || values.is_some_and(|values| values.any_case)
            }
            Self::Undocumented => any_limits(member, |limits| {
                limits.instagram_only || limits.instagram == Availability::Undocumented
            }),
            Self::Unavailable => any_limits(member, |limits| {
                limits.instagram == Availability::Unavailable
            }),
            Self::Format => !matches!(limits.format, Any | DigitsAdvised),
            Self::Unusual => matches!(
                limits.format,
                Url | Link | HttpsUrl | FacebookUrl | PhoneAdvised | DigitsAdvised | NoUrl
            ),
            Self::PlainHttp => matches!(limits.format, Url | Link | FacebookUrl),
            Self::Deprecated => limits.deprecated.is_some(),
            Self::DeprecatedValue => values.is_some_and(|values| {
                values
                    .values
                    .iter()
                    .any(|value| value.limits.deprecated.is_some())
            }),
        }
    }

    /// The sentence of the catalogue.
    pub(super) fn summary(self, member: &Member) -> String {
        let limits = member.limits;
        let name = member.name;
        let (since, instead) = limits.deprecated.unwrap_or_default();
        let format = requirement(limits.format);
        let limit = self
            .limit(limits)
            .map(|limit| limit.to_string())
            .unwrap_or_default();
        match self {
            Self::Type => format!("{name} must be {}.", kind_name(&member.kind)),
            Self::Missing => format!("{name} is required."),
            Self::Empty => format!("{name} must not be empty."),
            Self::TooShort | Self::TooFew => format!("{name}: the least is {limit}."),
            Self::TooLong => {
                format!("{name}: the limit is {limit}{}.", truncation_note(limits))
            }
            Self::MaybeTooLong => format!("{name}: the limit is {limit}, and {UNIT_NOTE}."),
            Self::TooMany => format!("{name}: the limit is {limit}."),
            Self::TooManyBytes | Self::TooManyOnInstagram => {
                format!("{name}: the limit on Instagram is {limit}.")
            }
            Self::AtLimit => format!(
                "{name} is exactly as long as its limit; the sources disagree whether that is \
                 allowed."
            ),
            Self::OutOfRange => {
                format!("{name} must be between {} and {limit}.", limits.min)
            }
            Self::Decimals => {
                format!("{name} has more decimals than most currencies: {limit}.")
            }
            Self::UnknownValue => {
                format!(
                    "{name} has a value that is not known; known are {}.",
                    known_values(member)
                )
            }
            Self::Withdrawn => {
                format!(
                    "{name} has a value that was withdrawn: {}.",
                    withdrawn_values(member)
                )
            }
            Self::Spelling => {
                format!("{name} is spelt in another way than the guides spell it.")
            }
            Self::Undocumented if limits.instagram_only => {
                format!("{name} is Instagram's own: not documented for Messenger.")
            }
            Self::Undocumented => {
                format!("{name}, or its value, is not documented for this platform.")
            }
            Self::Unavailable => {
                format!("{name}, or its value, is documented as not available on Instagram.")
            }
            Self::Format => format!("{name} must be {format}."),
            Self::Unusual => format!("{name} is documented as {format}: this is not."),
            Self::PlainHttp => format!("{name} is an http: address: https: is advised."),
            Self::Deprecated => format!("{name} is deprecated since {since}: use {instead}."),
            Self::DeprecatedValue => format!("{name} has a value that is deprecated."),
        }
    }
}

impl Violation<'_> {
    /// The rule that it breaks.
    pub(super) const fn kind(&self) -> ViolationKind {
        match self {
            Self::Type { .. } => ViolationKind::Type,
            Self::Missing => ViolationKind::Missing,
            Self::Empty => ViolationKind::Empty,
            Self::TooShort { .. } => ViolationKind::TooShort,
            Self::TooLong { .. } => ViolationKind::TooLong,
            Self::MaybeTooLong { .. } => ViolationKind::MaybeTooLong,
            Self::TooManyBytes { .. } => ViolationKind::TooManyBytes,
            Self::AtLimit { .. } => ViolationKind::AtLimit,
            Self::TooFew { .. } => ViolationKind::TooFew,
            Self::TooMany { .. } => ViolationKind::TooMany,
            Self::TooManyOnInstagram { .. } => ViolationKind::TooManyOnInstagram,
            Self::OutOfRange { .. } => ViolationKind::OutOfRange,
            Self::Decimals { .. } => ViolationKind::Decimals,
            Self::UnknownValue { .. } => ViolationKind::UnknownValue,
            Self::Withdrawn { .. } => ViolationKind::Withdrawn,
            Self::Spelling(_) => ViolationKind::Spelling,
            Self::Undocumented { .. } => ViolationKind::Undocumented,
            Self::Unavailable { .. } => ViolationKind::Unavailable,
            Self::Format => ViolationKind::Format,
            Self::Unusual => ViolationKind::Unusual,
            Self::PlainHttp => ViolationKind::PlainHttp,
            Self::Deprecated => ViolationKind::Deprecated,
            Self::DeprecatedValue { .. } => ViolationKind::DeprecatedValue,
        }
    }

    /// The limit that an issue names. Issues without a count name none.
    pub(super) fn limit(&self, limits: &Limits) -> Option<Limit> {
        match *self {
            Self::AtLimit {
                unit: Unit::Bytes, ..
            } => ViolationKind::TooManyBytes.limit(limits),
            Self::OutOfRange { below: true, .. } => Some(Limit {
                value: limits.min,
                unit: limits.unit,
            }),
            Self::Decimals { .. } => None,
            _ => self.kind().limit(limits),
        }
    }

    /// What was found, in the limit's unit.
    pub(super) const fn actual(&self) -> Option<u32> {
        match *self {
            Self::TooShort { characters } | Self::TooLong { characters } => Some(characters),
            Self::MaybeTooLong { utf16, .. } => Some(utf16),
            Self::TooManyBytes { bytes } => Some(bytes),
            Self::AtLimit { count, .. } => Some(count),
            Self::TooFew { items }
            | Self::TooMany { items }
            | Self::TooManyOnInstagram { items } => Some(items),
            Self::OutOfRange { value, .. } => value,
            _ => None,
        }
    }
}

/// The sentence of an issue: displays what is wrong with a member. `name`: what the member is
/// called.
pub(super) struct Sentence<'a> {
    pub(super) violation: &'a Violation<'a>,
    pub(super) name: &'a dyn Display,
    pub(super) member: &'a Member,
}

impl Display for Sentence<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self {
            violation,
            name,
            member,
        } = *self;
        let limits = member.limits;
        let limit = violation
            .limit(limits)
            .or_else(|| violation.kind().limit(limits));
        let limit = limit.unwrap_or(Limit {
            value: 0,
            unit: None,
        });
        let format = requirement(limits.format);
        let (since, instead) = limits.deprecated.unwrap_or_default();
        match *violation {
            Violation::Type { expected, found } => {
                write!(
                    out,
                    "{name} must be {}, not {}.",
                    kind_name(expected),
                    shorten(found)
                )
            }
            Violation::Missing => write!(out, "{name} is required."),
            Violation::Empty => write!(out, "{name} must not be empty."),
            Violation::TooShort { characters } => {
                let found = Limit::new(characters, Unit::Characters);
                write!(out, "{name} has {found}; the least is {limit}.")
            }
            Violation::TooLong { characters } => {
                let found = Limit::new(characters, Unit::Characters);
                let note = truncation_note(limits);
                write!(out, "{name} has {found}; the limit is {limit}{note}.")
            }
            Violation::MaybeTooLong { characters, utf16 } => {
                let found = Limit::new(characters, Unit::Characters);
                write!(
                    out,
                    "{name} has {found}, {utf16} UTF-16 units; the limit is {limit}, and {UNIT_NOTE}."
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
                    "{name} has exactly {found}; the sources disagree whether the limit itself is \
                     allowed."
                )
            }
            Violation::TooFew { items } => {
                let found = Limit::new(items, Unit::Items);
                write!(out, "{name} has {found}; the least is {limit}.")
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
                    "{name} has the unknown value \"{value}\"; known are {known}.{hint}"
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
                    "{name} {value} was withdrawn on {since}: use {instead}."
                )
            }
            Violation::Spelling(Spelling::LetterCase { found, guides }) => {
                let found = shorten(found);
                write!(out, "{name} is written {found}; the guides write {guides}.")
            }
            Violation::Spelling(Spelling::SingleItem) => {
                write!(out, "{name} is an object; most samples have a list of it.")
            }
            Violation::Spelling(Spelling::BooleanAsString) => {
                write!(out, "{name} is a string; the reference has a boolean.")
            }
            Violation::Undocumented {
                value,
                instagram_only: true,
            } => {
                let what = MemberOrValue { name, value };
                write!(
                    out,
                    "{what} is Instagram's own: it is not documented for Messenger."
                )
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
            Violation::Unavailable { value } => {
                write!(
                    out,
                    "{} is not available on Instagram.",
                    MemberOrValue { name, value }
                )
            }
            Violation::Format => write!(out, "{name} must be {format}."),
            Violation::Unusual => write!(out, "{name} is documented as {format}: this is not."),
            Violation::PlainHttp => write!(out, "{name} is an http: address: https: is advised."),
            Violation::Deprecated => {
                write!(out, "{name} is deprecated since {since}: use {instead}.")
            }
            Violation::DeprecatedValue {
                value,
                since,
                instead,
            } => {
                write!(
                    out,
                    "{name} {value} is deprecated since {since}: use {instead}."
                )
            }
        }
    }
}

/// `tag`, or `tag CUSTOMER_FEEDBACK`.
struct MemberOrValue<'a> {
    name: &'a dyn Display,
    value: Option<&'a str>,
}

impl Display for MemberOrValue<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.value {
            None => write!(out, "{}", self.name),
            Some(value) => write!(out, "{} {value}", self.name),
        }
    }
}

/// The enum of a kind, if it is one.
pub(super) fn enum_of(kind: &Kind) -> Option<&'static Enum> {
    match kind {
        Kind::Enum(values) => Some(values),
        Kind::Array(inner) | Kind::Short(inner) | Kind::Drafted(inner) => enum_of(inner),
        _ => None,
    }
}

/// Whether the limits of the member, or of one of its values, are such.
pub(super) fn any_limits(member: &Member, such: impl Fn(&Limits) -> bool) -> bool {
    such(member.limits)
        || enum_of(&member.kind)
            .is_some_and(|values| values.values.iter().any(|value| such(value.limits)))
}

/// What a kind of value is called, with its article.
const fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Enum(_) => "a string",
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

/// The end of the sentences about [`ViolationKind::MaybeTooLong`].
const UNIT_NOTE: &str = "it is not documented whether it counts code points or UTF-16 units";

const fn truncation_note(limits: &Limits) -> &'static str {
    if limits.instagram_truncates {
        " (Instagram cuts the rest)"
    } else {
        ""
    }
}

fn known_values(member: &Member) -> String {
    let values = enum_of(&member.kind).map_or(&[][..], |values| values.values);
    join(values.iter().map(|value| value.name), ", ")
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
