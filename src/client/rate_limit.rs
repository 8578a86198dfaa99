//! A rate limiter: how fast messages may follow one another, so that a Page is not refused for its
//! rate.
//!
//! The documented limits count the calls of a Page in a second:
//! <https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting>.
//! A [`RateLimiter`] is one such limit. It has no clock of its own: every call is told the time, on
//! any clock that does not go back. It keeps two rules.
//!
//! - Messages are spread evenly, a little slower than the limit. A late caller may catch up, but
//!   not by much.
//! - In no second do more messages *reach* Graph than the limit allows, as far as the answers show.
//!   A message that left in time may be held up on its way and arrive together with later ones. The
//!   time of its answer shows that, and the next ones then wait.

use std::time::Duration;

/// The share of the limit that is used. The rest is for what nobody can measure: clocks that
/// differ, and a route that gets shorter.
const SHARE: f64 = 0.98;

/// The share of the limit that may be in one second as far as the answers show: they show it to a
/// few milliseconds only.
const SHARE_OF_A_SECOND: f64 = 0.99;

/// How much of the time that a late timer or a busy machine took is made up for.
const CATCH_UP: Duration = Duration::from_millis(50);

/// The second of the limit is counted in slots. A power of two, so that the length of one is a
/// whole number of nanoseconds.
const SLOTS_PER_SECOND: u64 = 128;
const SLOT_NANOS: u64 = 1_000_000_000 / SLOTS_PER_SECOND;

/// How many slots an arrival counts: a second, and one more because it may stand at the end of its
/// slot.
const COUNTED_SLOTS: u64 = SLOTS_PER_SECOND + 1;

/// More slots than any arrival counts ahead, so that a ring of them is enough.
const SLOTS: usize = 512;

/// By which part of itself the usual time to an answer is corrected at most, once in a slot:
/// answers that were held up and come together are one event.
const CORRECTION: u32 = 256;

/// So long after the first answer the shortest time to an answer is taken for the usual one.
const LEARNING: Duration = Duration::from_secs(1);

/// So many slots after the first answer the messages that left before it are counted anew: less
/// than a second, so that they still count.
const EARLY_SLOTS: usize = 96;

/// From this usage on, in percent, it gets slower, down to [`SLOWEST`] of the rate at 100 percent.
const SLOW_FROM: u32 = 80;
const SLOWEST: f64 = 0.05;

/// One limit of a Page, and what has gone through it.
#[derive(Clone, Debug, PartialEq)]
pub struct RateLimiter {
    per_second: f64,
    /// When the next message is due.
    due: Duration,
    /// How long an answer usually takes: two in five take less. Late ones do not move it much,
    /// however late they are.
    usual: Duration,
    /// When the first answer came.
    first_answer: Option<Duration>,
    /// In which slot the usual time was corrected last, by a message that left after the first
    /// answer.
    corrected: Option<u64>,
    /// The current slot. Slots before it are over.
    slot: u64,
    /// How many of the messages that left before the first answer were answered in each slot
    /// after it.
    early: [u32; EARLY_SLOTS],
    /// How many messages stop counting at each slot: a ring.
    ends: [u32; SLOTS],
    /// The sum of the ring.
    counted: u64,
}

/// Messages that may go now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Permit {
    granted: u32,
    acquired_at: Duration,
}

/// None may go before this time has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait(pub Duration);

impl Permit {
    /// How many messages may go: at least one, and no more than were asked for.
    #[must_use]
    pub fn granted(&self) -> u32 {
        self.granted
    }

    /// When they were granted.
    #[must_use]
    pub fn acquired_at(&self) -> Duration {
        self.acquired_at
    }

    /// The messages, which went together, have been answered.
    pub fn complete(self, limiter: &mut RateLimiter, now: Duration) {
        limiter.complete(self, now);
    }
}

impl RateLimiter {
    /// A limit of so many messages a second, above 0. `f64::INFINITY` is no limit.
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

    /// Changes the limit. What has gone through still counts.
    pub fn set_rate(&mut self, per_second: f64) {
        self.per_second = per_second;
    }

    /// When the next message is due, as far as the even spread is concerned.
    #[must_use]
    pub fn due(&self) -> Duration {
        self.due
    }

    /// Asks to send `wanted` messages now.
    ///
    /// `used_percent` is how much of a longer limit is used up, as the usage headers say.
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
        // The conversion saturates: no limit is the largest number.
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
            // Connections were made, and what is usual is not known yet.
            let since = self.slot.saturating_sub(slot_of(first_answer)) as usize;
            if let Some(early) = self.early.get_mut(since) {
                *early += granted;
            }
            now
        } else {
            // What took longer than usual was held up on the way there, for all that is known.
            acquired_at.max(now.saturating_sub(self.surely_usual()))
        };
        self.uncount(end, granted);
        self.count(slot_of(arrived_at) + COUNTED_SLOTS, granted);
    }

    /// Counts the messages anew that left before the first answer, now that it is known how long
    /// an answer takes.
    fn settle(&mut self, first_answer: Duration) {
        // Nothing was learned from them alone: all of them may have been held up.
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

    /// Two steps less than usual, because answers that were held up have themselves corrected it.
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

    /// Until when a message counts that left in this slot and has no answer yet. It may still be
    /// on its way, but for a second at most: else one that is never answered would hold up all.
    /// Where answers usually take long, waiting for one shows nothing.
    fn unanswered_end(&self, left: u64) -> u64 {
        let on_its_way = if self.usual < LEARNING {
            SLOTS_PER_SECOND
        } else {
            0
        };
        left + COUNTED_SLOTS + on_its_way
    }

    /// Clears the slots that are over.
    fn advance(&mut self, now: Duration) {
        let slot = slot_of(now);
        let passed = slot.saturating_sub(self.slot);
        if passed >= SLOTS as u64 {
            self.ends = [0; SLOTS];
            self.counted = 0;
            // At the start, or after a long rest, nothing is to be caught up with.
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
        // What has stopped counting is not in the ring any more.
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

/// Where a slot stands in the ring.
fn place(slot: u64) -> usize {
    (slot % SLOTS as u64) as usize
}

/// The share of the rate that is left at this usage.
fn share_left(used_percent: u32) -> f64 {
    let left = f64::from(100_u32.saturating_sub(used_percent));
    (left / f64::from(100 - SLOW_FROM)).clamp(SLOWEST, 1.0)
}
