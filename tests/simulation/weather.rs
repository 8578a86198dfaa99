//! What can go wrong in one run, drawn from its seed: how likely each fault is, and when.

use std::time::Duration;

use super::executor::Clock;

/// A time in which nothing comes back.
#[derive(Clone, Copy, Debug)]
pub struct Outage {
    /// From this time of the run.
    pub from: Duration,
    /// Until this one.
    pub until: Duration,
    /// How it shows.
    pub kind: OutageKind,
}

/// How an outage shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutageKind {
    /// The name is not found.
    Dns,
    /// Nobody listens.
    Refused,
    /// Nothing is heard of the request any more, and Graph does not get it.
    Silence,
    /// A gateway answers in Graph's place: 502 with its own page.
    Gateway,
}

/// The probabilities of one run.
#[derive(Clone, Debug, Default)]
pub struct Weather {
    /// The longest way to Graph or back, in milliseconds.
    pub latency: u64,
    /// Graph takes up to so many milliseconds for a request.
    pub work: u64,
    /// No connection is made.
    pub not_sent: f64,
    /// The connection breaks before Graph has the request.
    pub reset_before: f64,
    /// The request is lost on its way, without a word.
    pub lost: f64,
    /// The request reaches Graph twice.
    pub duplicate: f64,
    /// Graph refuses it.
    pub refuse: f64,
    /// Something between answers in Graph's place, with a 4xx.
    pub gateway: f64,
    /// Graph takes it, and its answer says something else.
    pub lie: f64,
    /// The answer breaks on its way back.
    pub broken_answer: f64,
    /// Graph's texts quote the request.
    pub echo: f64,
    /// A refusal is one that concerns the whole Page.
    pub refuse_all: f64,
    /// From this time on Graph takes the second token only.
    pub token_expires: Option<Duration>,
    /// Times in which nothing comes back.
    pub outages: Vec<Outage>,
    /// In this time Graph refuses everything with a limit.
    pub throttled: Option<(Duration, Duration)>,
}

impl Weather {
    /// Fair for a third of the runs; for the others one, several or all faults, of any likelihood.
    pub fn draw(clock: &Clock) -> Self {
        let latency = clock.draw(|random| [0, 20, 200, 3000, 40_000][random.usize(0..5)]);
        let mut weather = Self { latency, work: latency / 4, echo: 0.3, ..Self::default() };
        if clock.chance(0.3) {
            let most = clock.draw(|random| [0, 500, 20_000][random.usize(0..3)]);
            weather.token_expires = Some(clock.up_to(most));
        }
        let severity = clock.draw(|random| [0.0, 0.02, 0.2, 0.6, 1.0, 0.0][random.usize(0..6)]);
        if severity == 0.0 {
            return weather;
        }
        let kinds = clock.draw(|random| [0.15, 0.5, 1.0][random.usize(0..3)]);
        let draw = |most: f64| {
            let is_on = clock.chance(kinds);
            if is_on { clock.draw(|random| random.f64()) * severity * most } else { 0.0 }
        };
        weather.not_sent = draw(0.7);
        weather.reset_before = draw(0.5);
        weather.lost = draw(0.4);
        weather.duplicate = draw(0.5);
        weather.refuse = draw(1.0);
        weather.gateway = draw(0.4);
        weather.lie = draw(0.5);
        weather.broken_answer = draw(0.7);
        weather.refuse_all = draw(0.2);
        weather
    }

    /// The outage of this time.
    pub fn outage(&self, now: Duration) -> Option<OutageKind> {
        let mut outages = self.outages.iter();
        outages.find(|outage| (outage.from..outage.until).contains(&now)).map(|outage| outage.kind)
    }
}
