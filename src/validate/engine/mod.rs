//! Checks JSON against the tables, in one pass.
//!
//! Hot paths are inlined by hand, since the crate is built with a low inlining threshold; code that
//! only runs for a message with issues is `#[cold]`. Without these attributes a clean message of 4
//! KB takes 1.3 times as long.

mod availability;
mod duplicates;
mod issues;
mod location;
mod malformed;
mod members;
mod objects;
mod opaque;
mod placeholders;
mod strings;
mod unions;
mod values;

use std::fmt::Display;

use super::catalogue::{MALFORMED, NOT_AN_OBJECT, TOO_DEEP, TOO_MANY_ISSUES};
use super::finding::{Finding, IssueSink};
use super::options::RuleOptions;
use super::push_invalid_options;
use crate::json::{Read, Reader, Stop, ValueKind};
use crate::payload::members::MemberValue;
use crate::payload::spec::{Object, Rule};
use duplicates::Duplicates;
use location::Path;

/// The maximum number of issues in a report.
pub const MAX_ISSUES: usize = 1000;

/// The maximum total size of the paths of all issues in bytes, since a name can be as long as the
/// text.
const MAX_PATH_BYTES: usize = 4 * 1024 * 1024;

/// The initial capacity of [`Engine::values`]. Most messages fit.
const USUAL_OPEN_MEMBERS: usize = 32;

/// Checks JSON against an object's table, and adds the issues after those about the options. Of a
/// [closed](Object::closed) object only the members are checked, not their values.
pub(crate) fn check(
    bytes: &[u8],
    root: &'static Object,
    options: &RuleOptions,
    issues: &mut dyn IssueSink,
) {
    push_invalid_options(options, issues);
    let mut engine = Engine::new(bytes, root, options, issues);
    if engine.root(root).is_ok() {
        return;
    }
    // Duplicate members are rare, so they are searched for only after one was found, or after
    // reading stopped at the maximum number of issues and may have missed one.
    if engine.met_duplicate || engine.is_full {
        let duplicates = Duplicates::find(bytes);
        if !duplicates.is_empty() {
            engine.restart(duplicates);
            if engine.root(root).is_ok() {
                return;
            }
        }
    }
    engine.record_stop();
}

struct Engine<'a, 'o> {
    reader: Reader<'a>,
    options: &'o RuleOptions,
    issues: &'o mut dyn IssueSink,
    /// The total length of the paths of all findings, in bytes.
    path_bytes: usize,
    /// The members of the open objects that have a check, innermost last.
    values: Vec<(u8, MemberValue<'a>)>,
    /// Whether the root is closed.
    is_closed: bool,
    /// Whether there are more issues than a report holds.
    is_full: bool,
    /// Whether a duplicate member was found that is not in `duplicates`.
    met_duplicate: bool,
    duplicates: Duplicates,
}

impl<'a, 'o> Engine<'a, 'o> {
    fn new(
        bytes: &'a [u8],
        root: &'static Object,
        options: &'o RuleOptions,
        issues: &'o mut dyn IssueSink,
    ) -> Self {
        Self {
            reader: Reader::of_bytes(bytes),
            options,
            issues,
            path_bytes: 0,
            values: Vec::with_capacity(USUAL_OPEN_MEMBERS),
            is_closed: root.closed.is_some(),
            is_full: false,
            met_duplicate: false,
            duplicates: Duplicates::default(),
        }
    }

    /// Starts again from the beginning, now that the duplicate members are known.
    #[cold]
    fn restart(&mut self, duplicates: Duplicates) {
        self.reader = Reader::of_bytes(self.reader.bytes());
        self.clear_issues();
        self.path_bytes = 0;
        self.values.clear();
        self.is_full = false;
        self.met_duplicate = false;
        self.duplicates = duplicates;
    }

    fn root(&mut self, root: &'static Object) -> Read<()> {
        if self.reader.peek()? == ValueKind::Object {
            self.object(root, None, &Path::Root, false)?;
        } else {
            self.opaque(&Path::Root)?;
            self.rule(&NOT_AN_OBJECT, &Path::Root)?;
        }
        self.reader.end()
    }

    /// Reports why reading stopped early.
    #[cold]
    fn record_stop(&mut self) {
        if self.is_full {
            self.push_at_root(&TOO_MANY_ISSUES, &TOO_MANY_ISSUES.summary);
            return;
        }
        // The issues found so far are not meaningful if the rest cannot be read.
        self.clear_issues();
        match self.reader.stop() {
            Stop::Malformed(at) => {
                self.push_at_root(&MALFORMED, &malformed::describe(self.reader.bytes(), at));
            }
            Stop::TooDeep => self.push_at_root(&TOO_DEEP, &TOO_DEEP.summary),
        }
    }

    /// Removes all issues except those about the options.
    fn clear_issues(&mut self) {
        self.issues.clear();
        push_invalid_options(self.options, self.issues);
    }

    fn push_at_root(&mut self, rule: &'static Rule, message: &dyn Display) {
        self.issues
            .push(&Finding::of_rule(rule, message), &Path::Root);
    }
}
