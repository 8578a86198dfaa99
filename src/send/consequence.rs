//! What Graph's refusal of one message means for the others of the same Page.

use super::codes;
use super::failure::Kind;

/// What to do about the messages that have not been sent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing: it is about this message, or this person.
    None,
    /// Pause all of them: the limit is the Page's, or the app's, and each further call lengthens it.
    Pause,
    /// Stop, if several in a row are refused like this: it may be about this kind of message only, or about all.
    Suspect,
    /// Stop: none of them would be taken.
    Stop,
}

/// Refusals that sound as if they were about the Page, and are about one conversation or one kind of recipient.
const OF_ONE: [u32; 6] = [230, 2_018_021, 2_018_027, 2_018_171, 2_018_300, 2_018_321];

/// The Page of the address is not there; no Instagram account is linked to it.
const OF_THE_PAGE: [(u32, u32); 2] = [(100, 33), (100, 2_534_013)];

/// The Page is barred from sending; the token's owner or the app is blocked.
const BARRED: [(u32, Option<u32>); 2] = [(10, Some(1_893_063)), (368, None)];

/// The consequence of an error with this code and subcode.
#[must_use]
pub fn consequence(code: i64, subcode: Option<i64>) -> Consequence {
    let Some(row) = codes::row(code, subcode) else {
        return Consequence::None;
    };
    let number = row.subcode.unwrap_or(row.code);
    match row.kind {
        Kind::Auth => Consequence::Stop,
        Kind::Policy if BARRED.contains(&(row.code, row.subcode)) => Consequence::Stop,
        Kind::RateLimit if row.retryable || row.code == 80001 => Consequence::Pause,
        Kind::Permission if !OF_ONE.contains(&number) => Consequence::Suspect,
        Kind::Request if OF_THE_PAGE.contains(&(row.code, number)) => Consequence::Suspect,
        _ => Consequence::None,
    }
}
