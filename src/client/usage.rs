//! The usage headers: the usage of the rate limits, in percent.
//!
//! They are informational, so a header that cannot be read counts as absent.
//! Source: <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>

use serde::Serialize;

use super::lenient::{Object, each_item};
use super::redact::Redactor;
use super::transport::HttpResponse;
use crate::json::ValueKind;

/// The documentation names at most 32 entries; a header with more than this is ignored.
const MAX_ENTRIES: usize = 64;

/// The usage headers of one response.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Usage {
    /// `X-App-Usage`: the app's limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app: Option<UsageFigures>,
    /// `X-Page-Usage`: the Page's limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<UsageFigures>,
    /// `X-Business-Use-Case-Usage`: the limits of business use cases.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub business: Vec<BusinessUsage>,
}

/// The usage of one limit, in percent. It can exceed 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UsageFigures {
    /// The number of calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_count: Option<u32>,
    /// The total time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_time: Option<u32>,
    /// The total CPU time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_cputime: Option<u32>,
}

/// One limit of a business use case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BusinessUsage {
    /// The object whose limit it is.
    pub id: String,
    /// The use case: `messenger`, `instagram`, `pages`, or that of another product.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub use_case: Option<String>,
    /// The percentages.
    #[serde(flatten)]
    pub figures: UsageFigures,
    /// The minutes until calls are accepted again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minutes_to_regain_access: Option<u32>,
}

impl Usage {
    /// Reads the headers of a response; `None` if there are none.
    pub(super) fn read(response: &HttpResponse) -> Option<Self> {
        let figures = |name| UsageFigures::read(Object::parse(response.header(name)?)?);
        let usage = Self {
            app: figures("x-app-usage"),
            page: figures("x-page-usage"),
            business: response
                .header("x-business-use-case-usage")
                .and_then(Object::parse)
                .map(BusinessUsage::read_all)
                .unwrap_or_default(),
        };
        (usage != Self::default()).then_some(usage)
    }

    /// The highest percentage of all limits that concern messages.
    #[must_use]
    pub fn highest_percent(&self) -> u32 {
        let business = self.messaging().map(|business| business.figures);
        let all = self.app.into_iter().chain(self.page).chain(business);
        all.filter_map(UsageFigures::highest).max().unwrap_or(0)
    }

    /// The longest wait in minutes, of the limit that this error code is about, or of any limit for
    /// messages.
    #[must_use]
    pub fn minutes_to_wait(&self, code: Option<i64>) -> Option<u32> {
        let use_case = match code {
            Some(80001) => Some("pages"),
            Some(80002) => Some("instagram"),
            Some(80006) => Some("messenger"),
            _ => None,
        };
        let longest = |of: Option<&str>| {
            self.messaging()
                .filter(|one| {
                    one.use_case.is_none() || of.is_none() || one.use_case.as_deref() == of
                })
                .filter_map(|one| one.minutes_to_regain_access)
                .max()
        };
        longest(use_case).filter(|minutes| *minutes > 0)
    }

    /// The limits for messages. A limit of another product, such as advertising, does not apply to
    /// them.
    fn messaging(&self) -> impl Iterator<Item = &BusinessUsage> {
        self.business.iter().filter(|one| {
            matches!(
                one.use_case.as_deref(),
                None | Some("messenger" | "instagram" | "pages")
            )
        })
    }

    pub(super) fn redact(&mut self, redactor: &Redactor) {
        for one in &mut self.business {
            redactor.redact(&mut one.id);
            if let Some(use_case) = &mut one.use_case {
                redactor.redact(use_case);
            }
        }
    }
}

impl UsageFigures {
    fn read(object: Object<'_>) -> Option<Self> {
        let figures = Self {
            call_count: object.count("call_count"),
            total_time: object.count("total_time"),
            total_cputime: object.count("total_cputime"),
        };
        (figures != Self::default()).then_some(figures)
    }

    fn highest(self) -> Option<u32> {
        [self.call_count, self.total_time, self.total_cputime]
            .into_iter()
            .flatten()
            .max()
    }
}

impl BusinessUsage {
    /// `{id: [{type, call_count, ...}, ...], ...}`; a single object counts as a list of one.
    fn read_all(header: Object<'_>) -> Vec<Self> {
        let mut all = Vec::new();
        header.each(&mut |id, value| {
            let mut add =
                |entry| all.extend(Object::of(entry).and_then(|one| Self::read(&id, one)));
            match value.kind {
                ValueKind::Array => each_item(value, &mut add),
                _ => add(value),
            }
        });
        if all.len() > MAX_ENTRIES {
            Vec::new()
        } else {
            all
        }
    }

    fn read(id: &str, object: Object<'_>) -> Option<Self> {
        let figures = UsageFigures::read(object);
        let minutes_to_regain_access = object.count("estimated_time_to_regain_access");
        if figures.is_none() && minutes_to_regain_access.is_none() {
            return None;
        }
        Some(Self {
            id: id.to_owned(),
            use_case: object
                .member("type")
                .and_then(|value| value.text())
                .map(Into::into),
            figures: figures.unwrap_or_default(),
            minutes_to_regain_access,
        })
    }
}
