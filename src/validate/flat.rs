//! A report as one text and a list of numbers, the form in which JavaScript receives it.
//!
//! While a form is being filled in, its message is usually invalid, so reports must be cheap.
//! `JSON.parse` of a report takes as long as the validation itself; slicing one text takes a
//! quarter of that. Each text of an issue is written straight into the report, and only once: the
//! names of a path stand in its pointer, and issues with the same URL share it.

use std::fmt::{Display, Write};
use std::ops::Range;

use super::finding::{Code, Finding, IssueSink};
use super::path::{Path, SEPARATOR};
use super::{Issue, PathSegment, RuleOptions, Unreadable, check_request, push_unreadable};
use crate::json::utf16_length;
use crate::payload::spec::Severity;

/// The initial capacity of the text, in bytes. Most reports fit.
const USUAL_TEXT: usize = 2048;
/// The initial capacity of the numbers. Most reports fit.
const USUAL_NUMBERS: usize = 512;

/// The issues of a report, which `pkg-template/api/report.js` reads.
///
/// `text` contains all texts, and `numbers` says where: a text is written as its start and its end,
/// in UTF-16 units. An issue is written as
///
/// - its path: 0 and a name, or 1 and an index, for each segment, and 2 at the end;
/// - a number whose bits say whether it is an error, and which of `limit`, `actual`, `unit` and
///   `graphCode` are present;
/// - its code, its pointer, its message, those members, and the URL of its documentation.
///
/// Hidden: for the npm package.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct FlatReport {
    /// The texts, in any order.
    pub text: String,
    /// The numbers, in the order in which they are read.
    pub numbers: Vec<u32>,
    /// The length of `text` in UTF-16 units.
    units: u32,
    /// The URLs in `text`.
    urls: Vec<(&'static str, Range<u32>)>,
    issues: usize,
    has_error: bool,
}

/// A name follows in the path.
const NAME: u32 = 0;
/// An index follows in the path.
const INDEX: u32 = 1;
/// The path ends here.
const END: u32 = 2;

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
            report.push_issue(issue, &issue.path, &Path::Root);
        }
        report
    }
}

