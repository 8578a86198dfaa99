//! The decisions of a run: which message goes next, and what an outcome means for it and for the
//! others. It does nothing by itself: [`drive`](super::drive) feeds it and carries out its jobs.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::attempt::{Done, Job, RequestInfo, error_of, liveness_of};
use super::entry::{Entry, left_over};
use super::options::Limits;
use super::order::Order;
use super::outage::{Ended, Liveness, Outage, Probe};
use super::output::Output;
use super::result::{SendAllResult, SendAllStatus};
use crate::client::error::{Delivery, ErrorKind, SendError};
use crate::client::events::{Event, RetryInfo};
use crate::client::exchange::Call;
use crate::client::message::Message;
use crate::client::pacing::{Attempt, Lane, Outlook, Sender};
use crate::client::receipt::SendReceipt;
use crate::client::retry::{Decision, RetryPolicy};
use crate::client::tokens::Tokens;
use crate::client::transport::Transport;

/// How long a batch waits for more messages, while the source has not given them yet.
const FILL: Duration = Duration::from_millis(50);

pub(super) struct Engine<'c, T, M> {
    call: &'c Call<'c, T>,
    limits: Limits,
    output: &'c Output<M>,
    lanes: [LaneQueue<M>; 2],
    order: Order<M>,
    /// Refused messages that wait until they are sent again.
    sleeping: BinaryHeap<Reverse<Sleeper<M>>>,
    /// Messages that were taken from the source.
    taken: usize,
    /// Of those, the messages that are not settled.
    open: usize,
    /// Results that the caller has not got yet.
    undelivered: usize,
    /// Requests that are under way.
    in_flight: u32,
    outage: Outage,
    token: Token,
    /// The tokens that are to be renewed.
    renewal: Option<Tokens>,
    generation: u32,
    stopped: Option<SendError>,
    is_exhausted: bool,
    now: Duration,
}

/// The messages of a lane that may go, and the requests of it that are under way.
struct LaneQueue<M> {
    lane: Lane,
    ready: VecDeque<Box<Entry<M>>>,
    in_flight: u32,
}

/// The access token of the run.
enum Token {
    Unknown(Tokens),
    /// It is being asked for. `refused` is Graph's answer to the one before.
    Asked {
        refused: Option<SendError>,
    },
    Known {
        tokens: Arc<Tokens>,
        was_accepted: bool,
    },
}

struct Sleeper<M> {
    wake_at: Duration,
    entry: Box<Entry<M>>,
}

impl<'c, T: Transport, M: Message> Engine<'c, T, M> {
    pub(super) fn new(
        call: &'c Call<'c, T>,
        tokens: Tokens,
        limits: Limits,
        output: &'c Output<M>,
    ) -> Self {
        let queue = |lane| LaneQueue { lane, ready: VecDeque::new(), in_flight: 0 };
        Self {
            call,
            limits,
            output,
            lanes: Lane::ALL.map(queue),
            order: Order::new(),
            sleeping: BinaryHeap::new(),
            taken: 0,
            open: 0,
            undelivered: 0,
            in_flight: 0,
            outage: Outage::new(limits.outage, limits.batch),
            token: Token::Unknown(tokens),
            renewal: None,
            generation: 0,
            stopped: None,
            is_exhausted: false,
            now: Duration::ZERO,
        }
    }

    /// The caller has got all results so far.
    pub(super) fn delivered(&mut self) {
        self.undelivered = 0;
    }

    /// What time it is.
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

    /// The source has no more messages, or no more are wanted.
    pub(super) fn exhausted(&mut self) {
        self.is_exhausted = true;
    }

