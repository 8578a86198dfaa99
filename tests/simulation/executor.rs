//! A single-threaded executor on a virtual clock: when nothing is ready, time jumps to the next
//! timer. Which of several ready tasks goes first is drawn from the seed.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

/// More polls than this in one run are an endless loop.
const MAX_POLLS: u64 = 20_000_000;

type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Who waits. When the client is done, it must have left no timer behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The client under test.
    Client,
    /// The world around it.
    World,
}

/// The clock, the randomness and the tasks of one run.
#[derive(Clone)]
pub struct Clock(Arc<Mutex<State>>);

struct State {
    now: Duration,
    random: fastrand::Rng,
    timers: BTreeMap<(Duration, u64), (Owner, Waker)>,
    timer_count: u64,
    spawned: Vec<Task>,
    ready: Vec<usize>,
    trace: Option<Vec<String>>,
}

impl Clock {
    /// A run of this seed, at a moment of its own.
    pub fn new(seed: u64, keeps_trace: bool) -> Self {
        Self(Arc::new(Mutex::new(State {
            now: Duration::ZERO,
            random: fastrand::Rng::with_seed(seed),
            timers: BTreeMap::new(),
            timer_count: 0,
            spawned: Vec::new(),
            ready: Vec::new(),
            trace: keeps_trace.then(Vec::new),
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// The time since the run began.
    pub fn now(&self) -> Duration {
        self.state().now
    }

    /// Draws something from the run's randomness.
    pub fn draw<D>(&self, draw: impl FnOnce(&mut fastrand::Rng) -> D) -> D {
        draw(&mut self.state().random)
    }

    /// Is true with this probability.
    pub fn chance(&self, probability: f64) -> bool {
        self.draw(|random| random.f64()) < probability
    }

    /// A time up to this one, in whole milliseconds.
    pub fn up_to(&self, milliseconds: u64) -> Duration {
        Duration::from_millis(self.draw(|random| random.u64(0..=milliseconds)))
    }

    /// A time up to this one, in steps of 50 milliseconds: so that things happen at one moment.
    pub fn in_steps(&self, milliseconds: u64) -> Duration {
        Duration::from_millis(50 * self.draw(|random| random.u64(0..=milliseconds / 50)))
    }

    /// Notes what happens, where a seed is replayed.
    pub fn trace(&self, text: impl FnOnce() -> String) {
        let mut state = self.state();
        let now = state.now;
        if let Some(trace) = &mut state.trace {
            trace.push(format!("{:>12.3} {}", now.as_secs_f64(), text()));
        }
    }

    /// What happened.
    pub fn take_trace(&self) -> Vec<String> {
        self.state().trace.take().unwrap_or_default()
    }

    /// Waits. Dropping it cancels the timer.
    pub fn sleep(&self, duration: Duration, owner: Owner) -> Sleep {
        let deadline = self.now().saturating_add(duration);
        Sleep {
            clock: self.clone(),
            deadline,
            owner,
            id: None,
        }
    }

    /// Begins another task of the world.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.state().spawned.push(Box::pin(task));
    }

    /// How many timers of the client are running.
    pub fn client_timers(&self) -> usize {
        self.state()
            .timers
            .values()
            .filter(|(owner, _)| *owner == Owner::Client)
            .count()
    }

    /// Runs all tasks until nothing is left to do.
    ///
    /// # Errors
    /// Tasks are left that nothing will ever wake.
    pub fn run(&self) -> Result<(), String> {
        let mut tasks: Vec<Option<(Task, Waker)>> = Vec::new();
        for _ in 0..MAX_POLLS {
            let spawned = std::mem::take(&mut self.state().spawned);
            for task in spawned {
                let id = tasks.len();
                let waker = Waker::from(Arc::new(Wakeup {
                    clock: self.clone(),
                    id,
                }));
                tasks.push(Some((task, waker)));
                self.state().ready.push(id);
            }
            let Some(id) = self.next_ready() else {
                if self.jump() {
                    continue;
                }
                let pending = tasks.iter().flatten().count();
                return match pending {
                    0 => Ok(()),
                    pending => Err(format!("{pending} tasks wait for what never comes")),
                };
            };
            let Some((task, waker)) = &mut tasks[id] else {
                continue;
            };
            if task
                .as_mut()
                .poll(&mut Context::from_waker(waker))
                .is_ready()
            {
                tasks[id] = None;
            }
        }
        Err("the run never ends".to_owned())
    }

    /// One of the tasks that are ready.
    fn next_ready(&self) -> Option<usize> {
        let state = &mut *self.state();
        if state.ready.is_empty() {
            return None;
        }
        let place = state.random.usize(0..state.ready.len());
        Some(state.ready.swap_remove(place))
    }

    /// Goes to the time of the next timer, and wakes all timers of that time.
    fn jump(&self) -> bool {
        let mut woken = Vec::new();
        {
            let state = &mut *self.state();
            let Some((&(time, _), _)) = state.timers.first_key_value() else {
                return false;
            };
            state.now = time;
            while let Some(entry) = state
                .timers
                .first_entry()
                .filter(|entry| entry.key().0 == time)
            {
                woken.push(entry.remove().1);
            }
        }
        for waker in woken {
            waker.wake();
        }
        true
    }
}

struct Wakeup {
    clock: Clock,
    id: usize,
}

impl Wake for Wakeup {
    fn wake(self: Arc<Self>) {
        let mut state = self.clock.state();
        if !state.ready.contains(&self.id) {
            state.ready.push(self.id);
        }
    }
}

/// A timer.
pub struct Sleep {
    clock: Clock,
    deadline: Duration,
    owner: Owner,
    id: Option<u64>,
}

impl Sleep {
    fn cancel(&mut self) {
        if let Some(id) = self.id.take() {
            self.clock.state().timers.remove(&(self.deadline, id));
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        this.cancel();
        let mut state = this.clock.state();
        if state.now >= this.deadline {
            return Poll::Ready(());
        }
        state.timer_count += 1;
        let id = state.timer_count;
        state
            .timers
            .insert((this.deadline, id), (this.owner, context.waker().clone()));
        this.id = Some(id);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_jumps_and_order_is_drawn_from_the_seed() {
        let order_of = |seed| {
            let clock = Clock::new(seed, false);
            let order = Arc::new(Mutex::new(Vec::new()));
            for task in 0..8 {
                let (clock, order) = (clock.clone(), order.clone());
                let owned = clock.clone();
                clock.spawn(async move {
                    owned.sleep(Duration::from_secs(3600), Owner::World).await;
                    order.lock().unwrap().push((task, owned.now()));
                });
            }
            clock.run().unwrap();
            order.lock().unwrap().clone()
        };
        assert_eq!(order_of(1), order_of(1));
        assert_ne!(order_of(1), order_of(2));
        assert!(
            order_of(3)
                .iter()
                .all(|(_, at)| *at == Duration::from_secs(3600))
        );
    }

    #[test]
    fn a_future_that_is_never_woken_is_detected() {
        let clock = Clock::new(1, false);
        clock.spawn(std::future::pending());
        assert_eq!(
            clock.run(),
            Err("1 tasks wait for what never comes".to_owned())
        );
    }

    #[test]
    fn a_dropped_timer_is_gone() {
        let clock = Clock::new(1, false);
        let mut sleep = Box::pin(clock.sleep(Duration::from_secs(1), Owner::Client));
        assert!(
            sleep
                .as_mut()
                .poll(&mut Context::from_waker(Waker::noop()))
                .is_pending()
        );
        assert_eq!(clock.client_timers(), 1);
        drop(sleep);
        assert_eq!(clock.client_timers(), 0);
    }
}
