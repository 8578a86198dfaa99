//! One row for each error code. `docs/errors.md` is generated from this table.
//!
//! A code without a row has kind `request`, or `transient` if Graph says so, and is not retried.
//! The subcodes of 100 up to 2018099 come from public reports of Graph's answers.

use super::{Repeat, Row};
use crate::client::ErrorKind;

/// The pages that document the codes. Only `docs/errors.md` uses them, so they are left out of
/// the WebAssembly module.
#[cfg(not(target_arch = "wasm32"))]
mod pages {
    pub(super) const MESSENGER: &str = "https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes";
    pub(super) const GRAPH: &str =
        "https://developers.facebook.com/docs/graph-api/guides/error-handling";
    pub(super) const LIMITS: &str =
        "https://developers.facebook.com/docs/graph-api/overview/rate-limiting";
    pub(super) const EDGE: &str =
        "https://developers.facebook.com/docs/graph-api/reference/page/messages/";
    pub(super) const REFERENCE: &str =
        "https://developers.facebook.com/docs/messenger-platform/reference/send-api";
    pub(super) const OLD_REFERENCE: &str =
        "https://developers.facebook.com/docs/messenger-platform/send-api-reference";
    pub(super) const GUIDE: &str = "https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages";
    pub(super) const MEDIA: &str = "https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/template/media";
}

/// `code / subcode Kind repeat, hint, source;`. `repeat` is `later`, `once` or `never`.
macro_rules! rows {
    ($(
        $code:literal $(..= $through:literal)? $(/ $subcode:literal)?
        $kind:ident $($repeat:ident)?, $hint:literal, $source:ident;
    )*) => {
        &[$( Row {
            code: $code,
            through: rows!(@last $code $($through)?),
            subcode: rows!(@option $($subcode)?),
            kind: ErrorKind::$kind,
            repeat: rows!(@repeat $($repeat)?),
            hint: $hint,
            #[cfg(not(target_arch = "wasm32"))]
            source: pages::$source,
        } ),*]
    };
    (@last $code:literal) => { $code };
    (@last $code:literal $through:literal) => { $through };
    (@option) => { None };
    (@option $subcode:literal) => { Some($subcode) };
    (@repeat) => { Repeat::No };
    (@repeat later) => { Repeat::Later };
    (@repeat once) => { Repeat::Once };
    (@repeat never) => { Repeat::Never };
}

