//! The types of which the payload declarations consist: objects, members, enums, limits and rules.
//!
//! Everything that is derived from the declarations (the checks, the rule catalogue, the TypeScript
//! types, the JSON Schema) reads these tables and nothing else. They are `static` data, so reading
//! a message allocates nothing for them.

mod kind;
mod limits;
mod object;
mod rule;
mod wire;

pub use kind::*;
pub use limits::*;
pub use object::*;
pub use rule::*;
pub use wire::*;

const fn same(a: &str, b: &str) -> bool {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, rest_a @ ..], [y, rest_b @ ..]) if *x == *y => {
                a = rest_a;
                b = rest_b;
            }
            _ => return false,
        }
    }
}
