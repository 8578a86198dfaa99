//! The order within a recipient: a message is sent only when the previous one to the same recipient
//! is finished. Different recipients do not wait for each other.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};

use super::entry::Entry;
use crate::client::outline::Outline;

/// The hash of a recipient. Two recipients with the same hash wait for each other, which is
/// harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Recipient(u64);

/// The messages that wait for an earlier message to the same recipient.
pub(super) struct Order<M> {
    /// The waiting messages of each recipient that has an unfinished message.
    waiting: HashMap<Recipient, VecDeque<Box<Entry<M>>>>,
    hashes: RandomState,
}

impl<M> Order<M> {
    pub(super) fn new() -> Self {
        Self {
            waiting: HashMap::new(),
            hashes: RandomState::new(),
        }
    }

    pub(super) fn recipient(&self, outline: Outline<'_>) -> Recipient {
        let mut hasher = self.hashes.build_hasher();
        outline.hash_recipient(&mut hasher);
        Recipient(std::hash::Hasher::finish(&hasher))
    }

    /// Adds a message. Returns it if it may be sent now.
    pub(super) fn add(&mut self, entry: Box<Entry<M>>) -> Option<Box<Entry<M>>> {
        match self.waiting.get_mut(&entry.recipient) {
            Some(waiting) => {
                waiting.push_back(entry);
                None
            }
            None => {
                self.waiting.insert(entry.recipient, VecDeque::new());
                Some(entry)
            }
        }
    }

    /// Notes that a message to this recipient is finished. Returns the next one, which may now be
    /// sent.
    pub(super) fn release(&mut self, recipient: Recipient) -> Option<Box<Entry<M>>> {
        let next = self
            .waiting
            .get_mut(&recipient)
            .and_then(VecDeque::pop_front);
        if next.is_none() {
            self.waiting.remove(&recipient);
        }
        next
    }

    /// Moves every message that waits.
    pub(super) fn clear(&mut self, to: &mut Vec<Box<Entry<M>>>) {
        for (_, waiting) in self.waiting.drain() {
            to.extend(waiting);
        }
    }
}
