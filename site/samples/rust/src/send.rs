//! Sends a message.

use std::error::Error;

use messenger_send::{Client, Draft, Reqwest};

/// Sends a text.
pub async fn send(token: String) -> Result<(), Box<dyn Error>> {
    // #region send
    let client = Client::builder(token).build(Reqwest::new()?)?;
    let draft = Draft::text("hello, world").to("7001002003004005");
    let receipt = client.send(&draft).await?;
    println!("{:?}", receipt.message_id);
    // #endregion send
    Ok(())
}
