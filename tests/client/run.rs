//! A run: each message is reported once, in order for each recipient, whatever the source, Graph
//! and the caller do.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{FutureExt, StreamExt, stream};
use messenger_send::client::{
    AccessToken, Client, Delivery, ErrorKind, Event, Message, Retry, RunOptionValues, RunOptions,
    SendAllStatus, SendError,
};
use messenger_send::validate::RuleOptions;
use serde_json::json;

use super::world::{Arrival, Reply, TOKEN, World, all, message, messages, paced, statuses, video};

use SendAllStatus::{Failed, NotSent, Sent, Unknown};

/// Fast enough to be out of the way.
fn quick() -> RunOptions {
    RunOptions::default().per_second(1e6)
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn short(attempts: u32) -> Retry {
    Retry::attempts(attempts).base_delay(ms(1))
}

#[test]
fn each_message_is_sent_once_with_a_receipt_of_its_own() {
    let world = World::new(|arrival| {
        Reply::json(
            200,
            &json!({ "recipient_id": arrival.recipient(), "message_id": "m" }),
        )
        .after(ms(10))
    });
    let run = world
        .client()
        .send_all_with(stream::iter(messages(150)), quick())
        .unwrap();
    let (results, summary) = all(&world, run);
    assert_eq!((summary.counts.sent, summary.stopped), (150, None));
    for result in results {
        let receipt = result.outcome.unwrap();
        assert_eq!(receipt.attempts, 1);
        assert!(result.message.contains(&receipt.recipient_id.unwrap()));
        assert_eq!(result.index + 70_000, world_index(&result.message));
    }
    assert_eq!(world.arrivals().len(), 150);
}

fn world_index(message: &str) -> usize {
    let message: serde_json::Value = serde_json::from_str(message).unwrap();
    message["recipient"]["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap()
}

#[test]
fn one_that_breaks_a_rule_is_refused_or_lost_does_not_disturb_the_others() {
    let world = World::new(|arrival| match arrival.recipient().as_str() {
        "7001" => Reply::code(551),
        "7002" => Reply::reset(),
        _ => Reply::ok(),
    });
    let with_token = json!({
        "recipient": { "id": "7" }, "messaging_type": "RESPONSE", "message": { "text": "a" },
        "access_token": TOKEN,
    });
    let source = vec![
        message(7001, "a"),
        message(7002, "a"),
        message(7003, &"x".repeat(2001)),
        "nonsense".to_owned(),
        with_token.to_string(),
        message(7004, "a"),
    ];
    let run = world
        .client()
        .send_all_with(stream::iter(source), quick())
        .unwrap();
    let (results, summary) = all(&world, run);
    assert_eq!(
        statuses(&results),
        [Failed, Unknown, Failed, Failed, NotSent, Sent]
    );
    assert_eq!(summary.stopped, None);
    let invalid = results.iter().find(|result| result.index == 2).unwrap();
    assert!(invalid.outcome.as_ref().unwrap_err().is_validation());
}

/// A message that cannot be written as JSON.
struct Broken;

impl Message for Broken {
    fn to_request_json(&self, _: &RuleOptions) -> Result<std::borrow::Cow<'_, str>, SendError> {
        Err(SendError::configuration("no JSON"))
    }
}

#[test]
fn a_message_without_json_is_accounted_for() {
    let world = World::new(|_| Reply::ok());
    let mut run = world.client().send_all(stream::iter([Broken, Broken]));
    let result = world.run(run.next()).unwrap();
    assert_eq!((result.index, result.status), (0, NotSent));
    assert!(world.run(run.next()).is_some() && world.run(run.next()).is_none());
    assert_eq!(run.counts().not_sent, 2);
}

#[test]
fn a_temporary_refusal_is_retried_and_reported() {
    let world = World::new(|arrival| match arrival.number {
        0 => Reply::code(1200),
        1 => Reply::code(2),
        _ => Reply::ok(),
    });
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let client = world.builder().retry(short(3)).on_event(move |event| {
        if let Event::Retry(retry) = event {
            heard
                .lock()
                .unwrap()
                .push((retry.attempt, retry.error.code));
        }
    });
    let client = client.build(world.clone()).unwrap();
    let (_, summary) = all(
        &world,
        client
            .send_all_with(stream::iter(messages(3)), quick())
            .unwrap(),
    );
    assert_eq!((summary.counts.sent, world.arrivals().len()), (3, 5));
    assert_eq!(*told.lock().unwrap(), [(1, Some(1200)), (1, Some(2))]);
}

#[test]
fn attempts_are_used_up_by_each_message_for_itself() {
    let world = World::new(|arrival| match arrival.recipient().as_str() {
        "70000" => Reply::code(1200),
        _ => Reply::ok(),
    });
    let client = world.client_with(short(4));
    let (results, _) = all(
        &world,
        client
            .send_all_with(stream::iter(messages(3)), quick())
            .unwrap(),
    );
    assert_eq!(statuses(&results), [Failed, Sent, Sent]);
    let failed = results
        .iter()
        .find(|result| result.status == Failed)
        .unwrap();
    assert_eq!(failed.outcome.as_ref().unwrap_err().attempts, 4);
}

#[test]
fn an_unknown_outcome_is_retried_only_on_request() {
    for (unknown, expected) in [(false, Unknown), (true, Sent)] {
        let world = World::new(|arrival| match arrival.number {
            0 => Reply::reset(),
            _ => Reply::ok(),
        });
        let client = world.builder().retry(short(3).unknown(unknown));
        let client = client.build(world.clone()).unwrap();
        let (results, _) = all(
            &world,
            client
                .send_all_with(stream::iter(messages(1)), quick())
                .unwrap(),
        );
        assert_eq!(statuses(&results), [expected]);
    }
}

#[test]
fn a_message_that_never_left_is_retried_within_the_attempts() {
    for (failures, expected) in [(2, Sent), (3, NotSent)] {
        let world = World::new(move |arrival| match arrival.number {
            number if number < failures => Reply::refused(),
            _ => Reply::ok(),
        });
        let client = world.client_with(short(3));
        let (results, _) = all(
            &world,
            client
                .send_all_with(stream::iter(messages(1)), quick())
                .unwrap(),
        );
        assert_eq!(statuses(&results), [expected], "{failures} failures");
    }
}

// --- Order and concurrency ---

#[test]
fn messages_to_one_recipient_go_one_after_the_other_in_order() {
    let under_way = Arc::new(Mutex::new(HashMap::<String, Duration>::new()));
    let world = World::new(move |arrival| {
        let after = ms(1 + (arrival.number as u64 * 7) % 13);
        let free_at = arrival.at + after;
        let before = under_way
            .lock()
            .unwrap()
            .insert(arrival.recipient(), free_at);
        assert!(
            before.is_none_or(|free_at| free_at <= arrival.at),
            "two at once to one recipient"
        );
        let reply = if arrival.number % 5 == 0 {
            Reply::code(551)
        } else {
            Reply::ok()
        };
        reply.after(after)
    });
    let source: Vec<_> = (0..200)
        .map(|index| message(index % 10, &index.to_string()))
        .collect();
    let (_, summary) = all(
        &world,
        world
            .client()
            .send_all_with(stream::iter(source), quick())
            .unwrap(),
    );
    assert_eq!(summary.counts.done, 200);
    assert!(
        summary.counts.failed > 0,
        "an earlier failure does not keep the later ones"
    );
    assert_in_order(&world.arrivals(), 200);
    assert!(world.most_under_way() > 5);
}

fn assert_in_order(arrivals: &[Arrival], count: usize) {
    let mut last: HashMap<String, usize> = HashMap::new();
    for arrival in arrivals {
        let number: usize = arrival.text().parse().unwrap();
        let before = last.insert(arrival.recipient(), number);
        assert!(
            before.is_none_or(|before| before < number),
            "{before:?} {number}"
        );
    }
    assert_eq!(arrivals.len(), count);
}

#[test]
fn a_message_that_is_sent_again_goes_before_the_next_one_to_its_recipient() {
    let world = World::new(|arrival| match arrival.number {
        0 | 1 => Reply::code(1200),
        _ => Reply::ok(),
    });
    let client = world.client_with(short(3));
    let source = stream::iter(vec![message(1, "first"), message(1, "second")]);
    all(&world, client.send_all_with(source, quick()).unwrap());
    let texts: Vec<_> = world.arrivals().iter().map(Arrival::text).collect();
    assert_eq!(texts, ["first", "first", "first", "second"]);
}

#[test]
fn other_members_do_not_change_a_recipient() {
    let forms = [
        [
            r#"{"phone_number":"+1(212)555-2368"}"#,
            r#"{"phone_number":"+12125552368","name":{"first_name":"A","last_name":"B"}}"#,
        ],
        [r#"{"user_ref":"u"}"#, r#"{ "user_ref": "\u0075" }"#],
        [r#"{"comment_id":"c"}"#, r#"{"comment_id":"c"}"#],
        [r#"{"id":"7001"}"#, r#"{"id":"\u0037001"}"#],
    ];
    for [one, other] in forms {
        let world = World::new(|_| Reply::ok().after(ms(20)));
        let source = [one, other, one].map(|recipient| {
            format!(
                r#"{{"recipient":{recipient},"messaging_type":"UPDATE","message":{{"text":"a"}}}}"#
            )
        });
        let (_, summary) = all(
            &world,
            world
                .client()
                .send_all_with(stream::iter(source), quick())
                .unwrap(),
        );
        assert_eq!(
            (summary.counts.sent, world.most_under_way()),
            (3, 1),
            "{one}"
        );
    }
    let world = World::new(|_| Reply::ok().after(ms(20)));
    let source = [r#"{"user_ref":"7001"}"#, r#"{"id":"7001"}"#].map(|recipient| {
        format!(r#"{{"recipient":{recipient},"messaging_type":"UPDATE","message":{{"text":"a"}}}}"#)
    });
    all(
        &world,
        world
            .client()
            .send_all_with(stream::iter(source), quick())
            .unwrap(),
    );
    assert_eq!(
        world.most_under_way(),
        2,
        "an id and a reference are two recipients"
    );
}

#[test]
fn never_more_than_concurrency_are_under_way() {
    for concurrency in [1, 7, 40] {
        let world = World::new(|_| Reply::ok().after(ms(5)));
        let options = quick().concurrency(concurrency);
        all(
            &world,
            world
                .client()
                .send_all_with(stream::iter(messages(300)), options)
                .unwrap(),
        );
        assert_eq!(world.most_under_way(), concurrency as usize);
    }
}

#[test]
fn many_messages_to_one_slow_recipient_do_not_keep_the_others_waiting() {
    let world = World::new(|arrival| match arrival.recipient().as_str() {
        "1" => Reply::ok().after(Duration::from_secs(10)),
        _ => Reply::ok().after(ms(5)),
    });
    let mut source: Vec<_> = (0..30).map(|_| message(1, "slow")).collect();
    source.extend(messages(300));
    let run = world
        .client()
        .send_all_with(stream::iter(source), quick())
        .unwrap();
    let (results, summary) = all(&world, run);
    assert_eq!(summary.counts.sent, 330);
    assert!(
        results[..300]
            .iter()
            .all(|result| result.message.contains("hello"))
    );
}

// --- Sources ---

#[test]
fn messages_from_a_slow_source_are_sent_at_once() {
    let world = World::new(|_| Reply::ok());
    let taken = Mutex::new(0);
    let start = world.now();
    let run = world
        .client()
        .send_all(paced(&world, messages(3), ms(60), &taken));
    let (results, summary) = all(&world, run);
    assert_eq!((results.len(), summary.counts.sent), (3, 3));
    let times: Vec<_> = world
        .arrivals()
        .iter()
        .map(|arrival| arrival.at - start)
        .collect();
    assert_eq!(times, [ms(60), ms(120), ms(180)]);
}

#[test]
fn a_failing_source_stops_the_run_after_the_messages_taken() {
    let world = World::new(|_| Reply::ok().after(ms(10)));
    let failed = SendError::configuration("The source of the messages threw an error.");
    let mut steps: Vec<Result<String, SendError>> = messages(5).into_iter().map(Ok).collect();
    steps.push(Err(failed.clone()));
    steps.push(Ok(message(1, "never taken")));
    let run = world
        .client()
        .try_send_all(stream::iter(steps), quick())
        .unwrap();
    let (_, summary) = all(&world, run);
    assert_eq!(summary.counts.done, 5);
    assert_eq!(summary.stopped, Some(failed));
}

#[test]
fn an_endless_source_is_held_in_bounds() {
    let world = World::new(|_| Reply::ok());
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let source =
        stream::repeat_with(move || message(counted.fetch_add(1, Ordering::SeqCst) % 5000, "a"));
    let start = world.now();
    let at = start + Duration::from_secs(3);
    let options = RunOptions::default().per_second(f64::INFINITY);
    let mut run = world
        .client()
        .send_all_with(source, options)
        .unwrap()
        .abort_when(world.sleep_until(at));
    let mut settled = 0;
    world.run(async {
        while run.next().await.is_some() {
            settled += 1;
            assert!(
                taken.load(Ordering::SeqCst) - settled <= 1000,
                "1000 are held at most"
            );
            if settled % 256 == 0 {
                // Where a turn takes no time the abort would never come.
                world.sleep_until(world.now() + ms(10)).await;
            }
        }
    });
    let summary = run.summary();
    assert_eq!(summary.counts.done as usize, taken.load(Ordering::SeqCst));
    assert_eq!(summary.stopped.unwrap().kind, ErrorKind::Aborted);
    assert!(summary.counts.sent > 10_000);
}

#[test]
fn where_everything_is_at_hand_the_event_loop_has_its_turn() {
    // Neither the source nor Graph ever waits: `World::run` fails if the run does not either.
    let world = World::new(|_| Reply::ok());
    let options = RunOptions::default().per_second(f64::INFINITY);
    let run = world
        .client()
        .send_all_with(stream::iter(messages(5000)), options)
        .unwrap();
    let (_, summary) = all(&world, run);
    assert_eq!(summary.counts.sent, 5000);
    let world = World::new(|_| Reply::ok());
    let invalid = stream::iter(vec!["nonsense".to_owned(); 5000]);
    let (_, summary) = all(
        &world,
        world.client().send_all_with(invalid, quick()).unwrap(),
    );
    assert_eq!(summary.counts.failed, 5000);
}

#[test]
fn an_empty_source_asks_for_no_token() {
    let world = World::new(|_| Reply::ok());
    let token = AccessToken::from_fn(|| async { Err::<String, _>("never asked") });
    let client = Client::builder(token).build(world.clone()).unwrap();
    let (_, summary) = all(&world, client.send_all(stream::iter(messages(0))));
    assert_eq!((summary.counts.done, summary.stopped), (0, None));
}

// --- Stopping ---

#[test]
fn invalid_credentials_and_a_blocked_page_stop_the_run() {
    let refusals = [
        (
            json!({ "code": 190, "error_subcode": 463 }),
            ErrorKind::Auth,
        ),
        (json!({ "code": 102 }), ErrorKind::Auth),
        (json!({ "code": 2500 }), ErrorKind::Auth),
        (
            json!({ "code": 100, "message": "Invalid appsecret_proof provided in the API argument" }),
            ErrorKind::Auth,
        ),
        (
            json!({ "code": 10, "error_subcode": 1_893_063 }),
            ErrorKind::Policy,
        ),
        (json!({ "code": 368 }), ErrorKind::Policy),
    ];
    for (error, kind) in refusals {
        let code = error["code"].as_i64();
        let world = World::new(move |arrival| match arrival.number {
            0..20 => Reply::ok().after(ms(5)),
            _ => Reply::error(&error).after(ms(5)),
        });
        let options = quick().concurrency(5);
        let run = world
            .client()
            .send_all_with(stream::iter(messages(2500)), options)
            .unwrap();
        let (results, summary) = all(&world, run);
        assert_eq!(
            (summary.counts.done, summary.counts.sent),
            (2500, 20),
            "{code:?}"
        );
        assert!(
            (1..=5).contains(&summary.counts.failed),
            "only what was under way"
        );
        let last = results.iter().find(|result| result.index == 2499).unwrap();
        let error = last.outcome.as_ref().unwrap_err();
        assert_eq!((error.kind, error.code, error.attempts), (kind, code, 0));
        assert_eq!(error.delivery, Delivery::NotSent);
        assert!(last.is_left_over);
    }
}

#[test]
fn one_permission_error_is_a_messages_own_and_twenty_in_a_row_are_the_pages() {
    let one_by_one = || quick().concurrency(1);
    let some = World::new(|arrival| match arrival.number % 20 {
        0 => Reply::ok(),
        _ => Reply::code(200),
    });
    let run = some
        .client()
        .send_all_with(stream::iter(messages(100)), one_by_one())
        .unwrap();
    assert_eq!(all(&some, run).1.stopped, None, "19 in a row");
    let every = World::new(|_| Reply::code(200));
    let run = every
        .client()
        .send_all_with(stream::iter(messages(100)), one_by_one())
        .unwrap();
    let (_, summary) = all(&every, run);
    assert_eq!((summary.counts.failed, summary.counts.not_sent), (20, 80));
    assert_eq!(summary.stopped.unwrap().kind, ErrorKind::Permission);
}

#[test]
fn after_a_stop_a_source_of_unknown_length_is_closed_and_one_of_known_length_gone_through() {
    let world = World::new(|_| Reply::code(190));
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let endless = stream::repeat_with(move || message(counted.fetch_add(1, Ordering::SeqCst), "a"));
    let (_, summary) = all(
        &world,
        world.client().send_all_with(endless, quick()).unwrap(),
    );
    assert_eq!(summary.counts.done as usize, taken.load(Ordering::SeqCst));
    assert!(summary.counts.done <= 1000);

    let known = messages(3000).into_iter().filter(|_| true);
    let options = quick().total(3000);
    let (_, summary) = all(
        &world,
        world
            .client()
            .send_all_with(stream::iter(known), options)
            .unwrap(),
    );
    assert_eq!(summary.counts.done, 3000);
}

#[test]
fn a_token_function_is_asked_once_more_and_the_message_goes_again() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let token = AccessToken::from_fn(move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        async move { Ok::<_, std::convert::Infallible>(format!("{TOKEN}{number}")) }
    });
    // The first token dies after 50 messages, the second one is good.
    let world = World::new(|arrival| {
        let is_first = arrival.field("access_token").ends_with('0');
        let reply = if is_first && arrival.number >= 50 {
            Reply::code(190)
        } else {
            Reply::ok()
        };
        reply.after(ms(5))
    });
    let client = Client::builder(token).build(world.clone()).unwrap();
    let (results, summary) = all(
        &world,
        client
            .send_all_with(stream::iter(messages(300)), quick())
            .unwrap(),
    );
    assert_eq!((summary.counts.sent, summary.stopped), (300, None));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    let most = results
        .iter()
        .map(|result| result.outcome.as_ref().unwrap().attempts)
        .max();
    assert_eq!(most, Some(2));
}

#[test]
fn a_token_that_is_refused_after_it_was_renewed_stops_the_run() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let token = AccessToken::from_fn(move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        async move { Ok::<_, std::convert::Infallible>(format!("{TOKEN}{number}")) }
    });
    let world = World::new(|_| Reply::code(190).after(ms(5)));
    let client = Client::builder(token).build(world.clone()).unwrap();
    let (_, summary) = all(
        &world,
        client
            .send_all_with(stream::iter(messages(300)), quick())
            .unwrap(),
    );
    assert_eq!(
        (asked.load(Ordering::SeqCst), summary.counts.done),
        (2, 300)
    );
    assert_eq!(summary.stopped.unwrap().code, Some(190));
    assert!(summary.counts.failed <= 32, "only what was under way");
}

