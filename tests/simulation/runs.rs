//! Many messages: `Client::try_send_all` in any weather.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt;
use messenger_send::client::{
    Client, ErrorKind, RunOptions, SendAllResult, SendAllStatus, SendAllSummary,
};

use super::executor::{Clock, Owner};
use super::harness::Outcome;
use super::sends::{EventCounts, Options};
use super::secrets;
use super::source::{End, Log, Plan, Source, index};
use super::weather::{Outage, OutageKind, Weather};
use super::world::{State, World};

/// What the seeds must have seen.
pub const OUTCOMES: [&str; 14] = [
    "all sent",
    "5,000 messages",
    "batch",
    "sent",
    "failed",
    "unknown",
    "not sent",
    "stopped by Graph",
    "stopped by an outage",
    "survived an outage",
    "stopped by the source",
    "aborted",
    "dropped",
    "throttled",
];

/// The documented rate of texts on Messenger.
const TEXT_PER_SECOND: f64 = 300.0;

const SECOND: Duration = Duration::from_secs(1);

/// What is tried of a run.
#[derive(Clone, Debug)]
struct Setting {
    options: Options,
    plan: Plan,
    run: RunOptions,
    ending: Ending,
    /// The caller takes up to so many milliseconds for a result.
    reading: u64,
    /// Nothing goes wrong but this outage, and Graph's answers say nothing false.
    only_outage: Option<Outage>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Waits,
    Aborts(Duration),
    /// The run is dropped after so many results.
    Drops(usize),
}

/// What came of the run.
#[derive(Default)]
struct Ran {
    results: Vec<SendAllResult<String>>,
    /// When the first message was left over.
    left_over_at: Option<Duration>,
    ended: Option<(Duration, SendAllSummary, usize)>,
}

impl Setting {
    fn draw(clock: &Clock) -> (Self, Weather) {
        let only_outage = clock.chance(0.25);
        let count = match clock.draw(|random| random.u8(0..100)) {
            0 => 5000,
            1..10 => clock.draw(|random| random.usize(200..600)),
            10..15 => clock.draw(|random| random.usize(0..3)),
            _ => clock.draw(|random| random.usize(1..60)),
        };
        let mut plan = Plan::draw(clock, count);
        let mut options = Options::draw(clock);
        let mut run = RunOptions::default()
            .batch(clock.chance(0.3))
            .outage(clock.draw(|random| Duration::from_secs([1, 20, 300][random.usize(0..3)])));
        run.concurrency = clock.draw(|random| [None, None, Some(1), Some(7)][random.usize(0..4)]);
        run.per_second = clock.draw(|random| {
            [None, None, Some(f64::INFINITY), Some(40.0), Some(3.0), Some(0.5)][random.usize(0..6)]
        });
        let mut ending = match clock.draw(|random| random.u8(0..10)) {
            0..2 => Ending::Aborts(clock.up_to(30_000)),
            2 => Ending::Drops(clock.draw(|random| random.usize(0..=count))),
            _ => Ending::Waits,
        };
        let mut weather = Weather::draw(clock);
        let mut outage = None;
        if only_outage {
            outage = Some(Self::draw_outage(clock, &mut plan, &mut options, &mut run, count));
            ending = Ending::Waits;
            let latency = clock.draw(|random| [0, 20, 200][random.usize(0..3)]);
            weather = Weather { latency, work: latency, ..Weather::default() };
            weather.outages.extend(outage);
        } else if clock.chance(0.15) {
            let from = clock.up_to(3000);
            weather.throttled = Some((from, from + clock.up_to(120_000)));
        }
        // Without an end it waits for ever, and may.
        if matches!(plan.end, End::Stalls | End::Never) && ending == Ending::Waits {
            ending = Ending::Aborts(clock.up_to(30_000));
        }
        // What an endless source gives in half a minute at full speed is enough.
        if plan.end == End::Never && run.per_second.is_none_or(|rate| rate > 100.0) {
            run.per_second = Some(100.0);
        }
        let reading = clock.draw(|random| [0, 0, 0, 50][random.usize(0..4)]);
        (Self { options, plan, run, ending, reading, only_outage: outage }, weather)
    }

