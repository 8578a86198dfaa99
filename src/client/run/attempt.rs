//! The jobs of a run: requests, and getting the access token.

use std::sync::Arc;
use std::time::Duration;

use super::batch;
use super::entry::{Entry, EntryRequest};
use super::outage::Liveness;
use crate::client::error::SendError;
use crate::client::exchange::{self, Call};
use crate::client::pacing::{Lane, PagePermit};
use crate::client::receipt::SendReceipt;
use crate::client::retry::{Decision, RetryPolicy};
use crate::client::tokens::Tokens;
use crate::client::transport::Transport;

/// A job to do.
pub(super) enum Job<M> {
    /// Get the first access token, or another one after Graph has refused it.
    Token { tokens: Tokens, is_renewal: bool },
    /// Send one message.
    Single {
        entry: Box<Entry<M>>,
        request: RequestInfo,
    },
    /// Send several messages in one request.
    Batch {
        entries: Vec<Box<Entry<M>>>,
        request: RequestInfo,
    },
}

/// A request in flight.
pub(super) struct RequestInfo {
    pub tokens: Arc<Tokens>,
    /// The token that it carries.
    pub generation: u32,
    pub permit: PagePermit,
    pub lane: Lane,
    pub messages: u32,
    pub sent_at: Duration,
    /// Whether it is a probe during an outage.
    pub is_probe: bool,
}

/// A finished job.
pub(super) enum Done<M> {
    /// The result of getting the token; `renewed` is false if there is no other token.
    Token {
        tokens: Tokens,
        outcome: Result<bool, SendError>,
    },
    /// The outcome of a single message.
    Single {
        entry: Box<Entry<M>>,
        result: Result<SendReceipt, Decision>,
        request: RequestInfo,
    },
    /// The outcome of a batch.
    Batch {
        entries: Vec<Box<Entry<M>>>,
        outcome: batch::BatchOutcome,
        request: RequestInfo,
    },
}

/// Carries out a job.
pub(super) async fn carry_out<T: Transport, M>(call: &Call<'_, T>, job: Job<M>) -> Done<M> {
    match job {
        Job::Token {
            mut tokens,
            is_renewal: false,
        } => {
            let outcome = tokens.prepare(call).await.map(|()| true);
            Done::Token { tokens, outcome }
        }
        Job::Token {
            mut tokens,
            is_renewal: true,
        } => {
            let is_new = tokens.renew(call).await;
            let aborted = || RetryPolicy::new(call.options.retry).aborted(false);
            Done::Token {
                tokens,
                outcome: is_new.ok_or_else(aborted),
            }
        }
        Job::Single { mut entry, request } => {
            let Entry {
                request: prepared,
                policy,
                ..
            } = &mut *entry;
            let result = match prepared {
                EntryRequest::Single(prepared) => {
                    exchange::attempt(call, prepared, &request.tokens, policy).await
                }
                EntryRequest::BatchItem(_) => {
                    let error = SendError::configuration("A batch item cannot be sent alone.");
                    Err(Decision::GiveUp(error))
                }
            };
            Done::Single {
                entry,
                result,
                request,
            }
        }
        Job::Batch {
            mut entries,
            request,
        } => {
            let outcome = batch::attempt(call, &mut entries, &request.tokens).await;
            Done::Batch {
                entries,
                outcome,
                request,
            }
        }
    }
}

/// The error of an attempt that failed.
pub(super) fn error_of(result: &Result<SendReceipt, Decision>) -> Option<&SendError> {
    match result {
        Ok(_) => None,
        Err(Decision::Retry { error, .. } | Decision::GiveUp(error)) => Some(error),
    }
}

pub(super) fn liveness_of(result: &Result<SendReceipt, Decision>) -> Liveness {
    error_of(result).map_or(Liveness::Answered, Liveness::of)
}
