//! Counts the outcomes of the messages of a run.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::result::SendAllStatus;
use crate::client::error::SendError;

/// The number of finished messages by outcome. `done` is `sent + failed + unknown + not_sent`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SendAllCounts {
    /// All finished messages.
    pub done: u64,
    /// Messages that Graph accepted.
    pub sent: u64,
    /// Messages that Graph refused, or that are invalid.
    pub failed: u64,
    /// Messages whose outcome is unknown.
    pub unknown: u64,
    /// Messages that never left this machine.
    pub not_sent: u64,
}

/// The progress of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SendAllProgress {
    /// The finished messages.
    pub counts: SendAllCounts,
    /// The total number of messages, if known.
    pub total: Option<u64>,
    /// The time from the start of the run to its latest activity.
    pub elapsed: Duration,
}

/// The outcome of a run.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SendAllSummary {
    /// The finished messages.
    pub counts: SendAllCounts,
    /// The duration of the run.
    pub duration: Duration,
    /// Why it stopped early, if it did.
    pub stopped: Option<SendError>,
}

/// A handle that reads the progress of a run at any time.
#[derive(Clone, Default)]
pub struct RunProgress(Arc<Mutex<Tally>>);

#[derive(Default)]
struct Tally {
    counts: SendAllCounts,
    total: Option<u64>,
    started: Option<Duration>,
    now: Duration,
    stopped: Option<SendError>,
}

impl SendAllProgress {
    /// The finished messages per second since the start.
    #[must_use]
    pub fn per_second(&self) -> f64 {
        self.counts.done as f64 / self.elapsed.as_secs_f64().max(0.001)
    }

    /// The estimated time left at that speed, if the total is known.
    #[must_use]
    pub fn time_left(&self) -> Option<Duration> {
        let left = self.total?.saturating_sub(self.counts.done);
        let seconds = left as f64 / self.per_second().max(1e-6);
        Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
    }
}

/// Serializes as in JavaScript: the counts, `total`, `perSecond`, `timeLeftMs`.
impl Serialize for SendAllProgress {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = if self.total.is_some() { 2 } else { 0 };
        let mut object = serializer.serialize_struct("SendAllProgress", 6 + known)?;
        serialize_counts::<S>(&mut object, &self.counts)?;
        if let (Some(total), Some(left)) = (self.total, self.time_left()) {
            object.serialize_field("total", &total)?;
            object.serialize_field("timeLeftMs", &milliseconds(left))?;
        }
        object.serialize_field("perSecond", &self.per_second())?;
        object.end()
    }
}

/// Serializes as in JavaScript: the counts, `durationMs`, `stopped`.
impl Serialize for SendAllSummary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = usize::from(self.stopped.is_some());
        let mut object = serializer.serialize_struct("SendAllSummary", 6 + known)?;
        serialize_counts::<S>(&mut object, &self.counts)?;
        object.serialize_field("durationMs", &milliseconds(self.duration))?;
        if let Some(stopped) = &self.stopped {
            object.serialize_field("stopped", stopped)?;
        }
        object.end()
    }
}

fn serialize_counts<S: Serializer>(
    object: &mut S::SerializeStruct,
    counts: &SendAllCounts,
) -> Result<(), S::Error> {
    object.serialize_field("done", &counts.done)?;
    object.serialize_field("sent", &counts.sent)?;
    object.serialize_field("failed", &counts.failed)?;
    object.serialize_field("unknown", &counts.unknown)?;
    object.serialize_field("not_sent", &counts.not_sent)
}

/// Rounds to whole milliseconds, at most JavaScript's `Number.MAX_SAFE_INTEGER`.
fn milliseconds(duration: Duration) -> u64 {
    const MAX_SAFE: u128 = (1 << 53) - 1;
    (duration + Duration::from_micros(500).min(Duration::MAX - duration))
        .as_millis()
        .min(MAX_SAFE) as u64
}

impl RunProgress {
    /// The progress of the run.
    #[must_use]
    pub fn get(&self) -> SendAllProgress {
        let tally = self.lock();
        SendAllProgress {
            counts: tally.counts,
            total: tally.total,
            elapsed: tally.elapsed(),
        }
    }

    pub(super) fn summary(&self) -> SendAllSummary {
        let tally = self.lock();
        SendAllSummary {
            counts: tally.counts,
            duration: tally.elapsed(),
            stopped: tally.stopped.clone(),
        }
    }

    pub(super) fn set_total(&self, total: Option<usize>) {
        self.lock().total = total.map(|total| total as u64);
    }

    pub(super) fn stopped(&self, error: &SendError) {
        self.lock().stopped = Some(error.clone());
    }

    /// Notes activity of the run at this time.
    pub(super) fn tick(&self, now: Duration) {
        let mut tally = self.lock();
        tally.started.get_or_insert(now);
        tally.now = now;
    }

    pub(super) fn count(&self, status: SendAllStatus) {
        let counts = &mut self.lock().counts;
        counts.done += 1;
        match status {
            SendAllStatus::Sent => counts.sent += 1,
            SendAllStatus::Failed => counts.failed += 1,
            SendAllStatus::Unknown => counts.unknown += 1,
            SendAllStatus::NotSent => counts.not_sent += 1,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Tally> {
        // The numbers are consistent even after a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tally {
    fn elapsed(&self) -> Duration {
        self.now.saturating_sub(self.started.unwrap_or(self.now))
    }
}
