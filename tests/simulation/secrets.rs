//! No secret stands in anything that the client says.

use std::error::Error;

use messenger_send::client::{SendError, SendReceipt};

use super::world::{SECRET, TOKENS};

/// Whether a text holds a secret: as it is, percent-encoded, or escaped.
pub fn check(what: &str, text: &str) -> Result<(), String> {
    for secret in TOKENS.iter().chain([&SECRET]) {
        let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let escaped = secret.replace('/', "\\/").replace('|', "\\u007c");
        if [secret, form.as_str(), escaped.as_str()].iter().any(|form| text.contains(form)) {
            return Err(format!("{what} holds a secret: {text}"));
        }
    }
    Ok(())
}

/// Every text of an error.
pub fn check_error(error: &SendError) -> Result<(), String> {
    check("Debug of an error", &format!("{error:?}"))?;
    check("Display of an error", &error.to_string())?;
    check("JSON of an error", &serde_json::to_string(error).unwrap())?;
    let mut source = error.source();
    while let Some(cause) = source {
        check("a cause", &format!("{cause} {cause:?}"))?;
        source = cause.source();
    }
    Ok(())
}

/// Every text of a receipt.
pub fn check_receipt(receipt: &SendReceipt) -> Result<(), String> {
    check("Debug of a receipt", &format!("{receipt:?}"))?;
    check("JSON of a receipt", &serde_json::to_string(receipt).unwrap())
}

/// Every text of an outcome.
pub fn check_outcome(outcome: &Result<SendReceipt, SendError>) -> Result<(), String> {
    match outcome {
        Ok(receipt) => check_receipt(receipt),
        Err(error) => check_error(error),
    }
}
