//! Drives a run: takes messages from the source, carries out the jobs of the engine, and waits.
//!
//! Nothing is spawned. Polling the run drives it, and between polls it only holds futures: one for
//! each request, polled only when woken, and one timer.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::{Fuse, FusedFuture};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, Stream, StreamExt};

use super::attempt::carry_out;
use super::engine::{Engine, earliest};
use super::options::Limits;
use super::output::Output;
use crate::client::Client;
use crate::client::error::SendError;
use crate::client::message::Message;
use crate::client::options::MAX_DURATION;
use crate::client::tokens::Tokens;
use crate::client::transport::Transport;

/// How many messages are taken before other tasks get a turn. Few, because nothing is sent while
/// messages are checked.
const TAKEN_AT_ONCE: usize = 100;

/// How many messages are taken or finished before the run yields to the event loop. Otherwise
/// timers and aborts would never get a turn if everything is always ready, as with a test double.
const BUDGET: usize = 256;

/// How long a stopped run waits for a message that it has already requested from the source.
const GRACE: Duration = Duration::from_secs(1);

/// Drives the run until every message that was taken is finished.
pub(super) async fn drive<T, S, M>(
    client: Client<T>,
    source: S,
    limits: Limits,
    total: Option<usize>,
    output: Arc<Output<M>>,
) where
    T: Transport,
    S: Stream<Item = Result<M, SendError>>,
    M: Message,
{
    let abort = output.abort();
    let call = client.call(&abort);
    let tokens = Tokens::new(client.settings.access_token.clone());
    let mut engine = Engine::new(&call, tokens, limits, &output);
    let mut source = Source {
        stream: pin!(Some(source)),
        total,
        is_awaited: false,
        until: None,
    };
    let mut jobs = FuturesUnordered::new();
    let mut aborted = pin!(abort.aborted().fuse());
    let mut timer = pin!(Fuse::terminated());
    let mut timer_at = Duration::MAX;
    let mut turn = pin!(Fuse::terminated());
    let mut steps = 0;
    poll_fn(|cx| {
        engine.delivered();
        loop {
            engine.tick(call.transport.monotonic());
            if !engine.is_stopped() && aborted.as_mut().poll(cx).is_ready() {
                engine.abort();
            }
            if turn.as_mut().poll(cx).is_ready() {
                steps = 0;
            }
            if steps >= BUDGET {
                return Poll::Pending;
            }
            let before = steps;
            let was_stopped = engine.is_stopped();
            source.take(cx, &mut engine, &mut steps);
            let deadline = engine.dispatch(&mut |job| jobs.push(carry_out(&call, job)));
            while steps < BUDGET
                && let Poll::Ready(Some(done)) = jobs.poll_next_unpin(cx)
            {
                engine.conclude(done);
                steps += 1;
            }
            if engine.is_done() {
                return Poll::Ready(());
            }
            if steps >= BUDGET / 2 && turn.is_terminated() {
                turn.set(call.transport.sleep(Duration::ZERO).fuse());
            }
            // After a stop, the source must be polled again: it may never wake the run by itself.
            if steps > before || engine.is_stopped() != was_stopped {
                continue;
            }
            let Some(deadline) = earliest(deadline, source.until) else {
                return Poll::Pending;
            };
            if timer.is_terminated() || deadline < timer_at {
                let wait = deadline
                    .saturating_sub(call.transport.monotonic())
                    .min(MAX_DURATION);
                timer.set(call.transport.sleep(wait).fuse());
                timer_at = deadline;
            }
            if timer.as_mut().poll(cx).is_pending() {
                return Poll::Pending;
            }
            steps += 1;
        }
    })
    .await;
}

/// The source of the messages.
struct Source<'s, S> {
    stream: Pin<&'s mut Option<S>>,
    total: Option<usize>,
    /// Whether a message was requested from the source that has not arrived yet.
    is_awaited: bool,
    /// The time until which a stopped run waits for that message.
    until: Option<Duration>,
}

impl<S> Source<'_, S> {
    fn take<T, M>(&mut self, cx: &mut Context<'_>, engine: &mut Engine<'_, T, M>, steps: &mut usize)
    where
        S: Stream<Item = Result<M, SendError>>,
        T: Transport,
        M: Message,
    {
        for _ in 0..TAKEN_AT_ONCE {
            if engine.is_exhausted() || *steps >= BUDGET || !engine.has_room() {
                return;
            }
            if engine.is_stopped() && !self.is_wanted(engine) {
                return self.close(engine);
            }
            let Some(stream) = self.stream.as_mut().as_pin_mut() else {
                return self.close(engine);
            };
            match stream.poll_next(cx) {
                Poll::Pending => {
                    self.is_awaited = true;
                    if engine.is_stopped() {
                        let now = engine.now();
                        let until = *self.until.get_or_insert(now.saturating_add(GRACE));
                        // The source is polled at the deadline too: a caller that reads results
                        // slowly may have kept it from being polled before.
                        if now >= until {
                            self.close(engine);
                        }
                    }
                    return;
                }
                Poll::Ready(Some(Ok(message))) => {
                    self.answered();
                    engine.add(message);
                    *steps += 1;
                }
                Poll::Ready(Some(Err(error))) => {
                    self.answered();
                    self.close(engine);
                    engine.stop(error);
                    *steps += 1;
                    return;
                }
                Poll::Ready(None) => {
                    self.answered();
                    return self.close(engine);
                }
            }
        }
    }

    /// Whether a stopped run still reads from the source. From a source of known length it reports
    /// all messages, from any other only the message already requested.
    fn is_wanted<T: Transport, M: Message>(&self, engine: &Engine<'_, T, M>) -> bool {
        let is_known = self.total.is_some_and(|total| engine.taken() < total);
        is_known || self.is_awaited
    }

    fn answered(&mut self) {
        self.is_awaited = false;
        self.until = None;
    }

    /// Drops the source.
    fn close<T: Transport, M: Message>(&mut self, engine: &mut Engine<'_, T, M>) {
        self.stream.set(None);
        self.until = None;
        engine.exhausted();
    }
}
