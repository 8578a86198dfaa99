//! Interprets the platform's error when there is no response.
//!
//! Each runtime has its own error for a connection that could not be made; browsers do not report
//! it. `docs/errors.md` lists the measured errors.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::js::{member, message_of};
use crate::client::transport::{TransportError, TransportErrorKind, connect};

/// The maximum number of causes, and of errors in an aggregate, that are examined.
const MAX_ERRORS: u32 = 16;

/// `fetch` threw or rejected.
pub(super) fn no_answer(thrown: JsValue) -> TransportError {
    let mut seen = 0;
    let kind = kind_of(&thrown, &mut seen).unwrap_or(TransportErrorKind::Unknown);
    let reason = reason_of(&thrown);
    let mut error = TransportError::thrown(kind, thrown);
    if let Some(reason) = reason
        && !error.message.contains(&reason)
    {
        error.message = format!("{} ({reason})", error.message);
    }
    error
}

/// The connection broke during the response.
pub(super) fn broken(thrown: JsValue, status: u16) -> TransportError {
    TransportError::thrown(TransportErrorKind::Unknown, thrown).with_status(status)
}

/// Interprets the error, its causes and the errors of an aggregate.
fn kind_of(thrown: &JsValue, seen: &mut u32) -> Option<TransportErrorKind> {
    *seen += 1;
    if *seen > MAX_ERRORS {
        return None;
    }
    let text = |name| member(thrown, name).and_then(|text| text.as_string());
    let code = text("code").unwrap_or_default();
    let syscall = text("syscall").unwrap_or_default();
    let message = message_of(thrown);
    if let Some(kind) = connect::kind_of(&code, &syscall, &message) {
        return Some(kind);
    }
    // Several addresses were tried. Nothing was sent only if each of them failed like this.
    let errors = member(thrown, "errors");
    if let Some(kind) = errors.and_then(|errors| common_kind(&errors, seen)) {
        return Some(kind);
    }
    kind_of(&member(thrown, "cause")?, seen)
}

/// What all errors of an aggregate agree on.
fn common_kind(errors: &JsValue, seen: &mut u32) -> Option<TransportErrorKind> {
    let length = Reflect::get(errors, &"length".into()).ok()?.as_f64()?;
    let mut common = None;
    for index in 0..(length as u32).min(MAX_ERRORS) {
        let kind = kind_of(&Reflect::get_u32(errors, index).ok()?, seen)?;
        if common.is_some_and(|common| common != kind) {
            return None;
        }
        common = Some(kind);
    }
    common
}

/// The code of the innermost cause, since the outer message is only "fetch failed".
fn reason_of(thrown: &JsValue) -> Option<String> {
    let code = member(&member(thrown, "cause")?, "code")?.as_string();
    let is_code = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    code.filter(|code| code.len() <= 64 && code.bytes().all(is_code))
}
