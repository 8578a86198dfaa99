//! When a send is retried, and its delivery after several attempts.

use std::time::Duration;

use messenger_send::client::transport::TransportErrorKind;
use messenger_send::client::{
    Decision, Delivery, ErrorKind, Event, Retry, RetryPolicy, SendError, SendReceipt,
};

use super::script::{HELLO, Reply, Script, now};

fn milliseconds(count: u64) -> Duration {
    Duration::from_millis(count)
}

fn retry() -> Retry {
    Retry::attempts(3)
        .base_delay(milliseconds(100))
        .max_delay(milliseconds(1000))
}

fn refused(code: i64) -> SendError {
    let mut error = SendError::new(ErrorKind::RateLimit, Delivery::Rejected, "refused");
    error.code = Some(code);
    error.retryable = true;
    error
}

fn lost() -> SendError {
    SendError::new(ErrorKind::Network, Delivery::Unknown, "No answer came.")
}

fn waiting(wait: u64) -> SendError {
    let mut error = refused(613);
    error.retry_after = Some(milliseconds(wait));
    error
}

#[track_caller]
fn delay(decision: Decision) -> Duration {
    match decision {
        Decision::Retry { delay, .. } => delay,
        Decision::GiveUp(error) => panic!("gave up: {error:?}"),
    }
}

#[track_caller]
fn given_up(decision: Decision) -> SendError {
    match decision {
        Decision::GiveUp(error) => error,
        Decision::Retry { delay, .. } => panic!("repeated after {delay:?}"),
    }
}

/// A policy after this many attempts, each with a refusal that is retried.
fn after(attempts: u32, retry: Retry) -> RetryPolicy {
    let mut policy = RetryPolicy::new(retry);
    for attempt in 1..=attempts {
        policy.dispatched();
        if attempt < attempts {
            delay(policy.decide(refused(613), 0.0));
        }
    }
    policy
}

#[test]
fn the_wait_doubles_up_to_the_longest_with_full_jitter() {
    let many = Retry::attempts(100)
        .base_delay(milliseconds(100))
        .max_delay(milliseconds(1000));
    for (attempts, bound) in [
        (1, 100),
        (2, 200),
        (3, 400),
        (4, 800),
        (5, 1000),
        (99, 1000),
    ] {
        let wait = |random| delay(after(attempts, many).decide(refused(2), random));
        assert_eq!(wait(0.0), Duration::ZERO);
        assert_eq!(wait(0.5), milliseconds(bound) / 2);
        assert!(wait(0.999) < milliseconds(bound));
    }
}

#[test]
fn randomness_out_of_its_range_does_no_harm() {
    for random in [-1.0, 2.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        let wait = delay(after(1, retry()).decide(refused(2), random));
        assert!(wait <= milliseconds(100), "{random}");
    }
}

#[test]
fn it_ends_with_the_last_attempt() {
    let last = given_up(after(3, retry()).decide(refused(613), 0.5));
    assert_eq!(
        (last.attempts, last.retryable, last.delivery),
        (3, true, Delivery::Rejected)
    );
    assert_eq!(
        given_up(after(1, Retry::never()).decide(refused(613), 0.5)).attempts,
        1
    );
}

#[test]
fn a_documented_wait_is_kept() {
    let wait = |wait, random| delay(after(1, retry()).decide(waiting(wait), random));
    assert_eq!(wait(700, 0.0), milliseconds(700));
    assert_eq!(
        wait(700, 0.5),
        milliseconds(750),
        "jittered, so that not all come back at once"
    );
    assert_eq!(wait(1000, 0.9), milliseconds(1000), "up to the longest");
}

#[test]
fn a_wait_that_is_too_long_is_handed_back() {
    let error = given_up(after(1, retry()).decide(waiting(1001), 0.0));
    let outcome = (error.retry_after, error.attempts, error.retryable);
    assert_eq!(outcome, (Some(milliseconds(1001)), 1, true));
}

#[test]
fn an_unknown_delivery_is_repeated_only_on_demand() {
    let error = given_up(after(1, retry()).decide(lost(), 0.5));
    assert_eq!(
        (error.delivery, error.retryable),
        (Delivery::Unknown, false)
    );
    let on_demand = retry().unknown(true);
    assert_eq!(
        delay(after(1, on_demand).decide(lost(), 0.5)),
        milliseconds(50)
    );
    let configuration = SendError::configuration("No.");
    let kind = given_up(after(1, on_demand).decide(configuration, 0.5)).kind;
    assert_eq!(kind, ErrorKind::Configuration);
}

