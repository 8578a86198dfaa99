//! Sending: from the text of a request to a receipt, or to an error that says whether the person may have got the message.
//!
//! Everything here is pure and runs natively, save `transport`, which exists on `wasm32` only: there gloo-net builds the request.
//! The call itself, its deadline and its waits belong to whoever sends. In the npm package that is `exchange.js`, which asks
//! [`steps`] for every decision. A native service brings its own HTTP client:
//!
//! ```
//! use messenger_send::send::{Answer, Options, Prepared, read_answer};
//!
//! let options = Options::new("EAABtesttoken");
//! options.check()?;
//! let request = Prepared::read(r#"{"recipient":{"id":"1"},"message":{"text":"hello"}}"#)?.encode(&options, None);
//! // POST request.body to request.url with request.headers, then read what came back:
//! let answer = Answer { status: 200, body: br#"{"message_id":"m_1"}"#, ..Answer::default() };
//! assert_eq!(read_answer(&answer, 0.0)?.message_id.as_deref(), Some("m_1"));
//! # Ok::<(), Box<messenger_send::send::Failure>>(())
//! ```

mod answer_headers;
mod attach;
pub mod codes;
mod details;
mod facts;
mod failure;
mod loose;
mod options;
mod policy;
mod receipt;
mod redact;
mod request;
mod response;
pub mod steps;
#[cfg(target_arch = "wasm32")]
pub mod transport;
mod trouble;
mod usage;

pub use answer_headers::{AnswerHeaders, HEADER_NAMES};
pub use attach::{MAX_FILE, MAX_IMAGE, Source, Upload, check_file, upload_request};
pub use details::Details;
pub use facts::Facts;
pub use failure::{Delivery, Failure, Kind};
pub use options::{Edge, Encoding, MAX_ATTEMPTS, MAX_MS, Options, Retry};
pub use policy::{Course, Next, Sent};
pub use receipt::Receipt;
pub use redact::Redactor;
pub use request::{HttpRequest, Prepared, Proof, proof_text};
pub use response::{Answer, MAX_BODY, read_answer, too_large, unreadable};
pub use trouble::Trouble;
pub use usage::Usage;
