//! In which ways one member can be wrong: the ends of the codes, their severities, and their sentences.

use super::format::wanted;
use super::issue::listed;
use crate::payload::spec::{Availability, Enum, Format, Kind, Limits, Member, Platform, Severity, Unit};
use crate::words::{add, cut, decimal, fill, joined};

/// Which limit a breach is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    None,
    Min,
    Max,
    OnInstagram,
    Decimals,
}

/// What there is to say of a breach.
struct Row {
    /// The end of the code.
    suffix: &'static str,
    warning: bool,
    count: Count,
    unit: Option<Unit>,
    /// The sentence of an issue. `%m` is the member, `%f` what was found, `%x` the limit with its unit, `%l` the least; the rest is
    /// in [`sentence`].
    found: &'static str,
    /// The sentence of the catalogue.
    plain: &'static str,
}

const fn error(suffix: &'static str, found: &'static str, plain: &'static str) -> Row {
    Row { suffix, warning: false, count: Count::None, unit: None, found, plain }
}

const fn warning(suffix: &'static str, found: &'static str, plain: &'static str) -> Row {
    Row { warning: true, ..error(suffix, found, plain) }
}

impl Row {
    const fn of(mut self, count: Count, unit: Option<Unit>) -> Self {
        self.count = count;
        self.unit = unit;
        self
    }
}

macro_rules! breaches {
    ($( $name:ident = $row:expr; )*) => {
        /// A way in which one member can be wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Breach { $($name),* }

        impl Breach {
            /// Every one of them.
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];

            fn row(self) -> &'static Row {
                match self { $( Self::$name => { static ROW: Row = $row; &ROW } )* }
            }
        }
    };
}

const CHARACTERS: Option<Unit> = Some(Unit::Characters);
const ITEMS: Option<Unit> = Some(Unit::Items);

breaches! {
    Type = error("type", "%m must be %k, not %f.", "%m must be %k.");
    Missing = error("missing", "%m is required.", "%m is required.");
    Empty = error("empty", "%m must not be empty.", "%m must not be empty.");
    TooShort = error("too_short", "%m has %f; the least is %x.", "%m: the least is %x.").of(Count::Min, CHARACTERS);
    TooLong = error("too_long", "%m has %f; the limit is %x%c.", "%m: the limit is %x%c.").of(Count::Max, CHARACTERS);
    MaybeTooLong = warning(
        "maybe_too_long",
        "%m has %f; the limit is %x, and it is not documented whether it counts code points or UTF-16 units.",
        "%m: the limit is %x, and it is not documented whether it counts code points or UTF-16 units.",
    ).of(Count::Max, CHARACTERS);
    TooManyBytes = error("too_many_bytes", "%m has %f; the limit on Instagram is %x.", "%m: the limit on Instagram is %x.")
        .of(Count::OnInstagram, Some(Unit::Bytes));
    AtLimit = warning(
        "at_limit",
        "%m has exactly %f; the sources disagree whether the limit itself is allowed.",
        "%m is exactly as long as its limit; the sources disagree whether that is allowed.",
    ).of(Count::Max, CHARACTERS);
    TooFew = error("too_few", "%m has %f; the least is %x.", "%m: the least is %x.").of(Count::Min, ITEMS);
    TooMany = error("too_many", "%m has %f; the limit is %x.", "%m: the limit is %x.").of(Count::Max, ITEMS);
    TooManyOnInstagram = error("too_many_on_instagram", "%m has %f; the limit on Instagram is %x.", "%m: the limit on Instagram is %x.")
        .of(Count::OnInstagram, ITEMS);
    OutOfRange = error("out_of_range", "%m is %f; it must be between %l and %x.", "%m must be between %l and %x.").of(Count::Max, None);
    Decimals = warning("decimals", "%m is %f; most currencies have at most %x decimals.", "%m has more decimals than most currencies: %x.")
        .of(Count::Decimals, None);
    UnknownValue = error("unknown_value", "%m has the unknown value %f; known are %v.", "%m has a value that is not known; known are %v.");
    Withdrawn = error("withdrawn", "%f", "%m has a value that was withdrawn: %g.");
    Spelling = warning("spelling", "%m is %f.", "%m is spelt in another way than the guides spell it.");
    Undocumented = warning("undocumented", "%f.", "%m%o.");
    Unavailable = error("unavailable", "%f.", "%m, or its value, is documented as not available on Instagram.");
    Format = error("format", "%m must be %w.", "%m must be %w.");
    Unusual = warning("unusual", "%m is documented as %w: this is not.", "%m is documented as %w: this is not.");
    PlainHttp = warning("https", "%m is an http: address: https: is advised.", "%m is an http: address: https: is advised.");
    Deprecated = warning("deprecated", "%m is deprecated since %s: use %i.", "%m is deprecated since %s: use %i.");
    DeprecatedValue = warning("deprecated_value", "%f", "%m has a value that is deprecated.");
}

