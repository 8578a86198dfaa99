//! What validation answers: issues, and the report that holds them.

use serde::Serialize;

use crate::payload::spec::{Severity, Unit};

/// One step from the request to a value in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Segment {
    /// A member's name.
    Key(String),
    /// An item's place in its list.
    Index(usize),
}

/// One mistake, or one thing that is unwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The stable name of the rule, as `text.too_long`.
    pub code: String,
    /// How bad it is.
    #[serde(serialize_with = "severity")]
    pub severity: Severity,
    /// Where it is: from the request inwards.
    pub path: Vec<Segment>,
    /// The same as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong, in a sentence, with the limit and the actual value.
    pub message: String,
    /// The limit, where the rule is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// What was found, in the limit's unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<u32>,
    /// What the limit counts.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "unit")]
    pub unit: Option<Unit>,
    /// What Graph answers, where documented.
    #[serde(rename = "graphCode", skip_serializing_if = "Option::is_none")]
    pub graph_code: Option<u32>,
    /// The page that documents it.
    pub docs: &'static str,
}

fn severity<S: serde::Serializer>(severity: &Severity, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(severity.name())
}

fn unit<S: serde::Serializer>(unit: &Option<Unit>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(unit.map_or("", Unit::name))
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
        #[derive(Serialize)]
        struct Json<'a> {
            valid: bool,
            issues: &'a [Issue],
        }
        serde_json::to_string(&Json { valid: self.valid(), issues: &self.issues }).unwrap_or_default()
    }
}

/// A path as a JSON Pointer.
pub(crate) fn pointer(path: &[Segment]) -> String {
    let mut pointer = String::new();
    for segment in path {
        pointer.push('/');
        match segment {
            Segment::Key(key) => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Index(index) => pointer.push_str(&index.to_string()),
        }
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_escaped() {
        let path = [Segment::Key("a/b".to_owned()), Segment::Index(3), Segment::Key("~".to_owned()), Segment::Key(String::new())];
        assert_eq!(pointer(&path), "/a~1b/3/~0/");
        assert_eq!(pointer(&[]), "");
    }
}
