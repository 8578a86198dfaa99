//! Tokens from a function: when it is called, and how its failures are handled.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use messenger_send::client::{
    AccessToken, BoxError, Client, Delivery, ErrorKind, Retry, SendError, SendReceipt,
};

use super::script::{HELLO, Reply, Script, now};

const FIRST: &str = "EAABfirsttoken0123456789";
const SECOND: &str = "EAABsecondtoken987654321";

/// Gives these, one after the other, and the last one again and again.
fn provider(tokens: &[Result<&'static str, &'static str>]) -> AccessToken {
    let tokens: Mutex<VecDeque<_>> = Mutex::new(tokens.iter().copied().collect());
    AccessToken::from_fn(move || {
        let mut tokens = tokens.lock().unwrap();
        let token = match tokens.len() {
            1 => tokens[0],
            _ => tokens.pop_front().unwrap(),
        };
        async move { token.map_err(BoxError::from) }
    })
}

fn send(token: AccessToken, script: &Script) -> Result<SendReceipt, SendError> {
    now(Client::builder(token)
        .build(script.clone())
        .unwrap()
        .send(HELLO))
}

#[test]
fn a_refused_token_is_asked_for_once_more() {
    let script = Script::new([Reply::refusal(190), Reply::receipt()]);
    let receipt = send(provider(&[Ok(FIRST), Ok(SECOND)]), &script).unwrap();
    assert_eq!(receipt.attempts, 2);
    let bodies = script.bodies();
    assert!(
        bodies[0].ends_with(FIRST) && bodies[1].ends_with(SECOND),
        "{bodies:?}"
    );
}

#[test]
fn it_is_asked_for_once_more_only() {
    let script = Script::new([Reply::refusal(190), Reply::refusal(190)]);
    let error = send(provider(&[Ok(FIRST), Ok(SECOND), Ok(FIRST)]), &script).unwrap_err();
    assert_eq!(
        (error.code, error.attempts, error.delivery),
        (Some(190), 2, Delivery::Rejected)
    );
}

#[test]
fn the_same_token_is_not_tried_again() {
    let script = Script::new([Reply::refusal(190)]);
    assert_eq!(
        send(provider(&[Ok(FIRST)]), &script).unwrap_err().attempts,
        1
    );
}

#[test]
fn no_attempt_is_left_for_another_token() {
    let script = Script::new([Reply::refusal(190)]);
    let builder = Client::builder(provider(&[Ok(FIRST), Ok(SECOND)])).retry(Retry::never());
    let error = now(builder.build(script.clone()).unwrap().send(HELLO)).unwrap_err();
    assert_eq!((error.code, script.requests().len()), (Some(190), 1));
}

#[test]
fn a_failing_token_function_does_not_expose_earlier_tokens() {
    let error = send(provider(&[Err("the vault is closed")]), &Script::new([])).unwrap_err();
    let facts = (error.kind, error.delivery, error.attempts);
    assert_eq!(facts, (ErrorKind::Auth, Delivery::NotSent, 0));
    assert_eq!(
        error.cause.as_ref().unwrap().to_string(),
        "the vault is closed"
    );

    let script = Script::new([Reply::refusal(190)]);
    let error = send(provider(&[Ok(FIRST), Err("no other")]), &script).unwrap_err();
    assert_eq!(
        (error.code, error.delivery),
        (Some(190), Delivery::Rejected)
    );
}

#[test]
fn a_token_that_never_comes_is_waited_for_until_the_deadline() {
    let never = || std::future::pending::<Result<String, BoxError>>();
    let script = Script::new([]);
    let timeout = Duration::from_millis(7);
    let builder = Client::builder(AccessToken::from_fn(never)).timeout(timeout);
    let error = now(builder.build(script).unwrap().send(HELLO)).unwrap_err();
    assert_eq!(
        (error.kind, error.delivery),
        (ErrorKind::Timeout, Delivery::NotSent)
    );
    assert!(error.message.contains("7 ms"), "{error}");
}

#[test]
fn an_abort_ends_the_wait_for_a_token() {
    let asked = Arc::new(Mutex::new(0));
    let count = asked.clone();
    let never = move || {
        *count.lock().unwrap() += 1;
        std::future::pending::<Result<String, BoxError>>()
    };
    let client = Client::builder(AccessToken::from_fn(never))
        .build(Script::new([]))
        .unwrap();
    let error = now(client.prepare(HELLO).abort_when(async {}).send()).unwrap_err();
    assert_eq!(
        (error.kind, error.delivery),
        (ErrorKind::Aborted, Delivery::NotSent)
    );
    assert!(*asked.lock().unwrap() <= 1);
}

#[test]
fn an_abort_during_the_second_question_is_an_abort() {
    let (abort, aborted) = futures_util::future::AbortHandle::new_pair();
    let asked = Mutex::new(0);
    let token = AccessToken::from_fn(move || {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        let is_first = *asked == 1;
        let abort = abort.clone();
        async move {
            if is_first {
                return Ok::<_, BoxError>(FIRST);
            }
            abort.abort();
            std::future::pending().await
        }
    });
    let script = Script::new([Reply::refusal(190)]);
    let client = Client::builder(token).build(script).unwrap();
    let wait = futures_util::future::Abortable::new(std::future::pending::<()>(), aborted);
    let stopped = async { _ = wait.await };
    let error = now(client.prepare(HELLO).abort_when(stopped).send()).unwrap_err();
    let facts = (error.kind, error.delivery, error.attempts);
    assert_eq!(facts, (ErrorKind::Aborted, Delivery::Rejected, 1));
}