    /// A run that is long enough for an outage in its middle.
    fn draw_outage(
        clock: &Clock,
        plan: &mut Plan,
        options: &mut Options,
        run: &mut RunOptions,
        count: usize,
    ) -> Outage {
        *plan = Plan::draw(clock, count.max(200));
        plan.end = if clock.chance(0.5) { End::Known } else { End::Unknown };
        plan.pause = 0;
        options.unknown = false;
        options.has_provider = false;
        options.attempts = options.attempts.max(2);
        options.timeout = Duration::from_secs(2);
        run.per_second = clock.draw(|random| [None, Some(40.0)][random.usize(0..2)]);
        let kinds =
            [OutageKind::Dns, OutageKind::Refused, OutageKind::Silence, OutageKind::Gateway];
        let kind = kinds[clock.draw(|random| random.usize(0..4))];
        let from = clock.up_to(1500);
        let length = clock.draw(|random| [500, 5000, 60_000, 900_000][random.usize(0..4)]);
        Outage { from, until: from + Duration::from_millis(length), kind }
    }
}

pub fn simulate(clock: &Clock) -> Outcome {
    let (setting, weather) = Setting::draw(clock);
    clock.trace(|| format!("{setting:?} {weather:?}"));
    let world = World::new(clock.clone(), weather, setting.options.has_secret);
    let (client, events) = setting.options.client(&world);
    let log: Arc<Mutex<Log>> = Arc::default();
    let ran: Arc<Mutex<Ran>> = Arc::default();
    clock.spawn(run(world.clone(), client, setting.clone(), log.clone(), ran.clone()));
    clock.run()?;
    let (ran, log) = (ran.lock().unwrap(), log.lock().unwrap());
    let state = world.state();
    let judge = Judge { world: &world, setting: &setting, ran: &ran, log: &log, state: &state };
    judge.judge(&events.get())
}

async fn run(
    world: World,
    client: Client<World>,
    setting: Setting,
    log: Arc<Mutex<Log>>,
    ran: Arc<Mutex<Ran>>,
) {
    let clock = world.clock.clone();
    let source = Source::new(clock.clone(), setting.plan.clone(), log);
    let mut run = client.try_send_all(source, setting.run.clone()).expect("options that can be");
    if let Ending::Aborts(after) = setting.ending {
        let world = world.clone();
        run = run.abort_when(async move {
            world.clock.sleep(after, Owner::World).await;
            world.stop();
        });
    }
    loop {
        let is_dropped = match setting.ending {
            Ending::Drops(after) => ran.lock().unwrap().results.len() >= after,
            _ => false,
        };
        if is_dropped {
            world.stop();
            break;
        }
        let Some(result) = run.next().await else { break };
        {
            let ran = &mut *ran.lock().unwrap();
            if result.is_left_over {
                ran.left_over_at.get_or_insert(clock.now());
            }
            clock.trace(|| format!("result {} {}", result.index, result.status.as_str()));
            ran.results.push(result);
        }
        if setting.reading > 0 {
            clock.sleep(clock.up_to(setting.reading), Owner::World).await;
        }
    }
    let summary = run.summary();
    clock.trace(|| format!("the run ends: {summary:?}"));
    drop(run);
    ran.lock().unwrap().ended = Some((clock.now(), summary, clock.client_timers()));
}

/// Everything that is promised of a run.
struct Judge<'r> {
    world: &'r World,
    setting: &'r Setting,
    ran: &'r Ran,
    log: &'r Log,
    state: &'r State,
}

