//! `verifyPaymentMethod`, `verifyCreditCard`, and the look at a card that every other call takes through here.

use super::{Desk, Outcome, part, text};
use crate::braintree::card_on_file::Card;
use crate::braintree::graphql::GraphError;
use crate::braintree::graphql::project::reference;
use crate::braintree::merchant::timestamp;
use crate::braintree::nonce::TestNonce;
use crate::braintree::object::Kind;
use crate::braintree::outcome::{Answer, Verification};
use serde_json::{Map, Value, json};

const METHOD: &[&str] = &["input", "paymentMethodId"];

/// A card that a call was given by id.
#[derive(Clone, Debug)]
pub struct Source {
    pub card: Card,
    /// Old id, when it is in the vault.
    pub method: Option<String>,
    /// Old id of its customer.
    pub customer: Option<String>,
    nonce: Option<String>,
}

impl Source {
    /// The card behind a nonce.
    ///
    /// # Errors
    /// When there is none, or when it was used before.
    pub fn single_use(desk: &Desk<'_>, id: &str) -> Result<Self, GraphError> {
        let of = |card, nonce| Self {
            card,
            nonce,
            method: None,
            customer: None,
        };
        if let Some(test) = TestNonce::find(id) {
            return match (test, test.card()) {
                (_, Some(card)) => Ok(of(Card::of(card), None)),
                (TestNonce::LuhnInvalid, _) => Err(GraphError::invalid(
                    "81715",
                    "Credit card number is invalid.",
                    METHOD,
                )),
                _ => Err(consumed()),
            };
        }
        match desk.merchant.nonces.get(id) {
            Some(nonce) if nonce.used => Err(consumed()),
            Some(nonce) => {
                let kept = nonce
                    .vaulted
                    .as_ref()
                    .and_then(|id| desk.merchant.vault.get(id));
                Ok(Self {
                    method: nonce.vaulted.clone(),
                    customer: kept.map(|method| method.customer.clone()),
                    ..of(nonce.card.clone(), Some(id.to_owned()))
                })
            }
            None => Err(GraphError::invalid(
                "93108",
                "Unknown or expired single-use payment method.",
                METHOD,
            )),
        }
    }

    /// The card behind a nonce or in the vault.
    ///
    /// # Errors
    /// When there is none, or when it was used before.
    pub fn any(desk: &Desk<'_>, id: &str) -> Result<Self, GraphError> {
        match desk.merchant.vaulted(id) {
            Some(method) => Ok(Self {
                card: method.card.clone(),
                method: Some(method.id.clone()),
                customer: Some(method.customer.clone()),
                nonce: None,
            }),
            None => Self::single_use(desk, id),
        }
    }

    /// Uses a nonce up. One that is published for tests never is.
    pub fn consume(&self, desk: &mut Desk<'_>) {
        if let Some(nonce) = self
            .nonce
            .as_ref()
            .and_then(|id| desk.merchant.nonces.get_mut(id))
        {
            nonce.used = true;
        }
    }
}

fn consumed() -> GraphError {
    let words = "Cannot use a single-use payment method more than once.";
    GraphError::invalid("93107", words, METHOD)
}

/// `verifyPaymentMethod` and `verifyCreditCard`; a refusal is an answer, not an error. A nonce stays fresh.
pub fn verify(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let source = Source::any(desk, text(input, "paymentMethodId").unwrap_or_default())?;
    source.card.check_date(METHOD)?;
    let options = part(input, "options");
    let account = text(input, "merchantAccountId").or(text(&options, "merchantAccountId"));
    let (_, id) = ask_bank(
        desk,
        &source.card,
        source.method,
        account,
        text(&options, "amount"),
    );
    Ok(json!({ "verification": reference(&Kind::Verification.global(&id)) }))
}

/// Asks the bank about a card and notes it; what it said, and the old id of the verification.
pub fn ask_bank(
    desk: &mut Desk<'_>,
    card: &Card,
    method: Option<String>,
    account: Option<&str>,
    amount: Option<&str>,
) -> (Answer, String) {
    let answer = Answer::to_verification(card);
    let merchant = &mut *desk.merchant;
    let id = merchant.id();
    if let Some(method) = method.as_ref().and_then(|id| merchant.vault.get_mut(id)) {
        method.verifications.insert(0, id.clone());
    }
    let made = Verification {
        id: id.clone(),
        created: timestamp(),
        answer: answer.clone(),
        card: card.clone(),
        method,
        merchant_account: account.unwrap_or(&merchant.id).to_owned(),
        amount: amount.unwrap_or("0.00").to_owned(),
    };
    merchant.verifications.put(&id, made);
    (answer, id)
}
