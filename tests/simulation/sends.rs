//! One message: `Client::send` in any weather.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::{Either, select};
use messenger_send::client::{
    AccessToken, BoxError, Client, Delivery, Encoding, ErrorKind, Event, Retry, SendError,
    SendReceipt,
};

use super::executor::{Clock, Owner};
use super::harness::Outcome;
use super::secrets;
use super::weather::{Outage, OutageKind, Weather};
use super::world::{SECRET, TOKENS, World};

/// What the seeds must have seen.
pub const OUTCOMES: [&str; 13] = [
    "sent",
    "sent after a retry",
    "sent with a renewed token",
    "rejected",
    "unknown",
    "not sent",
    "aborted before it left",
    "aborted on its way",
    "dropped",
    "timeout",
    "taken twice by the caller's wish",
    "waited as Graph asked",
    "taken after the client gave up",
];

const TEXT: &str = "the only message";

/// The options of one send.
#[derive(Clone, Debug)]
pub struct Options {
    pub attempts: u32,
    pub base_delay: Duration,
    pub max_delay: Duration,
    pub unknown: bool,
    pub timeout: Duration,
    pub has_secret: bool,
    pub has_provider: bool,
    pub is_json: bool,
}

impl Options {
    pub fn draw(clock: &Clock) -> Self {
        Self {
            attempts: clock.draw(|random| random.u32(1..=5)),
            base_delay: clock.up_to(2000),
            max_delay: clock.draw(|random| Duration::from_millis([50, 5000, 120_000][random.usize(0..3)])),
            unknown: clock.chance(0.25),
            timeout: clock.draw(|random| Duration::from_millis([50, 2000, 30_000][random.usize(0..3)])),
            has_secret: clock.chance(0.3),
            has_provider: clock.chance(0.5),
            is_json: clock.chance(0.3),
        }
    }

    pub fn retry(&self) -> Retry {
        Retry::attempts(self.attempts)
            .base_delay(self.base_delay)
            .max_delay(self.max_delay)
            .unknown(self.unknown)
    }

    /// A client of this world, and what it tells of itself.
    pub fn client(&self, world: &World) -> (Client<World>, Events) {
        let events = Events::default();
        let observed = events.clone();
        let token = match self.has_provider {
            true => provider(world.clone()),
            false => AccessToken::from(TOKENS[0]),
        };
        let mut builder = Client::builder(token)
            .retry(self.retry())
            .timeout(self.timeout)
            .encoding(if self.is_json { Encoding::Json } else { Encoding::Form })
            .on_event(move |event| observed.note(event));
        if self.has_secret {
            builder = builder.app_secret(SECRET);
        }
        (builder.build(world.clone()).expect("options that can be"), events)
    }
}

/// Gives the token that is valid now, mostly at once; sometimes late, wrong, or never.
fn provider(world: World) -> AccessToken {
    AccessToken::from_fn(move || {
        let world = world.clone();
        async move {
            let clock = world.clock.clone();
            if world.weather().token_expires.is_some() {
                match clock.draw(|random| random.u8(0..20)) {
                    0 => std::future::pending().await,
                    1 => return Err(BoxError::from(world.quoting_last("the vault is closed"))),
                    2..6 => clock.sleep(clock.up_to(3000), Owner::World).await,
                    _ => {}
                }
            }
            Ok::<_, BoxError>(world.valid_token())
        }
    })
}

/// What the client has told of itself.
#[derive(Clone, Default)]
pub struct Events(Arc<Mutex<EventCounts>>);

#[derive(Clone, Default)]
pub struct EventCounts {
    pub requests: usize,
    pub responses: usize,
    pub leak: Option<String>,
}

impl Events {
    fn note(&self, event: &Event<'_>) {
        let mut counts = self.0.lock().unwrap();
        match event {
            Event::Request(_) => counts.requests += 1,
            Event::Response(_) => counts.responses += 1,
            _ => {}
        }
        if let Err(leak) = secrets::check("an event", &format!("{event:?}")) {
            counts.leak = Some(leak);
        }
    }

    pub fn get(&self) -> EventCounts {
        self.0.lock().unwrap().clone()
    }
}

