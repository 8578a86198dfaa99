//! A transport with a simulated clock, network and Graph. Time passes only while everything waits,
//! so a test of hours takes no time and has the same result on every machine.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, SystemTime};

use futures_util::{FutureExt, Stream, StreamExt};
use messenger_send::client::transport::{Body, HttpRequest, HttpResponse};
use messenger_send::client::{
    Client, ClientBuilder, Retry, Run, SendAllResult, SendAllStatus, SendAllSummary, Transport,
    TransportError, TransportErrorKind,
};
use serde_json::{Value, json};

pub const TOKEN: &str = "EAABtesttoken0123456789";

/// A request that has come to Graph.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// Its number, from 0.
    pub number: usize,
    pub at: Duration,
    pub url: String,
    pub fields: Vec<(String, String)>,
}

impl Arrival {
    pub fn field(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// Whom the message is for.
    pub fn recipient(&self) -> String {
        recipient_of(self.field("recipient"))
    }

    pub fn text(&self) -> String {
        let message: Value = serde_json::from_str(self.field("message")).unwrap_or_default();
        message["text"].as_str().unwrap_or_default().to_owned()
    }

    /// The items of a batch, as fields.
    pub fn items(&self) -> Vec<Vec<(String, String)>> {
        let batch: Value = serde_json::from_str(self.field("batch")).unwrap_or_default();
        let items = batch.as_array().cloned().unwrap_or_default();
        items
            .iter()
            .map(|item| fields(item["body"].as_str().unwrap_or_default()))
            .collect()
    }
}

pub fn recipient_of(json: &str) -> String {
    let recipient: Value = serde_json::from_str(json).unwrap_or_default();
    recipient["id"]
        .as_str()
        .map_or_else(|| json.to_owned(), str::to_owned)
}

fn fields(form: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(form.as_bytes())
        .into_owned()
        .collect()
}

/// What comes back, and after how long.
pub struct Reply {
    pub after: Duration,
    pub outcome: Result<HttpResponse, TransportError>,
}

impl Reply {
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, &body.to_string())
    }

    pub fn text(status: u16, body: &str) -> Self {
        let no_headers: [(&str, &str); 0] = [];
        let outcome = Ok(HttpResponse::new(status, no_headers, body));
        Self {
            after: Duration::ZERO,
            outcome,
        }
    }

    pub fn ok() -> Self {
        Self::json(200, &json!({ "message_id": "m_1" }))
    }

    pub fn code(code: i64) -> Self {
        Self::error(&json!({ "code": code, "message": "refused" }))
    }

    pub fn error(error: &Value) -> Self {
        Self::json(400, &json!({ "error": error }))
    }

    /// The connection breaks after the request has gone out.
    pub fn reset() -> Self {
        Self::lost(TransportErrorKind::Unknown)
    }

    /// No connection stands.
    pub fn refused() -> Self {
        Self::lost(TransportErrorKind::NotSent)
    }

    fn lost(kind: TransportErrorKind) -> Self {
        let outcome = Err(TransportError::new(kind, "no route"));
        Self {
            after: Duration::ZERO,
            outcome,
        }
    }

    /// Nothing ever comes back.
    pub fn silence() -> Self {
        Self::ok().after(Duration::from_secs(100_000_000))
    }

    pub fn after(self, after: Duration) -> Self {
        Self { after, ..self }
    }

    pub fn header(self, name: &str, value: &str) -> Self {
        let outcome = self.outcome.map(|response| {
            let body = match response.body() {
                messenger_send::client::transport::ResponseBody::Complete(body) => body.clone(),
                _ => Vec::new(),
            };
            HttpResponse::new(response.status(), [(name, value)], body)
        });
        Self { outcome, ..self }
    }
}

type Graph = dyn Fn(&Arrival) -> Reply + Send + Sync;

