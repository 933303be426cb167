//! A wallet as every booking site means it: cards, what can be done with them, and how that can fail.
//!
//! [`WalletApi`] is implemented by the adapters in [`crate::wallet_api`] and called by [`crate::entry`] and the wallet
//! on screen, which know no dialect. Errors are named by what they mean for the person, never by what a server wrote.

use std::future::Future;
use std::hash::Hash;
use std::pin::Pin;

use card_entry_protocol::card::{Brand, CardDetails, Last4, PaymentMethodId};
use card_entry_protocol::expiry::{CalendarDate, ExpMonth, ExpYear, ExpiryState, expiry_state};
use card_entry_protocol::message::{ConsentProof, IntentResult};
use card_entry_protocol::secret::{ClientSecret, StripeAccount};

use crate::sentence::Sentence;
use crate::token::Token;
use crate::words::Locale;

/// A card's id in the wallet: opaque, compared and sent back, never taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CardId(pub String);

/// A saved card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The wallet's id; also the token for a later purchase.
    pub id: CardId,
    /// The brand.
    pub brand: Brand,
    /// The last four digits.
    pub last4: Last4,
    /// The month it expires.
    pub exp_month: ExpMonth,
    /// The year it expires.
    pub exp_year: ExpYear,
    /// The name on it, when the wallet keeps one.
    pub name: Option<String>,
    /// What the person calls it, when the wallet keeps that.
    pub label: Option<String>,
    /// Its billing address in one line, when the wallet shows it.
    pub address: Option<String>,
    /// Whether it is the one charged unless another is chosen.
    pub is_default: bool,
    /// Whether it expires before an appointment that needs it, where the wallet tells.
    pub expires_before_hold_ends: bool,
}

impl Card {
    /// How near its end is on a day.
    #[must_use]
    pub fn expiry_state(&self, today: CalendarDate) -> ExpiryState {
        expiry_state(self.exp_month, self.exp_year, today)
    }

    /// The expiry as cards print it: `04/27`.
    #[must_use]
    pub fn expiry(&self) -> String {
        let (month, year) = (u16::from(self.exp_month), u16::from(self.exp_year));
        format!("{month:02}/{:02}", year % 100)
    }

    /// All of it that is on screen and may change while it stays the same card.
    #[must_use]
    pub fn drawn(&self) -> impl Eq + Hash + use<> {
        let said = (self.name.clone(), self.label.clone(), self.address.clone());
        (
            self.id.clone(),
            self.expiry(),
            self.is_default,
            self.expires_before_hold_ends,
            said,
        )
    }

    /// Whether these are the facts of this card.
    #[must_use]
    pub fn is(&self, facts: &CardDetails) -> bool {
        self.last4 == facts.last4
            && self.exp_month == facts.exp_month
            && self.exp_year == facts.exp_year
            && (self.brand == facts.brand || Some(&self.brand) == facts.preferred_network.as_ref())
    }
}

/// What a wallet can do. The wallet on screen offers what is here and knows no system by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Holds several cards; else one, and saving replaces it.
    pub many: bool,
    /// Lists its cards; else only what was just saved can be shown.
    pub list: bool,
    /// Lets the person remove a card.
    pub delete: bool,
    /// Lets the person choose which of several is the default.
    pub choose: bool,
    /// A card comes in at a reader, by the page's own doing, and not through the form.
    pub card_present: bool,
}

impl Capabilities {
    /// A wallet of one card that is listed, replaced and removed.
    pub const ONE: Self = Self {
        many: false,
        list: true,
        delete: true,
        choose: false,
        card_present: false,
    };
    /// A wallet of several cards with a default.
    pub const MANY: Self = Self {
        many: true,
        choose: true,
        ..Self::ONE
    };
}

/// The key that makes a repeated save one save: sent as `idempotency-key`, kept for every retry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

/// A payment method to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveRequest {
    /// The payment method.
    pub id: PaymentMethodId,
    /// What the frame says of the card; the server stores the gateway's facts.
    pub card: CardDetails,
    /// The confirmed intent; `None`: the card was not authenticated.
    pub setup: Option<IntentResult>,
    /// What the person agreed to, when the page asked for it: for the wallet's records.
    pub consent: Option<ConsentProof>,
    /// The same for every try.
    pub key: IdempotencyKey,
}

/// What the frame confirms the card with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// This one.
    Secret(ClientSecret, Option<StripeAccount>),
    /// None: this wallet takes a bare payment method.
    NotNeeded,
}

