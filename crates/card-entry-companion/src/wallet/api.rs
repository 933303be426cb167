//! The trait of a wallet API, and its errors.
//!
//! Implemented by the adapters in `wallet_api`, and by pages with a wallet of their own. An error must never contain a
//! server's raw text.

use std::future::Future;
use std::pin::Pin;

use super::{Capabilities, Card, SaveRequest, SavedCardId, SavedWallet, WalletIntent};
use crate::display_message::DisplayMessage;
use crate::i18n::Locale;
use crate::token::WalletToken;

/// How a call to a wallet can fail, named after what the person can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalletError {
    /// The session has ended (401): after a sign-in the same call succeeds.
    SignInRequired,
    /// The wallet refuses for good, with its message if its API defines one.
    Refused(Option<DisplayMessage>),
    /// The bank has to verify the card first (402); nothing was saved.
    NotVerified(Option<DisplayMessage>),
    /// Too many calls (429): the same call can succeed after this many seconds.
    RateLimited(u32),
    /// The result is unknown, such as after a timeout: read the wallet to find out.
    Indeterminate,
    /// The result is unknown; the same call gets its answer after this many seconds.
    RetryAfter(u32),
    /// The wallet has no such card, or it belongs to another person.
    NotFound,
}

/// The future of a call. It stays on this thread, as everything in a browser does.
pub type WalletFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, WalletError>> + 'a>>;

/// A wallet API of any vendor. Implement it to connect a wallet that has no adapter here.
///
/// ```
/// use card_entry_companion::wallet::{
///     Capabilities, Card, SaveRequest, SavedCardId, SavedWallet, WalletApi, WalletError,
///     WalletFuture, WalletIntent,
/// };
///
/// /// A wallet that takes no cards.
/// struct ClosedWallet;
///
/// impl WalletApi for ClosedWallet {
///     fn capabilities(&self) -> Capabilities {
///         Capabilities::SINGLE_CARD
///     }
///     fn create_setup_intent(&self) -> WalletFuture<'_, WalletIntent> {
///         Box::pin(async { Err(WalletError::Refused(None)) })
///     }
///     fn save<'a>(&'a self, _: &'a SaveRequest) -> WalletFuture<'a, SavedWallet> {
///         Box::pin(async { Err(WalletError::Refused(None)) })
///     }
///     fn list(&self) -> WalletFuture<'_, Vec<Card>> {
///         Box::pin(async { Ok(vec![]) })
///     }
///     fn delete<'a>(&'a self, _: &'a SavedCardId) -> WalletFuture<'a, ()> {
///         Box::pin(async { Err(WalletError::NotFound) })
///     }
/// }
/// ```
///
/// Every call fails with a [`WalletError`].
pub trait WalletApi {
    /// What this wallet supports. Must not change while the wallet is on screen.
    fn capabilities(&self) -> Capabilities;
    /// Creates the intent with which the frame confirms the card.
    fn create_setup_intent(&self) -> WalletFuture<'_, WalletIntent>;
    /// Saves a payment method. The same request again must be the same save.
    fn save<'a>(&'a self, request: &'a SaveRequest) -> WalletFuture<'a, SavedWallet>;
    /// Reads all cards of the person.
    fn list(&self) -> WalletFuture<'_, Vec<Card>>;
    /// Deletes a card. [`WalletError::NotFound`] counts as deleted.
    fn delete<'a>(&'a self, id: &'a SavedCardId) -> WalletFuture<'a, ()>;
    /// Makes a card the default and returns all cards. Called only with [`Capabilities::set_default`].
    fn set_default<'a>(&'a self, _: &'a SavedCardId) -> WalletFuture<'a, Vec<Card>> {
        Box::pin(async { Err(WalletError::Refused(None)) })
    }
    /// Sets the token of the session, or removes it. A wallet without tokens ignores it.
    fn set_token(&self, _: Option<WalletToken>) {}
    /// Sets the language in which the wallet's own messages are requested. A wallet without messages ignores it.
    fn set_locale(&self, _: Locale) {}
    /// Whether a list contains the card of this request: how an indeterminate save is checked.
    fn is_saved(&self, cards: &[Card], request: &SaveRequest) -> bool {
        cards.iter().any(|card| card.matches(&request.card))
    }
}
