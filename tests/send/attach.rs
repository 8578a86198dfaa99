//! Files: which may go along with a message, and the request of an upload.

use messenger_send::send::{Delivery, Failure, Kind, MAX_FILE, MAX_IMAGE, check_file, upload_request};
use serde_json::{Value, json};

fn with_attachment(attachment: &Value) -> String {
    json!({ "recipient": { "id": "1" }, "message": { "attachment": attachment } }).to_string()
}

#[track_caller]
fn assert_refused<T: std::fmt::Debug>(result: Result<T, Box<Failure>>, part: &str) {
    let failure = result.expect_err("a refusal");
    assert_eq!((failure.kind, failure.delivery, failure.attempts), (Kind::Configuration, Delivery::NotSent, 0));
    assert!(failure.message.contains(part), "{}", failure.message);
}

#[test]
fn a_file_needs_a_medium_without_a_source() {
    for kind in ["image", "audio", "video", "file"] {
        assert!(check_file(&with_attachment(&json!({ "type": kind, "payload": {} })), 1.0).is_ok());
        assert!(check_file(&with_attachment(&json!({ "type": kind, "payload": { "is_reusable": true, "url": null } })), 1.0).is_ok());
    }
    let misfits = [
        json!({ "type": "image", "payload": { "url": "https://example.org/a.png" } }),
        json!({ "type": "image", "payload": { "attachment_id": "1" } }),
        json!({ "type": "image" }),
        json!({ "type": "image", "payload": "x" }),
        json!({ "type": "template", "payload": {} }),
        json!({ "type": "like_heart", "payload": {} }),
        json!({ "payload": {} }),
        json!("image"),
        json!(null),
    ];
    for attachment in misfits {
        assert_refused(check_file(&with_attachment(&attachment), 1.0), "message.attachment");
    }
    for request in ["", "[]", "{}", r#"{"message":{"text":"x"}}"#, r#"{"message":[]}"#, r#"{"attachment":{"type":"image","payload":{}}}"#] {
        assert_refused(check_file(request, 1.0), "message.attachment");
    }
}

#[test]
fn sizes_are_those_of_the_documentation() {
    assert_eq!((MAX_IMAGE, MAX_FILE), (8_388_608, 26_214_400));
    for (kind, most) in [("image", MAX_IMAGE), ("audio", MAX_FILE), ("video", MAX_FILE), ("file", MAX_FILE)] {
        let request = with_attachment(&json!({ "type": kind, "payload": {} }));
        let upload = |bytes: u64| upload_request(&json!({ "type": kind, "bytes": bytes, "mime": "" }).to_string());
        assert!(check_file(&request, most as f64).is_ok() && upload(most).is_ok());
        assert_refused(check_file(&request, (most + 1) as f64), &most.to_string());
        assert_refused(upload(most + 1), &most.to_string());
        assert_refused(check_file(&request, 0.0), "empty");
        assert_refused(upload(0), "empty");
    }
    assert_refused(upload_request(&json!({ "bytes": 100_000_000_000_u64 }).to_string()), "at most");
}

fn request_of(upload: &Value) -> Value {
    serde_json::from_str(&upload_request(&upload.to_string()).unwrap()).unwrap()
}

#[test]
fn an_upload_asks_for_what_the_reference_shows() {
    assert_eq!(
        upload_request(r#"{"url":"https://example.org/a.png?x=1#y"}"#).unwrap(),
        r#"{"message":{"attachment":{"type":"image","payload":{"url":"https://example.org/a.png?x=1#y","is_reusable":true}}}}"#
    );
    let file = json!({ "bytes": 5, "mime": "audio/mpeg", "is_reusable": false, "platform": "instagram" });
    let expected = json!({ "platform": "instagram", "message": { "attachment": { "type": "audio", "payload": { "is_reusable": false } } } });
    assert_eq!(request_of(&file), expected);
    assert!(request_of(&json!({ "bytes": 5, "platform": "messenger" })).get("platform").is_none());
}

#[test]
fn the_type_is_inferred_or_given() {
    let kind = |upload: Value| request_of(&upload)["message"]["attachment"]["type"].as_str().unwrap().to_owned();
    for (mime, expected) in
        [("image/png", "image"), ("AUDIO/mpeg", "audio"), ("video/mp4", "video"), ("application/pdf", "file"), ("", "file"), ("image", "file")]
    {
        assert_eq!(kind(json!({ "bytes": 1, "mime": mime })), expected, "{mime}");
    }
    for (url, expected) in
        [("http://a.b/x.JPEG", "image"), ("https://a.b/c.d/x.mp3", "audio"), ("https://a.b/x.mov?y=z.png", "video"), ("https://a.b/x.pdf", "file")]
    {
        assert_eq!(kind(json!({ "url": url })), expected, "{url}");
        assert_eq!(kind(json!({ "url": url, "type": "audio" })), "audio");
    }
    for url in ["https://a.b/", "https://a.b/x", "https://a.png/x", "https://a.b/x.ogg"] {
        assert_refused(upload_request(&json!({ "url": url }).to_string()), "give the type");
    }
    for wrong in [json!("template"), json!("Image"), json!(""), json!(1), json!([])] {
        assert_refused(upload_request(&json!({ "bytes": 1, "type": wrong }).to_string()), "type must be");
    }
}

#[test]
fn what_cannot_be_is_said() {
    for url in ["", "a.png", "//a.b/a.png", "ftp://a.b/a.png", "https:/a.png", "https:///a.png", "https://a b/a.png", "data:image/png,x.png"] {
        assert_refused(upload_request(&json!({ "url": url, "type": "image" }).to_string()), "absolute http");
    }
    assert_refused(upload_request(&json!({ "bytes": 1, "is_reusable": "yes" }).to_string()), "is_reusable");
    assert_refused(upload_request(&json!({ "bytes": 1, "platform": "whatsapp" }).to_string()), "platform");
    assert_refused(upload_request(""), "at most");
}
