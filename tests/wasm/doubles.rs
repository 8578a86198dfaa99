//! Functions that stand in for `fetch`, written in JavaScript: what comes back is JavaScript's.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A double of `fetch`. `body` is the body of a function of `url`, `init` (or a `Request` and
/// nothing else) and `calls`, the list of the calls so far.
pub struct Double {
    pub function: Function,
    calls: Array,
}

impl Double {
    pub fn new(body: &str) -> Self {
        let calls = Array::new();
        let make = format!("return function (url, init) {{ calls.push([url, init]); {body} }};");
        let function = Function::new_with_args("calls", &make)
            .call1(&JsValue::UNDEFINED, &calls)
            .expect("a function")
            .unchecked_into();
        Self { function, calls }
    }

    /// Answers with this JSON.
    pub fn json(body: &str) -> Self {
        Self::new(&format!("return Promise.resolve(new Response({body:?}));"))
    }

    pub fn count(&self) -> u32 {
        self.calls.length()
    }

    /// The address of a call.
    pub fn url(&self, call: u32) -> JsValue {
        self.part(call, 0)
    }

    /// A member of a call's `init`.
    pub fn init(&self, call: u32, name: &str) -> JsValue {
        Reflect::get(&self.part(call, 1), &name.into()).expect("an init")
    }

    fn part(&self, call: u32, index: u32) -> JsValue {
        self.calls.get(call).unchecked_into::<Array>().get(index)
    }

    /// Puts it in the place of the platform's `fetch` for the time of a future.
    pub async fn instead_of_global<F: Future>(&self, work: F) -> F::Output {
        let global = js_sys::global();
        let before = Reflect::get(&global, &"fetch".into()).expect("fetch");
        Reflect::set(&global, &"fetch".into(), &self.function).expect("can be set");
        let output = work.await;
        Reflect::set(&global, &"fetch".into(), &before).expect("can be set");
        output
    }
}
