//! A Cloudflare Worker that answers a Messenger webhook: it repeats what a person writes.

use hmac::{Hmac, KeyInit, Mac};
use messenger_send::{Client, Draft, Fetch, SendError};
use serde::Deserialize;
use sha2::Sha256;
use worker::{Context, Env, Method, Request, Response, Result, Url, console_error, event};

#[event(fetch)]
async fn fetch(mut request: Request, env: Env, context: Context) -> Result<Response> {
    match request.method() {
        Method::Get => subscribe(&request.url()?, &env),
        Method::Post => {
            let body = request.bytes().await?;
            let signature = request.headers().get("X-Hub-Signature-256")?.unwrap_or_default();
            if !is_signed(&body, &signature, &env.secret("APP_SECRET")?.to_string()) {
                return Response::error("The signature is wrong.", 401);
            }
            let Ok(webhook) = serde_json::from_slice::<Webhook>(&body) else {
                return Response::error("This is no webhook.", 400);
            };
            // Meta expects a quick response, and sends the webhook again if none comes.
            context.wait_until(async move {
                if let Err(error) = answer(webhook, &env).await {
                    console_error!("{}: {error}", error.delivery);
                }
            });
            Response::ok("")
        }
        _ => Response::error("", 405),
    }
}

/// Answers Meta's verification request when a webhook is set up.
fn subscribe(url: &Url, env: &Env) -> Result<Response> {
    let parameter = |wanted: &str| {
        url.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
    };
    let expected = env.secret("VERIFY_TOKEN")?.to_string();
    match (parameter("hub.verify_token"), parameter("hub.challenge")) {
        (Some(token), Some(challenge)) if token == expected => Response::ok(challenge),
        _ => Response::error("", 403),
    }
}

/// Compares in constant time.
fn is_signed(body: &[u8], header: &str, app_secret: &str) -> bool {
    let Some(hex) = header.strip_prefix("sha256=") else { return false };
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let signature: Option<Vec<u8>> = hex.as_bytes().chunks(2).map(byte).collect();
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()) else { return false };
    mac.update(body);
    signature.is_some_and(|signature| mac.verify_slice(&signature).is_ok())
}

async fn answer(webhook: Webhook, env: &Env) -> std::result::Result<(), SendError> {
    let secret = |name| env.secret(name).map(|secret| secret.to_string()).unwrap_or_default();
    let mut builder = Client::builder(secret("ACCESS_TOKEN")).app_secret(secret("APP_SECRET"));
    if let Ok(base_url) = env.var("BASE_URL") {
        builder = builder.base_url(base_url.to_string());
    }
    let client = builder.build(Fetch::new())?;
    for event in webhook.entry.into_iter().flat_map(|entry| entry.messaging) {
        if let Some(text) = event.message.and_then(|message| message.text) {
            client.send(&Draft::text(format!("You wrote: {text}")).to(event.sender.id)).await?;
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Webhook {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    messaging: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    sender: Sender,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Sender {
    id: String,
}

#[derive(Deserialize)]
struct Message {
    text: Option<String>,
}
