//! How fast a Page may send at the moment: its rate limits, the usage headers, and the pauses that
//! Graph asks for. All sends and runs of a client share it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::consequence::Consequence;
use super::error::{ErrorKind, SendError};
use super::options::SendOptions;
use super::rate_limit::{Permit, RateLimiter, Wait};
use super::receipt::SendReceipt;
use super::usage::Usage;
use crate::payload::spec::Platform;

/// Messages a second of a Page on Messenger.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting>
pub const TEXT_PER_SECOND: f64 = 300.0;

/// Messages with audio or video a second of a Page. Source: as for [`TEXT_PER_SECOND`].
pub const MEDIA_PER_SECOND: f64 = 10.0;

/// Messages a second of an Instagram account.
///
/// Source: <https://developers.facebook.com/docs/graph-api/overview/rate-limiting>
pub const INSTAGRAM_PER_SECOND: f64 = 100.0;

/// So many refusals in a row that may be about the Page are about the Page.
const SUSPECTS: u32 = 20;

/// So many problems of Graph's own in a row do not concern one message only.
const TROUBLES: u32 = 5;

/// A usage figure without news counts for this long. Answers need not repeat the header, so an old
/// figure must not slow down a client for ever.
const USAGE_EXPIRES: Duration = Duration::from_secs(5 * 60);

/// The first pause of a restricted Page. Each further one is twice as long.
///
/// Source: <https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes>
const RESTRICTION: Duration = Duration::from_secs(30 * 60);

/// How often it is looked whether a message that tries the way after a pause has been answered,
/// where another send or run sent it.
const PROBE_CHECK: Duration = Duration::from_millis(100);

/// How long a run lets a single send go first.
const COURTESY: Duration = Duration::from_millis(50);

/// The limits of a Page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// All messages without audio and video.
    Text,
    /// Audio and video, which Graph fetches before it answers.
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

/// A lane and the rate that holds for the caller.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    pub lane: Lane,
    pub per_second: f64,
}

/// Who asks to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    /// One message, which goes first.
    Single,
    /// One of many.
    Run,
}

/// Why nothing may go now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// The rate does not allow it for this long.
    Rate(Duration),
    /// Everything pauses for this long.
    Paused(Duration),
    /// After a pause, one message tries the way alone. Ask again after this time.
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
    /// They may go.
    GoOn,
    /// None of them would be accepted.
    Stop,
}

/// An attempt whose outcome is to be learned from.
pub(super) struct Attempt<'a> {
    pub outcome: Result<&'a SendReceipt, &'a SendError>,
    /// The pause before it is repeated.
    pub delay: Option<Duration>,
    /// When the request went out.
    pub sent_at: Duration,
    pub now: Duration,
    /// The longest pause that the options allow.
    pub max_delay: Duration,
}

/// The memory of one Page, shared by everything that goes through a client.
pub(super) struct Pacing(Mutex<State>);

struct State {
    text: RateLimiter,
    media: RateLimiter,
    /// The highest usage figure, and when it came.
    usage: Option<(u32, Duration)>,
    paused_until: Duration,
    /// It is being found out whether a pause was long enough: one request at a time.
    is_probing: bool,
    /// The next pause of a restricted Page.
    restriction: Duration,
    /// Refusals in a row that may be about the Page.
    suspects: u32,
    /// Problems of Graph's own in a row.
    troubles: u32,
    /// Requests that are under way.
    in_flight: u32,
    /// Single sends that wait for a place.
    singles: Singles,
}

/// How many single sends wait in each lane.
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

    /// Asks to send `wanted` messages in one request now. An upload has no pace: it counts for no
    /// rate, and waits for pauses only.
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

    /// Learns from the outcome of a message.
    pub(super) fn learn(&self, attempt: &Attempt<'_>) -> Outlook {
        self.lock().learn(attempt)
    }

    /// A single send begins to wait for a place in a lane, until what is returned is dropped.
    pub(super) fn wait_first(self: &Arc<Self>, lane: Lane) -> Waiting {
        *self.lock().singles.of(lane) += 1;
        Waiting {
            pacing: Arc::clone(self),
            lane,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock, and what is in it is true at any time.
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
            // It is no answer of Graph, so nothing is known of the Page.
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
            // What left before the pause shows nothing of what is behind it.
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

/// A request that may go now. It counts as under way until it is dropped.
pub(super) struct PagePermit {
    pacing: Arc<Pacing>,
    permit: Option<(Lane, Permit)>,
    answered_at: Option<Duration>,
}

impl PagePermit {
    /// How many messages may be in the request.
    pub(super) fn granted(&self) -> u32 {
        self.permit.map_or(1, |(_, permit)| permit.granted())
    }

    /// The request has ended; `answered_at` is when its answer came, if one came.
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

/// A single send that waits for a place.
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
