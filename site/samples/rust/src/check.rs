//! Checks a message.

// #region check
use messenger_send::{RuleOptions, validate_json};

/// Prints each mistake with its place.
pub fn check(request: &str) {
    for issue in validate_json(request, &RuleOptions::default()).issues {
        println!("{}: {}", issue.pointer, issue.message);
    }
}
// #endregion check
