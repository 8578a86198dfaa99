//! One message, through `Fetch`.

use std::time::Duration;

use js_sys::Reflect;
use messenger_send::client::transport::Fetch;
use messenger_send::client::{
    Client, Delivery, Encoding, ErrorKind, File, Retry, SendError, SendReceipt, Upload,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Request;

use crate::doubles::Double;

const HELLO: &str =
    r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"hello"}}"#;
const RECEIPT: &str = r#"{"recipient_id":"1","message_id":"m_1"}"#;
const TOKEN: &str = "EAABtesttoken";

fn client(double: &Double) -> Client<Fetch> {
    let transport = Fetch::with_function(double.function.clone());
    Client::builder(TOKEN)
        .timeout(Duration::from_secs(10))
        .retry(Retry::attempts(3).base_delay(Duration::ZERO))
        .build(transport)
        .unwrap()
}

async fn send(double: &Double) -> Result<SendReceipt, SendError> {
    client(double).send(HELLO).await
}

fn essence(error: &SendError) -> (ErrorKind, Delivery, u32) {
    (error.kind, error.delivery, error.attempts)
}

#[wasm_bindgen_test]
async fn a_function_is_called_with_an_address_and_an_init_that_is_complete() {
    let double = Double::json(RECEIPT);
    let receipt = send(&double).await.unwrap();
    assert_eq!(
        (receipt.message_id.as_deref(), receipt.attempts),
        (Some("m_1"), 1)
    );
    assert_eq!(double.count(), 1);
    let url = double.url(0).as_string().unwrap();
    assert_eq!(url, "https://graph.facebook.com/v25.0/me/messages");
    assert_eq!(
        double.init(0, "method").as_string().as_deref(),
        Some("POST")
    );
    assert_eq!(
        double.init(0, "redirect").as_string().as_deref(),
        Some("manual")
    );
    let body = double.init(0, "body").as_string().unwrap();
    assert!(body.starts_with("recipient=%7B%22id%22%3A%221%22%7D&") && body.contains(TOKEN));
    let type_of = Reflect::get(&double.init(0, "headers"), &"Content-Type".into()).unwrap();
    assert_eq!(
        type_of.as_string().as_deref(),
        Some("application/x-www-form-urlencoded")
    );
}

#[wasm_bindgen_test]
async fn the_platforms_own_fetch_gets_one_complete_argument_or_an_address_and_an_init() {
    let double = Double::json(RECEIPT);
    let client = Client::builder(TOKEN)
        .encoding(Encoding::Json)
        .build(Fetch::new())
        .unwrap();
    double.instead_of_global(client.send(HELLO)).await.unwrap();
    // In Node it is called as doubles are; elsewhere with the `Request` that gloo-net builds.
    if let Some(request) = double.url(0).dyn_ref::<Request>() {
        assert_eq!(request.method(), "POST");
        assert_eq!(
            request.headers().get("content-type").unwrap().as_deref(),
            Some("application/json")
        );
        let text = wasm_bindgen_futures::JsFuture::from(request.text().unwrap())
            .await
            .unwrap();
        assert_eq!(text.as_string().as_deref(), Some(HELLO));
    } else {
        assert_eq!(double.init(0, "body").as_string().as_deref(), Some(HELLO));
    }
}

#[wasm_bindgen_test]
async fn a_temporary_refusal_is_retried() {
    let double = Double::new(&format!(
        r#"return Promise.resolve(calls.length < 3
            ? new Response('{{"error":{{"code":613,"message":"slower"}}}}', {{ status: 400 }})
            : new Response({RECEIPT:?}));"#
    ));
    assert_eq!(send(&double).await.unwrap().attempts, 3);
}