/// How the caller ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Waits,
    Aborts(Duration),
    Drops(Duration),
}

impl Ending {
    fn draw(clock: &Clock) -> Self {
        let most = clock.draw(|random| [0, 300, 5000, 60_000][random.usize(0..4)]);
        match clock.draw(|random| random.u8(0..10)) {
            0..2 => Self::Aborts(clock.up_to(most)),
            2 => Self::Drops(clock.up_to(most)),
            _ => Self::Waits,
        }
    }
}

/// What came of the send, and when; `None` if the future was dropped.
struct Sent {
    outcome: Option<Result<SendReceipt, SendError>>,
    at: Duration,
    timers_left: usize,
}

pub fn simulate(clock: &Clock) -> Outcome {
    let mut weather = Weather::draw(clock);
    if clock.chance(0.1) {
        let kinds =
            [OutageKind::Dns, OutageKind::Refused, OutageKind::Silence, OutageKind::Gateway];
        let kind = kinds[clock.draw(|random| random.usize(0..4))];
        weather.outages.push(Outage { from: Duration::ZERO, until: clock.up_to(20_000), kind });
    }
    let options = Options::draw(clock);
    let ending = Ending::draw(clock);
    clock.trace(|| format!("{options:?} {ending:?} {weather:?}"));
    let world = World::new(clock.clone(), weather, options.has_secret);
    let (client, events) = options.client(&world);
    let sent: Arc<Mutex<Option<Sent>>> = Arc::default();
    clock.spawn(send(world.clone(), client, ending, sent.clone()));
    clock.run()?;
    let sent = sent.lock().unwrap().take().ok_or("the send has not ended")?;
    let events = events.get();
    check(&world, &options, ending, &sent, &events)
}

async fn send(
    world: World,
    client: Client<World>,
    ending: Ending,
    sent: Arc<Mutex<Option<Sent>>>,
) {
    let request = format!(
        r#"{{"recipient":{{"id":"7001002003004005"}},"messaging_type":"RESPONSE","message":{{"text":"{TEXT}"}}}}"#
    );
    let clock = world.clock.clone();
    let prepared = client.prepare(&request);
    let outcome = match ending {
        Ending::Waits => Some(prepared.send().await),
        Ending::Aborts(after) => {
            let world = world.clone();
            let aborted = async move {
                world.clock.sleep(after, Owner::World).await;
                world.stop();
            };
            Some(prepared.abort_when(aborted).send().await)
        }
        Ending::Drops(after) => {
            let sending = pin!(prepared.send());
            match select(sending, clock.sleep(after, Owner::World)).await {
                Either::Left((outcome, _)) => Some(outcome),
                Either::Right(_) => {
                    world.stop();
                    None
                }
            }
        }
    };
    let timers_left = clock.client_timers();
    clock.trace(|| format!("the send ends: {outcome:?}"));
    *sent.lock().unwrap() = Some(Sent { outcome, at: clock.now(), timers_left });
}

