//! The usage headers: how much of the limits is used up, in percent.
//!
//! They are a courtesy of Graph. A header that cannot be read is the same as none, never an error.
//! Source: <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>

use super::answer_headers::AnswerHeaders;
use super::loose::{self, Members};
use crate::json::{Next, ObjectText, Value, list};

/// The documentation names at most 32 entries; more than this is not a usage header.
const MAX_ENTRIES: usize = 64;

/// Three percentages, whole numbers, each of which may be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UsageFigures {
    /// Calls made.
    pub call_count: Option<u32>,
    /// Time taken.
    pub total_time: Option<u32>,
    /// Processor time taken.
    pub total_cputime: Option<u32>,
}

impl UsageFigures {
    #[inline(never)]
    fn write(&self, object: &mut ObjectText) {
        for (name, figure) in [("callCount", self.call_count), ("totalTime", self.total_time), ("totalCputime", self.total_cputime)] {
            if let Some(figure) = figure {
                object.number(name, figure);
            }
        }
    }
}

/// The figures of one business object, mostly the Page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BusinessUsage {
    /// The object's id.
    pub id: String,
    /// Which limit: `messenger`, `instagram`, `pages` ...
    pub kind: Option<String>,
    /// The percentages.
    pub figures: UsageFigures,
    /// Minutes until calls work again; 0 while they do.
    pub minutes_to_regain_access: Option<u32>,
}

impl BusinessUsage {
    fn to_json(&self) -> String {
        let mut object = ObjectText::default();
        object.text("id", &self.id);
        if let Some(kind) = &self.kind {
            object.text("type", kind);
        }
        self.figures.write(&mut object);
        if let Some(minutes) = self.minutes_to_regain_access {
            object.number("minutesToRegainAccess", minutes);
        }
        object.end()
    }
}

/// All usage headers of one answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    /// `X-App-Usage`: the app as a whole.
    pub app: Option<UsageFigures>,
    /// `X-Page-Usage`: the Page.
    pub page: Option<UsageFigures>,
    /// `X-Business-Use-Case-Usage`: each business object and limit.
    pub business: Option<Vec<BusinessUsage>>,
}

impl Usage {
    /// `None` where no header says anything.
    #[must_use]
    pub fn read(headers: &AnswerHeaders) -> Option<Self> {
        let usage = Self {
            app: headers.app_usage.as_deref().and_then(loose::object).and_then(|members| figures(&members)),
            page: headers.page_usage.as_deref().and_then(loose::object).and_then(|members| figures(&members)),
            business: headers.business_usage.as_deref().and_then(business),
        };
        (usage != Self::default()).then_some(usage)
    }

    /// The text of the object that JavaScript gets.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut object = ObjectText::default();
        for (name, figures) in [("app", &self.app), ("page", &self.page)] {
            if let Some(figures) = figures {
                let mut inner = ObjectText::default();
                figures.write(&mut inner);
                object.json(name, &inner.end());
            }
        }
        if let Some(business) = &self.business {
            object.json("business", &list(business.iter().map(BusinessUsage::to_json)));
        }
        object.end()
    }

    /// The longest wait that this code's limit names, in minutes.
    ///
    /// One header speaks of several products; a full advertising quota does not stop messages.
    #[must_use]
    pub fn minutes_to_wait(&self, code: Option<i64>) -> Option<u32> {
        let wanted = match code {
            Some(80001) => Some("pages"),
            Some(80002) => Some("instagram"),
            Some(80006) => Some("messenger"),
            _ => None,
        };
        let concerns = |entry: &&BusinessUsage| match (entry.kind.as_deref(), wanted) {
            (None, _) => true,
            (Some(kind), Some(wanted)) => kind == wanted,
            (Some(kind), None) => matches!(kind, "messenger" | "instagram" | "pages"),
        };
        let entries = self.business.as_deref()?.iter().filter(concerns);
        entries.filter_map(|entry| entry.minutes_to_regain_access).max().filter(|minutes| *minutes > 0)
    }
}

#[inline(never)]
fn figures(members: &Members<'_>) -> Option<UsageFigures> {
    let figure = |name| number(members, name);
    let figures = UsageFigures { call_count: figure("call_count"), total_time: figure("total_time"), total_cputime: figure("total_cputime") };
    (figures != UsageFigures::default()).then_some(figures)
}

fn business(text: &str) -> Option<Vec<BusinessUsage>> {
    let mut entries = Vec::new();
    for (id, value) in loose::object(text)? {
        let list = if value.kind == Next::Array { value.items() } else { vec![value] };
        entries.extend(list.iter().filter_map(|entry| business_entry(&id, entry)));
    }
    (!entries.is_empty() && entries.len() <= MAX_ENTRIES).then_some(entries)
}

fn business_entry(id: &str, entry: &Value<'_>) -> Option<BusinessUsage> {
    let members = entry.members();
    let minutes_to_regain_access = number(&members, "estimated_time_to_regain_access");
    let figures = figures(&members);
    if figures.is_none() && minutes_to_regain_access.is_none() {
        return None;
    }
    let kind = loose::member(&members, "type").and_then(|kind| kind.text()).map(|kind| kind.into_owned());
    Some(BusinessUsage { id: id.to_owned(), kind, figures: figures.unwrap_or_default(), minutes_to_regain_access })
}

/// A figure is a number that is not below 0, or the text of one. What is behind the point is cut off.
#[inline(never)]
fn number(members: &Members<'_>, name: &str) -> Option<u32> {
    let text = loose::text(members, name)?;
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    if fraction.bytes().all(|byte| byte.is_ascii_digit()) { loose::digits(whole) } else { None }
}
