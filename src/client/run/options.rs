//! The options of a run.

use std::time::Duration;

use serde::Deserialize;

use super::batch::MAX_BATCH;
use crate::client::error::SendError;
use crate::client::options::{MAX_DURATION, SendOptions, duration, out_of_range};
use crate::client::pacing::{Lane, Pace};

/// The default concurrency. Enough for 300 messages per second with a response time of a third of a
/// second, and about as many as browsers and HTTP/2 servers allow.
const CONCURRENCY: u32 = 100;

/// The default concurrency with batches of 50. Enough for 300 messages per second with a response
/// time of three seconds.
const BATCHES: u32 = 20;

/// The minimum number of messages held, so that a few slow recipients do not block all others.
const HELD: usize = 1000;

/// The maximum share of a second's messages in one batch, so that messages stay spread.
const BATCHES_PER_SECOND: f64 = 4.0;

/// The options of a run.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RunOptions {
    /// The maximum number of concurrent requests (with `batch`: of batches), to different
    /// recipients. Default: 100; with `batch` 20.
    pub concurrency: Option<u32>,
    /// The maximum number of messages per second, of all kinds together, instead of the documented
    /// rates. Above 0; `f64::INFINITY` means no limit.
    pub per_second: Option<f64>,
    /// Whether to send up to 50 messages in one HTTP request. Default: false.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/batch-requests>
    pub batch: bool,
    /// How long Graph may stay silent before the run stops. Default: 5 minutes.
    pub outage: Duration,
    /// The number of messages in the source, if known. After a stop, all messages of a source of
    /// known length are reported; any other source is dropped. Default: the stream's `size_hint`,
    /// if exact.
    pub total: Option<usize>,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            concurrency: None,
            per_second: None,
            batch: false,
            outage: Duration::from_secs(5 * 60),
            total: None,
        }
    }
}

impl RunOptions {
    /// Sets the maximum number of concurrent requests.
    #[must_use]
    pub fn concurrency(self, concurrency: u32) -> Self {
        Self {
            concurrency: Some(concurrency),
            ..self
        }
    }

    /// Sets the maximum number of messages per second, instead of the documented rates.
    #[must_use]
    pub fn per_second(self, per_second: f64) -> Self {
        Self {
            per_second: Some(per_second),
            ..self
        }
    }

    /// Whether to put up to 50 messages into one HTTP request.
    #[must_use]
    pub fn batch(self, batch: bool) -> Self {
        Self { batch, ..self }
    }

    /// Sets how long Graph may stay silent before the run stops.
    #[must_use]
    pub fn outage(self, outage: Duration) -> Self {
        Self { outage, ..self }
    }

    /// Sets the number of messages in the source.
    #[must_use]
    pub fn total(self, total: usize) -> Self {
        Self {
            total: Some(total),
            ..self
        }
    }

    /// Checks the options.
    pub(super) fn check(&self) -> Result<(), SendError> {
        let refuse = |message: String| Err(SendError::configuration(message));
        if self.concurrency == Some(0) {
            return refuse("concurrency must be a whole number above 0.".to_owned());
        }
        if self
            .per_second
            .is_some_and(|rate| rate.is_nan() || rate <= 0.0)
        {
            return refuse("perSecond must be a number above 0.".to_owned());
        }
        if self.outage > MAX_DURATION {
            return refuse(out_of_range("outageMs", "from 0 to"));
        }
        Ok(())
    }
}

/// Options from another language. Any of them may be absent or out of range.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RunOptionValues {
    /// [`RunOptions::concurrency`].
    pub concurrency: Option<f64>,
    /// [`RunOptions::per_second`].
    pub per_second: Option<f64>,
    /// [`RunOptions::batch`].
    pub batch: Option<bool>,
    /// [`RunOptions::outage`].
    pub outage_ms: Option<f64>,
}

impl RunOptionValues {
    /// The options, with defaults for absent values.
    ///
    /// # Errors
    /// A [`SendError`] of kind `configuration` for an invalid option.
    pub fn into_options(self) -> Result<RunOptions, SendError> {
        let mut options = RunOptions {
            // A value that is not a whole number is replaced by one that is out of range. The
            // conversion saturates.
            concurrency: self
                .concurrency
                .map(|concurrency| match concurrency.fract() {
                    0.0 => concurrency as u32,
                    _ => 0,
                }),
            per_second: self.per_second,
            batch: self.batch.unwrap_or_default(),
            ..RunOptions::default()
        };
        if let Some(milliseconds) = self.outage_ms {
            options.outage = duration("outageMs", "from 0 to", milliseconds)?;
        }
        options.check()?;
        Ok(options)
    }
}

/// The options with their defaults filled in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The maximum number of concurrent requests.
    pub concurrency: u32,
    /// The maximum number of unfinished messages taken from the source.
    pub held: usize,
    pub batch: bool,
    pub outage: Duration,
    per_second: Option<f64>,
}

impl Limits {
    pub(super) fn new(options: &RunOptions) -> Self {
        let default = if options.batch { BATCHES } else { CONCURRENCY };
        let concurrency = options.concurrency.unwrap_or(default);
        let per_request = if options.batch { MAX_BATCH as usize } else { 1 };
        let under_way = (concurrency as usize).saturating_mul(per_request);
        Self {
            concurrency,
            held: HELD.max(under_way.saturating_mul(2)),
            batch: options.batch,
            outage: options.outage,
            per_second: options.per_second,
        }
    }

    /// The lane of a message. A rate set by the caller applies to all together.
    pub(super) fn lane(&self, lane: Lane) -> Lane {
        if self.per_second.is_some() {
            Lane::Text
        } else {
            lane
        }
    }

    pub(super) fn pace(&self, lane: Lane, options: &SendOptions) -> Pace {
        let per_second = self.per_second.unwrap_or_else(|| lane.per_second(options));
        Pace { lane, per_second }
    }

    /// The maximum number of messages in one request.
    pub(super) fn batch_size(&self, pace: Pace) -> u32 {
        match self.batch {
            // The conversion saturates.
            true => ((pace.per_second / BATCHES_PER_SECOND) as u32).clamp(1, MAX_BATCH),
            false => 1,
        }
    }

    /// The maximum number of concurrent requests in a lane. Graph fetches a video before it
    /// responds, so videos must not take all slots.
    pub(super) fn lane_concurrency(&self, lane: Lane) -> u32 {
        match lane {
            Lane::Text => self.concurrency,
            Lane::Media => self.concurrency.div_ceil(2),
        }
    }
}
