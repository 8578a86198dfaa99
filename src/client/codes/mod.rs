//! The meaning of Graph's error codes for a sender.

mod table;

use serde::Serialize;

use super::error::ErrorKind;
use table::TABLE;

/// An entry for a code, a code with a subcode, or a range of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Row {
    /// The code, or the first of a range. Codes can be negative.
    pub code: i64,
    /// The last code of the range, or the code itself.
    pub through: i64,
    /// The subcode; `None` for the code with any other subcode or none.
    pub subcode: Option<i64>,
    /// What it means.
    pub kind: ErrorKind,
    /// Whether the same message may be sent again.
    pub repeat: Repeat,
    /// Cause and next step.
    pub hint: &'static str,
    /// The page that documents it.
    #[cfg(not(target_arch = "wasm32"))]
    pub source: &'static str,
}

/// Whether a refused message may be sent again unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// No, unless Graph says `is_transient`.
    No,
    /// Yes, after a delay, unless Graph says `is_transient: false`.
    Later,
    /// Yes, but only once.
    Once,
    /// No, whatever Graph says.
    Never,
}

/// The table's verdict on an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it means.
    pub kind: ErrorKind,
    /// Whether the same message may be sent again later.
    pub retryable: bool,
    /// Cause and next step.
    pub hint: Option<&'static str>,
}

/// The parts of a Graph error on which its meaning depends.
#[derive(Clone, Copy, Debug, Default)]
pub struct GraphCode<'a> {
    /// `error.code`.
    pub code: Option<i64>,
    /// `error.error_subcode`.
    pub subcode: Option<i64>,
    /// `error.is_transient`.
    pub is_transient: Option<bool>,
    /// `error.message`. It is localized, so only two English sentences about the proof are
    /// recognized.
    pub message: &'a str,
    /// Whether the request went to graph.instagram.com.
    pub instagram_login: bool,
}

/// Codes in this range are unique across Graph, so their row also applies to the same number as a
/// subcode of any code.
const UNIQUE: std::ops::Range<i64> = 2_000_000..10_000_000;

/// Messages of code 100 about the app secret, not about a parameter of the message.
const PROOF_SENTENCES: [&str; 2] = [
    "Invalid appsecret_proof provided in the API argument",
    "API calls from the server require an appsecret_proof argument",
];

const PROOF_HINT: &str = "appsecret_proof is wrong, too old or missing: check that \
    appSecret belongs to the app of the accessToken, and that this machine's clock is right.";

const INSTAGRAM_HINT: &str = "graph.instagram.com takes the id of the Instagram account (or \
    \"me\") and an Instagram user access token: check baseUrl, pageId and accessToken.";

/// All rows, with ranges after the codes that they contain.
#[must_use]
pub fn table() -> &'static [Row] {
    TABLE
}

/// The row for an error: that of the code with its subcode, otherwise of the code, otherwise of its
/// range.
#[must_use]
pub fn row(code: i64, subcode: Option<i64>) -> Option<&'static Row> {
    let stands_for = |row: &Row, code: i64| (row.code..=row.through).contains(&code);
    let exact = TABLE
        .iter()
        .find(|row| row.code == code && row.subcode.is_some() && row.subcode == subcode);
    let of_subcode = || {
        let unique = subcode.filter(|subcode| UNIQUE.contains(subcode))?;
        TABLE
            .iter()
            .find(|row| row.subcode.is_none() && stands_for(row, unique))
    };
    let of_code = || {
        TABLE
            .iter()
            .find(|row| row.subcode.is_none() && stands_for(row, code))
    };
    exact.or_else(of_subcode).or_else(of_code)
}

impl GraphCode<'_> {
    /// The meaning of the error. Graph's `is_transient` decides, unless the table overrides it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if self.code == Some(100)
            && PROOF_SENTENCES
                .iter()
                .any(|sentence| self.message.contains(sentence))
        {
            return Verdict {
                kind: ErrorKind::Auth,
                retryable: false,
                hint: Some(PROOF_HINT),
            };
        }
        let row = self.code.and_then(|code| row(code, self.subcode));
        let is_transient = self.is_transient;
        let fallback = if is_transient == Some(true) {
            ErrorKind::Transient
        } else {
            ErrorKind::Request
        };
        let retryable = match row.map_or(Repeat::No, |row| row.repeat) {
            Repeat::Never => false,
            Repeat::No => is_transient == Some(true),
            Repeat::Later | Repeat::Once => is_transient != Some(false),
        };
        let is_plain_100 = row.is_some_and(|row| row.code == 100 && row.subcode.is_none());
        let hint = match row {
            Some(_) if is_plain_100 && self.instagram_login => Some(INSTAGRAM_HINT),
            row => row.map(|row| row.hint),
        };
        Verdict {
            kind: row.map_or(fallback, |row| row.kind),
            retryable: retryable && !self.may_have_arrived(),
            hint,
        }
    }

    /// Whether Graph answers with this error although the message may have gone through:
    /// 1/1357046.
    #[must_use]
    pub fn may_have_arrived(&self) -> bool {
        (self.code, self.subcode) == (Some(1), Some(1_357_046))
    }
}

/// Whether an error with this code may be retried only once.
pub(super) fn repeats_once(code: Option<i64>, subcode: Option<i64>) -> bool {
    code.and_then(|code| row(code, subcode))
        .is_some_and(|row| row.repeat == Repeat::Once)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn no_row_stands_behind_one_that_hides_it() {
        for row in TABLE {
            let found = super::row(row.code, row.subcode);
            assert_eq!(
                found,
                Some(row),
                "{} {:?} is never found",
                row.code,
                row.subcode
            );
        }
    }
}
