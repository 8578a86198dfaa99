//! The requests in `tests/fixtures`: legal ones, one per file, and illegal ones with their expected
//! issues.

use super::Found;
use messenger_send::payload::spec::Platform;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// A legal request.
pub struct Legal {
    /// The path of its file below `legal/`.
    pub name: String,
    /// The text of the file.
    pub text: String,
    pub request: Value,
    pub platform: Platform,
    /// Whether it has warnings (but no errors).
    pub warned: bool,
}

/// A request and all its issues.
pub struct Case {
    pub name: String,
    pub request: Value,
    pub platform: Platform,
    /// Sorted.
    pub issues: Vec<Found>,
}

/// A request whose verdict comes from the documentation: see `tests/validate/judged.rs`.
pub struct Judged {
    pub name: String,
    pub request: Value,
    pub platform: Platform,
    pub verdict: Verdict,
}

/// The expected verdict, with the pointers to the mistakes.
#[derive(Debug)]
pub enum Verdict {
    /// No issues.
    Legal,
    /// No errors, and warnings at least at these pointers.
    Warned(BTreeSet<String>),
    /// Errors at exactly these pointers.
    Illegal(BTreeSet<String>),
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// All legal requests, sorted by name.
pub fn legal() -> Vec<Legal> {
    let root = folder().join("legal");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(
        files.len() > 100,
        "only {} legal requests were found",
        files.len()
    );
    files
        .into_iter()
        .map(|file| {
            let name = file
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            let text = read_to_string(&file).unwrap();
            Legal {
                request: serde_json::from_str(&text)
                    .unwrap_or_else(|error| panic!("{name}: {error}")),
                platform: if name.starts_with("instagram/") {
                    Platform::Instagram
                } else {
                    Platform::Messenger
                },
                warned: name.contains("warned/"),
                name,
                text,
            }
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// All requests in `illegal.json`, including those exactly at a limit, which have no issues.
pub fn illegal() -> Vec<Case> {
    let cases: Vec<Value> =
        serde_json::from_str(&read_to_string(folder().join("illegal.json")).unwrap()).unwrap();
    assert!(cases.len() > 700, "only {} cases were found", cases.len());
    cases
        .iter()
        .map(|case| {
            let text = |value: &Value, name: &str| {
                value[name]
                    .as_str()
                    .unwrap_or_else(|| panic!("{name} is missing in {case}"))
                    .to_owned()
            };
            let issues = case["issues"].as_array().unwrap();
            let mut issues: Vec<Found> = issues
                .iter()
                .map(|issue| {
                    (
                        text(issue, "pointer"),
                        text(issue, "severity"),
                        text(issue, "code"),
                    )
                })
                .collect();
            issues.sort();
            Case {
                name: text(case, "name"),
                request: expand(&case["request"]),
                platform: platform(case),
                issues,
            }
        })
        .collect()
}

/// All requests in `judged.json`.
pub fn judged() -> Vec<Judged> {
    let cases: Vec<Value> =
        serde_json::from_str(&read_to_string(folder().join("judged.json")).unwrap()).unwrap();
    let places = |case: &Value, name: &str| {
        case[name]
            .as_array()
            .into_iter()
            .flatten()
            .map(|place| place.as_str().unwrap().to_owned())
            .collect()
    };
    cases
        .iter()
        .map(|case| Judged {
            name: case["name"].as_str().unwrap().to_owned(),
            request: expand(&case["request"]),
            platform: platform(case),
            verdict: match case["verdict"].as_str() {
                Some("legal") => Verdict::Legal,
                Some("warned") => Verdict::Warned(places(case, "warnings")),
                Some("illegal") => Verdict::Illegal(places(case, "errors")),
                other => panic!("{other:?} is no verdict"),
            },
        })
        .collect()
}

fn platform(case: &Value) -> Platform {
    match case.get("platform").and_then(Value::as_str) {
        None => Platform::Messenger,
        Some("instagram") => Platform::Instagram,
        Some(other) => panic!("{other} is no platform"),
    }
}

/// Expands the short forms in a case: `{"$repeat": ["a", 2001]}` to a text, `{"$list": [item, 14]}`
/// to a list.
fn expand(value: &Value) -> Value {
    let count = |list: &Value| usize::try_from(list[1].as_u64().unwrap()).unwrap();
    match value {
        Value::Object(members) => {
            if let Some(repeat) = members.get("$repeat") {
                return Value::String(repeat[0].as_str().unwrap().repeat(count(repeat)));
            }
            if let Some(list) = members.get("$list") {
                return Value::Array(vec![expand(&list[0]); count(list)]);
            }
            Value::Object(
                members
                    .iter()
                    .map(|(name, value)| (name.clone(), expand(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(expand).collect()),
        other => other.clone(),
    }
}
