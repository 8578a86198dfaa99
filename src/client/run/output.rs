//! The state shared by a run and its driver: the results not yet taken, and the progress.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::counts::RunProgress;
use super::result::SendAllResult;
use crate::client::abort::Abort;

pub(super) struct Output<M> {
    results: Mutex<VecDeque<SendAllResult<M>>>,
    abort: Mutex<Abort>,
    pub progress: RunProgress,
}

impl<M> Output<M> {
    pub(super) fn new() -> Self {
        Self {
            results: Mutex::new(VecDeque::new()),
            abort: Mutex::new(Abort::never()),
            progress: RunProgress::default(),
        }
    }

    pub(super) fn push(&self, result: SendAllResult<M>) {
        lock(&self.results).push_back(result);
    }

    pub(super) fn pop(&self) -> Option<SendAllResult<M>> {
        lock(&self.results).pop_front()
    }

    pub(super) fn is_empty(&self) -> bool {
        lock(&self.results).is_empty()
    }

    /// The abort of the run, until it starts.
    pub(super) fn set_abort(&self, abort: Abort) {
        *lock(&self.abort) = abort;
    }

    pub(super) fn abort(&self) -> Abort {
        lock(&self.abort).clone()
    }
}

fn lock<V>(mutex: &Mutex<V>) -> MutexGuard<'_, V> {
    // No code panics while it holds one of these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
