//! Runs many seeds, on all cores, and tells of the first that fails.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::executor::Clock;

/// What came of one seed.
pub type Outcome = Result<Vec<&'static str>, String>;

/// How often each thing was seen.
#[derive(Default)]
pub struct Seen {
    seeds: u64,
    counts: BTreeMap<&'static str, u64>,
}

impl Seen {
    /// A simulation in which something never happens proves nothing about it.
    #[track_caller]
    pub fn assert_all(&self, outcomes: &[&str]) {
        println!("{} seeds: {:?}", self.seeds, self.counts);
        // A few seeds, or one that is replayed, do not see everything.
        if self.seeds < 1000 {
            return;
        }
        for outcome in outcomes {
            let count = self.counts.get(outcome).copied().unwrap_or(0);
            assert!(count >= self.seeds / 500, "{outcome} was seen {count} times only");
        }
    }
}

/// Runs a scenario with many seeds, or with the one of the environment variable `SEED`. `SEEDS` is
/// another number of them.
pub fn explore(test: &str, seeds: u64, scenario: fn(&Clock) -> Outcome) -> Seen {
    if let Some(seed) = number("SEED") {
        replay(seed, scenario);
        return Seen::default();
    }
    let seeds = number("SEEDS").map_or(seeds, |most| seeds.min(most));
    let next = AtomicU64::new(0);
    let first_failure: Mutex<Option<(u64, String)>> = Mutex::new(None);
    let seen = Mutex::new(Seen { seeds, ..Seen::default() });
    let work = || {
        while first_failure.lock().unwrap().is_none() {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return;
            }
            match run(&Clock::new(seed, false), scenario) {
                Ok(outcomes) => {
                    let mut seen = seen.lock().unwrap();
                    outcomes.iter().for_each(|one| *seen.counts.entry(one).or_default() += 1);
                }
                Err(reason) => {
                    let failure = &mut *first_failure.lock().unwrap();
                    if failure.as_ref().is_none_or(|(first, _)| seed < *first) {
                        *failure = Some((seed, reason));
                    }
                }
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    if let Some((seed, reason)) = first_failure.into_inner().unwrap() {
        panic!(
            "seed {seed}: {reason}\nreplay it: SEED={seed} cargo test --test simulation {test} -- --nocapture"
        );
    }
    seen.into_inner().unwrap()
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} must be a whole number")))
}

fn replay(seed: u64, scenario: fn(&Clock) -> Outcome) {
    let clock = Clock::new(seed, true);
    let outcome = run(&clock, scenario);
    println!("{}", clock.take_trace().join("\n"));
    match outcome {
        Ok(outcomes) => println!("seed {seed} is as it should be: {outcomes:?}"),
        Err(reason) => panic!("seed {seed}: {reason}"),
    }
}

/// A panic of the client is a failure like any other.
fn run(clock: &Clock, scenario: fn(&Clock) -> Outcome) -> Outcome {
    let outcome = catch_unwind(AssertUnwindSafe(|| scenario(clock)));
    outcome.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("it panicked: {}", text.unwrap_or("without a word")))
    })
}
