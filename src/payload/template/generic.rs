//! The generic template: a carousel of cards.

use super::{DefaultAction, Template};
use crate::payload::Button;
use crate::payload::button::{ButtonHost, CALL_ELSEWHERE, GAME_ELSEWHERE, check_buttons};
use crate::payload::declare::{wire_enum, wire_object};
use crate::payload::members::{Findings, Members};
use crate::payload::sources::GENERIC;
use crate::payload::spec::Rule;

wire_object! {
    /// A carousel of cards.
    pub struct GenericTemplate ("generic", &GENERIC) is Template::Generic {
        /// 1 to 10 cards.
        pub elements [element]: Vec<GenericElement> => between(1, 10),
        /// Whether people may share it; `false` if absent.
        pub sharable: Option<bool> => any().messenger_only(),
        /// The aspect ratio of the images. Only in older versions of the reference.
        pub image_aspect_ratio: Option<ImageAspectRatio> => any().messenger_only(),
    }
}

wire_enum! {
    /// The aspect ratio of an image.
    pub enum ImageAspectRatio (&GENERIC) {
        /// 1.91:1.
        Horizontal = "horizontal",
        /// 1:1.
        Square = "square",
    }
    any_case();
}

wire_object! {
    /// A card: a title, and at least one more member.
    pub struct GenericElement ("generic.element", &GENERIC) {
        /// The title, 1 to 80 characters.
        pub title: String => visible(80),
        /// The subtitle, at most 80 characters.
        pub subtitle: Option<String> => visible(80),
        /// The URL of the image.
        pub image_url: Option<String> => format(Format::Url),
        /// What a tap on the card does.
        pub default_action: Option<DefaultAction>,
        /// 1 to 3 buttons.
        pub buttons [button]: Option<Vec<Button>> => between(1, 3),
    }
    rules(&[&TITLE_ALONE, &GAME_ELSEWHERE, &CALL_ELSEWHERE], check);
    shapes(&[
        Shape { name: "GenericElementWithSubtitle", doc: "A card with a subtitle.", terms: &[
            ("subtitle", Term::Needed)] },
        Shape { name: "GenericElementWithImage", doc: "A card with an image.", terms: &[
            ("image_url", Term::Needed)] },
        Shape { name: "GenericElementWithAction", doc: "A card that can be tapped.", terms: &[
            ("default_action", Term::Needed)] },
        Shape { name: "GenericElementWithButtons", doc: "A card with buttons.", terms: &[
            ("buttons", Term::Needed)] },
    ]);
}

static TITLE_ALONE: Rule = Rule::error(
    "generic.element.title_alone",
    "An element of the generic template needs at least one of subtitle, image_url, default_action \
     and buttons, besides its title.",
    &GENERIC,
);

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const BUTTONS: usize = GenericElement::at("buttons");
    let more = members.has(const { GenericElement::at("subtitle") })
        || members.has(const { GenericElement::at("image_url") })
        || members.has(const { GenericElement::at("default_action") })
        || members.has_content(BUTTONS);
    if members.has(const { GenericElement::at("title") }) && !more {
        findings.here(&TITLE_ALONE);
    }
    check_buttons(members, findings, BUTTONS, ButtonHost::Generic);
    0
}
