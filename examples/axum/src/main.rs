//! An HTTP service: `POST /check` returns the report on a message, `POST /send` sends it.
//!
//! `ACCESS_TOKEN=EAAB... cargo run -p messenger-send-axum`

use std::env;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use messenger_send::{
    Client, Delivery, Reqwest, RuleOptions, SendError, SendReceipt, ValidationReport, validate_json,
};

/// The report is the same as that of the npm package's `validateJson`, so one form can display
/// either.
async fn check(body: Bytes) -> Json<ValidationReport> {
    Json(validate_json(&body, &RuleOptions::default()))
}

async fn send(
    State(client): State<Client<Reqwest>>,
    body: String,
) -> Result<Json<SendReceipt>, (StatusCode, Json<SendError>)> {
    client.send(&body).await.map(Json).map_err(|error| {
        let status = match error.delivery {
            _ if error.is_validation() => StatusCode::UNPROCESSABLE_ENTITY,
            Delivery::Rejected => StatusCode::BAD_REQUEST,
            Delivery::NotSent => StatusCode::SERVICE_UNAVAILABLE,
            Delivery::Unknown => StatusCode::BAD_GATEWAY,
        };
        // The serialized error does not contain the token.
        (status, Json(error))
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base_url = env::var("BASE_URL").unwrap_or("https://graph.facebook.com".to_owned());
    let client = Client::builder(env::var("ACCESS_TOKEN")?)
        .base_url(base_url)
        .build(Reqwest::new()?)?;
    let app = Router::new()
        .route("/check", post(check))
        .route("/send", post(send))
        .with_state(client);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}
