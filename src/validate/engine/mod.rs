//! Checks JSON against the tables, in one pass.
//!
//! Hot paths are inlined by hand, since the crate is built with a low inlining threshold; what only
//! a message with issues runs through is `#[cold]`. Without these attributes a clean message of 4
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

/// How many issues a report holds at most.
pub const MAX_ISSUES: usize = 1000;

/// How many bytes the places of all issues have at most, since a name can be as long as the text.
const MAX_PATH_BYTES: usize = 4 * 1024 * 1024;

/// How many members of objects that have a check are open at once, in most messages.
const USUAL_OPEN_MEMBERS: usize = 32;

/// Checks bytes of JSON against an object's table. Of a [closed](Object::closed) object only the
/// members are checked, not what they hold.
pub(crate) fn check(bytes: &[u8], root: &'static Object, options: &RuleOptions) -> Vec<Issue> {
    let mut engine = Engine::new(bytes, root, options, Duplicates::default());
    if engine.root(root).is_ok() {
        return engine.issues;
    }
    // Members that stand twice are rare. They are looked for when one was met, or when there are so
    // many issues that reading has stopped before one could be met.
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
    /// The length of the places of the issues.
    path_bytes: usize,
    /// The members of the objects that are being read and have a check, the innermost last.
    values: Vec<(u8, MemberValue<'a>)>,
    /// The root is closed.
    is_closed: bool,
    /// There are more issues than are kept.
    is_full: bool,
    /// A member stands twice that is not in `duplicates`.
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
        // What was found before says little of a request whose rest is not known.
        self.issues.clear();
        self.issues.push(issue);
    }
}
