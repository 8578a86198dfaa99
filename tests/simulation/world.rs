//! The simulated network and Graph, behind [`Transport`].

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use hmac::{Hmac, KeyInit, Mac};
use messenger_send::client::transport::{Body, HttpRequest, HttpResponse, MAX_BODY, ResponseBody};
use messenger_send::client::{Transport, TransportError, TransportErrorKind};
use serde_json::{Value, json};
use sha2::Sha256;

use super::executor::{Clock, Owner};
use super::refusals::{self, Answer};
use super::weather::{OutageKind, Weather};

/// The tokens of the Page, the second of which is the newer one; with signs that forms and JSON
/// encode.
pub const TOKENS: [&str; 2] = ["EAABfirst|token/0123456789", "EAABsecond+token=987654321"];

/// The app secret.
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// When the runs begin: 2026-11-28.
const BEGIN: Duration = Duration::from_secs(1_795_824_000);

/// One message, as Graph reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub recipient: String,
    pub text: String,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Exchange {
    pub items: Vec<Item>,
    pub started: Duration,
    /// When Graph got it.
    pub arrived: Option<Duration>,
    /// The platform said that nothing left.
    pub never_left: bool,
    /// An answer, or the platform's word that nothing left, has reached the client.
    pub ended: Option<Duration>,
    /// The client knows that no message of it was taken.
    pub is_refused: bool,
    /// How long the answer asked to wait.
    pub wait: Option<Duration>,
}

/// A message that Graph has taken.
#[derive(Clone, Debug)]
pub struct Accepted {
    pub item: Item,
    pub exchange: usize,
    /// The network, not the client, has sent the request twice.
    pub is_duplicate: bool,
}

/// The world of one run.
#[derive(Clone)]
pub struct World {
    pub clock: Clock,
    shared: Arc<Shared>,
}

struct Shared {
    weather: Weather,
    has_secret: bool,
    state: Mutex<State>,
}

/// What has happened.
#[derive(Default)]
pub struct State {
    pub exchanges: Vec<Exchange>,
    pub accepted: Vec<Accepted>,
    /// The token of each request.
    pub tokens: Vec<String>,
    /// The caller has aborted, or dropped the future.
    pub stopped: Option<Duration>,
    /// What must not happen and did.
    pub violations: Vec<String>,
}

impl World {
    pub fn new(clock: Clock, weather: Weather, has_secret: bool) -> Self {
        let state = Mutex::default();
        Self { clock, shared: Arc::new(Shared { weather, has_secret, state }) }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.shared.state.lock().unwrap()
    }

    pub fn weather(&self) -> &Weather {
        &self.shared.weather
    }

