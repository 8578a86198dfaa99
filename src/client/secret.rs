//! Secrets: access tokens and app secrets.

use std::future::Future;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::maybe_send::{BoxError, BoxFuture, MaybeSend, MaybeSync, maybe_send_dyn};

/// A string that must not be displayed. It has neither `Debug` nor `Display`, and its memory is
/// wiped when the last copy is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// The secret itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<S: Into<String>> From<S> for Secret {
    fn from(text: S) -> Self {
        Self(Arc::new(Zeroizing::new(text.into())))
    }
}

type Provide = maybe_send_dyn!(Fn() -> BoxFuture<Result<Secret, BoxError>>);

/// The source of the Page access token.
///
/// A string is a fixed token. For rotating tokens, [`AccessToken::from_fn`] takes a function that
/// is called before the first attempt of a send, and once more after Graph has refused the token
/// (code 190).
#[derive(Clone)]
pub struct AccessToken(pub(super) Source);

#[derive(Clone)]
pub(super) enum Source {
    Fixed(Secret),
    Provided(Arc<Provide>),
}

impl AccessToken {
    /// A token from a function.
    ///
    /// ```
    /// use messenger_send::{AccessToken, Client};
    ///
    /// async fn current_token() -> Result<String, std::io::Error> {
    ///     Ok(std::fs::read_to_string("token.txt")?.trim().to_owned())
    /// }
    ///
    /// let builder = Client::builder(AccessToken::from_fn(current_token));
    /// ```
    pub fn from_fn<F, Fut, S, E>(provide: F) -> Self
    where
        F: Fn() -> Fut + MaybeSend + MaybeSync + 'static,
        Fut: Future<Output = Result<S, E>> + MaybeSend + 'static,
        S: Into<Secret>,
        E: Into<BoxError>,
    {
        let provide = move || {
            let provided = provide();
            let secret = async move { provided.await.map(Into::into).map_err(Into::into) };
            Box::pin(secret) as BoxFuture<Result<Secret, BoxError>>
        };
        Self(Source::Provided(Arc::new(provide)))
    }
}

impl<S: Into<Secret>> From<S> for AccessToken {
    fn from(token: S) -> Self {
        Self(Source::Fixed(token.into()))
    }
}