#[test]
fn without_a_token_nothing_is_sent() {
    let world = World::new(|_| Reply::ok());
    let token = AccessToken::from_fn(|| async { Err::<String, _>("the vault is sealed") });
    let client = Client::builder(token).build(world.clone()).unwrap();
    let (_, summary) = all(&world, client.send_all(stream::iter(messages(30))));
    assert_eq!((summary.counts.not_sent, world.arrivals().len()), (30, 0));
    assert_eq!(summary.stopped.unwrap().kind, ErrorKind::Auth);
}

// --- Aborting ---

#[test]
fn an_abort_settles_requests_in_flight_and_reports_all_of_a_list() {
    let world = World::new(|_| Reply::silence());
    let options = quick().concurrency(4);
    let at = world.now() + ms(200);
    let run = world
        .client()
        .send_all_with(stream::iter(messages(2000)), options)
        .unwrap();
    let run = run.abort_when(world.sleep_until(at));
    let (results, summary) = all(&world, run);
    assert_eq!((summary.counts.unknown, summary.counts.not_sent), (4, 1996));
    assert_eq!(summary.duration, ms(200));
    for result in results {
        assert_eq!(result.outcome.unwrap_err().kind, ErrorKind::Aborted);
    }
}

#[test]
fn an_abort_while_a_message_waits_to_be_sent_again_leaves_it_refused() {
    let world = World::new(|_| Reply::code(1200));
    let retry = Retry::default().base_delay(Duration::from_secs(60));
    let client = world
        .builder()
        .retry(retry.max_delay(Duration::from_secs(60)));
    let client = client.build(world.clone()).unwrap();
    let at = world.now() + ms(10);
    let run = client
        .send_all(stream::iter(messages(1)))
        .abort_when(world.sleep_until(at));
    let (results, _) = all(&world, run);
    assert_eq!(statuses(&results), [Failed]);
    let error = results[0].outcome.as_ref().unwrap_err();
    assert_eq!((error.delivery, error.attempts), (Delivery::Rejected, 1));
}

