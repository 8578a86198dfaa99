//! Edits one value of a request and leaves the rest unchanged.

use messenger_send::validate::PathSegment;
use serde_json::Value;

/// Escapes a member's name for a JSON Pointer.
pub fn key(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Writes a path segment as it is in a JSON Pointer.
pub fn step(segment: &PathSegment) -> String {
    match segment {
        PathSegment::Key(name) => key(name),
        PathSegment::Index(index) => index.to_string(),
    }
}

fn parent_of(pointer: &str) -> (&str, String) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    (parent, name.replace("~1", "/").replace("~0", "~"))
}

/// The request with this value at the pointer. A missing member is added.
pub fn with(request: &Value, pointer: &str, value: Value) -> Value {
    let mut request = request.clone();
    let (parent, name) = parent_of(pointer);
    match request.pointer_mut(parent).unwrap() {
        Value::Object(members) => drop(members.insert(name, value)),
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        other => panic!("{parent} is {other}"),
    }
    request
}

/// The request without the member at the pointer.
pub fn without(request: &Value, pointer: &str) -> Value {
    let mut request = request.clone();
    let (parent, name) = parent_of(pointer);
    request
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(&name)
        .unwrap();
    request
}

/// The position of the first of two duplicate members.
#[derive(Clone, Copy, Debug)]
pub enum First {
    /// Directly before the other one.
    Adjacent,
    /// At the start of the object.
    AtTheHead,
}

/// The JSON of the request with a duplicate member. The first one has the value `copy`, the last
/// one the value in the request.
pub fn twice(request: &Value, pointer: &str, copy: &str, first: First) -> String {
    let mut text = String::new();
    write(request, "", pointer, copy, first, &mut text);
    text
}

fn write(value: &Value, here: &str, target: &str, copy: &str, first: First, out: &mut String) {
    match value {
        Value::Object(members) => {
            let inside = |name: &str| format!("{here}/{}", key(name));
            let mut parts = Vec::new();
            for (name, value) in members {
                let quoted = Value::from(name.as_str());
                let mut part = format!("{quoted}:");
                write(value, &inside(name), target, copy, first, &mut part);
                if inside(name) == target {
                    let at = if matches!(first, First::AtTheHead) {
                        0
                    } else {
                        parts.len()
                    };
                    parts.insert(at, format!("{quoted}:{copy}"));
                }
                parts.push(part);
            }
            out.push_str(&format!("{{{}}}", parts.join(",")));
        }
        Value::Array(items) => {
            let parts: Vec<_> = items
                .iter()
                .enumerate()
                .map(|(index, item)| {
                    let mut part = String::new();
                    write(
                        item,
                        &format!("{here}/{index}"),
                        target,
                        copy,
                        first,
                        &mut part,
                    );
                    part
                })
                .collect();
            out.push_str(&format!("[{}]", parts.join(",")));
        }
        other => out.push_str(&other.to_string()),
    }
}
