//! How fast messages may follow one another, so that a Page is not refused for its rate.
//!
//! The documented limits count the calls of a Page in a second: <https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting>.
//! A [`Lane`] is one such limit. It has no clock of its own: every call is told the time, in milliseconds of any clock that does
//! not go back. It keeps two rules.
//!
//! - Messages are spread evenly, a little slower than the limit. Who comes late may catch up, but not by much.
//! - In no second do more messages *reach* Graph than the limit allows, as far as the answers tell. A message that left in time may
//!   be held up on its way and arrive together with later ones. The time of its answer shows that, and the next ones then wait.

/// The share of the limit that is used. The rest is for what nobody can measure: clocks that differ, and a way that gets shorter.
const SHARE: f64 = 0.98;

/// The share of the limit that may be in one second as far as the answers tell: they tell it to a few milliseconds only.
const SHARE_OF_A_SECOND: f64 = 0.99;

/// How much of the time that a late timer or a busy machine took is made up for.
const CATCH_UP_MS: f64 = 50.0;

/// The second of the limit is counted in slots. A power of two, so that the length of one is exact.
const SLOTS_PER_SECOND: f64 = 128.0;
const SLOT_MS: f64 = 1000.0 / SLOTS_PER_SECOND;

/// How many slots an arrival counts: a second, and one more because it may stand at the end of its slot.
const COUNTED_SLOTS: f64 = SLOTS_PER_SECOND + 1.0;

/// More slots than any arrival counts ahead, so that a ring of them is enough.
const SLOTS: usize = 512;

/// By how much of itself the usual time from a request to its answer is mended at most, once in a slot: answers that were held up
/// and come together are one event.
const MENDED: f64 = 1.0 / 256.0;

/// So long after the first answer the shortest time to an answer is taken for the usual one.
const LEARNING_MS: f64 = 1000.0;

/// So many slots after the first answer the messages that left before it are counted anew: less than a second, so that they still count.
const EARLY_SLOTS: usize = 96;

/// From this usage on, in percent, it gets slower, down to [`SLOWEST`] of the rate at 100 percent.
const SLOW_FROM: f64 = 80.0;
const SLOWEST: f64 = 0.05;

/// How many numbers a lane is written as.
pub const LANE_SIZE: usize = 5 + EARLY_SLOTS + SLOTS;

/// One limit of a Page, and what has gone through it.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// When the next message is due.
    due_ms: f64,
    /// How long an answer usually takes: two in five take less. Late ones do not move it much, however late they are.
    usual_ms: f64,
    /// In which slot that was mended last; 0: nothing that left after the first answer has been answered.
    mended: f64,
    /// When the first answer came.
    first_ms: f64,
    /// The current slot. Slots before it are over.
    slot: f64,
    /// How many of the messages that left before the first answer were answered in each slot after it.
    early: [f64; EARLY_SLOTS],
    /// How many messages stop counting at each slot: a ring.
    ends: [f64; SLOTS],
}

impl Default for Lane {
    fn default() -> Self {
        Self { due_ms: 0.0, usual_ms: 0.0, mended: 0.0, first_ms: 0.0, slot: 0.0, early: [0.0; EARLY_SLOTS], ends: [0.0; SLOTS] }
    }
}

impl Lane {
    /// Asks to send `wanted` messages now. Answers how many may go, at least one; or, below zero, how many milliseconds to wait
    /// before asking again.
    ///
    /// `per_second` is the limit, above 0. `used_percent` is how much of a longer limit is used up, as the usage headers tell.
    pub fn pass(&mut self, now_ms: f64, per_second: f64, used_percent: f64, wanted: f64) -> f64 {
        self.advance(now_ms);
        if now_ms < self.due_ms {
            return now_ms - self.due_ms;
        }
        // Not `round`, which is 100 bytes of code where `floor` is one instruction.
        let room = ((per_second * SHARE_OF_A_SECOND + 0.5).floor().max(1.0) - self.ends.iter().sum::<f64>()).floor();
        if room < 1.0 {
            return now_ms - (self.slot + 1.0) * SLOT_MS;
        }
        let granted = wanted.min(room);
        let pace = (1000.0 / (per_second * SHARE * slowness(used_percent))).min(f64::MAX);
        self.due_ms = self.due_ms.max(now_ms - CATCH_UP_MS) + granted * pace;
        let end = self.unanswered_end(self.slot);
        self.count(end, granted);
        granted
    }

    /// Of the messages that passed together at `sent_ms` the answer came.
    pub fn answered(&mut self, sent_ms: f64, now_ms: f64, messages: f64) {
        self.advance(now_ms);
        let end = self.unanswered_end(slot_of(sent_ms));
        self.mend(sent_ms, now_ms);
        let arrived_ms = if sent_ms < self.first_ms {
            // Connections were made, and what is usual is not known yet.
            if let Some(early) = self.early.get_mut((self.slot - slot_of(self.first_ms)) as usize) {
                *early += messages;
            }
            now_ms
        } else {
            // What took longer than usual was held up on the way there, for all we know.
            sent_ms.max(now_ms - self.surely_usual_ms())
        };
        self.count(end, -messages);
        self.count(slot_of(arrived_ms) + COUNTED_SLOTS, messages);
    }

