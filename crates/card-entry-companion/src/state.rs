//! What one entry of a card is doing, as `data-state` says it.
//!
//! Held by [`crate::entry`]; pure.

use crate::attempt::Stage;

/// The value of `data-state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// The frame is on its way.
    #[default]
    Loading,
    /// The fields can be used.
    Ready,
    /// The bank's challenge is open.
    Challenge,
    /// The card is on its way to the wallet.
    Saving,
    /// The person has to sign in.
    SignIn,
    /// Whether it was saved is being looked up.
    Checking,
    /// The card is in the wallet.
    Saved,
    /// The frame cannot work.
    Unusable,
}

impl State {
    /// The word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Challenge => "challenge",
            Self::Saving => "saving",
            Self::SignIn => "sign-in",
            Self::Checking => "checking",
            Self::Saved => "saved",
            Self::Unusable => "unusable",
        }
    }
}

/// What is known, from which the state follows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    /// The frame cannot work.
    pub unusable: bool,
    /// The fields can be used.
    pub ready: bool,
    /// A challenge is open.
    pub challenge: bool,
    /// The last card is in the wallet, and nothing was typed since.
    pub saved: bool,
}

impl Facts {
    /// The state that follows; `stage` and `sign_in` are those of the attempts.
    #[must_use]
    pub fn state(self, stage: Option<Stage>, sign_in: bool) -> State {
        match stage {
            _ if sign_in => State::SignIn,
            Some(Stage::Sending) => State::Saving,
            Some(Stage::Checking) => State::Checking,
            _ if self.unusable => State::Unusable,
            _ if self.challenge => State::Challenge,
            _ if self.saved => State::Saved,
            _ if self.ready => State::Ready,
            _ => State::Loading,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn what_matters_most_to_the_person_is_said() {
        let all = Facts {
            unusable: true,
            ready: true,
            challenge: true,
            saved: true,
        };
        assert_eq!(Facts::default().state(None, false), State::Loading);
        assert_eq!(all.state(None, false), State::Unusable);
        assert_eq!(all.state(Some(Stage::Checking), false), State::Checking);
        assert_eq!(all.state(Some(Stage::SignIn), true), State::SignIn);
        let open = Facts {
            unusable: false,
            ..all
        };
        assert_eq!(open.state(None, false), State::Challenge);
    }
}
