//! The trait of every type on the wire.

use super::Kind;

/// A type on the wire.
pub trait Wire {
    /// Its kind of JSON value.
    const KIND: Kind;
    /// Whether it is optional.
    const OPTIONAL: bool = false;
    /// Whether it is absent, and so not written.
    fn is_absent(&self) -> bool {
        false
    }
}

impl Wire for String {
    const KIND: Kind = Kind::String;
}

impl Wire for bool {
    const KIND: Kind = Kind::Boolean;
}

impl Wire for u32 {
    const KIND: Kind = Kind::Integer;
}

impl Wire for serde_json::Number {
    const KIND: Kind = Kind::Number;
}

impl Wire for serde_json::Value {
    const KIND: Kind = Kind::Any;
}

impl Wire for serde_json::Map<String, serde_json::Value> {
    const KIND: Kind = Kind::AnyObject;
}

impl<T: Wire> Wire for Option<T> {
    const KIND: Kind = T::KIND;
    const OPTIONAL: bool = true;
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Wire> Wire for Box<T> {
    const KIND: Kind = T::KIND;
}

impl<T: Wire> Wire for Vec<T> {
    const KIND: Kind = Kind::Array(&T::KIND);
}

/// The name on the wire of a Rust identifier, without the prefix of a raw identifier.
pub const fn wire_name(name: &str) -> &str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}
