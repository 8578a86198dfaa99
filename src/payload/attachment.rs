//! Attachments: media, templates, and those that only Instagram has.

use super::Template;
use super::declare::{wire_object, wire_union};
use super::members::{Findings, MemberValue, Members};
use super::message::{IS_FEEDBACK, IS_UNCLEAR};
use super::sources::{INSTAGRAM_SEND, SAVING_ASSETS, SEND_API, SEND_MESSAGES, TEMPLATES};
use super::spec::{Limits, Rule, UNION_BITS, any};

wire_union! {
    /// The attachment of a message.
    pub enum Attachment by "type": AttachmentType ("attachment", &SEND_API) {
        /// An image, at most 8 MB.
        Image(MediaAttachment) = "image",
        /// An audio file, at most 25 MB.
        Audio(MediaAttachment) = "audio",
        /// A video, at most 25 MB.
        Video(MediaAttachment) = "video",
        /// A file, at most 25 MB. Instagram accepts PDF only.
        File(MediaAttachment) = "file",
        /// A template.
        Template(TemplateAttachment) = "template",
        /// A post of the business; Instagram only.
        MediaShare(MediaShareAttachment) = "MEDIA_SHARE" => instagram_only(),
        /// A heart; Instagram only.
        LikeHeart(LikeHeartAttachment) = "like_heart" => instagram_only(),
    }
    any_case();
}

const fn instagram_only() -> Limits {
    any().instagram_only().source(&INSTAGRAM_SEND)
}

impl Attachment {
    /// The file extension in the URL is one that Instagram does not document for this type.
    pub(super) fn has_undocumented_format(value: MemberValue<'_>) -> bool {
        let MemberValue::Object(summary) = value else {
            return false;
        };
        let media = const {
            Self::bit("image") | Self::bit("audio") | Self::bit("video") | Self::bit("file")
        };
        let of_medium = summary >> UNION_BITS.count_ones();
        summary & media != 0 && of_medium & KNOWN_EXTENSION != 0 && of_medium & summary & media == 0
    }

    /// What the rules of the request need to know about an attachment.
    pub(super) fn summarize(value: MemberValue<'_>) -> u32 {
        let MemberValue::Object(summary) = value else {
            return if value == MemberValue::Absent {
                0
            } else {
                IS_UNCLEAR
            };
        };
        if summary & UNION_BITS == 0 {
            return IS_UNCLEAR;
        }
        if summary & const { Self::bit("template") } == 0 {
            return 0;
        }
        match summary >> UNION_BITS.count_ones() {
            0 => IS_UNCLEAR,
            template if template & const { Template::bit("customer_feedback") } != 0 => IS_FEEDBACK,
            _ => 0,
        }
    }
}

wire_object! {
    /// An image, audio, video or file.
    pub struct MediaAttachment ("attachment", &SAVING_ASSETS) is ImagesItem::Image {
        /// Its location: a URL or a saved attachment.
        pub payload: MediaPayload,
    }
    rules(&[], summarize_media);
}

fn summarize_media(members: &Members<'_>, _: &mut Findings<'_>) -> u32 {
    members.summary(const { MediaAttachment::at("payload") })
}

wire_object! {
    /// The location of a media file: a URL, or an attachment saved for the Page.
    pub struct MediaPayload ("media", &SAVING_ASSETS) {
        /// Its URL, from which Graph fetches the file: within 75 seconds for video, 10 seconds
        /// otherwise.
        pub url: Option<String> => format(Format::Url).not_empty(),
        /// The id of an attachment saved for the same Page; it is valid for 90 days.
        pub attachment_id: Option<String> => any().not_empty(),
        /// Whether to save the file; the receipt then has its `attachment_id`.
        pub is_reusable: Option<super::BooleanOrString>,
    }
    exactly_one(&["url", "attachment_id"], &NO_SOURCE, &SEVERAL_SOURCES);
    rules(&[&REUSED], check_media);
    shapes(&[
        Shape { name: "MediaByUrl", doc: "A file at a URL.", terms: &[("url", Term::Needed),
            ("attachment_id", Term::Never)] },
        Shape { name: "MediaById", doc: "A saved attachment.", terms: &[
            ("attachment_id", Term::Needed), ("url", Term::Never)] },
    ]);
}

static NO_SOURCE: Rule = Rule::error(
    "media.no_source",
    "An attachment needs exactly one of url and attachment_id; it has neither.",
    &SAVING_ASSETS,
);
static SEVERAL_SOURCES: Rule = Rule::error(
    "media.several_sources",
    "An attachment needs exactly one of url and attachment_id; it has both.",
    &SAVING_ASSETS,
);
static REUSED: Rule = Rule::warning(
    "media.is_reusable.unused",
    "is_reusable needs a url: an attachment_id is saved already.",
    &SAVING_ASSETS,
);

