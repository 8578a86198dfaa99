//! Build, validate and send Facebook Messenger messages: the Send API, v25.0.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use messenger_send::{Client, Draft, Reqwest};
//!
//! let client = Client::builder("EAAB...").page_id("1234567890").build(Reqwest::new()?)?;
//! let draft = Draft::text("Tea or coffee?")
//!     .to("7001002003004005")
//!     .quick_replies(["Tea", "Coffee"]);
//! match client.send(&draft).await {
//!     Ok(receipt) => println!("sent as {:?}", receipt.message_id),
//!     Err(error) if error.is_unknown() => println!("it may have arrived: {error}"),
//!     Err(error) => println!("it did not arrive: {error}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Build a message
//!
//! A [`Draft`] is the short form of a request. It starts with the content: a text, an image, a
//! template and so on. [`Draft::build`] checks it against the documented rules and returns the
//! [`SendRequest`] that is posted.
//!
//! ```
//! use messenger_send::{Button, Draft, Element, GenericTemplate};
//!
//! let kettle = Element::new("Kettle")
//!     .subtitle("1.7 l")
//!     .image_url("https://example.com/kettle.png")
//!     .button(Button::url("Shop", "https://example.com/kettle"))
//!     .button(Button::postback("More", "MORE:KETTLE"));
//! let request = Draft::template(GenericTemplate::new().element(kettle))
//!     .to("7001002003004005")
//!     .build()?;
//! # let _ = request;
//! # Ok::<(), messenger_send::ValidationError>(())
//! ```
//!
//! Every payload of the API is a type in [`payload`], with a constructor for the required members
//! and a method for each member. You can also send what Meta adds next year: enums take any string
//! (`.tag("NEW_TAG")`), objects any member (`.other("new_member", 1)`).
//!
//! # Validate a message
//!
//! [`validate_json`] checks any JSON, [`SendRequest::validate`] a typed request. The report has
//! every issue at once, each with its path, its limit and the page that documents it. It serializes
//! to the report of the npm package `messenger-send`.
//!
//! ```
//! use messenger_send::{RuleOptions, validate_json};
//!
//! let request = r#"{"recipient": {"id": "1"}, "tag": "ACCOUNT_UPDATE", "message": {"text": ""}}"#;
//! let report = validate_json(request, &RuleOptions::default());
//! assert!(!report.valid());
//! for issue in &report.issues {
//!     println!("{issue}"); // error text.empty at /message/text: text must not be empty.
//! }
//! ```
//!
//! [`RuleOptions`] choose the platform (Messenger or Instagram) and the severity of each rule; any
//! rule can be switched off.
//!
//! # Send it
//!
//! A [`Client`] sends over a [`Transport`]: `Reqwest` on tokio, `Fetch` on wasm32 (Cloudflare
//! Workers, browsers), or one of your own.
//!
//! A message has no idempotency key, so a client retries a send only if Graph refused it
//! temporarily or nothing left the machine. A [`SendError`] says whether the person may have
//! received the message, [`SendError::delivery`](client::SendErrorDetails::delivery):
//! [`Delivery::NotSent`], [`Delivery::Rejected`] or [`Delivery::Unknown`]. It contains no token,
//! implements `Serialize`, and displays as one line of a log.
//!
//! Dropping the future of a send stops it. To stop a send and learn how far it got, use
//! [`PreparedSend::abort_when`](client::PreparedSend::abort_when): the error then has the kind
//! [`ErrorKind::Aborted`] and a delivery.
//!
//! # Send many
//!
//! [`Client::send_all`] takes a stream of messages and returns a stream of results, in the order in
//! which messages finish. It preserves the order of each person's messages, stays below the
//! documented rates, pauses when Graph asks for it, and reports each message exactly once.
//!
//! ```
//! # #[cfg(feature = "client")]
//! # async fn example<T: messenger_send::Transport>(client: messenger_send::Client<T>) {
//! use futures_util::{StreamExt, stream};
//! use messenger_send::Draft;
//!
//! let people = ["7001002003004005", "7001002003004006"];
//! let mut run = client.send_all(stream::iter(people).map(|id| Draft::text("Hello").to(id)));
//! while let Some(result) = run.next().await {
//!     println!("{}: {}", result.index, result.status.as_str());
//! }
//! println!("{} sent", run.summary().counts.sent);
//! # }
//! ```
//!
//! # Features
//!
//! | feature | |
//! |---|---|
//! | `client` (default) | [`Client`], and `Fetch` on wasm32. Without it, only building and checking, which need only serde |
//! | `reqwest` | `Reqwest`, with rustls, on tokio |
//! | `tracing` | `tracing` spans and events, without secrets |
//! | `http` | conversions to and from the types of the `http` crate, for your own transports |
//!
//! On wasm32 the crate exports nothing and sets no allocator: it is an ordinary dependency.

#![cfg_attr(docsrs, feature(doc_cfg))]

// The samples of both READMEs compile. The crate is published with its own README only.
#[cfg(all(doctest, feature = "reqwest"))]
#[doc = include_str!("../README-crate.md")]
struct CrateReadme;

#[cfg(all(doctest, feature = "reqwest"))]
#[doc = include_str!("../README.md")]
struct RepositoryReadme;

pub mod build;
#[cfg(feature = "client")]
pub mod client;
mod json;
pub mod payload;
pub mod validate;

pub use build::{Draft, build_message};
#[cfg(all(feature = "client", target_arch = "wasm32"))]
pub use client::transport::Fetch;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub use client::transport::Reqwest;
#[cfg(feature = "client")]
pub use client::{
    AccessToken, Client, Delivery, Encoding, ErrorKind, File, Retry, RunOptions, SendAllResult,
    SendAllStatus, SendAllSummary, SendError, SendReceipt, Transport, TransportError, Upload,
};
pub use payload::{
    Button, ButtonTemplate, GenericElement as Element, GenericTemplate, MediaPayload, MessageTag,
    MessagingType, QuickReply, Recipient, SendRequest, SenderAction, Template,
};
pub use validate::{
    Issue, Platform, RuleOptions, RuleSetting, Severity, ValidationError, ValidationReport, rules,
    validate_json,
};
