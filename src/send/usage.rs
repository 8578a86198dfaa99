//! The usage headers: how much of the limits is used up, in percent.
//!
//! They are a courtesy of Graph. A header that cannot be read is the same as none, never an error.
//! Source: <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>

use super::answer_headers::AnswerHeaders;
use super::loose::{self, Members};
use crate::json::{Next, ObjectText, Value};
use crate::words::{cut, decimal};
use std::borrow::Cow;

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
            let figures = header.and_then(loose::object).map(Figures::read).unwrap_or_default();
            if figures.percent != [None; 3] {
                let mut inner = ObjectText::default();
                figures.write(&mut inner);
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
            for entry in if value.kind == Next::Array { value.items() } else { vec![value] } {
                if let Some(json) = loose::inside(entry).and_then(|members| self.entry(&id, members)) {
                    list.push(if entries == 0 { '[' } else { ',' });
                    list.push_str(&json);
                    entries += 1;
                }
            }
        });
        list.push(']');
        (1..=MAX_ENTRIES).contains(&entries).then_some(list)
    }

    fn entry(&mut self, id: &str, members: Members<'_>) -> Option<String> {
        let figures = Figures::read(members);
        if figures.percent == [None; 3] && figures.minutes.is_none() {
            return None;
        }
        let mut object = ObjectText::default();
        object.text("id", id);
        if let Some(kind) = &figures.kind {
            object.text("type", kind);
        }
        figures.write(&mut object);
        if let Some(minutes) = figures.minutes {
            object.json("minutesToRegainAccess", &decimal(minutes.into()));
            for ((name, _), wait) in LIMITS.iter().zip(&mut self.waits) {
                if figures.kind.as_deref().is_none_or(|kind| kind == *name) {
                    *wait = minutes.max(*wait);
                }
            }
        }
        Some(object.end())
    }
}

/// What one object of a header says.
#[derive(Default)]
struct Figures<'a> {
    kind: Option<Cow<'a, str>>,
    /// In the order of [`FIGURES`].
    percent: [Option<u32>; 3],
    minutes: Option<u32>,
}

impl<'a> Figures<'a> {
    #[inline(never)]
    fn read(members: Members<'a>) -> Self {
        let mut figures = Self::default();
        loose::each(members, &mut |name, value| {
            if name == "type" {
                figures.kind = value.text();
            } else if name == "estimated_time_to_regain_access" {
                figures.minutes = number(value);
            } else if let Some((_, place)) = FIGURES.iter().zip(&mut figures.percent).find(|((known, _), _)| *known == name) {
                *place = number(value);
            }
        });
        figures
    }

    #[inline(never)]
    fn write(&self, object: &mut ObjectText) {
        for ((_, name), figure) in FIGURES.iter().zip(self.percent) {
            if let Some(figure) = figure {
                object.json(name, &decimal(figure.into()));
            }
        }
    }
}

/// A figure is a number that is not below 0, or the text of one. What is behind the point is cut off.
#[inline(never)]
fn number(value: Value<'_>) -> Option<u32> {
    let text = if value.kind == Next::Number { Cow::Borrowed(value.json) } else { value.text()? };
    let (whole, fraction) = cut(&text, b".").unwrap_or((&text, "0"));
    if fraction.bytes().all(|byte| byte.is_ascii_digit()) { loose::digits(whole) } else { None }
}