impl Breach {
    /// The end of the code.
    pub(super) fn suffix(self) -> &'static str {
        self.row().suffix
    }

    /// How bad it is, for this member.
    pub(super) fn severity(self, member: &Member, platform: Platform) -> Severity {
        let warning = self.row().warning
            || match self {
                Self::TooLong => member.limits.instagram_cuts && platform == Platform::Instagram,
                Self::UnknownValue => values(&member.kind).is_some_and(|values| values.open),
                _ => false,
            };
        if warning { Severity::Warning } else { Severity::Error }
    }

    /// The limit that it is about.
    pub(super) fn limit(self, limits: &Limits) -> (Option<u32>, Option<Unit>) {
        let row = self.row();
        let limit = match row.count {
            Count::None => return (None, None),
            Count::Min => limits.min,
            Count::Max => limits.max,
            Count::OnInstagram => limits.instagram_max,
            Count::Decimals => limits.decimals,
        };
        (Some(limit), if self == Self::OutOfRange { limits.unit } else { row.unit })
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
const fn kind_name(kind: &Kind) -> &'static str {
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

/// So many of what a limit counts, in words.
pub(super) fn counted(count: u32, unit: Option<Unit>) -> String {
    let number = decimal(count.into());
    let Some(unit) = unit else { return number };
    let name = match (unit, count) {
        (Unit::Bytes, _) => "bytes of UTF-8",
        // The plural without its last letter.
        (_, 1) => unit.name().strip_suffix('s').unwrap_or_default(),
        _ => unit.name(),
    };
    joined(&[&number, " ", name])
}

/// The sentence of an issue; `found`: what stands there, in words; without it, the sentence of the catalogue. `name`: what the
/// member is called.
pub(super) fn sentence(breach: Breach, name: &str, member: &Member, kind: &Kind, found: Option<&str>) -> String {
    let row = breach.row();
    let limits = member.limits;
    let mut out = String::new();
    let mut rest = if found.is_some() { row.found } else { row.plain };
    while let Some((before, behind)) = cut(rest, b"%") {
        add(&mut out, before);
        let (sign, behind) = behind.split_at_checked(1).unwrap_or_default();
        rest = behind;
        let made;
        add(
            &mut out,
            match sign {
                "m" => name,
                "f" => found.unwrap_or_default(),
                "k" => kind_name(kind),
                "w" => wanted(limits.format),
                "s" => limits.deprecated.unwrap_or_default().0,
                "i" => limits.deprecated.unwrap_or_default().1,
                "c" if limits.instagram_cuts => " (Instagram cuts the rest)",
                "o" if limits.instagram_only => " is Instagram's own: not documented for Messenger",
                "o" => ", or its value, is not documented for this platform",
                _ => {
                    made = match sign {
                        "l" => decimal(limits.min.into()),
                        "x" => {
                            let (limit, unit) = breach.limit(limits);
                            counted(limit.unwrap_or_default(), unit)
                        }
                        "v" => known(member),
                        "g" => gone(member),
                        _ => String::new(),
                    };
                    &made
                }
            },
        );
    }
    add(&mut out, rest);
    out
}

/// The values of an enum, in words.
fn known(member: &Member) -> String {
    let mut list = String::new();
    for value in values(&member.kind).map_or(&[][..], |values| values.values) {
        listed(&mut list, ", ", value.name);
    }
    list
}

/// The withdrawn values of an enum, in words.
fn gone(member: &Member) -> String {
    let mut list = String::new();
    for value in values(&member.kind).map_or(&[][..], |values| values.withdrawn) {
        listed(&mut list, ", ", &fill("% (since %; use %)", &[value.name, value.since, value.instead]));
    }
    list
}

/// Whether this member can be wrong so.
pub(super) fn possible(breach: Breach, member: &Member) -> bool {
    let limits = member.limits;
    let values = values(&member.kind);
    let list = matches!(member.kind, Kind::Array(_));
    let text = matches!(member.kind, Kind::String | Kind::StringOrNumber | Kind::Short(Kind::String));
    let counts = match breach.row().unit {
        Some(Unit::Characters | Unit::Bytes) => text,
        Some(_) => list,
        None => true,
    };
    counts
        && match breach {
            Breach::Type => !matches!(member.kind, Kind::Any),
            Breach::Missing => member.required && !limits.advised,
            Breach::Empty => text && (member.required || limits.min > 0),
            Breach::TooShort => limits.min > 1,
            Breach::TooFew => limits.min > 0,
            Breach::TooLong | Breach::MaybeTooLong | Breach::TooMany => limits.max != u32::MAX,
            Breach::TooManyBytes | Breach::TooManyOnInstagram => limits.instagram_max != 0,
            Breach::AtLimit => limits.warn_at_max,
            Breach::OutOfRange => matches!(member.kind, Kind::Integer),
            Breach::Decimals => matches!(member.kind, Kind::Number) && limits.decimals != u32::MAX,
            Breach::UnknownValue => values.is_some(),
            Breach::Withdrawn => values.is_some_and(|values| !values.withdrawn.is_empty()),
            Breach::Spelling => limits.lone_on_instagram || matches!(member.kind, Kind::LooseBoolean) || values.is_some_and(|values| values.any_case),
            Breach::Undocumented => any_limits(member, &|limits| limits.instagram_only || limits.instagram == Availability::Undocumented),
            Breach::Unavailable => any_limits(member, &|limits| limits.instagram == Availability::Unavailable),
            Breach::Format => !matches!(limits.format, Format::Any | Format::DigitsAdvised),
            Breach::Unusual => {
                use Format::{DigitsAdvised, FacebookUrl, HttpsUrl, Link, LoosePhone, NoUrl, Url};
                matches!(limits.format, Url | Link | HttpsUrl | FacebookUrl | LoosePhone | DigitsAdvised | NoUrl)
            }
            Breach::PlainHttp => matches!(limits.format, Format::Url | Format::Link | Format::FacebookUrl),
            Breach::Deprecated => limits.deprecated.is_some(),
            Breach::DeprecatedValue => values.is_some_and(|values| values.values.iter().any(|value| value.limits.deprecated.is_some())),
        }
}

/// The limits of the member, or of one of its values, are so.
#[inline(never)]
pub(super) fn any_limits(member: &Member, so: &dyn Fn(&Limits) -> bool) -> bool {
    so(member.limits) || values(&member.kind).is_some_and(|values| values.values.iter().any(|value| so(value.limits)))
}
