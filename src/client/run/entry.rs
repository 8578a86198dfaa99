//! A message of a run, from the source to its result.

use std::time::Duration;

use super::options::Limits;
use super::order::{Order, Recipient};
use super::result::{SendAllResult, SendAllStatus};
use crate::client::error::SendError;
use crate::client::exchange::Call;
use crate::client::message::{self, Message};
use crate::client::outline::Outline;
use crate::client::pacing::Lane;
use crate::client::receipt::SendReceipt;
use crate::client::request::{self, Edge, PreparedRequest};
use crate::client::retry::RetryPolicy;
use crate::client::stamp;
use crate::client::transport::Transport;
use crate::validate::Issue;

/// A message that has been read and checked. Later changes by the caller have no effect.
pub(super) struct Entry<M> {
    pub index: usize,
    pub message: M,
    pub request: EntryRequest,
    pub lane: Lane,
    pub recipient: Recipient,
    pub policy: RetryPolicy,
    /// When it became ready to send.
    pub ready_at: Duration,
    /// Why its last attempt failed, if it waits for a retry.
    pub last_error: Option<SendError>,
    warnings: Vec<Issue>,
    stamp: Option<String>,
}

/// The encoded request.
pub(super) enum EntryRequest {
    /// A request of its own.
    Single(PreparedRequest),
    /// The body of a batch item.
    BatchItem(String),
}

impl<M: Message> Entry<M> {
    /// Reads and checks a message.
    ///
    /// # Errors
    /// The message and why it cannot be sent.
    pub(super) fn prepare<T: Transport>(
        index: usize,
        message: M,
        call: &Call<'_, T>,
        limits: &Limits,
        order: &Order<M>,
    ) -> Result<Box<Self>, (M, SendError)> {
        match Self::read(&message, call, limits, order) {
            Ok(Read {
                request,
                lane,
                recipient,
                warnings,
                stamp,
            }) => Ok(Box::new(Self {
                index,
                message,
                request,
                lane,
                recipient,
                policy: RetryPolicy::new(call.options.retry),
                ready_at: Duration::ZERO,
                last_error: None,
                warnings,
                stamp,
            })),
            Err(error) => Err((message, error)),
        }
    }

    fn read<T: Transport>(
        message: &M,
        call: &Call<'_, T>,
        limits: &Limits,
        order: &Order<M>,
    ) -> Result<Read, SendError> {
        let options = call.options;
        let json = message.to_request_json(&options.rules)?;
        let warnings = message::check(&json, &options.rules)?;
        let (json, stamp) = match options.stamp {
            true => message::stamped(&json, || stamp(call.transport)),
            false => (json, None),
        };
        let request = match limits.batch {
            true => EntryRequest::BatchItem(request::batch_item(&json)?),
            false => {
                EntryRequest::Single(PreparedRequest::new(&json, Edge::Messages, None, options)?)
            }
        };
        let outline = Outline::of(&json);
        let lane = limits.lane(outline.lane());
        Ok(Read {
            request,
            lane,
            recipient: order.recipient(outline),
            warnings,
            stamp,
        })
    }
}

struct Read {
    request: EntryRequest,
    lane: Lane,
    recipient: Recipient,
    warnings: Vec<Issue>,
    stamp: Option<String>,
}

impl<M> Entry<M> {
    /// Finishes the message.
    pub(super) fn into_result(self, outcome: Result<SendReceipt, SendError>) -> SendAllResult<M> {
        let Self {
            index,
            message,
            warnings,
            stamp,
            ..
        } = self;
        let outcome = match outcome {
            Ok(receipt) => Ok(SendReceipt {
                warnings,
                stamp,
                ..receipt
            }),
            Err(mut error) => {
                error.stamp = stamp;
                Err(error)
            }
        };
        let status = SendAllStatus::of(&outcome);
        SendAllResult {
            index,
            message,
            status,
            outcome,
            is_left_over: false,
        }
    }

    /// Finishes a message when the run stops. A message that was already refused keeps its refusal.
    pub(super) fn into_stopped(mut self, stopped: &SendError) -> SendAllResult<M> {
        match self.last_error.take() {
            Some(error) => self.into_result(Err(error)),
            None => left_over(self.index, self.message, stopped),
        }
    }
}

/// The result of a message that was not started when the run stopped.
pub(super) fn left_over<M>(index: usize, message: M, stopped: &SendError) -> SendAllResult<M> {
    let outcome = Err(stopped.clone());
    let status = SendAllStatus::of(&outcome);
    SendAllResult {
        index,
        message,
        status,
        outcome,
        is_left_over: true,
    }
}