pub(super) static TABLE: &[Row] = rows! {
    // Problems at Meta.
    1 / 1357046 Transient,
        "Graph could not read its own JSON, and the message may have gone through: check the \
         conversation before you send again.",
        MESSENGER;
    -1 Transient once,
        "An unexpected internal error at Meta: it is retried once; after that, check the \
         conversation before you send again.",
        MESSENGER;
    1 Transient later,
        "An unknown error at Meta, or a missing permission: retry once or twice, then check the \
         token's permissions.",
        MESSENGER;
    2 / 2018344 Permission,
        "An admin of the Page has not accepted the terms for labels: have them accept the terms in \
         the Page's inbox.",
        MESSENGER;
    2 Transient later,
        "A Meta service is temporarily down: try again later. Graph also answers this when the \
         person has blocked the Page.",
        GRAPH;
    1200 Transient later,
        "A temporary failure to send: try again later.",
        OLD_REFERENCE;

    // Tokens and proofs.
    102 Auth,
        "The session of the access token has ended: get a new Page access token.",
        GRAPH;
    190 / 458 Auth,
        "The person behind the token has removed the app: have them log in again, and get a new \
         Page access token.",
        GRAPH;
    190 / 459 Auth,
        "The person behind the token must log in at facebook.com and confirm their account: \
         then get a new Page access token.",
        GRAPH;
    190 / 460 Auth,
        "The person behind the token has changed their password: have them log in again, and \
         get a new Page access token.",
        GRAPH;
    190 Auth,
        "The access token is invalid or has expired: get a new Page access token.",
        GRAPH;
    2500 Auth,
        "The request has no active access token: check that accessToken is a Page access token of \
         this app.",
        GRAPH;

    // Permissions.
    3 Permission,
        "The app lacks the capability or the permission for this call: check its products and \
         permissions in the app dashboard. For Instagram with Facebook Login, pageId must be \
         the Page (or \"me\"), not the Instagram account.",
        GRAPH;
    10 / 2534077 Permission,
        "The Instagram account's link to the Page or its two-factor login prevents this: have its \
         owner check both.",
        MESSENGER;
    200 / 2018021 Permission,
        "Sending to phone numbers needs an agreement on its fee: use the person's Page-scoped \
         id instead.",
        MESSENGER;
    200 / 2018027 Permission,
        "Sending to phone numbers needs the permission pages_messaging_phone_number: use the \
         person's Page-scoped id instead.",
        MESSENGER;
    200 / 2018028 Permission,
        "Without Advanced Access to pages_messaging you can message only people with a role on the \
         app: request the access in App Review.",
        MESSENGER;
    200 / 2534041 Permission,
        "The owner of the Instagram account has switched off access to its messages: have them \
         allow it in the account's settings.",
        MESSENGER;
    230 Permission,
        "The app's permissions do not allow messages to this person: check pages_messaging.",
        EDGE;
    10904 Permission,
        "Messaging is switched off for the Page: switch it on in the Page's settings.",
        EDGE;
    36103 Permission,
        "The Instagram account may not use messaging yet: try with another account, or later.",
        MESSENGER;
    2018300 Permission,
        "Another app has control of this conversation: request thread control, or leave the \
         conversation to that app.",
        MESSENGER;
    2018171 Permission,
        "The app's role for this Page does not allow the call: set the primary receiver in the \
         Page's advanced messaging settings.",
        MESSENGER;
    2018234 Permission,
        "The app's role for this Page does not allow the call: set the primary receiver in the \
         Page's advanced messaging settings.",
        MESSENGER;
    2018321 Permission,
        "An automated question flow is running in this conversation: send once it is over.",
        MESSENGER;

    // The messaging window.
    10 / 2018278 Window,
        "The messaging window has closed: send a utility message, use the HUMAN_AGENT tag within 7 \
         days if a human agent answers, or wait until the person writes.",
        MESSENGER;
    10 / 2534022 Window,
        "The person's last message is more than 24 hours old: use the HUMAN_AGENT tag within 7 \
         days if a human agent answers, or wait until the person writes.",
        MESSENGER;
    10 / 2018065 Window,
        "The messaging window has closed, and only news Pages with permission may send outside it: \
         wait until the person writes.",
        MESSENGER;
    1545041 Window,
        "The messaging window has closed, or the person cannot be reached: wait until they write.",
        GUIDE;

    // The person.
    100 / 2018001 Recipient,
        "No person has this id for this Page. Usually it is a Page-scoped id of another Page, or \
         the Page's own id from an echo. Check that id and token belong to the same Page, and \
         ignore events with is_echo.",
        MESSENGER;
    100 / 2534014 Recipient,
        "No person has this Instagram-scoped id for this account: check that id and token belong \
         to the same account.",
        MESSENGER;
    100 / 2534029 Recipient,
        "The person has blocked this business on Instagram: do not send to them.",
        MESSENGER;
    10 / 2018108 Recipient,
        "This person cannot receive messages now: do not try again until they write.",
        MESSENGER;
    10 / 1893015 Recipient,
        "The person has stopped messages on this topic: do not send any more of them.",
        MESSENGER;
    200 / 1545041 Recipient,
        "This person is not available: they may have blocked the Page, left Messenger, or not \
         accepted the conversation. Wait until they write.",
        MESSENGER;
    551 / 1545041 Recipient,
        "This person is not available: they may have blocked the Page, left Messenger, or not \
         accepted the conversation. Wait until they write.",
        MESSENGER;
    551 Recipient,
        "This person is not available: they may have blocked the Page or left Messenger. Wait \
         until they write.",
        MESSENGER;
    10903 Recipient,
        "This person cannot reply to this activity, so no private reply can be sent to it.",
        EDGE;

    // Limits.
    4 / 2018022 RateLimit later,
        "Too many messages to phone numbers: pause, and send them more slowly.",
        OLD_REFERENCE;
    4 / 2018354 RateLimit,
        "The marketing message came before its minimum delay had passed: send it later.",
        MESSENGER;
    4 RateLimit later,
        "The app made too many calls: pause, and spread them evenly.",
        GRAPH;
    9 / 2018352 RateLimit,
        "Too many requests to opt in to marketing messages: ask this person again much later.",
        MESSENGER;
    17 RateLimit later,
        "The person behind the token made too many calls: pause, and spread them evenly.",
        GRAPH;
    32 RateLimit later,
        "Too many calls for this Page with a user's token: pause, or use a Page access token.",
        LIMITS;
    341 RateLimit later,
        "The app has reached a limit: pause, and spread the calls evenly.",
        GRAPH;
    613 / 1893016 RateLimit,
        "The person was asked to opt in to this topic before: do not ask again.",
        MESSENGER;
    613 / 2018338 RateLimit,
        "People find this Page's tagged messages unwelcome: send fewer of them.",
        MESSENGER;
    613 / 1996 RateLimit later,
        "The call rate fluctuates too much: pause for a while, then spread the calls evenly.",
        LIMITS;
    613 / 2534040 RateLimit later,
        "Too many messages from this Instagram account: pause, and spread them evenly.",
        MESSENGER;
    613 RateLimit later,
        "Too many calls to the Send API: pause, and send more slowly.",
        LIMITS;
    80001 RateLimit,
        "The Page has reached its call limit: wait as long as usage says.",
        LIMITS;
    80002 RateLimit later,
        "The Instagram account has reached its call limit: wait as long as usage says.",
        LIMITS;
    80006 RateLimit later,
        "The Page has reached its message limit: wait as long as usage says.",
        LIMITS;

    // Policies.
    10 / 1893063 Policy,
        "The Page is temporarily restricted from sending: pause all its messages for at least half \
         an hour; the Page's admins can see why.",
        MESSENGER;
    10 / 1404170 Policy,
        "The Page may not ask people to opt in to marketing messages: the Page's admins can see \
         why.",
        MESSENGER;
    10 / 2018336 Policy,
        "Meta blocked the message to protect the conversation: send less to this person.",
        MESSENGER;
    368 Policy,
        "Temporarily blocked under Meta's policies: stop for some hours; the Page's admins can see \
         why.",
        GRAPH;
    2022 Policy,
        "Sending is temporarily blocked, or commerce messages are switched off for this Page after \
         a violation: the Page's admins can see why.",
        MESSENGER;

    // The request.
    100 / 1893061 Request never,
        "The tag was retired (ACCOUNT_UPDATE, CONFIRMED_EVENT_UPDATE and POST_PURCHASE_UPDATE on \
         27 April 2026): use HUMAN_AGENT within 7 days if a human agent answers, send a utility \
         message, or wait until the person writes.",
        REFERENCE;
    508 / 2534122 Request never,
        "The link cannot be shared: send the message without it, or with another link.",
        MESSENGER;
    100 / 2018015 Request,
        "The request has neither a message nor a sender action: validation finds this.",
        MESSENGER;
    100 / 2018035 Request,
        "A card of the generic template has a title only: add a subtitle, an image or a button. \
         Validation finds this.",
        MESSENGER;
    100 / 2018040 Request,
        "A postback button has no payload: validation finds this.",
        MESSENGER;
    100 / 2018041 Request,
        "A web_url button has no url: validation finds this.",
        MESSENGER;
    100 / 2018048 Request,
        "The sender action failed. It is only a courtesy: send the message anyway.",
        MESSENGER;
    100 / 2018053 Request,
        "A button has no title: validation finds this.",
        MESSENGER;
    100 / 2018055 Request,
        "An amount of the receipt is wrong: validation finds most of these.",
        MESSENGER;
    100 / 2018098 Request,
        "A quick reply has no title: validation finds this.",
        MESSENGER;
    100 / 2018099 Request,
        "A quick reply has no payload: validation finds this.",
        MESSENGER;
    105 Request,
        "A list is too long; the message names the parameter. Validation finds this.",
        MESSENGER;
    194 Request,
        "A list is too short, usually empty; the message names the parameter. Validation finds \
         this.",
        MESSENGER;
    546 Request,
        "The file type is not supported: send it as another type of attachment.",
        MESSENGER;
    36000 Request,
        "The image size is not supported: resize the image.",
        MESSENGER;
    100 / 33 Request,
        "The Page does not exist, or the token has no access to it: check pageId and accessToken.",
        MESSENGER;
    100 / 2018008 Request,
        "Meta could not fetch the file from its URL: check that it is public, has a valid \
         certificate, is not too large and loads within 10 seconds.",
        MESSENGER;
    100 / 2018014 Request,
        "A message and a sender action cannot go together: send them one after the other.",
        MESSENGER;
    100 / 2018034 Request,
        "The message is empty: it needs a text or an attachment.",
        REFERENCE;
    100 / 2018047 Request,
        "The upload failed, usually because the attachment type does not match the file: check \
         both.",
        MESSENGER;
    100 / 2018074 Request,
        "The attachment id is wrong, older than 90 days, or from another Page: upload the file \
         again.",
        MESSENGER;
    100 / 2018109 Request,
        "The attachment is too large: the limit is 8 MB for images, 25 MB for other files.",
        MESSENGER;
    100 / 2018164 Request,
        "The app id is wrong: check it in the app dashboard.",
        MESSENGER;
    100 / 2018294 Request,
        "The video is broken, or took longer than 75 seconds to fetch: check the file and its \
         server.",
        MESSENGER;
    100 / 2018320 Request,
        "A product id of the template is wrong: use ids from the catalogue of this Page.",
        MESSENGER;
    100 / 2018328 Request,
        "The product template needs API version 8.0 or later: set apiVersion.",
        MESSENGER;
    100 / 2534013 Request,
        "The Page has no Instagram account linked to it: link it in the Page's settings.",
        MESSENGER;
    100 / 2534015 Request,
        "Instagram does not accept this message: check which content Instagram supports.",
        MESSENGER;
    100 / 2534025 Request,
        "The comment cannot get a private reply: check its id, and that it is less than 7 days \
         old.",
        MESSENGER;
    100 / 2534037 Request,
        "Another app owns this Instagram conversation: request thread control first.",
        MESSENGER;
    100 Request,
        "A parameter is wrong; the message names it. Graph answers the same to a retired tag or an \
         expired notification token.",
        MESSENGER;
    10303 Request,
        "The account linking token is wrong or has expired: start the linking again.",
        MESSENGER;
    10900 Request,
        "This comment or post already has its one private reply. After an attempt with an unknown \
         outcome, this means that the first reply arrived.",
        EDGE;
    2018173..=2018188 Request,
        "The media template is wrong: it takes exactly one element, with an attachment id or a \
         facebook.com URL.",
        MEDIA;
    9000001 Request,
        "The message that this request refers to has been deleted.",
        MESSENGER;

    // Any other subcode of a code, or code of a range.
    10 Permission,
        "The app lacks a permission for this Page, or the person who gave the token lacks the \
         task for it: check pages_messaging and the tasks.",
        MESSENGER;
    200..=299 Permission,
        "A permission is missing, or the app is not live: check pages_messaging and the app's \
         mode.",
        GRAPH;
};
