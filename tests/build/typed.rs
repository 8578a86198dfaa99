//! Typed drafts: each expression makes the same request as its draft in JSON.

use messenger_send::build::{Draft, UtilityDraft, build_message};
use messenger_send::payload::*;
use messenger_send::validate::{RuleOptions, validate_json};
use serde_json::{Value, json};

/// The typed draft makes the same request as this one, and the typed request is the same JSON.
#[track_caller]
fn same(draft: &Draft, json: &Value) {
    let options = RuleOptions::default();
    let built = match build_message(&json.to_string(), &options) {
        Ok(built) => built,
        Err(error) => panic!("{json}: {error}"),
    };
    let built: Value = serde_json::from_str(&built).unwrap();
    let request = match draft.build() {
        Ok(request) => request,
        Err(error) => panic!("{draft:?}: {error}"),
    };
    assert_eq!(serde_json::to_value(&request).unwrap(), built);
    assert_eq!(
        request.validate(&options),
        validate_json(built.to_string(), &options)
    );
}

#[test]
fn a_text_with_its_companions() {
    same(
        &Draft::text("hello, world").to("1"),
        &json!({ "to": "1", "text": "hello, world" }),
    );
    same(
        &Draft::text("Which one?")
            .to(Recipient::new().id("1"))
            .quick_replies(["Yes", "No"])
            .quick_reply(QuickReply::text("Maybe", "MAYBE").image_url("https://example.com/a.png"))
            .quick_reply(QuickReply::user_email())
            .metadata("order 7")
            .messaging_type(MessagingType::Update)
            .notification_type(NotificationType::NoPush)
            .reply_to("m_1")
            .persona_id("7"),
        &json!({
            "to": "1",
            "text": "Which one?",
            "quick_replies": [
                "Yes",
                "No",
                {
                    "content_type": "text", "title": "Maybe", "payload": "MAYBE",
                    "image_url": "https://example.com/a.png",
                },
                { "content_type": "user_email" },
            ],
            "metadata": "order 7",
            "messaging_type": "UPDATE",
            "notification_type": "NO_PUSH",
            "reply_to": "m_1",
            "persona_id": "7",
        }),
    );
    same(
        &Draft::text("a").to("1").tag(MessageTag::HumanAgent),
        &json!({ "to": "1", "text": "a", "tag": "HUMAN_AGENT" }),
    );
    same(
        &Draft::text("Open?")
            .to("1")
            .button(Button::url("Shop", "https://example.com")),
        &json!({
            "to": "1", "text": "Open?",
            "buttons": [{ "title": "Shop", "url": "https://example.com" }],
        }),
    );
}

#[test]
fn recipients_of_every_kind() {
    let id = String::from("1");
    for draft in [
        Draft::text("a").to(&id),
        Draft::text("a").to(id.as_str()),
        Draft::text("a").to(id.clone()),
        Draft::text("a").to(Recipient::from("1")),
        Draft::text("a").to(Recipient::new().id(1)),
    ] {
        same(&draft, &json!({ "to": "1", "text": "a" }));
    }
    same(
        &Draft::text("a").to(Recipient::new().comment_id("7")),
        &json!({ "to": { "comment_id": "7" }, "text": "a" }),
    );
    let name = RecipientName::new().first_name("Robin").last_name("Doe");
    same(
        &Draft::text("a").to(Recipient::new().phone_number("+1(212)555-2368").name(name)),
        &json!({
            "to": {
                "phone_number": "+1(212)555-2368",
                "name": { "first_name": "Robin", "last_name": "Doe" },
            },
            "text": "a",
        }),
    );
}

#[test]
fn media() {
    let url = "https://example.com/a";
    same(
        &Draft::image(url).to("1"),
        &json!({ "to": "1", "image": url }),
    );
    same(
        &Draft::audio(url).to("1"),
        &json!({ "to": "1", "audio": url }),
    );
    same(
        &Draft::video(url).to("1"),
        &json!({ "to": "1", "video": url }),
    );
    same(
        &Draft::file(url).to("1"),
        &json!({ "to": "1", "file": url }),
    );
    same(
        &Draft::image(MediaPayload::from(url).is_reusable(true)).to("1"),
        &json!({ "to": "1", "image": { "url": url, "is_reusable": true } }),
    );
    same(
        &Draft::image(MediaPayload::new().attachment_id("7")).to("1"),
        &json!({ "to": "1", "image": { "attachment_id": "7" } }),
    );
    same(
        &Draft::images([url, "https://example.com/b"]).to("1"),
        &json!({ "to": "1", "images": [url, "https://example.com/b"] }),
    );
    same(
        &Draft::sticker(369_239_263_222_822).to("1"),
        &json!({ "to": "1", "sticker": 369_239_263_222_822_u64 }),
    );
}

