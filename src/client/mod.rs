//! The client: sends one message or many, and reports the outcome of each.
//!
//! ```
//! # async fn example<T: messenger_send::client::Transport>(transport: T) -> Result<(), Box<dyn std::error::Error>> {
//! use messenger_send::client::{Client, Delivery, Retry};
//! use messenger_send::payload::SendRequest;
//!
//! let client = Client::builder("EAAB...").page_id("1234567890").retry(Retry::attempts(3)).build(transport)?;
//! let request: SendRequest = serde_json::from_str(
//!     r#"{"recipient":{"id":"7001002003004005"},"messaging_type":"RESPONSE","message":{"text":"hello, world"}}"#,
//! )?;
//! match client.send(&request).await {
//!     Ok(receipt) => println!("sent as {:?}", receipt.message_id),
//!     Err(error) if error.delivery == Delivery::Unknown => println!("nobody knows: {error}"),
//!     Err(error) => println!("not delivered: {error}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A [`Client`] makes every decision: what is sent, what a response means, and whether to retry.
//! Its [`Transport`] provides HTTP, time and randomness.

// Shared state is `Send` only off wasm32, which has a single thread.
#![cfg_attr(target_arch = "wasm32", allow(clippy::arc_with_non_send_sync))]

mod abort;
mod answer;
mod builder;
mod cause;
// Hidden: this repository's tests use the table of codes, the retry policy and the rate limiter,
// and the binding of the npm package reads options and redacts texts. None of it is public API.
#[doc(hidden)]
pub mod codes;
mod consequence;
mod error;
mod error_data;
mod events;
mod exchange;
mod files;
mod lenient;
mod maybe_send;
mod message;
mod options;
mod outline;
mod pacing;
#[doc(hidden)]
pub mod rate_limit;
mod receipt;
mod redact;
mod request;
mod retry;
mod run;
mod secret;
mod tokens;
mod trace;
pub mod transport;
mod usage;

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

pub use builder::ClientBuilder;
pub use cause::Cause;
#[doc(hidden)]
pub use consequence::Consequence;
pub use error::{Delivery, ErrorKind, SendError, SendErrorDetails};
pub use error_data::ErrorData;
pub use events::{Event, RequestInfo, ResponseInfo, RetryInfo};
pub use files::{File, FileType, MAX_FILE_BYTES, MAX_IMAGE_BYTES, Upload};
pub use maybe_send::{BoxError, BoxFuture, MaybeSend, MaybeSync};
pub use message::Message;
pub use options::{Encoding, MAX_ATTEMPTS, MAX_DURATION, Retry, SendOptions};
#[doc(hidden)]
pub use options::{OptionValues, RetryValues};
pub use pacing::{INSTAGRAM_PER_SECOND, MEDIA_PER_SECOND, TEXT_PER_SECOND};
pub use receipt::{SendReceipt, UploadReceipt};
#[doc(hidden)]
pub use redact::Redactor;
pub use request::Edge;
#[doc(hidden)]
pub use retry::{Decision, RetryPolicy};
pub use run::{
    MAX_BATCH, Run, RunOptionValues, RunOptions, RunProgress, SendAllCounts, SendAllProgress,
    SendAllResult, SendAllStatus, SendAllSummary,
};
pub use secret::{AccessToken, Secret};
pub use transport::{Transport, TransportError, TransportErrorKind};
pub use usage::{BusinessUsage, Usage, UsageFigures};

use abort::Abort;
use events::Observer;
use exchange::Call;
use outline::Outline;
use pacing::{Pace, Pacing};
use request::PreparedRequest;
use tokens::Tokens;

/// Sends messages of one Page. Cloning it is cheap.
///
/// A client and its clones share one set of rate limits, and pause together when Graph asks for it.
pub struct Client<T> {
    transport: Arc<T>,
    settings: Arc<Settings>,
    pacing: Arc<Pacing>,
}

struct Settings {
    options: SendOptions,
    access_token: AccessToken,
    observer: Option<Observer>,
}

impl<T> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            settings: Arc::clone(&self.settings),
            pacing: Arc::clone(&self.pacing),
        }
    }
}

/// Shows the Page and the URL, and nothing secret.
impl<T> fmt::Debug for Client<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SendOptions {
            page_id, base_url, ..
        } = &self.settings.options;
        let mut debug = formatter.debug_struct("Client");
        debug
            .field("page_id", page_id)
            .field("base_url", base_url)
            .finish_non_exhaustive()
    }
}