    /// Counts the messages anew that left before the first answer, now that it is known how long an answer takes.
    fn settle(&mut self) {
        // Nothing was learned from them alone: all of them may have been held up.
        let usual_slots = if self.mended > 0.0 { slot_of(self.surely_usual_ms()) } else { 0.0 };
        let mut end = slot_of(self.first_ms) + COUNTED_SLOTS;
        for messages in std::mem::replace(&mut self.early, [0.0; EARLY_SLOTS]) {
            self.count(end, -messages);
            self.count(end - usual_slots, messages);
            end += 1.0;
        }
    }

    /// Two steps less than usual, because answers that were held up have themselves mended it.
    fn surely_usual_ms(&self) -> f64 {
        self.usual_ms * (1.0 - 2.0 * MENDED)
    }

    fn mend(&mut self, sent_ms: f64, now_ms: f64) {
        let took_ms = now_ms - sent_ms;
        if self.first_ms == 0.0 {
            self.first_ms = now_ms;
            self.usual_ms = took_ms;
        } else if now_ms < self.first_ms + LEARNING_MS {
            self.usual_ms = self.usual_ms.min(took_ms);
            if sent_ms >= self.first_ms {
                self.mended = self.slot;
            }
        } else if self.mended < self.slot {
            self.mended = self.slot;
            let step = self.usual_ms * MENDED;
            // Not `clamp`: its panic writes numbers with a point, which is 16 KB of code.
            self.usual_ms += (took_ms - self.usual_ms).max(-1.5 * step).min(step);
        }
    }

    /// Until when a message counts that left in this slot and has no answer yet. It may still be on its way, but for a second at
    /// most: else one that is never answered would hold up all. Where answers usually take long, waiting for one tells nothing.
    fn unanswered_end(&self, left: f64) -> f64 {
        if self.usual_ms < 1000.0 { left + COUNTED_SLOTS + SLOTS_PER_SECOND } else { left + COUNTED_SLOTS }
    }

    /// Clears the slots that are over.
    fn advance(&mut self, now_ms: f64) {
        let slot = slot_of(now_ms);
        let passed = slot - self.slot;
        if passed >= SLOTS as f64 {
            self.ends = [0.0; SLOTS];
            // At the start, or after a long rest, nothing is to be caught up with.
            self.due_ms = self.due_ms.max(now_ms);
        } else {
            for step in 1..=passed as u32 {
                if let Some(ends) = self.place(self.slot + f64::from(step)) {
                    *ends = 0.0;
                }
            }
        }
        let settled_at = slot_of(self.first_ms) + EARLY_SLOTS as f64;
        let is_settled = self.slot >= settled_at;
        self.slot = self.slot.max(slot);
        if !is_settled && self.slot >= settled_at {
            self.settle();
        }
    }

    fn count(&mut self, end: f64, messages: f64) {
        // What has stopped counting is not in the ring any more.
        if end > self.slot
            && let Some(ends) = self.place(end)
        {
            *ends = (*ends + messages).max(0.0);
        }
    }

    fn place(&mut self, slot: f64) -> Option<&mut f64> {
        // Some clocks count from 1970, which are more slots than a usize of 32 bits has.
        self.ends.get_mut((slot as u64 % SLOTS as u64) as usize)
    }

    /// The lane as [`LANE_SIZE`] numbers, for whoever keeps it in another language. Fewer stay as they are.
    pub fn write(&self, numbers: &mut [f64]) {
        if let Some((own, rest)) = numbers.split_first_chunk_mut()
            && let Some((early, rest)) = rest.split_first_chunk_mut()
            && let Some(ends) = rest.first_chunk_mut()
        {
            *own = [self.due_ms, self.usual_ms, self.mended, self.first_ms, self.slot];
            *early = self.early;
            *ends = self.ends;
        }
    }

    /// The lane that was written as these numbers. Fewer than [`LANE_SIZE`], or zeros, are one through which nothing has gone.
    #[must_use]
    pub fn read(numbers: &[f64]) -> Self {
        if let Some(([due_ms, usual_ms, mended, first_ms, slot], rest)) = numbers.split_first_chunk()
            && let Some((early, rest)) = rest.split_first_chunk()
            && let Some(ends) = rest.first_chunk()
        {
            let (due_ms, usual_ms, mended, first_ms, slot) = (*due_ms, *usual_ms, *mended, *first_ms, *slot);
            return Self { due_ms, usual_ms, mended, first_ms, slot, early: *early, ends: *ends };
        }
        Self::default()
    }
}

fn slot_of(ms: f64) -> f64 {
    (ms / SLOT_MS).floor()
}

/// The share of the rate that is left at this usage.
fn slowness(used_percent: f64) -> f64 {
    ((100.0 - used_percent) / (100.0 - SLOW_FROM)).clamp(SLOWEST, 1.0)
}