#[wasm_bindgen_test]
async fn a_send_settles_whatever_fetch_does() {
    let cases = [
        ("throw new TypeError('no');", ErrorKind::Network),
        ("throw 'a text';", ErrorKind::Network),
        ("throw undefined;", ErrorKind::Network),
        (
            "return Promise.reject(Object.create(null));",
            ErrorKind::Network,
        ),
        ("return 42;", ErrorKind::InvalidResponse),
        (
            "return new Proxy({}, { get() { throw new Error('no'); } });",
            ErrorKind::Network,
        ),
        (
            "return { status: 200, get body() { throw new Error('no'); } };",
            ErrorKind::InvalidResponse,
        ),
        (
            "return Promise.resolve(new Response('{\"message_id\"'));",
            ErrorKind::InvalidResponse,
        ),
        (
            "return Promise.resolve(Response.error());",
            ErrorKind::Network,
        ),
    ];
    for (body, kind) in cases {
        let double = Double::new(body);
        let error = send(&double).await.unwrap_err();
        assert_eq!(essence(&error), (kind, Delivery::Unknown, 1), "{body}");
    }
}

#[wasm_bindgen_test]
async fn a_connection_that_never_stood_is_not_sent_and_tried_again() {
    let double = Double::new(
        "throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });",
    );
    let error = send(&double).await.unwrap_err();
    assert_eq!(essence(&error), (ErrorKind::Network, Delivery::NotSent, 3));
}

#[wasm_bindgen_test]
async fn a_silent_server_meets_the_deadline_and_the_request_is_aborted() {
    let double = Double::new("return new Promise(() => {});");
    let transport = Fetch::with_function(double.function.clone());
    let hasty = Client::builder(TOKEN)
        .timeout(Duration::from_millis(20))
        .build(transport)
        .unwrap();
    let error = hasty.send(HELLO).await.unwrap_err();
    assert_eq!(essence(&error), (ErrorKind::Timeout, Delivery::Unknown, 1));
    let aborted = Reflect::get(&double.init(0, "signal"), &"aborted".into()).unwrap();
    assert_eq!(aborted.as_bool(), Some(true));
}

#[wasm_bindgen_test]
async fn an_abort_says_how_far_the_send_got() {
    let double = Double::new("return new Promise(() => {});");
    let client = client(&double);
    let at_once = client
        .prepare(HELLO)
        .abort_when(async {})
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        essence(&at_once),
        (ErrorKind::Aborted, Delivery::NotSent, 0)
    );
    assert_eq!(double.count(), 0);
    let later = gloo_timers::future::TimeoutFuture::new(20);
    let in_flight = client
        .prepare(HELLO)
        .abort_when(later)
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        essence(&in_flight),
        (ErrorKind::Aborted, Delivery::Unknown, 1)
    );
}

#[wasm_bindgen_test]
async fn the_proof_is_signed_by_the_platform() {
    let double = Double::json(RECEIPT);
    let transport = Fetch::with_function(double.function.clone());
    let secret = "0123456789abcdef0123456789abcdef";
    let signing = Client::builder(TOKEN)
        .app_secret(secret)
        .build(transport)
        .unwrap();
    signing.send(HELLO).await.unwrap();
    let body = double.init(0, "body").as_string().unwrap();
    assert!(
        body.contains("&appsecret_proof=") && body.contains("&appsecret_time="),
        "{body}"
    );
    assert!(!body.contains(secret));
}

#[wasm_bindgen_test]
async fn a_file_goes_along_as_a_form() {
    let double = Double::json(r#"{"attachment_id":"7"}"#);
    let upload = Upload::file(File::new("cat.png", "image/png", vec![1, 2, 3]));
    let receipt = client(&double).upload_attachment(upload).await.unwrap();
    assert_eq!(receipt.attachment_id, "7");
    let form: web_sys::FormData = double.init(0, "body").dyn_into().unwrap();
    let file: web_sys::File = form.get("filedata").dyn_into().unwrap();
    assert_eq!(
        (file.name(), file.type_(), file.size()),
        ("cat.png".into(), "image/png".into(), 3.0)
    );
}

#[wasm_bindgen_test]
async fn the_error_of_the_platform_is_the_cause() {
    let double = Double::new("throw new TypeError('of the platform');");
    let error = send(&double).await.unwrap_err();
    let cause = error.cause.as_ref().unwrap();
    assert!(
        cause
            .exception()
            .unwrap()
            .is_instance_of::<js_sys::TypeError>()
    );
    assert_eq!(cause.to_string(), "of the platform");
}
