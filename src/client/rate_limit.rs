//! A rate limiter, which keeps a Page below its documented rate.
//!
//! The documented limits count the calls of a Page per second:
//! <https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting>.
//! A [`RateLimiter`] is one such limit. It has no clock: every call gets the time, from any
//! monotonic clock. It follows two rules.
//!
//! - Messages are spread evenly, slightly below the limit. A late caller may catch up, but not by
//!   much.
//! - No more messages *reach* Graph in any second than the limit allows, as far as the responses
//!   show. A message may be delayed on its way and arrive together with later ones. The time of its
//!   response shows that, and the next messages then wait.

use std::time::Duration;

/// The share of the limit that is used. The rest covers what cannot be measured: differing clocks,
/// and a route that becomes faster.
const SHARE: f64 = 0.98;

/// The share of the limit that may arrive within one second according to the responses, which show
/// it only to within a few milliseconds.
const SHARE_OF_A_SECOND: f64 = 0.99;

/// How much of the time lost to a late timer or a busy machine is made up for.
const CATCH_UP: Duration = Duration::from_millis(50);

/// The second of the limit is counted in slots. A power of two, so that the length of one is a
/// whole number of nanoseconds.
const SLOTS_PER_SECOND: u64 = 128;
const SLOT_NANOS: u64 = 1_000_000_000 / SLOTS_PER_SECOND;

/// The number of slots for which an arrival counts: a second, and one more because it may be at the
/// end of its slot.
const COUNTED_SLOTS: u64 = SLOTS_PER_SECOND + 1;

/// More slots than any arrival counts ahead, so that a ring buffer suffices.
const SLOTS: usize = 512;

/// The maximum relative correction of the usual response time in a slot: delayed responses that
/// arrive together are one event.
const CORRECTION: u32 = 256;

/// For this long after the first response, the shortest response time is taken as the usual one.
const LEARNING: Duration = Duration::from_secs(1);

/// This many slots after the first response, the messages sent before it are recounted: less than a
/// second, so that they still count.
const EARLY_SLOTS: usize = 96;

/// From this usage on, in percent, the rate decreases, down to [`SLOWEST`] of it at 100 percent.
const SLOW_FROM: u32 = 80;
const SLOWEST: f64 = 0.05;

/// One limit of a Page, and the messages that were sent under it.
#[derive(Clone, Debug, PartialEq)]
pub struct RateLimiter {
    per_second: f64,
    /// When the next message is due.
    due: Duration,
    /// The usual response time: two in five take less. Late responses hardly move it, however late
    /// they are.
    usual: Duration,
    /// The time of the first response.
    first_answer: Option<Duration>,
    /// The slot in which the usual time was last corrected by a message sent after the first
    /// response.
    corrected: Option<u64>,
    /// The current slot. Earlier slots have passed.
    slot: u64,
    /// How many of the messages sent before the first response were answered in each slot after it.
    early: [u32; EARLY_SLOTS],
    /// How many messages stop counting at each slot: a ring buffer.
    ends: [u32; SLOTS],
    /// The sum of the ring buffer.
    counted: u64,
}

/// A grant to send messages now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Permit {
    granted: u32,
    acquired_at: Duration,
}

/// Nothing may be sent before this time has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub Duration);

impl Permit {
    /// The number of messages that may be sent: at least one, and at most what was asked for.
    #[must_use]
    pub fn granted(&self) -> u32 {
        self.granted
    }

    /// When they were granted.
    #[must_use]
    pub fn acquired_at(&self) -> Duration {
        self.acquired_at
    }

    /// Records the response to messages that were sent together.
    pub fn complete(self, limiter: &mut RateLimiter, now: Duration) {
        limiter.complete(self, now);
    }
}

impl RateLimiter {
    /// A limit of messages per second, above 0. `f64::INFINITY` means no limit.
    #[must_use]
    pub fn new(per_second: f64) -> Self {
        Self {
            per_second,
            due: Duration::ZERO,
            usual: Duration::ZERO,
            first_answer: None,
            corrected: None,
            slot: 0,
            early: [0; EARLY_SLOTS],
            ends: [0; SLOTS],
            counted: 0,
        }
    }

    /// Changes the limit. Messages already sent still count.
    pub fn set_rate(&mut self, per_second: f64) {
        self.per_second = per_second;
    }

    /// When the next message is due under the even spread.
    #[must_use]
    pub fn due(&self) -> Duration {
        self.due
    }

    /// Asks to send `wanted` messages now.
    ///
    /// `used_percent` is the usage of a longer limit, as the usage headers say.
    ///
    /// # Errors
    /// How long to wait before asking again.
    pub fn try_acquire(
        &mut self,
        now: Duration,
        wanted: u32,
        used_percent: u32,
    ) -> Result<Permit, Wait> {
        self.advance(now);
        if now < self.due {
            return Err(Wait(self.due - now));
        }
        let limit = (self.per_second * SHARE_OF_A_SECOND).round().max(1.0);
        // The conversion saturates, so no limit becomes the largest number.
        let room = (limit as u64).saturating_sub(self.counted);
        if room == 0 {
            return Err(Wait(start_of(self.slot + 1).saturating_sub(now)));
        }
        let granted = wanted.min(u32::try_from(room).unwrap_or(u32::MAX));
        let interval = 1.0 / (self.per_second * SHARE * share_left(used_percent));
        let interval = Duration::try_from_secs_f64(interval).unwrap_or(Duration::MAX);
        let earliest = self.due.max(now.saturating_sub(CATCH_UP));
        self.due = earliest.saturating_add(interval.saturating_mul(granted));
        self.count(self.unanswered_end(self.slot), granted);
        Ok(Permit {
            granted,
            acquired_at: now,
        })
    }

