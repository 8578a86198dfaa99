//! Files that are sent with a message or uploaded.
//!
//! Sources: <https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets>,
//! <https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api>

use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;

use super::error::SendError;
use super::lenient::Object;
use crate::json::ObjectText;
use crate::payload::spec::{Platform, Severity};
use crate::validate::{Issue, RuleOptions, validate_json};

/// The maximum size of an image in bytes: 8 MB. Meta does not say which megabyte it means, so the
/// larger one is allowed.
pub const MAX_IMAGE_BYTES: u64 = 8 << 20;

/// The maximum size of an audio, video or other file in bytes: 25 MB.
pub const MAX_FILE_BYTES: u64 = 25 << 20;

/// A file that is sent with a request.
#[derive(Clone)]
pub struct File {
    pub(super) name: String,
    pub(super) mime: String,
    pub(super) content: FileContent,
}

#[derive(Clone)]
pub(super) enum FileContent {
    Bytes(Arc<[u8]>),
    #[cfg(target_arch = "wasm32")]
    Blob(web_sys::Blob),
}

impl File {
    /// A file from bytes. The MIME type may be empty.
    pub fn new(
        name: impl Into<String>,
        mime: impl Into<String>,
        bytes: impl Into<Arc<[u8]>>,
    ) -> Self {
        Self {
            name: name.into(),
            mime: mime.into(),
            content: FileContent::Bytes(bytes.into()),
        }
    }

    /// A file of the JavaScript platform.
    #[cfg(target_arch = "wasm32")]
    pub fn from_blob(name: impl Into<String>, blob: web_sys::Blob) -> Self {
        Self {
            name: name.into(),
            mime: blob.type_(),
            content: FileContent::Blob(blob),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its MIME type; empty if it has none.
    #[must_use]
    pub fn mime(&self) -> &str {
        &self.mime
    }

    /// Its bytes, unless it is a file of the JavaScript platform.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.content {
            FileContent::Bytes(bytes) => Some(bytes),
            #[cfg(target_arch = "wasm32")]
            FileContent::Blob(_) => None,
        }
    }

    /// The size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        match &self.content {
            FileContent::Bytes(bytes) => bytes.len() as u64,
            #[cfg(target_arch = "wasm32")]
            FileContent::Blob(blob) => blob.size() as u64,
        }
    }
}

/// The type of a file in Messenger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileType {
    /// An image.
    Image,
    /// An audio file.
    Audio,
    /// A video.
    Video,
    /// Any other file.
    File,
}

impl FileType {
    const ALL: [Self; 4] = [Self::Image, Self::Audio, Self::Video, Self::File];

    /// Its name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::File => "file",
        }
    }

    /// The file type for a MIME type; [`FileType::File`] if it implies none.
    fn of_mime(mime: &str) -> Self {
        let (group, _) = mime.split_once('/').unwrap_or_default();
        let fits = |known: &Self| known.as_str().eq_ignore_ascii_case(group);
        Self::ALL.into_iter().find(fits).unwrap_or(Self::File)
    }

    /// The file type that the extension in a URL implies, if it is unambiguous.
    fn of_address(url: &str) -> Option<Self> {
        let path = url.split(['?', '#']).next()?;
        let (_, rest) = path.split_once("://")?;
        let (_, file) = rest.rsplit_once('/')?;
        let (_, extension) = file.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "png" | "jpg" | "jpeg" | "gif" | "webp" => Some(Self::Image),
            "mp3" | "aac" | "m4a" | "wav" => Some(Self::Audio),
            "mp4" | "mov" | "avi" | "webm" => Some(Self::Video),
            "pdf" | "zip" | "csv" | "txt" | "docx" | "xlsx" | "pptx" => Some(Self::File),
            _ => None,
        }
    }
}

impl FromStr for FileType {
    type Err = SendError;

    fn from_str(name: &str) -> Result<Self, SendError> {
        Self::ALL
            .into_iter()
            .find(|known| known.as_str() == name)
            .ok_or_else(|| {
                SendError::configuration(
                    "type must be \"image\", \"audio\", \"video\" or \"file\".",
                )
            })
    }
}

/// Checks that a file can be sent with this request, which needs a media attachment without a
/// source.
///
/// # Errors
/// A [`SendError`] of kind `configuration` that says why it cannot.
pub(super) fn check_file(request: &str, file: &File) -> Result<(), SendError> {
    match media_without_source(request) {
        Some(file_type) => check_size("filedata", file_type, file.size()),
        None => Err(SendError::configuration(
            "filedata needs a message.attachment of type image, audio, video or file whose payload has neither url nor attachment_id.",
        )),
    }
}

