//! The image grid template: 2 to 6 images in one bubble.

use super::Template;
use crate::payload::declare::{wire_enum, wire_object, wire_union};
use crate::payload::members::{Findings, MemberValue, Members};
use crate::payload::sources::IMAGE_GRID;
use crate::payload::spec::Rule;
use crate::payload::{PostbackButton, UrlButton};

wire_object! {
    /// 2 to 6 images in one bubble. Introduced on 30 June 2026.
    pub struct ImageGridTemplate ("image_grid", &IMAGE_GRID) is Template::ImageGrid {
        /// Exactly 1 grid.
        pub elements [element]: Vec<ImageGridElement> => between(1, 1),
    }
}

wire_object! {
    /// A grid of images.
    pub struct ImageGridElement ("image_grid.element", &IMAGE_GRID) {
        /// 2 to 6 images.
        pub images [image]: Vec<GridImage> => between(2, 6),
        /// The title, at most 45 characters.
        pub title: Option<String> => visible(45),
        /// The subtitle, at most 80 characters.
        pub subtitle: Option<String> => visible(80),
        /// At most 3 buttons, of the types `web_url` and `postback` only.
        pub buttons [button]: Option<Vec<GridButton>> => between(1, 3),
    }
    rules(&[&SEVERAL_HEROES], check_element);
}

wire_union! {
    /// A button of an image grid.
    pub enum GridButton by "type": GridButtonType ("image_grid.button", &IMAGE_GRID) {
        /// Opens a page.
        WebUrl(UrlButton) = "web_url",
        /// Sends a postback to the webhook.
        Postback(PostbackButton) = "postback",
    }
}

static SEVERAL_HEROES: Rule = Rule::error(
    "image_grid.element.images.several_heroes",
    "At most one image of a grid may have is_hero_image: true.",
    &IMAGE_GRID,
);

fn check_element(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const IMAGES: usize = ImageGridElement::at("images");
    if members.summary(IMAGES) > HERO {
        findings.at(IMAGES, &SEVERAL_HEROES);
    }
    0
}

wire_object! {
    /// An image of a grid.
    pub struct GridImage ("image_grid.image", &IMAGE_GRID) {
        /// Its URL.
        pub url: String => format(Format::Url),
        /// Whether it is shown larger; at most one image of a grid is.
        pub is_hero_image: Option<bool>,
        /// What a tap on it does.
        pub action: Option<GridAction>,
    }
    rules(&[], summarize_hero);
}

/// What an image tells its grid: it is the hero image.
const HERO: u32 = 1;

fn summarize_hero(members: &Members<'_>, _: &mut Findings<'_>) -> u32 {
    if members.is_true(const { GridImage::at("is_hero_image") }) {
        HERO
    } else {
        0
    }
}

wire_enum! {
    /// What a tap on an image of a grid does.
    pub enum GridActionType (&IMAGE_GRID) {
        /// Opens a page.
        WebUrl = "web_url",
        /// Sends a postback to the webhook, and shows a text as the person's reply.
        Postback = "postback",
    }
}

wire_object! {
    /// What a tap on an image of a grid does.
    pub struct GridAction ("image_grid.image.action", &IMAGE_GRID) {
        /// The type of the action.
        pub r#type: GridActionType,
        /// The URL of the page; for `web_url` only.
        pub url: Option<String> => format(Format::Link).not_empty(),
        /// The payload of the postback webhook; for `postback` only.
        pub payload: Option<String> => any().not_empty(),
        /// The text shown as the person's reply; for `postback` only.
        pub text: Option<String> => any().visible().not_empty(),
    }
    rules(&[&URL_MISSING, &PAYLOAD_MISSING, &TEXT_MISSING, &URL_FORBIDDEN, &PAYLOAD_FORBIDDEN,
        &TEXT_FORBIDDEN], check_action);
    shapes(&[
        Shape { name: "GridUrlAction", doc: "A tap opens a page.", terms: &[
            ("type", Term::Is(&["web_url"])), ("url", Term::Needed), ("payload", Term::Never),
                ("text", Term::Never),
        ] },
        Shape { name: "GridPostbackAction", doc: "A tap sends a postback.", terms: &[
            ("type", Term::Is(&["postback"])), ("payload", Term::Needed), ("text", Term::Needed),
                ("url", Term::Never),
        ] },
    ]);
}

static URL_MISSING: Rule = Rule::error(
    "image_grid.image.action.url.missing",
    "An action of type web_url needs a url.",
    &IMAGE_GRID,
);
static PAYLOAD_MISSING: Rule = Rule::error(
    "image_grid.image.action.payload.missing",
    "An action of type postback needs a payload.",
    &IMAGE_GRID,
);
static TEXT_MISSING: Rule = Rule::error(
    "image_grid.image.action.text.missing",
    "An action of type postback needs a text.",
    &IMAGE_GRID,
);
static URL_FORBIDDEN: Rule = Rule::error(
    "image_grid.image.action.url.forbidden",
    "An action of type postback takes no url.",
    &IMAGE_GRID,
);
static PAYLOAD_FORBIDDEN: Rule = Rule::error(
    "image_grid.image.action.payload.forbidden",
    "An action of type web_url takes no payload.",
    &IMAGE_GRID,
);
static TEXT_FORBIDDEN: Rule = Rule::error(
    "image_grid.image.action.text.forbidden",
    "An action of type web_url takes no text.",
    &IMAGE_GRID,
);

fn check_action(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const TYPE: usize = GridAction::at("type");
    const URL: usize = GridAction::at("url");
    const PAYLOAD: usize = GridAction::at("payload");
    const TEXT: usize = GridAction::at("text");
    const WEB_URL: u16 = GridActionType::at("web_url");
    const POSTBACK: u16 = GridActionType::at("postback");
    let of_link = [(URL, &URL_MISSING, &URL_FORBIDDEN)];
    let of_postback = [
        (PAYLOAD, &PAYLOAD_MISSING, &PAYLOAD_FORBIDDEN),
        (TEXT, &TEXT_MISSING, &TEXT_FORBIDDEN),
    ];
    let (needed, out): (&[(usize, _, _)], &[(usize, _, _)]) = match members.value(TYPE) {
        MemberValue::EnumValue(WEB_URL) => (&of_link, &of_postback),
        MemberValue::EnumValue(POSTBACK) => (&of_postback, &of_link),
        _ => return 0,
    };
    for &(member, missing, _) in needed {
        if !members.has(member) {
            findings.at(member, missing);
        }
    }
    for &(member, _, forbidden) in out {
        if members.has(member) {
            findings.at(member, forbidden);
        }
    }
    0
}