    /// Takes a message.
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
                    self.ready(entry);
                }
            }
            Err((message, error)) => {
                let outcome = Err(error);
                let status = SendAllStatus::of(&outcome);
                let is_left_over = false;
                self.deliver(SendAllResult { index, message, status, outcome, is_left_over });
            }
        }
    }

    /// The caller has aborted.
    pub(super) fn abort(&mut self) {
        let error = RetryPolicy::new(self.call.options.retry).aborted(false);
        self.stop(error);
    }

    /// Nothing more is begun. What waits is settled.
    pub(super) fn stop(&mut self, error: SendError) {
        if self.stopped.is_some() {
            return;
        }
        self.output.progress.stopped(&error);
        let sleeping = std::mem::take(&mut self.sleeping);
        let mut waiting: Vec<_> = sleeping.into_iter().map(|Reverse(one)| one.entry).collect();
        for lane in &mut self.lanes {
            waiting.extend(lane.ready.drain(..));
        }
        waiting.extend(self.order.clear());
        // In the order of the source: that is what a reader of the results expects.
        waiting.sort_unstable_by_key(|entry| entry.index);
        for entry in waiting {
            self.open -= 1;
            self.deliver(entry.into_stopped(&error));
        }
        self.stopped = Some(error);
    }

    /// Begins what may begin now. When to ask again at the latest, if nothing else happens.
    pub(super) fn dispatch(&mut self, start: &mut dyn FnMut(Job<M>)) -> Option<Duration> {
        if self.stopped.is_some() {
            return None;
        }
        if let Some(error) = self.outage.stop(self.now) {
            self.stop(stop_error(error));
            return None;
        }
        if let Some(tokens) = self.renewal.take() {
            start(Job::Token { tokens, is_renewal: true });
        }
        self.outage.dispatch();
        let mut deadline = earliest(self.wake_sleepers(), self.outage.ends_at());
        for place in 0..self.lanes.len() {
            deadline = earliest(deadline, self.dispatch_lane(place, start));
        }
        deadline
    }

    fn dispatch_lane(&mut self, place: usize, start: &mut dyn FnMut(Job<M>)) -> Option<Duration> {
        loop {
            let queue = self.lanes.get_mut(place)?;
            let first = queue.ready.front()?;
            let lane_is_full = queue.in_flight >= self.limits.lane_concurrency(queue.lane);
            if lane_is_full || self.in_flight >= self.limits.concurrency {
                return None;
            }
            let tokens = match &self.token {
                Token::Known { tokens, .. } => Arc::clone(tokens),
                Token::Asked { .. } => return None,
                Token::Unknown(tokens) => {
                    let tokens = tokens.clone();
                    self.token = Token::Asked { refused: None };
                    start(Job::Token { tokens, is_renewal: false });
                    return None;
                }
            };
            let pace = self.limits.pace(queue.lane, self.call.options);
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
            let acquired = self.call.pacing.try_acquire(Some(pace), Sender::Run, wanted, self.now);
            let permit = match acquired {
                Ok(permit) => permit,
                Err(denied) => return Some(self.now.saturating_add(denied.wait())),
            };
            let messages = permit.granted();
            let request = RequestInfo {
                tokens,
                generation: self.generation,
                permit,
                lane: queue.lane,
                messages,
                sent_at: self.now,
                is_probe,
            };
            queue.in_flight += 1;
            self.in_flight += 1;
            self.outage.started(messages);
            if self.limits.batch {
                let entries = queue.ready.drain(..messages as usize).collect();
                start(Job::Batch { entries, request });
            } else if let Some(entry) = queue.ready.pop_front() {
                start(Job::Single { entry, request });
            }
        }
    }

    /// Refused messages whose time has come queue up at the end: where Graph refuses for a while,
    /// no message uses its attempts up while the others wait.
    fn wake_sleepers(&mut self) -> Option<Duration> {
        while let Some(Reverse(first)) = self.sleeping.peek() {
            if first.wake_at > self.now {
                return Some(first.wake_at);
            }
            if let Some(Reverse(Sleeper { entry, .. })) = self.sleeping.pop() {
                self.ready(entry);
            }
        }
        None
    }

    /// The message may go.
    fn ready(&mut self, mut entry: Box<Entry<M>>) {
        entry.ready_at = self.now;
        if let Some(queue) = self.lanes.iter_mut().find(|queue| queue.lane == entry.lane) {
            queue.ready.push_back(entry);
        }
    }

    /// A job has been done.
    pub(super) fn conclude(&mut self, done: Done<M>) {
        match done {
            Done::Token { tokens, outcome } => self.conclude_token(tokens, outcome),
            Done::Single { entry, result, request } => {
                let is_answered = error_of(&result).is_none_or(|error| error.status.is_some());
                let about =
                    self.end_request(request, liveness_of(&result), error_of(&result), is_answered);
                self.conclude_message(entry, result, about);
            }
            Done::Batch { entries, outcome, request } => {
                let error = outcome.error.as_ref();
                let about = self.end_request(request, outcome.liveness, error, outcome.is_answered);
                for (entry, result) in entries.into_iter().zip(outcome.results) {
                    self.conclude_message(entry, result, about);
                }
            }
        }
    }

    fn conclude_token(&mut self, tokens: Tokens, outcome: Result<bool, SendError>) {
        let asked = std::mem::replace(
            &mut self.token,
            Token::Known { tokens: Arc::new(tokens), was_accepted: false },
        );
        let refused = match asked {
            Token::Asked { refused } => refused,
            Token::Unknown(_) | Token::Known { .. } => None,
        };
        match (outcome, refused) {
            (Ok(true), _) => self.generation += 1,
            (Err(error), _) => self.stop(error),
            (Ok(false), Some(error)) => self.stop(stop_for_all(error)),
            (Ok(false), None) => {}
        }
    }

    fn end_request(
        &mut self,
        request: RequestInfo,
        liveness: Liveness,
        error: Option<&SendError>,
        is_answered: bool,
    ) -> About {
        let RequestInfo { generation, permit, lane, messages, sent_at, is_probe, .. } = request;
        self.in_flight -= 1;
        if let Some(queue) = self.lanes.iter_mut().find(|queue| queue.lane == lane) {
            queue.in_flight -= 1;
        }
        permit.complete(is_answered.then_some(self.now));
        let now = self.now;
        self.outage.ended(&Ended { messages, is_probe, liveness, error, sent_at, now });
        About { generation, sent_at, is_probe }
    }

    /// An attempt of a message has ended.
    fn conclude_message(
        &mut self,
        mut entry: Box<Entry<M>>,
        result: Result<SendReceipt, Decision>,
        about: About,
    ) {
        let (error, delay) = match result {
            Ok(receipt) => {
                self.learn(Ok(&receipt), None, about);
                if about.generation == self.generation
                    && let Token::Known { was_accepted, .. } = &mut self.token
                {
                    *was_accepted = true;
                }
                self.settle(entry, Ok(receipt));
                return;
            }
            Err(Decision::Retry { delay, error }) => (error, Some(delay)),
            Err(Decision::GiveUp(error)) => (error, None),
        };
        if error.code == Some(190) && self.renews_token(&error, about.generation) {
            if entry.policy.has_attempts_left() && self.stopped.is_none() {
                // At the front: if the other token is no good either, fewer messages have met it.
                entry.last_error = Some(error);
                if let Some(queue) = self.lanes.iter_mut().find(|queue| queue.lane == entry.lane) {
                    queue.ready.push_front(entry);
                }
            } else {
                self.settle(entry, Err(error));
            }
            return;
        }
        let outlook = self.learn(Err(&error), delay, about);
        let stop = (outlook == Outlook::Stop).then(|| stop_for_all(error.clone()));
        let never_left = error.kind == ErrorKind::Network && error.delivery == Delivery::NotSent;
        let may_sleep = self.stopped.is_none() && stop.is_none();
        if may_sleep && about.is_probe && never_left && error.retryable {
            // It has only shown that the outage goes on.
            entry.policy.undispatched();
            entry.last_error = Some(error);
            self.ready(entry);
        } else if let Some(delay) = delay.filter(|_| may_sleep) {
            let attempt = entry.policy.attempts();
            self.call.observe(&Event::Retry(RetryInfo { attempt, delay, error: &error }));
            entry.last_error = Some(error);
            let wake_at = self.now.saturating_add(delay);
            self.sleeping.push(Reverse(Sleeper { wake_at, entry }));
        } else {
            self.settle(entry, Err(error));
        }
        if let Some(stop) = stop {
            self.stop(stop);
        }
    }

    /// Graph refused a token of this generation. Whether there is another one, or may be.
    fn renews_token(&mut self, error: &SendError, generation: u32) -> bool {
        if generation != self.generation {
            return true;
        }
        match &self.token {
            Token::Asked { .. } => true,
            Token::Unknown(_) => false,
            Token::Known { tokens, was_accepted } => {
                let mut tokens = Tokens::clone(tokens);
                if *was_accepted {
                    tokens.accepted();
                }
                if !tokens.can_renew() || self.stopped.is_some() {
                    return false;
                }
                self.token = Token::Asked { refused: Some(error.clone()) };
                self.renewal = Some(tokens);
                true
            }
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

    fn settle(&mut self, entry: Box<Entry<M>>, outcome: Result<SendReceipt, SendError>) {
        self.open -= 1;
        let recipient = entry.recipient;
        self.deliver(entry.into_result(outcome));
        if let Some(next) = self.order.release(recipient) {
            self.ready(next);
        }
    }

    fn deliver(&mut self, result: SendAllResult<M>) {
        self.undelivered += 1;
        self.output.push(result);
    }
}

/// A request whose messages are concluded.
#[derive(Clone, Copy)]
struct About {
    generation: u32,
    sent_at: Duration,
    is_probe: bool,
}

impl<M> PartialEq for Sleeper<M> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<M> Eq for Sleeper<M> {}

impl<M> PartialOrd for Sleeper<M> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<M> Ord for Sleeper<M> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.wake_at, self.entry.index).cmp(&(other.wake_at, other.entry.index))
    }
}

/// The earlier of two times, of which either may be none.
pub(super) fn earliest(one: Option<Duration>, other: Option<Duration>) -> Option<Duration> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, None) => one,
        (None, other) => other,
    }
}

fn stop_for_all(mut error: SendError) -> SendError {
    error.message = format!(
        "Not sent, because an earlier message was refused for a reason that holds for all. {}",
        error.message
    );
    stop_error(error)
}

/// The error of what has not begun.
fn stop_error(mut error: SendError) -> SendError {
    error.delivery = Delivery::NotSent;
    error.retryable = false;
    error.attempts = 0;
    error.stamp = None;
    error
}