impl Client<()> {
    /// Starts building a client with a Page access token: a string, or [`AccessToken::from_fn`].
    ///
    /// ```
    /// # fn example<T: messenger_send::Transport>(transport: T) -> Result<(), messenger_send::SendError> {
    /// use std::time::Duration;
    ///
    /// use messenger_send::{Client, Retry};
    ///
    /// let client = Client::builder("EAAB...")
    ///     .page_id("1234567890")
    ///     .app_secret("0123456789abcdef0123456789abcdef")
    ///     .retry(Retry::attempts(5).max_delay(Duration::from_secs(10)))
    ///     .timeout(Duration::from_secs(15))
    ///     .build(transport)?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(access_token: impl Into<AccessToken>) -> ClientBuilder {
        ClientBuilder::new(access_token.into())
    }
}

impl<T: Transport> Client<T> {
    /// Checks a message and sends it.
    ///
    /// A failed send is retried only if Graph refused it temporarily or nothing left this machine.
    /// Dropping the future stops the send; the person may have received the message all the same.
    ///
    /// # Errors
    /// A [`SendError`], whose `delivery` says whether the person may have received the message. An
    /// invalid message is not sent: [`SendErrorDetails::validation`] has its issues.
    ///
    /// ```
    /// # async fn example<T: messenger_send::Transport>(client: messenger_send::Client<T>) -> Result<(), messenger_send::SendError> {
    /// use messenger_send::{Delivery, Draft};
    ///
    /// // A draft, a request, or the JSON text of either.
    /// let draft = Draft::text("hello, world").to("7001002003004005");
    /// client.send(&draft).await?;
    /// client.send(&draft.build()?).await?;
    /// client.send(r#"{"to": "7001002003004005", "text": "hello, world"}"#).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn send<M: Message + ?Sized>(&self, message: &M) -> Result<SendReceipt, SendError> {
        self.prepare(message).send().await
    }

    /// Prepares a send with a file, or with a way to abort it.
    ///
    /// ```
    /// # async fn example<T: messenger_send::Transport>(client: messenger_send::Client<T>) -> Result<(), Box<dyn std::error::Error>> {
    /// use messenger_send::payload::MediaPayload;
    /// use messenger_send::{Draft, File};
    ///
    /// // The file is sent with the message, so the image has neither a URL nor an id.
    /// let draft = Draft::image(MediaPayload::new()).to("7001002003004005");
    /// let file = File::new("kettle.png", "image/png", std::fs::read("kettle.png")?);
    /// client.prepare(&draft).file(file).send().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn prepare<'a, M: Message + ?Sized>(&'a self, message: &'a M) -> PreparedSend<'a, T, M> {
        PreparedSend {
            client: self,
            message,
            file: None,
            abort: Abort::never(),
        }
    }

    /// Uploads a file, so that later messages can use its id.
    ///
    /// # Errors
    /// [`SendError`], as for [`Client::send`].
    ///
    /// ```
    /// # async fn example<T: messenger_send::Transport>(client: messenger_send::Client<T>) -> Result<(), messenger_send::SendError> {
    /// use messenger_send::{Draft, MediaPayload, Upload};
    ///
    /// let saved = client.upload_attachment(Upload::url("https://example.com/kettle.png")).await?;
    /// let image = MediaPayload::new().attachment_id(saved.attachment_id);
    /// client.send(&Draft::image(image).to("7001002003004005")).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn upload_attachment(&self, upload: Upload) -> Result<UploadReceipt, SendError> {
        self.upload(upload, &Abort::never()).await
    }

    /// Like [`Client::upload_attachment`], but aborts when `aborted` completes.
    ///
    /// # Errors
    /// [`SendError`], of kind `aborted` if the future completes first.
    pub async fn upload_attachment_until(
        &self,
        upload: Upload,
        aborted: impl Future<Output = ()> + MaybeSend + 'static,
    ) -> Result<UploadReceipt, SendError> {
        self.upload(upload, &Abort::when(aborted)).await
    }

    async fn upload(&self, upload: Upload, abort: &Abort) -> Result<UploadReceipt, SendError> {
        let options = &self.settings.options;
        let (json, file) = upload.into_request(options.rules.target())?;
        let request = PreparedRequest::new(&json, Edge::Attachments, file, options)?;
        let receipt = self.deliver(&request, None, abort).await?;
        let SendReceipt {
            attachment_id,
            attempts,
            usage,
            ..
        } = receipt;
        match attachment_id {
            Some(attachment_id) => Ok(UploadReceipt {
                attachment_id,
                attempts,
                usage,
            }),
            None => {
                let message = "The response has no attachment_id.";
                let kind = ErrorKind::InvalidResponse;
                let mut error = SendError::new(kind, Delivery::Unknown, message);
                error.attempts = attempts;
                Err(error)
            }
        }
    }

    async fn deliver(
        &self,
        request: &PreparedRequest,
        pace: Option<Pace>,
        abort: &Abort,
    ) -> Result<SendReceipt, SendError> {
        let call = self.call(abort);
        let mut tokens = Tokens::new(self.settings.access_token.clone());
        let delivery = exchange::deliver(&call, request, pace, &mut tokens);
        trace::in_send_span(&self.settings.options.page_id, delivery).await
    }

    fn call<'a>(&'a self, abort: &'a Abort) -> Call<'a, T> {
        Call {
            transport: &self.transport,
            options: &self.settings.options,
            abort,
            observer: self.settings.observer.as_ref(),
            pacing: &self.pacing,
        }
    }
}

