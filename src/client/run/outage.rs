//! Outages: Graph stops answering.
//!
//! A run must not waste its messages while the network or Graph is down. Two mechanisms prevent
//! that.
//!
//! - A window, as in TCP. It limits the messages that are in flight or have just failed, and grows
//!   only while Graph answers and the window is what limits sending. So hardly more messages are in
//!   flight than the rate and the response time require.
//! - After several consecutive outcomes without an answer from Graph, all sending pauses. Single
//!   messages are then sent as probes, with growing pauses between them. The first answer ends the
//!   outage.

use std::time::Duration;

use super::batch::MAX_BATCH;
use crate::client::error::{ErrorKind, SendError};
use crate::client::options::whole_milliseconds;

/// This many consecutive messages without an answer from Graph are an outage.
const FAILURES: u32 = 10;

/// The initial window. With the probes within the default time, at most 9, this makes 25: the most
/// messages that end as `unknown` in an outage.
const WINDOW: u32 = 16;

/// The same for batches: with the probes, at most two batches.
const BATCH_WINDOW: u32 = 2 * MAX_BATCH - 10;

/// The factor by which pauses grow, from the first to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
const GROWTH: u32 = 3;

/// What a request shows about the path to Graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Liveness {
    /// Graph answered.
    Answered,
    /// Graph did not answer.
    Silent,
    /// Nothing: the request was stopped locally, or refused by something in between.
    Neutral,
}

impl Liveness {
    pub(super) fn of(error: &SendError) -> Self {
        match error.kind {
            ErrorKind::Network | ErrorKind::Timeout => Self::Silent,
            ErrorKind::InvalidResponse => match error.status {
                Some(408 | 429) => Self::Silent,
                // For example the page of a proxy that blocks the request.
                Some(400..500) => Self::Neutral,
                _ => Self::Silent,
            },
            ErrorKind::Aborted | ErrorKind::Configuration => Self::Neutral,
            _ => Self::Answered,
        }
    }
}

/// A finished request.
pub(super) struct Ended<'a> {
    pub messages: u32,
    pub is_probe: bool,
    pub liveness: Liveness,
    pub error: Option<&'a SendError>,
    pub sent_at: Duration,
    pub now: Duration,
}

/// The state of the path to Graph.
pub(super) struct Outage {
    /// The time after which the run stops.
    limit: Duration,
    first_window: u32,
    threshold: u32,
    window: u32,
    /// Whether the window has held messages back since the last dispatch.
    is_window_full: bool,
    /// Messages in flight.
    in_flight: u32,
    /// Consecutive messages without an answer from Graph.
    failures: u32,
    /// When the first of these messages failed.
    began: Duration,
    /// When the last of these messages was sent. Answers to messages sent earlier do not show that
    /// Graph answers again.
    failed_sent_at: Duration,
    last_error: Option<SendError>,
    probing: Option<Probing>,
}

/// Whether there is an outage.
#[derive(Clone, Copy)]
struct Probing {
    next_at: Duration,
    pause: Duration,
    in_flight: bool,
}

/// Whether a probe may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Probe {
    /// There is no outage.
    NotNeeded,
    /// A probe may be sent.
    Now,
    /// A probe may be sent at this time.
    At(Duration),
    /// A probe is in flight.
    InFlight,
}

impl Outage {
    pub(super) fn new(limit: Duration, batch: bool) -> Self {
        let first_window = if batch { BATCH_WINDOW } else { WINDOW };
        Self {
            limit,
            first_window,
            threshold: if batch { MAX_BATCH + 1 } else { FAILURES },
            window: first_window,
            is_window_full: false,
            in_flight: 0,
            failures: 0,
            began: Duration::ZERO,
            failed_sent_at: Duration::ZERO,
            last_error: None,
            probing: None,
        }
    }

    /// Whether to send a probe.
    pub(super) fn probe(&self, now: Duration) -> Probe {
        match self.probing {
            None => Probe::NotNeeded,
            Some(probing) if probing.in_flight => Probe::InFlight,
            Some(probing) if probing.next_at <= now => Probe::Now,
            Some(probing) => Probe::At(probing.next_at),
        }
    }

    /// The time at which the run stops if nothing changes.
    pub(super) fn ends_at(&self) -> Option<Duration> {
        let probing = self.probing.filter(|probing| !probing.in_flight);
        probing.map(|_| self.began.saturating_add(self.limit))
    }

    /// Starts a dispatch.
    pub(super) fn dispatch(&mut self) {
        self.is_window_full = false;
    }

