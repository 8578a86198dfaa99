//! Interprets the outcome of a request, for its messages and for the rest of the run.

use std::time::Duration;

use super::attempt::{Done, RequestInfo, error_of, liveness_of};
use super::engine::{Engine, stop_error};
use super::entry::Entry;
use super::outage::{Ended, Liveness};
use super::token::Answer;
use crate::client::error::{Delivery, ErrorKind, SendError};
use crate::client::events::{Event, RetryInfo};
use crate::client::message::Message;
use crate::client::pacing::{Attempt, Outlook};
use crate::client::receipt::SendReceipt;
use crate::client::retry::Decision;
use crate::client::tokens::Tokens;
use crate::client::transport::Transport;

/// A finished request whose messages are being processed.
#[derive(Clone, Copy)]
struct About {
    generation: u32,
    sent_at: Duration,
    is_probe: bool,
}

impl<T: Transport, M: Message> Engine<'_, T, M> {
    /// Handles a finished job.
    pub(super) fn conclude(&mut self, done: Done<M>) {
        match done {
            Done::Token { tokens, outcome } => self.conclude_token(tokens, outcome),
            Done::Single {
                entry,
                result,
                request,
            } => {
                let is_answered = error_of(&result).is_none_or(|error| error.status.is_some());
                let about = self.end_request(
                    request,
                    liveness_of(&result),
                    error_of(&result),
                    is_answered,
                );
                self.conclude_message(entry, result, about);
            }
            Done::Batch {
                entries,
                outcome,
                request,
            } => {
                let error = outcome.error.as_ref();
                let about = self.end_request(request, outcome.liveness, error, outcome.is_answered);
                for (entry, result) in entries.into_iter().zip(outcome.results) {
                    self.conclude_message(entry, result, about);
                }
            }
        }
    }

    fn conclude_token(&mut self, tokens: Tokens, outcome: Result<bool, SendError>) {
        match self.token.answered(tokens, outcome) {
            Answer::GoOn => {}
            Answer::Failed(error) => self.stop(error),
            Answer::Refused(error) => self.stop(stop_for_all(error)),
        }
    }

    fn end_request(
        &mut self,
        request: RequestInfo,
        liveness: Liveness,
        error: Option<&SendError>,
        is_answered: bool,
    ) -> About {
        let RequestInfo {
            generation,
            permit,
            lane,
            messages,
            sent_at,
            is_probe,
            ..
        } = request;
        self.in_flight -= 1;
        self.queues.lane(lane).in_flight -= 1;
        permit.complete(is_answered.then_some(self.now));
        let now = self.now;
        self.outage.ended(&Ended {
            messages,
            is_probe,
            liveness,
            error,
            sent_at,
            now,
        });
        About {
            generation,
            sent_at,
            is_probe,
        }
    }

    /// Handles a finished attempt of a message.
    fn conclude_message(
        &mut self,
        mut entry: Box<Entry<M>>,
        result: Result<SendReceipt, Decision>,
        about: About,
    ) {
        let (error, delay) = match result {
            Ok(receipt) => {
                self.learn(Ok(&receipt), None, about);
                self.token.accepted(about.generation);
                self.settle(*entry, Ok(receipt));
                return;
            }
            Err(Decision::Retry { delay, error }) => (error, Some(delay)),
            Err(Decision::GiveUp(error)) => (error, None),
        };
        if error.code == Some(190) && self.token.refused(about.generation, &error) {
            if entry.policy.has_attempts_left() && self.stopped.is_none() {
                // At the front of the queue: if the other token is invalid too, fewer messages have
                // used it.
                entry.last_error = Some(error);
                self.queues.push_front(entry);
            } else {
                self.settle(*entry, Err(error));
            }
            return;
        }
        let outlook = self.learn(Err(&error), delay, about);
        let stop = (outlook == Outlook::Stop).then(|| stop_for_all(error.clone()));
        let never_left = error.kind == ErrorKind::Network && error.delivery == Delivery::NotSent;
        let may_sleep = self.stopped.is_none() && stop.is_none();
        if may_sleep && about.is_probe && never_left && error.retryable {
            // The probe only showed that the outage continues.
            entry.policy.undispatched();
            entry.last_error = Some(error);
            self.queues.push_back(entry, self.now);
        } else if let Some(delay) = delay.filter(|_| may_sleep) {
            let attempt = entry.policy.attempts();
            self.call.observe(&Event::Retry(RetryInfo {
                attempt,
                delay,
                error: &error,
            }));
            entry.last_error = Some(error);
            self.queues.sleep(entry, self.now.saturating_add(delay));
        } else {
            self.settle(*entry, Err(error));
        }
        if let Some(stop) = stop {
            self.stop(stop);
        }
    }

    fn learn(
        &self,
        outcome: Result<&SendReceipt, &SendError>,
        delay: Option<Duration>,
        about: About,
    ) -> Outlook {
        self.call.pacing.learn(&Attempt {
            outcome,
            delay,
            sent_at: about.sent_at,
            now: self.now,
            max_delay: self.call.options.retry.max_delay,
        })
    }
}

fn stop_for_all(mut error: SendError) -> SendError {
    error.message = format!(
        "Not sent, because an earlier message was refused for a reason that applies to all. {}",
        error.message
    );
    stop_error(error)
}
