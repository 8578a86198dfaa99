//! Uploads an image, and sends it by its id as often as needed.
//!
//! `ACCESS_TOKEN=EAAB... RECIPIENT=7001002003004005 cargo run --example upload --features reqwest -- kettle.png`

use std::env;

use messenger_send::{Client, Draft, File, MediaPayload, Reqwest, Upload};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = env::args().nth(1).ok_or("which file?")?;
    let bytes = std::fs::read(&path)?;

    let base_url = env::var("BASE_URL").unwrap_or("https://graph.facebook.com".to_owned());
    let client = Client::builder(env::var("ACCESS_TOKEN")?)
        .base_url(base_url)
        .build(Reqwest::new()?)?;
    let saved = client
        .upload_attachment(Upload::file(File::new(path, "image/png", bytes)))
        .await?;
    println!("saved as {}", saved.attachment_id);

    let picture = MediaPayload::new().attachment_id(saved.attachment_id);
    let receipt = client
        .send(&Draft::image(picture).to(env::var("RECIPIENT")?))
        .await?;
    println!("sent: {}", receipt.message_id.unwrap_or_default());
    Ok(())
}
