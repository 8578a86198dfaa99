//! Files: which can be sent with a message, and the request of an upload.

use std::sync::Arc;

use messenger_send::client::transport::Body;
use messenger_send::client::{
    Client, Delivery, ErrorKind, File, FileType, MAX_FILE_BYTES, MAX_IMAGE_BYTES, SendError, Upload,
};
use messenger_send::payload::spec::Platform;
use messenger_send::validate::RuleOptions;
use serde_json::{Value, json};

use super::script::{Reply, Script, now};

const TYPES: [FileType; 4] = [
    FileType::Image,
    FileType::Audio,
    FileType::Video,
    FileType::File,
];

fn with_attachment(attachment: &Value) -> String {
    let message = json!({ "attachment": attachment });
    json!({ "recipient": { "id": "1" }, "messaging_type": "RESPONSE", "message": message })
        .to_string()
}

fn of_size(bytes: u64) -> File {
    File::new("a.bin", "", vec![7; bytes as usize])
}

#[track_caller]
fn assert_refused<T: std::fmt::Debug>(result: Result<T, SendError>, part: &str) {
    let error = result.expect_err("a refusal");
    let outcome = (error.kind, error.delivery, error.attempts);
    assert_eq!(
        outcome,
        (ErrorKind::Configuration, Delivery::NotSent, 0),
        "{error}"
    );
    assert!(error.message.contains(part), "{error}");
}

fn send_file(request: &str, file: File) -> Result<(), SendError> {
    let client = Script::new([Reply::receipt()]).client();
    now(client.prepare(request).file(file).send()).map(|_| ())
}

