//! The media template: an image or a video with buttons.

use super::Template;
use crate::payload::Button;
use crate::payload::button::{ButtonHost, CALL_ELSEWHERE, GAME_ELSEWHERE, check_buttons};
use crate::payload::declare::{wire_enum, wire_object};
use crate::payload::members::{Findings, Members};
use crate::payload::sources::MEDIA;
use crate::payload::spec::Rule;

wire_object! {
    /// An image or a video with buttons.
    pub struct MediaTemplate ("media_template", &MEDIA) is Template::Media {
        /// Exactly 1 element.
        pub elements [element]: Vec<MediaElement> => between(1, 1),
        /// Whether people may share it; `false` if absent.
        pub sharable: Option<bool> => any().messenger_only(),
    }
}

wire_enum! {
    /// The media that a media template shows. Audio is not supported.
    pub enum MediaType (&MEDIA) {
        /// An image, including GIF.
        Image = "image",
        /// A video.
        Video = "video",
    }
}

wire_object! {
    /// The image or video: exactly one of `url` and `attachment_id`.
    pub struct MediaElement ("media_template.element", &MEDIA) {
        /// Whether it is an image or a video.
        pub media_type: MediaType,
        /// The id of a saved attachment.
        pub attachment_id: Option<String> => any().not_empty(),
        /// Its URL on Facebook: a photo or video of a Page.
        pub url: Option<String> => format(Format::FacebookUrl).not_empty(),
        /// At most 3 buttons.
        pub buttons [button]: Option<Vec<Button>> => between(1, 3),
    }
    exactly_one(&["url", "attachment_id"], &NO_SOURCE, &SEVERAL_SOURCES);
    rules(&[&GAME_ELSEWHERE, &CALL_ELSEWHERE], check);
    shapes(&[
        Shape { name: "MediaElementByUrl", doc: "A photo or video on Facebook.", terms: &[
            ("url", Term::Needed), ("attachment_id", Term::Never)] },
        Shape { name: "MediaElementById", doc: "A saved attachment.", terms: &[
            ("attachment_id", Term::Needed), ("url", Term::Never)] },
    ]);
}

static NO_SOURCE: Rule = Rule::error(
    "media_template.element.no_source",
    "An element of the media template needs exactly one of url and attachment_id; it has neither.",
    &MEDIA,
);
static SEVERAL_SOURCES: Rule = Rule::error(
    "media_template.element.several_sources",
    "An element of the media template needs exactly one of url and attachment_id; it has both.",
    &MEDIA,
);

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    check_buttons(
        members,
        findings,
        const { MediaElement::at("buttons") },
        ButtonHost::Media,
    );
    0
}
