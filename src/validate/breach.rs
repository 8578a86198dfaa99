//! In which ways one member can be wrong: the ends of the codes, their severities, and their sentences.

use super::format::wanted;
use crate::payload::spec::{Availability, Enum, Kind, Limits, Member, Platform, Severity, Unit};

/// A way in which one member can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breach {
    Type,
    Missing,
    Empty,
    TooShort,
    TooLong,
    MaybeTooLong,
    TooManyBytes,
    AtLimit,
    TooFew,
    TooMany,
    TooManyOnInstagram,
    OutOfRange,
    Decimals,
    UnknownValue,
    Withdrawn,
    Spelling,
    Undocumented,
    Unavailable,
    Format,
    Unusual,
    PlainHttp,
    Deprecated,
    DeprecatedValue,
}

impl Breach {
    /// Every one of them.
    pub(super) const ALL: [Self; 23] = [
        Self::Type,
        Self::Missing,
        Self::Empty,
        Self::TooShort,
        Self::TooLong,
        Self::MaybeTooLong,
        Self::TooManyBytes,
        Self::AtLimit,
        Self::TooFew,
        Self::TooMany,
        Self::TooManyOnInstagram,
        Self::OutOfRange,
        Self::Decimals,
        Self::UnknownValue,
        Self::Withdrawn,
        Self::Spelling,
        Self::Undocumented,
        Self::Unavailable,
        Self::Format,
        Self::Unusual,
        Self::PlainHttp,
        Self::Deprecated,
        Self::DeprecatedValue,
    ];

    /// The end of the code.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Missing => "missing",
            Self::Empty => "empty",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::MaybeTooLong => "maybe_too_long",
            Self::TooManyBytes => "too_many_bytes",
            Self::AtLimit => "at_limit",
            Self::TooFew => "too_few",
            Self::TooMany => "too_many",
            Self::TooManyOnInstagram => "too_many_on_instagram",
            Self::OutOfRange => "out_of_range",
            Self::Decimals => "decimals",
            Self::UnknownValue => "unknown_value",
            Self::Withdrawn => "withdrawn",
            Self::Spelling => "spelling",
            Self::Undocumented => "undocumented",
            Self::Unavailable => "unavailable",
            Self::Format => "format",
            Self::Unusual => "unusual",
            Self::PlainHttp => "https",
            Self::Deprecated => "deprecated",
            Self::DeprecatedValue => "deprecated_value",
        }
    }

    /// How bad it is, for this member.
    pub(super) fn severity(self, member: &Member, platform: Platform) -> Severity {
        let warning = match self {
            Self::MaybeTooLong
            | Self::AtLimit
            | Self::Decimals
            | Self::Spelling
            | Self::Undocumented
            | Self::Unusual
            | Self::PlainHttp
            | Self::Deprecated
            | Self::DeprecatedValue => true,
            Self::TooLong => member.limits.instagram_cuts && platform == Platform::Instagram,
            Self::UnknownValue => values(&member.kind).is_some_and(|values| values.open),
            _ => false,
        };
        if warning { Severity::Warning } else { Severity::Error }
    }

    /// The limit that it is about.
    pub(super) fn limit(self, limits: &Limits) -> (Option<u32>, Option<Unit>) {
        match self {
            Self::TooShort => (Some(limits.min), Some(Unit::Characters)),
            Self::TooLong | Self::MaybeTooLong => (Some(limits.max), Some(Unit::Characters)),
            Self::AtLimit => (Some(limits.max), Some(Unit::Characters)),
            Self::TooManyBytes => (Some(limits.instagram_max), Some(Unit::Bytes)),
            Self::TooFew => (Some(limits.min), Some(Unit::Items)),
            Self::TooMany => (Some(limits.max), Some(Unit::Items)),
            Self::TooManyOnInstagram => (Some(limits.instagram_max), Some(Unit::Items)),
            Self::OutOfRange => (Some(limits.max), limits.unit),
            Self::Decimals => (Some(limits.decimals), None),
            _ => (None, None),
        }
    }
}

