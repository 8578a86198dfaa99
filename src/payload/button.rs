//! Buttons of templates.

use super::declare::{wire_enum, wire_object, wire_union};
use super::members::{Findings, Members};
use super::sources::{
    AUDIO_CALL_BUTTON, BUTTONS, CALL_BUTTON, GAME_BUTTON, LOGIN_BUTTON, LOGOUT_BUTTON,
    MARKETING_GENERIC, POSTBACK_BUTTON, URL_BUTTON,
};
use super::spec::Rule;
use super::{BooleanOrString, GridButton};

wire_union! {
    /// A button of a template.
    pub enum Button by "type": ButtonType ("button", &BUTTONS) {
        /// Opens a page.
        WebUrl(UrlButton) = "web_url",
        /// Sends a postback to the webhook.
        Postback(PostbackButton) = "postback",
        /// Calls a phone number.
        PhoneNumber(CallButton) = "phone_number" => any().never_on_instagram(),
        /// Logs the person in and links the accounts. On iOS and Android only.
        AccountLink(LogInButton) = "account_link" => any().never_on_instagram(),
        /// Logs the person out and unlinks the accounts.
        AccountUnlink(LogOutButton) = "account_unlink" => any().never_on_instagram(),
        /// Starts an Instant Game.
        GamePlay(GameButton) = "game_play" => any().never_on_instagram(),
        /// Calls the business in Messenger.
        AudioCall(AudioCallButton) = "audio_call" => any().messenger_only()
            .source(&AUDIO_CALL_BUTTON),
        /// Opens an app; Marketing Messages API only.
        App(AppButton) = "app" => any().never_on_instagram().source(&MARKETING_GENERIC),
    }
    withdrawn(&[
        Withdrawn::new("element_share", "2019", "a web_url button"),
        // The date of its removal is not documented; no page of 2026 mentions it.
        Withdrawn::new("payment", "2026", "a web_url button to a page that takes the payment"),
    ]);
}

/// A template in which only some buttons are documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ButtonHost {
    /// An element of the generic template.
    Generic,
    /// The button template.
    Button,
    /// The element of the media template.
    Media,
}

/// A game button in a template for which it is not documented.
pub(super) static GAME_ELSEWHERE: Rule = Rule::warning(
    "button.game_play.elsewhere",
    "A game_play button is documented for the button template only.",
    &GAME_BUTTON,
);
/// An audio call button in a template for which it is not documented.
pub(super) static CALL_ELSEWHERE: Rule = Rule::warning(
    "button.audio_call.elsewhere",
    "An audio_call button is documented for the generic and button templates only.",
    &AUDIO_CALL_BUTTON,
);

/// The rules of a template's list of buttons.
pub(super) fn check_buttons(
    members: &Members<'_>,
    findings: &mut Findings<'_>,
    buttons: usize,
    host: ButtonHost,
) {
    let kinds = members.summary(buttons);
    if kinds & const { Button::bit("game_play") } != 0 && host != ButtonHost::Button {
        findings.at(buttons, &GAME_ELSEWHERE);
    }
    if kinds & const { Button::bit("audio_call") } != 0 && host == ButtonHost::Media {
        findings.at(buttons, &CALL_ELSEWHERE);
    }
}

wire_enum! {
    /// The height of the webview.
    pub enum WebviewHeightRatio (&URL_BUTTON) {
        /// The whole screen; the default.
        Full = "full",
        /// Three quarters of the screen.
        Tall = "tall",
        /// Half of the screen.
        Compact = "compact",
    }
}

wire_enum! {
    /// Whether the webview has a share button.
    pub enum WebviewShareButton (&URL_BUTTON) {
        /// It has no share button.
        Hide = "hide",
    }
}

wire_object! {
    /// A button that opens a page.
    pub struct UrlButton ("button", &URL_BUTTON) is Button::WebUrl(url), GridButton::WebUrl(url) {
        /// The label, 1 to 20 characters.
        pub title: String => visible(20),
        /// The URL of the page; `https:` if `messenger_extensions` is true.
        pub url: String => format(Format::Link),
        /// The height of the webview; `full` if absent.
        pub webview_height_ratio: Option<WebviewHeightRatio> => any().messenger_only(),
        /// Whether the page uses the Messenger Extensions; its domain must then be allow-listed.
        pub messenger_extensions: Option<BooleanOrString> => any().messenger_only(),
        /// The URL for clients without Messenger Extensions; only with `messenger_extensions`.
        pub fallback_url: Option<String> => format(Format::Link).not_empty().messenger_only(),
        /// `hide` removes the share button.
        pub webview_share_button: Option<WebviewShareButton> => any().messenger_only(),
    }
    rules(&[&FALLBACK_ALONE, &EXTENSIONS_HTTPS], check_link);
}

/// `fallback_url` without the extensions.
pub(super) static FALLBACK_ALONE: Rule = Rule::error(
    "button.fallback_url.without_extensions",
    "fallback_url needs messenger_extensions: true.",
    &URL_BUTTON,
);
/// The extensions with a URL that is not `https:`.
pub(super) static EXTENSIONS_HTTPS: Rule = Rule::error(
    "button.url.extensions_https",
    "With messenger_extensions, url must start with https://.",
    &URL_BUTTON,
);

fn check_link(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const URL: usize = UrlButton::at("url");
    const EXTENSIONS: usize = UrlButton::at("messenger_extensions");
    const FALLBACK: usize = UrlButton::at("fallback_url");
    check_web_view(members, findings, URL, EXTENSIONS, FALLBACK);
    0
}

