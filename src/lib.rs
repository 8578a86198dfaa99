//! messenger-send

pub mod payload;
