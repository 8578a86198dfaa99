//! What a rule is, how bad a violation is, and where rules come from.

use serde::Serialize;

/// A page of the API's documentation, and the date of its wording.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The page's address.
    pub url: &'static str,
    /// The date of the wording that was read: `YYYY-MM-DD`, or less where the page does not tell.
    /// Not part of the wasm module.
    #[cfg(not(target_arch = "wasm32"))]
    pub date: &'static str,
}

/// Which product of Meta the message goes to.
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

/// How bad an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The API refuses it, or it cannot be meant. A request with an error is not valid.
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
    /// Characters of a text. The API does not say of which kind: see [`crate::validate`].
    Characters,
    /// Bytes of UTF-8.
    Bytes,
    /// Members of a list.
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

/// A rule that is not a limit of one member: between members, or of the text as a whole.
#[derive(Debug)]
pub struct Rule {
    /// The stable name.
    pub code: &'static str,
    /// Its severity, unless the caller changes it.
    pub severity: Severity,
    /// What is wrong, and what to do, in a sentence.
    pub summary: &'static str,
    /// The platform it is for; none: both.
    pub platform: Option<Platform>,
    /// Since when it holds.
    pub since: Option<&'static str>,
    /// What Graph answers, where documented.
    pub graph_code: Option<u32>,
    /// Where it is documented.
    pub source: &'static Source,
    /// It tells that the text cannot be read at all: no option changes its severity.
    pub fixed: bool,
}

impl Rule {
    /// A rule whose breach is an error.
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

    /// A rule whose breach is a warning.
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

    /// It holds since this date.
    pub const fn since(mut self, date: &'static str) -> Self {
        self.since = Some(date);
        self
    }

    /// It holds on one platform only.
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
