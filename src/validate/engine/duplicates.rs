//! Duplicate members: the last one wins, as in `JSON.parse`.

use std::borrow::Cow;
use std::collections::BinaryHeap;

use super::Engine;
use super::location::Path;
use crate::json::{Read, Reader, Stopped, ValueKind};
use crate::validate::catalogue::DUPLICATE;

/// The members of a text whose name stands twice in one object, each by where its value begins.
#[derive(Default)]
pub(super) struct Duplicates {
    /// In the order of the text. `true`: it is the last one of its name.
    members: Vec<(usize, bool)>,
}

impl Duplicates {
    /// Finds those of a whole text. Of what is no JSON there are none. Takes as long as sorting the
    /// names.
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
        // By name, and those of one name in the order of the text.
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

    /// What is known of the member whose value begins here: whether it is the last one of its name.
    /// `None`: the only one.
    fn at(&self, position: usize) -> Option<bool> {
        let index = self
            .members
            .binary_search_by_key(&position, |(position, _)| *position)
            .ok()?;
        self.members.get(index).map(|(_, is_last)| *is_last)
    }
}

/// A heap sorts in a third of the code of `sort_unstable`, which has 4 KB of the module for each
/// type, and it has no bad case.
pub(super) fn sorted<T: Ord>(items: Vec<T>) -> Vec<T> {
    BinaryHeap::from(items).into_sorted_vec()
}

impl Engine<'_, '_> {
    /// The member whose name was just read is followed by another one of its name: it does not
    /// count.
    #[inline(always)]
    pub(super) fn is_superseded(&self) -> bool {
        !self.duplicates.is_empty() && self.duplicates.at(self.reader.position()) == Some(false)
    }

    /// Warns of a duplicate member, where the last one of its name is read.
    #[cold]
    pub(super) fn check_duplicate(&mut self, path: &Path<'_>) -> Read<()> {
        match self.duplicates.at(self.reader.position()) {
            None => Ok(()),
            Some(_) => self.rule(&DUPLICATE, path),
        }
    }

    /// Stops, since a member stands twice: what was found of the first one must not be told.
    #[cold]
    pub(super) fn stop_at_duplicate<T>(&mut self) -> Read<T> {
        self.met_duplicate = true;
        Err(Stopped)
    }
}
