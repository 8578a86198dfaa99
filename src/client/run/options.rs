//! The options of a run.

use std::time::Duration;

use serde::Deserialize;

use super::batch::MAX_BATCH;
use crate::client::error::SendError;
use crate::client::options::{MAX_DURATION, SendOptions, duration, out_of_range};
use crate::client::pacing::{Lane, Pace};

/// At 300 messages a second enough for answers that take a third of a second. Browsers and HTTP/2
/// servers allow about as many.
const CONCURRENCY: u32 = 100;

/// Batches of 50: at 300 messages a second enough for answers that take three seconds.
const BATCHES: u32 = 20;

/// How many messages are held at least, so that a few slow recipients do not keep all others
/// waiting.
const HELD: usize = 1000;

/// A batch is a part of a second's messages only, so that they stay spread.
const BATCHES_PER_SECOND: f64 = 4.0;

/// How many messages are sent, and how fast.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RunOptions {
    /// How many requests (with `batch`: how many batches) are under way at once, to different
    /// recipients. Default: 100; with `batch` 20.
    pub concurrency: Option<u32>,
    /// At most so many messages a second, all kinds together, in place of the documented rates.
    /// Above 0; `f64::INFINITY` is no limit.
    pub per_second: Option<f64>,
    /// Whether to put up to 50 messages into one HTTP request. Default: false.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/batch-requests>
    pub batch: bool,
    /// How long nothing may come back from Graph before the run stops. Default: 5 minutes.
    pub outage: Duration,
    /// How many messages the source has, where that is known. A source of known length is accounted
    /// for whole after a stop; any other one is dropped. Default: what the stream's `size_hint`
    /// says, where that is exact.
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
    /// So many requests under way at once.
    #[must_use]
    pub fn concurrency(self, concurrency: u32) -> Self {
        Self {
            concurrency: Some(concurrency),
            ..self
        }
    }

    /// At most so many messages a second, in place of the documented rates.
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

    /// How long nothing may come back from Graph before the run stops.
    #[must_use]
    pub fn outage(self, outage: Duration) -> Self {
        Self { outage, ..self }
    }

    /// How many messages the source has.
    #[must_use]
    pub fn total(self, total: usize) -> Self {
        Self {
            total: Some(total),
            ..self
        }
    }

    /// Whether a run can be made with these options.
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

/// Options as another language gives them: numbers, any of which may be absent or out of range.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RunOptionValues {
    concurrency: Option<f64>,
    per_second: Option<f64>,
    batch: Option<bool>,
    outage_ms: Option<f64>,
}

impl RunOptionValues {
    /// The options, with the defaults for what is absent.
    ///
    /// # Errors
    /// An option that cannot be, as a [`SendError`] of kind `configuration`.
    pub fn into_options(self) -> Result<RunOptions, SendError> {
        let mut options = RunOptions {
            // What is no whole number becomes one that is out of range; the conversion saturates.
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
    /// Requests that are under way at once.
    pub concurrency: u32,
    /// Messages that are taken from the source and not settled.
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

    /// The lane that a message goes through. A rate that the caller gives is for all together.
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

    /// How many messages go into one request.
    pub(super) fn batch_size(&self, pace: Pace) -> u32 {
        match self.batch {
            // The conversion saturates.
            true => ((pace.per_second / BATCHES_PER_SECOND) as u32).clamp(1, MAX_BATCH),
            false => 1,
        }
    }

    /// How many requests of a lane are under way at once. Graph fetches a video before it answers:
    /// those must not take all places.
    pub(super) fn lane_concurrency(&self, lane: Lane) -> u32 {
        match lane {
            Lane::Text => self.concurrency,
            Lane::Media => self.concurrency.div_ceil(2),
        }
    }
}