    /// The token that Graph takes at this time.
    pub fn valid_token(&self) -> &'static str {
        let is_expired = self.weather().token_expires.is_some_and(|at| self.clock.now() >= at);
        TOKENS[usize::from(is_expired)]
    }

    /// The caller aborts, or drops the future, now.
    pub fn stop(&self) {
        let now = self.clock.now();
        self.clock.trace(|| "the caller stops".to_owned());
        self.state().stopped.get_or_insert(now);
    }

    async fn pause(&self, most: u64) {
        self.clock.sleep(self.clock.up_to(most), Owner::World).await;
    }

    /// One request, from the client to Graph and back. The client may be gone at any time.
    async fn carry(self, id: usize, request: HttpRequest, line: Arc<Line>) {
        let weather = self.weather().clone();
        self.pause(weather.latency).await;
        if line.is_dropped() {
            self.clock.trace(|| format!("#{id} is dropped before it leaves"));
            return;
        }
        if let Some(reply) = self.fails_on_its_way(id) {
            if let Some(reply) = reply {
                self.answer(id, &line, reply).await;
            }
            return;
        }
        self.pause(weather.work).await;
        self.state().exchanges[id].arrived = Some(self.clock.now());
        let reply = self.graph(id, &request);
        if self.clock.chance(weather.duplicate) {
            self.clock.trace(|| format!("#{id} reaches Graph twice"));
            self.take_again(id);
        }
        self.pause(weather.latency).await;
        if self.clock.chance(weather.broken_answer) {
            match self.broken(id, reply) {
                Some(reply) => self.answer(id, &line, reply).await,
                None => self.clock.trace(|| format!("#{id} is never answered")),
            }
            return;
        }
        self.answer(id, &line, Ok(reply)).await;
    }

    /// What becomes of a request that does not reach Graph; `Some(None)` is silence.
    fn fails_on_its_way(&self, id: usize) -> Option<Option<Result<Reply, TransportError>>> {
        let weather = self.weather();
        let outage = weather.outage(self.clock.now());
        let not_sent = |message: &str| {
            Some(Some(Err(TransportError::new(TransportErrorKind::NotSent, message))))
        };
        match outage {
            Some(OutageKind::Dns) => return not_sent("getaddrinfo ENOTFOUND graph.facebook.com"),
            Some(OutageKind::Refused) => return not_sent("connect ECONNREFUSED"),
            Some(OutageKind::Silence) => return Some(None),
            Some(OutageKind::Gateway) => {
                let answer = Answer::new(502, "<html>Bad Gateway</html>");
                return Some(Some(Ok(Reply::open(answer.into_response()))));
            }
            None => {}
        }
        if self.clock.chance(weather.not_sent) {
            if self.clock.chance(0.1) {
                let message = "self-signed certificate";
                let error = TransportError::new(TransportErrorKind::Certificate, message);
                return Some(Some(Err(error)));
            }
            return not_sent("connect ETIMEDOUT");
        }
        if self.clock.chance(weather.reset_before) {
            return Some(Some(Err(self.reset(id, None))));
        }
        if self.clock.chance(weather.lost) {
            self.clock.trace(|| format!("#{id} is lost"));
            return Some(None);
        }
        if self.clock.chance(weather.gateway) {
            let answer = refusals::gateway(&self.clock);
            let wait = answer.wait;
            return Some(Some(Ok(Reply { response: answer.into_response(), is_refusal: true, wait })));
        }
        None
    }

    fn reset(&self, id: usize, status: Option<u16>) -> TransportError {
        let mut message = "read ECONNRESET".to_owned();
        if self.clock.chance(self.weather().echo) {
            message = self.quoting(id, &message);
        }
        let kind = match self.clock.draw(|random| random.u8(0..4)) {
            0 => TransportErrorKind::Aborted,
            1 => TransportErrorKind::Timeout,
            2 => TransportErrorKind::NoResponse,
            _ => TransportErrorKind::Unknown,
        };
        let error = TransportError::new(kind, message);
        let source = std::io::Error::other(self.quoting(id, "the socket closed"));
        let error = error.with_source(source);
        match status {
            Some(status) => error.with_status(status),
            None => error,
        }
    }

    /// A text that quotes a secret which was sent with this request, as careless servers and
    /// platforms do.
    fn quoting(&self, id: usize, text: &str) -> String {
        let token = self.state().tokens.get(id).cloned().unwrap_or_default();
        self.quoting_token(token, text)
    }

    /// A text that quotes the last token that was sent.
    pub fn quoting_last(&self, text: &str) -> String {
        let token = self.state().tokens.last().cloned().unwrap_or_default();
        self.quoting_token(token, text)
    }

    fn quoting_token(&self, token: String, text: &str) -> String {
        let quoted = match self.clock.draw(|random| random.u8(0..4)) {
            0 => token,
            1 => form_urlencoded::byte_serialize(token.as_bytes()).collect(),
            2 => token.replace('/', "\\/").replace('|', "\\u007c"),
            _ if self.shared.has_secret => SECRET.to_owned(),
            _ => token,
        };
        format!("{text} at https://graph.example/?access_token={quoted}&x=1")
    }

    /// Graph gets a request.
    fn graph(&self, id: usize, request: &HttpRequest) -> Reply {
        let call = match Call::read(request) {
            Ok(call) => call,
            Err(what) => {
                self.state().violations.push(format!("#{id} cannot be read: {what}"));
                return Reply::open(Answer::new(500, "").into_response());
            }
        };
        if let Some(refusal) = self.refuse_all(&call) {
            let mut answer = refusal;
            self.echo(id, &mut answer);
            self.clock.trace(|| format!("#{id} is refused: {}", answer.body));
            let wait = answer.wait;
            return Reply { response: answer.into_response(), is_refusal: true, wait };
        }
        let mut answers = call.items.iter().enumerate().map(|(place, item)| self.item(id, place, item));
        if !call.is_batch {
            let (answer, is_refusal) = answers.next().expect("a message");
            let wait = answer.wait.filter(|_| is_refusal);
            return Reply { response: answer.into_response(), is_refusal, wait };
        }
        let answers: Vec<_> = answers.collect();
        let is_refusal = answers.iter().all(|(_, is_refusal)| *is_refusal);
        let items: Vec<Value> = answers
            .into_iter()
            .map(|(answer, is_refusal)| match is_refusal {
                // Graph may run out of time for an item: it then says nothing of it.
                false if self.clock.chance(self.weather().lie * 0.5) => Value::Null,
                _ => answer.into_item(),
            })
            .collect();
        let response = Answer::new(200, Value::Array(items)).into_response();
        Reply { response, is_refusal, wait: None }
    }

    /// What Graph refuses a whole request for.
    fn refuse_all(&self, call: &Call) -> Option<Answer> {
        let weather = self.weather();
        let now = self.clock.now();
        if call.token != self.valid_token() {
            return Some(refusals::bad_token());
        }
        if self.shared.has_secret && !self.is_proven(call) {
            self.state().violations.push(format!("a request with a wrong proof: {call:?}"));
            return Some(refusals::bad_proof());
        }
        if weather.throttled.is_some_and(|(from, until)| (from..until).contains(&now)) {
            return Some(refusals::limit(&self.clock));
        }
        self.clock.chance(weather.refuse_all).then(|| refusals::of_all(&self.clock))
    }

    fn is_proven(&self, call: &Call) -> bool {
        let Some((proof, time)) = &call.proof else { return false };
        let now = (BEGIN + self.clock.now()).as_secs();
        let is_fresh = time.parse().is_ok_and(|time: u64| time <= now && now - time <= 300);
        *proof == sign(&format!("{}|{time}", call.token)) && is_fresh
    }

    /// Graph gets one message: its answer, and whether that refuses it.
    fn item(&self, id: usize, place: usize, item: &Item) -> (Answer, bool) {
        let weather = self.weather();
        if self.clock.chance(weather.refuse) {
            let mut answer = match self.clock.chance(0.4) {
                true => refusals::limit(&self.clock),
                false => refusals::of_one(&self.clock),
            };
            self.echo(id, &mut answer);
            self.clock.trace(|| format!("#{id} {} is refused: {}", item.text, answer.body));
            return (answer, true);
        }
        self.clock.trace(|| format!("#{id} {} is taken", item.text));
        let accepted = Accepted { item: item.clone(), exchange: id, is_duplicate: false };
        self.state().accepted.push(accepted);
        let message_id = format!("m_{id}_{place}");
        if self.clock.chance(weather.lie) {
            return (refusals::lie(&self.clock, &message_id), false);
        }
        let receipt = json!({ "recipient_id": item.recipient, "message_id": message_id });
        let mut answer = Answer::new(200, receipt);
        if self.clock.chance(0.2) {
            let percent = self.clock.draw(|random| random.u32(0..=107));
            answer.headers.push(("x-app-usage", json!({ "call_count": percent }).to_string()));
        }
        (answer, false)
    }

    fn echo(&self, id: usize, answer: &mut Answer) {
        if !self.clock.chance(self.weather().echo) {
            return;
        }
        let Ok(mut body) = serde_json::from_str::<Value>(&answer.body) else { return };
        let text = body["error"]["message"].as_str().unwrap_or_default();
        body["error"]["message"] = self.quoting(id, text).into();
        body["error"]["fbtrace_id"] = self.quoting(id, "A").into();
        body["error"]["error_data"] = json!({ "echo": [self.quoting(id, "")] });
        answer.body = body.to_string();
    }

    fn take_again(&self, id: usize) {
        let mut state = self.state();
        let again: Vec<_> = state
            .accepted
            .iter()
            .filter(|accepted| accepted.exchange == id)
            .map(|accepted| Accepted { is_duplicate: true, ..accepted.clone() })
            .collect();
        state.accepted.extend(again);
    }

    /// An answer that does not come back whole; `None` is silence.
    fn broken(&self, id: usize, reply: Reply) -> Option<Result<Reply, TransportError>> {
        let status = reply.response.status();
        let response = match self.clock.draw(|random| random.u8(0..7)) {
            0 | 1 => return None,
            2 => return Some(Err(self.reset(id, None))),
            3 => return Some(Err(self.reset(id, Some(200)))),
            4 => {
                let ResponseBody::Complete(body) = reply.response.body() else { return None };
                HttpResponse::new(200, [("a", "b")], body[..body.len() / 2].to_vec())
            }
            5 => HttpResponse::new(200, [("a", "b")], vec![b'x'; MAX_BODY + 1]),
            _ => HttpResponse::new(200, [("a", "b")], "").with_body(ResponseBody::Unreadable),
        };
        self.clock.trace(|| format!("an answer ({status}) breaks"));
        Some(Ok(Reply::open(response)))
    }

    /// The client hears of it.
    async fn answer(&self, id: usize, line: &Line, reply: Result<Reply, TransportError>) {
        use TransportErrorKind::{Certificate, NotSent};
        let (is_refusal, wait) =
            reply.as_ref().map_or((false, None), |reply| (reply.is_refusal, reply.wait));
        let never_left =
            reply.as_ref().is_err_and(|error| matches!(error.kind, NotSent | Certificate));
        self.clock.trace(|| match &reply {
            Ok(reply) => format!("#{id} is answered with {}", reply.response.status()),
            Err(error) => format!("#{id} fails: {error}"),
        });
        if line.answer(reply.map(|reply| reply.response)) {
            let now = self.clock.now();
            let exchange = &mut self.state().exchanges[id];
            exchange.ended = Some(now);
            exchange.is_refused = is_refusal || never_left;
            exchange.never_left = never_left;
            exchange.wait = wait;
        }
    }
}

