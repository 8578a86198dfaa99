//! A run: sends many messages of one Page, in order for each recipient and below the rate limit.
//!
//! [`Run`] is a stream of results. [`drive`] polls everything and [`engine`] makes the decisions.
//! The other modules have one subject each: the order within a recipient, outages, batches, the
//! counts.

mod attempt;
mod batch;
mod counts;
mod drive;
mod engine;
mod entry;
mod options;
mod order;
mod outage;
mod outcome;
mod output;
mod queue;
mod result;
mod token;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_util::stream::{FusedStream, StreamExt};
use futures_util::{Stream, TryStream, TryStreamExt};

pub use batch::MAX_BATCH;
pub use counts::{RunProgress, SendAllCounts, SendAllProgress, SendAllSummary};
pub use options::{RunOptionValues, RunOptions};
pub use result::{SendAllResult, SendAllStatus};

use super::Client;
use super::abort::Abort;
use super::error::SendError;
use super::maybe_send::{MaybeSend, ScopedBoxFuture};
use super::message::Message;
use super::transport::Transport;
use options::Limits;
use output::Output;

impl<T: Transport> Client<T> {
    /// Sends many messages, each once. Messages to the same recipient are sent one after the other,
    /// in the order of the source; messages to different recipients concurrently, spread evenly
    /// below the documented rate. Only a limited number is held at a time, so the source may be
    /// endless.
    ///
    /// The run slows down as the usage headers rise above 80 percent, and pauses if Graph says that
    /// the Page or the app sends too fast, or if Graph stops answering. It stops if the token
    /// becomes invalid, the Page is blocked, a permission is missing, or an outage lasts too long:
    /// the remaining messages are then `not_sent`.
    ///
    /// The returned stream yields results in the order in which messages finish. Nothing happens
    /// unless it is polled.
    ///
    /// ```
    /// # async fn example<T: messenger_send::client::Transport>(client: messenger_send::client::Client<T>) {
    /// use futures_util::{StreamExt, stream};
    ///
    /// let messages = (1..=3).map(|person| {
    ///     format!(r#"{{"recipient":{{"id":"700100200300400{person}"}},"messaging_type":"RESPONSE","message":{{"text":"hello"}}}}"#)
    /// });
    /// let mut run = client.send_all(stream::iter(messages));
    /// while let Some(result) = run.next().await {
    ///     println!("{}: {}", result.index, result.status.as_str());
    /// }
    /// println!("{} of {} sent", run.summary().counts.sent, run.summary().counts.done);
    /// # }
    /// ```
    pub fn send_all<'a, S>(&self, source: S) -> Run<'a, S::Item>
    where
        T: 'a,
        S: Stream<Item: Message + MaybeSend + 'a> + MaybeSend + 'a,
    {
        self.run(source.map(Ok), RunOptions::default())
    }

