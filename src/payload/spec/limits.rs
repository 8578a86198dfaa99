//! The limits of a member, as data beside the field.

use super::{Source, Unit};

/// Whether something exists on Instagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// Documented there.
    Yes,
    /// Not documented there: a warning.
    Undocumented,
    /// Documented as not available there: an error.
    Unavailable,
    /// Not available there any more, since this date: an error.
    Withdrawn(&'static str),
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any text.
    Any,
    /// An absolute `http:` or `https:` address; `http:` is a warning.
    Url,
    /// The address that a button opens: as `Url`, but another scheme (an app's own) is a warning.
    Link,
    /// An absolute `https:` address.
    HttpsUrl,
    /// An absolute address whose host is `facebook.com` or below it.
    FacebookUrl,
    /// `+`, then digits.
    Phone,
    /// A telephone number as customer matching takes it, `+1(212)555-2368`: anything else is a
    /// warning.
    PhoneAdvised,
    /// Digits only; anything else is a warning.
    DigitsAdvised,
    /// Digits only.
    Digits,
    /// Letters, digits and underscores.
    Identifier,
    /// A text without white space.
    NoSpaces,
    /// A text without a web address in it.
    NoUrl,
    /// Two letters, as ISO 3166-1 has them.
    CountryCode,
    /// Three capital letters, as ISO 4217 has them: small letters are wrong, anything else is a
    /// warning.
    CurrencyCode,
}

/// The limits of a member, beside its type. Built with the `const` functions of this module.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The least: characters of a text, items of a list, or a number's value.
    pub min: u32,
    /// The most, inclusive: likewise. `u32::MAX`: no limit is documented.
    pub max: u32,
    /// The sources disagree on the limit itself: exactly `max` is a warning.
    pub warn_at_max: bool,
    /// The same of Instagram's limit.
    pub warn_at_instagram_max: bool,
    /// The most on Instagram, where it differs. Texts: in bytes of UTF-8. `0`: no difference.
    pub instagram_max: u32,
    /// Instagram cuts what is too long: a warning there. Messenger has been seen to do so.
    pub instagram_truncates: bool,
    /// On Instagram a list may be its only item: a warning.
    pub single_on_instagram: bool,
    /// What a text must look like.
    pub format: Format,
    /// People see the text.
    pub visible: bool,
    /// Whether it exists on Instagram.
    pub instagram: Availability,
    /// It is Instagram's own: not documented for Messenger.
    pub instagram_only: bool,
    /// What Graph answers to a breach, where documented. `0`: not documented.
    pub graph_code: u32,
    /// The member is required by the reference, but samples leave it out: its absence is left to a
    /// rule.
    pub advised: bool,
    /// Deprecated but served: since when, and what to use instead.
    pub deprecated: Option<(&'static str, &'static str)>,
    /// What a number counts.
    pub unit: Option<Unit>,
    /// Where this member is documented, if not where its object is.
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

    /// At least so many.
    pub const fn at_least(mut self, min: u32) -> Self {
        self.min = min;
        self
    }

    /// At most so many.
    pub const fn at_most(mut self, max: u32) -> Self {
        self.max = max;
        self
    }

    /// An empty text or list is an error, also where the member is optional.
    pub const fn not_empty(self) -> Self {
        self.at_least(1)
    }

    /// The sources disagree whether the limit is inclusive: exactly the limit is a warning.
    pub const fn warn_at_max(mut self) -> Self {
        self.warn_at_max = true;
        self
    }

    /// The sources disagree whether Instagram's limit is inclusive: exactly that is a warning there.
    pub const fn warn_at_instagram_max(mut self) -> Self {
        self.warn_at_instagram_max = true;
        self
    }

    /// Another limit on Instagram: bytes for a text, items for a list.
    pub const fn instagram_at_most(mut self, max: u32) -> Self {
        self.instagram_max = max;
        self
    }

    /// Instagram cuts a text that is too long by itself.
    pub const fn instagram_truncates(mut self) -> Self {
        self.instagram_truncates = true;
        self
    }

    /// Instagram's samples write the only item of the list in its place.
    pub const fn single_on_instagram(mut self) -> Self {
        self.single_on_instagram = true;
        self
    }

    /// What the text must look like.
    pub const fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// People see the text.
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

    /// Not available on Instagram any more, since a date.
    pub const fn withdrawn_on_instagram(mut self, since: &'static str) -> Self {
        self.instagram = Availability::Withdrawn(since);
        self
    }

    /// Instagram's own: not documented for Messenger.
    pub const fn instagram_only(mut self) -> Self {
        self.instagram_only = true;
        self
    }

    /// What Graph answers to a breach.
    pub const fn graph(mut self, code: u32) -> Self {
        self.graph_code = code;
        self
    }

    /// Required by the reference, left out by samples: its absence is left to a rule of the object.
    pub const fn advised(mut self) -> Self {
        self.advised = true;
        self
    }

    /// Deprecated but served.
    pub const fn deprecated(mut self, since: &'static str, instead: &'static str) -> Self {
        self.deprecated = Some((since, instead));
        self
    }

    /// A number of days.
    pub const fn days(mut self, min: u32, max: u32) -> Self {
        self.unit = Some(Unit::Days);
        self.at_least(min).at_most(max)
    }

    /// Another page than the object's documents this member.
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

/// A text or a list of at most so many characters or items.
pub const fn at_most(max: u32) -> Limits {
    Limits::NONE.at_most(max)
}

/// A list of between so many and so many items.
pub const fn between(min: u32, max: u32) -> Limits {
    Limits::NONE.at_least(min).at_most(max)
}

/// A text that looks like this.
pub const fn format(format: Format) -> Limits {
    Limits::NONE.format(format)
}

/// A text that people see, of at most so many characters.
pub const fn visible(max: u32) -> Limits {
    Limits::NONE.at_most(max).visible()
}

/// No limit but what is said next.
pub const fn any() -> Limits {
    Limits::NONE
}
