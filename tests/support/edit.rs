//! Edits of requests: one thing changed, everything else as it was.

use messenger_send::validate::PathSegment;
use serde_json::Value;

/// A member's name in a JSON Pointer.
pub fn key(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A step of a path in a JSON Pointer.
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

/// The request with another value there; a member that was not there is added.
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

/// The request without that member.
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

/// Where the second copy of a member stands.
#[derive(Clone, Copy, Debug)]
pub enum First {
    /// The first copy is right before the member.
    Adjacent,
    /// The first copy opens the object.
    AtTheHead,
}

/// The request's text with a member twice: `copy` is the first one's value, the last one has the
/// request's own.
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
