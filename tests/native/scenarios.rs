//! The network scenarios that the JavaScript package passes, too: `tests/scenarios.json`.

use std::time::Duration;

use messenger_send::client::transport::Reqwest;
use messenger_send::client::{Client, Retry, SendError, SendReceipt};
use serde_json::{Value, json};

use crate::local_graph::{LocalGraph, TOKEN};

fn scenarios(elsewhere: &str) -> Vec<Value> {
    let json = include_str!("../scenarios.json").replace("ELSEWHERE", elsewhere);
    serde_json::from_str(&json).unwrap()
}

fn milliseconds(value: &Value) -> Option<Duration> {
    value.as_u64().map(Duration::from_millis)
}

fn client(graph: &LocalGraph, options: &Value) -> Client<Reqwest> {
    let mut retry = Retry::default();
    if let Some(attempts) = options["retry"]["attempts"].as_u64() {
        retry = Retry::attempts(u32::try_from(attempts).unwrap());
    }
    if let Some(delay) = milliseconds(&options["retry"]["baseDelayMs"]) {
        retry = retry.base_delay(delay);
    }
    Client::builder(TOKEN)
        .base_url(&*graph.url)
        .retry(retry)
        .timeout(milliseconds(&options["timeoutMs"]).unwrap_or(Duration::from_secs(30)))
        .build(Reqwest::new().unwrap())
        .unwrap()
}

/// What became of a send, as the scenarios say it.
fn summary(outcome: &Result<SendReceipt, SendError>) -> Value {
    match outcome {
        Ok(receipt) => json!({ "kind": "sent", "attempts": receipt.attempts }),
        Err(error) => json!({
            "kind": error.kind.as_str(),
            "delivery": error.delivery.as_str(),
            "attempts": error.attempts,
        }),
    }
}

#[tokio::test]
async fn every_scenario_has_its_outcome() {
    let (graph, elsewhere) = (LocalGraph::start(), LocalGraph::start());
    let mut wrong = Vec::new();
    let scenarios = scenarios(&elsewhere.url);
    assert!(scenarios.len() >= 30);
    for mut scenario in scenarios {
        // On a busy machine a request may not even arrive within a short time limit.
        let mut differs = play(&graph, &scenario).await;
        for _ in 0..4 {
            match (&differs, scenario["options"]["timeoutMs"].as_u64()) {
                (Some(_), Some(limit)) => scenario["options"]["timeoutMs"] = json!(4 * limit),
                _ => break,
            }
            differs = play(&graph, &scenario).await;
        }
        wrong.extend(differs);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        elsewhere.requests().len(),
        0,
        "the token does not go to another host"
    );
}

/// Plays one scenario. What is returned is how its outcome differs, if it does.
async fn play(graph: &LocalGraph, scenario: &Value) -> Option<String> {
    graph.script(&scenario["steps"]);
    let request = json!({
        "recipient": { "id": "1" },
        "messaging_type": "RESPONSE",
        "message": { "text": scenario["name"] },
    });
    let client = client(graph, &scenario["options"]);
    let outcome = client.send(&request.to_string()).await;
    if let Err(error) = &outcome {
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains(TOKEN) && !shown.contains("/messages"),
            "{shown}"
        );
    }
    let (is, requests) = (summary(&outcome), graph.requests().len());
    let same = is == scenario["outcome"] && scenario["outcome"]["attempts"] == requests;
    (!same).then(|| {
        let name = &scenario["name"];
        format!("{name}: {is}, {requests} requests; {outcome:?}")
    })
}
