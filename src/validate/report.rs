//! From a breach to its issue: code, severity, sentence, limit. None of it runs for a clean message.

use super::breach::{Breach, sentence};
use super::catalogue::code;
use super::engine::{Engine, MAX_ISSUES, Spot, Step};
use super::issue::{Issue, pointer};
use crate::json::{Halted, Read};
use crate::payload::spec::{Availability, Kind, Limits, Object, Platform, Rule, Severity, Union, Unit};
use crate::validate::options::shortened;
use crate::validate::suggest::nearest;
use crate::words::{add, begins_character, cut, decimal, fill, owned};

/// What an issue says beside the usual.
#[derive(Default)]
pub(super) struct Detail<'d> {
    /// What stands there, in words.
    pub(super) found: &'d str,
    /// A further sentence.
    pub(super) hint: &'d str,
    /// What was found, in the limit's unit.
    pub(super) actual: Option<u32>,
    /// The limit, where it is not the breach's own.
    pub(super) limit: Option<(Option<u32>, Option<Unit>)>,
    /// What Graph answers to this value.
    pub(super) graph_code: Option<u32>,
}

impl Engine<'_, '_> {
    /// A rule is broken.
    #[cold]
    #[inline(never)]
    pub(super) fn rule(&mut self, rule: &'static Rule, path: &Step<'_>) -> Read<()> {
        if rule.platform.is_some_and(|platform| platform != self.options.platform()) {
            return Ok(());
        }
        self.keep(root_issue(rule), path)
    }

    /// A rule is broken inside a member.
    pub(super) fn rule_inside(&mut self, rule: &'static Rule, names: &[&str], path: &Step<'_>) -> Read<()> {
        match names {
            [] => self.rule(rule, path),
            [name, rest @ ..] => self.rule_inside(rule, rest, &Step::Key { parent: path, name }),
        }
    }

    /// A member that the table does not know.
    #[cold]
    #[inline(never)]
    pub(super) fn unknown_member(
        &mut self,
        rule: &'static Rule,
        object: &'static Object,
        union: Option<&'static Union>,
        place: &Step<'_>,
        name: &str,
    ) -> Read<()> {
        if self.options.severity(rule.code, rule.severity).is_none() {
            return Ok(());
        }
        let known = object.members.iter().map(|member| member.name).chain(union.map(|union| union.tag.name));
        let near = nearest(name, &mut { known });
        let message = fill("% is not documented here.%", &[&shortened(name), &did_you_mean(near)]);
        self.keep(Issue { message, ..Issue::new(owned(rule.code), rule.severity, object.source.url) }, place)
    }

    /// A member is wrong.
    #[cold]
    #[inline(never)]
    pub(super) fn breach(&mut self, breach: Breach, spot: &Spot<'_>, found: &str) -> Read<()> {
        self.detailed(breach, spot, &spot.member.kind, &Detail { found, ..Detail::default() })
    }

    /// A member has too much or too little of what its limit counts.
    #[cold]
    #[inline(never)]
    pub(super) fn counted(&mut self, breach: Breach, spot: &Spot<'_>, actual: u32, unit: Unit) -> Read<()> {
        let found = super::breach::counted(actual, Some(unit));
        self.detailed(breach, spot, &spot.member.kind, &Detail { found: &found, actual: Some(actual), ..Detail::default() })
    }

