//! From an HTTP answer to a receipt or a failure.
//!
//! The body decides, not the status: Graph documents no statuses, and a 200 can carry an error.
//! Every member of an error is optional here, and a member of the wrong type is as good as absent.

use super::answer_headers::AnswerHeaders;
use super::codes;
use super::details::Details;
use super::failure::{Delivery, Failure, Kind};
use super::loose::{self, Members};
use super::policy::documented_wait;
use super::receipt::Receipt;
use super::usage::Usage;
use crate::json::ValueKind;
use crate::json::numbers::whole_number;
use crate::words::{all_digits, cut, decimal, fill, joined, owned, trimmed};

/// The longest body that is read: 1 MiB. Graph's are below 1 KiB.
pub const MAX_BODY: usize = 1 << 20;

/// The whole numbers that a JavaScript number holds exactly.
const MAX_SAFE: i64 = (1 << 53) - 1;

/// What came back over HTTP.
#[derive(Clone, Debug, Default)]
pub struct Answer<'a> {
    /// The status; 0 where the runtime hides it, as for a redirect in a browser.
    pub status: u16,
    /// The headers that matter.
    pub headers: AnswerHeaders<'a>,
    /// The body.
    pub body: &'a [u8],
}

/// Reads an answer. `now_ms` is the time now, for a `Retry-After` that is a date.
pub fn read_answer(answer: &Answer<'_>, now_ms: f64) -> Result<Receipt, Box<Failure>> {
    if answer.body.len() > MAX_BODY {
        return Err(too_large(answer, now_ms));
    }
    let usage = Usage::read(&answer.headers);
    let members = parse(answer.body);
    if let Some(members) = members {
        let message_id = id(members, "message_id");
        if let Some(error) = loose::child(members, "error") {
            // No such answer is known, but if one names a message, the message may be there.
            return Err(graph_error(error, message_id.is_some(), answer, usage, now_ms));
        }
        if (200..300).contains(&answer.status) {
            let (recipient_id, attachment_id) = (id(members, "recipient_id"), id(members, "attachment_id"));
            if recipient_id.is_none() && message_id.is_none() && attachment_id.is_none() {
                return Err(invalid("has no message_id, recipient_id or attachment_id", answer, usage, now_ms));
            }
            return Ok(Receipt { recipient_id, message_id, attachment_id, attempts: 0, usage });
        }
    }
    let what = match answer.status {
        0 | 300..400 => "is a redirect, which is not followed: check baseUrl",
        _ if answer.body.is_empty() => "has no body",
        _ if members.is_none() => "is not a JSON object",
        _ => "is neither a receipt nor an error of Graph",
    };
    Err(invalid(what, answer, usage, now_ms))
}

/// The failure for an answer that was not read to its end because it is longer than [`MAX_BODY`].
#[must_use]
pub fn too_large(answer: &Answer<'_>, now_ms: f64) -> Box<Failure> {
    invalid("is larger than 1 MiB", answer, Usage::read(&answer.headers), now_ms)
}

/// The failure for an answer whose body cannot be had: somebody has read it before, or it does not consist of bytes.
#[must_use]
pub fn unreadable(answer: &Answer<'_>, now_ms: f64) -> Box<Failure> {
    invalid("has a body that cannot be read", answer, Usage::read(&answer.headers), now_ms)
}

fn parse(body: &[u8]) -> Option<Members<'_>> {
    // A byte order mark is no JSON, but every other reader of answers lets it pass.
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    std::str::from_utf8(body).ok().and_then(loose::object)
}

#[inline(never)]
fn invalid(what: &str, answer: &Answer<'_>, usage: Option<Usage>, now_ms: f64) -> Box<Failure> {
    // 408 is a server's or a proxy's timeout: what it had passed on by then is not known.
    let delivery = if (400..500).contains(&answer.status) && answer.status != 408 { Delivery::Rejected } else { Delivery::Unknown };
    let message = match answer.status {
        0 => fill("The answer %.", &[what]),
        status => fill("The answer (HTTP %) %.", &[&decimal(status.into()), what]),
    };
    let mut failure = Failure::boxed(Kind::InvalidResponse, delivery, message);
    add_answer(&mut failure, answer, None, now_ms);
    failure.details.text("fbtraceId", answer.headers.trace_id);
    add_usage(&mut failure.details, usage.as_ref());
    failure
}