#[test]
fn a_refusal_does_not_undo_an_attempt_that_may_have_arrived() {
    let mut policy = after(1, retry().unknown(true));
    delay(policy.decide(lost(), 0.0));
    policy.dispatched();
    let refusal = SendError::new(ErrorKind::Auth, Delivery::Rejected, "no");
    let error = given_up(policy.decide(refusal, 0.0));
    let outcome = (error.kind, error.delivery, error.retryable, error.attempts);
    assert_eq!(outcome, (ErrorKind::Auth, Delivery::Unknown, false, 2));
}

#[test]
fn a_refusal_that_may_be_repeated_is_repeated_after_a_lost_one_too() {
    let mut policy = after(1, retry().unknown(true));
    delay(policy.decide(lost(), 0.0));
    policy.dispatched();
    match policy.decide(refused(613), 0.0) {
        Decision::Retry { error, .. } => assert_eq!(error.delivery, Delivery::Unknown),
        Decision::GiveUp(error) => panic!("{error:?}"),
    }
}

#[test]
fn an_abort_reports_the_delivery_at_that_moment() {
    let aborted = |mut policy: RetryPolicy, in_flight: bool| {
        let error = policy.aborted(in_flight);
        assert_eq!((error.kind, error.retryable), (ErrorKind::Aborted, false));
        (error.delivery, error.attempts)
    };
    assert_eq!(
        aborted(RetryPolicy::new(retry()), false),
        (Delivery::NotSent, 0)
    );
    assert_eq!(aborted(after(1, retry()), true), (Delivery::Unknown, 1));

    let mut waiting = after(1, retry());
    delay(waiting.decide(refused(613), 0.0));
    assert_eq!(
        aborted(waiting.clone(), false),
        (Delivery::Rejected, 1),
        "after a refusal"
    );
    waiting.dispatched();
    assert_eq!(
        aborted(waiting, true),
        (Delivery::Unknown, 2),
        "in the attempt behind it"
    );

    let mut lost_once = after(1, retry().unknown(true));
    delay(lost_once.decide(lost(), 0.0));
    assert_eq!(aborted(lost_once, false), (Delivery::Unknown, 1));
}

fn send(retry: Retry, replies: Vec<Reply>) -> (Result<SendReceipt, SendError>, usize) {
    let script = Script::new(replies);
    let outcome = now(script
        .client_with(|builder| builder.retry(retry))
        .send(HELLO));
    (outcome, script.requests().len())
}

#[test]
fn a_permanent_refusal_is_not_retried() {
    for code in [3, 10, 100, 102, 190, 200, 368, 551, 2500, 80001, 424_242] {
        let (outcome, requests) = send(retry(), vec![Reply::refusal(code)]);
        assert_eq!((outcome.unwrap_err().attempts, requests), (1, 1), "{code}");
    }
}

#[test]
fn a_temporary_refusal_is_retried() {
    for code in [1, 2, 4, 17, 32, 341, 613, 80002, 80006, 1200] {
        let replies = vec![Reply::refusal(code), Reply::refusal(code), Reply::receipt()];
        let (outcome, requests) = send(retry(), replies);
        assert_eq!((outcome.unwrap().attempts, requests), (3, 3), "{code}");
    }
}

#[test]
fn minus_one_is_repeated_once() {
    let two = || vec![Reply::refusal(-1), Reply::refusal(-1)];
    let (outcome, requests) = send(Retry::attempts(100), two());
    let error = outcome.unwrap_err();
    assert_eq!(
        (error.attempts, requests, error.kind),
        (2, 2, ErrorKind::Transient)
    );
    let subcode = r#"{"error":{"code":-1,"error_subcode":2018012,"is_transient":true}}"#;
    let again = vec![Reply::new(500, subcode), Reply::new(500, subcode)];
    assert_eq!(send(Retry::attempts(100), again).1, 2);
}