/// Everything that is promised of a send.
fn check(
    world: &World,
    options: &Options,
    ending: Ending,
    sent: &Sent,
    events: &EventCounts,
) -> Outcome {
    let state = world.state();
    let exchanges = &state.exchanges;
    let fail = |what: &str| Err(format!("{what}\n{:?}\n{exchanges:?}", sent.outcome));
    if let Some(violation) = state.violations.first() {
        return fail(violation);
    }
    if let Some(leak) = &events.leak {
        return fail(leak);
    }
    // By the client, not by a network that repeats requests.
    let taken = state.accepted.iter().filter(|accepted| !accepted.is_duplicate).count();
    if taken > 1 && !options.unknown {
        return fail("Graph took the message twice");
    }
    if sent.outcome.is_some() && sent.timers_left > 0 {
        return fail("a timer is left");
    }
    if exchanges.len() > options.attempts as usize {
        return fail("more requests than attempts");
    }
    if events.requests != exchanges.len() {
        return fail("an event of a request is missing");
    }
    // After an attempt of which nobody knows, there is another one only if the caller wants that.
    let doubtful = exchanges.iter().position(|exchange| !exchange.is_refused);
    if doubtful.is_some_and(|at| at + 1 < exchanges.len()) && !options.unknown {
        return fail("it was sent again, although it may have arrived");
    }
    for pair in exchanges.windows(2) {
        check_pause(&pair[0], pair[1].started, options)?;
    }
    let Some(outcome) = &sent.outcome else { return Ok(vec!["dropped"]) };
    secrets::check_outcome(outcome)?;
    if events.responses != events.requests {
        return fail("an event of a response is missing");
    }
    if state.stopped.is_some_and(|stopped| sent.at > stopped) {
        return fail("it went on after the abort");
    }
    let mut seen = Vec::new();
    if taken > 1 {
        seen.push("taken twice by the caller's wish");
    }
    if exchanges.windows(2).any(|pair| pair[0].wait.is_some_and(|wait| !wait.is_zero())) {
        seen.push("waited as Graph asked");
    }
    let attempts = match outcome {
        Ok(receipt) => receipt.attempts,
        Err(error) => error.attempts,
    };
    if attempts as usize != exchanges.len() {
        return fail("the attempts are not counted");
    }
    match outcome {
        Ok(receipt) => {
            let Some(id) = receipt.message_id.as_deref() else { return fail("no message_id") };
            let named = |accepted: &super::world::Accepted| format!("m_{}_0", accepted.exchange) == id;
            if !state.accepted.iter().any(named) {
                return fail("a receipt of a message that Graph did not take");
            }
            seen.push(if receipt.attempts > 1 { "sent after a retry" } else { "sent" });
            let is_expired = world.weather().token_expires.is_some_and(|at| sent.at >= at);
            if is_expired && options.has_provider && receipt.attempts > 1 {
                seen.push("sent with a renewed token");
            }
        }
        Err(error) => {
            if error.delivery != Delivery::Unknown && taken > 0 {
                return fail("it was taken, and the error says that it was not");
            }
            match error.delivery {
                Delivery::Unknown => seen.push("unknown"),
                Delivery::Rejected => seen.push("rejected"),
                Delivery::NotSent => seen.push("not sent"),
            }
            if error.delivery == Delivery::Unknown && exchanges.is_empty() {
                return fail("nothing left, so the outcome is known");
            }
            if error.delivery == Delivery::Unknown && exchanges.iter().all(|one| one.is_refused) {
                return fail("each attempt was refused, so the outcome is known");
            }
            if error.kind == ErrorKind::Aborted {
                if !matches!(ending, Ending::Aborts(_)) || state.stopped.is_none() {
                    return fail("nobody has aborted");
                }
                let is_under_way = exchanges.last().is_some_and(|last| last.ended.is_none());
                seen.push(match is_under_way {
                    true => "aborted on its way",
                    false => "aborted before it left",
                });
                if is_under_way && error.delivery != Delivery::Unknown {
                    return fail("an abort on the way leaves the outcome open");
                }
            }
            if error.kind == ErrorKind::Timeout {
                seen.push("timeout");
            }
            if error.retryable && error.delivery == Delivery::Unknown {
                return fail("an unknown outcome must not be repeated blindly");
            }
            let given_up = exchanges.last().is_some_and(|last| last.ended.is_none());
            if given_up && taken > 0 {
                seen.push("taken after the client gave up");
            }
        }
    }
    Ok(seen)
}

/// The pause before a further attempt: as long as Graph asks for, and not longer than allowed.
fn check_pause(
    earlier: &super::world::Exchange,
    next: Duration,
    options: &Options,
) -> Result<(), String> {
    // A renewed token may take its time, and the signature too.
    const ASIDE: Duration = Duration::from_millis(3200);
    let Some(ended) = earlier.ended else { return Ok(()) };
    let pause = next.saturating_sub(ended);
    let wait = earlier.wait.unwrap_or_default();
    if pause < wait {
        return Err(format!("it paused for {pause:?} where Graph asked for {wait:?}"));
    }
    if pause > options.max_delay.max(wait) + ASIDE {
        return Err(format!("it paused for {pause:?}, longer than {:?}", options.max_delay));
    }
    Ok(())
}
