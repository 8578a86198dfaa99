//! Decides what to do about a failure.

// #region deliver
use messenger_send::{Client, Delivery, Draft, Reqwest};

/// Whether the person has got the message; `None` where nobody can tell.
pub async fn deliver(client: &Client<Reqwest>, draft: &Draft) -> Option<bool> {
    match client.send(draft).await {
        Ok(_) => Some(true),
        Err(error) => {
            eprintln!("{error}");
            match error.delivery {
                Delivery::NotSent | Delivery::Rejected => Some(false),
                Delivery::Unknown => None,
            }
        }
    }
}
// #endregion deliver
