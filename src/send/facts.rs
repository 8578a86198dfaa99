//! What a step is told beside its text.

use super::loose::{self, Members};
use super::options::Options;
use crate::words::cut;

/// On the first line the options of the send, and on the second what is known at this step, both as JSON.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The options; not every step needs them.
    pub options: &'a str,
    facts: Option<Members<'a>>,
}

impl<'a> Facts<'a> {
    /// Takes the lines apart. Where there is one only, no fact is told.
    #[must_use]
    pub fn read(text: &'a str) -> Self {
        let (options, facts) = cut(text, b"\n").unwrap_or((text, ""));
        Self { options, facts: loose::object(facts) }
    }

    /// The options of a step before this one, which has checked them.
    #[must_use]
    pub fn known(&self) -> Options {
        Options::from_json(self.options).unwrap_or_else(|_| Options::new(""))
    }

    /// A fact that is a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        loose::text(self.facts?, name).map(Into::into)
    }

    /// A fact that is a number, to a millionth.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        loose::number(&loose::member(self.facts?, name)?)
    }

    /// A fact that is a whole number of at least 0; 0 where it is not told.
    #[must_use]
    pub fn count(&self, name: &str) -> u32 {
        self.number(name).unwrap_or_default() as u32
    }

    /// A fact that is told only where it holds.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        self.facts.is_some_and(|facts| loose::member(facts, name).is_some())
    }
}
