//! A report as one text and a list of numbers, the form in which JavaScript receives it.
//!
//! While a form is being filled in, its message is usually invalid, so reports must be cheap.
//! `JSON.parse` of a report takes as long as the validation itself; splitting one text takes a
//! quarter of that. Each text of an issue is written once, straight into the report.

use std::fmt::Write;

use super::finding::{Finding, IssueSink};
use super::issue::push_pointer;
use super::{Issue, PathSegment, RuleOptions, Unreadable, check_request, push_unreadable};
use crate::payload::spec::Severity;

/// The initial capacity of the text, in bytes. Most reports fit.
const USUAL_TEXT: usize = 4096;
/// The initial capacity of the numbers. Most reports fit.
const USUAL_NUMBERS: usize = 512;

/// The issues of a report, which `pkg-template/api/report.js` reads.
///
/// All texts are concatenated in `text`; `numbers` has the length of each in UTF-16 units. An issue
/// is written as its code, 1 for an error or 0 for a warning, its path, its pointer, its message, a
/// number whose bits say which of `limit`, `actual`, `unit` and `graphCode` are present, those
/// members, and the URL of its documentation. A path is written as the number of its segments, and
/// then 0 and a name, or 1 and an index, for each segment.
///
/// Hidden: for the npm package.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct FlatReport {
    /// The concatenated texts.
    pub text: String,
    /// The numbers, in the order in which they are read.
    pub numbers: Vec<u32>,
    issues: usize,
    has_error: bool,
}

/// The report of [`validate_json`](super::validate_json).
///
/// Hidden: for the npm package.
#[doc(hidden)]
pub fn flat_report(json: &[u8], options: &RuleOptions) -> FlatReport {
    let mut report = FlatReport::default();
    check_request(json, options, &mut report);
    report
}

/// The report on a value that could not be read.
///
/// Hidden: for the npm package.
#[doc(hidden)]
pub fn flat_unreadable(reason: Unreadable, options: &RuleOptions) -> FlatReport {
    let mut report = FlatReport::default();
    push_unreadable(reason, options, &mut report);
    report
}

impl From<&[Issue]> for FlatReport {
    fn from(issues: &[Issue]) -> Self {
        let mut report = Self::default();
        for issue in issues {
            report.push(&issue.into(), &issue.path);
        }
        report
    }
}

impl IssueSink for FlatReport {
    fn push(&mut self, finding: &Finding<'_>, path: &[PathSegment]) {
        if self.issues == 0 {
            self.text.reserve(USUAL_TEXT);
            self.numbers.reserve(USUAL_NUMBERS);
        }
        self.issues += 1;
        self.has_error |= finding.severity == Severity::Error;
        let code = self.text.len();
        for part in finding.code {
            self.text.push_str(part);
        }
        // Codes are ASCII, so their length in bytes is that in UTF-16 units.
        self.number((self.text.len() - code) as u32);
        self.number(u32::from(finding.severity == Severity::Error));
        self.path(path);
        let pointer = self.text.len();
        push_pointer(&mut self.text, path);
        self.end_text(pointer);
        let message = self.text.len();
        // Writing to a `String` does not fail.
        let _ = write!(self.text, "{}", finding.message);
        self.end_text(message);
        let Finding {
            limit,
            actual,
            unit,
            graph_code,
            docs,
            ..
        } = *finding;
        self.number(
            u32::from(limit.is_some())
                | u32::from(actual.is_some()) << 1
                | u32::from(unit.is_some()) << 2
                | u32::from(graph_code.is_some()) << 3,
        );
        self.numbers.extend(limit);
        self.numbers.extend(actual);
        if let Some(unit) = unit {
            self.text(unit.name());
        }
        self.numbers.extend(graph_code);
        self.text(docs);
    }

    fn count(&self) -> usize {
        self.issues
    }

    fn has_error(&self) -> bool {
        self.has_error
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

impl FlatReport {
    /// Whether there are no issues.
    pub fn is_empty(&self) -> bool {
        self.issues == 0
    }

    fn path(&mut self, path: &[PathSegment]) {
        self.number(path.len() as u32);
        for segment in path {
            match segment {
                PathSegment::Key(name) => {
                    self.number(0);
                    self.text(name);
                }
                PathSegment::Index(index) => {
                    self.number(1);
                    self.number(*index as u32);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.end_text(start);
    }

    /// Ends the text that was written from `start` on, by adding its length.
    fn end_text(&mut self, start: usize) {
        let text = self.text.get(start..).unwrap_or_default();
        let length = if text.is_ascii() {
            text.len()
        } else {
            text.encode_utf16().count()
        };
        self.number(length as u32);
    }

    fn number(&mut self, number: u32) {
        self.numbers.push(number);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::validate::validate_json;

    /// Reads a report as the package does.
    struct Cursor<'r> {
        text: Vec<u16>,
        numbers: &'r [u32],
        at: usize,
    }

    impl Cursor<'_> {
        fn number(&mut self) -> u32 {
            let (first, rest) = self.numbers.split_first().unwrap();
            self.numbers = rest;
            *first
        }

        fn text(&mut self) -> Value {
            let start = self.at;
            self.at += self.number() as usize;
            String::from_utf16(&self.text[start..self.at])
                .unwrap()
                .into()
        }

        fn segment(&mut self) -> Value {
            match self.number() {
                0 => self.text(),
                _ => self.number().into(),
            }
        }

        fn issue(&mut self) -> Value {
            let mut issue = Map::new();
            issue.insert("code".into(), self.text());
            let severity = ["warning", "error"][self.number() as usize];
            issue.insert("severity".into(), severity.into());
            let segments = self.number();
            let path: Value = (0..segments).map(|_| self.segment()).collect();
            issue.insert("path".into(), path);
            issue.insert("pointer".into(), self.text());
            issue.insert("message".into(), self.text());
            let given = self.number();
            for (bit, name) in ["limit", "actual", "unit", "graphCode"].iter().enumerate() {
                if given >> bit & 1 == 1 {
                    let value = match *name {
                        "unit" => self.text(),
                        _ => self.number().into(),
                    };
                    issue.insert((*name).into(), value);
                }
            }
            issue.insert("docs".into(), self.text());
            issue.into()
        }
    }

    #[test]
    fn holds_what_serde_writes() {
        let request = json!({
            "\"\n/~é😀": 1,
            "recipient": { "id": "1" },
            "message": { "text": "😀".repeat(2001), "quick_replies": vec![json!({
                "content_type": "text",
                "title": "é".repeat(21),
                "payload": null,
            }); 14] },
        });
        let request = request.to_string();
        let options = RuleOptions::default();
        let expected = serde_json::to_value(validate_json(&request, &options).issues).unwrap();
        let flat = flat_report(request.as_bytes(), &options);
        let of_issues = FlatReport::from(validate_json(&request, &options).issues.as_slice());
        for report in [flat, of_issues] {
            let mut cursor = Cursor {
                text: report.text.encode_utf16().collect(),
                numbers: &report.numbers,
                at: 0,
            };
            let issues: Value = (0..report.count()).map(|_| cursor.issue()).collect();
            assert_eq!(issues, expected);
            assert!(cursor.numbers.is_empty() && cursor.at == cursor.text.len());
        }
    }
}
