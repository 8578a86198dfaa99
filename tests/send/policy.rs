//! When a send is repeated, with a clock and a randomness of our own.

use messenger_send::send::{Answer, AnswerHeaders, Course, Delivery, Failure, Kind, Next, Retry, read_answer};

fn retry() -> Retry {
    Retry { attempts: 3, base_delay_ms: 100.0, max_delay_ms: 1000.0, unknown: false }
}

fn refused(code: i64) -> Box<Failure> {
    read_answer(&Answer { status: 400, body: format!(r#"{{"error":{{"code":{code}}}}}"#).as_bytes(), ..Answer::default() }, 0.0).unwrap_err()
}

fn lost() -> Box<Failure> {
    Box::new(Failure::new(Kind::Network, Delivery::Unknown, "No answer came"))
}

fn waiting(wait_ms: u64) -> Box<Failure> {
    Box::new(Failure { retry_after_ms: Some(wait_ms), ..*refused(613) })
}

#[track_caller]
fn delay(next: Next) -> f64 {
    match next {
        Next::Repeat { delay_ms, .. } => delay_ms,
        Next::Stop(failure) => panic!("stopped: {failure:?}"),
    }
}

#[track_caller]
fn stopped(next: Next) -> Failure {
    match next {
        Next::Stop(failure) => *failure,
        Next::Repeat { delay_ms, .. } => panic!("repeated after {delay_ms}"),
    }
}

/// A course that has made this many attempts, each followed by a refusal that is repeated.
fn after(attempts: u32, retry: Retry) -> Course {
    let mut course = Course::new(retry);
    for attempt in 1..=attempts {
        course.dispatch();
        if attempt < attempts {
            delay(course.settle(refused(613), 0.0));
        }
    }
    course
}

#[test]
fn the_wait_doubles_up_to_the_longest_with_full_jitter() {
    let many = Retry { attempts: 100, ..retry() };
    for (attempts, bound) in [(1, 100.0), (2, 200.0), (3, 400.0), (4, 800.0), (5, 1000.0), (99, 1000.0)] {
        assert_eq!(delay(after(attempts, many.clone()).settle(refused(2), 0.0)), 0.0);
        assert_eq!(delay(after(attempts, many.clone()).settle(refused(2), 0.5)), bound / 2.0);
        assert!(delay(after(attempts, many.clone()).settle(refused(2), 0.999)) < bound);
    }
}

#[test]
fn it_ends_with_the_last_attempt() {
    let last = stopped(after(3, retry()).settle(refused(613), 0.5));
    assert_eq!((last.attempts, last.retryable, last.delivery), (3, true, Delivery::Rejected));
    assert_eq!(stopped(after(1, Retry { attempts: 1, ..retry() }).settle(refused(613), 0.5)).attempts, 1);
}

#[test]
fn what_graph_refuses_for_good_is_not_repeated() {
    for code in [10, 100, 190, 200, 368, 551, 80001] {
        assert_eq!(stopped(after(1, retry()).settle(refused(code), 0.5)).attempts, 1, "{code}");
    }
    for code in [1, 2, 4, 17, 32, 341, 613, 80002, 80006, 1200] {
        delay(after(1, retry()).settle(refused(code), 0.5));
    }
}

#[test]
fn a_documented_wait_is_kept() {
    assert_eq!(delay(after(1, retry()).settle(waiting(700), 0.0)), 700.0);
    assert_eq!(delay(after(1, retry()).settle(waiting(700), 0.5)), 750.0, "and jittered, so that not all come back at once");
    assert_eq!(delay(after(1, retry()).settle(waiting(1000), 0.9)), 1000.0, "up to the longest");
}

#[test]
fn a_wait_that_is_too_long_is_handed_back() {
    let failure = stopped(after(1, retry()).settle(waiting(1001), 0.0));
    assert_eq!((failure.retry_after_ms, failure.attempts, failure.retryable), (Some(1001), 1, true));
}

#[test]
fn an_unknown_delivery_is_repeated_only_on_demand() {
    let failure = stopped(after(1, retry()).settle(lost(), 0.5));
    assert_eq!((failure.delivery, failure.retryable), (Delivery::Unknown, false));
    assert_eq!(delay(after(1, Retry { unknown: true, ..retry() }).settle(lost(), 0.5)), 50.0);
    let not_sent = Failure::configuration("No.");
    assert_eq!(stopped(after(1, Retry { unknown: true, ..retry() }).settle(not_sent, 0.5)).kind, Kind::Configuration);
}

#[test]
fn a_refusal_does_not_undo_an_attempt_that_may_have_arrived() {
    let mut course = after(1, Retry { unknown: true, ..retry() });
    delay(course.settle(lost(), 0.0));
    course.dispatch();
    let failure = stopped(course.settle(refused(190), 0.0));
    assert_eq!((failure.kind, failure.delivery, failure.retryable, failure.attempts), (Kind::Auth, Delivery::Unknown, false, 2));
}

#[test]
fn a_refusal_that_may_be_repeated_is_repeated_after_a_lost_one_too() {
    let mut course = after(1, Retry { unknown: true, ..retry() });
    delay(course.settle(lost(), 0.0));
    course.dispatch();
    match course.settle(refused(613), 0.0) {
        Next::Repeat { failure, .. } => assert_eq!(failure.delivery, Delivery::Unknown),
        Next::Stop(failure) => panic!("{failure:?}"),
    }
}

#[test]
fn an_abort_tells_what_is_known_at_that_moment() {
    let aborted = |mut course: Course, in_flight: bool| {
        let failure = course.abort(in_flight);
        assert_eq!((failure.kind, failure.retryable), (Kind::Aborted, false));
        (failure.delivery, failure.attempts)
    };
    assert_eq!(aborted(Course::new(retry()), false), (Delivery::NotSent, 0));
    assert_eq!(aborted(after(1, retry()), true), (Delivery::Unknown, 1));

    let mut waiting = after(1, retry());
    delay(waiting.settle(refused(613), 0.0));
    assert_eq!(aborted(waiting.clone(), false), (Delivery::Rejected, 1), "in the wait after a refusal");
    waiting.dispatch();
    assert_eq!(aborted(waiting, true), (Delivery::Unknown, 2), "in the attempt after a refusal");

    let mut lost_once = after(1, Retry { unknown: true, ..retry() });
    delay(lost_once.settle(lost(), 0.0));
    assert_eq!(aborted(lost_once, false), (Delivery::Unknown, 1));
}

fn wait_of(header: &str, now_ms: f64) -> Option<u64> {
    let headers = AnswerHeaders { retry_after: Some(header), ..AnswerHeaders::default() };
    read_answer(&Answer { status: 503, headers, body: b"" }, now_ms).unwrap_err().retry_after_ms
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    assert_eq!(wait_of("0", 0.0), Some(0));
    assert_eq!(wait_of(" 120 ", 0.0), Some(120_000));
    // The dates were computed with `date -u +%s`.
    assert_eq!(wait_of("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777_000.0 - 5000.0), Some(5000));
    assert_eq!(wait_of("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_800_000.0 - 1.0), Some(1));
    assert_eq!(wait_of("Fri, 01 Mar 2024 00:00:00 GMT", 1_709_251_200_000.0 - 1.0), Some(1));
    assert_eq!(wait_of("Fri, 31 Dec 2027 23:59:59 GMT", 1_830_297_599_000.0 - 1.0), Some(1));
    assert_eq!(wait_of("Thu, 01 Jan 1970 00:00:00 GMT", 5000.0), Some(0), "a date in the past is no wait");
    for text in [
        "",
        "-1",
        "1.5",
        "soon",
        "Fri, 31 Dec 2027",
        "Fri, 32 Dec 2027 23:59:59 GMT",
        "Fri, 31 Foo 2027 23:59:59 GMT",
        "Fri, 31 Dec 2027 24:59:59 GMT",
        "Fri, 31 Dec 2027 23:59:59 PST",
        "Fri, 31 Dec 27 23:59:59 GMT",
        "Fri, 00 Dec 2027 23:59:59 GMT",
    ] {
        assert_eq!(wait_of(text, 0.0), None, "{text}");
    }
    for text in ["4294967296", &"9".repeat(400)] {
        assert_eq!(wait_of(text, 0.0), Some(4_294_967_295_000), "for ever: {text}");
    }
}