/// What comes back.
struct Reply {
    response: HttpResponse,
    /// It says clearly that no message of it was taken.
    is_refusal: bool,
    wait: Option<Duration>,
}

impl Reply {
    /// An answer that leaves it open whether the messages were taken.
    fn open(response: HttpResponse) -> Self {
        Self { response, is_refusal: false, wait: None }
    }
}

/// A request, as Graph reads it.
#[derive(Debug)]
struct Call {
    items: Vec<Item>,
    token: String,
    proof: Option<(String, String)>,
    is_batch: bool,
}

impl Call {
    fn read(request: &HttpRequest) -> Result<Self, String> {
        let Body::Text(body) = &request.body else { return Err("a multipart body".to_owned()) };
        let header = |name: &str| {
            request.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
        };
        let mut fields: HashMap<String, String> = match header("Content-Type") {
            Some("application/json") => {
                let body: Value = serde_json::from_str(body).map_err(|error| error.to_string())?;
                let members = body.as_object().ok_or("no object")?;
                members.iter().map(|(name, value)| (name.clone(), text_of(value))).collect()
            }
            _ => form_urlencoded::parse(body.as_bytes()).into_owned().collect(),
        };
        let bearer = header("Authorization").and_then(|value| value.strip_prefix("Bearer "));
        let token = fields.remove("access_token").or(bearer.map(str::to_owned)).ok_or("no token")?;
        let proof = fields.remove("appsecret_proof").zip(fields.remove("appsecret_time"));
        let (is_batch, items) = match fields.remove("batch") {
            None => (false, vec![item(&fields)?]),
            Some(batch) => {
                let batch: Vec<Value> =
                    serde_json::from_str(&batch).map_err(|error| error.to_string())?;
                let read = |one: &Value| {
                    let body = one["body"].as_str().ok_or("an item without a body")?;
                    item(&form_urlencoded::parse(body.as_bytes()).into_owned().collect())
                };
                (true, batch.iter().map(read).collect::<Result<_, _>>()?)
            }
        };
        Ok(Self { items, token, proof, is_batch })
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn item(fields: &HashMap<String, String>) -> Result<Item, String> {
    let member = |name: &str, inner: &str| {
        let field = fields.get(name).ok_or(format!("no {name}"))?;
        let value: Value = serde_json::from_str(field).map_err(|error| error.to_string())?;
        value[inner].as_str().map(str::to_owned).ok_or(format!("no {inner} in {name}"))
    };
    Ok(Item { recipient: member("recipient", "id")?, text: member("message", "text")? })
}

fn sign(message: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Transport for World {
    fn exchange(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, TransportError>> + Send {
        let (id, stopped) = {
            let mut state = self.state();
            let call = Call::read(&request);
            let token = call.as_ref().map(|call| call.token.clone());
            state.tokens.push(token.unwrap_or_default());
            let items = call.map(|call| call.items).unwrap_or_default();
            state.exchanges.push(Exchange {
                items,
                started: self.clock.now(),
                arrived: None,
                never_left: false,
                ended: None,
                is_refused: false,
                wait: None,
            });
            (state.exchanges.len() - 1, state.stopped)
        };
        if let Some(stopped) = stopped {
            let violation = format!("#{id} begins after the caller stopped at {stopped:?}");
            self.state().violations.push(violation);
        }
        if TOKENS.iter().chain([&SECRET]).any(|secret| request.url.contains(secret)) {
            self.state().violations.push(format!("a secret stands in {}", request.url));
        }
        self.clock.trace(|| format!("#{id} begins"));
        let line = Arc::new(Line::default());
        self.clock.spawn(self.clone().carry(id, request, line.clone()));
        Listening(line)
    }

    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + Send {
        self.clock.sleep(duration, Owner::Client)
    }

    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + BEGIN + self.clock.now()
    }

    fn monotonic(&self) -> Duration {
        self.clock.now()
    }

    fn random(&self) -> f64 {
        self.clock.draw(|random| random.f64())
    }

    async fn hmac_sha256(&self, key: &[u8], message: &[u8]) -> Result<[u8; 32], TransportError> {
        // The platform may take its time.
        if self.clock.chance(0.3) {
            self.pause(200).await;
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(message);
        Ok(mac.finalize().into_bytes().into())
    }
}

/// Between the client and the network.
#[derive(Default)]
struct Line(Mutex<LineState>);

#[derive(Default)]
struct LineState {
    reply: Option<Result<HttpResponse, TransportError>>,
    waker: Option<Waker>,
    is_dropped: bool,
}

impl Line {
    fn is_dropped(&self) -> bool {
        self.0.lock().unwrap().is_dropped
    }

    /// Whether the client was still there.
    fn answer(&self, reply: Result<HttpResponse, TransportError>) -> bool {
        let mut state = self.0.lock().unwrap();
        state.reply = Some(reply);
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
        !state.is_dropped
    }
}

/// The client's end of the line.
struct Listening(Arc<Line>);

impl Future for Listening {
    type Output = Result<HttpResponse, TransportError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut state = self.0.0.lock().unwrap();
        match state.reply.take() {
            Some(reply) => Poll::Ready(reply),
            None => {
                state.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().is_dropped = true;
    }
}
