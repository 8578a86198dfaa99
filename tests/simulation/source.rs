//! Where the messages of a run come from.

use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::Stream;
use messenger_send::client::SendError;

use super::executor::{Clock, Owner, Sleep};

/// How a source ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// After its last message, and it says before how many it has.
    Known,
    /// After its last message.
    Unknown,
    /// With an error.
    Fails,
    /// After its last message it says nothing any more.
    Stalls,
    /// Never.
    Never,
}

/// The messages of one run.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How many messages there are; of an endless source, the recipients and kinds repeat.
    pub count: usize,
    pub end: End,
    /// How long the source takes for a message, at most, in milliseconds.
    pub pause: u64,
    recipients: Vec<u64>,
    /// Every so many messages there is one that breaks a rule.
    invalid_every: usize,
}

impl Plan {
    pub fn draw(clock: &Clock, count: usize) -> Self {
        let ends = [End::Known, End::Unknown, End::Fails, End::Stalls, End::Never];
        let people = clock.draw(|random| {
            let most = [1, 3, 50, 10_000][random.usize(0..4)];
            random.u64(1..=most)
        });
        let recipients =
            (0..count.max(1)).map(|_| clock.draw(|random| random.u64(0..people))).collect();
        Self {
            count,
            end: ends[clock.draw(|random| [0, 0, 1, 1, 2, 3, 4][random.usize(0..7)])],
            pause: clock.draw(|random| [0, 0, 10, 400][random.usize(0..4)]),
            recipients,
            invalid_every: clock.draw(|random| [usize::MAX, usize::MAX, 7][random.usize(0..3)]),
        }
    }

    pub fn recipient(&self, index: usize) -> String {
        (7_001_002_003_000_000 + self.recipients[index % self.recipients.len()]).to_string()
    }

    pub fn is_invalid(&self, index: usize) -> bool {
        index % self.invalid_every == self.invalid_every - 1
    }

    /// Whether it ever lets the run wait.
    pub fn is_slow(&self) -> bool {
        self.pause > 0 || self.end == End::Stalls
    }

    fn message(&self, index: usize) -> String {
        let recipient = self.recipient(index);
        let text = if self.is_invalid(index) { String::new() } else { text(index) };
        format!(
            r#"{{"recipient":{{"id":"{recipient}"}},"messaging_type":"RESPONSE","message":{{"text":"{text}"}}}}"#
        )
    }
}

/// The text of a message, and back.
pub fn text(index: usize) -> String {
    format!("message {index}")
}

pub fn index(text: &str) -> usize {
    text.strip_prefix("message ").and_then(|index| index.parse().ok()).expect("a message of ours")
}

/// What a source has been asked for.
#[derive(Default)]
pub struct Log {
    /// When each message was handed over.
    pub taken: Vec<Duration>,
    pub has_failed: bool,
    pub violation: Option<&'static str>,
}

/// A source that notes what is taken from it.
pub struct Source {
    clock: Clock,
    plan: Plan,
    log: Arc<Mutex<Log>>,
    next: usize,
    pause: Option<Sleep>,
    has_ended: bool,
}

impl Source {
    pub fn new(clock: Clock, plan: Plan, log: Arc<Mutex<Log>>) -> Self {
        Self { clock, plan, log, next: 0, pause: None, has_ended: false }
    }
}

impl Stream for Source {
    type Item = Result<String, SendError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.has_ended {
            this.log.lock().unwrap().violation = Some("a source that has ended was asked again");
        }
        if this.plan.pause > 0 {
            let clock = &this.clock;
            let most = this.plan.pause;
            let pause =
                this.pause.get_or_insert_with(|| clock.sleep(clock.up_to(most), Owner::World));
            std::task::ready!(pin!(pause).poll(context));
            this.pause = None;
        }
        if this.next >= this.plan.count {
            match this.plan.end {
                End::Never => {}
                End::Stalls => return Poll::Pending,
                End::Known | End::Unknown => {
                    this.has_ended = true;
                    return Poll::Ready(None);
                }
                End::Fails => {
                    this.has_ended = true;
                    this.log.lock().unwrap().has_failed = true;
                    let error = SendError::configuration("The source has failed.");
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        let index = this.next;
        this.next += 1;
        this.log.lock().unwrap().taken.push(this.clock.now());
        Poll::Ready(Some(Ok(this.plan.message(index))))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.plan.end {
            End::Known => (self.plan.count - self.next, Some(self.plan.count - self.next)),
            _ => (0, None),
        }
    }
}
