//! Objects: their members, and the rules between them.

use super::Engine;
use super::location::{Location, Path};
use super::members::Fast;
use crate::json::{Key, Read, Text, ValueKind};
use crate::payload::members::{Findings, MemberValue, Members, Place};
use crate::payload::spec::{Member, Object, Rule, Union};
use crate::validate::violation::Violation;

/// The index of the tag of a union, which is not in the tables of its variants.
const TAG: usize = usize::MAX;

impl<'a> Engine<'a, '_> {
    /// Reads an object, and returns the summary of its check. `tag_was_read`: the tag of the union
    /// is the first member and has been read.
    pub(super) fn object(
        &mut self,
        object: &'static Object,
        union: Option<&'static Union>,
        path: &Path<'_>,
        tag_was_read: bool,
    ) -> Read<u32> {
        if !tag_was_read {
            self.reader.open()?;
        }
        let mut first = !tag_was_read;
        let mut has_tag = tag_was_read;
        let base = self.values.len();
        let mut seen = 0_u64;
        // Members that are null count as absent.
        let mut nulls = 0_u64;
        let mut unknown = Vec::new();
        let mut expected = 0;
        loop {
            // Most members come in the order of the table.
            let guessed = object.members.get(expected);
            let guess = guessed.map_or("", |member| member.name);
            let key = self.reader.key(first, guess.as_bytes())?;
            first = false;
            let found = match (key, guessed) {
                (Key::End, _) => break,
                _ if self.is_superseded() => {
                    self.reader.skip()?;
                    continue;
                }
                (Key::Guessed, Some(member)) => Ok((expected, member)),
                // The guess was empty, so the name is empty.
                (Key::Guessed, None) => Err(Text::default()),
                (Key::Named(name), _) => find_member(object, union, name, expected).ok_or(name),
            };
            let (position, member) = match found {
                Ok(found) => found,
                Err(name) => {
                    unknown.push(self.unknown_member(object, union, name, path)?);
                    continue;
                }
            };
            if !self.duplicates.is_empty() {
                let path = &Path::Member {
                    parent: path,
                    name: member.name,
                };
                self.check_duplicate(path)?;
            }
            if position == TAG {
                if has_tag {
                    return self.stop_at_duplicate();
                }
                has_tag = true;
                let path = &Path::Member {
                    parent: path,
                    name: member.name,
                };
                self.member(&Location {
                    object,
                    union,
                    member,
                    path,
                })?;
                continue;
            }
            expected = position + 1;
            let bit = 1 << position;
            if seen & bit != 0 {
                return self.stop_at_duplicate();
            }
            seen |= bit;
            let location = |path| Location {
                object,
                union: None,
                member,
                path,
            };
            let value = match self.fast_member(member)? {
                Fast::Clean(value) => value,
                Fast::Suspect(text) => {
                    let path = &Path::Member {
                        parent: path,
                        name: member.name,
                    };
                    self.string_value(&location(path), &member.kind, text)?
                }
                Fast::NotRead => {
                    let path = &Path::Member {
                        parent: path,
                        name: member.name,
                    };
                    self.member(&location(path))?
                }
            };
            if matches!(value, MemberValue::Absent) {
                nulls |= bit;
            }
            if object.check.is_some() {
                self.values.push((position as u8, value));
            }
        }
        if unknown.len() > 1 {
            self.stop_if_repeated(unknown)?;
        }
        let summary = self.finish_object(object, seen & !nulls, nulls, base, path)?;
        self.values.truncate(base);
        Ok(summary)
    }

    /// Checks an object after all its members were read.
    fn finish_object(
        &mut self,
        object: &'static Object,
        seen: u64,
        nulls: u64,
        base: usize,
        path: &Path<'_>,
    ) -> Read<u32> {
        if object.required & !seen != 0 {
            self.missing_members(object, seen, path)?;
        }
        if let Some(choice) = &object.exactly_one {
            let chosen = seen & choice.members;
            let null_choices = nulls & choice.members;
            if chosen == 0 && null_choices != 0 && object.closed.is_none() {
                self.null_choices(object, null_choices, path)?;
            } else if chosen == 0 {
                self.rule(choice.none, path)?;
            } else if !chosen.is_power_of_two()
                && let Some(several) = choice.several
            {
                self.rule(several, path)?;
            }
        }
        let Some(check) = object.check else {
            return Ok(0);
        };
        let mut found = Vec::new();
        let mut keep = |rule, place| found.push((rule, place));
        let values = self.values.get(base..).unwrap_or_default();
        let members = Members::new(values, seen, self.options.target());
        let summary = check(&members, &mut Findings::new(&mut keep));
        for (rule, place) in found {
            self.finding(object, rule, place, path)?;
        }
        Ok(summary)
    }

    /// Reports the members that are null, when exactly one of them must have a value.
    #[cold]
    fn null_choices(
        &mut self,
        object: &'static Object,
        mut nulls: u64,
        path: &Path<'_>,
    ) -> Read<()> {
        for member in object.members {
            if nulls & 1 == 1 {
                let path = &Path::Member {
                    parent: path,
                    name: member.name,
                };
                let violation = Violation::Type {
                    expected: &member.kind,
                    found: ValueKind::Null.name(),
                };
                self.violation(
                    violation,
                    &Location {
                        object,
                        union: None,
                        member,
                        path,
                    },
                )?;
            }
            nulls >>= 1;
        }
        Ok(())
    }

    #[cold]
    fn missing_members(&mut self, object: &'static Object, seen: u64, path: &Path<'_>) -> Read<()> {
        let mut missing = object.required & !seen;
        for member in object.members {
            if missing & 1 == 1 && !member.limits.advised {
                let path = &Path::Member {
                    parent: path,
                    name: member.name,
                };
                let location = Location {
                    object,
                    union: None,
                    member,
                    path,
                };
                self.violation(Violation::Missing, &location)?;
            }
            missing >>= 1;
        }
        Ok(())
    }

    /// Reports a violation that the check of an object has found.
    #[cold]
    fn finding(
        &mut self,
        object: &'static Object,
        rule: &'static Rule,
        place: Place,
        path: &Path<'_>,
    ) -> Read<()> {
        let (member, names): (_, &[&'static str]) = match place {
            Place::Object => return self.rule(rule, path),
            Place::Member(member) => (member, &[]),
            Place::Inside(member, names) => (member, names),
        };
        let name = object.members.get(member).map_or("", |member| member.name);
        self.rule_inside(rule, names, &Path::Member { parent: path, name })
    }
}

/// Finds a member and its index, or the tag of the union. Usually the expected member was omitted,
/// and the member found comes soon after it.
fn find_member(
    object: &'static Object,
    union: Option<&'static Union>,
    name: Text<'_>,
    expected: usize,
) -> Option<(usize, &'static Member)> {
    for from in [expected, 0] {
        for (position, member) in object.members.iter().enumerate().skip(from) {
            if name.is(member.name) {
                return Some((position, member));
            }
        }
    }
    let union = union?;
    if name.is(union.tag.name) {
        Some((TAG, &union.tag))
    } else {
        None
    }
}
