//! How fast a Page may send: its rate limits, the usage headers, and the pauses that Graph asks
//! for. All sends and runs of a client share it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::consequence::Consequence;
use super::error::{ErrorKind, SendError};
use super::options::SendOptions;
use super::rate_limit::{Permit, RateLimiter, Wait};
use super::receipt::SendReceipt;
use super::usage::Usage;
use crate::payload::spec::Platform;

/// Messages per second for a Page on Messenger.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting>
pub const TEXT_PER_SECOND: f64 = 300.0;

/// Messages with audio or video per second for a Page. Source: as for [`TEXT_PER_SECOND`].
pub const MEDIA_PER_SECOND: f64 = 10.0;

/// Messages per second for an Instagram account.
///
/// Source: <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>
pub const INSTAGRAM_PER_SECOND: f64 = 100.0;

/// This many consecutive refusals that may concern the Page do concern it.
const SUSPECTS: u32 = 20;

/// This many consecutive problems of Graph do not concern a single message only.
const TROUBLES: u32 = 5;

/// How long a usage figure is valid. Responses need not repeat the header, so an old figure must
/// not slow down a client for ever.
const USAGE_EXPIRES: Duration = Duration::from_secs(5 * 60);

/// The first pause of a restricted Page. Each further pause is twice as long.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes>
const RESTRICTION: Duration = Duration::from_secs(30 * 60);

/// How often to check whether the probe after a pause was answered, if another send or run sent it.
const PROBE_CHECK: Duration = Duration::from_millis(100);

/// How long a run gives priority to a single send.
const COURTESY: Duration = Duration::from_millis(50);

/// The limits of a Page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// All messages without audio or video.
    Text,
    /// Audio and video, which Graph fetches before it responds.
    Media,
}

impl Lane {
    pub(super) const ALL: [Self; 2] = [Self::Media, Self::Text];

    /// Its documented rate with these options.
    pub(super) fn per_second(self, options: &SendOptions) -> f64 {
        let is_instagram =
            options.rules.target() == Platform::Instagram || options.is_instagram_login();
        match self {
            Self::Media => MEDIA_PER_SECOND,
            Self::Text if is_instagram => INSTAGRAM_PER_SECOND,
            Self::Text => TEXT_PER_SECOND,
        }
    }
}

/// A lane and its rate for the caller.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub lane: Lane,
    pub per_second: f64,
}

/// Who wants to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    /// A single send, which takes priority.
    Single,
    /// A run of many messages.
    Run,
}

/// Why nothing may be sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// The rate limit allows nothing for this long.
    Rate(Duration),
    /// Everything pauses for this long.
    Paused(Duration),
    /// After a pause, one message is sent alone as a probe. Ask again after this time.
    Probing(Duration),
}

impl Denied {
    pub(super) fn wait(self) -> Duration {
        match self {
            Self::Rate(wait) | Self::Paused(wait) | Self::Probing(wait) => wait,
        }
    }
}

/// What the outcome of a message means for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outlook {
    /// They may be sent.
    GoOn,
    /// None of them would be accepted.
    Stop,
}

/// A finished attempt.
pub(super) struct Attempt<'a> {
    pub outcome: Result<&'a SendReceipt, &'a SendError>,
    /// The delay before its retry.
    pub delay: Option<Duration>,
    /// When the request was sent.
    pub sent_at: Duration,
    pub now: Duration,
    /// The longest delay that the options allow.
    pub max_delay: Duration,
}

/// The pacing of one Page, shared by everything that a client sends.
pub(super) struct Pacing(Mutex<State>);

struct State {
    text: RateLimiter,
    media: RateLimiter,
    /// The highest usage figure, and when it was received.
    usage: Option<(u32, Duration)>,
    paused_until: Duration,
    /// Whether a probe is finding out if a pause was long enough, one request at a time.
    is_probing: bool,
    /// The next pause of a restricted Page.
    restriction: Duration,
    /// Consecutive refusals that may concern the Page.
    suspects: u32,
    /// Consecutive problems of Graph.
    troubles: u32,
    /// Requests in flight.
    in_flight: u32,
    /// Single sends that are waiting.
    singles: Singles,
}

/// The number of single sends that are waiting in each lane.
#[derive(Default)]
struct Singles {
    text: u32,
    media: u32,
}

impl Singles {
    fn of(&mut self, lane: Lane) -> &mut u32 {
        match lane {
            Lane::Text => &mut self.text,
            Lane::Media => &mut self.media,
        }
    }
}

impl Pacing {
    pub(super) fn new() -> Self {
        Self(Mutex::new(State {
            text: RateLimiter::new(TEXT_PER_SECOND),
            media: RateLimiter::new(MEDIA_PER_SECOND),
            usage: None,
            paused_until: Duration::ZERO,
            is_probing: false,
            restriction: RESTRICTION,
            suspects: 0,
            troubles: 0,
            in_flight: 0,
            singles: Singles::default(),
        }))
    }

    /// Asks to send `wanted` messages in one request now. An upload has no rate limit; it only
    /// waits for pauses.
    pub(super) fn try_acquire(
        self: &Arc<Self>,
        pace: Option<Pace>,
        sender: Sender,
        wanted: u32,
        now: Duration,
    ) -> Result<PagePermit, Denied> {
        let mut state = self.lock();
        if now < state.paused_until {
            return Err(Denied::Paused(state.paused_until - now));
        }
        let wanted = if state.is_probing { 1 } else { wanted };
        if state.is_probing && state.in_flight > 0 {
            return Err(Denied::Probing(PROBE_CHECK));
        }
        let permit = match pace {
            Some(pace) => Some((pace.lane, state.acquire(pace, sender, wanted, now)?)),
            None => None,
        };
        state.in_flight += 1;
        Ok(PagePermit {
            pacing: Arc::clone(self),
            permit,
            answered_at: None,
        })
    }

