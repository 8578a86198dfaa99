//! Sends a message from a program with a wasm-bindgen of its own.

use messenger_send::{Client, Draft, Fetch};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
pub async fn greet(token: String, to: String) -> Result<Option<String>, String> {
    let client = Client::builder(token).build(Fetch::new()).map_err(|error| error.to_string())?;
    let sent = client.send(&Draft::text("hello, world").to(to)).await;
    sent.map(|receipt| receipt.message_id).map_err(|error| error.to_string())
}
