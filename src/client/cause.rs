//! Why a platform could not send: its error and the causes of that error.

use std::error::Error;
use std::fmt;

use super::redact::Redactor;

/// The maximum length of a chain of causes.
const MAX_CAUSES: usize = 8;

/// The platform's error as text. Secrets are redacted, so the error itself cannot be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    message: String,
    source: Option<Box<Cause>>,
    #[cfg(target_arch = "wasm32")]
    exception: Option<wasm_bindgen::JsValue>,
}

impl Cause {
    pub(super) fn of(error: &(dyn Error + 'static)) -> Self {
        Self::chain(error, MAX_CAUSES)
    }

    fn chain(error: &(dyn Error + 'static), depth: usize) -> Self {
        let source = error.source().filter(|_| depth > 1);
        Self {
            message: error.to_string(),
            source: source.map(|source| Box::new(Self::chain(source, depth - 1))),
            #[cfg(target_arch = "wasm32")]
            exception: super::transport::Exception::of(error).cloned(),
        }
    }

    /// Redacts the messages of the chain.
    pub(super) fn redact(&mut self, redactor: &Redactor) {
        let mut next = Some(self);
        while let Some(cause) = next {
            redactor.redact(&mut cause.message);
            next = cause.source.as_deref_mut();
        }
    }

    /// The value that the JavaScript platform threw, not redacted.
    #[cfg(target_arch = "wasm32")]
    #[must_use]
    pub fn exception(&self) -> Option<&wasm_bindgen::JsValue> {
        self.exception.as_ref()
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn Error + 'static))
    }
}