/// A prepared send.
pub struct PreparedSend<'a, T, M: ?Sized> {
    client: &'a Client<T>,
    message: &'a M,
    file: Option<File>,
    abort: Abort,
}

impl<T: Transport, M: Message + ?Sized> PreparedSend<'_, T, M> {
    /// The file of `message.attachment`, which then has neither `url` nor `attachment_id`. The
    /// request becomes `multipart/form-data`.
    #[must_use]
    pub fn file(mut self, file: File) -> Self {
        self.file = Some(file);
        self
    }

    /// Aborts the send when the future completes. The error then has kind `aborted`, and says
    /// whether the person may have received the message.
    ///
    /// ```
    /// # async fn example<T: messenger_send::Transport>(client: messenger_send::Client<T>) {
    /// use futures_util::FutureExt;
    /// use messenger_send::{Draft, ErrorKind};
    ///
    /// let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    /// let draft = Draft::text("hello, world").to("7001002003004005");
    /// let send = client.prepare(&draft).abort_when(stopped.map(drop)).send();
    /// drop(stop); // Elsewhere.
    /// assert_eq!(send.await.unwrap_err().kind, ErrorKind::Aborted);
    /// # }
    /// ```
    #[must_use]
    pub fn abort_when(mut self, aborted: impl Future<Output = ()> + MaybeSend + 'static) -> Self {
        self.abort = Abort::when(aborted);
        self
    }

    /// Checks the message and sends it.
    ///
    /// # Errors
    /// [`SendError`], as for [`Client::send`].
    pub async fn send(self) -> Result<SendReceipt, SendError> {
        let Self {
            client,
            message,
            file,
            abort,
        } = self;
        let options = &client.settings.options;
        let rules = match &file {
            Some(_) => Cow::Owned(message::rules_with_file(&options.rules)),
            None => Cow::Borrowed(&options.rules),
        };
        let json = message.to_request_json(&rules)?;
        let warnings = message::check(&json, &rules)?;
        if let Some(file) = &file {
            files::check_file(&json, file)?;
        }
        let (json, stamp) = match options.stamp {
            true => message::stamped(&json, || stamp(client.transport.as_ref())),
            false => (json, None),
        };
        let request = PreparedRequest::new(&json, Edge::Messages, file, options)?;
        let lane = Outline::of(&json).lane();
        let pace = Pace {
            lane,
            per_second: lane.per_second(options),
        };
        match client.deliver(&request, Some(pace), &abort).await {
            Ok(receipt) => Ok(SendReceipt {
                warnings,
                stamp,
                ..receipt
            }),
            Err(mut error) => {
                error.stamp = stamp;
                Err(error)
            }
        }
    }
}

/// A unique id: 128 random bits.
fn stamp(transport: &impl Transport) -> String {
    let part = || (transport.random() * f64::from(u32::MAX)) as u32;
    let [a, b, c, d] = [part(), part(), part(), part()];
    format!("ms-{a:08x}{b:08x}{c:08x}{d:08x}")
}