#[test]
fn the_table_overrides_is_transient() {
    for (code, subcode) in [(508, 2_534_122), (100, 1_893_061), (1, 1_357_046)] {
        let body = format!(
            r#"{{"error":{{"code":{code},"error_subcode":{subcode},"is_transient":true}}}}"#
        );
        let (outcome, requests) = send(retry(), vec![Reply::new(400, body)]);
        assert_eq!(
            (outcome.unwrap_err().retryable, requests),
            (false, 1),
            "{code}/{subcode}"
        );
    }
    let unknown = r#"{"error":{"code":424242,"is_transient":true}}"#;
    assert_eq!(
        send(retry(), vec![Reply::new(400, unknown), Reply::receipt()]).1,
        2
    );
    let denied = r#"{"error":{"code":2,"is_transient":false}}"#;
    assert_eq!(send(retry(), vec![Reply::new(400, denied)]).1, 1);
}

#[test]
fn an_unsent_message_is_retried_unless_the_certificate_failed() {
    let not_sent = || Reply::fails(TransportErrorKind::NotSent);
    let (outcome, requests) = send(retry(), vec![not_sent(), not_sent(), not_sent()]);
    let error = outcome.unwrap_err();
    let facts = (error.kind, error.delivery, error.retryable, requests);
    assert_eq!(facts, (ErrorKind::Network, Delivery::NotSent, true, 3));
    assert_eq!(
        send(retry(), vec![not_sent(), Reply::receipt()])
            .0
            .unwrap()
            .attempts,
        2
    );

    let (outcome, requests) = send(retry(), vec![Reply::fails(TransportErrorKind::Certificate)]);
    let error = outcome.unwrap_err();
    let facts = (error.kind, error.delivery, error.retryable, requests);
    assert_eq!(facts, (ErrorKind::Network, Delivery::NotSent, false, 1));
    assert!(error.message.contains("certificate"), "{error}");
}

#[test]
fn a_connection_that_fails_after_a_refusal_leaves_it_a_refusal() {
    let replies = vec![
        Reply::refusal(2),
        Reply::fails(TransportErrorKind::Certificate),
    ];
    let error = send(retry(), replies).0.unwrap_err();
    assert_eq!(
        (error.kind, error.delivery),
        (ErrorKind::Network, Delivery::Rejected)
    );
}

#[test]
fn each_transport_error_has_its_meaning() {
    use TransportErrorKind::{Aborted, NoResponse, Timeout, Unknown, Unsupported};
    for (kind, error_kind, delivery, attempts) in [
        (Unknown, ErrorKind::Network, Delivery::Unknown, 1),
        (Aborted, ErrorKind::Network, Delivery::Unknown, 1),
        (NoResponse, ErrorKind::InvalidResponse, Delivery::Unknown, 1),
        (Timeout, ErrorKind::Timeout, Delivery::Unknown, 1),
        (Unsupported, ErrorKind::Configuration, Delivery::NotSent, 0),
    ] {
        let (outcome, requests) = send(retry(), vec![Reply::fails(kind)]);
        let error = outcome.unwrap_err();
        let facts = (
            error.kind,
            error.delivery,
            error.attempts,
            error.retryable,
            requests,
        );
        assert_eq!(
            facts,
            (error_kind, delivery, attempts, false, 1),
            "{kind:?}: {error}"
        );
    }
}

#[test]
fn silence_ends_with_the_deadline() {
    let script = Script::new([Reply::Silence]);
    let client = script.client_with(|builder| builder.timeout(milliseconds(7)));
    let error = now(client.send(HELLO)).unwrap_err();
    assert_eq!(
        (error.kind, error.delivery),
        (ErrorKind::Timeout, Delivery::Unknown)
    );
    assert_eq!(error.message, "No complete response came within 7 ms.");
    assert_eq!(script.waits(), [milliseconds(7)]);
}

#[test]
fn the_observer_sees_each_request_response_and_retry() {
    let script = Script::new([Reply::refusal(613), Reply::receipt()]).random(0.5);
    let log = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let noted = log.clone();
    let observer = move |event: &Event<'_>| {
        noted.lock().unwrap().push(match event {
            Event::Request(request) => format!("request {}", request.attempt),
            Event::Response(response) => format!(
                "response {} {:?} {:?}",
                response.request.attempt,
                response.status,
                response.error.and_then(|error| error.code)
            ),
            Event::Retry(retry) => format!("retry {} {:?}", retry.attempt, retry.delay),
            _ => "another event".to_owned(),
        });
    };
    let client = script.client_with(|builder| builder.retry(retry()).on_event(observer));
    now(client.send(HELLO)).unwrap();
    let expected = [
        "request 1",
        "response 1 Some(400) Some(613)",
        "retry 1 50ms",
        "request 2",
        "response 2 Some(200) None",
    ];
    assert_eq!(*log.lock().unwrap(), expected);
}
