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
    for scenario in scenarios {
        graph.script(&scenario["steps"]);
        let request = json!({
            "recipient": { "id": "1" },
            "messaging_type": "RESPONSE",
            "message": { "text": scenario["name"] },
        });
        let client = client(&graph, &scenario["options"]);
        let outcome = client.send(&request.to_string()).await;
        let (is, requests) = (summary(&outcome), graph.requests().len());
        if is != scenario["outcome"] || scenario["outcome"]["attempts"] != requests {
            wrong.push(format!(
                "{}: {is}, {requests} requests; {outcome:?}",
                scenario["name"]
            ));
        }
        if let Err(error) = outcome {
            let shown = format!("{error} {error:?}");
            assert!(
                !shown.contains(TOKEN) && !shown.contains("/messages"),
                "{shown}"
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        elsewhere.requests().len(),
        0,
        "the token does not go to another host"
    );
}
