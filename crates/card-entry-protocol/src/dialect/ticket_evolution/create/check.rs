//! Checks the cards of a body: returns all requests, or all errors of all cards.
//!
//! An error must never repeat a card number.

use core::net::Ipv4Addr;

use super::wire::Sent;
use super::{
    CardEcho, CardNumber, CardSource, CreateCards, InvalidCards, NewCard, RawCard,
    VaultCardRequest, VerificationCode,
};
use crate::dialect::fields::FieldErrors;
use crate::dialect::ticket_evolution::{InvalidModel, LongYear, Month, Nonce, update};
use crate::number::contains_card_number;

/// More cards in one request are a card testing attack.
const MAX_CARDS: usize = 10;

impl CreateCards {
    /// Checks all cards.
    ///
    /// # Errors
    /// All cards with their errors, when there is no card, more than 10, or an invalid one.
    pub fn check(self) -> Result<Vec<VaultCardRequest>, InvalidCards> {
        let too_many = self.credit_cards.len() > MAX_CARDS;
        let mut cards: Vec<_> = self.credit_cards.into_iter().map(NewCard::check).collect();
        if cards.is_empty() || too_many {
            let why = if too_many {
                "are too many at once (maximum is 10)"
            } else {
                "can't be blank"
            };
            let mut errors = FieldErrors::default();
            errors.add("credit_cards", why);
            let model = CardEcho::default();
            cards = vec![Err(Box::new(InvalidModel { model, errors }))];
        }
        if cards.iter().all(Result::is_ok) {
            return Ok(cards.into_iter().flatten().collect());
        }
        let refused = |card: Result<VaultCardRequest, Box<_>>| match card {
            Ok(request) => request.refused(FieldErrors::default()),
            Err(refused) => *refused,
        };
        Err(InvalidCards {
            credit_cards: cards.into_iter().map(refused).collect(),
        })
    }
}

impl VaultCardRequest {
    /// The card with errors that the vault or the server found.
    #[must_use]
    pub fn refused(&self, errors: FieldErrors) -> InvalidModel<CardEcho> {
        InvalidModel {
            model: self.echo.clone(),
            errors,
        }
    }
}

impl NewCard {
    fn check(self) -> Result<VaultCardRequest, Box<InvalidModel<CardEcho>>> {
        let mut errors = FieldErrors::default();
        let echo = CardEcho {
            label: harmless(self.label.as_ref()),
            name: harmless(self.name.as_ref()),
            expiration_month: harmless(self.expiration_month.as_ref()),
            expiration_year: harmless(self.expiration_year.as_ref()),
            address_id: self.address_id,
            phone_number_id: self.phone_number_id,
        };
        let label = update::label(self.label.as_deref(), &mut errors);
        let name = update::name(self.name.as_deref().unwrap_or_default(), &mut errors);
        for (field, id) in [
            ("address_id", self.address_id),
            ("phone_number_id", self.phone_number_id),
        ] {
            if id.is_none() {
                errors.add(field, "can't be blank");
            }
        }
        let ip_address = filled(self.ip_address.as_ref()).map(|text| text.parse::<Ipv4Addr>());
        if matches!(ip_address, Some(Err(_))) {
            errors.add("ip_address", "is not an IPv4 address");
        }
        let expiry = (
            self.expiration_month.as_ref(),
            self.expiration_year.as_ref(),
        );
        let source = source(
            self.number,
            self.nonce.as_ref(),
            self.verification_code,
            expiry,
            &mut errors,
        );
        let request = || {
            Some(VaultCardRequest {
                label,
                name: name?,
                source: source?,
                address_id: self.address_id?,
                phone_number_id: self.phone_number_id?,
                ip_address: ip_address.and_then(Result::ok),
                echo: echo.clone(),
            })
        };
        match request() {
            Some(request) if errors.is_empty() => Ok(request),
            _ => Err(Box::new(InvalidModel {
                model: echo,
                errors,
            })),
        }
    }
}

/// The trimmed text of a member that is not empty.
fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// A text that an error response may repeat.
fn harmless(text: Option<&String>) -> Option<String> {
    text.filter(|text| text.chars().count() <= 255 && !contains_card_number(text))
        .cloned()
}

/// Reads the card: exactly one of card number and nonce.
fn source(
    number: Sent<CardNumber>,
    nonce: Option<&String>,
    code: Sent<VerificationCode>,
    (month, year): (Option<&String>, Option<&String>),
    errors: &mut FieldErrors,
) -> Option<CardSource> {
    let nonce = filled(nonce);
    // With a nonce the vault knows the expiry, so a claimed one is optional and only has to be well-formed.
    let required = nonce.is_none();
    let month = parsed("expiration_month", month, required, Month::parse, errors);
    let year = parsed("expiration_year", year, required, LongYear::parse, errors);
    match (number, nonce) {
        (Sent::Nothing, None) => errors.add("nonce", "can't be blank"),
        (Sent::Nothing, Some(nonce)) => match Nonce::parse(nonce) {
            Some(nonce) => return Some(CardSource::Nonce(nonce)),
            None => errors.add("nonce", "is invalid"),
        },
        (_, Some(_)) => errors.add("number", "can't be sent together with a nonce"),
        (Sent::Invalid, None) => errors.add("number", "is invalid"),
        (Sent::Valid(number), None) => {
            let code = match code {
                Sent::Nothing => None,
                Sent::Valid(code) => Some(code),
                Sent::Invalid => {
                    errors.add("verification_code", "must be three or four digits");
                    None
                }
            };
            return Some(CardSource::Number(RawCard {
                number,
                exp_month: month?.0,
                exp_year: year?.0,
                code,
            }));
        }
    }
    None
}

fn parsed<T>(
    field: &str,
    text: Option<&String>,
    required: bool,
    parse: fn(&str) -> Option<T>,
    errors: &mut FieldErrors,
) -> Option<T> {
    match filled(text) {
        None if required => errors.add(field, "can't be blank"),
        None => {}
        Some(text) => match parse(text) {
            Some(value) => return Some(value),
            None => errors.add(field, "is invalid"),
        },
    }
    None
}
