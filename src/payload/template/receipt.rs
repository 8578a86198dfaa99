//! The receipt template. Its sums are not checked: the reference's own sample does not add up.

use super::Template;
use crate::payload::declare::wire_object;
use crate::payload::sources::RECEIPT;
use crate::payload::spec::{Kind, Wire};
use serde::{Deserialize, Serialize};

/// A sum of money, or a quantity: a number as it is written, so that no decimal is changed.
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
    /// A number with decimals; none if it is infinite or no number.
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
        /// Who ordered.
        pub recipient_name: String,
        /// Who sold; shown as the logo's text.
        pub merchant_name: Option<String>,
        /// The order's number; no other receipt has it.
        pub order_number: String,
        /// The currency: three capital letters, as `EUR`.
        pub currency: String => format(Format::CurrencyCode),
        /// How it was paid, in free words.
        pub payment_method: String,
        /// When it was ordered: seconds since 1970, as a text of digits.
        pub timestamp: Option<String> => format(Format::Digits).not_empty(),
        /// The order's page. In samples and older tables.
        pub order_url: Option<String> => format(Format::Url),
        /// What was ordered: at most 100 items, whose order is not kept.
        pub elements [element]: Option<Vec<ReceiptElement>> => at_most(100),
        /// Where it goes.
        pub address: Option<Box<ReceiptAddress>>,
        /// The sums.
        pub summary: ReceiptSummary,
        /// What was taken off.
        pub adjustments [adjustment]: Option<Vec<ReceiptAdjustment>>,
        /// Whether people may share it; `false` if absent.
        pub sharable: Option<bool> => any().messenger_only(),
    }
}

wire_object! {
    /// One thing that was ordered.
    pub struct ReceiptElement ("receipt.element", &RECEIPT) {
        /// What it is.
        pub title: String => any().visible(),
        /// The line below it.
        pub subtitle: Option<String> => any().visible(),
        /// How many.
        pub quantity: Option<Amount>,
        /// The price, 0 too. Most currencies have at most 2 decimals.
        pub price: Amount => any().decimals(2),
        /// The price's currency.
        pub currency: Option<String> => format(Format::CurrencyCode),
        /// The address of its image.
        pub image_url: Option<String> => format(Format::Url),
    }
}

wire_object! {
    /// Where an order goes.
    pub struct ReceiptAddress ("receipt.address", &RECEIPT) {
        /// The street.
        pub street_1: String,
        /// The street's second line.
        pub street_2: Option<String>,
        /// The city.
        pub city: String,
        /// The postal code.
        pub postal_code: String,
        /// The state, region or province.
        pub state: String,
        /// The country: two letters, as `PT`.
        pub country: String => format(Format::CountryCode),
    }
}

wire_object! {
    /// The sums of an order, in its currency. Most currencies have at most 2 decimals.
    pub struct ReceiptSummary ("receipt.summary", &RECEIPT) {
        /// The sum of the items.
        pub subtotal: Option<Amount> => any().decimals(2),
        /// The shipping.
        pub shipping_cost: Option<Amount> => any().decimals(2),
        /// The tax.
        pub total_tax: Option<Amount> => any().decimals(2),
        /// What was paid: items, shipping and tax.
        pub total_cost: Amount => any().decimals(2),
    }
}

wire_object! {
    /// What was taken off.
    pub struct ReceiptAdjustment ("receipt.adjustment", &RECEIPT) {
        /// Why.
        pub name: String,
        /// How much. Most currencies have at most 2 decimals.
        pub amount: Amount => any().decimals(2),
    }
}
