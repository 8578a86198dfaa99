//! Duplicate members: the last one wins, as in `JSON.parse`.

use std::borrow::Cow;
use std::collections::BinaryHeap;

use super::Engine;
use super::location::Path;
use crate::json::{Read, Reader, Stopped, ValueKind};
use crate::validate::catalogue::DUPLICATE;

/// Whether the member whose value begins at a byte is a duplicate.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    /// No other member has its name, or no value begins here.
    Single,
    /// A later member has its name.
    Superseded,
    /// It is the last of several with its name: the one that counts.
    Last,
}

/// The name of a member, and the position of its value. Sorting orders by name, then by position.
pub(super) type Name<'a> = (Cow<'a, [u8]>, usize);

/// The duplicate members of a text.
#[derive(Default)]
pub(super) struct Duplicates {
    /// One mark for each byte of the text; empty if there are no duplicates.
    marks: Vec<Mark>,
}

impl Duplicates {
    /// Finds the duplicates in a text; none if the text is not JSON. Takes as long as sorting all
    /// names.
    pub(super) fn find(bytes: &[u8]) -> Self {
        let mut duplicates = Self {
            marks: vec![Mark::Single; bytes.len()],
        };
        let is_read = duplicates
            .find_in_value(&mut Reader::of_bytes(bytes))
            .is_ok();
        if is_read && duplicates.marks.iter().any(|mark| *mark != Mark::Single) {
            duplicates
        } else {
            Self::default()
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    fn find_in_value(&mut self, reader: &mut Reader<'_>) -> Read<()> {
        match reader.peek()? {
            ValueKind::Object => self.find_in_object(reader),
            ValueKind::Array => {
                reader.open()?;
                let mut first = true;
                while reader.item(first)? {
                    first = false;
                    self.find_in_value(reader)?;
                }
                Ok(())
            }
            _ => reader.skip(),
        }
    }

    fn find_in_object(&mut self, reader: &mut Reader<'_>) -> Read<()> {
        reader.open()?;
        let mut names: Vec<Name<'_>> = Vec::new();
        while let Some(name) = reader.member(names.is_empty())? {
            names.push((name.decoded_bytes(), reader.position()));
            self.find_in_value(reader)?;
        }
        let names = sorted(names);
        for (one, next) in names.iter().zip(names.iter().skip(1)) {
            if one.0 == next.0 {
                self.mark(one.1, Mark::Superseded);
                self.mark(next.1, Mark::Last);
            }
        }
        Ok(())
    }

    fn mark(&mut self, position: usize, mark: Mark) {
        if let Some(place) = self.marks.get_mut(position) {
            *place = mark;
        }
    }

    fn at(&self, position: usize) -> Mark {
        self.marks.get(position).copied().unwrap_or(Mark::Single)
    }
}

/// Sorts names with a heap: a third of the code of `sort_unstable`, which takes 4 KB of the module,
/// and no quadratic worst case.
pub(super) fn sorted(names: Vec<Name<'_>>) -> Vec<Name<'_>> {
    BinaryHeap::from(names).into_sorted_vec()
}

impl Engine<'_, '_> {
    /// Whether a later member has the name that was just read, so that this member is ignored.
    #[inline(always)]
    pub(super) fn is_superseded(&self) -> bool {
        !self.duplicates.is_empty()
            && self.duplicates.at(self.reader.position()) == Mark::Superseded
    }

    /// Warns about a duplicate member when its last occurrence is read.
    #[cold]
    pub(super) fn check_duplicate(&mut self, path: &Path<'_>) -> Read<()> {
        match self.duplicates.at(self.reader.position()) {
            Mark::Single => Ok(()),
            Mark::Superseded | Mark::Last => self.rule(&DUPLICATE, path),
        }
    }

    /// Stops at a duplicate member: the findings about its first occurrence must not be reported.
    #[cold]
    pub(super) fn stop_at_duplicate<T>(&mut self) -> Read<T> {
        self.met_duplicate = true;
        Err(Stopped)
    }
}
