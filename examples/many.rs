//! Sends a message to each person in a list, with progress, and stops on Ctrl-C.
//!
//! `ACCESS_TOKEN=EAAB... cargo run --example many --features reqwest < people.txt`

use std::env;
use std::io::{BufRead, BufReader, stdin};

use futures_util::{StreamExt, stream};
use messenger_send::{Client, Draft, Reqwest, RunOptions};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = env::var("BASE_URL").unwrap_or("https://graph.facebook.com".to_owned());
    let client = Client::builder(env::var("ACCESS_TOKEN")?)
        .base_url(base_url)
        .build(Reqwest::new()?)?;

    // One id per line. Lines are read as messages are sent, so the list can have any length.
    let people = BufReader::new(stdin())
        .lines()
        .map_while(Result::ok)
        .filter(|line| !line.is_empty());
    let messages = people.map(|id| Draft::text("Your order is on its way.").to(id));

    let options = RunOptions::default().concurrency(20);
    let run = client.send_all_with(stream::iter(messages), options)?;
    let mut run = run.abort_when(async {
        // Without a handler, Ctrl-C would end the program at once.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    });
    while let Some(result) = run.next().await {
        if let Err(error) = &result.outcome {
            // An "unknown" message may have arrived, so the next run must not send it.
            println!(
                "line {}: {}: {error}",
                result.index + 1,
                result.status.as_str()
            );
        }
        let progress = run.progress();
        if progress.counts.done.is_multiple_of(100) {
            println!(
                "{} done, {:.0} a second",
                progress.counts.done,
                progress.per_second()
            );
        }
    }
    println!("{}", serde_json::to_string(&run.summary())?);
    Ok(())
}
