//! The vocabulary in which the payloads are declared: what an object, a member, an enum and a rule are.
//!
//! Everything that is made from the declarations (the checks, the catalogue of rules, the TypeScript types, the JSON Schema)
//! reads these tables and nothing else. They are `static` data: reading a message allocates nothing for them.

use super::facts::{Findings, Members};

/// A page of the API's documentation, and the date of its wording.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The page's address.
    pub url: &'static str,
    /// The date of the wording that was read: `YYYY-MM-DD`, or less where the page does not tell. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub date: &'static str,
}

/// Which product of Meta the message goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Platform {
    /// Facebook Messenger.
    #[default]
    Messenger,
    /// Instagram messaging.
    Instagram,
}

impl Platform {
    /// The name that the options and the catalogue use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Messenger => "messenger",
            Self::Instagram => "instagram",
        }
    }
}

/// How bad an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The API refuses it, or it cannot be meant. A request with an error is not valid.
    Error,
    /// Unwise, disputed or undocumented. The request stays valid.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Characters of a text. The API does not say of which kind: see [`crate::validate`].
    Characters,
    /// Bytes of UTF-8.
    Bytes,
    /// Members of a list.
    Items,
    /// Days.
    Days,
}

impl Unit {
    /// The name that issues and the catalogue use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Bytes => "bytes",
            Self::Items => "items",
            Self::Days => "days",
        }
    }
}

/// A rule that is not a limit of one member: between members, or of the text as a whole.
#[derive(Debug)]
pub struct Rule {
    /// The stable name.
    pub code: &'static str,
    /// Its severity, unless the caller changes it.
    pub severity: Severity,
    /// What is wrong, and what to do, in a sentence.
    pub summary: &'static str,
    /// The platform it is for; none: both.
    pub platform: Option<Platform>,
    /// Since when it holds.
    pub since: Option<&'static str>,
    /// What Graph answers, where documented.
    pub graph_code: Option<u32>,
    /// Where it is documented.
    pub source: &'static Source,
    /// It tells that the text cannot be read at all: no option changes its severity.
    pub fixed: bool,
}

impl Rule {
    /// A rule whose breach is an error.
    pub const fn error(code: &'static str, summary: &'static str, source: &'static Source) -> Self {
        Self { code, severity: Severity::Error, summary, platform: None, since: None, graph_code: None, source, fixed: false }
    }

    /// A rule whose breach is a warning.
    pub const fn warning(code: &'static str, summary: &'static str, source: &'static Source) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, summary, source) }
    }

    /// Graph answers it with this code.
    pub const fn graph(mut self, code: u32) -> Self {
        self.graph_code = Some(code);
        self
    }

    /// It holds since this date.
    pub const fn since(mut self, date: &'static str) -> Self {
        self.since = Some(date);
        self
    }

    /// It holds on one platform only.
    pub const fn on(mut self, platform: Platform) -> Self {
        self.platform = Some(platform);
        self
    }

    /// No option changes its severity.
    pub const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }
}