/// The simulated world. Its clones are the same world.
#[derive(Clone)]
pub struct World {
    clock: Arc<Mutex<Clock>>,
    graph: Arc<Graph>,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Clock {
    now: Duration,
    next_id: u64,
    timers: BTreeMap<(Duration, u64), Option<Waker>>,
}

#[derive(Default)]
struct Seen {
    arrivals: Vec<Arrival>,
    under_way: usize,
    most_under_way: usize,
    randoms: u64,
}

impl World {
    pub fn new(graph: impl Fn(&Arrival) -> Reply + Send + Sync + 'static) -> Self {
        let clock = Clock {
            now: Duration::from_secs(1_000),
            ..Clock::default()
        };
        Self {
            clock: Arc::new(Mutex::new(clock)),
            graph: Arc::new(graph),
            seen: Arc::default(),
        }
    }

    pub fn now(&self) -> Duration {
        self.clock.lock().unwrap().now
    }

    pub fn arrivals(&self) -> Vec<Arrival> {
        self.seen.lock().unwrap().arrivals.clone()
    }

    pub fn most_under_way(&self) -> usize {
        self.seen.lock().unwrap().most_under_way
    }

    /// Timers that have been set and not been dropped.
    pub fn timers(&self) -> usize {
        self.clock.lock().unwrap().timers.len()
    }

    pub fn builder(&self) -> ClientBuilder {
        Client::builder(TOKEN)
    }

    pub fn client(&self) -> Client<Self> {
        self.client_with(Retry::default())
    }

    pub fn client_with(&self, retry: Retry) -> Client<Self> {
        self.builder().retry(retry).build(self.clone()).unwrap()
    }

    pub fn sleep_until(&self, deadline: Duration) -> Sleep {
        let mut clock = self.clock.lock().unwrap();
        let key = (deadline, clock.next_id);
        clock.next_id += 1;
        clock.timers.insert(key, None);
        Sleep {
            world: self.clone(),
            key,
        }
    }

    /// Runs a future to its end. Time passes while it waits.
    #[track_caller]
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        let waker = Waker::from(Arc::clone(&woken));
        let mut future = pin!(future);
        loop {
            let mut polls = 0;
            while woken.0.swap(false, Ordering::SeqCst) {
                if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker))
                {
                    return output;
                }
                polls += 1;
                assert!(
                    polls < 100_000,
                    "it never waits, so no timer would ever fire"
                );
            }
            let mut clock = self.clock.lock().unwrap();
            let Some((&(deadline, _), _)) = clock.timers.first_key_value() else {
                panic!("it waits for nothing");
            };
            clock.now = clock.now.max(deadline);
            let now = clock.now;
            let later = clock.timers.split_off(&(now, u64::MAX));
            let due = std::mem::replace(&mut clock.timers, later);
            drop(clock);
            due.into_values().flatten().for_each(Waker::wake);
        }
    }
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

pub struct Sleep {
    world: World,
    key: (Duration, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut clock = self.world.clock.lock().unwrap();
        if clock.now >= self.key.0 {
            return Poll::Ready(());
        }
        clock.timers.insert(self.key, Some(cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.world.clock.lock().unwrap().timers.remove(&self.key);
    }
}

/// One that is under way until it is dropped.
struct UnderWay(World);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.seen.lock().unwrap().under_way -= 1;
    }
}

impl Transport for World {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let Body::Text(body) = &request.body else {
            panic!("no multipart here")
        };
        let now = World::now(self);
        let arrival = {
            let mut seen = self.seen.lock().unwrap();
            seen.under_way += 1;
            seen.most_under_way = seen.most_under_way.max(seen.under_way);
            let number = seen.arrivals.len();
            let arrival = Arrival {
                number,
                at: now,
                url: request.url,
                fields: fields(body),
            };
            seen.arrivals.push(arrival.clone());
            arrival
        };
        let _under_way = UnderWay(self.clone());
        let Reply { after, outcome } = (self.graph)(&arrival);
        if !after.is_zero() {
            self.sleep_until(now + after).await;
        }
        outcome
    }

    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        self.sleep_until(World::now(self) + duration)
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000) + World::now(self)
    }

    fn monotonic(&self) -> Duration {
        World::now(self)
    }

    fn random(&self) -> f64 {
        let mut seen = self.seen.lock().unwrap();
        seen.randoms = seen.randoms.wrapping_add(0x9E37_79B9_7F4A_7C15);
        (seen.randoms >> 11) as f64 / (1_u64 << 53) as f64
    }
}

