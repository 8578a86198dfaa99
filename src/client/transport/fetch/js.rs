//! The imports from JavaScript. All of them catch exceptions, because an exception that passes
//! through WebAssembly leaves the instance in a broken state.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Request;

use super::request::Init;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    pub(super) fn fetch_request(request: &Request) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = fetch)]
    pub(super) fn fetch_with_init(url: &str, init: &Init) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = performance, js_name = now)]
    pub(super) fn performance_now() -> Result<f64, JsValue>;

    /// The global object.
    pub(super) type Global;
    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn crypto(this: &Global) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = fetch)]
    pub(super) fn fetch_function(this: &Global) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = AbortController)]
    pub(super) fn abort_controller(this: &Global) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = Headers)]
    pub(super) fn headers(this: &Global) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = Request)]
    pub(super) fn request(this: &Global) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = URL)]
    pub(super) fn url(this: &Global) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = Response)]
    pub(super) fn response(this: &Global) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = Object)]
    fn object(this: &Global) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = setImmediate)]
    fn set_immediate(this: &Global) -> Result<JsValue, JsValue>;

    /// An untrusted object, whose members may be missing or throw.
    #[wasm_bindgen(js_name = Object)]
    pub(super) type Foreign;
    #[wasm_bindgen(method, catch, js_name = get)]
    pub(super) fn get_header(this: &Foreign, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn body(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn text(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn json(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = arrayBuffer)]
    pub(super) fn array_buffer(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getReader)]
    pub(super) fn get_reader(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn prototype(this: &Foreign) -> Result<JsValue, JsValue>;
    /// The getter in the descriptor of a property.
    #[wasm_bindgen(method, getter, catch, js_name = get)]
    pub(super) fn getter(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn buffer(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = byteOffset)]
    pub(super) fn byte_offset(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = byteLength)]
    pub(super) fn byte_length(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn done(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    pub(super) fn value(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn read(this: &Foreign) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn cancel(this: &Foreign) -> Result<JsValue, JsValue>;

    /// `AbortController`.
    #[wasm_bindgen(js_name = AbortController)]
    pub(super) type Controller;
    #[wasm_bindgen(constructor, catch, js_class = "AbortController")]
    pub(super) fn new() -> Result<Controller, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_class = "AbortController")]
    pub(super) fn signal(this: &Controller) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_class = "AbortController")]
    pub(super) fn abort(this: &Controller) -> Result<(), JsValue>;

    /// `SubtleCrypto`.
    #[wasm_bindgen(js_name = SubtleCrypto)]
    pub(super) type Subtle;
    #[wasm_bindgen(method, getter, catch, js_name = sign)]
    fn sign_method(this: &Subtle) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = importKey)]
    pub(super) fn import_key(
        this: &Subtle,
        format: &str,
        key: &Uint8Array,
        algorithm: &Object,
        extractable: bool,
        usages: &Array,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn sign(
        this: &Subtle,
        algorithm: &str,
        key: &JsValue,
        data: &Uint8Array,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(extends = Uint8Array, js_name = Uint8Array)]
    pub(super) type Bytes;
    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    pub(super) fn new(buffer: &JsValue, offset: u32, length: u32) -> Result<Bytes, JsValue>;
    #[wasm_bindgen(constructor, catch, js_class = "Uint8Array")]
    pub(super) fn new_whole(buffer: &JsValue) -> Result<Bytes, JsValue>;

    #[wasm_bindgen(catch, js_name = setImmediate)]
    fn call_set_immediate(resolve: &js_sys::Function) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn call_set_timeout(resolve: &js_sys::Function, ms: u32) -> Result<JsValue, JsValue>;
    /// The descriptor of an own property.
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = getOwnPropertyDescriptor)]
    pub(super) fn own_property(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ArrayBuffer, js_name = isView)]
    pub(super) fn is_view(value: &JsValue) -> Result<bool, JsValue>;
    #[wasm_bindgen(catch, js_name = String)]
    fn text_of(value: &JsValue) -> Result<String, JsValue>;
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = stringify)]
    pub(super) fn stringify(value: &JsValue) -> Result<JsValue, JsValue>;
}

