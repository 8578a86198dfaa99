//! What validation answers: issues, and the report that holds them.

use crate::json::{ObjectText, text};
use crate::payload::spec::{Severity, Unit};
use crate::words::{add, cut, decimal, joined};

/// One step from the request to a value in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A member's name.
    Key(String),
    /// An item's place in its list.
    Index(usize),
}

/// One mistake, or one thing that is unwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The stable name of the rule, as `text.too_long`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is: from the request inwards.
    pub path: Vec<Segment>,
    /// The same as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong, in a sentence, with the limit and the actual value.
    pub message: String,
    /// The limit, where the rule is one.
    pub limit: Option<u32>,
    /// What was found, in the limit's unit.
    pub actual: Option<u32>,
    /// What the limit counts.
    pub unit: Option<Unit>,
    /// What Graph answers, where documented.
    pub graph_code: Option<u32>,
    /// The page that documents it.
    pub docs: &'static str,
}

impl Issue {
    /// An issue of the whole text, without a sentence yet.
    #[inline(never)]
    pub(super) fn new(code: String, severity: Severity, docs: &'static str) -> Self {
        Self {
            code,
            severity,
            path: Vec::new(),
            pointer: String::new(),
            message: String::new(),
            limit: None,
            actual: None,
            unit: None,
            graph_code: None,
            docs,
        }
    }

    /// The issue as JSON, as JavaScript sees it.
    fn to_json(&self) -> String {
        let mut path = String::new();
        for segment in &self.path {
            let segment = match segment {
                Segment::Key(key) => text(key),
                Segment::Index(index) => decimal(*index as i64),
            };
            listed(&mut path, ",", &segment);
        }
        let mut json = ObjectText::default();
        json.text("code", &self.code);
        json.text("severity", self.severity.name());
        json.json("path", &in_brackets(&path));
        json.text("pointer", &self.pointer);
        json.text("message", &self.message);
        add_numbers(&mut json, &[("limit", self.limit), ("actual", self.actual)], self.unit, self.graph_code);
        json.text("docs", self.docs);
        json.end()
    }
}

/// Adds an item to a list, as text.
#[inline(never)]
pub(super) fn listed(list: &mut String, between: &str, item: &str) {
    if !list.is_empty() {
        add(list, between);
    }
    add(list, item);
}

/// The list of these items of JSON.
pub(super) fn in_brackets(items: &str) -> String {
    joined(&["[", items, "]"])
}

/// Adds the numbers of an issue or a rule, as far as it has them.
#[inline(never)]
pub(super) fn add_numbers(json: &mut ObjectText, numbers: &[(&str, Option<u32>)], unit: Option<Unit>, graph_code: Option<u32>) {
    for (name, number) in numbers {
        if let Some(number) = number {
            json.number(name, *number);
        }
    }
    if let Some(unit) = unit {
        json.text("unit", unit.name());
    }
    if let Some(code) = graph_code {
        json.number("graphCode", code);
    }
}

/// A list of issues as JSON.
pub(crate) fn issues_json(issues: &[Issue]) -> String {
    let mut list = String::new();
    for issue in issues {
        listed(&mut list, ",", &issue.to_json());
    }
    in_brackets(&list)
}

/// The answer of a validation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Every issue, in the order of the text.
    pub issues: Vec<Issue>,
}

impl Report {
    /// No issue is an error.
    pub fn valid(&self) -> bool {
        self.issues.iter().all(|issue| issue.severity != Severity::Error)
    }

    /// The report as JSON: `{"valid": …, "issues": […]}`.
    pub fn to_json(&self) -> String {
        let mut json = ObjectText::default();
        json.json("valid", if self.valid() { "true" } else { "false" });
        json.json("issues", &issues_json(&self.issues));
        json.end()
    }
}

/// A path as a JSON Pointer.
pub(crate) fn pointer(path: &[Segment]) -> String {
    let mut pointer = String::new();
    for segment in path {
        add(&mut pointer, "/");
        match segment {
            Segment::Key(key) => {
                let mut rest = &**key;
                while let Some((before, behind)) = cut(rest, b"~/") {
                    add(&mut pointer, before);
                    // The sign stands right behind.
                    add(&mut pointer, if rest.as_bytes().get(before.len()) == Some(&b'~') { "~0" } else { "~1" });
                    rest = behind;
                }
                add(&mut pointer, rest);
            }
            Segment::Index(index) => add(&mut pointer, &decimal(*index as i64)),
        }
    }
    pointer
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_escaped() {
        let path = [Segment::Key("a/b".to_owned()), Segment::Index(3), Segment::Key("~".to_owned()), Segment::Key(String::new())];
        assert_eq!(pointer(&path), "/a~1b/3/~0/");
        assert_eq!(pointer(&[]), "");
    }
}