fn upload(upload: Upload) -> Result<Value, SendError> {
    let script = Script::new([Reply::new(200, r#"{"attachment_id":"9"}"#)]);
    let receipt = now(script.client().upload_attachment(upload))?;
    assert_eq!((receipt.attachment_id.as_str(), receipt.attempts), ("9", 1));
    Ok(message_of(&script))
}

/// The `message` of the one upload that was sent.
fn message_of(script: &Script) -> Value {
    let [request] = script.requests().try_into().expect("one request");
    assert_eq!(
        request.url,
        "https://graph.facebook.com/v25.0/me/message_attachments"
    );
    let fields = match request.body {
        Body::Text(form) => form_urlencoded::parse(form.as_bytes())
            .into_owned()
            .collect(),
        Body::Multipart { fields, .. } => fields,
    };
    let (_, message) = fields
        .into_iter()
        .find(|(name, _)| name == "message")
        .expect("a message");
    serde_json::from_str(&message).unwrap()
}

#[test]
fn a_file_needs_a_medium_without_a_source() {
    for file_type in TYPES {
        let name = file_type.as_str();
        for payload in [json!({}), json!({ "is_reusable": true })] {
            let request = with_attachment(&json!({ "type": name, "payload": payload }));
            assert_eq!(send_file(&request, of_size(1)), Ok(()), "{request}");
        }
    }
    let url = "https://example.org/a.png";
    let misfits = [
        json!({ "attachment": { "type": "image", "payload": { "url": url } } }),
        json!({ "attachment": { "type": "image", "payload": { "attachment_id": "1" } } }),
        json!({ "text": "hello" }),
    ];
    for message in misfits {
        let request = json!({ "recipient": { "id": "1" }, "message": message }).to_string();
        assert_refused(send_file(&request, of_size(1)), "message.attachment");
    }
}

#[test]
fn a_message_without_a_source_needs_a_file() {
    let request = with_attachment(&json!({ "type": "image", "payload": {} }));
    let error = now(Script::new([]).client().send(&request)).unwrap_err();
    assert!(error.is_validation() && error.is_not_sent());
}

#[test]
fn a_file_makes_the_request_multipart() {
    let script = Script::new([Reply::receipt()]);
    let request = with_attachment(&json!({ "type": "image", "payload": {} }));
    let file = File::new("a.png", "image/png", b"bytes".to_vec());
    now(script.client().prepare(&request).file(file).send()).unwrap();
    let [sent] = script.requests().try_into().unwrap();
    assert!(
        sent.headers.is_empty(),
        "the transport names the type, with its boundary"
    );
    let Body::Multipart { fields, file } = sent.body else {
        panic!("a text")
    };
    let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["message", "messaging_type", "recipient", "access_token"]
    );
    assert_eq!(
        (file.name(), file.mime(), file.bytes()),
        ("a.png", "image/png", Some(&b"bytes"[..]))
    );
}

#[test]
fn sizes_are_those_of_the_documentation() {
    assert_eq!((MAX_IMAGE_BYTES, MAX_FILE_BYTES), (8_388_608, 26_214_400));
    let bytes: Arc<[u8]> = vec![7; MAX_FILE_BYTES as usize + 1].into();
    for file_type in TYPES {
        let limit = match file_type {
            FileType::Image => MAX_IMAGE_BYTES,
            FileType::Audio | FileType::Video | FileType::File => MAX_FILE_BYTES,
        };
        let name = file_type.as_str();
        let request = with_attachment(&json!({ "type": name, "payload": {} }));
        let of_size = |size: u64| File::new("a", "", &bytes[..size as usize]);
        let upload_of = |size| upload(Upload::file(of_size(size)).file_type(file_type));
        assert!(send_file(&request, of_size(limit)).is_ok() && upload_of(limit).is_ok());
        assert_refused(send_file(&request, of_size(limit + 1)), &limit.to_string());
        assert_refused(upload_of(limit + 1), &limit.to_string());
        assert_refused(send_file(&request, of_size(0)), "empty");
        assert_refused(upload_of(0), "empty");
    }
}

#[test]
fn an_upload_matches_the_reference() {
    let url = "https://example.org/a.png?x=\"1\"#y";
    assert_eq!(
        upload(Upload::url(url)).unwrap(),
        json!({ "attachment": { "type": "image", "payload": { "url": url, "is_reusable": true } } })
    );
    let file = File::new("a.mp3", "audio/mpeg", *b"bytes");
    assert_eq!(
        upload(Upload::file(file).is_reusable(false)).unwrap(),
        json!({ "attachment": { "type": "audio", "payload": { "is_reusable": false } } })
    );
}

#[test]
fn an_upload_names_instagram_and_not_messenger() {
    for (platform, named) in [
        (Platform::Messenger, None),
        (Platform::Instagram, Some("instagram")),
    ] {
        let script = Script::new([Reply::new(200, r#"{"attachment_id":"9"}"#)]);
        let client =
            script.client_with(|builder| builder.rules(RuleOptions::default().platform(platform)));
        now(client.upload_attachment(Upload::url("https://example.org/a.png"))).unwrap();
        let body = script.bodies().remove(0);
        let fields: Vec<_> = form_urlencoded::parse(body.as_bytes())
            .into_owned()
            .collect();
        let found = fields.iter().find(|(name, _)| name == "platform");
        assert_eq!(found.map(|(_, value)| value.as_str()), named);
    }
}

#[test]
fn an_upload_needs_an_attachment_id() {
    let script = Script::new([Reply::receipt()]);
    let upload = Upload::url("https://example.org/a.png");
    let error = now(script.client().upload_attachment(upload)).unwrap_err();
    let outcome = (error.kind, error.delivery, error.attempts);
    assert_eq!(outcome, (ErrorKind::InvalidResponse, Delivery::Unknown, 1));
}

#[test]
fn the_type_is_inferred_or_given() {
    let type_of = |given: Upload| upload(given).unwrap()["attachment"]["type"].clone();
    let of_mime = |mime: &str| Upload::file(File::new("a", mime, *b"x"));
    for (mime, expected) in [
        ("image/png", "image"),
        ("AUDIO/mpeg", "audio"),
        ("video/mp4", "video"),
        ("application/pdf", "file"),
        ("", "file"),
        ("image", "file"),
    ] {
        assert_eq!(type_of(of_mime(mime)), expected, "{mime}");
    }
    for (url, expected) in [
        ("http://a.b/x.JPEG", "image"),
        ("https://a.b/c.d/x.mp3", "audio"),
        ("https://a.b/x.mov?y=z.png", "video"),
        ("https://a.b/x.pdf", "file"),
    ] {
        assert_eq!(type_of(Upload::url(url)), expected, "{url}");
        assert_eq!(
            type_of(Upload::url(url).file_type(FileType::Audio)),
            "audio"
        );
    }
    let unclear = [
        "https://a.b/",
        "https://a.b/x",
        "https://a.png/x",
        "https://a.png",
        "https://a.b/x.ogg",
    ];
    for url in unclear {
        assert_refused(upload(Upload::url(url)), "give the type");
    }
    for file_type in TYPES {
        assert_eq!(file_type.as_str().parse(), Ok(file_type));
    }
    for wrong in ["template", "Image", ""] {
        assert_refused(wrong.parse::<FileType>(), "type must be");
    }
}

#[test]
fn an_address_is_absolute() {
    for url in [
        "",
        "a.png",
        "//a.b/a.png",
        "ftp://a.b/a.png",
        "https:/a.png",
        "https:///a.png",
        "https://a b/a.png",
        "data:image/png,x.png",
    ] {
        assert_refused(
            upload(Upload::url(url).file_type(FileType::Image)),
            "absolute http",
        );
        assert_refused(upload(Upload::url(url)), "absolute http");
    }
}

#[test]
fn an_upload_can_be_aborted_and_repeated() {
    let client: Client<Script> = Script::new([]).client();
    let source = || Upload::url("https://example.org/a.png");
    let aborted = now(client.upload_attachment_until(source(), async {})).unwrap_err();
    assert_eq!(
        (aborted.kind, aborted.delivery),
        (ErrorKind::Aborted, Delivery::NotSent)
    );
    let script = Script::new([
        Reply::refusal(2),
        Reply::new(200, r#"{"attachment_id":"9"}"#),
    ]);
    assert_eq!(
        now(script.client().upload_attachment(source()))
            .unwrap()
            .attempts,
        2
    );
}
