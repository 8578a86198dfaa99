//! The receipt template. Its totals are not checked: the reference's own sample does not add up.

use super::Template;
use crate::payload::declare::wire_object;
use crate::payload::sources::RECEIPT;
use crate::payload::spec::{Kind, Wire};
use serde::{Deserialize, Serialize};

/// An amount of money or a quantity, kept as the number is written so that no decimal changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(pub serde_json::Number);

impl Default for Amount {
    fn default() -> Self {
        Self::from(0)
    }
}

impl From<u32> for Amount {
    fn from(amount: u32) -> Self {
        Self(amount.into())
    }
}

impl Amount {
    /// A number with decimals; `None` if it is infinite or NaN.
    pub fn from_f64(amount: f64) -> Option<Self> {
        serde_json::Number::from_f64(amount).map(Self)
    }
}

impl Wire for Amount {
    const KIND: Kind = Kind::Number;
}

wire_object! {
    /// A receipt of an order. It has no buttons.
    pub struct ReceiptTemplate ("receipt", &RECEIPT) is Template::Receipt {
        /// The name of the customer.
        pub recipient_name: String,
        /// The name of the merchant, shown as the text of the logo.
        pub merchant_name: Option<String>,
        /// The order number, unique for each receipt.
        pub order_number: String,
        /// The currency: three capital letters, such as `EUR`.
        pub currency: String => format(Format::CurrencyCode),
        /// The payment method, as free text.
        pub payment_method: String,
        /// When it was ordered: seconds since 1970, as a string of digits.
        pub timestamp: Option<String> => format(Format::Digits).not_empty(),
        /// The URL of the order. In samples and older versions of the reference.
        pub order_url: Option<String> => format(Format::Url),
        /// The items: at most 100, shown in any order.
        pub elements [element]: Option<Vec<ReceiptElement>> => at_most(100),
        /// The shipping address.
        pub address: Option<Box<ReceiptAddress>>,
        /// The payment summary.
        pub summary: ReceiptSummary,
        /// The adjustments, such as discounts.
        pub adjustments [adjustment]: Option<Vec<ReceiptAdjustment>>,
        /// Whether people may share it; `false` if absent.
        pub sharable: Option<bool> => any().messenger_only(),
    }
}

wire_object! {
    /// An item of the order.
    pub struct ReceiptElement ("receipt.element", &RECEIPT) {
        /// The name of the item.
        pub title: String => any().visible(),
        /// The subtitle.
        pub subtitle: Option<String> => any().visible(),
        /// The quantity.
        pub quantity: Option<Amount>,
        /// The price; 0 is allowed. Most currencies have at most 2 decimals.
        pub price: Amount => any().decimals(2),
        /// The currency of the price.
        pub currency: Option<String> => format(Format::CurrencyCode),
        /// The URL of its image.
        pub image_url: Option<String> => format(Format::Url),
    }
}

wire_object! {
    /// The shipping address of an order.
    pub struct ReceiptAddress ("receipt.address", &RECEIPT) {
        /// The street.
        pub street_1: String,
        /// The second line of the street.
        pub street_2: Option<String>,
        /// The city.
        pub city: String,
        /// The postal code.
        pub postal_code: String,
        /// The state, region or province.
        pub state: String,
        /// The country: two letters, such as `PT`.
        pub country: String => format(Format::CountryCode),
    }
}

wire_object! {
    /// The payment summary of an order, in its currency. Most currencies have at most 2 decimals.
    pub struct ReceiptSummary ("receipt.summary", &RECEIPT) {
        /// The subtotal.
        pub subtotal: Option<Amount> => any().decimals(2),
        /// The cost of shipping.
        pub shipping_cost: Option<Amount> => any().decimals(2),
        /// The tax.
        pub total_tax: Option<Amount> => any().decimals(2),
        /// The total cost: items, shipping and tax.
        pub total_cost: Amount => any().decimals(2),
    }
}

wire_object! {
    /// An adjustment, such as a discount.
    pub struct ReceiptAdjustment ("receipt.adjustment", &RECEIPT) {
        /// The name of the adjustment.
        pub name: String,
        /// The amount. Most currencies have at most 2 decimals.
        pub amount: Amount => any().decimals(2),
    }
}
