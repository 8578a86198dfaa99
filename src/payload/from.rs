//! Conversions for builders: a string for a recipient, a number for an id.

use super::{
    Amount, Id, ListOrSingle, MediaPayload, QuickReply, QuickReplyType, Recipient, ReplyTo, Short,
    StringOrNumber, UtilityLanguage,
};

/// An object with a string as its short form, such as `recipient.id` in a draft.
pub trait ShortForm: From<String> {}

macro_rules! short_forms {
    ($( $object:ident: |$text:ident| $full:expr; )*) => {
        $(
            impl ShortForm for $object {}

            impl From<String> for $object {
                fn from($text: String) -> Self {
                    $full
                }
            }

            impl From<&str> for $object {
                fn from(text: &str) -> Self {
                    Self::from(text.to_owned())
                }
            }

            impl From<&String> for $object {
                fn from(text: &String) -> Self {
                    Self::from(text.clone())
                }
            }
        )*
    };
}

short_forms! {
    MediaPayload: |url| Self::new().url(url);
    QuickReply: |title| Self::text(title.clone(), title);
    Recipient: |id| Self::new().id(id);
    ReplyTo: |mid| Self::new(mid);
    UtilityLanguage: |code| Self::new(code);
}

impl<T: ShortForm> From<T> for Short<T> {
    fn from(full: T) -> Self {
        Self::Full(full)
    }
}

impl<T> From<String> for Short<T> {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T> From<&str> for Short<T> {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T> From<&String> for Short<T> {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u64> for Id {
    fn from(number: u64) -> Self {
        Self::String(number.to_string())
    }
}

impl From<String> for StringOrNumber {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<u64> for StringOrNumber {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

impl<T> From<Vec<T>> for ListOrSingle<T> {
    fn from(items: Vec<T>) -> Self {
        Self::List(items)
    }
}

impl<T, I: Into<T>, const N: usize> From<[I; N]> for ListOrSingle<T> {
    fn from(items: [I; N]) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl QuickReply {
    /// A quick reply that sends its title.
    #[must_use]
    pub fn text(title: impl Into<String>, payload: impl Into<StringOrNumber>) -> Self {
        Self::new().title(title).payload(payload)
    }

    /// A quick reply that sends the person's phone number.
    #[must_use]
    pub fn user_phone_number() -> Self {
        Self::new().content_type(QuickReplyType::UserPhoneNumber)
    }

    /// A quick reply that sends the person's email address.
    #[must_use]
    pub fn user_email() -> Self {
        Self::new().content_type(QuickReplyType::UserEmail)
    }
}

impl Amount {
    /// An amount in hundredths of the currency's unit: 2999 is 29.99.
    ///
    /// ```
    /// use messenger_send::payload::Amount;
    ///
    /// assert_eq!(serde_json::to_string(&Amount::from_hundredths(2999))?, "29.99");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn from_hundredths(hundredths: u32) -> Self {
        Self::from_f64(f64::from(hundredths) / 100.0).unwrap_or_default()
    }
}