/// Whether something exists on Instagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// Documented there.
    Yes,
    /// Not documented there: a warning.
    Undocumented,
    /// Documented as not available there: an error.
    Unavailable,
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
    /// A telephone number as customer matching takes it, `+1(212)555-2368`: anything else is a warning.
    LoosePhone,
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
    /// The most on Instagram, where it differs. Texts: in bytes of UTF-8. `0`: no difference.
    pub instagram_max: u32,
    /// Instagram cuts what is too long: a warning there.
    pub instagram_cuts: bool,
    /// On Instagram a list may be its only item: a warning.
    pub lone_on_instagram: bool,
    /// What a text must look like.
    pub format: Format,
    /// Whether it exists on Instagram.
    pub instagram: Availability,
    /// It is Instagram's own: not documented for Messenger.
    pub instagram_only: bool,
    /// What Graph answers to a breach, where documented. `0`: not documented.
    pub graph_code: u32,
    /// The member is required by the reference, but samples leave it out: its absence is left to a rule.
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
        instagram_max: 0,
        instagram_cuts: false,
        lone_on_instagram: false,
        format: Format::Any,
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

    /// Another limit on Instagram: bytes for a text, items for a list.
    pub const fn instagram_at_most(mut self, max: u32) -> Self {
        self.instagram_max = max;
        self
    }

    /// Instagram cuts a text that is too long by itself.
    pub const fn instagram_cuts(mut self) -> Self {
        self.instagram_cuts = true;
        self
    }

    /// Instagram's samples write the only item of the list in its place.
    pub const fn lone_on_instagram(mut self) -> Self {
        self.lone_on_instagram = true;
        self
    }

    /// What the text must look like.
    pub const fn format(mut self, format: Format) -> Self {
        self.format = format;
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

/// No limit but what is said next.
pub const fn any() -> Limits {
    Limits::NONE
}

/// What kind of JSON value a member takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text.
    String,
    /// `true` or `false`.
    Boolean,
    /// `true` or `false`; as the texts `"true"` and `"false"` with a warning, since samples write both.
    LooseBoolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A text or a number.
    StringOrNumber,
    /// One of some texts.
    Enum(&'static Enum),
    /// An object.
    Object(&'static Object),
    /// One of some objects; a member says which.
    Union(&'static Union),
    /// A list.
    Array(&'static Kind),
    /// A text, which is short for the other kind.
    Short(&'static Kind),
    /// As the other kind, but its buttons may stand without their `type`.
    Drafted(&'static Kind),
    /// Any object; its members are the caller's.
    AnyObject,
    /// Any value.
    Any,
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether the object is wrong without it.
    pub required: bool,
    /// Its limits.
    pub limits: &'static Limits,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
}

/// An object of the wire.
#[derive(Debug)]
pub struct Object {
    /// Its name in Rust, TypeScript and the JSON Schema. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub name: &'static str,
    /// What its rules' codes begin with.
    pub prefix: &'static str,
    /// Its members, at most 64.
    pub members: &'static [Member],
    /// The required ones, as bits.
    pub required: u64,
    /// Of each of these sets of members exactly one must be there.
    pub exactly_one: Option<Choice>,
    /// Its rules between members.
    pub rules: &'static [&'static Rule],
    /// The function that finds their breaches.
    pub check: Option<Check>,
    /// Its forms, for the types: see [`Shape`]. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub shapes: &'static [Shape],
    /// The object is this package's own, not the API's: the rule of its unknown members. What its members hold is checked
    /// where it goes.
    pub closed: Option<&'static Rule>,
    /// Where it is documented.
    pub source: &'static Source,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
}

/// A set of members of which exactly one must be there.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The members, as bits.
    pub members: u64,
    /// None of them is there.
    pub none: &'static Rule,
    /// Several of them are there. `None`: the object's own check looks for that.
    pub several: Option<&'static Rule>,
}

/// Finds the breaches of an object's rules, and returns what its parent needs to know of it (`0`: nothing).
pub type Check = fn(&Members<'_>, &mut Findings<'_>) -> u32;

/// One of the forms that an object takes, for the types: which members are needed, which are out.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its name in TypeScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// What differs from the object.
    pub terms: &'static [(&'static str, Term)],
}

/// What a shape says of a member.
#[derive(Clone, Copy, Debug)]
pub enum Term {
    /// It must be there.
    Needed,
    /// It must not be there.
    Never,
    /// It must be there, with one of these values.
    Is(&'static [&'static str]),
    /// It may be there, with one of these values.
    MayBe(&'static [&'static str]),
    /// It must be there, in this named shape or variant of its type; several are joined by `|`.
    As(&'static str),
}

/// A value of an enum.
#[derive(Debug)]
pub struct Value {
    /// The text on the wire.
    pub name: &'static str,
    /// Whether it exists on Instagram; whether it is deprecated.
    pub limits: &'static Limits,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
}

