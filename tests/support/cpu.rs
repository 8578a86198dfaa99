//! The time that a call takes, whatever else runs on the machine.

use rustix::time::{ClockId, clock_gettime};

/// The seconds of processor time that this thread needs for a call. Other processes and threads do
/// not count.
pub fn cpu_seconds(call: impl FnOnce()) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let started = now();
    call();
    now() - started
}
