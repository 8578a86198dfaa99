//! The access token of a run, which many requests carry and Graph may refuse at any time.

use std::sync::Arc;

use super::attempt::Job;
use crate::client::error::SendError;
use crate::client::tokens::Tokens;

/// The access token of the run. A request carries the number of its token, so that a refusal of an
/// older one is told from a refusal of the current one.
pub(super) struct RunToken {
    state: State,
    generation: u32,
}

enum State {
    /// It has not been asked for.
    New(Tokens),
    /// It is to be asked for. `refused` is Graph's answer to the one before.
    Due { tokens: Tokens, refused: SendError },
    /// It is being asked for.
    Asked { refused: Option<SendError> },
    /// Requests can carry it.
    Known {
        tokens: Arc<Tokens>,
        was_accepted: bool,
    },
}

/// What follows once the token was asked for.
pub(super) enum Answer {
    /// The run goes on.
    GoOn,
    /// None can be had.
    Failed(SendError),
    /// There is no other one, and Graph refused this one.
    Refused(SendError),
}

impl RunToken {
    pub(super) fn new(tokens: Tokens) -> Self {
        Self {
            state: State::New(tokens),
            generation: 0,
        }
    }

    /// The number of the current token.
    pub(super) fn generation(&self) -> u32 {
        self.generation
    }

    /// The token for a request; `None` while it is not there.
    pub(super) fn current(&self) -> Option<Arc<Tokens>> {
        match &self.state {
            State::Known { tokens, .. } => Some(Arc::clone(tokens)),
            State::New(_) | State::Due { .. } | State::Asked { .. } => None,
        }
    }

    /// What is to be done to get it.
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

    /// The token was asked for.
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

    /// Graph accepted a message with the token of this number.
    pub(super) fn accepted(&mut self, generation: u32) {
        if let State::Known { was_accepted, .. } = &mut self.state {
            *was_accepted |= generation == self.generation;
        }
    }

    /// Graph refused the token of this number. Whether there is another one, or may be.
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