    /// Like [`Client::send_all`], with options.
    ///
    /// # Errors
    /// A [`SendError`] of kind `configuration` for an invalid option.
    ///
    /// ```
    /// # async fn example<T: messenger_send::Transport>(client: messenger_send::Client<T>) -> Result<(), messenger_send::SendError> {
    /// use futures_util::{StreamExt, stream};
    /// use messenger_send::{Draft, RunOptions};
    ///
    /// let messages = (1..=1000).map(|person| Draft::text("hello").to(person.to_string()));
    /// let options = RunOptions::default().concurrency(20).batch(true);
    /// let mut run = client.send_all_with(stream::iter(messages), options)?;
    /// let progress = run.progress_handle(); // For another task, or a page that shows it.
    /// while let Some(result) = run.next().await {
    ///     if let Err(error) = result.outcome {
    ///         println!("{}: {} ({error})", result.index, error.delivery);
    ///     }
    /// }
    /// assert_eq!(progress.get().counts.done, 1000);
    /// # Ok(())
    /// # }
    /// ```
    pub fn send_all_with<'a, S>(
        &self,
        source: S,
        options: RunOptions,
    ) -> Result<Run<'a, S::Item>, SendError>
    where
        T: 'a,
        S: Stream<Item: Message + MaybeSend + 'a> + MaybeSend + 'a,
    {
        self.try_send_all(source.map(Ok), options)
    }

    /// Like [`Client::send_all_with`], from a source that may fail. An error of the source stops
    /// the run, and becomes [`SendAllSummary::stopped`].
    ///
    /// # Errors
    /// A [`SendError`] of kind `configuration` for an invalid option.
    ///
    /// ```
    /// # async fn example<T: messenger_send::Transport>(client: messenger_send::Client<T>) -> Result<(), messenger_send::SendError> {
    /// use futures_util::{StreamExt, stream};
    /// use messenger_send::{Draft, RunOptions, SendError};
    ///
    /// let rows = stream::iter([Ok("7001002003004005"), Err("the database went away")]);
    /// let messages = rows.map(|row| match row {
    ///     Ok(id) => Ok(Draft::text("hello").to(id)),
    ///     Err(error) => Err(SendError::configuration(error)),
    /// });
    /// let run = client.try_send_all(messages, RunOptions::default())?;
    /// let results: Vec<_> = run.collect().await;
    /// assert_eq!(results.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn try_send_all<'a, S>(
        &self,
        source: S,
        options: RunOptions,
    ) -> Result<Run<'a, S::Ok>, SendError>
    where
        T: 'a,
        S: TryStream<Ok: Message + MaybeSend + 'a, Error = SendError> + MaybeSend + 'a,
    {
        options.check()?;
        Ok(self.run(source.into_stream(), options))
    }

    fn run<'a, S, M>(&self, source: S, options: RunOptions) -> Run<'a, M>
    where
        T: 'a,
        S: Stream<Item = Result<M, SendError>> + MaybeSend + 'a,
        M: Message + MaybeSend + 'a,
    {
        let exact = match source.size_hint() {
            (least, Some(most)) if least == most => Some(most),
            _ => None,
        };
        let total = options.total.or(exact);
        let output = Arc::new(Output::new());
        output.progress.set_total(total);
        let limits = Limits::new(&options);
        let driver = drive::drive(self.clone(), source, limits, total, Arc::clone(&output));
        Run {
            output,
            driver: Some(Box::pin(driver)),
        }
    }
}

/// A run of many messages: a stream of their results.
///
/// Dropping it stops the run; messages in flight may have arrived.
#[must_use = "nothing is sent unless the run is polled"]
pub struct Run<'a, M> {
    output: Arc<Output<M>>,
    /// `None` once every message is finished.
    driver: Option<ScopedBoxFuture<'a, ()>>,
}

impl<M> Run<'_, M> {
    /// Aborts the run when the future completes. Messages in flight end like an aborted single
    /// send; messages that were not started are `not_sent`. Call it before the run is polled.
    pub fn abort_when(self, aborted: impl Future<Output = ()> + MaybeSend + 'static) -> Self {
        self.output.set_abort(Abort::when(aborted));
        self
    }

    /// The progress of the run.
    #[must_use]
    pub fn progress(&self) -> SendAllProgress {
        self.output.progress.get()
    }

    /// The finished messages so far.
    #[must_use]
    pub fn counts(&self) -> SendAllCounts {
        self.progress().counts
    }

    /// A handle that reads the progress from elsewhere.
    #[must_use]
    pub fn progress_handle(&self) -> RunProgress {
        self.output.progress.clone()
    }

    /// The outcome of the run, once the stream has ended.
    #[must_use]
    pub fn summary(&self) -> SendAllSummary {
        self.output.progress.summary()
    }
}

impl<M> Stream for Run<'_, M> {
    type Item = SendAllResult<M>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let run = self.get_mut();
        loop {
            if let Some(result) = run.output.pop() {
                // A result is counted when it is returned, so that the progress matches what the
                // caller has seen.
                run.output.progress.count(result.status);
                return Poll::Ready(Some(result));
            }
            let Some(driver) = &mut run.driver else {
                return Poll::Ready(None);
            };
            if driver.as_mut().poll(cx).is_ready() {
                run.driver = None;
            } else if run.output.is_empty() {
                return Poll::Pending;
            }
        }
    }
}

impl<M> FusedStream for Run<'_, M> {
    fn is_terminated(&self) -> bool {
        self.driver.is_none() && self.output.is_empty()
    }
}