/// The wallet after a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its cards.
    pub cards: Vec<Card>,
    /// The card was there before.
    pub again: bool,
}

/// How a call to a wallet can end badly, by what the person can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalletError {
    /// The session is over: sign in, then the same call works.
    SignIn,
    /// The wallet says no, for good; with its sentence where its dialect defines one.
    Refused(Option<Sentence>),
    /// The bank wants to verify the card first; nothing was saved.
    Challenge(Option<Sentence>),
    /// Too much at once: after so many seconds the same call may work.
    TryLater(u32),
    /// It may have happened or not: read again before saying anything.
    Unclear,
    /// As [`WalletError::Unclear`]; the same call gets its answer in so many seconds.
    Wait(u32),
    /// No such card, or not this person's.
    NotFound,
}

/// A future that stays on this thread, as everything in a browser does.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, WalletError>> + 'a>>;

/// A wallet API, whatever its dialect.
pub trait WalletApi {
    /// What this wallet can do.
    fn capabilities(&self) -> Capabilities;
    /// Asks for what the frame confirms the card with.
    fn begin(&self) -> Answer<'_, Intent>;
    /// Saves a payment method. Saving the same request again is the same save.
    fn save<'a>(&'a self, request: &'a SaveRequest) -> Answer<'a, Kept>;
    /// Reads the cards.
    fn list(&self) -> Answer<'_, Vec<Card>>;
    /// Removes a card.
    fn delete<'a>(&'a self, id: &'a CardId) -> Answer<'a, ()>;
    /// Makes a card the default, and gives the cards as they are then. Only asked of a wallet with [`Capabilities::choose`].
    fn make_default<'a>(&'a self, _: &'a CardId) -> Answer<'a, Vec<Card>> {
        Box::pin(async { Err(WalletError::Refused(None)) })
    }
    /// Takes the token of a sign-in, or none after signing out. A wallet the page reaches without one ignores it.
    fn set_token(&self, _: Option<Token>) {}
    /// Takes the language in which the wallet's own sentences are asked for. A wallet that has none ignores it.
    fn set_locale(&self, _: Locale) {}
    /// Whether a list holds the card of this request: how an unclear save is cleared up.
    fn holds(&self, cards: &[Card], request: &SaveRequest) -> bool {
        cards.iter().any(|card| card.is(&request.card))
    }
}

/// Puts the default first and leaves the rest in the server's order, newest first.
pub fn sort(cards: &mut [Card]) {
    cards.sort_by_key(|card| !card.is_default);
}

#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod samples {
    //! Cards for the tests of this crate.
    use super::*;
    use card_entry_protocol::card::Funding;

    pub(crate) fn facts(last4: &str) -> CardDetails {
        CardDetails {
            brand: Brand::Visa,
            last4: Last4::parse(last4).unwrap(),
            exp_month: ExpMonth::try_from(4).unwrap(),
            exp_year: ExpYear::try_from(2027).unwrap(),
            funding: Funding::Credit,
            country: None,
            preferred_network: None,
        }
    }

    pub(crate) fn card(id: &str, last4: &str) -> Card {
        let facts = facts(last4);
        Card {
            id: CardId(id.to_owned()),
            brand: facts.brand,
            last4: facts.last4,
            exp_month: facts.exp_month,
            exp_year: facts.exp_year,
            name: None,
            label: None,
            address: None,
            is_default: false,
            expires_before_hold_ends: false,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::samples::{card, facts};
    use super::*;

    #[test]
    fn the_default_is_first_and_the_rest_keep_their_order() {
        let mut cards = vec![card("a", "1111"), card("b", "2222"), card("c", "3333")];
        cards[2].is_default = true;
        sort(&mut cards);
        let ids: Vec<_> = cards.iter().map(|card| card.id.0.as_str()).collect();
        assert_eq!(ids, ["c", "a", "b"]);
    }

    #[test]
    fn a_card_is_known_by_its_facts() {
        assert!(card("a", "4242").is(&facts("4242")));
        assert!(!card("a", "4242").is(&facts("4444")));
        assert_eq!(card("a", "4242").expiry(), "04/27");
    }

    #[test]
    fn a_card_of_two_networks_is_known_by_the_one_that_was_chosen_too() {
        let chosen = CardDetails {
            preferred_network: Some(Brand::CartesBancaires),
            ..facts("4242")
        };
        let mut shown = card("a", "4242");
        assert!(shown.is(&chosen));
        shown.brand = Brand::CartesBancaires;
        assert!(shown.is(&chosen) && !shown.is(&facts("4242")));
    }
}