fn check_media(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const REUSABLE: usize = MediaPayload::at("is_reusable");
    if members.is_true(REUSABLE) && members.has(const { MediaPayload::at("attachment_id") }) {
        findings.at(REUSABLE, &REUSED);
    }
    members
        .text(const { MediaPayload::at("url") })
        .map_or(0, |url| types_by_extension(&url.decoded()))
}

/// The file extensions that Instagram documents, with the attachment type that accepts them. The
/// last row has well-known extensions that it does not document.
const INSTAGRAM_EXTENSIONS: [(&[&str], u32); 5] = [
    (&["png", "jpg", "jpeg", "gif"], Attachment::bit("image")),
    (&["aac", "m4a", "wav", "mp4"], Attachment::bit("audio")),
    (
        &["mp4", "ogg", "avi", "mov", "webm"],
        Attachment::bit("video"),
    ),
    (&["pdf"], Attachment::bit("file")),
    (
        &[
            "bmp", "doc", "docx", "flac", "heic", "mkv", "mp3", "pptx", "svg", "tiff", "txt",
            "webp", "xlsx", "zip",
        ],
        0,
    ),
];

/// The file extension of a media URL is in [`INSTAGRAM_EXTENSIONS`]. The bits of the types that
/// accept it are set as well.
const KNOWN_EXTENSION: u32 = 1 << 15;

/// The attachment types that accept a file of this URL, with [`KNOWN_EXTENSION`]. `0`: the
/// extension is missing or unknown.
fn types_by_extension(url: &str) -> u32 {
    let Some(extension) = file_extension(url) else {
        return 0;
    };
    let is_extension = |known: &&str| known.eq_ignore_ascii_case(extension);
    INSTAGRAM_EXTENSIONS
        .iter()
        .filter(|(extensions, _)| extensions.iter().any(is_extension))
        .fold(0, |types, (_, accepting)| {
            types | KNOWN_EXTENSION | accepting
        })
}

/// The extension of the file that a URL names: `png` of `https://example.com/a.png?b`.
fn file_extension(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    // The dots of the host are no extension.
    let behind_scheme = path.split_once('/')?.1.strip_prefix('/')?;
    let (_, file) = behind_scheme.rsplit_once('/')?;
    file.rsplit_once('.').map(|(_, extension)| extension)
}

wire_object! {
    /// A template.
    pub struct TemplateAttachment ("attachment", &TEMPLATES) is Attachment::Template(template) {
        /// The template.
        pub payload: Box<Template>,
    }
    rules(&[], summarize_template);
    shapes(&[
        Shape { name: "AnyTemplateAttachment", doc: "A template of any type.", terms: &[] },
        Shape { name: "FeedbackAttachment", doc: "A customer feedback template.", terms: &[
            ("payload", Term::As("FeedbackTemplate"))] },
    ]);
}

fn summarize_template(members: &Members<'_>, _: &mut Findings<'_>) -> u32 {
    members.summary(const { TemplateAttachment::at("payload") }) & UNION_BITS
}

wire_object! {
    /// A post of the business, on Instagram.
    pub struct MediaShareAttachment ("attachment", &INSTAGRAM_SEND) is Attachment::MediaShare(media_share) {
        /// The post.
        pub payload: MediaSharePayload,
    }
}

wire_object! {
    /// A post of the business.
    pub struct MediaSharePayload ("media_share", &INSTAGRAM_SEND) {
        /// Meta's id of the post.
        pub id: super::StringOrNumber => any().not_empty(),
    }
}

wire_object! {
    /// A heart, on Instagram. It has no payload.
    pub struct LikeHeartAttachment ("attachment", &INSTAGRAM_SEND) is Attachment::LikeHeart(like_heart) {}
}

wire_union! {
    /// One of several images that are sent together.
    pub enum ImagesItem by "type": ImagesItemType ("attachments", &SEND_MESSAGES) {
        /// An image.
        Image(MediaAttachment) = "image",
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_extension_is_the_files() {
        assert_eq!(
            file_extension("https://example.com/a.b/c.PNG?d=e.f#g.h"),
            Some("PNG")
        );
        for none in [
            "https://example.com/a.b/c",
            "https://example.com",
            "https://a.co?b/c.png",
            "x.png",
            "",
        ] {
            assert_eq!(file_extension(none), None, "{none}");
        }
    }
}