/// The enum of a kind, if it is one.
pub(super) fn values(kind: &Kind) -> Option<&'static Enum> {
    match kind {
        Kind::Enum(values) => Some(values),
        Kind::Array(inner) | Kind::Short(inner) | Kind::Drafted(inner) => values(inner),
        _ => None,
    }
}

/// What a kind of value is called, with its article.
pub(super) const fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Enum(_) => "a string",
        Kind::Boolean | Kind::LooseBoolean => "true or false",
        Kind::Integer => "a whole number",
        Kind::Number => "a number",
        Kind::StringOrNumber => "a string or a number",
        Kind::Object(_) | Kind::Union(_) | Kind::AnyObject | Kind::Drafted(_) => "an object",
        Kind::Array(_) => "a list",
        Kind::Short(_) => "a string or an object",
        Kind::Any => "a value",
    }
}

const fn plural(count: u32, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn listed(list: &mut String, item: &str) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(item);
}

/// The sentence of an issue; `found`: what stands there, in words; without it, the sentence of the catalogue.
pub(super) fn sentence(breach: Breach, member: &Member, found: Option<&str>) -> String {
    let name = member.name;
    let limits = member.limits;
    let has = |limit: String| match found {
        Some(found) => format!("{name} has {found}; {limit}."),
        None => format!("{name}: {limit}."),
    };
    let characters = |count: u32| format!("{count} {}", plural(count, "character", "characters"));
    match breach {
        Breach::Type => match found {
            Some(found) => format!("{name} must be {}, not {found}.", kind_name(&member.kind)),
            None => format!("{name} must be {}.", kind_name(&member.kind)),
        },
        Breach::Missing => format!("{name} is required."),
        Breach::Empty => format!("{name} must not be empty."),
        Breach::TooShort => has(format!("the least is {}", characters(limits.min))),
        Breach::TooLong if limits.instagram_cuts => has(format!("the limit is {} (Instagram cuts the rest)", characters(limits.max))),
        Breach::TooLong => has(format!("the limit is {}", characters(limits.max))),
        Breach::MaybeTooLong => {
            has(format!("the limit is {}, and it is not documented whether it counts code points or UTF-16 units", characters(limits.max)))
        }
        Breach::TooManyBytes => has(format!("the limit on Instagram is {} bytes of UTF-8", limits.instagram_max)),
        Breach::AtLimit => match found {
            Some(found) => format!("{name} has exactly {found}; the sources disagree whether the limit itself is allowed."),
            None => format!("{name} is exactly as long as its limit; the sources disagree whether that is allowed."),
        },
        Breach::TooFew => has(format!("the least is {} {}", limits.min, plural(limits.min, "item", "items"))),
        Breach::TooMany => has(format!("the limit is {} {}", limits.max, plural(limits.max, "item", "items"))),
        Breach::TooManyOnInstagram => has(format!("the limit on Instagram is {} items", limits.instagram_max)),
        Breach::OutOfRange => {
            let unit = limits.unit.map_or(String::new(), |unit| format!(" {}", unit.name()));
            match found {
                Some(found) => format!("{name} is {found}; it must be between {} and {}{unit}.", limits.min, limits.max),
                None => format!("{name} must be between {} and {}{unit}.", limits.min, limits.max),
            }
        }
        Breach::Decimals => match found {
            Some(found) => format!("{name} is {found}; most currencies have at most {} decimals.", limits.decimals),
            None => format!("{name} has more decimals than most currencies: {}.", limits.decimals),
        },
        Breach::UnknownValue => {
            let mut known = String::new();
            for value in values(&member.kind).map_or(&[][..], |values| values.values) {
                listed(&mut known, value.name);
            }
            match found {
                Some(found) => format!("{name} has the unknown value {found}; known are {known}."),
                None => format!("{name} has a value that is not known; known are {known}."),
            }
        }
        Breach::Withdrawn => {
            let mut gone = String::new();
            for value in values(&member.kind).map_or(&[][..], |values| values.withdrawn) {
                listed(&mut gone, &format!("{} (since {}; use {})", value.name, value.since, value.instead));
            }
            match found {
                Some(found) => found.to_owned(),
                None => format!("{name} has a value that was withdrawn: {gone}."),
            }
        }
        Breach::Spelling => match found {
            Some(found) => format!("{name} is {found}."),
            None => format!("{name} is spelt in another way than the guides spell it."),
        },
        Breach::Undocumented => match found {
            Some(found) => format!("{found}."),
            None if limits.instagram_only => format!("{name} is Instagram's own: not documented for Messenger."),
            None => format!("{name}, or its value, is not documented for this platform."),
        },
        Breach::Unavailable => match found {
            Some(found) => format!("{found}."),
            None => format!("{name}, or its value, is documented as not available on Instagram."),
        },
        Breach::Format => format!("{name} must be {}.", wanted(limits.format)),
        Breach::Unusual => format!("{name} is documented as {}: this is not.", wanted(limits.format)),
        Breach::PlainHttp => format!("{name} is an http: address: https: is advised."),
        Breach::Deprecated => {
            let (since, instead) = limits.deprecated.unwrap_or_default();
            format!("{name} is deprecated since {since}: use {instead}.")
        }
        Breach::DeprecatedValue => match found {
            Some(found) => found.to_owned(),
            None => format!("{name} has a value that is deprecated."),
        },
    }
}