#[inline(never)]
fn graph_error(error: Members<'_>, has_message: bool, answer: &Answer<'_>, usage: Option<Usage>, now_ms: f64) -> Box<Failure> {
    let code = whole(error, "code");
    let subcode = whole(error, "error_subcode");
    let is_transient = truth(error, "is_transient");
    let verdict = codes::verdict(code, subcode, is_transient);
    let in_doubt = has_message || codes::may_have_arrived(code, subcode);
    let delivery = if in_doubt { Delivery::Unknown } else { Delivery::Rejected };
    // A limit that the usage header speaks of explains a refusal for too many calls, and no other one.
    let limit = usage.as_ref().filter(|_| verdict.kind == Kind::RateLimit).and_then(|usage| usage.minutes_to_wait(code));
    let message = sentence(loose::text(error, "message").as_deref(), code, subcode, answer.status);
    let mut failure = Failure::boxed(verdict.kind, delivery, message);
    failure.retryable = verdict.retryable && !in_doubt;
    failure.hint = verdict.hint;
    failure.code = code;
    failure.subcode = subcode;
    add_answer(&mut failure, answer, limit, now_ms);
    add_details(&mut failure.details, error, is_transient, answer.headers.trace_id);
    add_usage(&mut failure.details, usage.as_ref());
    failure
}

/// Adds what each answer tells: its status, and how long to wait. `minutes`: what the usage header says of that.
#[inline(never)]
fn add_answer(failure: &mut Failure, answer: &Answer<'_>, minutes: Option<u32>, now_ms: f64) {
    failure.status = (answer.status != 0).then_some(answer.status);
    failure.retry_after_ms = documented_wait(&answer.headers, minutes, now_ms);
}

fn add_details(details: &mut Details, error: Members<'_>, is_transient: Option<bool>, trace_id: Option<&str>) {
    let names = [("type", "type"), ("fbtrace_id", "fbtraceId"), ("error_user_title", "userTitle"), ("error_user_msg", "userMessage")];
    for (from, to) in names {
        details.text(to, loose::text(error, from).as_deref());
    }
    if details.get("fbtraceId").is_none() {
        details.text("fbtraceId", trace_id);
    }
    if let Some(is_transient) = is_transient {
        details.json("isTransient", owned(if is_transient { "true" } else { "false" }));
    }
    if let Some(data) = loose::member(error, "error_data") {
        details.json("data", owned(data.json));
    }
}

fn add_usage(details: &mut Details, usage: Option<&Usage>) {
    if let Some(usage) = usage {
        details.json("usage", owned(usage.to_json()));
    }
}

fn sentence(message: Option<&str>, code: Option<i64>, subcode: Option<i64>, status: u16) -> String {
    let subcode = subcode.filter(|_| code.is_some()).map(|subcode| numbered(", subcode ", subcode)).unwrap_or_default();
    let code = code.map_or_else(|| numbered("no code, HTTP ", status.into()), |code| numbered("code ", code));
    let message = message.map(trimmed).filter(|message| !message.is_empty()).unwrap_or("no message");
    fill("Graph answered with an error: % (%%)", &[message, &code, &subcode])
}

#[inline(never)]
fn numbered(what: &str, number: i64) -> String {
    joined(&[what, &decimal(number)])
}

/// An id is a text, or a whole number that a lenient server did not put in quotes.
fn id(members: Members<'_>, name: &str) -> Option<String> {
    let value = loose::member(members, name)?;
    let id = loose::text_of(value)?;
    let is_id = if value.kind == ValueKind::Number { all_digits(&id) } else { !id.is_empty() };
    is_id.then(|| owned(&id))
}

#[inline(never)]
fn whole(members: Members<'_>, name: &str) -> Option<i64> {
    let text = loose::text(members, name)?;
    let text = trimmed(&text);
    // 100.0 is 100.
    let (number, fraction) = cut(text, b".").unwrap_or((text, ""));
    let digits = number.strip_prefix('-').unwrap_or(number);
    if digits.is_empty() || !all_digits(digits) || !all_digits(fraction) {
        return None;
    }
    whole_number(text.as_bytes()).filter(|number| (-MAX_SAFE..=MAX_SAFE).contains(number))
}

fn truth(members: Members<'_>, name: &str) -> Option<bool> {
    let json = loose::member(members, name)?.json;
    if ["true", "\"true\"", "1"].contains(&json) {
        Some(true)
    } else if ["false", "\"false\"", "0"].contains(&json) {
        Some(false)
    } else {
        None
    }
}
