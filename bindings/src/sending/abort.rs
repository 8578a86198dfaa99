//! Lets JavaScript abort a running call.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

use futures_util::future::{AbortHandle, Abortable, pending};
use wasm_bindgen::prelude::*;

thread_local! {
    /// The calls that can be aborted, sorted by id: JavaScript assigns ascending ids.
    static CALLS: RefCell<Vec<(u32, AbortHandle)>> = const { RefCell::new(Vec::new()) };
}

/// Aborts the call with this id, if it is still running.
#[wasm_bindgen]
pub fn abort(id: u32) {
    let handle = CALLS.with_borrow(|calls| {
        let (_, handle) = calls.get(place_of(calls, id).ok()?)?;
        Some(handle.clone())
    });
    if let Some(handle) = handle {
        handle.abort();
    }
}

/// Completes when a call is aborted.
pub(super) type Aborted = Pin<Box<dyn Future<Output = ()>>>;

/// Registers a call. The returned future completes when the call is aborted.
pub(super) fn register(id: u32) -> Aborted {
    let (handle, registration) = AbortHandle::new_pair();
    CALLS.with_borrow_mut(|calls| calls.push((id, handle)));
    let aborted = Abortable::new(pending::<()>(), registration);
    Box::pin(async {
        // The inner future never completes, so it ends only when it is aborted.
        let _ = aborted.await;
    })
}

/// Removes a call that has ended.
pub(super) fn forget(id: u32) {
    CALLS.with_borrow_mut(|calls| {
        if let Ok(place) = place_of(calls, id) {
            calls.remove(place);
        }
    });
}

fn place_of(calls: &[(u32, AbortHandle)], id: u32) -> Result<usize, usize> {
    calls.binary_search_by_key(&id, |(known, _)| *known)
}
