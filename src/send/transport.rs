//! The one room that talks to the runtime, on `wasm32` only: gloo-net builds the `Request`. The call is made in JavaScript.

use gloo_net::http::Request;
use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, RequestRedirect};

/// A POST whose redirects are not followed: the token does not go to another host.
///
/// gloo-net panics where the runtime refuses a request with an exception that is no `Error` of this realm, so `exchange.js` tries
/// the same request, without its body, first. Only what every runtime knows is set: Workers throw at `credentials`, `mode` and
/// `cache`.
///
/// # Errors
/// What the runtime threw.
pub fn request(
    url: &str,
    content_type: Option<String>,
    authorization: Option<String>,
    body: &JsValue,
    signal: Option<&AbortSignal>,
) -> Result<web_sys::Request, JsValue> {
    let mut builder = Request::post(url).redirect(RequestRedirect::Manual).abort_signal(signal);
    for (name, value) in [("Content-Type", content_type), ("Authorization", authorization)] {
        if let Some(value) = value {
            builder = builder.header(name, &value);
        }
    }
    builder.body(body).map(web_sys::Request::from).map_err(|_| JsValue::UNDEFINED)
}