    /// When the next message is due.
    pub(super) fn due(&self, pace: Pace) -> Duration {
        let mut state = self.lock();
        state.paused_until.max(state.limiter(pace.lane).due())
    }

    /// Updates the pacing from the outcome of a message.
    pub(super) fn learn(&self, attempt: &Attempt<'_>) -> Outlook {
        self.lock().learn(attempt)
    }

    /// Registers a single send as waiting in a lane, until the returned guard is dropped.
    pub(super) fn wait_first(self: &Arc<Self>, lane: Lane) -> Waiting {
        *self.lock().singles.of(lane) += 1;
        Waiting {
            pacing: Arc::clone(self),
            lane,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while holding the lock, and its contents are always consistent.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn limiter(&mut self, lane: Lane) -> &mut RateLimiter {
        match lane {
            Lane::Text => &mut self.text,
            Lane::Media => &mut self.media,
        }
    }

    fn acquire(
        &mut self,
        pace: Pace,
        sender: Sender,
        wanted: u32,
        now: Duration,
    ) -> Result<Permit, Denied> {
        let used_percent = self.used_percent(now);
        let others_first = sender == Sender::Run && *self.singles.of(pace.lane) > 0;
        let limiter = self.limiter(pace.lane);
        if others_first && now < limiter.due().saturating_add(COURTESY) {
            let wait = limiter.due().saturating_add(COURTESY).saturating_sub(now);
            return Err(Denied::Rate(wait));
        }
        limiter.set_rate(pace.per_second);
        limiter
            .try_acquire(now, wanted, used_percent)
            .map_err(|Wait(wait)| Denied::Rate(wait))
    }

    fn used_percent(&self, now: Duration) -> u32 {
        match self.usage {
            Some((percent, at)) if now < at.saturating_add(USAGE_EXPIRES) => percent,
            _ => 0,
        }
    }

    fn learn(&mut self, attempt: &Attempt<'_>) -> Outlook {
        let Attempt {
            outcome,
            delay,
            sent_at,
            now,
            max_delay,
        } = *attempt;
        let usage = match outcome {
            Ok(receipt) => receipt.usage.as_ref(),
            Err(error) => error.usage.as_ref(),
        };
        if let Some(usage) = usage {
            self.learn_usage(usage, now);
        }
        let error = outcome.err();
        if error.is_some_and(|error| error.code.is_none()) {
            // Graph did not answer, so this says nothing about the Page.
            return Outlook::GoOn;
        }
        let consequence = error.map_or(Consequence::None, Consequence::of);
        let is_after_pause = sent_at >= self.paused_until;
        let is_transient = error.is_some_and(|error| error.kind == ErrorKind::Transient);
        self.troubles = if is_transient { self.troubles + 1 } else { 0 };
        self.suspects = match consequence {
            Consequence::Suspect => self.suspects + 1,
            _ => 0,
        };
        let wait = delay
            .max(error.and_then(|error| error.retry_after))
            .unwrap_or_default();
        match consequence {
            Consequence::Pause => {
                self.is_probing = true;
                self.pause(wait, now);
            }
            Consequence::PauseLong if !is_after_pause => {}
            Consequence::PauseLong if self.restriction > max_delay => return Outlook::Stop,
            Consequence::PauseLong => {
                self.is_probing = true;
                self.pause(self.restriction.max(wait), now);
                self.restriction = self.restriction.saturating_mul(2);
            }
            Consequence::Stop => return Outlook::Stop,
            // A message sent before the pause says nothing about the time after it.
            Consequence::None | Consequence::Suspect if is_after_pause => {
                self.is_probing = false;
                self.restriction = RESTRICTION;
            }
            Consequence::None | Consequence::Suspect => {}
        }
        if self.troubles >= TROUBLES {
            self.pause(delay.unwrap_or_default(), now);
        }
        if self.suspects >= SUSPECTS {
            Outlook::Stop
        } else {
            Outlook::GoOn
        }
    }

    fn learn_usage(&mut self, usage: &Usage, now: Duration) {
        self.usage = Some((usage.highest_percent(), now));
        let minutes = usage.minutes_to_wait(None).unwrap_or(0);
        self.pause(Duration::from_secs(u64::from(minutes) * 60), now);
    }

    fn pause(&mut self, wait: Duration, now: Duration) {
        if !wait.is_zero() {
            self.paused_until = self.paused_until.max(now.saturating_add(wait));
        }
    }
}

/// A permit to send a request now. It counts as in flight until it is dropped.
pub(super) struct PagePermit {
    pacing: Arc<Pacing>,
    permit: Option<(Lane, Permit)>,
    answered_at: Option<Duration>,
}

impl PagePermit {
    /// The number of messages allowed in the request.
    pub(super) fn granted(&self) -> u32 {
        self.permit.map_or(1, |(_, permit)| permit.granted())
    }

    /// Completes the request; `answered_at` is the time of its response, if there was one.
    pub(super) fn complete(mut self, answered_at: Option<Duration>) {
        self.answered_at = answered_at;
    }
}

impl Drop for PagePermit {
    fn drop(&mut self) {
        let mut state = self.pacing.lock();
        state.in_flight = state.in_flight.saturating_sub(1);
        if let (Some((lane, permit)), Some(now)) = (self.permit, self.answered_at) {
            permit.complete(state.limiter(lane), now);
        }
    }
}

/// A single send that is waiting.
pub(super) struct Waiting {
    pacing: Arc<Pacing>,
    lane: Lane,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut state = self.pacing.lock();
        let waiting = state.singles.of(self.lane);
        *waiting = waiting.saturating_sub(1);
    }
}
