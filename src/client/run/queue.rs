//! The messages that may go, by lane, and those that wait until they are sent again.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use super::entry::Entry;
use crate::client::pacing::Lane;

pub(super) struct Queues<M> {
    text: LaneQueue<M>,
    media: LaneQueue<M>,
    /// Refused messages that wait until they are sent again: the first one is the next.
    sleeping: BinaryHeap<Reverse<Sleeper<M>>>,
}

/// The messages of a lane that may go, and the requests of it that are under way.
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

    /// The message may go, after all that may go already.
    pub(super) fn push_back(&mut self, mut entry: Box<Entry<M>>, now: Duration) {
        entry.ready_at = now;
        self.lane(entry.lane).ready.push_back(entry);
    }

    /// The message may go, before all others.
    pub(super) fn push_front(&mut self, entry: Box<Entry<M>>) {
        self.lane(entry.lane).ready.push_front(entry);
    }

    /// The message may go at a later time.
    pub(super) fn sleep(&mut self, entry: Box<Entry<M>>, wake_at: Duration) {
        self.sleeping.push(Reverse(Sleeper { wake_at, entry }));
    }

    /// Refused messages whose time has come queue up at the end: where Graph refuses for a while,
    /// no message uses its attempts up while the others wait. When the next one's time comes.
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

    /// Every message that is here.
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

/// Messages in the order of the source. A heap sorts with a third of the code of `sort`.
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
