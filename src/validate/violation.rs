//! The violations of a single member: their codes, severities and limits.

use crate::payload::spec::{
    Availability, Enum, Format, Kind, Limits, Member, Platform, Severity, Source, Unit, Withdrawn,
};

/// A violation of one member, with the value that was found.
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
    /// Exactly at the limit, in bytes on Instagram, in characters on Messenger.
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
    /// `written`: the number as written in the JSON. `value`: its value, if it fits an issue.
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
    /// Not written as the guides write it.
    Spelling(Spelling<'a>),
    /// `value`: the undocumented value, if it is not the member itself.
    Undocumented {
        value: Option<&'a str>,
        instagram_only: bool,
    },
    /// `since`: the date since which it is unavailable.
    Unavailable {
        value: Option<&'a str>,
        since: Option<&'a str>,
        source: Option<&'static Source>,
    },
    Format,
    Unusual,
    PlainHttp,
    /// A number above 2^53 - 1, which JavaScript rounds.
    Rounded {
        written: &'a str,
    },
    /// A host that Graph cannot reach.
    Unreachable,
    Deprecated,
    DeprecatedValue {
        value: &'a str,
        since: &'a str,
        instead: &'a str,
    },
}

/// How the spelling differs from the guides.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spelling<'a> {
    /// An enum value in another letter case.
    LetterCase { found: &'a str, guides: &'a str },
    /// A single item instead of a list.
    SingleItem,
    /// A boolean as a string.
    BooleanAsString,
    /// An id as a number.
    IdAsNumber,
}

macro_rules! violation_kinds {
    ($( $name:ident = $suffix:literal, )*) => {
        /// A violation of one member without the value that was found: the subject of a rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum ViolationKind { $($name),* }

        impl ViolationKind {
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The suffix of the rule code.
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
    Rounded = "rounded",
    Unreachable = "unreachable",
    Deprecated = "deprecated",
    DeprecatedValue = "deprecated_value",
}

/// Graph's error code for a list with too many items.
const LIST_TOO_LONG: u32 = 105;
/// Graph's error code for a list with too few items.
const LIST_TOO_SHORT: u32 = 194;

/// A limit and its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) value: u32,
    pub(super) unit: Option<Unit>,
}

impl Limit {
    pub(super) const fn new(value: u32, unit: Unit) -> Self {
        Self {
            value,
            unit: Some(unit),
        }
    }
}

impl ViolationKind {
    /// The severity, unless the caller changes it.
    pub(super) fn severity(self, member: &Member, platform: Platform) -> Severity {
        let is_warning = match self {
            Self::MaybeTooLong
            | Self::AtLimit
            | Self::Decimals
            | Self::Spelling
            | Self::Undocumented
            | Self::Unusual
            | Self::PlainHttp
            | Self::Unreachable
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
            | Self::Rounded
            | Self::Unavailable
            | Self::Format => false,
        };
        if is_warning {
            Severity::Warning
        } else {
            Severity::Error
        }
    }

    /// The limit of the rule, if it has one.
    pub(super) fn limit(self, limits: &Limits) -> Option<Limit> {
        Some(match self {
            Self::TooShort => Limit::new(limits.min, Unit::Characters),
            Self::AtLimit if !limits.warn_at_max => Limit::new(limits.instagram_max, Unit::Bytes),
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

    /// The error code that Graph returns. `0`: not documented.
    pub(super) const fn graph_code(self, limits: &Limits) -> u32 {
        match self {
            _ if limits.graph_code != 0 => limits.graph_code,
            Self::TooMany => LIST_TOO_LONG,
            Self::TooFew => LIST_TOO_SHORT,
            _ => 0,
        }
    }

    /// Whether the violation is possible for a member.
    pub(super) fn applies_to(self, member: &Member) -> bool {
        use Format::{
            Any, CurrencyCode, DigitsAdvised, FacebookUrl, HttpsUrl, Link, NoUrl, PhoneAdvised, Url,
        };
        let limits = member.limits;
        let values = enum_of(&member.kind);
        let is_list = matches!(member.kind, Kind::Array(_));
        let is_text = matches!(
            member.kind,
            Kind::String | Kind::StringOrNumber | Kind::Id | Kind::Short(Kind::String)
        );
        match self {
            Self::Type => !matches!(member.kind, Kind::Any),
            Self::Missing => member.required && !limits.advised,
            Self::Empty => is_text && (member.required || limits.min > 0),
            Self::TooShort => is_text && limits.min > 1,
            Self::TooLong | Self::MaybeTooLong => is_text && limits.max != u32::MAX,
            Self::AtLimit => is_text && (limits.warn_at_max || limits.warn_at_instagram_max),
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
                    || matches!(member.kind, Kind::BooleanOrString | Kind::Id)
                    || values.is_some_and(|values| values.any_case)
            }
            Self::Undocumented => any_limits(member, |limits| {
                limits.instagram_only || limits.instagram == Availability::Undocumented
            }),
            Self::Unavailable => any_limits(member, |limits| {
                matches!(
                    limits.instagram,
                    Availability::Unavailable | Availability::Withdrawn(_)
                )
            }),
            Self::Format => !matches!(limits.format, Any | DigitsAdvised),
            Self::Unusual => matches!(
                limits.format,
                Url | Link
                    | HttpsUrl
                    | FacebookUrl
                    | PhoneAdvised
                    | DigitsAdvised
                    | NoUrl
                    | CurrencyCode
            ),
            Self::PlainHttp => matches!(limits.format, Url | Link | FacebookUrl),
            Self::Rounded => matches!(member.kind, Kind::Id),
            Self::Unreachable => limits.format == Url,
            Self::Deprecated => limits.deprecated.is_some(),
            Self::DeprecatedValue => values.is_some_and(|values| {
                values
                    .values
                    .iter()
                    .any(|value| value.limits.deprecated.is_some())
            }),
        }
    }
}

impl Violation<'_> {
    /// The kind of the violation.
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
            Self::Rounded { .. } => ViolationKind::Rounded,
            Self::Unreachable => ViolationKind::Unreachable,
            Self::Deprecated => ViolationKind::Deprecated,
            Self::DeprecatedValue { .. } => ViolationKind::DeprecatedValue,
        }
    }

    /// The limit in the issue; `None` if the issue counts nothing.
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

    /// The page that documents it, if it is not the member's.
    pub(super) const fn source(&self) -> Option<&'static Source> {
        match self {
            Self::Unavailable { source, .. } => *source,
            _ => None,
        }
    }

    /// The actual value, in the unit of the limit.
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

/// The enum of a kind, if it has one.
pub(super) fn enum_of(kind: &Kind) -> Option<&'static Enum> {
    match kind {
        Kind::Enum(values) => Some(values),
        Kind::Array(inner) | Kind::Short(inner) | Kind::Drafted(inner) => enum_of(inner),
        _ => None,
    }
}

/// Whether the limits of the member, or of one of its enum values, satisfy the condition.
pub(super) fn any_limits(member: &Member, such: impl Fn(&Limits) -> bool) -> bool {
    such(member.limits)
        || enum_of(&member.kind)
            .is_some_and(|values| values.values.iter().any(|value| such(value.limits)))
}
