//! Files: which may go along with a message, and the request of an upload.

use messenger_send::send::{Delivery, Failure, Kind, MAX_FILE, MAX_IMAGE, Source, Upload, check_file, upload_request};
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

const FILE: Upload<'_> = Upload { source: Source::File { bytes: 5.0, mime: "" }, kind: None, is_reusable: true, instagram: false };

fn of_url(url: &str) -> Upload<'_> {
    Upload { source: Source::Url(url), ..FILE }
}

fn of_file(bytes: f64, mime: &str) -> Upload<'_> {
    Upload { source: Source::File { bytes, mime }, ..FILE }
}

#[test]
fn sizes_are_those_of_the_documentation() {
    assert_eq!((MAX_IMAGE, MAX_FILE), (8_388_608, 26_214_400));
    for (kind, most) in [("image", MAX_IMAGE), ("audio", MAX_FILE), ("video", MAX_FILE), ("file", MAX_FILE)] {
        let request = with_attachment(&json!({ "type": kind, "payload": {} }));
        let upload = |bytes: f64| upload_request(&Upload { kind: Some(kind), ..of_file(bytes, "") });
        let (most, over) = (most as f64, (most + 1) as f64);
        assert!(check_file(&request, most).is_ok() && upload(most).is_ok());
        assert_refused(check_file(&request, over), &most.to_string());
        assert_refused(upload(over), &most.to_string());
        assert_refused(check_file(&request, 0.0), "empty");
        assert_refused(upload(0.0), "empty");
    }
    assert_refused(upload_request(&of_file(1e11, "")), "at most");
}

fn request_of(upload: &Upload<'_>) -> Value {
    serde_json::from_str(&upload_request(upload).unwrap()).unwrap()
}

#[test]
fn an_upload_asks_for_what_the_reference_shows() {
    assert_eq!(
        upload_request(&of_url("https://example.org/a.png?x=\"1\"#y")).unwrap(),
        r##"{"message":{"attachment":{"type":"image","payload":{"url":"https://example.org/a.png?x=\"1\"#y","is_reusable":true}}}}"##
    );
    let file = Upload { is_reusable: false, instagram: true, ..of_file(5.0, "audio/mpeg") };
    let expected = json!({ "platform": "instagram", "message": { "attachment": { "type": "audio", "payload": { "is_reusable": false } } } });
    assert_eq!(request_of(&file), expected);
    assert!(request_of(&FILE).get("platform").is_none());
}

#[test]
fn the_type_is_inferred_or_given() {
    let kind = |upload: &Upload<'_>| request_of(upload)["message"]["attachment"]["type"].as_str().unwrap().to_owned();
    for (mime, expected) in
        [("image/png", "image"), ("AUDIO/mpeg", "audio"), ("video/mp4", "video"), ("application/pdf", "file"), ("", "file"), ("image", "file")]
    {
        assert_eq!(kind(&of_file(1.0, mime)), expected, "{mime}");
    }
    for (url, expected) in
        [("http://a.b/x.JPEG", "image"), ("https://a.b/c.d/x.mp3", "audio"), ("https://a.b/x.mov?y=z.png", "video"), ("https://a.b/x.pdf", "file")]
    {
        assert_eq!(kind(&of_url(url)), expected, "{url}");
        assert_eq!(kind(&Upload { kind: Some("audio"), ..of_url(url) }), "audio");
    }
    for url in ["https://a.b/", "https://a.b/x", "https://a.png/x", "https://a.b/x.ogg"] {
        assert_refused(upload_request(&of_url(url)), "give the type");
    }
    for wrong in ["template", "Image", ""] {
        assert_refused(upload_request(&Upload { kind: Some(wrong), ..FILE }), "type must be");
    }
}

#[test]
fn an_address_is_absolute() {
    for url in ["", "a.png", "//a.b/a.png", "ftp://a.b/a.png", "https:/a.png", "https:///a.png", "https://a b/a.png", "data:image/png,x.png"] {
        assert_refused(upload_request(&Upload { kind: Some("image"), ..of_url(url) }), "absolute http");
    }
}
