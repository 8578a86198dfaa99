//! Sends a text with quick replies, and prints the outcome.
//!
//! `ACCESS_TOKEN=EAAB... RECIPIENT=7001002003004005 cargo run --example send --features reqwest`

use std::env;

use messenger_send::{Client, Delivery, Draft, Reqwest};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = env::var("BASE_URL").unwrap_or("https://graph.facebook.com".to_owned());
    let client = Client::builder(env::var("ACCESS_TOKEN")?)
        .base_url(base_url)
        .build(Reqwest::new()?)?;

    let draft = Draft::text("Tea or coffee?")
        .to(env::var("RECIPIENT")?)
        .quick_replies(["Tea", "Coffee"]);
    match client.send(&draft).await {
        Ok(receipt) => println!("sent: {}", serde_json::to_string(&receipt)?),
        Err(error) => match error.delivery {
            Delivery::NotSent => println!("nothing left this machine: {error}"),
            Delivery::Rejected => println!("Graph refused it: {error}"),
            Delivery::Unknown => println!(
                "the person may have received it, so do not send it \
                                           again: {error}"
            ),
        },
    }
    Ok(())
}
