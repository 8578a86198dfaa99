//! What cuts a send short: the caller's signal, and time.
//!
//! Everything that is awaited is raced against it, so that a `fetch` that ignores its signal leaves nobody waiting.

use super::js;
use crate::send::failure::Failure;
use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, delay: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = clearTimeout)]
    fn clear_timeout(handle: &JsValue) -> Result<JsValue, JsValue>;
}

/// Why something was cut short.
pub enum Cut {
    /// The caller's signal, with its reason.
    Aborted(JsValue),
    /// The timer that is running.
    Elapsed,
}

/// Lives as long as the send. Dropping it takes the listener from the caller's signal.
pub struct Interrupt {
    shared: Rc<Shared>,
    _listener: Option<Listener>,
}

#[derive(Default)]
struct Shared {
    cut: Cell<Option<Cut>>,
    waker: Cell<Option<Waker>>,
}

impl Shared {
    fn cut(&self, cut: Cut) {
        // An abort is never taken back by a timer.
        self.cut.set(match (self.cut.take(), cut) {
            (Some(Cut::Aborted(reason)), _) => Some(Cut::Aborted(reason)),
            (_, cut) => Some(cut),
        });
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Cut> {
        match self.cut.take() {
            Some(cut) => Poll::Ready(cut),
            None => {
                self.waker.set(Some(context.waker().clone()));
                Poll::Pending
            }
        }
    }
}

impl Interrupt {
    /// Listens to the caller's signal. The inner error is the reason of a signal that is aborted already.
    #[inline(never)]
    pub fn listen(signal: Option<&JsValue>) -> Result<Result<Self, JsValue>, Box<Failure>> {
        let shared = Rc::new(Shared::default());
        let Some(signal) = signal else {
            return Ok(Ok(Self { shared, _listener: None }));
        };
        if js::get(signal, "aborted").is_truthy() {
            return Ok(Err(js::get(signal, "reason")));
        }
        let (state, source) = (Rc::clone(&shared), signal.clone());
        let callback = Closure::<dyn FnMut()>::new(move || state.cut(Cut::Aborted(js::get(&source, "reason"))));
        let listener = Listener { signal: signal.clone(), function: callback.as_ref().clone(), callback: Some(callback) };
        match js::method(signal, "addEventListener", &[&JsValue::from_str("abort"), &listener.function]) {
            Ok(_) => Ok(Ok(Self { shared, _listener: Some(listener) })),
            Err(_) => Err(Failure::configuration("signal must be an AbortSignal.")),
        }
    }

    /// Starts a timer that cuts what is being awaited, until it is dropped.
    #[inline(never)]
    pub fn timer(&self, delay_ms: f64) -> Result<Timer, Box<Failure>> {
        let state = Rc::clone(&self.shared);
        let callback = Closure::<dyn FnMut()>::new(move || state.cut(Cut::Elapsed));
        match set_timeout(callback.as_ref(), delay_ms) {
            Ok(handle) => Ok(Timer { handle, shared: Rc::clone(&self.shared), _callback: callback }),
            Err(_) => Err(Failure::configuration("This runtime has no setTimeout.")),
        }
    }

    /// Waits for the promise, or for what cuts it short.
    pub fn race<'a>(&'a self, promise: &'a mut JsFuture) -> Race<'a> {
        Race { shared: &self.shared, promise }
    }

    /// Waits for what cuts the send short, a timer that is running or the caller's signal.
    pub fn cut(&self) -> impl Future<Output = Cut> {
        poll_fn(|context| self.shared.poll(context))
    }
}

/// A promise in a race. One type for all that is awaited keeps the module small.
pub struct Race<'a> {
    shared: &'a Shared,
    promise: &'a mut JsFuture,
}

impl Future for Race<'_> {
    type Output = Result<Result<JsValue, JsValue>, Cut>;

    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.shared.poll(context) {
            Poll::Ready(cut) => Poll::Ready(Err(cut)),
            Poll::Pending => Pin::new(&mut *self.promise).poll(context).map(Ok),
        }
    }
}

/// A running timer. Dropping it stops it, and takes back what it did if nobody saw that yet.
pub struct Timer {
    handle: JsValue,
    shared: Rc<Shared>,
    _callback: Closure<dyn FnMut()>,
}

impl Drop for Timer {
    fn drop(&mut self) {
        let _ = clear_timeout(&self.handle);
        let cut = self.shared.cut.take();
        self.shared.cut.set(cut.filter(|cut| matches!(cut, Cut::Aborted(_))));
    }
}

struct Listener {
    signal: JsValue,
    function: JsValue,
    callback: Option<Closure<dyn FnMut()>>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let removed = js::method(&self.signal, "removeEventListener", &[&JsValue::from_str("abort"), &self.function]);
        // A signal that keeps its listeners may call this one later: it must then still be there.
        if let (Err(_), Some(callback)) = (removed, self.callback.take()) {
            callback.forget();
        }
    }
}
