//! The caller's abort, shared by every attempt of a send and every message of a run.
//!
//! `futures_util`'s `Shared` polls the future once for every waiter. This one polls it only when it
//! was woken: a run of 5,000 messages checks it tens of thousands of times, and each check may
//! cross into JavaScript.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::{self, Either};

use super::maybe_send::{BoxFuture, MaybeSend};

/// Completes when the caller aborts. Shared by all attempts of a send and all messages of a run.
#[derive(Clone)]
pub(super) struct Abort(Option<Arc<Source>>);

struct Source {
    /// The future of the caller, until it completes.
    future: Mutex<Option<BoxFuture<()>>>,
    listeners: Arc<Listeners>,
}

/// The waiters. It is the waker of the caller's future.
struct Listeners {
    is_aborted: AtomicBool,
    /// Whether the future was woken or has never been polled.
    is_woken: AtomicBool,
    wakers: Mutex<Wakers>,
}

#[derive(Default)]
struct Wakers {
    places: Vec<Option<Waker>>,
    free: Vec<usize>,
}

impl Abort {
    /// Nothing ever aborts.
    pub(super) const fn never() -> Self {
        Self(None)
    }

    /// Aborts when the future completes.
    pub(super) fn when(aborted: impl Future<Output = ()> + MaybeSend + 'static) -> Self {
        let listeners = Listeners {
            is_aborted: AtomicBool::new(false),
            is_woken: AtomicBool::new(true),
            wakers: Mutex::default(),
        };
        let future: BoxFuture<()> = Box::pin(aborted);
        let future = Mutex::new(Some(future));
        Self(Some(Arc::new(Source {
            future,
            listeners: Arc::new(listeners),
        })))
    }

    /// Whether the caller has aborted.
    pub(super) fn is_aborted(&self) -> bool {
        self.0.as_ref().is_some_and(|source| source.is_aborted())
    }

    /// Completes when the caller aborts.
    pub(super) fn aborted(&self) -> Aborted {
        Aborted {
            source: self.0.clone(),
            place: None,
        }
    }

    /// The output of the future, or `None` if the caller aborts first.
    pub(super) async fn race<F: Future>(&self, operation: F) -> Option<F::Output> {
        match future::select(pin!(operation), self.aborted()).await {
            Either::Left((output, _)) => Some(output),
            Either::Right(_) => None,
        }
    }
}

impl Source {
    /// Polls the caller's future if it was woken.
    fn is_aborted(&self) -> bool {
        let listeners = &self.listeners;
        if listeners.is_aborted.load(Ordering::SeqCst) {
            return true;
        }
        if !listeners.is_woken.swap(false, Ordering::SeqCst) {
            return false;
        }
        let mut future = lock(&self.future);
        let Some(waiting) = future.as_mut() else {
            return listeners.is_aborted.load(Ordering::SeqCst);
        };
        let waker = Waker::from(Arc::clone(listeners));
        if waiting
            .as_mut()
            .poll(&mut Context::from_waker(&waker))
            .is_pending()
        {
            return false;
        }
        listeners.is_aborted.store(true, Ordering::SeqCst);
        *future = None;
        drop(future);
        listeners.wake_all();
        true
    }
}

impl Listeners {
    fn wake_all(&self) {
        let wakers: Vec<_> = lock(&self.wakers)
            .places
            .iter_mut()
            .filter_map(Option::take)
            .collect();
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Listeners {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::SeqCst);
        self.wake_all();
    }
}

/// Completes when the caller aborts.
pub(super) struct Aborted {
    /// `None`: never aborts.
    source: Option<Arc<Source>>,
    /// The slot of its waker.
    place: Option<usize>,
}

impl Future for Aborted {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(source) = &self.source else {
            return Poll::Pending;
        };
        // The waker is stored before the check, so that an abort in between is not missed.
        let place = lock(&source.listeners.wakers).keep(self.place, context.waker());
        let is_aborted = source.is_aborted();
        self.place = Some(place);
        if is_aborted {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl Drop for Aborted {
    fn drop(&mut self) {
        if let (Some(source), Some(place)) = (&self.source, self.place) {
            lock(&source.listeners.wakers).release(place);
        }
    }
}

impl Wakers {
    fn keep(&mut self, place: Option<usize>, waker: &Waker) -> usize {
        let place = place
            .or_else(|| self.free.pop())
            .unwrap_or(self.places.len());
        if place == self.places.len() {
            self.places.push(None);
        }
        if let Some(kept) = self.places.get_mut(place) {
            match kept {
                Some(kept) if kept.will_wake(waker) => {}
                _ => *kept = Some(waker.clone()),
            }
        }
        place
    }

    fn release(&mut self, place: usize) {
        if let Some(kept) = self.places.get_mut(place) {
            *kept = None;
            self.free.push(place);
        }
    }
}

fn lock<V>(mutex: &Mutex<V>) -> MutexGuard<'_, V> {
    // Their contents are consistent at any time, even after a panic of the caller's future.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use futures_util::FutureExt;

    use super::*;

    /// Counts its polls, and completes on request.
    fn counted(polls: &Arc<AtomicUsize>, is_over: &Arc<AtomicBool>) -> Abort {
        let (polls, is_over) = (Arc::clone(polls), Arc::clone(is_over));
        Abort::when(future::poll_fn(move |_| {
            polls.fetch_add(1, Ordering::SeqCst);
            if is_over.load(Ordering::SeqCst) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }))
    }

    #[test]
    fn the_callers_future_is_polled_only_when_it_was_woken() {
        let (polls, is_over) = (Arc::default(), Arc::default());
        let abort = counted(&polls, &is_over);
        let mut waiting: Vec<_> = (0..100).map(|_| abort.aborted()).collect();
        for aborted in &mut waiting {
            assert!(aborted.now_or_never().is_none() && !abort.is_aborted());
        }
        assert_eq!(polls.load(Ordering::SeqCst), 1);
        is_over.store(true, Ordering::SeqCst);
        assert!(!abort.is_aborted(), "nothing has woken it");
        let source = abort.0.clone().unwrap();
        Waker::from(Arc::clone(&source.listeners)).wake();
        assert!(abort.is_aborted() && abort.is_aborted());
        assert_eq!(polls.load(Ordering::SeqCst), 2);
        assert!(
            waiting
                .iter_mut()
                .all(|aborted| aborted.now_or_never().is_some())
        );
    }

    #[test]
    fn places_are_used_again() {
        let abort = Abort::when(future::pending());
        for _ in 0..100 {
            let _ = abort.aborted().now_or_never();
        }
        assert_eq!(lock(&abort.0.unwrap().listeners.wakers).places.len(), 1);
    }

    #[test]
    fn a_ready_output_wins_against_an_abort() {
        let abort = Abort::when(future::ready(()));
        assert_eq!(abort.race(future::ready(1)).now_or_never(), Some(Some(1)));
        assert_eq!(
            abort.race(future::pending::<()>()).now_or_never(),
            Some(None)
        );
        assert_eq!(
            Abort::never().race(future::pending::<()>()).now_or_never(),
            None
        );
    }
}
