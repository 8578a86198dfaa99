//! What JavaScript sees.
use wasm_bindgen::prelude::*;
#[wasm_bindgen(js_name = validateText)]
pub fn validate_text(json: &str) -> String { json.to_owned() }
