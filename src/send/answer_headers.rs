//! The headers of an answer that say something: all others are not read.

/// Their names, in the order of the fields of [`AnswerHeaders`].
///
/// In a browser most of them are hidden from scripts, because Graph does not expose them to other origins.
pub const HEADER_NAMES: [&str; 5] = ["retry-after", "x-business-use-case-usage", "x-app-usage", "x-page-usage", "x-fb-trace-id"];

/// The texts of those headers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerHeaders {
    /// `Retry-After`: seconds, or a date.
    pub retry_after: Option<String>,
    /// `X-Business-Use-Case-Usage`.
    pub business_usage: Option<String>,
    /// `X-App-Usage`.
    pub app_usage: Option<String>,
    /// `X-Page-Usage`.
    pub page_usage: Option<String>,
    /// `X-FB-Trace-ID`: stands in where the body names no trace.
    pub trace_id: Option<String>,
}

impl AnswerHeaders {
    /// Asks for each header once, by its name in lower case.
    pub fn read(mut get: impl FnMut(&'static str) -> Option<String>) -> Self {
        let [retry_after, business_usage, app_usage, page_usage, trace_id] = HEADER_NAMES.map(&mut get);
        Self { retry_after, business_usage, app_usage, page_usage, trace_id }
    }

    /// Reads their values from the lines of a text, in the order of [`HEADER_NAMES`]. An empty line is no header.
    #[must_use]
    pub fn from_lines(lines: &str) -> Self {
        let mut lines = lines.split('\n');
        let mut next = || lines.next().filter(|line| !line.is_empty()).map(str::to_owned);
        Self { retry_after: next(), business_usage: next(), app_usage: next(), page_usage: next(), trace_id: next() }
    }
}
