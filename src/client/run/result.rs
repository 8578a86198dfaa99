//! The result of one message of a run.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::client::error::{Delivery, SendError};
use crate::client::receipt::SendReceipt;

/// The result of one message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SendAllResult<M> {
    /// Its index in the source, from 0.
    pub index: usize,
    /// The message from the source.
    pub message: M,
    /// Its status.
    pub status: SendAllStatus,
    /// The receipt, or the reason why there is none.
    pub outcome: Result<SendReceipt, SendError>,
    /// Whether the message was not started when the run stopped, so that its error is
    /// [`SendAllSummary::stopped`](super::SendAllSummary::stopped).
    pub is_left_over: bool,
}

/// Serializes as in JavaScript: `index`, `request`, `status`, and `receipt` or `error`.
impl<M: Serialize> Serialize for SendAllResult<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("SendAllResult", 4)?;
        object.serialize_field("index", &self.index)?;
        object.serialize_field("request", &self.message)?;
        object.serialize_field("status", &self.status)?;
        match &self.outcome {
            Ok(receipt) => object.serialize_field("receipt", receipt)?,
            Err(error) => object.serialize_field("error", error)?,
        }
        object.end()
    }
}

/// The status of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SendAllStatus {
    /// Graph accepted it.
    Sent,
    /// Graph refused it, or it is invalid.
    Failed,
    /// The outcome is unknown; sending it again may deliver it twice.
    Unknown,
    /// It never left this machine.
    NotSent,
}

impl SendAllStatus {
    pub(super) fn of(outcome: &Result<SendReceipt, SendError>) -> Self {
        match outcome {
            Ok(_) => Self::Sent,
            Err(error) if error.is_validation() => Self::Failed,
            Err(error) => match error.delivery {
                Delivery::Rejected => Self::Failed,
                Delivery::Unknown => Self::Unknown,
                Delivery::NotSent => Self::NotSent,
            },
        }
    }

    /// The name of the status: `sent`, `failed`, `unknown` or `not_sent`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::NotSent => "not_sent",
        }
    }
}