pub fn message(recipient: impl std::fmt::Display, text: &str) -> String {
    json!({
        "recipient": { "id": recipient.to_string() },
        "messaging_type": "RESPONSE",
        "message": { "text": text },
    })
    .to_string()
}

/// One message to each of so many people.
pub fn messages(count: usize) -> Vec<String> {
    (0..count)
        .map(|index| message(70_000 + index, "hello"))
        .collect()
}

pub fn video(recipient: usize) -> String {
    json!({
        "recipient": { "id": recipient.to_string() },
        "messaging_type": "RESPONSE",
        "message": { "attachment": { "type": "video", "payload": { "url": "https://example.org/a.mp4" } } },
    })
    .to_string()
}

pub type Results = Vec<SendAllResult<String>>;

/// Runs to the end, and holds the results and the summary to what is always true of them.
#[track_caller]
pub fn all(world: &World, run: Run<'_, String>) -> (Results, SendAllSummary) {
    let mut run = run;
    let mut results = Vec::new();
    world.run(async {
        while let Some(result) = run.next().await {
            results.push(result);
            assert_eq!(
                run.counts().done,
                results.len() as u64,
                "counted as it is handed over"
            );
        }
    });
    let summary = run.summary();
    let counts = summary.counts;
    let of = |status| {
        results
            .iter()
            .filter(|result| result.status == status)
            .count() as u64
    };
    assert_eq!(counts.done, results.len() as u64);
    assert_eq!(counts.sent, of(SendAllStatus::Sent));
    assert_eq!(counts.failed, of(SendAllStatus::Failed));
    assert_eq!(counts.unknown, of(SendAllStatus::Unknown));
    assert_eq!(counts.not_sent, of(SendAllStatus::NotSent));
    let mut indexes: Vec<_> = results.iter().map(|result| result.index).collect();
    indexes.sort_unstable();
    assert_eq!(
        indexes,
        (0..results.len()).collect::<Vec<_>>(),
        "each once, and no gap"
    );
    for SendAllResult {
        status,
        outcome,
        is_left_over,
        ..
    } in &results
    {
        assert_eq!(*status == SendAllStatus::Sent, outcome.is_ok());
        assert!(!is_left_over || outcome.as_ref().err() == summary.stopped.as_ref());
        assert!(!format!("{outcome:?}").contains(TOKEN));
    }
    drop(run);
    assert_eq!(world.timers(), 0, "timers are gone");
    (results, summary)
}

pub fn statuses(results: &Results) -> Vec<SendAllStatus> {
    let mut sorted: Vec<_> = results
        .iter()
        .map(|result| (result.index, result.status))
        .collect();
    sorted.sort_unstable_by_key(|(index, _)| *index);
    sorted.into_iter().map(|(_, status)| status).collect()
}

/// A source that gives a message every so often, without a known length. `taken` counts what it
/// has handed over.
pub fn paced<'a>(
    world: &'a World,
    messages: impl IntoIterator<Item = String, IntoIter: Send + 'a>,
    every: Duration,
    taken: &'a Mutex<usize>,
) -> impl Stream<Item = String> + Send + 'a {
    let mut messages = messages.into_iter();
    let mut sleep: Option<Pin<Box<Sleep>>> = None;
    futures_util::stream::poll_fn(move |cx| {
        let wait = sleep.get_or_insert_with(|| Box::pin(world.sleep_until(world.now() + every)));
        std::task::ready!(wait.poll_unpin(cx));
        sleep = None;
        let next = messages.next();
        *taken.lock().unwrap() += usize::from(next.is_some());
        Poll::Ready(next)
    })
}
