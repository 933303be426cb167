//! A user as the vendor's API shows one, with the wallet.

use card_entry_protocol::dialect::mytime::{CreditCard, FieldErrors, MyTimeCardId, User, UserBody};

use crate::app::App;
use crate::clock::rfc3339;
use crate::config::Kind;
use crate::error::ApiError;
use crate::secret::Secret;
use crate::store::cards::Card;
use crate::store::holds::{self, Hold};
use crate::store::owners::Owner;
use crate::store::{cards, users};

/// Reads the owner's wallet; `token` only where a session was just opened.
pub(super) async fn user(
    app: &App,
    owner: &Owner,
    token: Option<&Secret>,
) -> Result<UserBody, ApiError> {
    let person = users::by_owner(app.store.pool(), owner.id).await?;
    let cards = cards::of_owner(app.store.pool(), owner.id).await?;
    let mut user = User {
        id: u64::try_from(owner.id.0)
            .map_err(|_| ApiError::Broken("an owner's number is negative".to_owned()))?,
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
        let holds = holds::on_card(app.store.pool(), card.id).await?;
        let too_soon = holds.iter().any(Hold::outlives_card);
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
    // Beside a code of one country another one would be no address. Without any address the member means what it means
    // in a save: the card's own country.
    let own = parts.iter().all(|part| part.is_none());
    let brand = card.shown_brand().title().to_owned();
    let issued = card.country.filter(|_| own);
    CreditCard {
        id: MyTimeCardId(Kind::MyTime.card_id(card.id, &card.customer_id, &card.payment_method)),
        brand,
        last4: card.last4,
        name: card.name,
        exp_month: card.exp_month,
        exp_year: card.exp_year,
        address_country: card.address_country.or(issued),
        address_line1: card.address_line1,
        address_city: card.address_city,
        address_state: card.address_state,
        address_zip: card.address_zip,
        expires_before_hold_ends,
        errors: FieldErrors::default(),
    }
}
