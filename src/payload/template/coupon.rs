//! The coupon template.

use super::Template;
use crate::payload::declare::wire_object;
use crate::payload::members::{Findings, Members};
use crate::payload::sources::{COUPON, MARKETING_COUPON};
use crate::payload::spec::Rule;

wire_object! {
    /// A coupon: a code, a page, or both.
    pub struct CouponTemplate ("coupon", &COUPON) is Template::Coupon {
        /// The title, 1 to 80 characters.
        pub title: String => visible(80),
        /// The subtitle, at most 80 characters; a disclaimer if absent.
        pub subtitle: Option<String> => visible(80),
        /// The code, without spaces. Required without `coupon_url`.
        pub coupon_code: Option<String> => format(Format::NoSpaces),
        /// The URL where the coupon is used. Required without `coupon_code`.
        pub coupon_url: Option<String> => format(Format::Url),
        /// The label of the button that opens the URL; "Shop now" if absent.
        pub coupon_url_button_title: Option<String> => any().visible(),
        /// A message that is sent before the coupon.
        pub coupon_pre_message: Option<String> => any().visible(),
        /// The URL of the image.
        pub image_url: Option<String> => format(Format::Url),
        /// The payload of the webhook.
        pub payload: Option<String>,
        /// When it expires, such as `2027-01-31 23:59:59`; Marketing Messages API only.
        pub expire_time: Option<String> => any().source(&MARKETING_COUPON),
    }
    rules(&[&NEITHER, &EXPIRE_TIME], check);
    shapes(&[
        Shape { name: "CouponByCode", doc: "A coupon with a code.", terms: &[
            ("coupon_code", Term::Needed)] },
        Shape { name: "CouponByUrl", doc: "A coupon with a URL.", terms: &[
            ("coupon_url", Term::Needed)] },
    ]);
}

static NEITHER: Rule = Rule::error(
    "coupon.no_code_or_url",
    "A coupon needs coupon_code, coupon_url or both; it has neither.",
    &COUPON,
);
static EXPIRE_TIME: Rule = Rule::warning(
    "coupon.expire_time.marketing_only",
    "A coupon's expire_time is documented for the Marketing Messages API only.",
    &MARKETING_COUPON,
);

fn check(members: &Members<'_>, findings: &mut Findings<'_>) -> u32 {
    const EXPIRES: usize = CouponTemplate::at("expire_time");
    if !members.has_content(const { CouponTemplate::at("coupon_code") })
        && !members.has_content(const { CouponTemplate::at("coupon_url") })
    {
        findings.here(&NEITHER);
    }
    if members.has(EXPIRES) {
        findings.at(EXPIRES, &EXPIRE_TIME);
    }
    0
}