impl IssueSink for FlatReport {
    fn push(&mut self, finding: &Finding<'_>, path: &Path<'_>) {
        if self.issues == 0 {
            self.text.reserve(USUAL_TEXT);
            self.numbers.reserve(USUAL_NUMBERS);
        }
        let Finding {
            code,
            severity,
            message,
            limit,
            actual,
            unit,
            graph_code,
            docs,
        } = *finding;
        self.issues += 1;
        self.has_error |= severity == Severity::Error;
        let pointer = self.path(path);
        let code = self.code(code);
        let message = self.message(message);
        let docs = self.url(docs);
        let bits = u32::from(severity == Severity::Error)
            | u32::from(limit.is_some()) << 1
            | u32::from(actual.is_some()) << 2
            | u32::from(unit.is_some()) << 3
            | u32::from(graph_code.is_some()) << 4;
        self.numbers.extend_from_slice(&[
            END,
            bits,
            code.start,
            code.end,
            pointer.start,
            pointer.end,
            message.start,
            message.end,
        ]);
        self.numbers.extend_from_slice(limit.as_slice());
        self.numbers.extend_from_slice(actual.as_slice());
        if let Some(unit) = unit {
            let unit = self.ascii(unit.name());
            self.numbers.extend_from_slice(&[unit.start, unit.end]);
        }
        self.numbers.extend_from_slice(graph_code.as_slice());
        self.numbers.extend_from_slice(&[docs.start, docs.end]);
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

    /// Adds an issue. `path` is the beginning of its path, and `segments` the rest.
    fn push_issue(&mut self, issue: &Issue, segments: &[PathSegment], path: &Path<'_>) {
        let Some((segment, rest)) = segments.split_first() else {
            return self.push(&issue.into(), path);
        };
        let path = match segment {
            PathSegment::Key(name) => Path::Unknown { parent: path, name },
            PathSegment::Index(index) => Path::Item {
                parent: path,
                index: *index,
            },
        };
        self.push_issue(issue, rest, &path);
    }

    fn code(&mut self, parts: Code<'_>) -> Range<u32> {
        let start = self.units;
        for part in parts {
            self.ascii(part);
        }
        start..self.units
    }

    /// Writes a path. Returns the range of its pointer.
    fn path(&mut self, path: &Path<'_>) -> Range<u32> {
        let start = self.text.len();
        path.push_to(&mut self.text);
        let pointer = self.advance_from(start);
        self.segments(path, pointer.start);
        pointer
    }

    /// Adds the segments of a path, whose pointer begins at this unit. Returns its end.
    fn segments(&mut self, path: &Path<'_>, pointer: u32) -> u32 {
        let Some(parent) = path.parent() else {
            return pointer;
        };
        let start = self.segments(parent, pointer) + SEPARATOR.len() as u32;
        match path {
            Path::Root => start,
            Path::Member { name, .. } => {
                let end = start + name.len() as u32;
                self.numbers.extend_from_slice(&[NAME, start, end]);
                end
            }
            Path::Unknown { name, .. } => {
                // In the pointer it may be escaped, which adds one unit for each escape.
                let escapes = name.chars().filter(|letter| matches!(letter, '~' | '/'));
                let escapes = escapes.count() as u32;
                self.text.push_str(name);
                let name = self.advance(utf16_length(name));
                self.numbers
                    .extend_from_slice(&[NAME, name.start, name.end]);
                start + (name.end - name.start) + escapes
            }
            Path::Item { index, .. } => {
                let digits = index.checked_ilog10().unwrap_or(0) + 1;
                self.numbers.extend_from_slice(&[INDEX, *index as u32]);
                start + digits
            }
        }
    }

    fn message(&mut self, message: &dyn Display) -> Range<u32> {
        let start = self.text.len();
        // Writing to a `String` does not fail.
        let _ = write!(self.text, "{message}");
        self.advance_from(start)
    }

    /// Writes a URL, unless the text has it already: most issues of a report have the same.
    fn url(&mut self, url: &'static str) -> Range<u32> {
        if let Some((_, range)) = self
            .urls
            .iter()
            .find(|(known, _)| std::ptr::eq(*known, url))
        {
            return range.clone();
        }
        let range = self.ascii(url);
        self.urls.push((url, range.clone()));
        range
    }

    /// Writes a text from the tables. All of them are ASCII.
    fn ascii(&mut self, text: &str) -> Range<u32> {
        self.text.push_str(text);
        self.advance(text.len())
    }

    /// Counts what was written from this byte on. Returns its range.
    fn advance_from(&mut self, byte: usize) -> Range<u32> {
        self.advance(utf16_length(self.text.get(byte..).unwrap_or_default()))
    }

    /// Counts a text that was written. Returns its range.
    fn advance(&mut self, units: usize) -> Range<u32> {
        let start = self.units;
        self.units += units as u32;
        start..self.units
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
    }

    impl Cursor<'_> {
        fn number(&mut self) -> u32 {
            let (first, rest) = self.numbers.split_first().unwrap();
            self.numbers = rest;
            *first
        }

        fn text(&mut self) -> Value {
            let (start, end) = (self.number() as usize, self.number() as usize);
            String::from_utf16(&self.text[start..end]).unwrap().into()
        }

        fn path(&mut self) -> Value {
            let mut path = Vec::new();
            loop {
                match self.number() {
                    NAME => path.push(self.text()),
                    INDEX => path.push(self.number().into()),
                    _ => return path.into(),
                }
            }
        }

        fn issue(&mut self) -> Value {
            let mut issue = Map::new();
            let path = self.path();
            let bits = self.number();
            issue.insert("code".into(), self.text());
            let severity = ["warning", "error"][(bits & 1) as usize];
            issue.insert("severity".into(), severity.into());
            issue.insert("path".into(), path);
            issue.insert("pointer".into(), self.text());
            issue.insert("message".into(), self.text());
            for (bit, name) in ["limit", "actual", "unit", "graphCode"].iter().enumerate() {
                if bits >> (bit + 1) & 1 == 1 {
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
            "é/~b": { "c~": ["", "half a pair"] },
            "recipient": { "id": "1" },
            "message": { "text": "😀".repeat(2001), "quick_replies": vec![json!({
                "content_type": "text",
                "title": "é".repeat(21),
                "payload": null,
            }); 14] },
        });
        // A `Value` cannot hold half a surrogate pair.
        let request = request.to_string().replace("half a pair", "\\ud800");
        let options = RuleOptions::default();
        let expected = serde_json::to_value(validate_json(&request, &options).issues).unwrap();
        let flat = flat_report(request.as_bytes(), &options);
        let of_issues = FlatReport::from(validate_json(&request, &options).issues.as_slice());
        for report in [flat, of_issues] {
            let mut cursor = Cursor {
                text: report.text.encode_utf16().collect(),
                numbers: &report.numbers,
            };
            let issues: Value = (0..report.count()).map(|_| cursor.issue()).collect();
            assert_eq!(issues, expected);
            assert!(issues.to_string().contains(r#""/é~1~0b/c~0/1""#));
            assert!(cursor.numbers.is_empty());
        }
    }
}
