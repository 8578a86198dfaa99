//! The kinds of JSON value that a member takes.

use super::{Limits, Member, Object, Source, same};

/// The kind of JSON value that a member takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A string.
    String,
    /// `true` or `false`.
    Boolean,
    /// `true` or `false`; the strings `"true"` and `"false"` with a warning, since samples write
    /// both.
    BooleanOrString,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A string or a number.
    StringOrNumber,
    /// An id as a string; as a number with a warning, since clients write both.
    Id,
    /// One of several strings.
    Enum(&'static Enum),
    /// An object.
    Object(&'static Object),
    /// One of several objects; the value of a member says which.
    Union(&'static Union),
    /// A list.
    Array(&'static Kind),
    /// A string, as the short form of the other kind.
    Short(&'static Kind),
    /// The other kind, whose buttons may omit their `type`.
    Drafted(&'static Kind),
    /// Any object; its members are the caller's.
    AnyObject,
    /// Any value.
    Any,
}

/// A string enum.
#[derive(Debug)]
pub struct Enum {
    /// Its name in Rust and TypeScript. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub name: &'static str,
    /// The values.
    pub values: &'static [Value],
    /// The withdrawn values.
    pub withdrawn: &'static [Withdrawn],
    /// The sources write it in different letter cases, so another case is a warning.
    pub any_case: bool,
    /// The sources do not list every value, so another one is a warning.
    pub open: bool,
    /// Where it is documented.
    pub source: &'static Source,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
}

impl Enum {
    /// An enum of these values.
    pub const fn new(
        name: &'static str,
        source: &'static Source,
        values: &'static [Value],
        doc: &'static str,
    ) -> Self {
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

    /// With these withdrawn values.
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

    /// The index of a value in the table, computed at compile time.
    #[allow(clippy::panic)] // Evaluated at compile time only.
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

/// A value of an enum.
#[derive(Debug)]
pub struct Value {
    /// The string on the wire.
    pub name: &'static str,
    /// Its availability on Instagram, and its deprecation.
    pub limits: &'static Limits,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
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

/// A value that the API no longer accepts.
#[derive(Debug)]
pub struct Withdrawn {
    /// The string on the wire.
    pub name: &'static str,
    /// The date since which it is refused.
    pub since: &'static str,
    /// What to use instead.
    pub instead: &'static str,
    /// The error code that Graph answers.
    pub graph_code: u32,
}

impl Withdrawn {
    /// A value refused since a date.
    pub const fn new(name: &'static str, since: &'static str, instead: &'static str) -> Self {
        Self {
            name,
            since,
            instead,
            graph_code: 0,
        }
    }

    /// Graph answers with this code.
    pub const fn graph(mut self, code: u32) -> Self {
        self.graph_code = code;
        self
    }
}

/// A union of objects; the string value of one member says which.
#[derive(Debug)]
pub struct Union {
    /// Its name in Rust, TypeScript and the JSON Schema. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub name: &'static str,
    /// The prefix of its rule codes.
    pub prefix: &'static str,
    /// The member that distinguishes them; its kind is the enum of the tags.
    pub tag: Member,
    /// The objects, in the order of the tag's values.
    pub variants: &'static [&'static Object],
    /// Where it is documented.
    pub source: &'static Source,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
}

/// The bits of a union's summary that say which variant it is: bit `n` for the `n`th. The summary
/// of the variant's own check is in the bits above. A union has at most 16 variants.
pub const UNION_BITS: u32 = 0xffff;
