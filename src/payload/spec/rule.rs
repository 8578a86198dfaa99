//! Rules: their severity, platform and source.

use serde::Serialize;

/// A page of the API documentation, with the date of the version that was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The URL of the page.
    pub url: &'static str,
    /// The date of the version that was read: `YYYY-MM-DD`, or shorter if the page does not say.
    /// Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub date: &'static str,
}

/// The Meta product that the message goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// Facebook Messenger.
    #[default]
    Messenger,
    /// Instagram messaging.
    Instagram,
}

impl Platform {
    /// The name that the options and the catalogue use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Messenger => "messenger",
            Self::Instagram => "instagram",
        }
    }
}

/// The severity of an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The API refuses it, or it cannot be intended. A request with an error is not valid.
    Error,
    /// Unwise, disputed or undocumented. The request stays valid.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Characters of a string. The API does not define them: see [`crate::validate`].
    Characters,
    /// Bytes of UTF-8.
    Bytes,
    /// Items of a list.
    Items,
    /// Days.
    Days,
}

impl Unit {
    /// The name that issues and the catalogue use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Characters => "characters",
            Self::Bytes => "bytes",
            Self::Items => "items",
            Self::Days => "days",
        }
    }
}

/// A rule that is not a limit of one member: between members, or for the JSON as a whole.
#[derive(Debug)]
pub struct Rule {
    /// The stable name.
    pub code: &'static str,
    /// Its severity, unless the caller changes it.
    pub severity: Severity,
    /// A sentence that says what is wrong and what to do.
    pub summary: &'static str,
    /// The platform that it applies to; `None` for both.
    pub platform: Option<Platform>,
    /// The date since which it applies.
    pub since: Option<&'static str>,
    /// The error code that Graph answers, if documented.
    pub graph_code: Option<u32>,
    /// Where it is documented.
    pub source: &'static Source,
    /// Whether it reports that the JSON cannot be read, so that no option changes its severity.
    pub fixed: bool,
}

impl Rule {
    /// A rule whose violation is an error.
    pub const fn error(code: &'static str, summary: &'static str, source: &'static Source) -> Self {
        Self {
            code,
            severity: Severity::Error,
            summary,
            platform: None,
            since: None,
            graph_code: None,
            source,
            fixed: false,
        }
    }

    /// A rule whose violation is a warning.
    pub const fn warning(
        code: &'static str,
        summary: &'static str,
        source: &'static Source,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, summary, source)
        }
    }

    /// Graph answers it with this code.
    pub const fn graph(mut self, code: u32) -> Self {
        self.graph_code = Some(code);
        self
    }

    /// It applies since this date.
    pub const fn since(mut self, date: &'static str) -> Self {
        self.since = Some(date);
        self
    }

    /// It applies to one platform only.
    pub const fn on(mut self, platform: Platform) -> Self {
        self.platform = Some(platform);
        self
    }

    /// No option changes its severity.
    pub const fn fixed(mut self) -> Self {
        self.fixed = true;
        self
    }
}
