//! One attempt: from the prepared request to what its answer means.

use super::body::{self, Fault};
use super::interrupt::{Cut, Interrupt};
use super::settings::Settings;
use super::{js, proof};
use crate::send::answer_headers::AnswerHeaders;
use crate::send::failure::{Delivery, Failure, Kind};
use crate::send::policy::Course;
use crate::send::receipt::Receipt;
use crate::send::request::{HttpRequest, Prepared};
use crate::send::response::{Answer, read_answer, too_large, unreadable};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal, Request, RequestInit, RequestRedirect};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = fetch)]
    fn global_fetch(request: &Request) -> Result<JsValue, JsValue>;
}

/// What all attempts of a send share.
pub struct Exchange<'a> {
    pub settings: &'a Settings,
    pub prepared: &'a Prepared<'a>,
    pub interrupt: &'a Interrupt,
}

/// Why there is no receipt.
pub enum Trouble {
    /// The attempt failed; `cause` is what `fetch` threw.
    Failed { failure: Box<Failure>, cause: Option<JsValue> },
    /// The caller stopped the send.
    Aborted { reason: JsValue, in_flight: bool },
}

impl From<Box<Failure>> for Trouble {
    fn from(failure: Box<Failure>) -> Self {
        Self::Failed { failure, cause: None }
    }
}

impl Exchange<'_> {
    /// The course counts the attempt from the moment on in which the request may leave the machine.
    pub async fn attempt(&self, course: &mut Course) -> Result<Receipt, Trouble> {
        // The deadline is for all that follows; dropping it stops the timer.
        let _deadline = self.interrupt.timer(self.settings.options.timeout_ms)?;
        let proof = match &self.settings.options.app_secret {
            Some(secret) => {
                let making = proof::make(&self.settings.options.access_token, secret, self.interrupt);
                Some(making.await.map_err(|fault| match fault {
                    proof::Fault::Failed(failure) => failure.into(),
                    proof::Fault::Cut(cut) => self.stopped(cut, false, None),
                })?)
            }
            None => None,
        };
        let controller = AbortController::new().map_err(|_| no_fetch())?;
        let request = build(&self.prepared.encode(&self.settings.options, proof.as_ref()), &controller.signal())?;
        let call = self.callable()?;

        course.dispatch();
        let mut answering = js::settled(&call(&request).map_err(|error| broken(error, None))?);
        let response = match self.interrupt.race(&mut answering).await {
            Ok(response) => response.map_err(|error| broken(error, None))?,
            Err(cut) => {
                controller.abort();
                cancel_late(answering);
                return Err(self.stopped(cut, true, None));
            }
        };
        self.read(&response, &controller).await
    }

    async fn read(&self, response: &JsValue, controller: &AbortController) -> Result<Receipt, Trouble> {
        let Some(status) = js::get(response, "status").as_f64().filter(|status| status.fract() == 0.0 && (0.0..1000.0).contains(status)) else {
            return Err(no_response().into());
        };
        if js::get(response, "type").as_string().as_deref() == Some("error") {
            return Err(broken(JsValue::UNDEFINED, None));
        }
        let headers = js::get(response, "headers");
        let header = |name: &'static str| js::method(&headers, "get", &[&JsValue::from_str(name)]).ok()?.as_string();
        let mut answer = Answer { status: status as u16, headers: AnswerHeaders::read(header), body: &[] };
        let bytes = match body::read(response, self.interrupt).await {
            Ok(bytes) => bytes,
            Err(fault) => {
                controller.abort();
                return Err(match fault {
                    Fault::TooLarge => too_large(&answer, js_sys::Date::now()).into(),
                    Fault::Unreadable => unreadable(&answer, js_sys::Date::now()).into(),
                    Fault::Broken(error) => broken(error, Some(answer.status)),
                    Fault::Cut(cut) => self.stopped(cut, true, Some(answer.status)),
                });
            }
        };
        answer.body = &bytes;
        Ok(read_answer(&answer, js_sys::Date::now())?)
    }

    /// `fetch`: the caller's, or the global one.
    fn callable(&self) -> Result<impl Fn(&Request) -> Result<JsValue, JsValue>, Box<Failure>> {
        let own = self.settings.fetch.as_ref();
        if own.is_none() && !js::global("fetch").is_function() {
            return Err(no_fetch());
        }
        Ok(move |request: &Request| match own {
            Some(own) => js::call(own, &[request]),
            None => global_fetch(request),
        })
    }

    #[inline(never)]
    fn stopped(&self, cut: Cut, in_flight: bool, status: Option<u16>) -> Trouble {
        match cut {
            Cut::Aborted(reason) => Trouble::Aborted { reason, in_flight },
            Cut::Elapsed => {
                let delivery = if in_flight { Delivery::Unknown } else { Delivery::NotSent };
                let message = format!("No whole answer came within {} ms.", self.settings.options.timeout_ms as u64);
                let mut failure = Failure::new(Kind::Timeout, delivery, message);
                failure.status = status;
                Box::new(failure).into()
            }
        }
    }
}

/// gloo-net builds the request. It panics where the runtime refuses one with an exception that is no `Error` of this realm,
/// so that the same request, without its body, is tried first.
///
/// Only what every runtime knows is set: Workers throw at `credentials`, `mode` and `cache`.
#[inline(never)]
fn build(http: &HttpRequest, signal: &AbortSignal) -> Result<Request, Box<Failure>> {
    if !["Request", "Headers", "URL"].into_iter().all(|name| js::global(name).is_function()) {
        return Err(no_fetch());
    }
    let is_accepted = |signal: Option<&AbortSignal>| {
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_redirect(RequestRedirect::Manual);
        init.set_signal(signal);
        Request::new_with_str_and_init(&http.url, &init).is_ok()
    };
    // Where a test's environment has put its own AbortController beside the runtime's fetch, the request goes without the
    // signal: the caller's promise is settled all the same.
    let signal = Some(signal).filter(|signal| is_accepted(Some(signal)));
    if signal.is_none() && !is_accepted(None) {
        return Err(Failure::configuration("baseUrl is not an address that this runtime takes."));
    }
    let mut builder = gloo_net::http::Request::post(&http.url).redirect(RequestRedirect::Manual).abort_signal(signal);
    for (name, value) in &http.headers {
        builder = builder.header(name, value);
    }
    builder.body(http.body.as_str()).map(Request::from).map_err(|_| no_fetch())
}

/// An answer that comes after everybody has gone.
fn cancel_late(answering: JsFuture) {
    spawn_local(async move {
        if let Ok(response) = answering.await {
            body::cancel(&response);
        }
    });
}

#[inline(never)]
fn broken(error: JsValue, status: Option<u16>) -> Trouble {
    // `fetch` rejects in the same way for a name that cannot be found and for a connection that broke after the request was
    // out. So it is never known that nothing was sent.
    let what = if status.is_some() { "The connection broke before the answer was complete" } else { "No answer came" };
    let reason = js::get(&error, "message").as_string().or_else(|| error.as_string()).filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    let mut failure = Failure::new(Kind::Network, Delivery::Unknown, format!("{what}{reason}"));
    failure.status = status;
    Trouble::Failed { failure: Box::new(failure), cause: Some(error) }
}

fn no_response() -> Box<Failure> {
    Box::new(Failure::new(Kind::InvalidResponse, Delivery::Unknown, "fetch answered with something that is no Response."))
}

fn no_fetch() -> Box<Failure> {
    Failure::configuration("This runtime has no fetch.")
}
