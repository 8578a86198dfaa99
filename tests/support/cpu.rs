//! Measures processor time, which does not depend on what else runs on the machine.

use rustix::time::{ClockId, clock_gettime};

/// The processor time that this thread needs for a call, in seconds. Other processes and threads
/// are not counted.
pub fn cpu_seconds(call: impl FnOnce()) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let started = now();
    call();
    now() - started
}
