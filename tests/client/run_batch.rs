//! Batches: several messages in one request, each with its own outcome.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::stream;
use messenger_send::client::{ErrorKind, Retry, RunOptions, SendAllStatus};
use serde_json::{Value, json};

use super::world::{
    Arrival, Reply, TOKEN, World, all, message, messages, paced, recipient_of, statuses,
};

use SendAllStatus::{Failed, Sent, Unknown};

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn quick() -> RunOptions {
    RunOptions::default().per_second(1e6).batch(true)
}

fn receipt(item: &[(String, String)]) -> Value {
    let recipient = item.iter().find(|(name, _)| name == "recipient").unwrap();
    let body = json!({ "recipient_id": recipient_of(&recipient.1), "message_id": "m" });
    json!({ "code": 200, "body": body.to_string() })
}

/// Takes every message.
fn accept(arrival: &Arrival) -> Reply {
    let items: Vec<_> = arrival.items().iter().map(|item| receipt(item)).collect();
    Reply::json(200, &json!(items)).after(ms(20))
}

#[test]
fn a_batch_holds_50_messages_and_the_token_once() {
    let world = World::new(accept);
    let client = world.builder().page_id("123").build(world.clone()).unwrap();
    let run = client
        .send_all_with(stream::iter(messages(120)), quick())
        .unwrap();
    let (results, _) = all(&world, run);
    let arrivals = world.arrivals();
    let sizes: Vec<_> = arrivals
        .iter()
        .map(|arrival| arrival.items().len())
        .collect();
    assert_eq!(sizes, [50, 50, 20]);
    for arrival in &arrivals {
        assert_eq!(arrival.url, "https://graph.facebook.com/v25.0/");
        assert_eq!(arrival.field("access_token"), TOKEN);
        let batch: Value = serde_json::from_str(arrival.field("batch")).unwrap();
        assert!(!batch.to_string().contains(TOKEN));
        for item in batch.as_array().unwrap() {
            assert_eq!(
                (&item["method"], &item["relative_url"]),
                (&json!("POST"), &json!("123/messages"))
            );
        }
    }
    for result in results {
        let receipt = result.outcome.unwrap();
        assert!(result.message.contains(&receipt.recipient_id.unwrap()));
        assert_eq!(receipt.attempts, 1);
    }
}

#[test]
fn two_messages_to_one_recipient_are_never_in_one_batch_and_keep_their_order() {
    let world = World::new(accept);
    let source: Vec<_> = (0..90)
        .map(|index| message(index % 30, &index.to_string()))
        .collect();
    all(
        &world,
        world
            .client()
            .send_all_with(stream::iter(source), quick())
            .unwrap(),
    );
    let mut texts = vec![Vec::new(); 30];
    for arrival in world.arrivals() {
        let items = arrival.items();
        let recipients: HashSet<_> = items.iter().map(|item| receipt(item).to_string()).collect();
        assert_eq!(recipients.len(), items.len());
        for item in items {
            let field = |name: &str| &item.iter().find(|(known, _)| known == name).unwrap().1;
            let place: usize = recipient_of(field("recipient")).parse().unwrap();
            let message: Value = serde_json::from_str(field("message")).unwrap();
            texts[place].push(message["text"].as_str().unwrap().parse::<usize>().unwrap());
        }
    }
    for (place, texts) in texts.iter().enumerate() {
        assert_eq!(*texts, [place, place + 30, place + 60]);
    }
}

