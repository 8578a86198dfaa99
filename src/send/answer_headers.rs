//! The headers of an answer that say something: all others are not read.

use crate::words::cut;
/// Their names, in the order of the fields of [`AnswerHeaders`].
///
/// In a browser most of them are hidden from scripts, because Graph does not expose them to other origins.
pub const HEADER_NAMES: [&str; 5] = ["retry-after", "x-business-use-case-usage", "x-app-usage", "x-page-usage", "x-fb-trace-id"];

/// The texts of those headers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerHeaders<'a> {
    /// `Retry-After`: seconds, or a date.
    pub retry_after: Option<&'a str>,
    /// `X-Business-Use-Case-Usage`.
    pub business_usage: Option<&'a str>,
    /// `X-App-Usage`.
    pub app_usage: Option<&'a str>,
    /// `X-Page-Usage`.
    pub page_usage: Option<&'a str>,
    /// `X-FB-Trace-ID`: stands in where the body names no trace.
    pub trace_id: Option<&'a str>,
}

impl<'a> AnswerHeaders<'a> {
    /// Asks for each header once, by its name in lower case.
    pub fn read(mut get: impl FnMut(&'static str) -> Option<&'a str>) -> Self {
        let [retry_after, business_usage, app_usage, page_usage, trace_id] = HEADER_NAMES.map(&mut get);
        Self { retry_after, business_usage, app_usage, page_usage, trace_id }
    }

    /// Reads their values from the lines of a text, in the order of [`HEADER_NAMES`]. An empty line is no header.
    #[must_use]
    pub fn from_lines(lines: &'a str) -> Self {
        let mut headers = Self::default();
        let Self { retry_after, business_usage, app_usage, page_usage, trace_id } = &mut headers;
        let mut rest = lines;
        for place in [retry_after, business_usage, app_usage, page_usage, trace_id] {
            let line;
            (line, rest) = cut(rest, b"\n").unwrap_or((rest, ""));
            *place = Some(line).filter(|line| !line.is_empty());
        }
        headers
    }
}
