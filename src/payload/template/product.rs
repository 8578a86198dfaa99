//! The product template: products of a catalogue.

use super::Template;
use crate::payload::declare::wire_object;
use crate::payload::sources::PRODUCT;

wire_object! {
    /// Products from the Page's catalogue.
    pub struct ProductTemplate ("product", &PRODUCT) is Template::Product {
        /// 1 to 10 products.
        pub elements [element]: Vec<ProductElement> => between(1, 10),
    }
}

wire_object! {
    /// A product from the Page's catalogue.
    pub struct ProductElement ("product.element", &PRODUCT) {
        /// Its id in the catalogue.
        pub id: String,
    }
}
