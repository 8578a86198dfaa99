//! The state of a run: decides which message to send next. [`outcome`](super::outcome) interprets
//! outcomes. The engine does no I/O: [`drive`](super::drive) feeds it and carries out its jobs.

use std::time::Duration;

use super::attempt::{Job, RequestInfo};
use super::entry::{Entry, left_over};
use super::options::Limits;
use super::order::Order;
use super::outage::{Outage, Probe};
use super::output::Output;
use super::queue::{Queues, in_order};
use super::result::{SendAllResult, SendAllStatus};
use super::token::RunToken;
use crate::client::error::{Delivery, SendError};
use crate::client::exchange::Call;
use crate::client::message::Message;
use crate::client::pacing::{Lane, Sender};
use crate::client::receipt::SendReceipt;
use crate::client::retry::RetryPolicy;
use crate::client::tokens::Tokens;
use crate::client::transport::Transport;

/// How long a batch waits for more messages from the source.
const FILL: Duration = Duration::from_millis(50);

pub(super) struct Engine<'c, T, M> {
    pub(super) call: &'c Call<'c, T>,
    limits: Limits,
    output: &'c Output<M>,
    pub(super) queues: Queues<M>,
    order: Order<M>,
    /// The number of messages taken from the source.
    taken: usize,
    /// The number of messages that were taken but are not finished.
    open: usize,
    /// Results that the caller has not received yet.
    undelivered: usize,
    /// Requests in flight.
    pub(super) in_flight: u32,
    pub(super) outage: Outage,
    pub(super) token: RunToken,
    pub(super) stopped: Option<SendError>,
    is_exhausted: bool,
    pub(super) now: Duration,
}

impl<'c, T: Transport, M: Message> Engine<'c, T, M> {
    pub(super) fn new(
        call: &'c Call<'c, T>,
        tokens: Tokens,
        limits: Limits,
        output: &'c Output<M>,
    ) -> Self {
        Self {
            call,
            limits,
            output,
            queues: Queues::new(),
            order: Order::new(),
            taken: 0,
            open: 0,
            undelivered: 0,
            in_flight: 0,
            outage: Outage::new(limits.outage, limits.batch),
            token: RunToken::new(tokens),
            stopped: None,
            is_exhausted: false,
            now: Duration::ZERO,
        }
    }

    /// Whether the caller has received all results so far.
    pub(super) fn delivered(&mut self) {
        self.undelivered = 0;
    }

    /// The current time.
    pub(super) fn tick(&mut self, now: Duration) {
        self.now = self.now.max(now);
        self.output.progress.tick(self.now);
    }

    pub(super) fn now(&self) -> Duration {
        self.now
    }

    pub(super) fn is_done(&self) -> bool {
        self.is_exhausted && self.open == 0 && self.in_flight == 0
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.is_exhausted
    }

    pub(super) fn taken(&self) -> usize {
        self.taken
    }

    /// Whether more messages may be taken from the source.
    pub(super) fn has_room(&self) -> bool {
        self.stopped.is_some() || self.open + self.undelivered < self.limits.held
    }

    /// Notes that no more messages come from the source.
    pub(super) fn exhausted(&mut self) {
        self.is_exhausted = true;
    }

    /// Adds a message.
    pub(super) fn add(&mut self, message: M) {
        let index = self.taken;
        self.taken += 1;
        if let Some(stopped) = &self.stopped {
            self.deliver(left_over(index, message, stopped));
            return;
        }
        match Entry::prepare(index, message, self.call, &self.limits, &self.order) {
            Ok(entry) => {
                self.open += 1;
                if let Some(entry) = self.order.add(entry) {
                    self.queues.push_back(entry, self.now);
                }
            }
            Err((message, error)) => {
                let outcome = Err(error);
                let status = SendAllStatus::of(&outcome);
                let is_left_over = false;
                self.deliver(SendAllResult {
                    index,
                    message,
                    status,
                    outcome,
                    is_left_over,
                });
            }
        }
    }

    /// Handles an abort by the caller.
    pub(super) fn abort(&mut self) {
        let error = RetryPolicy::new(self.call.options.retry).aborted(false);
        self.stop(error);
    }

