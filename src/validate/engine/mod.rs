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

use super::Issue;
use super::catalogue::{MALFORMED, NOT_AN_OBJECT, TOO_DEEP, TOO_MANY_ISSUES};
use super::options::RuleOptions;
use crate::json::{Read, Reader, Stop, ValueKind};
use crate::payload::members::MemberValue;
use crate::payload::spec::Object;
use duplicates::Duplicates;
use location::Path;

/// The maximum number of issues in a report.
pub const MAX_ISSUES: usize = 1000;

/// The maximum total size of the paths of all issues in bytes, since a name can be as long as the
/// text.
const MAX_PATH_BYTES: usize = 4 * 1024 * 1024;

/// The number of members that most messages have open at once, in objects with a check.
const USUAL_OPEN_MEMBERS: usize = 32;

/// Checks JSON bytes against the table of an object. For a [closed](Object::closed) object only the
/// presence of members is checked, not their values.
pub(crate) fn check(bytes: &[u8], root: &'static Object, options: &RuleOptions) -> Vec<Issue> {
    let mut engine = Engine::new(bytes, root, options, Duplicates::default());
    if engine.root(root).is_ok() {
        return engine.issues;
    }
    // Duplicate members are rare. They are looked for when one was met, or when reading stopped at
    // the maximum number of issues before one could be met.
    if engine.met_duplicate || engine.is_full {
        let duplicates = Duplicates::find(bytes);
        if !duplicates.is_empty() {
            engine = Engine::new(bytes, root, options, duplicates);
            if engine.root(root).is_ok() {
                return engine.issues;
            }
        }
    }
    engine.record_stop(bytes);
    engine.issues
}

struct Engine<'a, 'o> {
    reader: Reader<'a>,
    options: &'o RuleOptions,
    issues: Vec<Issue>,
    /// The total size of the paths of the issues.
    path_bytes: usize,
    /// The members of the open objects that have a check, innermost last.
    values: Vec<(u8, MemberValue<'a>)>,
    /// Whether the root is closed.
    is_closed: bool,
    /// Whether there are more issues than a report holds.
    is_full: bool,
    /// Whether a duplicate member was met that is not in `duplicates`.
    met_duplicate: bool,
    duplicates: Duplicates,
}

impl<'a, 'o> Engine<'a, 'o> {
    fn new(
        bytes: &'a [u8],
        root: &'static Object,
        options: &'o RuleOptions,
        duplicates: Duplicates,
    ) -> Self {
        Self {
            reader: Reader::of_bytes(bytes),
            options,
            issues: Vec::new(),
            path_bytes: 0,
            values: Vec::with_capacity(USUAL_OPEN_MEMBERS),
            is_closed: root.closed.is_some(),
            is_full: false,
            met_duplicate: false,
            duplicates,
        }
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

    /// Adds the issue that says why reading has stopped early.
    #[cold]
    fn record_stop(&mut self, bytes: &[u8]) {
        if self.is_full {
            self.issues
                .push(Issue::at_root(&TOO_MANY_ISSUES, TOO_MANY_ISSUES.summary));
            return;
        }
        let issue = match self.reader.stop() {
            Stop::Malformed(at) => Issue::at_root(&MALFORMED, malformed::describe(bytes, at)),
            Stop::TooDeep => Issue::at_root(&TOO_DEEP, TOO_DEEP.summary),
        };
        // Earlier findings say little about a request whose rest is unknown.
        self.issues.clear();
        self.issues.push(issue);
    }
}
