//! The catalogue as JSON, for the npm package. It is written by hand to keep a serializer out of
//! the wasm module; a test compares it with serde's output.

use std::fmt::Write;

use super::{RuleInfo, rules};
use crate::json::push_string;

/// The catalogue of rules as JSON.
///
/// Hidden: for the npm package.
#[doc(hidden)]
pub fn rules_json() -> String {
    let mut out = String::new();
    let mut before = '[';
    for rule in rules() {
        out.push(before);
        push_rule(&mut out, rule);
        before = ',';
    }
    out.push(']');
    out
}

fn push_rule(out: &mut String, rule: &RuleInfo) {
    let text = |out: &mut String, before: &str, value: &str| {
        out.push_str(before);
        push_string(out, value);
    };
    let number = |out: &mut String, before: &str, value: Option<u32>| {
        if let Some(value) = value {
            // Writing to a `String` does not fail.
            let _ = write!(out, "{before}{value}");
        }
    };
    text(out, r#"{"code":"#, &rule.code);
    text(out, r#","severity":"#, rule.severity.name());
    text(out, r#","summary":"#, &rule.summary);
    number(out, r#","limit":"#, rule.limit);
    if let Some(unit) = rule.unit {
        text(out, r#","unit":"#, unit.name());
    }
    let mut before = r#","platforms":["#;
    for platform in rule.platforms {
        text(out, before, platform.name());
        before = ",";
    }
    out.push(']');
    if let Some(since) = rule.since {
        text(out, r#","since":"#, since);
    }
    number(out, r#","graphCode":"#, rule.graph_code);
    text(out, r#","docs":"#, rule.source.url);
    out.push('}');
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn serde_writes_the_same() {
        assert_eq!(rules_json(), serde_json::to_string(rules()).unwrap());
    }
}