    /// Stops the run: starts no more jobs, and finishes the waiting messages.
    pub(super) fn stop(&mut self, error: SendError) {
        if self.stopped.is_some() {
            return;
        }
        self.output.progress.stopped(&error);
        let mut waiting = self.queues.clear();
        self.order.clear(&mut waiting);
        // Callers expect these results in the order of the source.
        for entry in in_order(waiting) {
            self.open -= 1;
            self.deliver(entry.into_stopped(&error));
        }
        self.stopped = Some(error);
    }

    /// Starts all jobs that may start now. Returns when it must be called again at the latest.
    pub(super) fn dispatch(&mut self, start: &mut dyn FnMut(Job<M>)) -> Option<Duration> {
        if self.stopped.is_some() {
            return None;
        }
        if let Some(error) = self.outage.stop(self.now) {
            self.stop(stop_error(error));
            return None;
        }
        self.outage.dispatch();
        let mut deadline = earliest(self.queues.wake(self.now), self.outage.ends_at());
        for lane in Lane::ALL {
            deadline = earliest(deadline, self.dispatch_lane(lane, start));
        }
        deadline
    }

    fn dispatch_lane(&mut self, lane: Lane, start: &mut dyn FnMut(Job<M>)) -> Option<Duration> {
        loop {
            let queue = self.queues.lane(lane);
            let first = queue.ready.front()?;
            let lane_is_full = queue.in_flight >= self.limits.lane_concurrency(lane);
            if lane_is_full || self.in_flight >= self.limits.concurrency {
                return None;
            }
            let Some(tokens) = self.token.current() else {
                if let Some(job) = self.token.job() {
                    start(job);
                }
                return None;
            };
            let pace = self.limits.pace(lane, self.call.options);
            let size = self.limits.batch_size(pace);
            let ready = u32::try_from(queue.ready.len()).unwrap_or(u32::MAX);
            let (wanted, is_probe) = match self.outage.probe(self.now) {
                Probe::NotNeeded => {
                    let may_grow = ready < size
                        && !self.is_exhausted
                        && self.open + self.undelivered < self.limits.held;
                    let full_at = first.ready_at.saturating_add(FILL);
                    if self.limits.batch && may_grow && self.now < full_at {
                        return Some(full_at);
                    }
                    match self.outage.room(ready.min(size)) {
                        Some(messages) => (messages, false),
                        None => {
                            let due = self.call.pacing.due(pace);
                            if self.now < due {
                                return Some(due);
                            }
                            self.outage.held_back();
                            return None;
                        }
                    }
                }
                Probe::Now => (1, true),
                Probe::At(at) => return Some(at),
                Probe::InFlight => return None,
            };
            let acquired = self
                .call
                .pacing
                .try_acquire(Some(pace), Sender::Run, wanted, self.now);
            let permit = match acquired {
                Ok(permit) => permit,
                Err(denied) => return Some(self.now.saturating_add(denied.wait())),
            };
            let messages = permit.granted();
            let request = RequestInfo {
                tokens,
                generation: self.token.generation(),
                permit,
                lane,
                messages,
                sent_at: self.now,
                is_probe,
            };
            queue.in_flight += 1;
            self.in_flight += 1;
            self.outage.started(messages);
            if self.limits.batch {
                let entries = (0..messages)
                    .map_while(|_| queue.ready.pop_front())
                    .collect();
                start(Job::Batch { entries, request });
            } else if let Some(entry) = queue.ready.pop_front() {
                start(Job::Single { entry, request });
            }
        }
    }

    pub(super) fn settle(&mut self, entry: Entry<M>, outcome: Result<SendReceipt, SendError>) {
        self.open -= 1;
        let recipient = entry.recipient;
        self.deliver(entry.into_result(outcome));
        if let Some(next) = self.order.release(recipient) {
            self.queues.push_back(next, self.now);
        }
    }

    pub(super) fn deliver(&mut self, result: SendAllResult<M>) {
        self.undelivered += 1;
        self.output.push(result);
    }
}

/// The earlier of two optional times.
pub(super) fn earliest(one: Option<Duration>, other: Option<Duration>) -> Option<Duration> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, None) => one,
        (None, other) => other,
    }
}

/// The error of messages that were not started.
pub(super) fn stop_error(mut error: SendError) -> SendError {
    error.delivery = Delivery::NotSent;
    error.retryable = false;
    error.attempts = 0;
    error.stamp = None;
    error
}
