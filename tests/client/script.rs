//! A scripted transport, with a clock that only advances while something waits.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use messenger_send::client::transport::{Body, HttpRequest, HttpResponse, ResponseBody};
use messenger_send::client::{
    Client, ClientBuilder, SendError, SendReceipt, Transport, TransportError, TransportErrorKind,
};

use crate::cpu::cpu_seconds;

/// A token that looks like a Page access token.
pub const TOKEN: &str = "EAABtesttoken0123456789";

/// A valid request.
pub const HELLO: &str = concat!(
    r#"{"recipient":{"id":"7001002003004005"},"messaging_type":"RESPONSE","#,
    r#""message":{"text":"hello, world"}}"#
);

/// The scripted outcome of one request.
pub enum Reply {
    /// A response.
    Answer(HttpResponse),
    /// A failure of the platform.
    Fails(TransportError),
    /// The request never ends.
    Silence,
}

impl Reply {
    /// A response with this status and body.
    pub fn new(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::with_headers(status, &[], body)
    }

    /// A response with headers.
    pub fn with_headers(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        Self::Answer(HttpResponse::new(
            status,
            headers.iter().copied(),
            body.as_ref(),
        ))
    }

    /// A response whose body was not read.
    pub fn without_body(status: u16, body: ResponseBody) -> Self {
        Self::Answer(HttpResponse::new(status, NO_HEADERS, "").with_body(body))
    }

    /// Graph accepts the message.
    pub fn receipt() -> Self {
        Self::new(
            200,
            r#"{"recipient_id":"7001002003004005","message_id":"m_1"}"#,
        )
    }

    /// Graph refuses the message with this code.
    pub fn refusal(code: i64) -> Self {
        Self::new(400, format!(r#"{{"error":{{"code":{code}}}}}"#))
    }

    /// The platform fails with an error of this kind.
    pub fn fails(kind: TransportErrorKind) -> Self {
        Self::Fails(TransportError::new(kind, "the platform's words"))
    }
}

const NO_HEADERS: [(&str, &str); 0] = [];

#[derive(Default)]
struct State {
    replies: VecDeque<Reply>,
    requests: Vec<HttpRequest>,
    waits: Vec<Duration>,
    clock: Duration,
    random: f64,
}

/// Replies to requests from a list, in order, and records them.
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<State>>);

impl Script {
    /// A transport with these replies.
    pub fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let script = Self::default();
        script.0.lock().unwrap().replies = replies.into_iter().collect();
        script
    }

    /// Sets the value of every random number.
    pub fn random(self, random: f64) -> Self {
        self.0.lock().unwrap().random = random;
        self
    }

    /// Sets the wall clock, as the time since 1970.
    pub fn at(self, since_1970: Duration) -> Self {
        self.0.lock().unwrap().clock = since_1970;
        self
    }

    /// The requests that were sent.
    pub fn requests(&self) -> Vec<HttpRequest> {
        self.0.lock().unwrap().requests.clone()
    }

    /// The bodies of the requests that were sent.
    pub fn bodies(&self) -> Vec<String> {
        let text = |request: HttpRequest| match request.body {
            Body::Text(text) => text,
            Body::Multipart { .. } => panic!("a multipart body"),
        };
        self.requests().into_iter().map(text).collect()
    }

    /// The durations of all waits of the client, in order.
    pub fn waits(&self) -> Vec<Duration> {
        self.0.lock().unwrap().waits.clone()
    }

    /// A client with this transport.
    pub fn client(&self) -> Client<Self> {
        self.client_with(|builder| builder)
    }

    /// A client with this transport and options.
    pub fn client_with(&self, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Client<Self> {
        change(Client::builder(TOKEN))
            .build(self.clone())
            .expect("a client")
    }
}

impl Transport for Script {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let reply = {
            let mut state = self.0.lock().unwrap();
            state.requests.push(request);
            state.replies.pop_front().expect("a request too many")
        };
        match reply {
            Reply::Answer(response) => Ok(response),
            Reply::Fails(error) => Err(error),
            Reply::Silence => std::future::pending().await,
        }
    }

    async fn sleep(&self, duration: Duration) {
        // Lets everything else that is ready run first.
        yield_once().await;
        let mut state = self.0.lock().unwrap();
        state.clock += duration;
        state.waits.push(duration);
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.0.lock().unwrap().clock
    }

    fn monotonic(&self) -> Duration {
        self.0.lock().unwrap().clock
    }

    fn random(&self) -> f64 {
        self.0.lock().unwrap().random
    }
}

async fn yield_once() {
    let mut yielded = false;
    std::future::poll_fn(|_| match std::mem::replace(&mut yielded, true) {
        true => Poll::Ready(()),
        false => Poll::Pending,
    })
    .await;
}

/// The output of a future that waits for nothing but the scripted transport.
#[track_caller]
pub fn now<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..10_000 {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
    panic!("the future never ends");
}

/// Asserts that an operation takes linear time: ten times the input takes about ten times as long,
/// while quadratic code takes a hundred times as long. The bound leaves room for memory outside the
/// cache, which is up to twice as slow. The best processor time of several tries counts, since
/// other processes use the cache.
#[track_caller]
pub fn assert_linear(what: &str, tenth: impl Fn(), whole: impl Fn()) {
    let time_of = |operation: &dyn Fn()| cpu_seconds(operation).max(1e-6);
    let (mut best_tenth, mut best_whole) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..20 {
        best_tenth = best_tenth.min(time_of(&tenth));
        best_whole = best_whole.min(time_of(&whole));
        if best_whole / best_tenth < 30.0 {
            return;
        }
    }
    let best = best_whole / best_tenth;
    panic!("{what}: ten times the input takes {best:.1} times as long");
}

/// Sends [`HELLO`] once, with this reply, and returns the outcome.
pub fn send_once(reply: Reply) -> Result<SendReceipt, SendError> {
    let script = Script::new([reply]);
    let client =
        script.client_with(|builder| builder.retry(messenger_send::client::Retry::never()));
    now(client.send(HELLO))
}