/// The type of a request's attachment, if it is media without a URL or an id.
fn media_without_source(request: &str) -> Option<FileType> {
    let attachment = Object::parse(request)?
        .object("message")?
        .object("attachment")?;
    let payload = attachment.object("payload")?;
    let has_source = payload.member("url").is_some() || payload.member("attachment_id").is_some();
    if has_source {
        None
    } else {
        attachment.text("type")?.parse().ok()
    }
}

fn check_size(name: &str, file_type: FileType, bytes: u64) -> Result<(), SendError> {
    let limit = if file_type == FileType::Image {
        MAX_IMAGE_BYTES
    } else {
        MAX_FILE_BYTES
    };
    if bytes == 0 {
        return Err(SendError::configuration(format!("{name} is empty.")));
    }
    if bytes > limit {
        let file_type = file_type.as_str();
        return Err(SendError::configuration(format!(
            "{name} has {bytes} bytes; the limit for {file_type} attachments is {limit}.",
        )));
    }
    Ok(())
}

/// An upload: a file, or a URL from which Graph fetches one.
#[derive(Clone)]
pub struct Upload {
    source: UploadSource,
    file_type: Option<FileType>,
    is_reusable: bool,
}

#[derive(Clone)]
enum UploadSource {
    Url(String),
    File(File),
}

impl Upload {
    /// An upload that Graph fetches from an `http:` or `https:` URL.
    pub fn url(url: impl Into<String>) -> Self {
        Self {
            source: UploadSource::Url(url.into()),
            file_type: None,
            is_reusable: true,
        }
    }

    /// An upload of this file.
    #[must_use]
    pub fn file(file: File) -> Self {
        Self {
            source: UploadSource::File(file),
            file_type: None,
            is_reusable: true,
        }
    }

    /// The type of the file. Default: derived from its MIME type or the extension in its URL.
    #[must_use]
    pub fn file_type(mut self, file_type: FileType) -> Self {
        self.file_type = Some(file_type);
        self
    }

    /// Whether it may be sent more than once. Default: true.
    #[must_use]
    pub fn is_reusable(mut self, is_reusable: bool) -> Self {
        self.is_reusable = is_reusable;
        self
    }

    /// The request of the upload, and its file.
    ///
    /// # Errors
    /// A [`SendError`] of kind `configuration` for an invalid upload.
    pub(super) fn into_request(
        self,
        platform: Platform,
    ) -> Result<(String, Option<File>), SendError> {
        let (inferred, url, file) = match self.source {
            UploadSource::Url(url) => {
                check_address(&url, platform)?;
                (FileType::of_address(&url), Some(url), None)
            }
            UploadSource::File(file) => (Some(FileType::of_mime(&file.mime)), None, Some(file)),
        };
        let Some(file_type) = self.file_type.or(inferred) else {
            return Err(SendError::configuration(
                "The URL does not show what it leads to: give the type, \"image\", \"audio\", \
                 \"video\" or \"file\".",
            ));
        };
        if let Some(file) = &file {
            check_size("The file", file_type, file.size())?;
        }
        let json = request_json(platform, file_type, url.as_deref(), self.is_reusable);
        Ok((json, file))
    }
}

/// The request of an upload.
fn request_json(
    platform: Platform,
    file_type: FileType,
    url: Option<&str>,
    is_reusable: bool,
) -> String {
    let mut request = ObjectText::default();
    // Uploads for Messenger do not set `platform`.
    if platform == Platform::Instagram {
        request.text("platform", "instagram");
    }
    request.open("message");
    request.open("attachment");
    request.text("type", file_type.as_str());
    request.open("payload");
    if let Some(url) = url {
        request.text("url", url);
    }
    request.json("is_reusable", if is_reusable { "true" } else { "false" });
    request.close();
    request.close();
    request.close();
    request.end()
}

/// Checks that Graph can fetch a file from this URL. Uses the rules for messages, so that messages
/// and uploads are treated alike.
fn check_address(url: &str, platform: Platform) -> Result<(), SendError> {
    let mut media = ObjectText::default();
    media.json("recipient", r#"{"id":"1"}"#);
    media.text("messaging_type", "RESPONSE");
    media.open("message");
    media.open("attachment");
    media.text("type", "image");
    media.open("payload");
    media.text("url", url);
    media.close();
    media.close();
    media.close();
    let rules = RuleOptions::default().platform(platform);
    let report = validate_json(media.end(), &rules);
    let is_of_address = |issue: &&Issue| {
        issue.severity == Severity::Error && issue.pointer == "/message/attachment/payload/url"
    };
    match report.issues.iter().find(is_of_address) {
        None => Ok(()),
        Some(issue) => Err(SendError::configuration(format!(
            "The source must be a file or an absolute http: or https: URL. {}",
            issue.message,
        ))),
    }
}
