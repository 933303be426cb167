//! A wallet, independent of its vendor: cards, what can be done with them, and how that can fail.
//!
//! [`WalletApi`] is implemented by the adapters in `wallet_api` and called by [`crate::entry`] and the wallet on
//! screen,
//! which know no vendor. Errors are named after what they mean for the person; a raw text of a server must never be in
//! one.

mod api;

use std::hash::Hash;

use card_entry_protocol::card::{Brand, CardDetails, Last4, PaymentMethodId};
use card_entry_protocol::expiry::{CalendarDate, ExpMonth, ExpYear, ExpiryState, expiry_state};
use card_entry_protocol::message::{ConsentProof, IntentResult};
use card_entry_protocol::secret::{ClientSecret, StripeAccount};

pub use api::{WalletApi, WalletError, WalletFuture};

/// The id of a card in the wallet. Opaque: it is compared and sent back, never parsed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SavedCardId(pub String);

/// A saved card, as the wallet lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The id in the wallet; also the token for a later purchase.
    pub id: SavedCardId,
    /// The card brand as shown to the person.
    pub brand: Brand,
    /// The last four digits of the number.
    pub last4: Last4,
    /// The month of expiry, 1 to 12.
    pub exp_month: ExpMonth,
    /// The year of expiry, four digits.
    pub exp_year: ExpYear,
    /// The name of the cardholder, if the wallet stores it.
    pub name: Option<String>,
    /// The name that the person gave the card, if the wallet stores one.
    pub label: Option<String>,
    /// The billing address in one line, if the wallet returns it.
    pub address: Option<String>,
    /// Whether this card is charged unless another is selected.
    pub is_default: bool,
    /// Whether the card expires before an appointment that needs it, if the wallet tells.
    pub expires_before_appointment: bool,
}

impl Card {
    /// How close the expiry is on a day.
    #[must_use]
    pub fn expiry_state(&self, today: CalendarDate) -> ExpiryState {
        expiry_state(self.exp_month, self.exp_year, today)
    }

    /// The expiry as printed on cards: `04/27`.
    #[must_use]
    pub fn expiry(&self) -> String {
        let (month, year) = (u16::from(self.exp_month), u16::from(self.exp_year));
        format!("{month:02}/{:02}", year % 100)
    }

    /// Everything of the card that is on screen and can change. A changed key means that the card has to be drawn
    /// again.
    #[must_use]
    pub fn render_key(&self) -> impl Eq + Hash + use<> {
        let texts = (self.name.clone(), self.label.clone(), self.address.clone());
        (
            self.id.clone(),
            self.expiry(),
            self.is_default,
            self.expires_before_appointment,
            texts,
        )
    }

    /// Whether these are the details of this card: last four digits, expiry, and brand or preferred network.
    #[must_use]
    pub fn matches(&self, details: &CardDetails) -> bool {
        self.last4 == details.last4
            && self.exp_month == details.exp_month
            && self.exp_year == details.exp_year
            && (self.brand == details.brand
                || Some(&self.brand) == details.preferred_network.as_ref())
    }
}

/// What a wallet supports. The wallet on screen offers what is here, and knows no vendor.
///
/// ```
/// use card_entry_companion::wallet::Capabilities;
///
/// // Several cards with a default, but cards cannot be deleted.
/// let capabilities = Capabilities { delete: false, ..Capabilities::MULTIPLE_CARDS };
/// assert!(capabilities.many && capabilities.set_default);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// `true`: it holds several cards. `false`: it holds one, and a save replaces it.
    pub many: bool,
    /// `true`: it can list its cards. `false`: only a card that was just saved can be shown.
    pub list: bool,
    /// Whether the person can delete a card.
    pub delete: bool,
    /// Whether the person can select the default card.
    pub set_default: bool,
    /// `true`: cards are taken at a reader by the page. `false`: they are typed in the form.
    pub card_present: bool,
}

impl Capabilities {
    /// One card, which can be listed, replaced and deleted.
    pub const SINGLE_CARD: Self = Self {
        many: false,
        list: true,
        delete: true,
        set_default: false,
        card_present: false,
    };
    /// Several cards, one of them the default, which can be listed and deleted.
    pub const MULTIPLE_CARDS: Self = Self {
        many: true,
        set_default: true,
        ..Self::SINGLE_CARD
    };
}

/// The key that makes a repeated save one save. Sent as the header `idempotency-key`, the same for every try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

/// A payment method to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveRequest {
    /// The payment method of the frame (`pm_…`, or a nonce of Braintree).
    pub id: PaymentMethodId,
    /// The card details as the frame reports them, for the screen only. The server stores those of the gateway.
    pub card: CardDetails,
    /// The confirmed intent. `None`: the card was not authenticated.
    pub setup: Option<IntentResult>,
    /// The consent that the person gave, if the page asked for one; for the records of the wallet.
    pub consent: Option<ConsentProof>,
    /// The idempotency key, the same for every try.
    pub key: IdempotencyKey,
}

/// The intent with which the frame confirms the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalletIntent {
    /// The client secret of a SetupIntent, and the connected account if it has one.
    ClientSecret(ClientSecret, Option<StripeAccount>),
    /// The wallet accepts a payment method without an intent.
    NotNeeded,
}

/// The wallet after a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedWallet {
    /// All cards of the wallet.
    pub cards: Vec<Card>,
    /// Whether the wallet had the card before.
    pub already_saved: bool,
}

/// Moves the default card to the front; the others keep the order of the server, newest first.
pub fn sort_default_first(cards: &mut [Card]) {
    cards.sort_by_key(|card| !card.is_default);
}

#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod samples {
    //! Sample cards for the tests of this crate.
    use super::*;
    use card_entry_protocol::card::Funding;

    pub(crate) fn details(last4: &str) -> CardDetails {
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
        let details = details(last4);
        Card {
            id: SavedCardId(id.to_owned()),
            brand: details.brand,
            last4: details.last4,
            exp_month: details.exp_month,
            exp_year: details.exp_year,
            name: None,
            label: None,
            address: None,
            is_default: false,
            expires_before_appointment: false,
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::samples::{card, details};
    use super::*;

    #[test]
    fn the_default_is_first_and_the_others_keep_their_order() {
        let mut cards = vec![card("a", "1111"), card("b", "2222"), card("c", "3333")];
        cards[2].is_default = true;
        sort_default_first(&mut cards);
        let ids: Vec<_> = cards.iter().map(|card| card.id.0.as_str()).collect();
        assert_eq!(ids, ["c", "a", "b"]);
    }

    #[test]
    fn a_card_matches_its_details() {
        assert!(card("a", "4242").matches(&details("4242")));
        assert!(!card("a", "4242").matches(&details("4444")));
        assert_eq!(card("a", "4242").expiry(), "04/27");
    }

    #[test]
    fn a_card_of_two_networks_matches_by_its_preferred_network() {
        let chosen = CardDetails {
            preferred_network: Some(Brand::CartesBancaires),
            ..details("4242")
        };
        let mut shown = card("a", "4242");
        assert!(shown.matches(&chosen));
        shown.brand = Brand::CartesBancaires;
        assert!(shown.matches(&chosen) && !shown.matches(&details("4242")));
    }
}
