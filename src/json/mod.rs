//! JSON, as far as this crate needs it: a bounded reader that keeps nothing, and a writer.
//!
//! Our own because the checks need what no parser of the field gives (the exact place of half a
//! surrogate pair and of a member that stands twice, lengths without decoding, slices of the text),
//! and because of its size in the wasm module. It is tested against `serde_json`.

pub mod numbers;
mod reader;
mod text;
mod value;
mod write;

pub use reader::{Key, MAX_DEPTH, Number, Read, Reader, Stop, Stopped, ValueKind};
pub use text::{Text, utf8};
#[cfg(feature = "client")]
pub use value::each;
pub use value::{Value, last, members, whole};
pub use write::ObjectText;
#[cfg(feature = "client")]
pub use write::text;
