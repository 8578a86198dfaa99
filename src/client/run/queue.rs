//! The messages that are ready to be sent, by lane, and the messages that wait for a retry.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use super::entry::Entry;
use crate::client::pacing::Lane;

pub(super) struct Queues<M> {
    text: LaneQueue<M>,
    media: LaneQueue<M>,
    /// Refused messages that wait for a retry, the next one first.
    sleeping: BinaryHeap<Reverse<Sleeper<M>>>,
}

/// The ready messages of a lane, and its requests in flight.
pub(super) struct LaneQueue<M> {
    pub ready: VecDeque<Box<Entry<M>>>,
    pub in_flight: u32,
}

struct Sleeper<M> {
    wake_at: Duration,
    entry: Box<Entry<M>>,
}

impl<M> Queues<M> {
    pub(super) fn new() -> Self {
        let queue = || LaneQueue {
            ready: VecDeque::new(),
            in_flight: 0,
        };
        Self {
            text: queue(),
            media: queue(),
            sleeping: BinaryHeap::new(),
        }
    }

    pub(super) fn lane(&mut self, lane: Lane) -> &mut LaneQueue<M> {
        match lane {
            Lane::Text => &mut self.text,
            Lane::Media => &mut self.media,
        }
    }

    /// Adds a ready message after all others.
    pub(super) fn push_back(&mut self, mut entry: Box<Entry<M>>, now: Duration) {
        entry.ready_at = now;
        self.lane(entry.lane).ready.push_back(entry);
    }

    /// Adds a ready message before all others.
    pub(super) fn push_front(&mut self, entry: Box<Entry<M>>) {
        self.lane(entry.lane).ready.push_front(entry);
    }

    /// Adds a message that becomes ready at a later time.
    pub(super) fn sleep(&mut self, entry: Box<Entry<M>>, wake_at: Duration) {
        self.sleeping.push(Reverse(Sleeper { wake_at, entry }));
    }

    /// Moves the refused messages that are due to the end of the queue, so that none uses up its
    /// attempts while others wait. Returns when the next one is due.
    pub(super) fn wake(&mut self, now: Duration) -> Option<Duration> {
        while let Some(Reverse(first)) = self.sleeping.peek() {
            if first.wake_at > now {
                return Some(first.wake_at);
            }
            if let Some(Reverse(Sleeper { entry, .. })) = self.sleeping.pop() {
                self.push_back(entry, now);
            }
        }
        None
    }

    /// All messages in the queue.
    pub(super) fn clear(&mut self) -> Vec<Box<Entry<M>>> {
        let mut all = Vec::new();
        for Reverse(sleeper) in self.sleeping.drain() {
            all.push(sleeper.entry);
        }
        for queue in [&mut self.text, &mut self.media] {
            all.extend(std::mem::take(&mut queue.ready));
        }
        all
    }
}

/// Messages in the order of the source. A heap sort takes a third of the code of `sort`.
pub(super) fn in_order<M>(entries: Vec<Box<Entry<M>>>) -> impl Iterator<Item = Box<Entry<M>>> {
    let wake_at = Duration::ZERO;
    let sleepers = entries
        .into_iter()
        .map(|entry| Reverse(Sleeper { wake_at, entry }));
    let mut sleepers: BinaryHeap<_> = sleepers.collect();
    std::iter::from_fn(move || sleepers.pop().map(|Reverse(sleeper)| sleeper.entry))
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
