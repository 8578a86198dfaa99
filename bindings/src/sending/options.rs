//! Reads the options of a call: checks their names and types. The core checks their values.

use js_sys::{Function, Object, Reflect};
use messenger_send::client::{OptionValues, RetryValues, RunOptionValues, SendError};
use messenger_send::validate::nearest_name;
use wasm_bindgen::{JsCast, JsValue};

/// The longest unknown name that an error quotes completely, in characters.
const LONGEST_NAME: usize = 60;

/// Reads options by name. The object belongs to the package and has no prototype. Its values are
/// the caller's, so nothing but their types and primitive values is examined.
pub(super) struct OptionReader {
    object: Object,
    /// The names of the options that the caller gave.
    given: Vec<String>,
    /// The names that were read: all other names are unknown.
    known: Vec<&'static str>,
    /// What precedes the names in messages: `retry.` for the members of `retry`.
    prefix: &'static str,
    /// The first value of a wrong type.
    error: Option<SendError>,
}

impl OptionReader {
    pub(super) fn new(object: Object) -> Self {
        Self::with_prefix(object, "")
    }

    fn with_prefix(object: Object, prefix: &'static str) -> Self {
        let names = Object::get_own_property_names(&object);
        let name = |index| Reflect::get_u32(&names, index).ok()?.as_string();
        Self {
            object,
            given: (0..names.length()).filter_map(name).collect(),
            known: Vec::new(),
            prefix,
            error: None,
        }
    }

    /// Reads an option. `convert` returns `None` for a value of the wrong type, and `wanted`
    /// describes the right one. `null` counts as absent, since databases and `process.env` return
    /// it.
    pub(super) fn read<T>(
        &mut self,
        name: &'static str,
        wanted: &str,
        convert: impl FnOnce(&JsValue) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(name)?;
        let converted = convert(&value);
        if converted.is_none() {
            self.refuse(name, wanted);
        }
        converted
    }

    pub(super) fn string(&mut self, name: &'static str) -> Option<String> {
        self.read(name, "a string", JsValue::as_string)
    }

    pub(super) fn boolean(&mut self, name: &'static str) -> Option<bool> {
        self.read(name, "true or false", JsValue::as_bool)
    }

    fn number(&mut self, name: &'static str) -> Option<f64> {
        self.read(name, "a number", JsValue::as_f64)
    }

    /// A number above 0; `wanted` describes it.
    fn positive(&mut self, name: &'static str, wanted: &str) -> Option<f64> {
        let positive = |value: &JsValue| value.as_f64().filter(|number| *number > 0.0);
        self.read(name, wanted, positive)
    }

    pub(super) fn function(&mut self, name: &'static str) -> Option<Function> {
        self.read(name, "a function", |value| value.dyn_ref().cloned())
    }

    /// Makes options known that the package has read.
    pub(super) fn allow(&mut self, names: &[&'static str]) {
        self.known.extend(names);
    }

    fn value(&mut self, name: &'static str) -> Option<JsValue> {
        self.known.push(name);
        if !self.given.iter().any(|given| given == name) {
            return None;
        }
        let value = Reflect::get(&self.object, &name.into()).ok()?;
        (!value.is_null()).then_some(value)
    }

    fn refuse(&mut self, name: &str, wanted: &str) {
        let message = format!("{}{name} must be {wanted}.", self.prefix);
        self.fail(SendError::configuration(message));
    }

    fn fail(&mut self, error: SendError) {
        self.error.get_or_insert(error);
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// A value of the wrong type, or an option that was not read, with the one of the most similar
    /// name.
    pub(super) fn finish(self) -> Result<(), SendError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let is_known = |name: &String| self.known.iter().any(|known| known == name);
        let Some(unknown) = self.given.iter().find(|name| !is_known(name)) else {
            return Ok(());
        };
        let prefix = self.prefix;
        let hint = match nearest_name(unknown, self.known.iter().copied()) {
            None => String::new(),
            Some(near) => format!(" Did you mean {prefix}{near}?"),
        };
        let message = format!("There is no option {prefix}{}.{hint}", shortened(unknown));
        Err(SendError::configuration(message))
    }

    /// The options of every call, without the token and the functions.
    pub(super) fn values(&mut self) -> OptionValues {
        OptionValues {
            page_id: self.string("pageId"),
            api_version: self.string("apiVersion"),
            base_url: self.string("baseUrl"),
            app_secret: self.string("appSecret"),
            encoding: self.string("encoding"),
            timeout_ms: self.number("timeoutMs"),
            stamp: self.boolean("stamp"),
            retry: self.retry_values(),
        }
    }

    fn retry_values(&mut self) -> Option<RetryValues> {
        let as_object = |value: &JsValue| {
            value
                .is_object()
                .then(|| value.unchecked_ref::<Object>().clone())
        };
        let mut retry = Self::with_prefix(self.read("retry", "an object", as_object)?, "retry.");
        let values = RetryValues {
            attempts: retry.number("attempts"),
            base_delay_ms: retry.number("baseDelayMs"),
            max_delay_ms: retry.number("maxDelayMs"),
            unknown: retry.boolean("unknown"),
        };
        if let Err(error) = retry.finish() {
            self.fail(error);
        }
        Some(values)
    }

    /// The options of `sendAll` alone, without the functions.
    pub(super) fn run_values(&mut self) -> RunOptionValues {
        RunOptionValues {
            concurrency: self.positive("concurrency", "a whole number above 0"),
            per_second: self.positive("perSecond", "a number above 0"),
            batch: self.boolean("batch"),
            outage_ms: self.positive("outageMs", "a number of milliseconds above 0"),
        }
    }
}

fn shortened(name: &str) -> String {
    let mut quoted: String = name.chars().take(LONGEST_NAME).collect();
    if quoted.len() < name.len() {
        quoted.push('…');
    }
    quoted
}
