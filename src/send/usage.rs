//! The usage headers: how much of the limits is used up, in percent.
//!
//! They are a courtesy of Graph. A header that cannot be read is the same as none, never an error.
//! Source: <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>

use super::answer_headers::AnswerHeaders;
use super::loose::{self, Members};
use crate::json::{ValueKind, ObjectText, Value};
use crate::words::{add, all_digits, cut};

/// The documentation names at most 32 entries; more than this is not a usage header.
const MAX_ENTRIES: usize = 64;

/// The limits that stop messages, as the header names them, with the code of each.
const LIMITS: [(&str, i64); 3] = [("pages", 80001), ("instagram", 80002), ("messenger", 80006)];

/// The figures of the headers, and what they are called in JavaScript.
const FIGURES: [(&str, &str); 3] = [("call_count", "callCount"), ("total_time", "totalTime"), ("total_cputime", "totalCputime")];

/// All usage headers of one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    json: String,
    /// Minutes until calls work again, for each of [`LIMITS`].
    waits: [u32; 3],
}

impl Usage {
    /// `None` where no header says anything.
    #[must_use]
    #[inline(never)]
    pub fn read(headers: &AnswerHeaders<'_>) -> Option<Self> {
        let mut usage = Self::default();
        let mut object = ObjectText::default();
        for (name, header) in [("app", headers.app_usage), ("page", headers.page_usage)] {
            let mut inner = ObjectText::default();
            if header.and_then(loose::object).is_some_and(|members| copy_figures(members, &mut inner)) {
                object.json(name, &inner.end());
            }
        }
        if let Some(list) = headers.business_usage.and_then(|header| usage.business(header)) {
            object.json("business", &list);
        }
        usage.json = object.end();
        (usage.json.len() > "{}".len()).then_some(usage)
    }

    /// The text of the object that JavaScript gets: `app` (`X-App-Usage`), `page` (`X-Page-Usage`), and `business`
    /// (`X-Business-Use-Case-Usage`), a list with the id and the type of each limit.
    #[must_use]
    pub fn to_json(&self) -> &str {
        &self.json
    }

    /// The longest wait that this code's limit names, in minutes.
    ///
    /// One header speaks of several products; a full advertising quota does not stop messages.
    #[must_use]
    pub fn minutes_to_wait(&self, code: Option<i64>) -> Option<u32> {
        let of_code = LIMITS.iter().zip(self.waits).find(|((_, known), _)| Some(*known) == code).map(|(_, minutes)| minutes);
        of_code.or_else(|| self.waits.into_iter().max()).filter(|minutes| *minutes > 0)
    }

    fn business(&mut self, header: &str) -> Option<String> {
        let mut list = String::new();
        let mut entries = 0;
        loose::each(loose::object(header)?, &mut |id, value| {
            let mut take = |entry| {
                if let Some(json) = loose::inside(entry).and_then(|members| self.entry(&id, members)) {
                    add(&mut list, if entries == 0 { "[" } else { "," });
                    add(&mut list, &json);
                    entries += 1;
                }
            };
            match value.kind {
                ValueKind::Array => loose::each_item(value, &mut take),
                _ => take(value),
            }
        });
        add(&mut list, "]");
        (1..=MAX_ENTRIES).contains(&entries).then_some(list)
    }

    fn entry(&mut self, id: &str, members: Members<'_>) -> Option<String> {
        let kind = loose::member(members, "type").and_then(|kind| kind.text());
        let minutes = loose::member(members, "estimated_time_to_regain_access").and_then(number);
        let mut object = ObjectText::default();
        object.text("id", id);
        if let Some(kind) = &kind {
            object.text("type", kind);
        }
        if !copy_figures(members, &mut object) && minutes.is_none() {
            return None;
        }
        if let Some(minutes) = minutes {
            object.number("minutesToRegainAccess", minutes);
            for ((name, _), wait) in LIMITS.iter().zip(&mut self.waits) {
                if kind.as_deref().is_none_or(|kind| kind == *name) {
                    *wait = minutes.max(*wait);
                }
            }
        }
        Some(object.end())
    }
}

/// Copies the figures of one object of a header; whether there is any.
#[inline(never)]
fn copy_figures(members: Members<'_>, object: &mut ObjectText) -> bool {
    let mut any = false;
    for (theirs, ours) in FIGURES {
        if let Some(figure) = loose::member(members, theirs).and_then(number) {
            object.number(ours, figure);
            any = true;
        }
    }
    any
}

/// A figure is a number that is not below 0, or the text of one. What is behind the point is cut off.
#[inline(never)]
fn number(value: Value<'_>) -> Option<u32> {
    let text = loose::text_of(value)?;
    let (whole, fraction) = cut(&text, b".").unwrap_or((&text, ""));
    if all_digits(fraction) { loose::digits(whole) } else { None }
}
