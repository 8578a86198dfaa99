//! From an HTTP response to a receipt or an error.
//!
//! The body decides, not the status: Graph documents no statuses, a 200 can carry an error, and a
//! 500 a permanent one. Every member of an error is optional, and one of the wrong type counts as
//! absent.

use std::time::{Duration, SystemTime};

use super::codes::GraphCode;
use super::error::{Delivery, ErrorKind, SendError};
use super::error_data::ErrorData;
use super::lenient::Object;
use super::receipt::SendReceipt;
use super::retry::retry_after;
use super::transport::{HttpResponse, ResponseBody};
use super::usage::Usage;

/// The context in which a response is read.
pub(super) struct Context {
    /// The current time, for a `Retry-After` date.
    pub now: SystemTime,
    /// Whether the request went to graph.instagram.com.
    pub instagram_login: bool,
}

/// Reads the response to one request.
pub(super) fn read(response: &HttpResponse, context: &Context) -> Result<SendReceipt, SendError> {
    let body = match response.body() {
        ResponseBody::Complete(body) => body,
        ResponseBody::TooLarge => return Err(invalid("is larger than 1 MiB", response, context)),
        ResponseBody::Unreadable => {
            return Err(invalid("has a body that cannot be read", response, context));
        }
    };
    let object = parse(body);
    if let Some(object) = object {
        let message_id = object.id("message_id");
        if let Some(error) = object.object("error") {
            return Err(graph_error(error, message_id.is_some(), response, context));
        }
        if (200..300).contains(&response.status()) {
            let receipt = SendReceipt {
                recipient_id: object.id("recipient_id"),
                message_id,
                attachment_id: object.id("attachment_id"),
                usage: Usage::read(response),
                fbtrace_id: response.header("x-fb-trace-id").map(str::to_owned),
                ..SendReceipt::default()
            };
            let SendReceipt {
                recipient_id,
                message_id,
                attachment_id,
                ..
            } = &receipt;
            if recipient_id.is_none() && message_id.is_none() && attachment_id.is_none() {
                let what = "has no message_id, recipient_id or attachment_id";
                return Err(invalid(what, response, context));
            }
            return Ok(receipt);
        }
    }
    let what = match response.status() {
        0 | 300..400 => "is a redirect, which is not followed: check baseUrl",
        _ if body.is_empty() => "has no body",
        _ if object.is_none() => "is not a JSON object",
        _ => "is neither a receipt nor an error of Graph",
    };
    Err(invalid(what, response, context))
}

/// The object in a body. A byte order mark is skipped, as `Response.json()` does.
pub(super) fn parse(body: &[u8]) -> Option<Object<'_>> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    std::str::from_utf8(body).ok().and_then(Object::parse)
}

/// The error for a response that is neither a receipt nor an error of Graph.
fn invalid(what: &str, response: &HttpResponse, context: &Context) -> SendError {
    let status = response.status();
    // 408 is the timeout of a server or proxy, which may have forwarded the request.
    let is_refusal = (400..500).contains(&status) && status != 408;
    let delivery = if is_refusal {
        Delivery::Rejected
    } else {
        Delivery::Unknown
    };
    let message = match status {
        0 => format!("The response {what}."),
        status => format!("The response (HTTP {status}) {what}."),
    };
    let mut error = SendError::new(ErrorKind::InvalidResponse, delivery, message);
    error.status = (status != 0).then_some(status);
    error.retry_after = retry_after(response, context.now);
    error.fbtrace_id = response.header("x-fb-trace-id").map(str::to_owned);
    error.usage = Usage::read(response);
    // A proxy or gateway that throttles has not forwarded the request.
    error.retryable = status == 429 || (is_refusal && error.retry_after.is_some());
    error
}

fn graph_error(
    object: Object<'_>,
    names_message: bool,
    response: &HttpResponse,
    context: &Context,
) -> SendError {
    let message = object.text("message").unwrap_or_default();
    let graph = GraphCode {
        code: object.integer("code"),
        subcode: object.integer("error_subcode"),
        is_transient: object.boolean("is_transient"),
        message: &message,
        instagram_login: context.instagram_login,
    };
    let verdict = graph.verdict();
    // Graph is not known to answer with both an error and a message id, but then the message may
    // have arrived.
    let in_doubt = names_message || graph.may_have_arrived();
    let delivery = if in_doubt {
        Delivery::Unknown
    } else {
        Delivery::Rejected
    };
    let status = response.status();
    let mut error = SendError::new(verdict.kind, delivery, sentence(&graph, status));
    let text = |name| object.text(name).map(std::borrow::Cow::into_owned);
    error.retryable = verdict.retryable && !in_doubt;
    error.hint = verdict.hint;
    error.status = (status != 0).then_some(status);
    error.code = graph.code;
    error.subcode = graph.subcode;
    error.error_type = text("type");
    error.fbtrace_id =
        text("fbtrace_id").or_else(|| response.header("x-fb-trace-id").map(str::to_owned));
    error.is_transient = graph.is_transient;
    error.user_title = text("error_user_title");
    error.user_message = text("error_user_msg");
    error.data = object.member("error_data").map(ErrorData::of);
    error.usage = Usage::read(response);
    // A limit in the usage header explains a refusal for too many calls, and no other refusal.
    let minutes = match (&error.usage, verdict.kind) {
        (Some(usage), ErrorKind::RateLimit) => usage.minutes_to_wait(graph.code),
        _ => None,
    };
    let of_usage = minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
    error.retry_after = retry_after(response, context.now).max(of_usage);
    error
}

fn sentence(graph: &GraphCode<'_>, status: u16) -> String {
    let message = match graph.message.trim_ascii() {
        "" => "no message",
        message => message,
    };
    let code = match (graph.code, graph.subcode) {
        (Some(code), Some(subcode)) => format!("code {code}, subcode {subcode}"),
        (Some(code), None) => format!("code {code}"),
        (None, _) => format!("no code, HTTP {status}"),
    };
    format!("Graph answered with an error: {message} ({code})")
}