impl Member {
    /// A member of a type, with its limits.
    pub const fn new(name: &'static str, kind: Kind, optional: bool, limits: &'static Limits, doc: &'static str) -> Self {
        #[cfg(target_arch = "wasm32")]
        let _ = doc;
        Self {
            name: wire_name(name),
            kind,
            required: !optional,
            limits,
            #[cfg(not(target_arch = "wasm32"))]
            doc,
        }
    }
}

impl Value {
    /// A value, with its limits.
    pub const fn new(name: &'static str, limits: &'static Limits, doc: &'static str) -> Self {
        #[cfg(target_arch = "wasm32")]
        let _ = doc;
        Self {
            name,
            limits,
            #[cfg(not(target_arch = "wasm32"))]
            doc,
        }
    }
}

impl Enum {
    /// An enum of these values.
    pub const fn new(name: &'static str, source: &'static Source, values: &'static [Value], doc: &'static str) -> Self {
        #[cfg(target_arch = "wasm32")]
        let _ = (name, doc);
        Self {
            #[cfg(not(target_arch = "wasm32"))]
            name,
            values,
            withdrawn: &[],
            any_case: false,
            open: false,
            source,
            #[cfg(not(target_arch = "wasm32"))]
            doc,
        }
    }

    /// These values are no more.
    pub const fn withdrawn(mut self, withdrawn: &'static [Withdrawn]) -> Self {
        self.withdrawn = withdrawn;
        self
    }

    /// The sources write it in different letter cases.
    pub const fn any_case(mut self) -> Self {
        self.any_case = true;
        self
    }

    /// The sources do not list every value.
    pub const fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// The place of a value in the table, found when the crate is compiled.
    #[allow(clippy::panic)] // Evaluated by the compiler only.
    pub const fn position(&self, name: &str) -> u16 {
        let mut rest = self.values;
        let mut at = 0;
        while let [first, tail @ ..] = rest {
            if same(first.name, name) {
                return at;
            }
            rest = tail;
            at += 1;
        }
        panic!("no value of that name")
    }
}

impl Withdrawn {
    /// A value that is refused since a date.
    pub const fn new(name: &'static str, since: &'static str, instead: &'static str) -> Self {
        Self { name, since, instead, graph_code: 0 }
    }

    /// Graph answers with this code.
    pub const fn graph(mut self, code: u32) -> Self {
        self.graph_code = code;
        self
    }
}

/// A value that the API took once.
#[derive(Debug)]
pub struct Withdrawn {
    /// The text on the wire.
    pub name: &'static str,
    /// Since when it is refused.
    pub since: &'static str,
    /// What to use instead.
    pub instead: &'static str,
    /// What Graph answers.
    pub graph_code: u32,
}

/// A text of which only some values are taken.
#[derive(Debug)]
pub struct Enum {
    /// Its name in Rust and TypeScript. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub name: &'static str,
    /// The values.
    pub values: &'static [Value],
    /// The values that are no more.
    pub withdrawn: &'static [Withdrawn],
    /// The sources write it in different letter cases: another case is a warning.
    pub any_case: bool,
    /// The sources do not list every value: another one is a warning.
    pub open: bool,
    /// Where it is documented.
    pub source: &'static Source,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
}

/// One of several objects; the text of one member says which.
#[derive(Debug)]
pub struct Union {
    /// Its name in Rust, TypeScript and the JSON Schema. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub name: &'static str,
    /// What its rules' codes begin with.
    pub prefix: &'static str,
    /// The member that tells them apart; its kind is the enum of the tags.
    pub tag: Member,
    /// The objects, in the order of the tag's values.
    pub variants: &'static [&'static Object],
    /// Where it is documented.
    pub source: &'static Source,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
}

/// The bits of a union's summary that say which variant it is: bit `n` for the `n`th. What the variant's own check said stands
/// above them. A union has at most 16 variants.
pub const UNION_BITS: u32 = 0xffff;

/// What every type of the wire can say of itself.
pub trait Wire {
    /// The kind of JSON value that it is.
    const KIND: Kind;
    /// It may be left out.
    const OPTIONAL: bool = false;
    /// It is not there, and is not written.
    fn is_absent(&self) -> bool {
        false
    }
}

