//! Graph's refusals, and what else answers in its place.

use std::time::Duration;

use messenger_send::client::transport::HttpResponse;
use serde_json::{Value, json};

use super::executor::Clock;

/// An answer: status, headers, body.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    /// How long the answer asks to wait.
    pub wait: Option<Duration>,
}

impl Answer {
    pub fn new(status: u16, body: impl ToString) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string(), wait: None }
    }

    /// The answer to a request of its own.
    pub fn into_response(self) -> HttpResponse {
        HttpResponse::new(self.status, self.headers, self.body)
    }

    /// The answer to an item of a batch.
    pub fn into_item(self) -> Value {
        let headers: Vec<Value> = self
            .headers
            .into_iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        json!({ "code": self.status, "headers": headers, "body": self.body })
    }
}

/// Refusals of one message, most of them for good.
const OF_ONE: &[(u16, i64, Option<i64>, Option<bool>)] = &[
    (400, 100, None, None),
    (400, 100, Some(2_018_001), None),
    (400, 100, Some(1_893_061), Some(true)),
    (400, 508, Some(2_534_122), Some(true)),
    (400, 551, Some(1_545_041), None),
    (400, 10, Some(2_018_278), None),
    (200, 100, None, None),
    (500, 100, None, None),
    (400, 424_242, None, None),
    (400, 424_242, None, Some(true)),
    (500, 1, None, None),
    (500, 2, None, None),
    (500, 2, None, Some(false)),
    (503, 2, None, Some(true)),
    (400, 1200, None, None),
    (500, -1, None, None),
    (500, -1, Some(2_018_012), None),
    (400, 613, Some(2_018_338), None),
];

/// Limits of the whole Page.
const LIMITS: &[i64] = &[4, 17, 32, 341, 613, 80002, 80006];

/// Refusals of all messages.
const OF_ALL: &[(i64, Option<i64>)] =
    &[(10, Some(1_893_063)), (368, None), (190, Some(460)), (102, None), (200, None), (2500, None)];

/// A refusal of one message.
pub fn of_one(clock: &Clock) -> Answer {
    let (status, code, subcode, is_transient) = *pick(clock, OF_ONE);
    let mut error = json!({ "code": code, "type": "OAuthException" });
    if let Some(subcode) = subcode {
        error["error_subcode"] = subcode.into();
    }
    if let Some(is_transient) = is_transient {
        error["is_transient"] = is_transient.into();
    }
    Answer::new(status, json!({ "error": error }))
}

/// A limit is reached, which the headers may say as well.
pub fn limit(clock: &Clock) -> Answer {
    let code = *pick(clock, LIMITS);
    let mut answer = Answer::new(400, json!({ "error": { "code": code } }));
    let minutes = clock.draw(|random| [0, 0, 1, 3][random.usize(0..4)]);
    let use_case = if code == 80002 { "instagram" } else { "messenger" };
    if clock.chance(0.5) {
        let usage = json!({ "1": [{
            "type": use_case, "call_count": 107, "total_time": 125,
            "estimated_time_to_regain_access": minutes,
        }] });
        answer.headers.push(("x-business-use-case-usage", usage.to_string()));
        if minutes > 0 {
            answer.wait = Some(Duration::from_secs(60 * minutes));
        }
    }
    if clock.chance(0.3) {
        let seconds = clock.draw(|random| random.u64(0..=20));
        answer.headers.push(("retry-after", seconds.to_string()));
        answer.wait = answer.wait.max(Some(Duration::from_secs(seconds)));
    }
    answer
}

/// None of the Page's messages is taken.
pub fn of_all(clock: &Clock) -> Answer {
    let (code, subcode) = *pick(clock, OF_ALL);
    Answer::new(400, json!({ "error": { "code": code, "error_subcode": subcode } }))
}

/// The token is no good.
pub fn bad_token() -> Answer {
    let error = json!({ "code": 190, "error_subcode": 463, "type": "OAuthException" });
    Answer::new(401, json!({ "error": error }))
}

/// The proof is no good.
pub fn bad_proof() -> Answer {
    let message = "Invalid appsecret_proof provided in the API argument";
    Answer::new(400, json!({ "error": { "code": 100, "message": message } }))
}

/// A proxy or a gateway has not passed the request on.
pub fn gateway(clock: &Clock) -> Answer {
    let status = *pick(clock, &[400, 403, 404, 413, 429, 429, 451]);
    let mut answer = Answer::new(status, "<html><body>not here</body></html>");
    if clock.chance(0.5) {
        let seconds = clock.draw(|random| random.u64(0..=20));
        answer.headers.push(("retry-after", seconds.to_string()));
        answer.wait = Some(Duration::from_secs(seconds));
    }
    answer
}

/// Graph has taken the message, and what comes back does not say so. None of these is a refusal.
pub fn lie(clock: &Clock, message_id: &str) -> Answer {
    match clock.draw(|random| random.u8(0..8)) {
        0 => Answer::new(400, json!({ "error": { "code": 1, "error_subcode": 1_357_046 } })),
        1 => Answer::new(200, json!({ "message_id": message_id, "error": { "code": 2 } })),
        2 => Answer::new(502, "<html>Bad Gateway</html>"),
        3 => Answer::new(200, ""),
        4 => Answer::new(200, json!({ "success": true })),
        5 => Answer::new(302, ""),
        6 => Answer::new(0, ""),
        _ => Answer::new(408, "timeout"),
    }
}

fn pick<'l, V>(clock: &Clock, list: &'l [V]) -> &'l V {
    &list[clock.draw(|random| random.usize(0..list.len()))]
}