    /// A member, or the part of it that should be of this kind, is wrong.
    #[cold]
    #[inline(never)]
    pub(super) fn detailed(&mut self, breach: Breach, spot: &Spot<'_>, kind: &Kind, detail: &Detail<'_>) -> Read<()> {
        let limits = spot.member.limits;
        let severity = breach.severity(spot.member, self.options.platform());
        let name = match (breach, spot.path) {
            // An item is called by its list.
            (Breach::Type, Step::Item { index, .. }) => fill("%[%]", &[spot.member.name, &decimal(*index as i64)]),
            _ => owned(spot.member.name),
        };
        let mut message = sentence(breach, &name, spot.member, kind, Some(detail.found));
        add(&mut message, detail.hint);
        let (limit, unit) = detail.limit.unwrap_or_else(|| breach.limit(limits));
        let counts = detail.actual.is_some() || detail.limit.is_some();
        let usual = if severity == Severity::Error && limits.graph_code != 0 { Some(limits.graph_code) } else { None };
        let code = code(spot.prefix(), spot.member, breach);
        let issue = Issue {
            message,
            limit: limit.filter(|_| counts),
            actual: detail.actual,
            unit: unit.filter(|_| counts),
            graph_code: detail.graph_code.or(usual),
            ..Issue::new(code, severity, spot.source().url)
        };
        self.keep(issue, spot.path)
    }

    /// The member, or its value, does not exist on the platform.
    #[cold]
    #[inline(never)]
    pub(super) fn absent_there(&mut self, spot: &Spot<'_>, what: &str, limits: &Limits) -> Read<()> {
        let (breach, words) = match limits.instagram {
            Availability::Unavailable => (Breach::Unavailable, "% is not available on Instagram"),
            _ if limits.instagram_only => (Breach::Undocumented, "% is Instagram's own: it is not documented for Messenger"),
            _ => (Breach::Undocumented, "% is not documented for Instagram"),
        };
        self.breach(breach, spot, &fill(words, &[what]))
    }

    /// Keeps an issue, unless the caller has switched its rule off.
    #[inline(never)]
    fn keep(&mut self, mut issue: Issue, path: &Step<'_>) -> Read<()> {
        let Some(severity) = self.options.severity(&issue.code, issue.severity) else { return Ok(()) };
        // One place is kept for the issue that says that there are more.
        if self.issues.len() + 1 >= MAX_ISSUES {
            self.full = true;
            return Err(Halted);
        }
        issue.severity = severity;
        issue.path = path.path();
        issue.pointer = pointer(&issue.path);
        self.issues.push(issue);
        Ok(())
    }
}

/// Whether a member or a value with these limits is out of place on this platform.
#[inline]
pub(super) fn is_absent(limits: &Limits, platform: Platform) -> bool {
    match platform {
        Platform::Messenger => limits.instagram_only,
        Platform::Instagram => limits.instagram != Availability::Yes,
    }
}

/// The further sentence that names what was perhaps meant.
pub(super) fn did_you_mean(near: Option<&str>) -> String {
    near.map_or(String::new(), |near| fill(" Did you mean %?", &[near]))
}

/// An issue of the whole text.
pub(super) fn root_issue(rule: &'static Rule) -> Issue {
    root_issue_saying(rule, rule.summary)
}

/// An issue of the whole text, in a sentence of its own.
#[inline(never)]
pub(super) fn root_issue_saying(rule: &'static Rule, message: &str) -> Issue {
    Issue { message: owned(message), graph_code: rule.graph_code, ..Issue::new(owned(rule.code), rule.severity, rule.source.url) }
}

/// Where bytes stop being JSON, as editors count.
pub(super) fn malformed(bytes: &[u8], at: usize) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return fill("The text is not JSON: byte % is not UTF-8.", &[&decimal(error.valid_up_to() as i64)]),
    };
    let (mut before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let mut line = 1;
    while let Some((_, behind)) = cut(before, b"\n") {
        before = behind;
        line += 1;
    }
    let column = 1 + before.bytes().filter(|byte| begins_character(*byte)).count();
    let end = (1..rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
    let mut found = rest.get(..end).unwrap_or_default();
    let words = match found.as_bytes() {
        [] => "The text is not JSON: it ends too early,% at line %, column %.",
        // Control characters, as Unicode has them.
        [0..=0x1f | 0x7f] | [0xc2, 0x80..=0x9f] => {
            found = "";
            "The text is not JSON: a control character% at line %, column %."
        }
        _ => "The text is not JSON: % is not expected at line %, column %.",
    };
    fill(words, &[found, &decimal(line), &decimal(column as i64)])
}
