//! The payloads of the Send API, each declared once.
//!
//! Each file declares one payload: its Rust type, the limits of its members, and the rules between
//! them. The checks, the rule catalogue, the TypeScript types and the JSON Schema are derived from
//! these declarations.

pub(crate) mod builders;
pub(crate) mod declare;
// Hidden: the tables of the declarations are for this repository's own tests and generators.
#[doc(hidden)]
pub mod members;
#[doc(hidden)]
pub mod sources;
#[doc(hidden)]
pub mod spec;

mod attachment;
mod button;
mod from;
mod message;
mod quick_reply;
mod recipient;
mod request;
mod template;
mod utility;

pub use attachment::*;
pub use button::*;
pub use from::ShortForm;
pub use message::*;
pub use quick_reply::*;
pub use recipient::*;
pub use request::*;
pub use template::*;
pub use utility::*;

use serde::{Deserialize, Serialize};
use spec::{Kind, Wire};

/// A string or a number: samples write some ids and payloads both ways.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum StringOrNumber {
    /// A text.
    String(String),
    /// A number.
    Number(serde_json::Number),
}

impl Default for StringOrNumber {
    fn default() -> Self {
        Self::String(String::new())
    }
}

impl From<&str> for StringOrNumber {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl Wire for StringOrNumber {
    const KIND: Kind = Kind::StringOrNumber;
}

/// The id of a person: a string of digits, which some clients write as a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Id {
    /// A string, as documented.
    String(String),
    /// A number. JavaScript rounds it above 2^53 - 1.
    Number(serde_json::Number),
}

impl Default for Id {
    fn default() -> Self {
        Self::String(String::new())
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl Wire for Id {
    const KIND: Kind = Kind::Id;
}

/// `true` or `false`, which some samples write as a string.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum BooleanOrString {
    /// A JSON boolean.
    Boolean(bool),
    /// A string.
    Text(String),
}

impl Default for BooleanOrString {
    fn default() -> Self {
        Self::Boolean(false)
    }
}

impl From<bool> for BooleanOrString {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl Wire for BooleanOrString {
    const KIND: Kind = Kind::BooleanOrString;
}

/// A list, or its only item without the list, as some samples write it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ListOrSingle<T> {
    /// A list, as documented.
    List(Vec<T>),
    /// The only item.
    Single(Box<T>),
}

impl<T> Default for ListOrSingle<T> {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl<T: Wire> Wire for ListOrSingle<T> {
    const KIND: Kind = Kind::Array(&T::KIND);
}

/// A value that has a string as its short form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Short<T> {
    /// The short form.
    Text(String),
    /// The long form.
    Full(T),
}

impl<T> Default for Short<T> {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl<T: Wire> Wire for Short<T> {
    const KIND: Kind = Kind::Short(&T::KIND);

    /// An empty string counts as not set: no id, URL or title is empty.
    fn is_absent(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

/// A payload whose buttons may omit their `type`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Drafted<T>(pub T);

impl<T: Wire> Wire for Drafted<T> {
    const KIND: Kind = Kind::Drafted(&T::KIND);
}
