//! Files: which may go along with a message, and what an upload asks Graph for.
//!
//! Sources: <https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets>,
//! <https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api>

use super::failure::Failure;
use super::loose::{self, Members};
use super::words::{decimal, joined};
use crate::json::{Next, ObjectText};

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
    let attachment = loose::object(request).and_then(|members| inside(&members, "message")).and_then(|members| inside(&members, "attachment"));
    let kind = attachment.as_ref().and_then(|members| loose::text(members, "type")).and_then(|kind| known_type(&kind));
    let payload = attachment.as_ref().and_then(|members| inside(members, "payload"));
    match (kind, payload) {
        (Some(kind), Some(payload)) if loose::member(&payload, "url").or_else(|| loose::member(&payload, "attachment_id")).is_none() => {
            check_size("filedata", kind, bytes)
        }
        _ => Err(Failure::configuration(
            "filedata needs a message.attachment of type image, audio, video or file whose payload has neither url nor attachment_id.",
        )),
    }
}

fn inside<'a>(members: &Members<'a>, name: &str) -> Option<Members<'a>> {
    loose::member(members, name).filter(|value| value.kind == Next::Object).map(|value| value.members())
}

fn known_type(kind: &str) -> Option<&'static str> {
    TYPES.into_iter().find(|known| *known == kind)
}

fn check_size(name: &str, kind: &str, bytes: f64) -> Result<(), Box<Failure>> {
    let most = if kind == "image" { MAX_IMAGE } else { MAX_FILE };
    if bytes < 1.0 {
        return Err(Failure::configuration(joined(&[name, " is empty."])));
    }
    if bytes > most as f64 {
        let (bytes, most) = (decimal(bytes as i64), decimal(most as i64));
        return Err(Failure::configuration(joined(&[name, " has ", &bytes, " bytes: ", kind, " attachments may have at most ", &most, "."])));
    }
    Ok(())
}

/// The request of an upload. `upload` is JSON: `url`, or `bytes` (how many) and `mime` of a file that goes along; and where the
/// caller says so `type`, `is_reusable` (else true) and `platform`.
///
/// # Errors
/// Which of them cannot be, and why.
pub fn upload_request(upload: &str) -> Result<String, Box<Failure>> {
    let upload = loose::object(upload).unwrap_or_default();
    let text = |name: &str| loose::text(&upload, name);
    let url = text("url");
    let kind = match (loose::member(&upload, "type"), &url) {
        (Some(given), _) => given
            .text()
            .and_then(|kind| known_type(&kind))
            .ok_or_else(|| Failure::configuration("type must be \"image\", \"audio\", \"video\" or \"file\"."))?,
        (None, Some(url)) => of_address(url).ok_or_else(|| {
            Failure::configuration("The address does not tell what it leads to: give the type, \"image\", \"audio\", \"video\" or \"file\".")
        })?,
        (None, None) => of_mime(&text("mime").unwrap_or_default()),
    };
    match &url {
        Some(url) if !is_address(url) => return Err(Failure::configuration("The source must be a file, or an absolute http: or https: address.")),
        Some(_) => {}
        None => check_size("The file", kind, text("bytes").and_then(|digits| loose::digits(&digits)).unwrap_or(u32::MAX).into())?,
    }
    let is_reusable = match loose::member(&upload, "is_reusable") {
        None => "true",
        Some(given) if given.kind == Next::Boolean => given.json,
        Some(_) => return Err(Failure::configuration("is_reusable must be true or false.")),
    };
    let platform = text("platform");
    if !matches!(platform.as_deref(), None | Some("messenger" | "instagram")) {
        return Err(Failure::configuration("platform must be \"messenger\" or \"instagram\"."));
    }

    let mut payload = ObjectText::default();
    if let Some(url) = &url {
        payload.text("url", url);
    }
    payload.json("is_reusable", is_reusable);
    let message = joined(&["{\"attachment\":{\"type\":\"", kind, "\",\"payload\":", &payload.end(), "}}"]);
    let mut request = ObjectText::default();
    // Messenger's own uploads name no platform.
    if platform.as_deref() == Some("instagram") {
        request.text("platform", "instagram");
    }
    request.json("message", &message);
    Ok(request.end())
}

fn of_mime(mime: &str) -> &'static str {
    let (first, _) = mime.split_once('/').unwrap_or_default();
    known_type(&first.to_ascii_lowercase()).unwrap_or("file")
}

fn of_address(url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next()?;
    let (_, ending) = path.rsplit('/').next()?.rsplit_once('.')?;
    ENDINGS.iter().find(|(_, known)| known.split(' ').any(|known| known.eq_ignore_ascii_case(ending))).map(|(kind, _)| *kind)
}

fn is_address(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let is_http = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    is_http && rest.strip_prefix("//").is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) && !url.bytes().any(|byte| byte <= b' ')
}
