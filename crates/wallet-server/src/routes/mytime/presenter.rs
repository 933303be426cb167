//! Renders a user with the wallet, in MyTime's format.
//!
//! It must never render a card number or a password hash.

use card_entry_protocol::dialect::mytime::{CreditCard, FieldErrors, MyTimeCardId, User, UserBody};

use crate::app::App;
use crate::clock::rfc3339;
use crate::config::WalletSystem;
use crate::error::ApiError;
use crate::secret::Secret;
use wallet_store::cards::Card;
use wallet_store::deletion_blocks::{self, DeletionBlock};
use wallet_store::owners::Owner;
use wallet_store::{cards, users};

/// Reads and renders the owner's user data and wallet. `token` is given only where a session was just created.
pub(super) async fn user(
    app: &App,
    owner: &Owner,
    token: Option<&Secret>,
) -> Result<UserBody, ApiError> {
    let person = users::find_by_owner(app.store.pool(), owner.id).await?;
    let cards = cards::of_owner(app.store.pool(), owner.id).await?;
    let mut user = User {
        id: u64::try_from(owner.id.0)
            .map_err(|_| ApiError::Internal("an owner's number is negative".to_owned()))?,
        email: String::new(),
        first_name: String::new(),
        last_name: String::new(),
        authentication_token: token.map(|token| token.reveal().to_owned()),
        phone_number: None,
        created_at: rfc3339(owner.created_at),
        zip_code: None,
        country: None,
        errors: FieldErrors::default(),
        bank_accounts: Vec::new(),
        credit_cards: Vec::new(),
    };
    for card in cards {
        let holds = deletion_blocks::on_card(app.store.pool(), card.id).await?;
        let too_soon = holds.iter().any(DeletionBlock::ends_after_card_expires);
        user.credit_cards.push(credit_card(card, too_soon));
    }
    if let Some(person) = person {
        user.email = person.email;
        user.first_name = person.first_name;
        user.last_name = person.last_name;
        user.phone_number = person.phone_number;
        user.zip_code = person.zip_code;
        user.country = person.country;
    }
    Ok(UserBody { user })
}

fn credit_card(card: Card, expires_before_hold_ends: bool) -> CreditCard {
    let parts = [
        &card.address_line1,
        &card.address_city,
        &card.address_state,
        &card.address_zip,
    ];
    // A billing address has its own country. Without any address, the member is the card's country of issue, as it is in
    // a save.
    let has_no_address = parts.iter().all(|part| part.is_none());
    let brand = card.shown_brand().title().to_owned();
    let issuing_country = card.country.filter(|_| has_no_address);
    CreditCard {
        id: MyTimeCardId(WalletSystem::MyTime.card_id(
            card.id,
            &card.customer_id,
            &card.payment_method,
        )),
        brand,
        last4: card.last4,
        name: card.name,
        exp_month: card.exp_month,
        exp_year: card.exp_year,
        address_country: card.address_country.or(issuing_country),
        address_line1: card.address_line1,
        address_city: card.address_city,
        address_state: card.address_state,
        address_zip: card.address_zip,
        expires_before_hold_ends,
        errors: FieldErrors::default(),
    }
}