    fn complete(&mut self, permit: Permit, now: Duration) {
        self.advance(now);
        let Permit {
            granted,
            acquired_at,
        } = permit;
        let end = self.unanswered_end(slot_of(acquired_at));
        self.correct_usual(acquired_at, now);
        let first_answer = self.first_answer.unwrap_or(now);
        let arrived_at = if acquired_at < first_answer {
            // Connections were being made, and the usual time is not known yet.
            let since = self.slot.saturating_sub(slot_of(first_answer)) as usize;
            if let Some(early) = self.early.get_mut(since) {
                *early += granted;
            }
            now
        } else {
            // A response that took longer than usual may have been delayed on the way to Graph.
            acquired_at.max(now.saturating_sub(self.surely_usual()))
        };
        self.uncount(end, granted);
        self.count(slot_of(arrived_at) + COUNTED_SLOTS, granted);
    }

    /// Recounts the messages sent before the first response, now that the response time is known.
    fn settle(&mut self, first_answer: Duration) {
        // They alone teach nothing: all of them may have been delayed.
        let usual_slots = match self.corrected {
            Some(_) => slot_of(self.surely_usual()),
            None => 0,
        };
        let first_end = slot_of(first_answer) + COUNTED_SLOTS;
        let early = std::mem::replace(&mut self.early, [0; EARLY_SLOTS]);
        for (end, messages) in (first_end..).zip(early) {
            self.uncount(end, messages);
            self.count(end.saturating_sub(usual_slots), messages);
        }
    }

    /// Two steps less than usual, because delayed responses have themselves corrected it.
    fn surely_usual(&self) -> Duration {
        self.usual - self.usual / (CORRECTION / 2)
    }

    fn correct_usual(&mut self, acquired_at: Duration, now: Duration) {
        let took = now.saturating_sub(acquired_at);
        let Some(first_answer) = self.first_answer else {
            self.first_answer = Some(now);
            self.usual = took;
            return;
        };
        if now < first_answer + LEARNING {
            self.usual = self.usual.min(took);
            if acquired_at >= first_answer {
                self.corrected = Some(self.slot);
            }
        } else if self.corrected.is_none_or(|corrected| corrected < self.slot) {
            self.corrected = Some(self.slot);
            let step = self.usual / CORRECTION;
            let least = self.usual.saturating_sub(step + step / 2);
            self.usual = took.max(least).min(self.usual + step);
        }
    }

    /// Until when a message counts that was sent in this slot and has no response yet. It may still
    /// be on its way, but for at most a second; otherwise one that is never answered would hold up
    /// all.
    /// If responses usually take long, waiting for one shows nothing.
    fn unanswered_end(&self, left: u64) -> u64 {
        let on_its_way = if self.usual < LEARNING {
            SLOTS_PER_SECOND
        } else {
            0
        };
        left + COUNTED_SLOTS + on_its_way
    }

    /// Clears the slots that have passed.
    fn advance(&mut self, now: Duration) {
        let slot = slot_of(now);
        let passed = slot.saturating_sub(self.slot);
        if passed >= SLOTS as u64 {
            self.ends = [0; SLOTS];
            self.counted = 0;
            // At the start, or after a long pause, there is nothing to catch up with.
            self.due = self.due.max(now);
        } else {
            for step in 1..=passed {
                if let Some(ends) = self.ends.get_mut(place(self.slot + step)) {
                    self.counted -= u64::from(std::mem::take(ends));
                }
            }
        }
        let unsettled = self
            .first_answer
            .filter(|first_answer| self.slot < slot_of(*first_answer) + EARLY_SLOTS as u64);
        self.slot = self.slot.max(slot);
        if let Some(first_answer) = unsettled
            && self.slot >= slot_of(first_answer) + EARLY_SLOTS as u64
        {
            self.settle(first_answer);
        }
    }

    fn count(&mut self, end: u64, messages: u32) {
        // Messages that stopped counting are no longer in the ring.
        if end > self.slot
            && let Some(ends) = self.ends.get_mut(place(end))
        {
            *ends += messages;
            self.counted += u64::from(messages);
        }
    }

    fn uncount(&mut self, end: u64, messages: u32) {
        if end > self.slot
            && let Some(ends) = self.ends.get_mut(place(end))
        {
            let fewer = messages.min(*ends);
            *ends -= fewer;
            self.counted -= u64::from(fewer);
        }
    }
}

fn slot_of(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX) / SLOT_NANOS
}

fn start_of(slot: u64) -> Duration {
    Duration::from_nanos(slot.saturating_mul(SLOT_NANOS))
}

/// The index of a slot in the ring.
fn place(slot: u64) -> usize {
    (slot % SLOTS as u64) as usize
}

/// The share of the rate that remains at this usage.
fn share_left(used_percent: u32) -> f64 {
    let left = f64::from(100_u32.saturating_sub(used_percent));
    (left / f64::from(100 - SLOW_FROM)).clamp(SLOWEST, 1.0)
}