    /// How many messages of a request may be sent. Only if the path is in doubt may it be fewer
    /// than wanted; otherwise the request waits.
    pub(super) fn room(&mut self, wanted: u32) -> Option<u32> {
        // In doubt, no more than the initial window, since the window may have grown large.
        let window = match self.failures {
            0 => self.window,
            _ => self.window.min(self.first_window),
        };
        let room = window
            .saturating_sub(self.in_flight)
            .saturating_sub(self.failures);
        if room >= wanted {
            return Some(wanted);
        }
        if room > 0 && (self.failures > 0 || self.in_flight == 0) {
            return Some(room);
        }
        None
    }

    /// Notes that the window holds back messages that the rate limit would allow.
    pub(super) fn held_back(&mut self) {
        self.is_window_full = true;
    }

    /// Notes that a request with this many messages is sent.
    pub(super) fn started(&mut self, messages: u32) {
        self.in_flight += messages;
        if let Some(probing) = &mut self.probing {
            probing.in_flight = true;
        }
    }

    /// Notes that a request has finished.
    pub(super) fn ended(&mut self, request: &Ended<'_>) {
        self.in_flight = self.in_flight.saturating_sub(request.messages);
        if let Some(probing) = self.probing.as_mut().filter(|_| request.is_probe) {
            probing.in_flight = false;
        }
        match request.liveness {
            Liveness::Neutral => {}
            Liveness::Answered => self.answered(request),
            Liveness::Silent => self.failed(request),
        }
    }

    fn answered(&mut self, request: &Ended<'_>) {
        if request.sent_at >= self.failed_sent_at {
            self.failures = 0;
            if self.probing.take().is_some() {
                self.window = self.first_window;
                return;
            }
        }
        if self.is_window_full {
            self.window = self.window.saturating_add(request.messages);
        }
    }

    fn failed(&mut self, request: &Ended<'_>) {
        let Ended { now, error, .. } = *request;
        if self.failures == 0 {
            self.began = now;
        }
        self.failures = self.failures.saturating_add(request.messages);
        self.failed_sent_at = self.failed_sent_at.max(request.sent_at);
        self.last_error = error.cloned();
        let asked_for = error
            .and_then(|error| error.retry_after)
            .unwrap_or_default();
        match &mut self.probing {
            None => {
                let is_blocked = self.in_flight == 0 && self.failures >= self.first_window;
                if self.failures >= self.threshold || is_blocked {
                    let next_at = now.saturating_add(FIRST_PAUSE.max(asked_for));
                    self.probing = Some(Probing {
                        next_at,
                        pause: FIRST_PAUSE,
                        in_flight: false,
                    });
                }
            }
            Some(probing) if request.is_probe => {
                probing.pause = (probing.pause * GROWTH).min(LONGEST_PAUSE);
                probing.next_at = now.saturating_add(probing.pause.max(asked_for));
            }
            // The request was sent before the outage was noticed.
            Some(_) => {}
        }
    }