/// The rules for a URL that may use the Messenger Extensions, in a URL button and a default action.
pub(super) fn check_web_view(
    members: &Members<'_>,
    findings: &mut Findings<'_>,
    url: usize,
    extensions: usize,
    fallback: usize,
) {
    // Some clients write it as a string.
    let extended = members.is_true(extensions)
        || members
            .text(extensions)
            .is_some_and(|text| text.decoded() == "true");
    if members.has(fallback) && !extended {
        findings.at(fallback, &FALLBACK_ALONE);
    }
    if let Some(text) = members.text(url)
        && extended
        && !text
            .decoded()
            .get(..8)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"))
    {
        findings.at(url, &EXTENSIONS_HTTPS);
    }
}

wire_object! {
    /// A button that sends a postback.
    pub struct PostbackButton ("button", &POSTBACK_BUTTON) is Button::Postback(postback), GridButton::Postback(postback) {
        /// The label, 1 to 20 characters.
        pub title: String => visible(20),
        /// The payload of the postback webhook, at most 1000 characters.
        pub payload: String => at_most(1000),
    }
}

wire_object! {
    /// A button that calls a phone number.
    pub struct CallButton ("button", &CALL_BUTTON) is Button::PhoneNumber(phone_number) {
        /// The label, 1 to 20 characters.
        pub title: String => visible(20),
        /// The phone number: `+`, country code, area code, local number.
        pub payload: String => format(Format::Phone),
    }
}

wire_object! {
    /// A button that logs the person in. It has no `title`.
    pub struct LogInButton ("button.account_link", &LOGIN_BUTTON) is Button::AccountLink(account_link) {
        /// The URL of the page that links the accounts; `https:` only.
        pub url: String => format(Format::HttpsUrl),
    }
}

wire_object! {
    /// A button that logs the person out. It has no member besides `type`.
    pub struct LogOutButton ("button", &LOGOUT_BUTTON) is Button::AccountUnlink(account_unlink) {}
}

wire_object! {
    /// A button that starts an Instant Game.
    pub struct GameButton ("button", &GAME_BUTTON) is Button::GamePlay(game_play) {
        /// The label. Its page states no limit; other buttons allow 1 to 20 characters.
        pub title: String => any().visible(),
        /// The payload that the game receives: JSON in a string.
        pub payload: Option<String>,
        /// The player or the context of the game.
        pub game_metadata: Option<GameMetadata>,
    }
    rules(&[&LONG_TITLE], check_game);
}

/// The title length that other buttons allow, in characters.
const USUAL_TITLE: u32 = 20;

/// A title longer than other buttons allow, for a button whose page states no limit.
static LONG_TITLE: Rule = Rule::warning(
    "button.title.longer_than_usual",
    "Meta states no limit for the title of this button, but other buttons allow 20 characters: a \
     longer title may be cut or refused.",
    &BUTTONS,
);

fn check_title(members: &Members<'_>, findings: &mut Findings<'_>, title: usize) {
    if members
        .text(title)
        .is_some_and(|text| text.lengths().characters > USUAL_TITLE)
    {
        findings.at(title, &LONG_TITLE);
    }
}

fn check_game(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    check_title(members, findings, const { GameButton::at("title") });
    0
}

wire_object! {
    /// The player or the context of a game: exactly one of the two.
    pub struct GameMetadata ("game_metadata", &GAME_BUTTON) {
        /// The id of a player to play against.
        pub player_id: Option<String> => any().not_empty(),
        /// The id of a context to play in.
        pub context_id: Option<String> => any().not_empty(),
    }
    exactly_one(&["player_id", "context_id"], &NO_GAME, &BOTH_GAMES);
    shapes(&[
        Shape { name: "GameWithPlayer", doc: "A game against a player.", terms: &[
            ("player_id", Term::Needed), ("context_id", Term::Never)] },
        Shape { name: "GameInContext", doc: "A game in a context.", terms: &[
            ("context_id", Term::Needed), ("player_id", Term::Never)] },
    ]);
}

static NO_GAME: Rule = Rule::error(
    "game_metadata.none",
    "game_metadata needs exactly one of player_id and context_id; it has neither.",
    &GAME_BUTTON,
);
static BOTH_GAMES: Rule = Rule::error(
    "game_metadata.several",
    "game_metadata needs exactly one of player_id and context_id; it has both.",
    &GAME_BUTTON,
);

wire_object! {
    /// A button that calls the business in Messenger.
    pub struct AudioCallButton ("button", &AUDIO_CALL_BUTTON) is Button::AudioCall(audio_call) {
        /// The label. Its page states no limit; other buttons allow 1 to 20 characters.
        pub title: String => any().visible(),
        /// How long it works: 1 to 7 days, 7 if absent.
        pub expires_in_days: Option<u32> => any().days(1, 7),
    }
    rules(&[&LONG_TITLE], check_call);
}

fn check_call(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    check_title(members, findings, const { AudioCallButton::at("title") });
    0
}

wire_object! {
    /// A button that opens an app. The Marketing Messages API documents it, the Send API does not.
    pub struct AppButton ("button.app", &MARKETING_GENERIC) is Button::App(app) {
        /// The label. The page's sample has none.
        pub title: Option<String> => any().visible(),
        /// The link on iOS.
        pub ios_url: Option<String>,
        /// The link on Android.
        pub android_url: Option<String>,
    }
    rules(&[&APP_MARKETING_ONLY], check_app);
}

static APP_MARKETING_ONLY: Rule = Rule::warning(
    "button.app.marketing_only",
    "An app button is documented for the generic template of the Marketing Messages API only.",
    &MARKETING_GENERIC,
);

fn check_app(_: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    findings.here(&APP_MARKETING_ONLY);
    0
}
