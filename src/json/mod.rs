//! The JSON that this crate needs: a bounded reader that stores nothing, and a writer.
//!
//! Not a crate, because the checks need what no parser offers (the exact location of lone
//! surrogates and duplicate members, lengths without decoding, slices of the text), and because of
//! the size of the wasm module. It is tested against `serde_json`.

pub mod numbers;
mod reader;
mod text;
mod value;
mod write;

pub use reader::{Key, MAX_DEPTH, Number, Read, Reader, Stop, Stopped, ValueKind};
pub use text::{Text, utf8, utf16_length};
#[cfg(feature = "client")]
pub use value::each;
pub use value::{Value, last, members, whole};
pub use write::{ObjectText, push_string};
