//! The access token of a run, which many requests carry and which Graph may refuse at any time.

use std::sync::Arc;

use super::attempt::Job;
use crate::client::error::SendError;
use crate::client::tokens::Tokens;

/// The access token of the run. A request carries the generation of its token, which distinguishes
/// a refusal of an older token from one of the current token.
pub(super) struct RunToken {
    state: State,
    generation: u32,
}

enum State {
    /// The token has not been requested.
    New(Tokens),
    /// The token must be requested. `refused` is Graph's error for the previous token.
    Due { tokens: Tokens, refused: SendError },
    /// The token has been requested.
    Asked { refused: Option<SendError> },
    /// The token is ready.
    Known {
        tokens: Arc<Tokens>,
        was_accepted: bool,
    },
}

/// What to do after a token was requested.
pub(super) enum Answer {
    /// The run continues.
    GoOn,
    /// The token function failed.
    Failed(SendError),
    /// Graph refused the token, and there is no other token.
    Refused(SendError),
}

impl RunToken {
    pub(super) fn new(tokens: Tokens) -> Self {
        Self {
            state: State::New(tokens),
            generation: 0,
        }
    }

    /// The generation of the current token.
    pub(super) fn generation(&self) -> u32 {
        self.generation
    }

    /// The token for a request; `None` while it is not ready.
    pub(super) fn current(&self) -> Option<Arc<Tokens>> {
        match &self.state {
            State::Known { tokens, .. } => Some(Arc::clone(tokens)),
            State::New(_) | State::Due { .. } | State::Asked { .. } => None,
        }
    }

    /// The job that gets the token, if needed.
    pub(super) fn job<M>(&mut self) -> Option<Job<M>> {
        if matches!(self.state, State::Known { .. } | State::Asked { .. }) {
            return None;
        }
        match std::mem::replace(&mut self.state, State::Asked { refused: None }) {
            State::New(tokens) => Some(Job::Token {
                tokens,
                is_renewal: false,
            }),
            State::Due { tokens, refused } => {
                self.state = State::Asked {
                    refused: Some(refused),
                };
                Some(Job::Token {
                    tokens,
                    is_renewal: true,
                })
            }
            State::Known { .. } | State::Asked { .. } => None,
        }
    }

    /// Handles the result of requesting the token.
    pub(super) fn answered(&mut self, tokens: Tokens, outcome: Result<bool, SendError>) -> Answer {
        let known = State::Known {
            tokens: Arc::new(tokens),
            was_accepted: false,
        };
        let refused = match std::mem::replace(&mut self.state, known) {
            State::Asked { refused } => refused,
            State::New(_) | State::Due { .. } | State::Known { .. } => None,
        };
        match (outcome, refused) {
            (Ok(true), _) => {
                self.generation += 1;
                Answer::GoOn
            }
            (Err(error), _) => Answer::Failed(error),
            (Ok(false), Some(error)) => Answer::Refused(error),
            (Ok(false), None) => Answer::GoOn,
        }
    }

    /// Notes that Graph accepted a message with the token of this generation.
    pub(super) fn accepted(&mut self, generation: u32) {
        if let State::Known { was_accepted, .. } = &mut self.state {
            *was_accepted |= generation == self.generation;
        }
    }

    /// Notes that Graph refused the token of this generation. Returns whether there is or may be
    /// another token.
    pub(super) fn refused(&mut self, generation: u32, error: &SendError) -> bool {
        if generation != self.generation {
            return true;
        }
        match &self.state {
            State::Due { .. } | State::Asked { .. } => true,
            State::New(_) => false,
            State::Known {
                tokens,
                was_accepted,
            } => {
                let mut tokens = Tokens::clone(tokens);
                if *was_accepted {
                    tokens.accepted();
                }
                let can_renew = tokens.can_renew();
                if can_renew {
                    self.state = State::Due {
                        tokens,
                        refused: error.clone(),
                    };
                }
                can_renew
            }
        }
    }
}