#[test]
fn aborted_before_it_begins_nothing_goes_out() {
    let world = World::new(|_| Reply::ok());
    let run = world.client().send_all(stream::iter(messages(30)));
    let (_, summary) = all(&world, run.abort_when(std::future::ready(())));
    assert_eq!((summary.counts.not_sent, world.arrivals().len()), (30, 0));
}

#[test]
fn an_abort_ends_a_source_that_does_not_answer() {
    struct Hanging(Arc<AtomicUsize>);
    impl Drop for Hanging {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let closed = Arc::new(AtomicUsize::new(0));
    let guard = Hanging(Arc::clone(&closed));
    let world = World::new(|_| Reply::ok());
    let hanging = stream::poll_fn(move |_| {
        let _ = &guard;
        std::task::Poll::<Option<String>>::Pending
    });
    let at = world.now() + ms(50);
    let run = world
        .client()
        .send_all(hanging)
        .abort_when(world.sleep_until(at));
    let (results, summary) = all(&world, run);
    assert_eq!((results.len(), closed.load(Ordering::SeqCst)), (0, 1));
    assert!(
        summary.duration <= ms(1050),
        "it is waited for a moment only"
    );
}

#[test]
fn a_message_that_a_source_hands_over_after_an_abort_is_accounted_for() {
    for aborted_at in 1..100 {
        let world = World::new(|_| Reply::ok().after(ms(7)));
        let taken = Mutex::new(0);
        let at = world.now() + ms(aborted_at);
        let run = world
            .client()
            .send_all_with(paced(&world, messages(1000), ms(3), &taken), quick())
            .unwrap()
            .abort_when(world.sleep_until(at));
        let (results, summary) = all(&world, run);
        assert_eq!(
            results.len(),
            *taken.lock().unwrap(),
            "aborted after {aborted_at} ms"
        );
        assert_eq!(summary.stopped.unwrap().kind, ErrorKind::Aborted);
    }
}

#[test]
fn dropping_a_run_leaves_nothing_behind() {
    let world = World::new(|_| Reply::silence());
    let client = world.client();
    let mut run = client
        .send_all_with(stream::iter(messages(50)), quick())
        .unwrap();
    assert!(world.run(async { run.next().now_or_never() }).is_none());
    assert!(world.most_under_way() > 0);
    drop(run);
    assert_eq!(world.timers(), 0);
}

// --- Options and progress ---

#[test]
fn options_that_cannot_be_are_refused_before_anything_is_taken() {
    let world = World::new(|_| Reply::ok());
    let options = RunOptions::default;
    let bad = [
        options().concurrency(0),
        options().per_second(0.0),
        options().per_second(-1.0),
        options().per_second(f64::NAN),
        options().outage(messenger_send::client::MAX_DURATION + ms(1)),
    ];
    for options in bad {
        let refused = world
            .client()
            .send_all_with(stream::iter(messages(1)), options)
            .err();
        assert_eq!(refused.unwrap().kind, ErrorKind::Configuration);
    }
    let options = options()
        .outage(messenger_send::client::MAX_DURATION)
        .concurrency(1);
    assert!(
        world
            .client()
            .send_all_with(stream::iter(messages(1)), options)
            .is_ok()
    );
}

#[test]
fn options_of_another_language_are_numbers() {
    let read = |json: serde_json::Value| {
        serde_json::from_value::<RunOptionValues>(json)
            .unwrap()
            .into_options()
    };
    let options =
        read(json!({ "concurrency": 7, "perSecond": 0.5, "batch": true, "outageMs": 1500 }));
    let expected = RunOptions::default()
        .concurrency(7)
        .per_second(0.5)
        .batch(true);
    assert_eq!(options.unwrap(), expected.outage(ms(1500)));
    assert_eq!(
        read(json!({ "concurrency": null })).unwrap(),
        RunOptions::default()
    );
    for bad in [
        json!({ "concurrency": 0 }),
        json!({ "concurrency": 1.5 }),
        json!({ "concurrency": -1 }),
        json!({ "perSecond": 0 }),
        json!({ "outageMs": -1 }),
        json!({ "outageMs": 2_147_483_648.0 }),
    ] {
        let name = bad.as_object().unwrap().keys().next().unwrap().clone();
        let error = read(bad).unwrap_err();
        assert!(error.message.starts_with(&name), "{error}");
        assert_eq!(error.kind, ErrorKind::Configuration);
    }
}

#[test]
fn progress_can_be_read_at_any_time_and_from_elsewhere() {
    let world = World::new(|_| Reply::ok().after(ms(20)));
    let options = quick().concurrency(5);
    let mut run = world
        .client()
        .send_all_with(stream::iter(messages(60)), options)
        .unwrap();
    let elsewhere = run.progress_handle();
    assert_eq!(
        (elsewhere.get().total, elsewhere.get().counts.done),
        (Some(60), 0)
    );
    let mut last = 0;
    world.run(async {
        while run.next().await.is_some() {
            let progress = elsewhere.get();
            assert_eq!(progress.counts.done, last + 1);
            assert!(progress.per_second() > 0.0 && progress.time_left().is_some());
            last += 1;
        }
    });
    let mut json = serde_json::to_value(elsewhere.get()).unwrap();
    let per_second = json["perSecond"].take().as_f64().unwrap();
    assert!((249.0..=250.0).contains(&per_second), "{per_second}");
    let expected = json!({
        "done": 60, "sent": 60, "failed": 0, "unknown": 0, "not_sent": 0,
        "total": 60, "timeLeftMs": 0, "perSecond": null,
    });
    assert_eq!(json, expected);
    let json = serde_json::to_value(run.summary()).unwrap();
    let expected = json!({
        "done": 60, "sent": 60, "failed": 0, "unknown": 0, "not_sent": 0, "durationMs": 240,
    });
    assert_eq!(json, expected);
}

#[test]
fn a_stamp_is_in_the_message_and_on_its_result() {
    let world = World::new(|arrival| match arrival.number {
        0 => Reply::code(551),
        _ => Reply::ok(),
    });
    let client = world.builder().stamp(true).build(world.clone()).unwrap();
    let (results, _) = all(
        &world,
        client
            .send_all_with(stream::iter(messages(5)), quick())
            .unwrap(),
    );
    let sent: HashSet<_> = world
        .arrivals()
        .iter()
        .map(|arrival| {
            let message: serde_json::Value =
                serde_json::from_str(arrival.field("message")).unwrap();
            message["metadata"].as_str().unwrap().to_owned()
        })
        .collect();
    let told: HashSet<_> = results
        .iter()
        .map(|result| match &result.outcome {
            Ok(receipt) => receipt.stamp.clone().unwrap(),
            Err(error) => error.stamp.clone().unwrap(),
        })
        .collect();
    assert_eq!((sent.len(), sent), (5, told));
}

#[test]
fn text_does_not_wait_for_video() {
    let world = World::new(|_| Reply::ok().after(ms(50)));
    let mut source: Vec<_> = (0..20).map(video).collect();
    source.extend(messages(100));
    let (results, _) = all(&world, world.client().send_all(stream::iter(source)));
    let last_text = results
        .iter()
        .rposition(|result| result.message.contains("hello"))
        .unwrap();
    assert!(
        results.len() - last_text > 10,
        "most videos come after the last text"
    );
}
