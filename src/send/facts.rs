//! What a step is told beside its text.

use std::borrow::Cow;

use super::loose;
use super::options::Options;
use crate::json::{ValueKind, Value, last, whole};
use crate::words::cut;

/// On the first line the options of the send, and on the second what is known at this step, both as JSON.
pub struct Facts<'a> {
    /// The options; not every step needs them.
    pub options: &'a str,
    facts: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Facts<'a> {
    /// Takes the lines apart. Where there is one only, no fact is told.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let (options, facts) = cut(text, b"\n").unwrap_or((text, ""));
        Self { options, facts: whole(facts).map(|value| value.members()).unwrap_or_default() }
    }

    /// The options of a step before this one, which has checked them.
    #[must_use]
    pub fn known(&self) -> Options {
        Options::from_json(self.options).unwrap_or_else(|_| Options::new(""))
    }

    /// A fact that is a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        self.fact(name)?.text().map(Into::into)
    }

    /// A fact that is a number, to a millionth.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        loose::number(&self.fact(name)?)
    }

    /// A fact that is a whole number of at least 0; 0 where it is not told.
    #[must_use]
    pub fn count(&self, name: &str) -> u32 {
        self.number(name).unwrap_or_default() as u32
    }

    /// A fact that is told only where it holds.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        self.fact(name).is_some()
    }

    fn fact(&self, name: &str) -> Option<Value<'a>> {
        last(&self.facts, name).filter(|value| value.kind != ValueKind::Null)
    }
}