impl Wire for String {
    const KIND: Kind = Kind::String;
}

impl Wire for bool {
    const KIND: Kind = Kind::Boolean;
}

impl Wire for u32 {
    const KIND: Kind = Kind::Integer;
}

impl Wire for serde_json::Number {
    const KIND: Kind = Kind::Number;
}

impl Wire for serde_json::Value {
    const KIND: Kind = Kind::Any;
}

impl Wire for serde_json::Map<String, serde_json::Value> {
    const KIND: Kind = Kind::AnyObject;
}

impl<T: Wire> Wire for Option<T> {
    const KIND: Kind = T::KIND;
    const OPTIONAL: bool = true;
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Wire for Box<T> {
    const KIND: Kind = T::KIND;
}

impl<T: Wire> Wire for Vec<T> {
    const KIND: Kind = Kind::Array(&T::KIND);
}

/// The wire's name of a Rust identifier: without a raw identifier's mark.
pub const fn wire_name(name: &str) -> &str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, rest_a @ ..], [y, rest_b @ ..]) if *x == *y => {
                a = rest_a;
                b = rest_b;
            }
            _ => return false,
        }
    }
}

/// The place of a member in a table, found when the crate is compiled; an unknown name does not compile.
#[allow(clippy::panic)] // Evaluated by the compiler only.
pub const fn position(members: &[Member], name: &str) -> usize {
    let mut rest = members;
    let mut at = 0;
    while let [first, tail @ ..] = rest {
        if same(first.name, wire_name(name)) {
            return at;
        }
        rest = tail;
        at += 1;
    }
    panic!("no member of that name")
}

const fn required_bits(members: &[Member]) -> u64 {
    let mut rest = members;
    let mut bit = 1;
    let mut bits = 0;
    while let [first, tail @ ..] = rest {
        if first.required {
            bits |= bit;
        }
        bit <<= 1;
        rest = tail;
    }
    bits
}

impl Object {
    /// An object with these members.
    pub const fn new(name: &'static str, prefix: &'static str, source: &'static Source, members: &'static [Member], doc: &'static str) -> Self {
        #[cfg(target_arch = "wasm32")]
        let _ = (name, doc);
        Self {
            #[cfg(not(target_arch = "wasm32"))]
            name,
            prefix,
            members,
            required: required_bits(members),
            exactly_one: None,
            rules: &[],
            check: None,
            #[cfg(not(target_arch = "wasm32"))]
            shapes: &[],
            closed: None,
            source,
            #[cfg(not(target_arch = "wasm32"))]
            doc,
        }
    }

    /// Its rules between members, and the function that finds their breaches.
    pub const fn rules(mut self, rules: &'static [&'static Rule], check: Check) -> Self {
        self.rules = rules;
        self.check = Some(check);
        self
    }

    /// Exactly one of these members must be there.
    pub const fn exactly_one(self, names: &[&str], none: &'static Rule, several: &'static Rule) -> Self {
        self.choice(names, none, Some(several))
    }

    /// Exactly one of these members must be there; the object's own check looks for several.
    pub const fn one_of(self, names: &[&str], none: &'static Rule) -> Self {
        self.choice(names, none, None)
    }

    const fn choice(mut self, names: &[&str], none: &'static Rule, several: Option<&'static Rule>) -> Self {
        let mut bits = 0;
        let mut rest = names;
        while let [first, tail @ ..] = rest {
            bits |= 1 << position(self.members, first);
            rest = tail;
        }
        self.exactly_one = Some(Choice { members: bits, none, several });
        self
    }

    /// Its forms.
    #[cfg_attr(target_arch = "wasm32", allow(unused_mut, unused_variables))]
    pub const fn shapes(mut self, shapes: &'static [Shape]) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.shapes = shapes;
        }
        self
    }

    /// This package's own object: unknown members break this rule.
    pub const fn closed(mut self, unknown: &'static Rule) -> Self {
        self.closed = Some(unknown);
        self
    }
}
