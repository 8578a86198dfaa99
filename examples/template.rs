//! Builds a carousel with buttons, validates it for both platforms, and sends it.
//!
//! `ACCESS_TOKEN=EAAB... RECIPIENT=7001002003004005 cargo run --example template --features reqwest`

use std::env;

use messenger_send::payload::{DefaultAction, UrlButton, WebviewHeightRatio};
use messenger_send::{Button, Client, Draft, Element, GenericTemplate, Reqwest, RuleOptions};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let shop = "https://example.com/shop";
    let kettle = Element::new("Kettle")
        .subtitle("1.7 l, steel")
        .image_url("https://example.com/kettle.png")
        .default_action(DefaultAction::new(shop))
        // `Button::url` takes the required members; the type of the button has the rest.
        .button(UrlButton::new("Shop", shop).webview_height_ratio(WebviewHeightRatio::Tall))
        .button(Button::postback("More", "MORE:KETTLE"));
    let help = Element::new("Help")
        .subtitle("We answer within the hour")
        .buttons([
            Button::phone_number("Call", "+12125552368"),
            Button::postback("Chat", "CHAT"),
        ]);
    let template = GenericTemplate::new().element(kettle).element(help);

    // The error has all issues at once.
    let request = Draft::template(template)
        .to(env::var("RECIPIENT")?)
        .build()?;
    for issue in request.validate(&RuleOptions::instagram()).issues {
        println!("on Instagram: {issue}");
    }

    let base_url = env::var("BASE_URL").unwrap_or("https://graph.facebook.com".to_owned());
    let client = Client::builder(env::var("ACCESS_TOKEN")?)
        .base_url(base_url)
        .build(Reqwest::new()?)?;
    let receipt = client.send(&request).await?;
    println!("sent: {}", receipt.message_id.unwrap_or_default());
    Ok(())
}
