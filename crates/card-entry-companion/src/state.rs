//! The state of one card form, as `data-state` shows it.
//!
//! Held by [`crate::entry`]. Pure.

use crate::attempt::SaveStatus;

/// The value of `data-state` on the host element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EntryState {
    /// The frame is loading.
    #[default]
    Loading,
    /// The person can use the fields.
    Ready,
    /// The challenge of the bank (3-D Secure) is open.
    Challenge,
    /// The card is being sent to the wallet.
    Saving,
    /// The person has to sign in before the save continues.
    SignIn,
    /// The wallet is being read to find out whether the card was saved.
    Checking,
    /// The wallet has saved the card.
    Saved,
    /// The form cannot be used.
    Unusable,
}

impl EntryState {
    /// The value of the attribute: the name of the variant in lower case, `sign-in` with a hyphen.
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

/// The facts from which the state follows.
///
/// ```
/// use card_entry_companion::attempt::SaveStatus;
/// use card_entry_companion::state::{EntryFlags, EntryState};
///
/// let flags = EntryFlags { ready: true, ..EntryFlags::default() };
/// assert_eq!(flags.state(None, false), EntryState::Ready);
/// assert_eq!(flags.state(Some(SaveStatus::Sending), false), EntryState::Saving);
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct EntryFlags {
    /// The form cannot be used.
    pub unusable: bool,
    /// The person can use the fields.
    pub ready: bool,
    /// A challenge of the bank is open.
    pub challenge: bool,
    /// The last card was saved, and nothing was typed since.
    pub saved: bool,
}

impl EntryFlags {
    /// The state that follows. `save_status` and `wants_sign_in` come from [`Attempts::save_status`](crate::attempt::Attempts::save_status) and
    /// [`Attempts::wants_sign_in`](crate::attempt::Attempts::wants_sign_in).
    #[must_use]
    pub fn state(self, save_status: Option<SaveStatus>, wants_sign_in: bool) -> EntryState {
        match save_status {
            _ if wants_sign_in => EntryState::SignIn,
            Some(SaveStatus::Sending) => EntryState::Saving,
            Some(SaveStatus::Checking) => EntryState::Checking,
            _ if self.unusable => EntryState::Unusable,
            _ if self.challenge => EntryState::Challenge,
            _ if self.saved => EntryState::Saved,
            _ if self.ready => EntryState::Ready,
            _ => EntryState::Loading,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_most_important_state_wins() {
        let all = EntryFlags {
            unusable: true,
            ready: true,
            challenge: true,
            saved: true,
        };
        assert_eq!(
            EntryFlags::default().state(None, false),
            EntryState::Loading
        );
        assert_eq!(all.state(None, false), EntryState::Unusable);
        assert_eq!(
            all.state(Some(SaveStatus::Checking), false),
            EntryState::Checking
        );
        assert_eq!(
            all.state(Some(SaveStatus::SignIn), true),
            EntryState::SignIn
        );
        let open = EntryFlags {
            unusable: false,
            ..all
        };
        assert_eq!(open.state(None, false), EntryState::Challenge);
    }
}