#[test]
fn contents_without_a_message() {
    same(
        &Draft::sender_action(SenderAction::TypingOn).to("1"),
        &json!({ "to": "1", "sender_action": "typing_on" }),
    );
    same(
        &Draft::react("m_1", "\u{2764}").to("1"),
        &json!({ "to": "1", "react": { "message_id": "m_1", "reaction": "\u{2764}" } }),
    );
    same(
        &Draft::unreact("m_1").to("1"),
        &json!({ "to": "1", "unreact": { "message_id": "m_1" } }),
    );
    same(
        &Draft::message(Message::new().text("a").quick_reply("Yes")).to("1"),
        &json!({
            "to": "1",
            "message": {
                "text": "a",
                "quick_replies": [{ "content_type": "text", "title": "Yes", "payload": "Yes" }],
            },
        }),
    );
}

#[test]
fn utility_templates() {
    let body = UtilityTextComponent::new()
        .parameter(UtilityParameter::new().text("7"))
        .parameter(UtilityParameter::new().text("Monday").parameter_name("day"));
    let buttons = UtilityButtonsComponent::new()
        .parameter(UtilityButtonParameter::url("7"))
        .parameter(UtilityButtonParameter::postback("TRACK"));
    let utility = UtilityDraft::new("order_update", "en_US")
        .component(UtilityComponent::Body(body))
        .component(buttons);
    same(
        &Draft::utility(utility).to("1"),
        &json!({
            "to": "1",
            "utility": {
                "name": "order_update",
                "language": "en_US",
                "components": [
                    { "type": "body", "parameters": [
                        { "type": "text", "text": "7" },
                        { "type": "text", "text": "Monday", "parameter_name": "day" },
                    ] },
                    { "type": "buttons", "parameters": [
                        { "type": "URL", "url": "7" }, { "type": "POSTBACK", "payload": "TRACK" },
                    ] },
                ],
            },
        }),
    );
}

/// The template of a draft, by both ways.
#[track_caller]
fn template(template: impl Into<Template>, json: &Value) {
    same(
        &Draft::template(template).to("1"),
        &json!({ "to": "1", "template": json }),
    );
}

#[test]
fn a_carousel_with_every_kind_of_button() {
    let shop = "https://example.com/kettle";
    let kettle = GenericElement::new("Kettle")
        .subtitle("1.7 l")
        .image_url("https://example.com/kettle.png")
        .default_action(DefaultAction::new(shop))
        .button(Button::url("Shop", shop))
        .button(Button::postback("More", "MORE"))
        .button(Button::phone_number("Call", "+12125552368"));
    let account = GenericElement::new("Account").buttons([
        Button::account_link("https://example.com/login"),
        Button::account_unlink(),
        Button::audio_call("Call us"),
    ]);
    let wide = UrlButton::new("Wide", shop).webview_height_ratio(WebviewHeightRatio::Tall);
    template(
        GenericTemplate::new()
            .element(kettle)
            .element(account)
            .element(GenericElement::new("Wide").button(wide))
            .sharable(true)
            .image_aspect_ratio(ImageAspectRatio::Square),
        &json!({
            "template_type": "generic",
            "elements": [
                {
                    "title": "Kettle", "subtitle": "1.7 l",
                    "image_url": "https://example.com/kettle.png",
                    "default_action": { "type": "web_url", "url": shop },
                    "buttons": [
                        { "type": "web_url", "title": "Shop", "url": shop },
                        { "type": "postback", "title": "More", "payload": "MORE" },
                        { "type": "phone_number", "title": "Call", "payload": "+12125552368" },
                    ],
                },
                { "title": "Account", "buttons": [
                    { "type": "account_link", "url": "https://example.com/login" },
                    { "type": "account_unlink" },
                    { "type": "audio_call", "title": "Call us" },
                ] },
                { "title": "Wide", "buttons": [
                    {
                        "type": "web_url", "title": "Wide", "url": shop,
                        "webview_height_ratio": "tall",
                    },
                ] },
            ],
            "sharable": true,
            "image_aspect_ratio": "square",
        }),
    );
}

