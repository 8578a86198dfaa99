//! From the options object of JavaScript to options, each member of the right type.

use super::js;
use crate::send::failure::Failure;
use crate::send::options::{Encoding, Options, whole_attempts};
use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};

/// The options, with what only JavaScript has.
pub struct Settings {
    /// Checked.
    pub options: Options,
    /// In the global's place.
    pub fetch: Option<Function>,
    /// The caller's `AbortSignal`, or something that behaves like one.
    pub signal: Option<JsValue>,
    /// Told of each failure that is followed by another attempt.
    pub on_retry: Option<Function>,
}

impl Settings {
    /// `undefined` and `null` are no member: `process.env` and databases give the one and the other.
    pub fn read(given: &JsValue) -> Result<Self, Box<Failure>> {
        if !given.is_object() {
            return Err(Failure::configuration("The options must be an object with an accessToken."));
        }
        let Some(access_token) = text(given, "accessToken")? else {
            return Err(Failure::configuration("accessToken is missing."));
        };
        let mut options = Options::new(access_token);
        replace(&mut options.page_id, text(given, "pageId")?);
        replace(&mut options.api_version, text(given, "apiVersion")?);
        replace(&mut options.base_url, text(given, "baseUrl")?);
        replace(&mut options.timeout_ms, number(given, "timeoutMs", "timeoutMs")?);
        options.app_secret = text(given, "appSecret")?;
        options.encoding = encoding(given)?;
        if let Some(retry) = member(given, "retry", "retry")? {
            if !retry.is_object() {
                return Err(wrong("retry", "an object"));
            }
            if let Some(attempts) = number(&retry, "attempts", "retry.attempts")? {
                options.retry.attempts = whole_attempts(attempts)?;
            }
            replace(&mut options.retry.base_delay_ms, number(&retry, "baseDelayMs", "retry.baseDelayMs")?);
            replace(&mut options.retry.max_delay_ms, number(&retry, "maxDelayMs", "retry.maxDelayMs")?);
            if let Some(unknown) = member(&retry, "unknown", "retry.unknown")? {
                options.retry.unknown = unknown.as_bool().ok_or_else(|| wrong("retry.unknown", "true or false"))?;
            }
        }
        options.check()?;
        Ok(Self { options, fetch: function(given, "fetch")?, signal: signal(given)?, on_retry: function(given, "onRetry")? })
    }
}

fn replace<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn member(object: &JsValue, name: &str, path: &str) -> Result<Option<JsValue>, Box<Failure>> {
    match js::try_get(object, name) {
        Ok(value) if value.is_undefined() || value.is_null() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(_) => Err(wrong(path, "readable")),
    }
}

fn text(object: &JsValue, name: &str) -> Result<Option<String>, Box<Failure>> {
    member(object, name, name)?.map(|value| value.as_string().ok_or_else(|| wrong(name, "a string"))).transpose()
}

fn number(object: &JsValue, name: &str, path: &str) -> Result<Option<f64>, Box<Failure>> {
    member(object, name, path)?.map(|value| value.as_f64().ok_or_else(|| wrong(path, "a number"))).transpose()
}

fn function(object: &JsValue, name: &str) -> Result<Option<Function>, Box<Failure>> {
    member(object, name, name)?.map(|value| value.dyn_into().map_err(|_| wrong(name, "a function"))).transpose()
}

fn encoding(object: &JsValue) -> Result<Encoding, Box<Failure>> {
    match text(object, "encoding")?.as_deref() {
        None | Some("form") => Ok(Encoding::Form),
        Some("json") => Ok(Encoding::Json),
        Some(_) => Err(wrong("encoding", "\"form\" or \"json\"")),
    }
}

fn signal(object: &JsValue) -> Result<Option<JsValue>, Box<Failure>> {
    match member(object, "signal", "signal")? {
        Some(signal) if !js::has_method(&signal, "addEventListener") => Err(wrong("signal", "an AbortSignal")),
        other => Ok(other),
    }
}

fn wrong(path: &str, wanted: &str) -> Box<Failure> {
    Failure::configuration(format!("{path} must be {wanted}."))
}
