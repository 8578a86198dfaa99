//! The proof of the app's secret, by WebCrypto: no hashing code in the module.

use super::interrupt::{Cut, Interrupt};
use super::js;
use crate::send::failure::Failure;
use crate::send::request::{Proof, proof_text};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

/// Why there is no proof.
pub enum Fault {
    /// The runtime cannot make one.
    Failed(Box<Failure>),
    /// It was cut short.
    Cut(Cut),
}

/// The proof with its time, which holds for five minutes.
pub async fn make(access_token: &str, app_secret: &str, interrupt: &Interrupt) -> Result<Proof, Fault> {
    let subtle = js::get(&js::global("crypto"), "subtle");
    if !js::has_method(&subtle, "sign") {
        let failure = Failure::configuration("appSecret needs WebCrypto (crypto.subtle), which this runtime or this insecure page does not have.");
        return Err(Fault::Failed(failure));
    }
    // Whole seconds: what is behind the point is cut off.
    let time = (js_sys::Date::now() / 1000.0) as u64;
    let importing = import(&subtle, app_secret).map_err(refused)?;
    let key = interrupt.race(&mut js::settled(&importing)).await.map_err(Fault::Cut)?.map_err(refused)?;
    let signing = sign(&subtle, &key, &proof_text(access_token, time)).map_err(refused)?;
    let signature = interrupt.race(&mut js::settled(&signing)).await.map_err(Fault::Cut)?.map_err(refused)?;
    let proof = hex(&signature);
    if proof.len() == 64 { Ok(Proof { proof, time }) } else { Err(refused(signature)) }
}

#[inline(never)]
fn import(subtle: &JsValue, secret: &str) -> Result<JsValue, JsValue> {
    let algorithm = js::object(&[("name", &JsValue::from_str("HMAC")), ("hash", &JsValue::from_str("SHA-256"))]);
    let usages = Array::of1(&JsValue::from_str("sign"));
    js::method(subtle, "importKey", &[&JsValue::from_str("raw"), &bytes(secret), &algorithm, &JsValue::FALSE, &usages])
}

#[inline(never)]
fn sign(subtle: &JsValue, key: &JsValue, text: &str) -> Result<JsValue, JsValue> {
    js::method(subtle, "sign", &[&JsValue::from_str("HMAC"), key, &bytes(text)])
}

#[inline(never)]
fn hex(bytes: &JsValue) -> String {
    let bytes = Uint8Array::new(bytes).to_vec();
    bytes.into_iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// What the runtime says to it may quote the secret.
#[inline(never)]
fn refused(_: JsValue) -> Fault {
    Fault::Failed(Failure::configuration("WebCrypto could not sign with the appSecret."))
}

fn bytes(text: &str) -> JsValue {
    JsValue::from(Uint8Array::from(text.as_bytes()))
}
