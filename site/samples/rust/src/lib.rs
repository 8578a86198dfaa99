//! The Rust samples of the documentation site. Each region of a file is shown on a page.

pub mod check;
pub mod deliver;
pub mod send;
