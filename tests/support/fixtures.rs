//! The requests in `tests/fixtures`: legal ones, one a file; illegal ones with the issues that they must have.

use super::Found;
use messenger_send::payload::spec::Platform;
use serde_json::Value;
use std::fs::{read_dir, read_to_string};
use std::path::{Path, PathBuf};

/// A legal request.
pub struct Legal {
    /// Its file, from `legal/` on.
    pub name: String,
    /// Its text, as it stands in the file.
    pub text: String,
    pub request: Value,
    pub platform: Platform,
    /// It has warnings, and no error.
    pub warned: bool,
}

/// A request that has exactly these issues.
pub struct Case {
    pub name: String,
    pub request: Value,
    pub platform: Platform,
    /// Sorted.
    pub issues: Vec<Found>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Every legal request, by name.
pub fn legal() -> Vec<Legal> {
    let root = folder().join("legal");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    assert!(files.len() > 100, "only {} legal requests were found", files.len());
    files
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let text = read_to_string(&file).unwrap();
            Legal {
                request: serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}")),
                platform: if name.starts_with("instagram/") { Platform::Instagram } else { Platform::Messenger },
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

/// Every request of `illegal.json`: those at a limit, which have no issue, too.
pub fn illegal() -> Vec<Case> {
    let cases: Vec<Value> = serde_json::from_str(&read_to_string(folder().join("illegal.json")).unwrap()).unwrap();
    assert!(cases.len() > 700, "only {} cases were found", cases.len());
    cases
        .iter()
        .map(|case| {
            let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_else(|| panic!("{name} is missing in {case}")).to_owned();
            let issues = case["issues"].as_array().unwrap();
            let mut issues: Vec<Found> = issues.iter().map(|issue| (text(issue, "pointer"), text(issue, "severity"), text(issue, "code"))).collect();
            issues.sort();
            let platform = match case.get("platform").and_then(Value::as_str) {
                None => Platform::Messenger,
                Some("instagram") => Platform::Instagram,
                Some(other) => panic!("{other} is no platform"),
            };
            Case { name: text(case, "name"), request: expand(&case["request"]), platform, issues }
        })
        .collect()
}

/// Writes out what a case says in short: `{"$repeat": ["a", 2001]}` is a text, `{"$list": [item, 14]}` a list.
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
            Value::Object(members.iter().map(|(name, value)| (name.clone(), expand(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(expand).collect()),
        other => other.clone(),
    }
}