    /// Why the run stops, once the outage has lasted too long.
    pub(super) fn stop(&self, now: Duration) -> Option<SendError> {
        if now < self.ends_at()? {
            return None;
        }
        let milliseconds = whole_milliseconds(now.saturating_sub(self.began));
        let mut stop = self.last_error.clone()?;
        stop.message = format!(
            "Not sent, because Graph has not answered for {milliseconds} ms. {}",
            stop.message
        );
        Some(stop)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::client::error::Delivery;

    const MINUTES: Duration = Duration::from_secs(300);

    /// A request that was sent at the first time and finished at the second.
    fn ended<'a>(
        messages: u32,
        is_probe: bool,
        error: Option<&'a SendError>,
        sent_at: Duration,
        now: Duration,
    ) -> Ended<'a> {
        let liveness = error.map_or(Liveness::Answered, Liveness::of);
        Ended {
            messages,
            is_probe,
            liveness,
            error,
            sent_at,
            now,
        }
    }

    fn lost() -> SendError {
        SendError::new(ErrorKind::Network, Delivery::Unknown, "No answer came.")
    }

    /// Sends until nothing may be sent. Every message is lost, at once or after the next one was
    /// sent. Returns the number of lost messages.
    fn lost_in(outage: &mut Outage, per_request: u32, under_way: usize) -> u32 {
        let (mut now, mut lost_messages) = (Duration::from_secs(1000), 0);
        let mut requests = std::collections::VecDeque::new();
        loop {
            if outage.stop(now).is_some() {
                return lost_messages;
            }
            outage.dispatch();
            let granted = match outage.probe(now) {
                Probe::NotNeeded => outage.room(per_request),
                Probe::Now => Some(1),
                Probe::At(at) => {
                    now = at.min(outage.ends_at().unwrap_or(at));
                    None
                }
                Probe::InFlight => None,
            };
            if let Some(messages) = granted {
                requests.push_back((messages, outage.probing.is_some()));
                outage.started(messages);
            }
            if (granted.is_none() || requests.len() > under_way)
                && let Some((messages, is_probe)) = requests.pop_front()
            {
                outage.ended(&ended(messages, is_probe, Some(&lost()), now, now));
                lost_messages += messages;
            }
        }
    }

    #[test]
    fn an_outage_loses_25_messages_at_most() {
        for under_way in [0, 1, 5, 15, 100] {
            let lost = lost_in(&mut Outage::new(MINUTES, false), 1, under_way);
            assert!((FAILURES..=25).contains(&lost), "{lost} of {under_way}");
        }
    }

    #[test]
    fn an_outage_loses_two_batches_at_most() {
        for under_way in [0, 1, 2, 20] {
            let lost = lost_in(&mut Outage::new(MINUTES, true), MAX_BATCH, under_way);
            assert!(
                (MAX_BATCH..=2 * MAX_BATCH).contains(&lost),
                "{lost} of {under_way}"
            );
        }
    }

    #[test]
    fn the_window_grows_while_it_holds_messages_back_and_answers_come() {
        let mut outage = Outage::new(MINUTES, false);
        for _ in 0..WINDOW {
            assert_eq!(outage.room(1), Some(1));
            outage.started(1);
        }
        assert_eq!(outage.room(1), None, "one over");
        outage.held_back();
        for _ in 0..WINDOW {
            outage.ended(&ended(1, false, None, Duration::ZERO, Duration::ZERO));
        }
        assert_eq!(outage.window, 2 * WINDOW);
        outage.dispatch();
        outage.started(1);
        outage.ended(&ended(1, false, None, Duration::ZERO, Duration::ZERO));
        assert_eq!(outage.window, 2 * WINDOW, "it held nothing back");
    }

    #[test]
    fn one_answer_ends_it() {
        let mut outage = Outage::new(MINUTES, false);
        for failed in 0..FAILURES {
            assert_eq!(outage.probe(Duration::ZERO), Probe::NotNeeded, "{failed}");
            outage.started(1);
            outage.ended(&ended(
                1,
                false,
                Some(&lost()),
                Duration::ZERO,
                Duration::ZERO,
            ));
        }
        assert_eq!(outage.probe(Duration::ZERO), Probe::At(FIRST_PAUSE));
        assert_eq!(outage.probe(FIRST_PAUSE), Probe::Now);
        outage.started(1);
        assert_eq!(outage.probe(FIRST_PAUSE), Probe::InFlight);
        outage.ended(&ended(1, true, Some(&lost()), FIRST_PAUSE, FIRST_PAUSE));
        assert_eq!(
            outage.probe(FIRST_PAUSE),
            Probe::At(FIRST_PAUSE + 3 * FIRST_PAUSE)
        );
        outage.started(1);
        outage.ended(&ended(1, true, None, MINUTES, MINUTES));
        assert_eq!(
            (outage.probe(MINUTES), outage.room(1)),
            (Probe::NotNeeded, Some(1))
        );
    }

    #[test]
    fn an_answer_to_an_earlier_request_shows_nothing() {
        let mut outage = Outage::new(MINUTES, false);
        let late = FIRST_PAUSE;
        for _ in 0..FAILURES {
            outage.started(2);
            outage.ended(&ended(1, false, Some(&lost()), late, late));
            outage.ended(&ended(1, false, None, Duration::ZERO, late));
        }
        assert_eq!(outage.probe(late), Probe::At(late + FIRST_PAUSE));
    }

    #[test]
    fn a_documented_wait_is_kept() {
        let mut throttled = lost();
        throttled.retry_after = Some(Duration::from_secs(20));
        let mut outage = Outage::new(MINUTES, false);
        for _ in 0..FAILURES {
            outage.started(1);
            outage.ended(&ended(
                1,
                false,
                Some(&throttled),
                Duration::ZERO,
                Duration::ZERO,
            ));
        }
        assert_eq!(
            outage.probe(Duration::ZERO),
            Probe::At(Duration::from_secs(20))
        );
    }
}
