//! What `run.js` and `pace.js` ask of the core, beside the steps of each send.

use wasm_bindgen::prelude::*;

use super::{none_invalid, read_options};
use crate::send::{self, Consequence, LANE_SIZE, Lane, Options};

/// Checks the options that all messages share: the plain object of a `SendError` as JSON, where one cannot be.
#[wasm_bindgen(js_name = checkOptions)]
pub fn check_options(rules: Option<String>, options: &str) -> Option<String> {
    let checked =
        none_invalid(read_options(rules).invalid()).and_then(|()| Options::from_json(options));
    checked.err().map(|failure| failure.to_json())
}

/// A lane of the rate through which nothing has gone, as the numbers that the two functions below read and write.
#[wasm_bindgen(js_name = openLane)]
pub fn open_lane() -> Vec<f64> {
    vec![0.0; LANE_SIZE]
}

/// Asks a lane to send `wanted` messages now: how many may go, or, below zero, for how many milliseconds to wait.
#[wasm_bindgen(js_name = passLane)]
pub fn pass_lane(
    lane: &mut [f64],
    now_ms: f64,
    per_second: f64,
    used_percent: f64,
    wanted: f64,
) -> f64 {
    let mut state = Lane::read(lane);
    let granted = state.pass(now_ms, per_second, used_percent, wanted);
    state.write(lane);
    granted
}

/// Tells a lane that the answer came to messages that went together.
#[wasm_bindgen(js_name = answeredLane)]
pub fn answered_lane(lane: &mut [f64], sent_ms: f64, now_ms: f64, messages: f64) {
    let mut state = Lane::read(lane);
    state.answered(sent_ms, now_ms, messages);
    state.write(lane);
}

/// What Graph's refusal of a message means for the others: 0 nothing, 1 pause, 2 stop if it is repeated, 3 stop.
/// What is no whole number is no code.
#[wasm_bindgen]
pub fn consequence(code: f64, subcode: f64) -> u32 {
    let whole = |number: f64| {
        if number.fract() == 0.0 {
            Some(number as i64)
        } else {
            None
        }
    };
    match whole(code).map(|code| send::consequence(code, whole(subcode))) {
        None | Some(Consequence::None) => 0,
        Some(Consequence::Pause) => 1,
        Some(Consequence::Suspect) => 2,
        Some(Consequence::Stop) => 3,
    }
}
