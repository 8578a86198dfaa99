//! What the refusal of one message means for the other messages of the same Page.

use super::codes;
use super::error::{ErrorKind, SendError};

/// What to do about the messages that have not been sent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing: it concerns this message or this person only.
    None,
    /// Pause all of them: it is a limit of the Page or the app, and each further call prolongs it.
    Pause,
    /// Pause all of them for half an hour, then longer: the Page is temporarily restricted.
    PauseLong,
    /// Stop if several in a row are refused like this: it may concern this kind of message only, or
    /// all.
    Suspect,
    /// Stop: none of them would be accepted.
    Stop,
}

/// Refusals that seem to concern the Page but concern one conversation or one kind of recipient.
const ABOUT_ONE: [i64; 6] = [230, 2_018_021, 2_018_027, 2_018_171, 2_018_300, 2_018_321];

/// The Page does not exist; no Instagram account is linked to it.
const ABOUT_THE_PAGE: [(i64, i64); 2] = [(100, 33), (100, 2_534_013)];

/// The Page is temporarily restricted from sending.
const RESTRICTED: (i64, Option<i64>) = (10, Some(1_893_063));

/// The token's owner or the app is blocked.
const BLOCKED: (i64, Option<i64>) = (368, None);

/// The Page has reached its call limit. The message is not retried, but the others wait.
const PAGE_LIMIT: i64 = 80_001;

impl Consequence {
    /// The consequence of an error. An error without a Graph code has none.
    #[must_use]
    pub fn of(error: &SendError) -> Self {
        let Some(code) = error.code else {
            return Self::None;
        };
        // All messages use the same credentials, whichever code rejects them.
        if error.kind == ErrorKind::Auth {
            return Self::Stop;
        }
        let Some(row) = codes::row(code, error.subcode) else {
            return Self::None;
        };
        let is_row = |known: (i64, Option<i64>)| known == (row.code, row.subcode);
        match row.kind {
            ErrorKind::Policy if is_row(RESTRICTED) => Self::PauseLong,
            ErrorKind::Policy if is_row(BLOCKED) => Self::Stop,
            ErrorKind::RateLimit
                if row.repeat == codes::Repeat::Later || row.code == PAGE_LIMIT =>
            {
                Self::Pause
            }
            ErrorKind::Permission if !ABOUT_ONE.contains(&row.subcode.unwrap_or(row.code)) => {
                Self::Suspect
            }
            ErrorKind::Request
                if ABOUT_THE_PAGE
                    .iter()
                    .any(|(code, subcode)| is_row((*code, Some(*subcode)))) =>
            {
                Self::Suspect
            }
            _ => Self::None,
        }
    }
}
