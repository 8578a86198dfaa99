//! messenger-send (skeleton)
#[cfg(target_arch = "wasm32")]
mod bindings;
