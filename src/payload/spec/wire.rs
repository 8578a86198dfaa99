//! What every type of the wire says of itself.

use super::Kind;

/// What every type of the wire can say of itself.
pub trait Wire {
    /// The kind of JSON value that it is.
    const KIND: Kind;
    /// It may be left out.
    const OPTIONAL: bool = false;
    /// It is not there, and is not written.
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

/// The wire's name of a Rust identifier: without a raw identifier's mark.
pub const fn wire_name(name: &str) -> &str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}
