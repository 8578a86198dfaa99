//! How a client is put together.

use std::sync::Arc;
use std::time::Duration;

use super::events::{Event, Observer};
use super::maybe_send::{MaybeSend, MaybeSync};
use super::options::{Encoding, Retry, SendOptions};
use super::pacing::Pacing;
use super::secret::{AccessToken, Secret, Source};
use super::transport::Transport;
use super::{Client, SendError, Settings};
use crate::validate::RuleOptions;

/// A client that is being put together. Every option has a default; see [`SendOptions`].
#[must_use]
#[derive(Clone)]
pub struct ClientBuilder {
    access_token: AccessToken,
    options: SendOptions,
    observer: Option<Observer>,
    pacing: Option<Arc<Pacing>>,
}

impl ClientBuilder {
    pub(super) fn new(access_token: AccessToken) -> Self {
        Self {
            access_token,
            options: SendOptions::default(),
            observer: None,
            pacing: None,
        }
    }

    /// All options at once.
    pub fn options(mut self, options: SendOptions) -> Self {
        self.options = options;
        self
    }

    /// The Page (or Instagram account) that sends. Default: `me`, the one that the token belongs to.
    pub fn page_id(mut self, page_id: impl Into<String>) -> Self {
        self.options.page_id = page_id.into();
        self
    }

    /// The version of the Graph API. Default: `v25.0`.
    pub fn api_version(mut self, api_version: impl Into<String>) -> Self {
        self.options.api_version = api_version.into();
        self
    }

    /// Where the Graph API is. Default: `https://graph.facebook.com`; for Instagram Login it is
    /// `https://graph.instagram.com`.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.options.base_url = base_url.into();
        self
    }

    /// The app secret: each request then carries `appsecret_proof` and `appsecret_time`. For
    /// servers only.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/guides/secure-requests>
    pub fn app_secret(mut self, app_secret: impl Into<Secret>) -> Self {
        self.options.app_secret = Some(app_secret.into());
        self
    }

    /// How requests are written. Default: [`Encoding::Form`].
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.options.encoding = encoding;
        self
    }

    /// The time limit of one attempt, to the last byte of the answer. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// When to repeat. Default: [`Retry::default`].
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = retry;
        self
    }

    /// The platform, and the severities of rules.
    pub fn rules(mut self, rules: RuleOptions) -> Self {
        self.options.rules = rules;
        self
    }

    /// Whether each message without `metadata` gets an id of its own there, so that an echo webhook
    /// can tell what became of it. Default: false.
    pub fn stamp(mut self, stamp: bool) -> Self {
        self.options.stamp = stamp;
        self
    }

    /// Is told of each request, response and repetition. It must not block.
    pub fn on_event(
        mut self,
        observer: impl Fn(&Event<'_>) + MaybeSend + MaybeSync + 'static,
    ) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Shares the rate limits and the pauses of another client, for the same Page with other
    /// options. Default: limits of its own, which its clones share.
    pub fn rate_limits_of<T>(mut self, client: &Client<T>) -> Self {
        self.pacing = Some(Arc::clone(&client.pacing));
        self
    }

    /// The client, over this transport.
    ///
    /// # Errors
    /// An option that cannot be, as a [`SendError`] of kind `configuration`.
    pub fn build<T: Transport>(self, transport: T) -> Result<Client<T>, SendError> {
        self.options.check()?;
        if let Source::Fixed(token) = &self.access_token.0 {
            self.options.check_token(token)?;
        }
        let Self {
            access_token,
            options,
            observer,
            pacing,
        } = self;
        let settings = Settings {
            options,
            access_token,
            observer,
        };
        Ok(Client {
            transport: Arc::new(transport),
            settings: Arc::new(settings),
            pacing: pacing.unwrap_or_else(|| Arc::new(Pacing::new())),
        })
    }
}
