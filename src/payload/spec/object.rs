//! Objects, their members, and their forms in the TypeScript types.

use super::{Kind, Limits, Rule, Source, same, wire_name};
use crate::payload::members::{Findings, Members};

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    /// Whether the object requires it.
    pub required: bool,
    /// Its limits.
    pub limits: &'static Limits,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
}

impl Member {
    /// A member of a type, with its limits.
    pub const fn new(
        name: &'static str,
        kind: Kind,
        optional: bool,
        limits: &'static Limits,
        doc: &'static str,
    ) -> Self {
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

/// An object of the wire.
#[derive(Debug)]
pub struct Object {
    /// Its name in Rust, TypeScript and the JSON Schema. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub name: &'static str,
    /// The prefix of its rule codes.
    pub prefix: &'static str,
    /// Its members, at most 64.
    pub members: &'static [Member],
    /// The required members, as bits.
    pub required: u64,
    /// Sets of members of which exactly one must be present.
    pub exactly_one: Option<Choice>,
    /// Its rules between members.
    pub rules: &'static [&'static Rule],
    /// The function that finds their violations.
    pub check: Option<Check>,
    /// Its forms in the types: see [`Shape`]. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub shapes: &'static [Shape],
    /// For an object of this package, not of the API: the rule for its unknown members. The values
    /// of its members are checked in the request that is built from them.
    pub closed: Option<&'static Rule>,
    /// A sentence about unknown members.
    pub unknown_note: &'static str,
    /// Sentences about some unknown members: what to write instead.
    pub unknown_hints: &'static [(&'static str, &'static str)],
    /// Where it is documented.
    pub source: &'static Source,
    /// Its documentation. Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
}

impl Object {
    /// An object with these members.
    pub const fn new(
        name: &'static str,
        prefix: &'static str,
        source: &'static Source,
        members: &'static [Member],
        doc: &'static str,
    ) -> Self {
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
            unknown_note: "",
            unknown_hints: &[],
            source,
            #[cfg(not(target_arch = "wasm32"))]
            doc,
        }
    }

    /// Its rules between members, and the function that finds their violations.
    pub const fn rules(mut self, rules: &'static [&'static Rule], check: Check) -> Self {
        self.rules = rules;
        self.check = Some(check);
        self
    }

    /// Exactly one of these members must be present.
    pub const fn exactly_one(
        self,
        names: &[&str],
        none: &'static Rule,
        several: &'static Rule,
    ) -> Self {
        self.choice(names, none, Some(several))
    }

    /// Exactly one of these members must be present; the object's own check handles several.
    pub const fn one_of(self, names: &[&str], none: &'static Rule) -> Self {
        self.choice(names, none, None)
    }

    const fn choice(
        mut self,
        names: &[&str],
        none: &'static Rule,
        several: Option<&'static Rule>,
    ) -> Self {
        let mut bits = 0;
        let mut rest = names;
        while let [first, tail @ ..] = rest {
            bits |= 1 << position(self.members, first);
            rest = tail;
        }
        self.exactly_one = Some(Choice {
            members: bits,
            none,
            several,
        });
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

    /// What happens to unknown members, if that is known.
    pub const fn unknown_note(mut self, sentence: &'static str) -> Self {
        self.unknown_note = sentence;
        self
    }

    /// What to write instead of some unknown members.
    pub const fn unknown_hints(mut self, hints: &'static [(&'static str, &'static str)]) -> Self {
        self.unknown_hints = hints;
        self
    }

    /// An object of this package: unknown members break this rule.
    pub const fn closed(mut self, unknown: &'static Rule) -> Self {
        self.closed = Some(unknown);
        self
    }
}

/// A set of members of which exactly one must be present.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The members, as bits.
    pub members: u64,
    /// The rule for none of them.
    pub none: &'static Rule,
    /// The rule for several of them. `None`: the object's own check handles that.
    pub several: Option<&'static Rule>,
}

/// Finds the violations of an object's rules, and returns the summary that its parent needs (`0`:
/// nothing).
pub type Check = fn(&Members<'_>, &mut Findings<'_>) -> u32;

/// One of the forms of an object in the types: which members it requires and which it excludes.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Its name in TypeScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// How it differs from the object.
    pub terms: &'static [(&'static str, Term)],
}

/// What a shape says about a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Required.
    Needed,
    /// Not allowed.
    Never,
    /// Required, with one of these values.
    Is(&'static [&'static str]),
    /// Optional, with one of these values.
    MayBe(&'static [&'static str]),
    /// Required, in this named shape or variant of its type; several are joined by `|`.
    As(&'static str),
}

/// The index of a member in a table, computed at compile time; an unknown name does not compile.
#[allow(clippy::panic)] // Evaluated at compile time only.
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
