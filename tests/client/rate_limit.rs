//! A rate limiter against a simulated server that refuses messages above its limit in any second,
//! over networks with delays.

use std::time::Duration;

use messenger_send::client::rate_limit::{Permit, RateLimiter, Wait};
use proptest::prelude::*;

/// A small generator, so that a simulation can be run again: <https://prng.di.unimi.it/splitmix64.c>
struct Random(u64);

impl Random {
    /// From 0 to `bound`.
    fn below(&mut self, bound: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) as f64 / u64::MAX as f64 * bound
    }
}

/// Who sends, over what, to whom. Times in milliseconds.
#[derive(Clone, Debug)]
struct Scenario {
    seed: u64,
    messages: usize,
    per_second: f64,
    batch: f64,
    /// The way there, and back.
    way: f64,
    /// What Graph takes for its answer after it has counted the message, at most.
    work: f64,
    /// How late a timer of the client may be.
    lateness: f64,
    /// How often everything that is on its way stands still, and for how long.
    stall_every: f64,
    stall: f64,
    /// How long nothing gets through at the beginning.
    warm_up: f64,
    /// By how much the way there differs from message to message, at most.
    jitter: f64,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            seed: 1,
            messages: 3000,
            per_second: 300.0,
            batch: 1.0,
            way: 50.0,
            work: 0.0,
            lateness: 2.0,
            stall_every: f64::MAX,
            stall: 0.0,
            warm_up: 0.0,
            jitter: 0.0,
        }
    }
}

struct Outcome {
    /// How many came when the limit of that second was used up.
    refused: usize,
    /// The messages in a second, in percent of the limit.
    reached: f64,
}

