//! Files: which may go along with a message, and what an upload asks Graph for.
//!
//! Sources: <https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets>,
//! <https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api>

use super::failure::Failure;
use super::loose;
use super::options::absolute;
use crate::json;
use crate::words::{cut, decimal, ending, fill, is_one_of, joined, same_in_any_case};

/// The largest image, in bytes: 8 MB. Meta does not say which megabyte it means, so the larger one is let through.
pub const MAX_IMAGE: u64 = 8 << 20;

/// The largest audio, video or other file, in bytes: 25 MB.
pub const MAX_FILE: u64 = 25 << 20;

/// The types of attachment that a file can be.
const TYPES: [&str; 4] = ["image", "audio", "video", "file"];

/// Endings of addresses that leave no doubt about the type.
const ENDINGS: [(&str, &str); 4] =
    [("image", "png jpg jpeg gif webp"), ("audio", "mp3 aac m4a wav"), ("video", "mp4 mov avi webm"), ("file", "pdf zip csv txt docx xlsx pptx")];

/// Can a file of so many bytes go along with this request? It needs an attachment that is a medium without an address and an id.
///
/// # Errors
/// Why not.
pub fn check_file(request: &str, bytes: f64) -> Result<(), Box<Failure>> {
    match type_of_medium(request) {
        Some(kind) => check_size("filedata", kind, bytes),
        None => Err(Failure::configuration(
            "filedata needs a message.attachment of type image, audio, video or file whose payload has neither url nor attachment_id.",
        )),
    }
}

/// The type of a request's attachment, if it is a medium without an address and an id.
fn type_of_medium(request: &str) -> Option<&'static str> {
    let attachment = loose::child(loose::child(loose::object(request)?, "message")?, "attachment")?;
    let payload = loose::child(attachment, "payload")?;
    let has_source = loose::member(payload, "url").is_some() || loose::member(payload, "attachment_id").is_some();
    if has_source { None } else { known_type(&loose::text(attachment, "type")?) }
}

fn known_type(kind: &str) -> Option<&'static str> {
    TYPES.into_iter().find(|known| *known == kind)
}

fn check_size(name: &str, kind: &str, bytes: f64) -> Result<(), Box<Failure>> {
    let most = if kind == "image" { MAX_IMAGE } else { MAX_FILE };
    if bytes < 1.0 {
        return Err(Failure::configuration(&joined(&[name, " is empty."])));
    }
    if bytes > most as f64 {
        let (bytes, most) = (decimal(bytes as i64), decimal(most as i64));
        return Err(Failure::configuration(&fill("% has % bytes: % attachments may have at most %.", &[name, &bytes, kind, &most])));
    }
    Ok(())
}

/// What an upload is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source<'a> {
    /// An address, which Graph fetches from.
    Url(&'a str),
    /// A file that goes along.
    File {
        /// Its size.
        bytes: f64,
        /// Its MIME type; empty where it has none.
        mime: &'a str,
    },
}

/// An upload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Upload<'a> {
    /// What is uploaded.
    pub source: Source<'a>,
    /// The type of the attachment; inferred where it is not given.
    pub kind: Option<&'a str>,
    /// Whether it may be sent more than once.
    pub is_reusable: bool,
    /// Whether it is for Instagram.
    pub instagram: bool,
}

/// The request of an upload: <https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api>.
///
/// # Errors
/// What of it cannot be, and why.
pub fn upload_request(upload: &Upload<'_>) -> Result<String, Box<Failure>> {
    let (inferred, url) = match upload.source {
        Source::Url(url) if !is_address(url) => {
            return Err(Failure::configuration("The source must be a file, or an absolute http: or https: address."));
        }
        Source::Url(url) => (of_address(url), fill("\"url\":%,", &[&json::text(url)])),
        Source::File { mime, .. } => (Some(of_mime(mime)), String::new()),
    };
    let (kind, unknown) = match upload.kind {
        Some(kind) => (known_type(kind), "type must be \"image\", \"audio\", \"video\" or \"file\"."),
        None => (inferred, "The address does not tell what it leads to: give the type, \"image\", \"audio\", \"video\" or \"file\"."),
    };
    let Some(kind) = kind else { return Err(Failure::configuration(unknown)) };
    if let Source::File { bytes, .. } = upload.source {
        check_size("The file", kind, bytes)?;
    }
    // Messenger's own uploads name no platform.
    let platform = if upload.instagram { "\"platform\":\"instagram\"," } else { "" };
    let is_reusable = if upload.is_reusable { "true" } else { "false" };
    let request = "{%\"message\":{\"attachment\":{\"type\":\"%\",\"payload\":{%\"is_reusable\":%}}}}";
    Ok(fill(request, &[platform, kind, &url, is_reusable]))
}

fn of_mime(mime: &str) -> &'static str {
    let (first, _) = cut(mime, b"/").unwrap_or_default();
    TYPES.into_iter().find(|known| same_in_any_case(known, first)).unwrap_or("file")
}

fn of_address(url: &str) -> Option<&'static str> {
    let ending = ending(url)?;
    ENDINGS.iter().find(|(_, endings)| is_one_of(endings, ending)).map(|(kind, _)| *kind)
}

fn is_address(url: &str) -> bool {
    absolute(url).is_some_and(|(is_web, rest)| is_web && !rest.is_empty() && !rest.starts_with('/') && rest.bytes().all(|byte| byte > b' '))
}
