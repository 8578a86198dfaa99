//! What can go wrong between a request and its answer, as whoever makes the call sees it, and what each means for the message.

use super::failure::{Delivery, Failure, Kind};
use crate::words::{joined, owned};

/// Something that went wrong, save an answer that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The time was over before the request went out.
    LateBefore,
    /// The time was over while the answer was awaited; the detail is the time in milliseconds.
    Late,
    /// No answer came; the detail is the reason.
    ///
    /// `fetch` rejects in the same way for a name that cannot be found and for a connection that broke after the request was out.
    /// So it is never known that nothing was sent.
    NoAnswer,
    /// The connection broke inside the answer; the detail is the reason.
    Broken,
    /// `fetch` gave something that is no `Response`.
    NoResponse,
    /// The answer to an upload names no attachment.
    NoAttachment,
    /// There is no `fetch`, or what it needs.
    NoFetch,
    /// The runtime does not take the file.
    NoFile,
    /// The runtime does not take the address.
    NoAddress,
    /// There is no WebCrypto to sign with.
    NoCrypto,
    /// WebCrypto could not sign.
    NotSigned,
}

/// The word of each for the outside, its meaning, and its sentence: what stands before the detail and after it, where there is one.
struct Row(Trouble, &'static str, Kind, Delivery, [&'static str; 3]);

/// Nothing stands there.
const PLAIN: &str = "";

static TABLE: [Row; 11] = [
    Row(Trouble::LateBefore, "late_before", Kind::Timeout, Delivery::NotSent, ["No whole answer came", " within ", " ms."]),
    Row(Trouble::Late, "late", Kind::Timeout, Delivery::Unknown, ["No whole answer came", " within ", " ms."]),
    Row(Trouble::NoAnswer, "no_answer", Kind::Network, Delivery::Unknown, ["No answer came", ": ", PLAIN]),
    Row(Trouble::Broken, "broken", Kind::Network, Delivery::Unknown, ["The connection broke before the answer was complete", ": ", PLAIN]),
    Row(
        Trouble::NoResponse,
        "no_response",
        Kind::InvalidResponse,
        Delivery::Unknown,
        ["fetch answered with something that is no Response.", PLAIN, PLAIN],
    ),
    Row(Trouble::NoAttachment, "no_attachment", Kind::InvalidResponse, Delivery::Unknown, ["The answer has no attachment_id.", PLAIN, PLAIN]),
    Row(Trouble::NoFetch, "no_fetch", Kind::Configuration, Delivery::NotSent, ["This runtime has no fetch.", PLAIN, PLAIN]),
    Row(
        Trouble::NoFile,
        "no_file",
        Kind::Configuration,
        Delivery::NotSent,
        ["The file is no Blob of this runtime: give its bytes as a Uint8Array.", PLAIN, PLAIN],
    ),
    Row(
        Trouble::NoAddress,
        "no_address",
        Kind::Configuration,
        Delivery::NotSent,
        ["baseUrl is not an address that this runtime takes.", PLAIN, PLAIN],
    ),
    Row(
        Trouble::NoCrypto,
        "no_crypto",
        Kind::Configuration,
        Delivery::NotSent,
        ["appSecret needs WebCrypto (crypto.subtle), which this runtime or this insecure page does not have.", PLAIN, PLAIN],
    ),
    Row(
        Trouble::NotSigned,
        "not_signed",
        Kind::Configuration,
        Delivery::NotSent,
        // What the runtime says to it may quote the secret.
        ["WebCrypto could not sign with the appSecret.", PLAIN, PLAIN],
    ),
];

impl Trouble {
    /// The trouble of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    /// What it means for the message. An empty detail is none.
    #[must_use]
    pub fn failure(self, detail: &str) -> Box<Failure> {
        // Each trouble has its row; the first one stands for none.
        let [first, ..] = &TABLE;
        let Row(_, _, kind, delivery, [begin, before, after]) = TABLE.iter().find(|row| row.0 == self).unwrap_or(first);
        let message = if detail.is_empty() { owned(begin) } else { joined(&[begin, before, detail, after]) };
        Failure::boxed(*kind, *delivery, message)
    }
}
