//! The proof of the app's secret, by WebCrypto: no hashing code in the module.

use super::js;
use crate::send::failure::Failure;
use crate::send::request::{Proof, proof_text};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

/// The proof with its time, which holds for five minutes.
pub async fn make(access_token: &str, app_secret: &str) -> Result<Proof, Box<Failure>> {
    let subtle = js::get(&js::global("crypto"), "subtle");
    if !js::has_method(&subtle, "sign") {
        return Err(Failure::configuration("appSecret needs WebCrypto (crypto.subtle), which this runtime or this insecure page does not have."));
    }
    // Whole seconds: what is behind the point is cut off.
    let time = (js_sys::Date::now() / 1000.0) as u64;
    match sign(&subtle, app_secret, &proof_text(access_token, time)).await {
        Ok(proof) if proof.len() == 64 => Ok(Proof { proof, time }),
        _ => Err(Failure::configuration("WebCrypto could not sign with the appSecret.")),
    }
}

async fn sign(subtle: &JsValue, secret: &str, text: &str) -> Result<String, JsValue> {
    let name = JsValue::from_str("HMAC");
    let algorithm = js::object(&[("name", &name), ("hash", &JsValue::from_str("SHA-256"))]);
    let usages = Array::of1(&JsValue::from_str("sign"));
    let import = js::method(subtle, "importKey", &[&JsValue::from_str("raw"), &bytes(secret), &algorithm, &JsValue::FALSE, &usages])?;
    let key = js::settled(&import).await?;
    let signing = js::method(subtle, "sign", &[&name, &key, &bytes(text)])?;
    let signature = js::settled(&signing).await?;
    Ok(Uint8Array::new(&signature)
        .to_vec()
        .into_iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect())
}

fn bytes(text: &str) -> JsValue {
    JsValue::from(Uint8Array::from(text.as_bytes()))
}