#[test]
fn an_item_has_its_own_fate() {
    let good = r#"{"message_id":"m"}"#;
    let error = |code: i64| json!({ "code": 400, "body": json!({ "error": { "code": code } }).to_string() });
    let items = json!([
        { "code": 200, "body": good },
        null,
        error(551),
        error(1200),
        { "code": 500, "body": "" },
        { "code": 200, "body": r#"{"message_id":"#.to_owned() },
        { "code": 200, "body": r#"{"error":{"code":100},"x":1}"# },
        { "code": 200 },
        1,
    ]);
    let world = World::new(move |arrival| match arrival.number {
        0 => Reply::json(200, &items),
        _ => accept(arrival),
    });
    let retry = Retry::default().base_delay(ms(1));
    let client = world.client_with(retry);
    let (mut results, _) = all(
        &world,
        client
            .send_all_with(stream::iter(messages(10)), quick())
            .unwrap(),
    );
    let expected = [
        Sent, Unknown, Failed, Sent, Unknown, Unknown, Failed, Unknown, Unknown, Unknown,
    ];
    assert_eq!(statuses(&results), expected);
    results.sort_by_key(|result| result.index);
    let attempts: Vec<_> = results
        .iter()
        .map(|result| match &result.outcome {
            Ok(receipt) => receipt.attempts,
            Err(error) => error.attempts,
        })
        .collect();
    assert_eq!(attempts, [1, 1, 1, 2, 1, 1, 1, 1, 1, 1]);
    assert_eq!(
        results[1].outcome.as_ref().unwrap_err().kind,
        ErrorKind::Network
    );
}

#[test]
fn headers_of_an_item_are_read() {
    let usage = json!({ "call_count": 33 }).to_string();
    let world = World::new(move |_| {
        let headers = json!([null, 1, { "name": 5 }, { "name": "X-App-Usage", "value": usage }]);
        Reply::json(
            200,
            &json!([{ "code": 200, "body": r#"{"message_id":"m"}"#, "headers": headers }]),
        )
    });
    let (results, _) = all(
        &world,
        world
            .client()
            .send_all_with(stream::iter(messages(1)), quick())
            .unwrap(),
    );
    let usage = results[0].outcome.as_ref().unwrap().usage.clone().unwrap();
    assert_eq!(usage.highest_percent(), 33);
}

#[test]
fn a_response_that_is_not_a_list_applies_to_each_item() {
    let answers: [(Reply, SendAllStatus); 7] = [
        (Reply::error(&json!({ "code": 100 })), Failed),
        (
            Reply::error(&json!({ "code": 1, "error_subcode": 1_357_046 })),
            Unknown,
        ),
        (Reply::text(200, "{}"), Unknown),
        (Reply::text(200, "["), Unknown),
        (Reply::text(200, ""), Unknown),
        (Reply::text(200, r#"{"message_id":"m"}"#), Unknown),
        (Reply::reset(), Unknown),
    ];
    for (number, (reply, status)) in answers.into_iter().enumerate() {
        let reply = std::sync::Mutex::new(Some(reply));
        let world = World::new(move |_| reply.lock().unwrap().take().unwrap());
        let client = world.client_with(Retry::never());
        let (results, _) = all(
            &world,
            client
                .send_all_with(stream::iter(messages(3)), quick())
                .unwrap(),
        );
        assert_eq!(statuses(&results), [status; 3], "{number}");
        assert_eq!(world.arrivals().len(), 1);
    }
}

#[test]
fn a_batch_that_is_refused_for_now_is_sent_again() {
    let world = World::new(|arrival| match arrival.number {
        0 => Reply::code(1200),
        _ => accept(arrival),
    });
    let retry = Retry::default().base_delay(ms(1));
    let client = world.client_with(retry);
    let (results, summary) = all(
        &world,
        client
            .send_all_with(stream::iter(messages(3)), quick())
            .unwrap(),
    );
    assert_eq!(summary.counts.sent, 3);
    assert!(
        results
            .iter()
            .all(|result| result.outcome.as_ref().unwrap().attempts == 2)
    );
}

#[test]
fn a_dead_token_stops_batches_too() {
    let world = World::new(|arrival| match arrival.number {
        0 => accept(arrival),
        _ => Reply::code(190),
    });
    let options = quick().concurrency(1);
    let (_, summary) = all(
        &world,
        world
            .client()
            .send_all_with(stream::iter(messages(500)), options)
            .unwrap(),
    );
    let counts = summary.counts;
    assert_eq!((counts.sent, counts.failed, counts.not_sent), (50, 50, 400));
}

#[test]
fn an_abort_leaves_the_messages_of_a_batch_unknown() {
    let world = World::new(|_| Reply::silence());
    let at = world.now() + ms(100);
    let run = world
        .client()
        .send_all_with(stream::iter(messages(200)), quick())
        .unwrap();
    let (_, summary) = all(&world, run.abort_when(world.sleep_until(at)));
    assert_eq!((summary.counts.unknown, summary.counts.not_sent), (50, 150));
}

#[test]
fn a_slow_source_fills_its_batches_a_little() {
    let world = World::new(accept);
    let taken = std::sync::Mutex::new(0);
    let source = paced(&world, messages(40), ms(1), &taken);
    let (_, summary) = all(
        &world,
        world.client().send_all_with(source, quick()).unwrap(),
    );
    assert_eq!(summary.counts.sent, 40);
    assert!(world.arrivals().len() <= 3, "{}", world.arrivals().len());
}