/// The ways in which this member can be wrong. `list`: it is a list, and its limits count items.
pub(super) fn possible(breach: Breach, member: &Member) -> bool {
    let limits = member.limits;
    let list = matches!(member.kind, Kind::Array(_));
    let text = matches!(member.kind, Kind::String | Kind::StringOrNumber | Kind::Short(Kind::String));
    let formats = limits.format;
    use crate::payload::spec::Format as F;
    match breach {
        Breach::Type => !matches!(member.kind, Kind::Any),
        Breach::Missing => member.required && !limits.advised,
        Breach::Empty => text && (member.required || limits.min > 0),
        Breach::TooShort => text && limits.min > 1,
        Breach::TooLong => text && limits.max != u32::MAX,
        Breach::MaybeTooLong => text && limits.max != u32::MAX,
        Breach::TooManyBytes => text && limits.instagram_max != 0,
        Breach::AtLimit => text && limits.warn_at_max,
        Breach::TooFew => list && limits.min > 0,
        Breach::TooMany => list && limits.max != u32::MAX,
        Breach::TooManyOnInstagram => list && limits.instagram_max != 0,
        Breach::OutOfRange => matches!(member.kind, Kind::Integer),
        Breach::Decimals => matches!(member.kind, Kind::Number) && limits.decimals != u32::MAX,
        Breach::UnknownValue => values(&member.kind).is_some(),
        Breach::Withdrawn => values(&member.kind).is_some_and(|values| !values.withdrawn.is_empty()),
        Breach::Spelling => matches!(member.kind, Kind::LooseBoolean) || values(&member.kind).is_some_and(|values| values.any_case),
        Breach::Undocumented => any_limits(member, |limits| limits.instagram_only || limits.instagram == Availability::Undocumented),
        Breach::Unavailable => any_limits(member, |limits| limits.instagram == Availability::Unavailable),
        Breach::Format => !matches!(formats, F::Any | F::LoosePhone | F::DigitsAdvised),
        Breach::Unusual => matches!(formats, F::Url | F::Link | F::HttpsUrl | F::FacebookUrl | F::LoosePhone | F::DigitsAdvised | F::NoUrl),
        Breach::PlainHttp => matches!(formats, F::Url | F::Link | F::FacebookUrl),
        Breach::Deprecated => limits.deprecated.is_some(),
        Breach::DeprecatedValue => values(&member.kind).is_some_and(|values| values.values.iter().any(|value| value.limits.deprecated.is_some())),
    }
}

/// The limits of the member, or of one of its values, are so.
pub(super) fn any_limits(member: &Member, so: impl Fn(&Limits) -> bool) -> bool {
    so(member.limits) || values(&member.kind).is_some_and(|values| values.values.iter().any(|value| so(value.limits)))
}
