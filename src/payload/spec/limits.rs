//! The limits of a member, as data next to the field.

use super::{Source, Unit};

/// The availability on Instagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// Documented for Instagram.
    Yes,
    /// Not documented for Instagram: a warning.
    Undocumented,
    /// Documented as not available on Instagram: an error.
    Unavailable,
    /// No longer available on Instagram since this date: an error.
    Withdrawn(&'static str),
}

/// The format of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any string.
    Any,
    /// An absolute `http:` or `https:` URL; `http:` is a warning.
    Url,
    /// The URL that a button opens: as `Url`, but another scheme (an app's own) is a warning.
    Link,
    /// An absolute `https:` URL.
    HttpsUrl,
    /// An absolute URL whose host is `facebook.com` or a subdomain.
    FacebookUrl,
    /// `+`, then digits.
    Phone,
    /// A phone number in the format of customer matching, `+1(212)555-2368`; anything else is a
    /// warning.
    PhoneAdvised,
    /// Digits only; anything else is a warning.
    DigitsAdvised,
    /// Digits only.
    Digits,
    /// Letters, digits and underscores.
    Identifier,
    /// A string without spaces.
    NoSpaces,
    /// A string that contains no web address.
    NoUrl,
    /// Two letters, as in ISO 3166-1.
    CountryCode,
    /// Three capital letters, as in ISO 4217: lowercase is an error, anything else is a warning.
    CurrencyCode,
}

/// The limits of a member, in addition to its type. Built with the `const` functions of this
/// module.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The minimum: characters of a string, items of a list, or the value of a number.
    pub min: u32,
    /// The maximum, inclusive, in the same unit. `u32::MAX`: no limit is documented.
    pub max: u32,
    /// The sources disagree on whether the limit is inclusive: exactly `max` is a warning.
    pub warn_at_max: bool,
    /// The same for Instagram's limit.
    pub warn_at_instagram_max: bool,
    /// The maximum on Instagram, if it differs; for strings in bytes of UTF-8. `0`: no difference.
    pub instagram_max: u32,
    /// Instagram truncates what is too long, so it is a warning there. Messenger has been seen to
    /// do so.
    pub instagram_truncates: bool,
    /// On Instagram, the only item may replace the list: a warning.
    pub single_on_instagram: bool,
    /// The format of a string.
    pub format: Format,
    /// People see the string.
    pub visible: bool,
    /// Its availability on Instagram.
    pub instagram: Availability,
    /// It is documented for Instagram only.
    pub instagram_only: bool,
    /// The error code that Graph answers to a violation. `0`: not documented.
    pub graph_code: u32,
    /// The reference requires the member, but samples omit it: a rule handles its absence.
    pub advised: bool,
    /// Deprecated but still accepted: the date, and what to use instead.
    pub deprecated: Option<(&'static str, &'static str)>,
    /// The unit of a number.
    pub unit: Option<Unit>,
    /// Where this member is documented, if not with its object.
    pub source: Option<&'static Source>,
    /// A number with more decimals than this is a warning. `u32::MAX`: no limit.
    pub decimals: u32,
}

impl Limits {
    /// No limit at all.
    pub const NONE: Self = Self {
        min: 0,
        max: u32::MAX,
        warn_at_max: false,
        warn_at_instagram_max: false,
        instagram_max: 0,
        instagram_truncates: false,
        single_on_instagram: false,
        format: Format::Any,
        visible: false,
        instagram: Availability::Yes,
        instagram_only: false,
        graph_code: 0,
        advised: false,
        deprecated: None,
        unit: None,
        source: None,
        decimals: u32::MAX,
    };

    /// At least this many.
    pub const fn at_least(mut self, min: u32) -> Self {
        self.min = min;
        self
    }

    /// At most this many.
    pub const fn at_most(mut self, max: u32) -> Self {
        self.max = max;
        self
    }

    /// An empty string or list is an error, even if the member is optional.
    pub const fn not_empty(self) -> Self {
        self.at_least(1)
    }

    /// The sources disagree on whether the limit is inclusive: exactly the limit is a warning.
    pub const fn warn_at_max(mut self) -> Self {
        self.warn_at_max = true;
        self
    }

    /// The sources disagree on whether Instagram's limit is inclusive: exactly the limit is a
    /// warning there.
    pub const fn warn_at_instagram_max(mut self) -> Self {
        self.warn_at_instagram_max = true;
        self
    }

    /// Another limit on Instagram: bytes for a string, items for a list.
    pub const fn instagram_at_most(mut self, max: u32) -> Self {
        self.instagram_max = max;
        self
    }

    /// Instagram truncates a string that is too long.
    pub const fn instagram_truncates(mut self) -> Self {
        self.instagram_truncates = true;
        self
    }

    /// Instagram's samples write the only item instead of the list.
    pub const fn single_on_instagram(mut self) -> Self {
        self.single_on_instagram = true;
        self
    }

    /// The format of the string.
    pub const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// People see the string.
    pub const fn visible(mut self) -> Self {
        self.visible = true;
        self
    }

    /// Not documented for Instagram.
    pub const fn messenger_only(mut self) -> Self {
        self.instagram = Availability::Undocumented;
        self
    }

    /// Documented as not available on Instagram.
    pub const fn never_on_instagram(mut self) -> Self {
        self.instagram = Availability::Unavailable;
        self
    }

    /// No longer available on Instagram since a date.
    pub const fn withdrawn_on_instagram(mut self, since: &'static str) -> Self {
        self.instagram = Availability::Withdrawn(since);
        self
    }

    /// Documented for Instagram only.
    pub const fn instagram_only(mut self) -> Self {
        self.instagram_only = true;
        self
    }

    /// The error code that Graph answers to a violation.
    pub const fn graph(mut self, code: u32) -> Self {
        self.graph_code = code;
        self
    }

    /// Required by the reference, omitted by samples: a rule of the object handles its absence.
    pub const fn advised(mut self) -> Self {
        self.advised = true;
        self
    }

    /// Deprecated but still accepted.
    pub const fn deprecated(mut self, since: &'static str, instead: &'static str) -> Self {
        self.deprecated = Some((since, instead));
        self
    }

    /// A number of days.
    pub const fn days(mut self, min: u32, max: u32) -> Self {
        self.unit = Some(Unit::Days);
        self.at_least(min).at_most(max)
    }

    /// This member is documented on another page than its object.
    pub const fn source(mut self, source: &'static Source) -> Self {
        self.source = Some(source);
        self
    }

    /// More decimals than this are a warning.
    pub const fn decimals(mut self, most: u32) -> Self {
        self.decimals = most;
        self
    }
}

/// A string or list of at most this many characters or items.
pub const fn at_most(max: u32) -> Limits {
    Limits::NONE.at_most(max)
}

/// A string or list whose length is in this range.
pub const fn between(min: u32, max: u32) -> Limits {
    Limits::NONE.at_least(min).at_most(max)
}

/// A string of this format.
pub const fn format(format: Format) -> Limits {
    Limits::NONE.format(format)
}

/// A string that people see, of at most this many characters.
pub const fn visible(max: u32) -> Limits {
    Limits::NONE.at_most(max).visible()
}

/// No limits; the starting point of a chain.
pub const fn any() -> Limits {
    Limits::NONE
}
