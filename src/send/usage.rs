//! The usage headers: how much of the limits is used up, in percent.
//!
//! They are a courtesy of Graph. A header that cannot be read is the same as none, never an error.
//! Source: <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>

use super::answer_headers::AnswerHeaders;
use serde::Serialize;
use serde_json::{Map, Value};

/// The documentation names at most 32 entries; more than this is not a usage header.
const MAX_ENTRIES: usize = 64;

/// Three percentages, each of which may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UsageFigures {
    /// Calls made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_count: Option<f64>,
    /// Time taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_time: Option<f64>,
    /// Processor time taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_cputime: Option<f64>,
}

/// The figures of one business object, mostly the Page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BusinessUsage {
    /// The object's id.
    pub id: String,
    /// Which limit: `messenger`, `instagram`, `pages` ...
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The percentages.
    #[serde(flatten)]
    pub figures: UsageFigures,
    /// Minutes until calls work again; 0 while they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes_to_regain_access: Option<f64>,
}

/// All usage headers of one answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Usage {
    /// `X-App-Usage`: the app as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app: Option<UsageFigures>,
    /// `X-Page-Usage`: the Page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<UsageFigures>,
    /// `X-Business-Use-Case-Usage`: each business object and limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business: Option<Vec<BusinessUsage>>,
}

impl Usage {
    /// `None` where no header says anything.
    #[must_use]
    pub fn read(headers: &AnswerHeaders) -> Option<Self> {
        let usage = Self {
            app: headers.app_usage.as_deref().and_then(object).and_then(|map| figures(&map)),
            page: headers.page_usage.as_deref().and_then(object).and_then(|map| figures(&map)),
            business: headers.business_usage.as_deref().and_then(object).and_then(business),
        };
        (usage != Self::default()).then_some(usage)
    }

    /// The longest wait that this code's limit names, in minutes.
    ///
    /// One header speaks of several products; a full advertising quota does not stop messages.
    #[must_use]
    pub fn minutes_to_wait(&self, code: Option<i64>) -> Option<f64> {
        let wanted = match code {
            Some(80001) => Some("pages"),
            Some(80002) => Some("instagram"),
            Some(80006) => Some("messenger"),
            _ => None,
        };
        let concerns = |kind: &Option<String>| match (kind.as_deref(), wanted) {
            (None, _) => true,
            (Some(kind), Some(wanted)) => kind == wanted,
            (Some(kind), None) => matches!(kind, "messenger" | "instagram" | "pages"),
        };
        let entries = self.business.iter().flatten().filter(|entry| concerns(&entry.kind));
        entries.filter_map(|entry| entry.minutes_to_regain_access).filter(|minutes| *minutes > 0.0).reduce(f64::max)
    }
}

fn object(text: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str(text) {
        Ok(Value::Object(map)) => Some(map),
        _ => None,
    }
}

fn figures(map: &Map<String, Value>) -> Option<UsageFigures> {
    let figures = UsageFigures {
        call_count: number(map.get("call_count")),
        total_time: number(map.get("total_time")),
        total_cputime: number(map.get("total_cputime")),
    };
    (figures != UsageFigures::default()).then_some(figures)
}

fn business(map: Map<String, Value>) -> Option<Vec<BusinessUsage>> {
    let mut entries = Vec::new();
    for (id, value) in map {
        let list = match value {
            Value::Array(list) => list,
            single => vec![single],
        };
        entries.extend(list.into_iter().filter_map(|entry| business_entry(&id, &entry)));
    }
    (!entries.is_empty() && entries.len() <= MAX_ENTRIES).then_some(entries)
}

fn business_entry(id: &str, entry: &Value) -> Option<BusinessUsage> {
    let map = entry.as_object()?;
    let minutes_to_regain_access = number(map.get("estimated_time_to_regain_access"));
    let figures = figures(map);
    if figures.is_none() && minutes_to_regain_access.is_none() {
        return None;
    }
    let kind = map.get("type").and_then(Value::as_str).map(str::to_owned);
    Some(BusinessUsage { id: id.to_owned(), kind, figures: figures.unwrap_or_default(), minutes_to_regain_access })
}

/// A figure is a number that is not below 0, or the text of one.
fn number(value: Option<&Value>) -> Option<f64> {
    let number = match value? {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    (number.is_finite() && number >= 0.0).then_some(number)
}
