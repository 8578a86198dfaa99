//! Turns violations into issues. None of this runs for a clean message.

use super::location::{Location, Path};
use super::unions::UNKNOWN_VARIANT;
use super::{Engine, MAX_ISSUES, MAX_PATH_BYTES};
use crate::json::{Read, Stopped};
use crate::payload::spec::{Object, Rule, Severity, Union};
use crate::validate::catalogue::{MISSPELT_MEMBER, UNKNOWN_MEMBER, member_rule_code};
use crate::validate::finding::Finding;
use crate::validate::sentence::{Name, Sentence};
use crate::validate::suggest::{differs_in_spelling, nearest};
use crate::validate::text::{did_you_mean, shorten};
use crate::validate::violation::Violation;

impl Engine<'_, '_> {
    /// Reports a violation of a rule.
    #[cold]
    #[inline(never)]
    pub(super) fn rule(&mut self, rule: &'static Rule, path: &Path<'_>) -> Read<()> {
        if rule
            .platform
            .is_some_and(|platform| platform != self.options.target())
        {
            return Ok(());
        }
        self.keep(Finding::of_rule(rule, &rule.summary), path)
    }

    /// Reports a violation of a rule inside a member.
    pub(super) fn rule_inside(
        &mut self,
        rule: &'static Rule,
        names: &[&'static str],
        path: &Path<'_>,
    ) -> Read<()> {
        match names {
            [] => self.rule(rule, path),
            [name, inner @ ..] => {
                self.rule_inside(rule, inner, &Path::Member { parent: path, name })
            }
        }
    }

    /// Reports an unknown member.
    #[cold]
    #[inline(never)]
    pub(super) fn unknown_name(
        &mut self,
        object: &'static Object,
        union: Option<&'static Union>,
        path: &Path<'_>,
        name: &str,
    ) -> Read<()> {
        let tag = union.map(|union| union.tag.name);
        let known = || object.members.iter().map(|member| member.name).chain(tag);
        let meant = known().find(|known| differs_in_spelling(name, known));
        let rule = match (object.closed, meant) {
            (Some(rule), _) => rule,
            (None, Some(_)) => &MISSPELT_MEMBER,
            // In the variant of an unknown tag, the tag is the only known name.
            (None, None) if std::ptr::eq(object, &UNKNOWN_VARIANT) => return Ok(()),
            (None, None) => &UNKNOWN_MEMBER,
        };
        let mut message = match meant {
            Some(meant) if object.closed.is_none() => {
                format!(
                    "{} is not a member here; the right spelling is {meant}.",
                    shorten(name)
                )
            }
            _ => format!("{} is not documented here.", shorten(name)),
        };
        for sentence in [object.unknown_note, hint_of(object, name)] {
            if !sentence.is_empty() {
                message.push(' ');
                message.push_str(sentence);
            }
        }
        let is_explained = rule.code == MISSPELT_MEMBER.code || !hint_of(object, name).is_empty();
        if !is_explained {
            let suggestion = meant.or_else(|| nearest(name, &mut known()));
            message.push_str(&did_you_mean(suggestion).to_string());
        }
        let docs = object.source.url;
        self.keep(
            Finding {
                docs,
                ..Finding::of_rule(rule, &message)
            },
            path,
        )
    }

    /// Reports a violation of a member, or of an item in its list.
    #[cold]
    #[inline(never)]
    pub(super) fn violation(
        &mut self,
        violation: Violation<'_>,
        location: &Location<'_>,
    ) -> Read<()> {
        let member = location.member;
        let kind = violation.kind();
        let severity = kind.severity(member, self.options.target());
        let limit = violation.limit(member.limits);
        let graph_code = match violation {
            Violation::Withdrawn { value } => value.graph_code,
            _ if severity == Severity::Error => kind.graph_code(member.limits),
            _ => 0,
        };
        // An item is named after its list.
        let item = match (&violation, location.path) {
            (Violation::Type { .. }, Path::Item { index, .. }) => Some(*index),
            _ => None,
        };
        let message = Sentence {
            violation: &violation,
            name: Name { member, item },
            member,
            platform: self.options.target(),
        };
        let finding = Finding {
            code: member_rule_code(location.prefix(), member, kind),
            severity,
            message: &message,
            limit: limit.map(|limit| limit.value),
            actual: violation.actual(),
            unit: limit.and_then(|limit| limit.unit),
            graph_code: (graph_code != 0).then_some(graph_code),
            docs: violation.source().unwrap_or(location.source()).url,
        };
        self.keep(finding, location.path)
    }

    /// Adds a finding with its path, unless the caller has turned its rule off. The caller's
    /// severity for the rule replaces the default one.
    #[inline(never)]
    pub(super) fn keep(&mut self, mut finding: Finding<'_>, path: &Path<'_>) -> Read<()> {
        let Some(severity) = self.options.severity(finding.code, finding.severity) else {
            return Ok(());
        };
        finding.severity = severity;
        self.path_bytes += path.bytes();
        // The last issue is reserved for the one that says that there are more.
        if self.issues.count() + 1 >= MAX_ISSUES || self.path_bytes > MAX_PATH_BYTES {
            self.is_full = true;
            return Err(Stopped);
        }
        self.issues.push(&finding, path);
        Ok(())
    }
}

/// A sentence that says what to write instead of an unknown member; empty if there is none.
fn hint_of(object: &Object, name: &str) -> &'static str {
    let hint = object
        .unknown_hints
        .iter()
        .find(|(unknown, _)| *unknown == name);
    hint.map_or("", |(_, sentence)| sentence)
}
