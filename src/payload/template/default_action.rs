//! What a tap on an element of the generic template does.

use crate::payload::button::{EXTENSIONS_HTTPS, FALLBACK_ALONE, check_web_view};
use crate::payload::declare::{wire_enum, wire_object};
use crate::payload::members::{Findings, Members};
use crate::payload::sources::{GENERIC, URL_BUTTON};
use crate::payload::spec::Rule;
use crate::payload::{BooleanOrString, WebviewHeightRatio, WebviewShareButton};

wire_enum! {
    /// The only kind of default action.
    pub enum DefaultActionType (&GENERIC) {
        /// Opens a page.
        WebUrl = "web_url",
    }
}

wire_object! {
    /// What a tap on the element does: it opens a page. A URL button without a `title`.
    pub struct DefaultAction ("default_action", &GENERIC) {
        /// `web_url`.
        pub r#type: DefaultActionType = DefaultActionType::WebUrl,
        /// The URL of the page; `https:` if `messenger_extensions` is true.
        pub url: String => format(Format::Link).source(&URL_BUTTON),
        /// The height of the webview; `full` if absent.
        pub webview_height_ratio: Option<WebviewHeightRatio> => any().messenger_only()
            .source(&URL_BUTTON),
        /// Whether the page uses the Messenger Extensions; its domain must then be allow-listed.
        pub messenger_extensions: Option<BooleanOrString> => any().messenger_only()
            .source(&URL_BUTTON),
        /// The URL for clients without Messenger Extensions; only with `messenger_extensions`.
        pub fallback_url: Option<String> => format(Format::Link).not_empty().messenger_only()
            .source(&URL_BUTTON),
        /// `hide` removes the share button.
        pub webview_share_button: Option<WebviewShareButton> => any().messenger_only()
            .source(&URL_BUTTON),
        /// Do not set it: a default action has no label.
        pub title: Option<serde_json::Value>,
    }
    rules(&[&TITLE, &FALLBACK_ALONE, &EXTENSIONS_HTTPS], check);
    shapes(&[Shape {
        name: "DefaultAction",
        doc: "What a tap on the element does: a URL button without a `title`.",
        terms: &[("title", Term::Never)],
    }]);
}

static TITLE: Rule = Rule::error(
    "default_action.title.forbidden",
    "A default_action takes no title: only buttons have one.",
    &GENERIC,
);

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const URL: usize = DefaultAction::at("url");
    const EXTENSIONS: usize = DefaultAction::at("messenger_extensions");
    const FALLBACK: usize = DefaultAction::at("fallback_url");
    const TITLE_AT: usize = DefaultAction::at("title");
    if members.has(TITLE_AT) {
        findings.at(TITLE_AT, &TITLE);
    }
    check_web_view(members, findings, URL, EXTENSIONS, FALLBACK);
    0
}
