//! Many messages, through `Fetch`.

use futures_util::{StreamExt, stream};
use messenger_send::client::transport::Fetch;
use messenger_send::client::{Client, RunOptions, SendAllStatus};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::doubles::Double;

fn message(person: u32) -> String {
    format!(
        r#"{{"recipient":{{"id":"{person}"}},"messaging_type":"RESPONSE","message":{{"text":"hello"}}}}"#
    )
}

fn client(double: &Double) -> Client<Fetch> {
    let transport = Fetch::with_function(double.function.clone());
    Client::builder("EAABtesttoken").build(transport).unwrap()
}

const ACCEPT: &str = r#"return Promise.resolve(new Response('{"message_id":"m_1"}'));"#;

#[wasm_bindgen_test]
async fn each_message_is_sent_and_reported_once() {
    let double = Double::new(ACCEPT);
    let unlimited = RunOptions::default().per_second(f64::INFINITY);
    let source = stream::iter((0..200).map(message));
    let mut run = client(&double).send_all_with(source, unlimited).unwrap();
    let mut seen = vec![0; 200];
    while let Some(result) = run.next().await {
        assert_eq!(result.status, SendAllStatus::Sent);
        assert_eq!(result.message, message(result.index as u32));
        seen[result.index] += 1;
    }
    assert!(seen.iter().all(|count| *count == 1));
    assert_eq!((double.count(), run.summary().counts.sent), (200, 200));
}

#[wasm_bindgen_test]
async fn a_dead_token_stops_the_run_and_every_message_is_accounted_for() {
    let refuse =
        r#"return Promise.resolve(new Response('{"error":{"code":190}}', { status: 400 }));"#;
    let double = Double::new(refuse);
    let source = stream::iter((0..500).map(message));
    let mut run = client(&double).send_all(source);
    let mut told = 0;
    while let Some(result) = run.next().await {
        assert_ne!(result.status, SendAllStatus::Sent);
        told += 1;
    }
    let summary = run.summary();
    assert_eq!((told, summary.counts.done), (500, 500));
    assert_eq!(summary.stopped.and_then(|error| error.code), Some(190));
    assert!(double.count() <= 100);
}

#[wasm_bindgen_test]
async fn an_abort_ends_an_endless_source() {
    let double = Double::new("return new Promise(() => {});");
    let later = gloo_timers::future::TimeoutFuture::new(30);
    let source = stream::iter((0..).map(message));
    let mut run = client(&double).send_all(source).abort_when(later);
    let mut counts = [0_u64; 2];
    while let Some(result) = run.next().await {
        match result.status {
            SendAllStatus::Unknown => counts[0] += 1,
            SendAllStatus::NotSent => counts[1] += 1,
            status => panic!("{status:?}"),
        }
    }
    assert_eq!(counts[0], u64::from(double.count()));
    assert_eq!(counts[0] + counts[1], run.summary().counts.done);
}
