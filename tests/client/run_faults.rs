//! Random networks, Graphs, sources and aborts: the invariants of every run.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::stream;
use messenger_send::client::{Retry, RunOptions, SendAllStatus};
use serde_json::{Value, json};

use super::world::{Arrival, Reply, World, all, message, paced, recipient_of};

/// A small generator, so that a run can be run again: <https://prng.di.unimi.it/splitmix64.c>
#[derive(Clone)]
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// What a Graph has accepted: texts, in their order.
type Accepted = Arc<Mutex<Vec<String>>>;

fn text_of(fields: &[(String, String)]) -> String {
    let message = fields
        .iter()
        .find(|(name, _)| name == "message")
        .map(|(_, value)| value);
    let message: Value = serde_json::from_str(message.unwrap()).unwrap();
    message["text"].as_str().unwrap().to_owned()
}

/// An answer to one message as status and body; `None` is none.
fn answer(random: &mut Random, text: &str, accepted: &Accepted) -> Option<(u16, String)> {
    let receipt = json!({ "message_id": "m" }).to_string();
    let refusal = |code: i64| Some((400, json!({ "error": { "code": code } }).to_string()));
    let accept = || accepted.lock().unwrap().push(text.to_owned());
    match random.below(40) {
        0 => refusal(551),
        1 => refusal(1200),
        2 => refusal(2),
        3 => refusal(613),
        4 => Some((502, "<html>".to_owned())),
        5 => {
            accept();
            Some((200, "{".to_owned()))
        }
        6 => {
            accept();
            None
        }
        7 => None,
        _ => {
            accept();
            Some((200, receipt))
        }
    }
}

fn reply(random: &mut Random, arrival: &Arrival, accepted: &Accepted) -> Reply {
    let after = Duration::from_millis(1 + random.below(300));
    match random.below(40) {
        0 => return Reply::refused().after(after),
        1 => return Reply::reset().after(after),
        2 => return Reply::silence(),
        3 => return Reply::code(4).header("Retry-After", "1").after(after),
        _ => {}
    }
    let items = arrival.items();
    if items.is_empty() {
        return match answer(random, &arrival.text(), accepted) {
            Some((status, body)) => Reply::text(status, &body).after(after),
            None => Reply::reset().after(after),
        };
    }
    let answers = items.iter().map(|item| {
        let answer = answer(random, &text_of(item), accepted);
        answer.map(|(code, body)| json!({ "code": code, "body": body }))
    });
    Reply::json(200, &json!(answers.collect::<Vec<_>>())).after(after)
}

fn play(seed: u64) {
    let mut random = Random(seed);
    let accepted = Accepted::default();
    let batch = random.below(3) == 0;
    let graph = (Mutex::new(random.clone()), Arc::clone(&accepted));
    let world = World::new(move |arrival| reply(&mut graph.0.lock().unwrap(), arrival, &graph.1));
    let attempts = 1 + random.below(4) as u32;
    let retry = Retry::attempts(attempts).base_delay(Duration::from_millis(random.below(900)));
    let client = world.builder().retry(retry).timeout(Duration::from_secs(2));
    let client = client.build(world.clone()).unwrap();
    let count = random.below(if batch { 900 } else { 400 }) as usize;
    let people = 1 + random.below(count as u64 + 1) as usize;
    let source: Vec<_> = (0..count)
        .map(|index| message(1 + index % people, &index.to_string()))
        .collect();
    let mut options = RunOptions::default().batch(batch);
    if random.below(2) == 0 {
        options = options.concurrency(1 + random.below(50) as u32);
    }
    let taken = Mutex::new(0);
    let is_paced = random.below(2) == 0;
    let run = if is_paced {
        let every = Duration::from_millis(random.below(9));
        client.send_all_with(paced(&world, source, every, &taken), options)
    } else {
        client.send_all_with(stream::iter(source), options)
    };
    let mut run = run.unwrap();
    let is_aborted = random.below(3) == 0;
    if is_aborted {
        let at = world.now() + Duration::from_millis(random.below(4000));
        run = run.abort_when(world.sleep_until(at));
    }
    let (results, summary) = all(&world, run);

    if is_paced {
        assert_eq!(
            results.len(),
            *taken.lock().unwrap(),
            "all that were handed over"
        );
    } else {
        assert_eq!(results.len(), count);
    }
    assert!(
        is_aborted || summary.stopped.is_none(),
        "{:?}",
        summary.stopped
    );
    let arrived = accepted.lock().unwrap().clone();
    let unique: HashSet<_> = arrived.iter().collect();
    assert_eq!(unique.len(), arrived.len(), "no message arrives twice");
    for result in &results {
        let has_arrived = unique.contains(&result.index.to_string());
        match result.status {
            SendAllStatus::Sent => assert!(has_arrived, "{result:?}"),
            SendAllStatus::Failed | SendAllStatus::NotSent => assert!(!has_arrived, "{result:?}"),
            SendAllStatus::Unknown => {}
        }
    }
    assert_order_and_rate(&world.arrivals());
}

fn assert_order_and_rate(arrivals: &[Arrival]) {
    let mut last: HashMap<String, usize> = HashMap::new();
    let mut times = Vec::new();
    for arrival in arrivals {
        let items = match arrival.items() {
            items if items.is_empty() => vec![arrival.fields.clone()],
            items => items,
        };
        let mut recipients = HashSet::new();
        for item in &items {
            let recipient = &item.iter().find(|(name, _)| name == "recipient").unwrap().1;
            let number: usize = text_of(item).parse().unwrap();
            let recipient = recipient_of(recipient);
            assert!(recipients.insert(recipient.clone()), "once in a batch");
            let before = last.insert(recipient, number);
            assert!(
                before.is_none_or(|before| before <= number),
                "order within a recipient"
            );
            times.push(arrival.at);
        }
    }
    let is_too_fast = |pair: &[Duration]| pair[300] - pair[0] < Duration::from_secs(1);
    assert!(!times.windows(301).any(is_too_fast), "never above the rate");
}

#[test]
fn invariants_of_every_run() {
    for seed in 0..100 {
        let played = std::panic::catch_unwind(|| play(seed));
        assert!(played.is_ok(), "seed {seed}");
    }
}
