//! A run does not waste its messages during an outage.

use std::time::Duration;

use futures_util::stream;
use messenger_send::client::{ErrorKind, Retry, RunOptions, SendAllStatus};
use serde_json::json;

use super::world::{Reply, World, all, messages, statuses};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// A name and what Graph then does.
type Kind = (&'static str, fn() -> Reply);

/// Ways in which nothing comes back from Graph.
fn kinds() -> [Kind; 6] {
    [
        ("no connection", Reply::refused),
        ("reset", || Reply::reset().after(ms(30))),
        ("silence", Reply::silence),
        ("a gateway's page", || {
            Reply::text(502, "<html>Bad gateway</html>").after(ms(30))
        }),
        ("throttled by a gateway", || {
            Reply::text(429, "slow down").after(ms(30))
        }),
        ("a captive portal", || {
            Reply::text(200, "<html>Log in</html>").after(ms(30))
        }),
    ]
}

/// Graph, which is out from two seconds after the start until `end`.
fn world_with_outage(reply: fn() -> Reply, end: Duration) -> World {
    World::new(move |arrival| {
        let since = arrival.at - seconds(1_000);
        if since > seconds(2) && since < end {
            return reply();
        }
        answer(arrival.items().len())
    })
}

/// How many messages an outage may leave unknown: 25, or two batches.
fn most_unknown(batch: bool) -> u64 {
    if batch { 100 } else { 25 }
}

#[test]
fn an_outage_in_the_middle_costs_little_and_the_run_goes_on() {
    for (name, reply) in kinds() {
        for batch in [false, true] {
            let world = world_with_outage(reply, seconds(62));
            let options = RunOptions::default().batch(batch);
            let run = world
                .client()
                .send_all_with(stream::iter(messages(3000)), options)
                .unwrap();
            let (_, summary) = all(&world, run);
            let most = most_unknown(batch);
            assert_eq!(summary.stopped, None, "{name}");
            assert!(
                summary.counts.unknown <= most,
                "{name}: {:?}",
                summary.counts
            );
            assert_eq!(summary.counts.not_sent, 0, "{name}");
            // One that a gateway throttled again and again was refused, and is over.
            assert!(summary.counts.failed <= 5, "{name}: {:?}", summary.counts);
            assert!(
                summary.duration < seconds(62 + 60 + 31),
                "{name}: {:?}",
                summary.duration
            );
            let arrivals = world.arrivals();
            let during = arrivals.iter().filter(|arrival| {
                let since = arrival.at - seconds(1_000);
                since > seconds(4) && since < seconds(62)
            });
            assert!(during.count() <= 60, "{name}");
        }
    }
}

/// The answer to one message, or to a batch of so many.
fn answer(batch: usize) -> Reply {
    let receipt = json!({ "message_id": "m" }).to_string();
    match batch {
        0 => Reply::text(200, &receipt).after(ms(50)),
        items => {
            let list = vec![json!({ "code": 200, "body": receipt }); items];
            Reply::json(200, &json!(list)).after(ms(50))
        }
    }
}

#[test]
fn an_outage_that_lasts_stops_the_run_and_the_rest_was_not_sent() {
    for (name, reply) in kinds() {
        for batch in [false, true] {
            let world = world_with_outage(reply, Duration::MAX);
            let options = RunOptions::default().batch(batch);
            let run = world
                .client()
                .send_all_with(stream::iter(messages(3000)), options)
                .unwrap();
            let (results, summary) = all(&world, run);
            let most = most_unknown(batch);
            assert_eq!(summary.counts.done, 3000);
            assert!(
                summary.counts.unknown <= most,
                "{name} {batch}: {:?}",
                summary.counts
            );
            assert!(
                summary.counts.not_sent > 2000,
                "{name}: {:?}",
                summary.counts
            );
            let stopped = summary.stopped.unwrap();
            assert!(
                stopped.message.contains("Graph has not answered"),
                "{name}: {stopped}"
            );
            assert!(stopped.is_not_sent());
            let lasted = summary.duration;
            assert!(
                lasted > seconds(290) && lasted < seconds(370),
                "{name}: {lasted:?}"
            );
            assert!(results.iter().filter(|result| result.is_left_over).count() > 2000);
        }
    }
}

#[test]
fn the_time_of_an_outage_is_an_option() {
    for outage in [seconds(0), seconds(10), seconds(3600)] {
        let world = World::new(|_| Reply::refused());
        let options = RunOptions::default().outage(outage);
        let run = world
            .client()
            .send_all_with(stream::iter(messages(200)), options)
            .unwrap();
        let (_, summary) = all(&world, run);
        assert_eq!(summary.counts.not_sent, 200);
        assert!(summary.stopped.is_some());
        assert!(summary.duration >= outage && summary.duration < outage + seconds(5));
    }
}

#[test]
fn nine_failures_in_a_row_are_not_an_outage_but_ten_are() {
    for (failures, pauses) in [(9, false), (10, true)] {
        let world = World::new(move |arrival| match arrival.number {
            number if number < failures => Reply::reset(),
            _ => Reply::ok(),
        });
        let options = RunOptions::default().concurrency(1);
        let run = world
            .client()
            .send_all_with(stream::iter(messages(50)), options)
            .unwrap();
        let (_, summary) = all(&world, run);
        assert_eq!(summary.counts.unknown, failures as u64);
        assert_eq!(summary.duration >= seconds(1), pauses, "{failures}");
    }
}

#[test]
fn a_refusal_in_between_is_an_answer_of_graph() {
    let world = World::new(|arrival| match arrival.number % 10 {
        9 => Reply::code(551),
        _ => Reply::reset(),
    });
    let options = RunOptions::default().concurrency(1);
    let run = world
        .client()
        .send_all_with(stream::iter(messages(100)), options)
        .unwrap();
    let (_, summary) = all(&world, run);
    assert_eq!((summary.counts.unknown, summary.counts.failed), (90, 10));
    assert!(summary.duration < seconds(1));
}

#[test]
fn a_500_with_an_error_of_graph_is_not_an_outage() {
    let world = World::new(|_| Reply::json(500, &json!({ "error": { "code": 551 } })));
    let run = world.client().send_all(stream::iter(messages(100)));
    let (_, summary) = all(&world, run);
    assert_eq!((summary.counts.failed, summary.stopped), (100, None));
}

#[test]
fn a_message_that_tries_the_way_uses_up_no_attempt() {
    // Ten messages, of which each has two attempts, live through an hour without a connection.
    let world = World::new(
        |arrival| match arrival.at - seconds(1_000) < seconds(3600) {
            true => Reply::refused(),
            false => Reply::ok(),
        },
    );
    let client = world.client_with(Retry::attempts(2));
    let options = RunOptions::default().outage(seconds(2 * 3600));
    let run = client
        .send_all_with(stream::iter(messages(10)), options)
        .unwrap();
    let (results, summary) = all(&world, run);
    assert_eq!(statuses(&results), [SendAllStatus::Sent; 10]);
    assert!(summary.duration < seconds(3600 + 61));
}

#[test]
fn a_wait_that_a_gateway_asks_for_is_kept() {
    let world = World::new(|arrival| match arrival.number < 10 {
        true => Reply::text(429, "slow down").header("Retry-After", "20"),
        false => Reply::ok(),
    });
    let options = RunOptions::default().concurrency(1);
    let run = world
        .client()
        .send_all_with(stream::iter(messages(30)), options)
        .unwrap();
    let (_, summary) = all(&world, run);
    assert_eq!(summary.counts.sent, 30);
    let arrivals = world.arrivals();
    assert!(arrivals[10].at - arrivals[9].at >= seconds(20));
}

#[test]
fn an_abort_ends_an_outage() {
    let world = World::new(|_| Reply::refused());
    let at = world.now() + seconds(30);
    let run = world.client().send_all(stream::iter(messages(100)));
    let (_, summary) = all(&world, run.abort_when(world.sleep_until(at)));
    assert_eq!(
        (summary.counts.not_sent, summary.duration),
        (100, seconds(30))
    );
    assert_eq!(summary.stopped.unwrap().kind, ErrorKind::Aborted);
}
