//! Duplicate members: the last one wins, as in `JSON.parse`.

use std::borrow::Cow;
use std::collections::BinaryHeap;

use super::Engine;
use super::location::Path;
use crate::json::{Read, Reader, Stopped, ValueKind};
use crate::validate::catalogue::DUPLICATE;

/// The duplicate members of a text, each by the position of its value.
#[derive(Default)]
pub(super) struct Duplicates {
    /// In the order of the text. `true`: the last one with its name.
    members: Vec<(usize, bool)>,
}

impl Duplicates {
    /// Finds the duplicates in a text; none if it is not JSON. Takes as long as sorting the names.
    pub(super) fn find(bytes: &[u8]) -> Self {
        let mut duplicates = Self::default();
        if duplicates
            .find_in_value(&mut Reader::of_bytes(bytes))
            .is_err()
        {
            return Self::default();
        }
        duplicates.members = sorted(duplicates.members);
        duplicates
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
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
        let mut names: Vec<(Cow<'_, [u8]>, usize)> = Vec::new();
        while let Some(name) = reader.member(names.is_empty())? {
            names.push((name.decoded_bytes(), reader.position()));
            self.find_in_value(reader)?;
        }
        // By name, then in the order of the text.
        for same_name in sorted(names).chunk_by(|a, b| a.0 == b.0) {
            if let [superseded @ .., last] = same_name
                && !superseded.is_empty()
            {
                self.members
                    .extend(superseded.iter().map(|(_, position)| (*position, false)));
                self.members.push((last.1, true));
            }
        }
        Ok(())
    }

    /// Whether the member whose value begins here is the last one with its name. `None`: it is the
    /// only one.
    fn at(&self, position: usize) -> Option<bool> {
        let index = self
            .members
            .binary_search_by_key(&position, |(position, _)| *position)
            .ok()?;
        self.members.get(index).map(|(_, is_last)| *is_last)
    }
}

/// A heap sort: a third of the code of `sort_unstable`, which takes 4 KB of the module for each
/// type, and without a bad case.
pub(super) fn sorted<T: Ord>(items: Vec<T>) -> Vec<T> {
    BinaryHeap::from(items).into_sorted_vec()
}

impl Engine<'_, '_> {
    /// Whether a later member has the name that was just read, so that this one is ignored.
    #[inline(always)]
    pub(super) fn is_superseded(&self) -> bool {
        !self.duplicates.is_empty() && self.duplicates.at(self.reader.position()) == Some(false)
    }

    /// Warns about a duplicate member when its last occurrence is read.
    #[cold]
    pub(super) fn check_duplicate(&mut self, path: &Path<'_>) -> Read<()> {
        match self.duplicates.at(self.reader.position()) {
            None => Ok(()),
            Some(_) => self.rule(&DUPLICATE, path),
        }
    }

    /// Stops at a duplicate member: the findings about its first occurrence must not be reported.
    #[cold]
    pub(super) fn stop_at_duplicate<T>(&mut self) -> Read<T> {
        self.met_duplicate = true;
        Err(Stopped)
    }
}
