//! How JavaScript aborts a call that is under way.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use futures_util::future::{AbortHandle, Abortable, pending};
use wasm_bindgen::prelude::*;

thread_local! {
    /// The calls that can be aborted, by the ids that JavaScript gave them.
    static CALLS: RefCell<BTreeMap<u32, AbortHandle>> = const { RefCell::new(BTreeMap::new()) };
}

/// Aborts the call with this id, if it is still under way.
#[wasm_bindgen]
pub fn abort(id: u32) {
    if let Some(handle) = CALLS.with_borrow(|calls| calls.get(&id).cloned()) {
        handle.abort();
    }
}

/// Completes when a call is aborted.
pub(super) type Aborted = Pin<Box<dyn Future<Output = ()>>>;

/// Completes when the call with this id is aborted.
pub(super) fn register(id: u32) -> Aborted {
    let (handle, registration) = AbortHandle::new_pair();
    CALLS.with_borrow_mut(|calls| calls.insert(id, handle));
    let aborted = Abortable::new(pending::<()>(), registration);
    Box::pin(async {
        // It is pending for ever, so this is the abort.
        let _ = aborted.await;
    })
}

/// The call has ended.
pub(super) fn forget(id: u32) {
    CALLS.with_borrow_mut(|calls| calls.remove(&id));
}
