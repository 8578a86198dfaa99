//! The one room that talks to the runtime, on `wasm32` only: gloo-net builds the request. The call is made in JavaScript.

use gloo_net::http::Request;
use web_sys::RequestRedirect;

/// A POST whose redirects are not followed: the token does not go to another host. It has no body yet: one such request serves
/// all messages that go to the same address, each with its own body and signal (`new Request(request, { body, signal })`), since
/// building one costs as much as a tenth of a send, and passing a body on from one request to the next even more.
///
/// gloo-net panics where the runtime refuses a request with an exception that is no `Error` of this realm, so `exchange.js` tries
/// one like it first. None: the runtime does not take the address. Only what every runtime knows is set: Workers throw at `credentials`, `mode` and `cache`.
pub fn request(url: &str, content_type: Option<String>) -> Option<web_sys::Request> {
    let mut builder = Request::post(url).redirect(RequestRedirect::Manual);
    if let Some(content_type) = content_type {
        builder = builder.header("Content-Type", &content_type);
    }
    builder.build().ok().map(web_sys::Request::from)
}