#[test]
fn other_templates() {
    template(
        ButtonTemplate::new("What next?").button(Button::game_play("Play")),
        &json!({
            "template_type": "button", "text": "What next?",
            "buttons": [{ "type": "game_play", "title": "Play" }],
        }),
    );
    template(
        MediaTemplate::new().element(MediaElement::new(MediaType::Video).attachment_id("7")),
        &json!({
            "template_type": "media",
            "elements": [{ "media_type": "video", "attachment_id": "7" }],
        }),
    );
    template(
        ProductTemplate::new().element(ProductElement::new("7")),
        &json!({ "template_type": "product", "elements": [{ "id": "7" }] }),
    );
    template(
        CouponTemplate::new("10 % off").coupon_code("TEN"),
        &json!({ "template_type": "coupon", "title": "10 % off", "coupon_code": "TEN" }),
    );
    let images = ["https://example.com/a.png", "https://example.com/b.png"].map(GridImage::new);
    template(
        ImageGridTemplate::new().element(
            ImageGridElement::new()
                .images(images)
                .button(GridButton::postback("More", "MORE")),
        ),
        &json!({ "template_type": "image_grid", "elements": [{
            "images": [
                { "url": "https://example.com/a.png" }, { "url": "https://example.com/b.png" },
            ],
            "buttons": [{ "type": "postback", "title": "More", "payload": "MORE" }],
        }] }),
    );
    template(
        InstantFormTemplate::new("7"),
        &json!({ "template_type": "instant_form", "form_id": "7" }),
    );
    template(
        CallingOptinTemplate::new(),
        &json!({ "template_type": "calling_optin" }),
    );
    template(
        OneTimeNotificationTemplate::new("Back in stock", "STOCK"),
        &json!({
            "template_type": "one_time_notif_req", "title": "Back in stock", "payload": "STOCK",
        }),
    );
    template(
        NotificationMessagesTemplate::new()
            .payload("NEWS")
            .title("News"),
        &json!({ "template_type": "notification_messages", "payload": "NEWS", "title": "News" }),
    );
    let privacy = "https://example.com/privacy";
    template(
        CustomerInformationTemplate::new(BusinessPrivacy::new(privacy))
            .country("PT")
            .contact_override(ContactOverride::new().email(FieldOverride::new().required(true))),
        &json!({
            "template_type": "customer_information",
            "business_privacy": { "url": privacy },
            "countries": ["PT"],
            "contact_overrides": [{ "email": { "required": true } }],
        }),
    );
    let question = FeedbackQuestion::new("q1", FeedbackQuestionType::Csat)
        .follow_up(FeedbackFollowUp::new().placeholder("Tell us"));
    template(
        FeedbackTemplate::new(
            "Your order",
            "How was it?",
            "Rate",
            BusinessPrivacy::new(privacy),
        )
        .feedback_screen(FeedbackScreen::new().question(question)),
        &json!({
            "template_type": "customer_feedback",
            "title": "Your order", "subtitle": "How was it?", "button_title": "Rate",
            "business_privacy": { "url": privacy },
            "feedback_screens": [{ "questions": [{
                "id": "q1", "type": "csat",
                "follow_up": { "type": "free_form", "placeholder": "Tell us" },
            }] }],
        }),
    );
}

#[test]
fn a_receipt() {
    let receipt = ReceiptTemplate::new(
        "Robin Doe",
        "7",
        "EUR",
        "Visa 1234",
        ReceiptSummary::new(Amount::from_hundredths(2999)).shipping_cost(4),
    )
    .element(ReceiptElement::new("Kettle", Amount::from_hundredths(2599)).quantity(1))
    .address(ReceiptAddress::new(
        "Rua A 1", "Lisboa", "1000", "Lisboa", "PT",
    ))
    .adjustment(ReceiptAdjustment::new("New customer", 1));
    template(
        receipt,
        &json!({
            "template_type": "receipt",
            "recipient_name": "Robin Doe", "order_number": "7", "currency": "EUR",
            "payment_method": "Visa 1234",
            "summary": { "total_cost": 29.99, "shipping_cost": 4 },
            "elements": [{ "title": "Kettle", "price": 25.99, "quantity": 1 }],
            "address": {
                "street_1": "Rua A 1", "city": "Lisboa", "postal_code": "1000", "state": "Lisboa",
                "country": "PT",
            },
            "adjustments": [{ "name": "New customer", "amount": 1 }],
        }),
    );
}

#[test]
fn mistakes_are_those_of_the_draft_in_json() {
    let codes = |draft: &Draft| {
        let error = draft.build().unwrap_err();
        let codes = error.issues.iter().map(|issue| issue.code.to_string());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes(&Draft::text("a")), ["draft.no_recipient"]);
    assert_eq!(codes(&Draft::default().to("1")), ["draft.no_content"]);
    assert_eq!(codes(&Draft::text("").to("1")), ["text.empty"]);
    let typing = Draft::sender_action(SenderAction::TypingOn).to("1");
    assert_eq!(codes(&typing.metadata("a")), ["draft.no_place"]);
    let many = (0..14).map(|number| number.to_string());
    let error = Draft::text("a")
        .to("1")
        .quick_replies(many)
        .build()
        .unwrap_err();
    assert_eq!(error.issues[0].pointer, "/message/quick_replies");
    assert_eq!(
        (error.issues[0].limit, error.issues[0].actual),
        (Some(13), Some(14))
    );
    assert!(error.request_json().is_some());
}

#[test]
fn next_years_members_and_values_can_be_sent() {
    let draft = Draft::message(Message::new().text("a").other("effect", "confetti")).to("1");
    let request = draft.build().unwrap();
    let json = serde_json::to_value(&request).unwrap();
    assert_eq!(
        json["message"],
        json!({ "text": "a", "effect": "confetti" })
    );
    let tag = Draft::text("a")
        .to("1")
        .tag("NEXT_YEARS_TAG")
        .messaging_type("MESSAGE_TAG");
    let options = RuleOptions::default().rule(
        "tag.unknown_value",
        messenger_send::validate::RuleSetting::Warning,
    );
    let request = tag.build_with(&options).unwrap();
    assert_eq!(
        request.tag,
        Some(MessageTag::Other("NEXT_YEARS_TAG".to_owned()))
    );
}