/// Milliseconds on the limiter's clock.
fn at(ms: f64) -> Duration {
    Duration::from_secs_f64(ms / 1000.0)
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn play(scenario: &Scenario) -> Outcome {
    let mut random = Random(scenario.seed);
    let mut limiter = RateLimiter::new(scenario.per_second);
    let start = 1_000_000.0;
    let (mut now, mut left) = (start, scenario.messages);
    let mut arrivals = Vec::new();
    // When an answer comes, and to what. The next one is the last.
    let mut answers: Vec<(f64, Permit)> = Vec::new();
    while left > 0 {
        let wanted = scenario.batch.min(left as f64) as u32;
        let wait = match limiter.try_acquire(at(now), wanted, 0) {
            Ok(permit) => {
                let mut arrival = now + scenario.way + random.below(scenario.jitter);
                let into_stall = (arrival - start) % scenario.stall_every;
                if into_stall < scenario.stall {
                    arrival += scenario.stall - into_stall;
                }
                arrival = arrival.max(start + scenario.warm_up);
                arrivals.extend(std::iter::repeat_n(arrival, permit.granted() as usize));
                let answer = arrival + random.below(scenario.work) + scenario.way;
                answers.insert(
                    answers.partition_point(|later| later.0 > answer),
                    (answer, permit),
                );
                left -= permit.granted() as usize;
                continue;
            }
            Err(Wait(wait)) => ms(wait),
        };
        // The next thing that happens: the timer, or an answer, after which the sender asks again
        // too.
        let timer = now + wait + random.below(scenario.lateness);
        match answers.pop_if(|answer| answer.0 < timer) {
            Some((answered, permit)) => {
                now = answered.max(now);
                permit.complete(&mut limiter, at(now));
            }
            None => now = timer,
        }
    }
    let limit = scenario.per_second as usize;
    arrivals.sort_by(f64::total_cmp);
    let refused = arrivals
        .windows(limit + 1)
        .filter(|window| window[limit] - window[0] < 1000.0)
        .count();
    let reached = scenario.messages as f64 * 100_000.0 / (now - start) / scenario.per_second;
    Outcome { refused, reached }
}

#[track_caller]
fn none_refused(scenario: &Scenario, at_least: f64) {
    let Outcome { refused, reached } = play(scenario);
    assert_eq!(
        refused, 0,
        "refused, at {reached} percent of the rate: {scenario:?}"
    );
    assert!(
        reached >= at_least,
        "only {reached} percent of the rate: {scenario:?}"
    );
}

#[test]
fn a_steady_way_lets_nearly_the_whole_rate_through() {
    for (per_second, messages) in [
        (300.0, 12_000),
        (100.0, 4000),
        (10.0, 400),
        (1.0, 60),
        (2000.0, 80_000),
    ] {
        for way in [0.5, 50.0, 400.0, 900.0] {
            none_refused(
                &Scenario {
                    per_second,
                    messages,
                    way,
                    ..Scenario::default()
                },
                if way < 500.0 { 95.0 } else { 90.0 },
            );
        }
    }
}

#[test]
fn batches_reach_the_rate_too() {
    for (per_second, batch) in [(300.0, 50.0), (100.0, 25.0), (10.0, 2.0)] {
        for way in [0.5, 50.0, 400.0, 900.0] {
            none_refused(
                &Scenario {
                    per_second,
                    batch,
                    messages: per_second as usize * 40,
                    way,
                    ..Scenario::default()
                },
                if way < 500.0 { 95.0 } else { 90.0 },
            );
        }
    }
}

#[test]
fn a_server_that_takes_its_time_after_it_has_counted_slows_nothing_down() {
    none_refused(
        &Scenario {
            work: 200.0,
            messages: 6000,
            ..Scenario::default()
        },
        94.0,
    );
}

#[test]
fn overtaking_messages_are_not_refused() {
    for jitter in [1.0, 10.0, 30.0] {
        for seed in 0..20 {
            none_refused(
                &Scenario {
                    jitter,
                    seed,
                    ..Scenario::default()
                },
                97.0,
            );
        }
    }
}

#[test]
fn late_timers_are_made_up_for() {
    none_refused(
        &Scenario {
            lateness: 30.0,
            ..Scenario::default()
        },
        95.0,
    );
}

#[test]
fn after_a_stall_that_lets_messages_arrive_together_the_next_ones_wait() {
    let stalled = Scenario {
        stall_every: 700.0,
        stall: 120.0,
        ..Scenario::default()
    };
    none_refused(&stalled, 85.0);
    none_refused(
        &Scenario {
            stall_every: 5000.0,
            stall: 400.0,
            messages: 6000,
            ..stalled
        },
        85.0,
    );
}

#[test]
fn a_slow_beginning_is_not_taken_for_the_usual() {
    for batch in [1.0, 50.0] {
        for warm_up in [100.0, 200.0, 400.0] {
            none_refused(
                &Scenario {
                    warm_up,
                    batch,
                    ..Scenario::default()
                },
                95.0,
            );
        }
    }
}

/// Messages that were granted, or the milliseconds to wait.
fn ask(limiter: &mut RateLimiter, now: f64, used_percent: u32, wanted: u32) -> Result<u32, f64> {
    let asked = limiter.try_acquire(at(now), wanted, used_percent);
    asked
        .map(|permit| permit.granted())
        .map_err(|Wait(wait)| ms(wait))
}

#[test]
fn a_message_without_an_answer_holds_nobody_up_for_long() {
    let mut limiter = RateLimiter::new(10.0);
    let passed = (0..60_000)
        .filter(|now| ask(&mut limiter, f64::from(*now), 0, 1).is_ok())
        .count();
    assert!(
        (280..=320).contains(&passed),
        "half the rate while nothing is answered, not {passed} in a minute"
    );
}

#[test]
fn more_than_the_limit_is_never_granted_at_once() {
    let mut limiter = RateLimiter::new(30.0);
    assert_eq!(ask(&mut limiter, 0.0, 0, 50), Ok(30));
    assert!(ask(&mut limiter, 999.0, 0, 1).is_err());
}

#[test]
fn a_rate_below_one_a_second_is_kept() {
    let mut limiter = RateLimiter::new(0.1);
    assert_eq!(ask(&mut limiter, 5000.0, 0, 50), Ok(1));
    let wait = ask(&mut limiter, 5000.0, 0, 1).unwrap_err();
    assert!((10_000.0..10_500.0).contains(&wait), "{wait}");
}

#[test]
fn the_smallest_rate_does_not_panic() {
    let mut limiter = RateLimiter::new(f64::MIN_POSITIVE);
    assert_eq!(ask(&mut limiter, 5000.0, 100, 50), Ok(1));
    assert!(ask(&mut limiter, 1e12, 100, 1).is_err());
}

#[test]
fn no_limit_means_no_wait() {
    let mut limiter = RateLimiter::new(f64::INFINITY);
    for _ in 0..10_000 {
        assert_eq!(ask(&mut limiter, 1.0, 0, 50), Ok(50));
    }
}

#[test]
fn a_new_rate_counts_earlier_messages() {
    let mut limiter = RateLimiter::new(100.0);
    assert_eq!(ask(&mut limiter, 0.0, 0, 50), Ok(50));
    limiter.set_rate(20.0);
    assert!(
        ask(&mut limiter, 900.0, 0, 1).is_err(),
        "more than 20 went in this second"
    );
}

#[test]
fn usage_above_80_percent_slows_down_step_by_step() {
    let wait = |used: u32| {
        let mut limiter = RateLimiter::new(100.0);
        let _ = ask(&mut limiter, 0.0, used, 6);
        let _ = ask(&mut limiter, 60.0, used, 1);
        ask(&mut limiter, 60.0, used, 1).unwrap_err()
    };
    let waits: Vec<f64> = [0, 80, 85, 90, 95, 100, 250]
        .into_iter()
        .map(wait)
        .collect();
    assert!((waits[0] - waits[1]).abs() < 1e-9, "{waits:?}");
    assert!(
        waits[1..6].is_sorted_by(|one, other| one < other),
        "{waits:?}"
    );
    assert_eq!(
        waits[5], waits[6],
        "at full usage a trickle is left, to see whether it falls"
    );
    assert!(waits[6] < 10_000.0);
}

#[test]
fn a_clock_that_goes_back_is_survived() {
    let mut limiter = RateLimiter::new(300.0);
    let permit = limiter.try_acquire(at(10_000.0), 1, 0).unwrap();
    permit.complete(&mut limiter, at(9000.0));
    assert!(ask(&mut limiter, 9000.0, 0, 1).is_err());
    assert_eq!(ask(&mut limiter, 12_000.0, 0, 1), Ok(1));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn a_busy_graph_refuses_none(
        seed: u64,
        per_second in prop::sample::select(vec![10.0, 100.0, 300.0]),
        batch in prop::sample::select(vec![1.0, 2.0, 50.0]),
        way in 0.1..300.0,
        work in 0.0..300.0,
        lateness in 0.0..40.0,
    ) {
        let scenario = Scenario { seed, per_second, batch, way, work, lateness, messages: per_second as usize * 6, ..Scenario::default() };
        prop_assert_eq!(play(&scenario).refused, 0, "{:?}", scenario);
    }

    #[test]
    fn a_way_that_stands_still_at_times_gets_none_refused(
        seed: u64,
        per_second in prop::sample::select(vec![10.0, 100.0, 300.0]),
        batch in prop::sample::select(vec![1.0, 2.0, 50.0]),
        way in 0.1..300.0,
        lateness in 0.0..40.0,
        stall in 0.0..150.0,
    ) {
        let scenario = Scenario { seed, per_second, batch, way, lateness, stall, stall_every: 1500.0, messages: per_second as usize * 6, ..Scenario::default() };
        prop_assert_eq!(play(&scenario).refused, 0, "{:?}", scenario);
    }
}
