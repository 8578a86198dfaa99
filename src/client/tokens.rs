//! The access token of a send or a run, which may change while it is running.

use std::pin::pin;

use futures_util::future::{self, Either};

use super::cause::Cause;
use super::error::{Delivery, ErrorKind, SendError};
use super::exchange::Call;
use super::options::whole_milliseconds;
use super::redact::Redactor;
use super::retry::RetryPolicy;
use super::secret::{AccessToken, Secret, Source};
use super::transport::Transport;

/// The current token, and the redactor for it and all earlier ones, which must not be displayed
/// either.
#[derive(Clone)]
pub(super) struct Tokens {
    source: AccessToken,
    current: Secret,
    redactor: Redactor,
    was_renewed: bool,
}

impl Tokens {
    pub(super) fn new(source: AccessToken) -> Self {
        let redactor = Redactor::default();
        Self {
            source,
            current: Secret::from(""),
            redactor,
            was_renewed: false,
        }
    }

    /// The current token.
    pub(super) fn current(&self) -> &Secret {
        &self.current
    }

    /// Redacts every secret that was used.
    pub(super) fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// Gets the token before the first attempt.
    ///
    /// # Errors
    /// The function fails, its token cannot be put into a request, or the caller aborts.
    pub(super) async fn prepare<T: Transport>(
        &mut self,
        call: &Call<'_, T>,
    ) -> Result<(), SendError> {
        if let Some(secret) = &call.options.app_secret {
            self.redactor.add(secret.expose());
        }
        let token = self.ask(call).await?;
        self.take(token);
        Ok(())
    }

    /// Whether to ask for another token after Graph has refused the current one.
    pub(super) fn can_renew(&self) -> bool {
        !self.was_renewed && matches!(self.source.0, Source::Provided(_))
    }

    /// Notes that Graph accepted the current token. If it is refused later, another is asked for: a
    /// long run outlives several tokens.
    pub(super) fn accepted(&mut self) {
        self.was_renewed = false;
    }

    /// Asks for another token after Graph has refused the current one. Returns whether there is a
    /// new one; `None` if the caller aborts first.
    pub(super) async fn renew<T: Transport>(&mut self, call: &Call<'_, T>) -> Option<bool> {
        if !self.can_renew() {
            return Some(false);
        }
        self.was_renewed = true;
        match self.ask(call).await {
            Ok(token) if token != self.current => {
                self.take(token);
                Some(true)
            }
            Err(error) if error.kind == ErrorKind::Aborted => None,
            Ok(_) | Err(_) => Some(false),
        }
    }

    fn take(&mut self, token: Secret) {
        self.redactor.add(token.expose());
        self.current = token;
    }

    async fn ask<T: Transport>(&self, call: &Call<'_, T>) -> Result<Secret, SendError> {
        let token = match &self.source.0 {
            Source::Fixed(token) => token.clone(),
            Source::Provided(provide) => {
                if call.abort.is_aborted() {
                    return Err(RetryPolicy::new(call.options.retry).aborted(false));
                }
                let deadline = pin!(call.transport.sleep(call.options.timeout));
                let in_time = future::select(provide(), deadline);
                let Some(outcome) = call.abort.race(in_time).await else {
                    return Err(RetryPolicy::new(call.options.retry).aborted(false));
                };
                match outcome {
                    Either::Left((Ok(token), _)) => token,
                    Either::Left((Err(error), _)) => {
                        let message = "The accessToken function failed, so nothing was sent.";
                        let mut refused =
                            SendError::new(ErrorKind::Auth, Delivery::NotSent, message);
                        refused.cause = Some(Cause::of(error.as_ref()));
                        refused.redact(&self.redactor);
                        return Err(refused);
                    }
                    Either::Right(_) => {
                        let milliseconds = whole_milliseconds(call.options.timeout);
                        let message = format!(
                            "The accessToken function took longer than {milliseconds} ms, so \
                             nothing was sent."
                        );
                        return Err(SendError::new(
                            ErrorKind::Timeout,
                            Delivery::NotSent,
                            message,
                        ));
                    }
                }
            }
        };
        call.options.check_token(&token)?;
        Ok(token)
    }
}
