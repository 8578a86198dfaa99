//! A lane of the rate against a simulated server that refuses whoever exceeds its limit in any second, over networks that delay.

use messenger_send::send::{LANE_SIZE, Lane};
use proptest::prelude::*;

/// A small generator, so that a simulation can be run again: <https://prng.di.unimi.it/splitmix64.c>
struct Chance(u64);

impl Chance {
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
struct Scene {
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

impl Default for Scene {
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

fn play(scene: &Scene) -> Outcome {
    let mut chance = Chance(scene.seed);
    let mut lane = Lane::default();
    let start = 1_000_000.0;
    let (mut now, mut left) = (start, scene.messages);
    let mut arrivals = Vec::new();
    // When an answer comes, when its messages left, and how many they are. The next one is the last.
    let mut answers: Vec<(f64, f64, f64)> = Vec::new();
    while left > 0 {
        let granted = lane.pass(now, scene.per_second, 0.0, scene.batch.min(left as f64));
        if granted > 0.0 {
            let mut arrival = now + scene.way + chance.below(scene.jitter);
            let into_stall = (arrival - start) % scene.stall_every;
            if into_stall < scene.stall {
                arrival += scene.stall - into_stall;
            }
            arrival = arrival.max(start + scene.warm_up);
            arrivals.extend(std::iter::repeat_n(arrival, granted as usize));
            let answer = arrival + chance.below(scene.work) + scene.way;
            answers.insert(answers.partition_point(|later| later.0 > answer), (answer, now, granted));
            left -= granted as usize;
            continue;
        }
        // The next thing that happens: the timer, or an answer, after which the sender asks again too.
        let timer = now - granted + chance.below(scene.lateness);
        match answers.pop_if(|answer| answer.0 < timer) {
            Some((at, sent, messages)) => {
                now = at.max(now);
                lane.answered(sent, now, messages);
            }
            None => now = timer,
        }
    }
    let limit = scene.per_second as usize;
    arrivals.sort_by(f64::total_cmp);
    let refused = arrivals.windows(limit + 1).filter(|window| window[limit] - window[0] < 1000.0).count();
    Outcome { refused, reached: scene.messages as f64 * 100_000.0 / (now - start) / scene.per_second }
}

#[track_caller]
fn none_refused(scene: &Scene, at_least: f64) {
    let Outcome { refused, reached } = play(scene);
    assert_eq!(refused, 0, "refused, at {reached} percent of the rate: {scene:?}");
    assert!(reached >= at_least, "only {reached} percent of the rate: {scene:?}");
}

#[test]
fn a_steady_way_lets_nearly_the_whole_rate_through() {
    for (per_second, messages) in [(300.0, 12_000), (100.0, 4000), (10.0, 400), (1.0, 60), (2000.0, 80_000)] {
        for way in [0.5, 50.0, 400.0, 900.0] {
            none_refused(&Scene { per_second, messages, way, ..Scene::default() }, if way < 500.0 { 95.0 } else { 90.0 });
        }
    }
}

#[test]
fn batches_reach_the_rate_too() {
    for (per_second, batch) in [(300.0, 50.0), (100.0, 25.0), (10.0, 2.0)] {
        for way in [0.5, 50.0, 400.0, 900.0] {
            none_refused(
                &Scene { per_second, batch, messages: per_second as usize * 40, way, ..Scene::default() },
                if way < 500.0 { 95.0 } else { 90.0 },
            );
        }
    }
}

#[test]
fn a_server_that_takes_its_time_after_it_has_counted_slows_nothing_down() {
    none_refused(&Scene { work: 200.0, messages: 6000, ..Scene::default() }, 94.0);
}

#[test]
fn messages_that_overtake_one_another_get_none_refused() {
    for jitter in [1.0, 10.0, 30.0] {
        for seed in 0..20 {
            none_refused(&Scene { jitter, seed, ..Scene::default() }, 97.0);
        }
    }
}

#[test]
fn late_timers_are_made_up_for() {
    none_refused(&Scene { lateness: 30.0, ..Scene::default() }, 95.0);
}

#[test]
fn after_a_stall_that_lets_messages_arrive_together_the_next_ones_wait() {
    let stalled = Scene { stall_every: 700.0, stall: 120.0, ..Scene::default() };
    none_refused(&stalled, 85.0);
    none_refused(&Scene { stall_every: 5000.0, stall: 400.0, messages: 6000, ..stalled }, 85.0);
}

#[test]
fn a_slow_beginning_is_not_taken_for_the_usual() {
    for batch in [1.0, 50.0] {
        for warm_up in [100.0, 200.0, 400.0] {
            none_refused(&Scene { warm_up, batch, ..Scene::default() }, 95.0);
        }
    }
}

#[test]
fn a_message_without_an_answer_holds_nobody_up_for_long() {
    let mut lane = Lane::default();
    let passed = (0..60_000).filter(|at| lane.pass(f64::from(*at), 10.0, 0.0, 1.0) > 0.0).count();
    assert!((280..=320).contains(&passed), "half the rate while nothing is answered, not {passed} in a minute");
}

#[test]
fn more_than_the_limit_is_never_granted_at_once() {
    let mut lane = Lane::default();
    assert_eq!(lane.pass(0.0, 30.0, 0.0, 50.0), 30.0);
    assert!(lane.pass(999.0, 30.0, 0.0, 1.0) < 0.0);
}

#[test]
fn a_rate_below_one_a_second_is_kept() {
    let mut lane = Lane::default();
    assert_eq!(lane.pass(5000.0, 0.1, 0.0, 50.0), 1.0);
    let wait = -lane.pass(5000.0, 0.1, 0.0, 1.0);
    assert!((10_000.0..10_500.0).contains(&wait), "{wait}");
}

#[test]
fn no_limit_is_no_wait() {
    let mut lane = Lane::default();
    for _ in 0..10_000 {
        assert_eq!(lane.pass(1.0, f64::INFINITY, 0.0, 50.0), 50.0);
    }
}

#[test]
fn usage_above_80_percent_slows_down_step_by_step() {
    let wait = |used: f64| {
        let mut lane = Lane::default();
        lane.pass(0.0, 100.0, used, 6.0);
        lane.pass(60.0, 100.0, used, 1.0);
        -lane.pass(60.0, 100.0, used, 1.0)
    };
    let waits: Vec<f64> = [0.0, 80.0, 85.0, 90.0, 95.0, 100.0, 250.0].into_iter().map(wait).collect();
    assert!((waits[0] - waits[1]).abs() < 1e-9, "{waits:?}");
    assert!(waits[1..6].is_sorted_by(|one, other| one < other), "{waits:?}");
    assert_eq!(waits[5], waits[6], "at full usage a trickle is left, to see whether it falls");
    assert!(waits[6] < 10_000.0);
}

#[test]
fn a_clock_that_goes_back_is_survived() {
    let mut lane = Lane::default();
    lane.pass(10_000.0, 300.0, 0.0, 1.0);
    lane.answered(10_000.0, 9000.0, 1.0);
    assert!(lane.pass(9000.0, 300.0, 0.0, 1.0) < 0.0);
    assert_eq!(lane.pass(12_000.0, 300.0, 0.0, 1.0), 1.0);
}

#[test]
fn a_lane_survives_as_numbers() {
    let mut lane = Lane::default();
    for at in 0..400 {
        lane.pass(f64::from(at) * 3.0, 300.0, 0.0, 1.0);
        lane.answered(f64::from(at) * 3.0 - 9.0, f64::from(at) * 3.0, 1.0);
    }
    let mut numbers = vec![0.0; LANE_SIZE];
    assert_eq!(Lane::read(&numbers), Lane::default());
    lane.write(&mut numbers);
    assert_eq!(Lane::read(&numbers), lane);
    assert_eq!(Lane::read(&[]), Lane::default());
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
        let scene = Scene { seed, per_second, batch, way, work, lateness, messages: per_second as usize * 6, ..Scene::default() };
        prop_assert_eq!(play(&scene).refused, 0, "{:?}", scene);
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
        let scene = Scene { seed, per_second, batch, way, lateness, stall, stall_every: 1500.0, messages: per_second as usize * 6, ..Scene::default() };
        prop_assert_eq!(play(&scene).refused, 0, "{:?}", scene);
    }
}