impl Global {
    pub(super) fn get() -> Self {
        js_sys::global().unchecked_into()
    }
}

impl Foreign {
    /// The value as an object, unless it is `null`, `undefined` or primitive.
    pub(super) fn of(value: &JsValue) -> Option<&Self> {
        (value.is_object() || value.is_function()).then(|| value.unchecked_ref())
    }
}

/// The maximum length of a chain of prototypes. A proxy may pretend an endless one.
const MAX_PROTOTYPES: u32 = 16;

/// A member of an untrusted object, but not one that other code has put into `Object.prototype`:
/// the code of an error decides whether a message is sent again.
pub(super) fn member(value: &JsValue, name: &str) -> Option<JsValue> {
    Foreign::of(value)?;
    let base = Foreign::of(&Global::get().object().ok()?)?
        .prototype()
        .ok()?;
    let is_polluted = !own_property(&base, name).ok()?.is_undefined();
    if is_polluted && !has_before(value, name, &base) {
        return None;
    }
    Reflect::get(value, &name.into()).ok()
}

/// Whether an object or one of its prototypes before this one has the member.
fn has_before(value: &JsValue, name: &str, base: &JsValue) -> bool {
    let mut holder = value.clone();
    for _ in 0..MAX_PROTOTYPES {
        if holder == *base {
            return false;
        }
        match own_property(&holder, name) {
            Ok(property) if property.is_undefined() => {}
            found => return found.is_ok(),
        }
        match Reflect::get_prototype_of(&holder) {
            Ok(prototype) if !prototype.is_null() => holder = prototype.into(),
            _ => return false,
        }
    }
    false
}

impl Subtle {
    /// Whether it has the required method.
    pub(super) fn can_sign(&self) -> bool {
        self.sign_method().is_ok_and(|method| method.is_function())
    }
}

/// `crypto.subtle`.
pub(super) fn subtle(crypto: &JsValue) -> Result<Subtle, JsValue> {
    let subtle = Reflect::get(crypto, &"subtle".into())?;
    if subtle.is_object() {
        Ok(subtle.unchecked_into())
    } else {
        Err(JsValue::UNDEFINED)
    }
}

/// What the global `fetch` is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GlobalFetch {
    /// Node's own.
    Node,
    /// Another platform's own.
    Native,
    /// A wrapper, an imitation, or a function of the caller's own.
    Other,
}

impl GlobalFetch {
    /// Judges by the source text. That of a bound function or a proxy is native too, but has no
    /// name.
    pub(super) fn current() -> Self {
        let text = Global::get()
            .fetch_function()
            .and_then(|function| text_of(&function))
            .unwrap_or_default();
        if text.contains("internal/deps/undici") && is_node() {
            Self::Node
        } else if text.starts_with("function fetch(") && text.contains("[native code]") {
            Self::Native
        } else {
            Self::Other
        }
    }
}

/// Whether this is Node itself, since Bun and Deno identify as Node as well.
fn is_node() -> bool {
    let has = |object: &JsValue, name| member(object, name).is_some_and(|it| !it.is_undefined());
    let global = Global::get();
    let versions = member(&global, "process").and_then(|process| member(&process, "versions"));
    versions.is_some_and(|versions| has(&versions, "node") && !has(&versions, "bun"))
        && !has(&global, "Deno")
}

/// A native promise for a value that may be a promise, a thenable or neither.
pub(super) fn settled(value: &JsValue) -> Promise {
    Promise::resolve(value)
}

/// The message of an error, or the string that was thrown.
pub(super) fn message_of(thrown: &JsValue) -> String {
    let message = member(thrown, "message").and_then(|message| message.as_string());
    message.or_else(|| thrown.as_string()).unwrap_or_default()
}

/// Completes after timers and the caller's abort had a turn. A timer would not work in Node, where
/// a timer that is already due starves all others.
pub(super) fn macrotask() -> Promise {
    let has_immediate = Global::get()
        .set_immediate()
        .is_ok_and(|it| it.is_function());
    Promise::new(&mut |resolve, _| {
        let called = match has_immediate {
            true => call_set_immediate(&resolve),
            false => call_set_timeout(&resolve, 0),
        };
        if called.is_err() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    })
}
