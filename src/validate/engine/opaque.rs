//! JSON that no table describes: unknown members, and values of any type.

use super::Engine;
use super::duplicates::{Name, sorted};
use super::location::Path;
use crate::json::{Read, Text, ValueKind};
use crate::payload::spec::{Object, Union};
use crate::validate::catalogue::LONE_SURROGATE;

impl<'a> Engine<'a, '_> {
    /// Reads an unknown member, and returns its name.
    #[cold]
    #[inline(never)]
    pub(super) fn unknown_member(
        &mut self,
        object: &'static Object,
        union: Option<&'static Union>,
        name: Text<'a>,
        parent: &Path<'_>,
    ) -> Read<Name<'a>> {
        let has_lone_surrogate = self.reader.lone_surrogate();
        let key = (name.decoded_bytes(), self.reader.position());
        let name = name.decoded();
        let path = &Path::Unknown {
            parent,
            name: &name,
        };
        self.check_duplicate(path)?;
        if has_lone_surrogate {
            self.rule(&LONE_SURROGATE, path)?;
        }
        self.unknown_name(object, union, path, &name)?;
        self.opaque(path)?;
        Ok(key)
    }

    /// Stops if a name occurs twice.
    pub(super) fn stop_if_repeated(&mut self, names: Vec<Name<'a>>) -> Read<()> {
        // With the duplicates known, superseded members were skipped, so these names differ.
        if !self.duplicates.is_empty() {
            return Ok(());
        }
        let names = sorted(names);
        let is_repeated = names
            .iter()
            .zip(names.iter().skip(1))
            .any(|(a, b)| a.0 == b.0);
        if is_repeated {
            self.stop_at_duplicate()
        } else {
            Ok(())
        }
    }

    /// Reads a value that no table describes. Only problems that any JSON can have are reported.
    #[inline(never)]
    pub(super) fn opaque(&mut self, path: &Path<'_>) -> Read<()> {
        match self.reader.peek()? {
            ValueKind::String => self.string(path).map(drop),
            ValueKind::Array => {
                self.reader.open()?;
                let mut index = 0;
                while self.reader.item(index == 0)? {
                    self.opaque(&Path::Item {
                        parent: path,
                        index,
                    })?;
                    index += 1;
                }
                Ok(())
            }
            ValueKind::Object => {
                self.reader.open()?;
                let mut names = Vec::new();
                let mut first = true;
                while let Some(key) = self.reader.member(first)? {
                    first = false;
                    if self.is_superseded() {
                        self.reader.skip()?;
                        continue;
                    }
                    let has_lone_surrogate = self.reader.lone_surrogate();
                    let name = key.decoded();
                    let place = Path::Unknown {
                        parent: path,
                        name: &name,
                    };
                    self.check_duplicate(&place)?;
                    if has_lone_surrogate {
                        self.rule(&LONE_SURROGATE, &place)?;
                    }
                    names.push((key.decoded_bytes(), self.reader.position()));
                    self.opaque(&place)?;
                }
                if names.len() > 1 {
                    self.stop_if_repeated(names)
                } else {
                    Ok(())
                }
            }
            _ => self.reader.skip(),
        }
    }
}
