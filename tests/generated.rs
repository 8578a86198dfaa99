//! The files generated from the payload declarations: each is generated again here and compared
//! with the committed one.
//!
//! `npm run generate` sets `UPDATE=1`, with which each test writes its file instead.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "generated/errors.rs"]
mod errors;
#[path = "generated/json.rs"]
mod json;
#[path = "generated/model.rs"]
mod model;
#[path = "generated/prose.rs"]
mod prose;
#[path = "generated/rules.rs"]
mod rules;
#[path = "generated/schema.rs"]
mod schema;
#[path = "generated/typescript.rs"]
mod typescript;

use messenger_send::build::Draft;
use messenger_send::client::codes;
use messenger_send::payload::SendRequest;
use messenger_send::validate::rules;
use std::path::Path;

/// The command that generates the files; each file names it.
pub const COMMAND: &str = "npm run generate";

/// Compares a file with its expected content, or writes it if `UPDATE` is set.
#[track_caller]
fn settle(path: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, made).unwrap();
        return;
    }
    let there = std::fs::read_to_string(&file)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if there == made {
        return;
    }
    let line = there
        .lines()
        .zip(made.lines())
        .take_while(|(a, b)| a == b)
        .count();
    panic!(
        "{path} is stale: run {COMMAND}. Line {} is {:?}, and should be {:?}.",
        line + 1,
        there.lines().nth(line).unwrap_or("missing"),
        made.lines().nth(line).unwrap_or("gone"),
    );
}

#[test]
fn the_typescript_types_are_fresh() {
    let codes: Vec<_> = rules().iter().map(|rule| rule.code.as_str()).collect();
    settle(
        "pkg-template/payload.d.ts",
        &typescript::render(&[SendRequest::OBJECT, Draft::OBJECT], &codes),
    );
}

#[test]
fn the_json_schema_is_fresh() {
    settle(
        "pkg-template/schema.json",
        &schema::render(SendRequest::OBJECT),
    );
}

#[test]
fn the_page_of_rules_is_fresh() {
    settle("docs/rules.md", &rules::render(rules()));
}

#[test]
fn the_json_schema_has_no_outdated_rule() {
    assert_eq!(schema::outdated(SendRequest::OBJECT), [""; 0]);
}

#[test]
fn the_page_of_errors_is_fresh() {
    settle("docs/errors.md", &errors::render(codes::table()));
}