impl Judge<'_> {
    fn judge(&self, events: &EventCounts) -> Outcome {
        if let Some(violation) = self.state.violations.first() {
            return Err(violation.clone());
        }
        if let Some(violation) = self.log.violation {
            return Err(violation.to_owned());
        }
        if let Some(leak) = &events.leak {
            return Err(leak.clone());
        }
        let Some((ended, summary, timers)) = &self.ran.ended else {
            return Err("the run has not ended".to_owned());
        };
        if *timers > 0 {
            return Err("a timer is left".to_owned());
        }
        if events.requests != self.state.exchanges.len() {
            return Err("an event of a request is missing".to_owned());
        }
        self.accounts(summary)?;
        self.judge_messages()?;
        self.keeps_order()?;
        self.keeps_rate()?;
        self.stops(*ended, summary)?;
        self.judge_outage(summary)?;
        Ok(self.seen(summary))
    }

    fn is_dropped(&self) -> bool {
        matches!(self.setting.ending, Ending::Drops(_))
    }

    /// Each message that was taken ends in exactly one state, and the counts say so.
    fn accounts(&self, summary: &SendAllSummary) -> Result<(), String> {
        let results = &self.ran.results;
        let mut settled = vec![false; self.log.taken.len()];
        for result in results {
            match settled.get_mut(result.index) {
                None => return Err(format!("result {} was never taken", result.index)),
                Some(true) => return Err(format!("message {} ended twice", result.index)),
                Some(settled) => *settled = true,
            }
        }
        let of = |status| results.iter().filter(|result| result.status == status).count() as u64;
        let counts = &summary.counts;
        let told = [counts.done, counts.sent, counts.failed, counts.unknown, counts.not_sent];
        let counted = [
            results.len() as u64,
            of(SendAllStatus::Sent),
            of(SendAllStatus::Failed),
            of(SendAllStatus::Unknown),
            of(SendAllStatus::NotSent),
        ];
        if told != counted {
            return Err(format!("the counts are {told:?}, and should be {counted:?}"));
        }
        if self.is_dropped() {
            return Ok(());
        }
        if let Some(lost) = settled.iter().position(|settled| !settled) {
            return Err(format!("message {lost} was taken and never settled"));
        }
        if self.setting.plan.end == End::Known && results.len() != self.setting.plan.count {
            let (is, should) = (results.len(), self.setting.plan.count);
            return Err(format!("{is} of {should} messages are accounted for"));
        }
        Ok(())
    }

    fn judge_messages(&self) -> Result<(), String> {
        let mut taken: HashMap<usize, Vec<usize>> = HashMap::new();
        for accepted in self.state.accepted.iter().filter(|accepted| !accepted.is_duplicate) {
            taken.entry(index(&accepted.item.text)).or_default().push(accepted.exchange);
        }
        let mut requests: HashMap<usize, Vec<usize>> = HashMap::new();
        for (id, exchange) in self.state.exchanges.iter().enumerate() {
            for item in &exchange.items {
                requests.entry(index(&item.text)).or_default().push(id);
            }
        }
        for (message, exchanges) in &taken {
            if exchanges.len() > 1 && !self.setting.options.unknown {
                return Err(format!("Graph took message {message} in {exchanges:?}"));
            }
        }
        for result in &self.ran.results {
            let taken = taken.get(&result.index).map(Vec::as_slice).unwrap_or_default();
            let requests = requests.get(&result.index).map(Vec::as_slice).unwrap_or_default();
            self.judge_message(result, taken, requests)
                .map_err(|what| format!("message {}: {what}: {:?}", result.index, result.outcome))?;
        }
        Ok(())
    }

    fn judge_message(
        &self,
        result: &SendAllResult<String>,
        taken: &[usize],
        requests: &[usize],
    ) -> Result<(), String> {
        secrets::check_outcome(&result.outcome)?;
        let left = requests.iter().filter(|id| !self.state.exchanges[**id].never_left).count();
        let (attempts, is_validation) = match &result.outcome {
            Ok(receipt) => (receipt.attempts, false),
            Err(error) => (error.attempts, error.is_validation()),
        };
        if is_validation != self.setting.plan.is_invalid(result.index) && !result.is_left_over {
            return Err("a rule is broken, or not".to_owned());
        }
        if left > self.setting.options.attempts as usize {
            return Err(format!("it left {left} times"));
        }
        if attempts as usize > requests.len() && !result.is_left_over {
            return Err("it counts attempts that were none".to_owned());
        }
        match result.status {
            SendAllStatus::Sent => {
                let id = result.outcome.as_ref().ok().and_then(|ok| ok.message_id.as_deref());
                let names = |exchange: &usize| {
                    id.is_some_and(|id| id.starts_with(&format!("m_{exchange}_")))
                };
                if !taken.iter().any(names) {
                    return Err("a receipt of a message that Graph did not take".to_owned());
                }
            }
            SendAllStatus::Unknown if requests.is_empty() => {
                return Err("it never left, so the outcome is known".to_owned());
            }
            SendAllStatus::Unknown => {}
            SendAllStatus::Failed | SendAllStatus::NotSent if !taken.is_empty() => {
                return Err(format!("Graph took it in {taken:?}"));
            }
            SendAllStatus::NotSent if left > 0 => {
                return Err("it left, so it is not not_sent".to_owned());
            }
            SendAllStatus::Failed | SendAllStatus::NotSent => {}
        }
        Ok(())
    }

    /// To one recipient a message goes only when the one before is settled.
    fn keeps_order(&self) -> Result<(), String> {
        let mut last: HashMap<&str, usize> = HashMap::new();
        for (id, exchange) in self.state.exchanges.iter().enumerate() {
            for item in &exchange.items {
                let message = index(&item.text);
                let before = last.insert(&item.recipient, message).unwrap_or(0);
                if before > message {
                    return Err(format!("#{id} has message {message} after message {before}"));
                }
            }
            let mut people: Vec<_> = exchange.items.iter().map(|item| &item.recipient).collect();
            people.sort_unstable();
            people.dedup();
            if people.len() != exchange.items.len() {
                return Err(format!("#{id} has two messages to one recipient"));
            }
        }
        Ok(())
    }

    /// In no second do more messages leave than the rate allows, nor, where the way to Graph takes
    /// nearly the same time for all, do more arrive.
    fn keeps_rate(&self) -> Result<(), String> {
        let rate = self.setting.run.per_second.unwrap_or(TEXT_PER_SECOND);
        // Where the platform takes its time to sign, requests leave when it is done.
        if !rate.is_finite() || self.setting.options.has_secret {
            return Ok(());
        }
        let most = rate.max(1.0) as usize;
        let left: Vec<_> = self.times(|exchange| Some(exchange.started));
        if let Some((from, count)) = busiest(&left).filter(|(_, count)| *count > most) {
            return Err(format!("{count} messages left in the second from {from:?}, {most} may"));
        }
        if self.world.weather().latency > 20 {
            return Ok(());
        }
        // A message of a second ago may arrive together with the ones of now.
        let spread = Duration::from_millis(25).as_secs_f64();
        let request = self.state.exchanges.iter().map(|exchange| exchange.items.len()).max();
        let most = (rate * (1.0 + spread)).ceil().max(1.0) as usize + request.unwrap_or(1);
        let arrived = self.times(|exchange| exchange.arrived);
        match busiest(&arrived).filter(|(_, count)| *count > most) {
            Some((from, count)) => {
                Err(format!("{count} messages arrived in the second from {from:?}, {most} may"))
            }
            None => Ok(()),
        }
    }

    fn times(
        &self,
        time: impl Fn(&super::world::Exchange) -> Option<Duration>,
    ) -> Vec<(Duration, usize)> {
        let exchanges = self.state.exchanges.iter();
        let mut times: Vec<_> = exchanges
            .filter_map(|exchange| Some((time(exchange)?, exchange.items.len())))
            .collect();
        times.sort_unstable();
        times
    }

    /// After a stop nothing more is taken from a source without a known length, and all is over at
    /// once.
    fn stops(&self, ended: Duration, summary: &SendAllSummary) -> Result<(), String> {
        let has_left_over = self.ran.results.iter().any(|result| result.is_left_over);
        if has_left_over && summary.stopped.is_none() {
            return Err("messages are left over, and nothing stopped".to_owned());
        }
        if self.log.has_failed && summary.stopped.is_none() && !self.is_dropped() {
            return Err("the source failed, and nothing stopped".to_owned());
        }
        if let Some(stopped) = &summary.stopped {
            secrets::check_error(stopped)?;
            secrets::check("JSON of a summary", &serde_json::to_string(summary).unwrap())?;
        }
        if self.setting.plan.end == End::Known {
            return Ok(());
        }
        let stopped = self.state.stopped.or(self.ran.left_over_at);
        let Some(stopped) = stopped else { return Ok(()) };
        // One message may have been asked for already: it is waited for, for a second. A caller
        // who is slow to read results lets the run wait too.
        let is_asked = self.setting.plan.is_slow();
        let grace = if is_asked { SECOND } else { Duration::ZERO };
        let late: Vec<_> = self.log.taken.iter().filter(|taken| **taken > stopped).collect();
        let is_late = |taken: &&Duration| **taken > stopped + grace && self.setting.reading == 0;
        if late.len() > usize::from(is_asked) || late.iter().any(is_late) {
            return Err(format!("messages were taken after the stop at {stopped:?}: {late:?}"));
        }
        let is_prompt = self.state.stopped.is_none_or(|stopped| ended <= stopped + grace);
        if !is_prompt && self.setting.reading == 0 {
            return Err(format!("stopped at {stopped:?}, it went on until {ended:?}"));
        }
        Ok(())
    }

    /// In an outage 25 messages are lost at most, or two batches, and what comes after it is sent.
    fn judge_outage(&self, summary: &SendAllSummary) -> Result<(), String> {
        let Some(outage) = self.setting.only_outage else { return Ok(()) };
        let counts = &summary.counts;
        let under_way = self.most_under_way(outage.from) as u64;
        let is_even = self.setting.reading == 0;
        let most = match self.setting.run.batch {
            true => 100,
            false if under_way <= 12 && is_even => 25,
            // Where answers take long, or a caller who is slow to read makes bursts, more is under
            // way. The run has room for twice as much then.
            false => 25 + 2 * under_way,
        };
        if counts.unknown > most {
            return Err(format!("{} messages are unknown, {most} may be", counts.unknown));
        }
        let is_silent = matches!(outage.kind, OutageKind::Silence | OutageKind::Gateway);
        if counts.unknown > 0 && !is_silent {
            return Err("nothing left in the outage, so the outcome is known".to_owned());
        }
        let length = outage.until - outage.from;
        if summary.stopped.is_some() && length < self.setting.run.outage / 2 {
            return Err(format!("an outage of {length:?} stopped it: {:?}", summary.stopped));
        }
        Ok(())
    }

    /// The most messages that were under way at any time before this one.
    fn most_under_way(&self, until: Duration) -> usize {
        let mut changes = Vec::new();
        for exchange in self.state.exchanges.iter().filter(|one| one.started < until) {
            let count = exchange.items.len() as isize;
            changes.push((exchange.started, count));
            changes.extend(exchange.ended.map(|ended| (ended, -count)));
        }
        changes.retain(|(time, _)| *time < until);
        // Of one moment those that begin first: none of them has waited for the others.
        changes.sort_unstable_by_key(|(time, change)| (*time, -change));
        let running = changes.iter().scan(0, |sum, (_, change)| {
            *sum += change;
            Some(*sum)
        });
        running.max().unwrap_or(0).unsigned_abs()
    }

    fn seen(&self, summary: &SendAllSummary) -> Vec<&'static str> {
        let counts = &summary.counts;
        let stopped = summary.stopped.as_ref();
        let by_graph = stopped.is_some_and(|error| {
            matches!(error.kind, ErrorKind::Auth | ErrorKind::Policy | ErrorKind::Permission)
        });
        let was_out = |outage: Outage| {
            self.state.exchanges.iter().any(|one| {
                one.arrived.is_none() && (outage.from..outage.until).contains(&one.started)
            })
        };
        let only_outage = self.setting.only_outage.filter(|outage| was_out(*outage));
        let all = [
            ("all sent", counts.sent > 0 && counts.sent == counts.done && stopped.is_none()),
            ("5,000 messages", counts.done >= 5000),
            ("batch", self.state.exchanges.iter().any(|exchange| exchange.items.len() > 1)),
            ("sent", counts.sent > 0),
            ("failed", counts.failed > 0),
            ("unknown", counts.unknown > 0),
            ("not sent", counts.not_sent > 0),
            ("stopped by Graph", by_graph),
            ("stopped by an outage", only_outage.is_some() && stopped.is_some()),
            ("survived an outage", only_outage.is_some() && stopped.is_none()),
            ("stopped by the source", self.log.has_failed && stopped.is_some()),
            ("aborted", stopped.is_some_and(|error| error.kind == ErrorKind::Aborted)),
            ("dropped", self.is_dropped()),
            ("throttled", self.world.weather().throttled.is_some()),
        ];
        all.into_iter().filter(|(_, is_so)| *is_so).map(|(name, _)| name).collect()
    }
}

/// The second with the most messages. The times are sorted.
fn busiest(times: &[(Duration, usize)]) -> Option<(Duration, usize)> {
    let mut first = 0;
    let mut count = 0;
    let mut most = None;
    for (last, (time, messages)) in times.iter().enumerate() {
        count += messages;
        while times[first].0 + SECOND <= *time {
            count -= times[first].1;
            first += 1;
        }
        debug_assert!(first <= last);
        if most.is_none_or(|(_, most)| count > most) {
            most = Some((times[first].0, count));
        }
    }
    most
}
