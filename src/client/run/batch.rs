//! Graph's batch requests: several messages in one HTTP request, each with its own response.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/batch-requests>

use serde::Serialize;

use super::entry::{Entry, EntryRequest};
use super::outage::Liveness;
use crate::client::answer;
use crate::client::error::{Delivery, ErrorKind, SendError};
use crate::client::exchange::{Call, Failure, exchange};
use crate::client::lenient::{Object, each_item};
use crate::client::receipt::SendReceipt;
use crate::client::request::{Edge, PreparedRequest};
use crate::client::retry::Decision;
use crate::client::tokens::Tokens;
use crate::client::transport::{HttpResponse, ResponseBody, Transport};
use crate::json::{self, Value, ValueKind};

/// The maximum number of messages in a batch.
pub const MAX_BATCH: u32 = 50;

/// The outcome of each message of a batch, and of the batch as a whole.
pub(super) struct BatchOutcome {
    /// In the order of the messages.
    pub results: Vec<Result<SendReceipt, Decision>>,
    pub liveness: Liveness,
    /// Why the whole batch failed, if it did.
    pub error: Option<SendError>,
    /// Whether there was a response, from Graph or anything in between.
    pub is_answered: bool,
}

/// Sends the messages in one request. No two have the same recipient, because Graph processes them
/// concurrently.
pub(super) async fn attempt<T: Transport, M>(
    call: &Call<'_, T>,
    entries: &mut [Box<Entry<M>>],
    tokens: &Tokens,
) -> BatchOutcome {
    let request = PreparedRequest::of_form(Edge::Batch, form(entries, &call.options.page_id));
    let attempt = entries
        .iter()
        .map(|entry| entry.policy.attempts())
        .max()
        .unwrap_or(0)
        + 1;
    let (trip, result) = exchange(call, &request, tokens, attempt).await;
    if trip.dispatched {
        entries
            .iter_mut()
            .for_each(|entry| entry.policy.dispatched());
    }
    let context = call.answer_context();
    let redactor = tokens.redactor();
    let (outcomes, error, is_answered) = match result {
        Err(Failure::Aborted) => {
            let aborted = |entry: &mut Box<Entry<M>>| entry.policy.aborted(trip.dispatched);
            let errors: Vec<_> = entries.iter_mut().map(aborted).collect();
            trip.observe(
                call,
                errors.first().map_or(Ok(&SendReceipt::default()), Err),
            );
            let results = errors
                .into_iter()
                .map(|error| Err(Decision::GiveUp(error)))
                .collect();
            let liveness = Liveness::Neutral;
            return BatchOutcome {
                results,
                liveness,
                error: None,
                is_answered: false,
            };
        }
        Err(Failure::Error(mut error)) => {
            error.redact(redactor);
            let is_answered = error.status.is_some();
            (for_each(entries, &error), Some(error), is_answered)
        }
        Ok(response) => match items(&response) {
            Some(items) => {
                let read = |place| match items.get(place) {
                    Some(Some(item)) => answer::read(item, &context),
                    Some(None) | None => Err(unfinished()),
                };
                ((0..entries.len()).map(read).collect(), None, true)
            }
            None => {
                let mut error = whole(&response, &context);
                error.redact(redactor);
                (for_each(entries, &error), Some(error), true)
            }
        },
    };
    trip.observe(
        call,
        error.as_ref().map_or(Ok(&SendReceipt::default()), Err),
    );
    let liveness = error.as_ref().map_or(Liveness::Answered, Liveness::of);
    let decide =
        |(outcome, entry): (Result<SendReceipt, SendError>, &mut Box<Entry<M>>)| match outcome {
            Ok(mut receipt) => {
                receipt.redact(redactor);
                receipt.attempts = entry.policy.attempts();
                Ok(receipt)
            }
            Err(mut error) => {
                error.redact(redactor);
                Err(entry.policy.decide(error, call.transport.random()))
            }
        };
    let results = outcomes
        .into_iter()
        .zip(entries.iter_mut())
        .map(decide)
        .collect();
    BatchOutcome {
        results,
        liveness,
        error,
        is_answered,
    }
}

/// Applies the outcome of the batch to each of its messages.
fn for_each<M>(entries: &[M], error: &SendError) -> Vec<Result<SendReceipt, SendError>> {
    entries.iter().map(|_| Err(error.clone())).collect()
}

/// The batch as a form, without the token.
fn form<M>(entries: &[Box<Entry<M>>], page_id: &str) -> String {
    #[derive(Serialize)]
    struct Item<'a> {
        method: &'a str,
        relative_url: &'a str,
        body: &'a str,
    }

    let relative_url = format!("{page_id}/{}", Edge::Messages.as_str());
    let items = entries.iter().filter_map(|entry| match &entry.request {
        EntryRequest::BatchItem(body) => Some(Item {
            method: "POST",
            relative_url: &relative_url,
            body,
        }),
        EntryRequest::Single(_) => None,
    });
    // Serializing strings does not fail.
    let batch = serde_json::to_string(&items.collect::<Vec<_>>()).unwrap_or_default();
    let form = String::with_capacity(batch.len() * 2);
    form_urlencoded::Serializer::new(form)
        .append_pair("batch", &batch)
        .finish()
}

/// The responses to the items, by index; `None` if the body is not a list. An item that is `null`
/// has no response: Graph did not finish it.
fn items(response: &HttpResponse) -> Option<Vec<Option<HttpResponse>>> {
    let ResponseBody::Complete(body) = response.body() else {
        return None;
    };
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let list = json::whole(std::str::from_utf8(body).ok()?).ok()?;
    if list.kind != ValueKind::Array {
        return None;
    }
    let mut items = Vec::new();
    each_item(list, &mut |item| {
        items.push((item.kind != ValueKind::Null).then(|| item_response(item)));
    });
    Some(items)
}

/// Converts the response to an item to an HTTP response.
fn item_response(item: Value<'_>) -> HttpResponse {
    let object = Object::of(item);
    let status = object
        .and_then(|object| object.integer("code"))
        .unwrap_or(0);
    let status = u16::try_from(status)
        .ok()
        .filter(|status| *status < 1000)
        .unwrap_or(0);
    let mut headers = Vec::new();
    if let Some(list) = object.and_then(|object| object.member("headers")) {
        each_item(list, &mut |header| {
            let Some(header) = Object::of(header) else {
                return;
            };
            if let (Some(name), Some(value)) = (header.text("name"), header.text("value")) {
                headers.push((name.into_owned(), value.into_owned()));
            }
        });
    }
    let body = object
        .and_then(|object| object.member("body"))
        .and_then(|body| body.text());
    match body {
        Some(body) => HttpResponse::new(status, headers, body.into_owned()),
        None => HttpResponse::new(status, headers, Vec::new()).with_body(ResponseBody::Unreadable),
    }
}

fn unfinished() -> SendError {
    let message = "No answer came: Graph did not finish this item of the batch.";
    SendError::new(ErrorKind::Network, Delivery::Unknown, message)
}

/// The error of a batch that was refused as a whole, or whose outcome is unknown.
fn whole(response: &HttpResponse, context: &answer::Context) -> SendError {
    match answer::read(response, context) {
        Err(error) => error,
        Ok(_) => {
            let message = "The response to the batch is a receipt, not a list.";
            let mut error = SendError::new(ErrorKind::InvalidResponse, Delivery::Unknown, message);
            error.status = Some(response.status());
            error
        }
    }
}
