//! The builder of a client.

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

/// Builds a [`Client`]. Every option has a default; see [`SendOptions`].
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

    /// Sets all options at once.
    pub fn options(mut self, options: SendOptions) -> Self {
        self.options = options;
        self
    }

    /// The Page (or Instagram account) that sends. Default: `me`, the owner of the token.
    pub fn page_id(mut self, page_id: impl Into<String>) -> Self {
        self.options.page_id = page_id.into();
        self
    }

    /// The Graph API version. Default: `v25.0`.
    pub fn api_version(mut self, api_version: impl Into<String>) -> Self {
        self.options.api_version = api_version.into();
        self
    }

    /// The URL of the Graph API. Default: `https://graph.facebook.com`; for Instagram Login use
    /// `https://graph.instagram.com`.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.options.base_url = base_url.into();
        self
    }

    /// The app secret: adds `appsecret_proof` and `appsecret_time` to each request. For servers
    /// only.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/guides/secure-requests>
    pub fn app_secret(mut self, app_secret: impl Into<Secret>) -> Self {
        self.options.app_secret = Some(app_secret.into());
        self
    }

    /// The encoding of requests. Default: [`Encoding::Form`].
    pub fn encoding(mut self, encoding: Encoding) -> Self {
        self.options.encoding = encoding;
        self
    }

    /// The timeout of each attempt, up to the last byte of the response. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = timeout;
        self
    }

    /// When to retry. Default: [`Retry::default`].
    pub fn retry(mut self, retry: Retry) -> Self {
        self.options.retry = retry;
        self
    }

    /// The platform, and the severities of rules.
    pub fn rules(mut self, rules: RuleOptions) -> Self {
        self.options.rules = rules;
        self
    }

    /// Whether each message gets a unique id in `metadata`, so that its echo webhook can settle an
    /// unknown outcome. Default: false.
    pub fn stamp(mut self, stamp: bool) -> Self {
        self.options.stamp = stamp;
        self
    }

    /// A listener for each request, response and retry. It must not block.
    pub fn on_event(
        mut self,
        observer: impl Fn(&Event<'_>) + MaybeSend + MaybeSync + 'static,
    ) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Shares the rate limits and pauses of another client for the same Page with other options.
    /// Default: its own limits, shared by its clones.
    pub fn rate_limits_of<T>(mut self, client: &Client<T>) -> Self {
        self.pacing = Some(Arc::clone(&client.pacing));
        self
    }

    /// Builds the client with this transport.
    ///
    /// # Errors
    /// A [`SendError`] of kind `configuration` for an invalid option.
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
