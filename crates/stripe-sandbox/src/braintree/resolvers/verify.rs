//! `verifyPaymentMethod` and `verifyCreditCard`, and what other resolvers share with them: finding a card by its id and
//! verifying it.

use super::{ResolverContext, ResolverResult, object, text};
use crate::braintree::card_on_file::CardOnFile;
use crate::braintree::global_id::LegacyIdType;
use crate::braintree::graphql::GraphError;
use crate::braintree::graphql::project::reference;
use crate::braintree::merchant::timestamp;
use crate::braintree::nonce::TestNonce;
use crate::braintree::processing::ProcessingResult;
use crate::braintree::verification::Verification;
use serde_json::{Map, Value, json};

const METHOD: &[&str] = &["input", "paymentMethodId"];

/// The card that a `paymentMethodId` names.
#[derive(Clone, Debug)]
pub struct SourceCard {
    pub card: CardOnFile,
    /// Legacy id, when the card is in the vault.
    pub method: Option<String>,
    /// Legacy id of the card's customer.
    pub customer: Option<String>,
    nonce: Option<String>,
}

impl SourceCard {
    /// Finds the card of a nonce.
    ///
    /// # Errors
    /// `93108` when the nonce is unknown, `93107` when it was used before, `81715` for the published nonce of a bad number.
    pub fn single_use(context: &ResolverContext<'_>, id: &str) -> Result<Self, GraphError> {
        let of = |card, nonce| Self {
            card,
            nonce,
            method: None,
            customer: None,
        };
        if let Some(test) = TestNonce::find(id) {
            return match (test, test.card()) {
                (_, Some(card)) => Ok(of(CardOnFile::of_test_nonce(card), None)),
                (TestNonce::LuhnInvalid, _) => Err(GraphError::invalid(
                    "81715",
                    "Credit card number is invalid.",
                    METHOD,
                )),
                _ => Err(consumed()),
            };
        }
        match context.merchant.nonces.get(id) {
            Some(nonce) if nonce.used => Err(consumed()),
            Some(nonce) => {
                let vaulted = nonce
                    .vaulted
                    .as_ref()
                    .and_then(|id| context.merchant.vault.get(id));
                Ok(Self {
                    method: nonce.vaulted.clone(),
                    customer: vaulted.map(|method| method.customer.clone()),
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

    /// Finds the card of a nonce or a vaulted payment method.
    ///
    /// # Errors
    /// The errors of [`Self::single_use`].
    pub fn any(context: &ResolverContext<'_>, id: &str) -> Result<Self, GraphError> {
        match context.merchant.vaulted(id) {
            Some(method) => Ok(Self {
                card: method.card.clone(),
                method: Some(method.id.clone()),
                customer: Some(method.customer.clone()),
                nonce: None,
            }),
            None => Self::single_use(context, id),
        }
    }

    /// Marks the nonce as used. The nonces published for tests can be used again.
    pub fn consume(&self, context: &mut ResolverContext<'_>) {
        if let Some(nonce) = self
            .nonce
            .as_ref()
            .and_then(|id| context.merchant.nonces.get_mut(id))
        {
            nonce.used = true;
        }
    }
}

fn consumed() -> GraphError {
    let message = "Cannot use a single-use payment method more than once.";
    GraphError::invalid("93107", message, METHOD)
}

/// `verifyPaymentMethod` and `verifyCreditCard`. A decline is a verification with that status, not an error. The nonce stays
/// usable.
pub fn verify(context: &mut ResolverContext<'_>, input: &Map<String, Value>) -> ResolverResult {
    let source = SourceCard::any(context, text(input, "paymentMethodId").unwrap_or_default())?;
    source.card.check_date(METHOD)?;
    let options = object(input, "options");
    let account = text(input, "merchantAccountId").or(text(&options, "merchantAccountId"));
    let wanted = VerificationOptions {
        method: source.method,
        merchant_account: account,
        amount: text(&options, "amount"),
    };
    let (_, id) = verify_card(context, &source.card, wanted);
    Ok(json!({ "verification": reference(&LegacyIdType::Verification.global(&id)) }))
}

/// The optional inputs of a verification.
#[derive(Clone, Debug, Default)]
pub struct VerificationOptions<'i> {
    /// Legacy id of the card, when it is in the vault.
    pub method: Option<String>,
    /// The merchant's default account when there is none.
    pub merchant_account: Option<&'i str>,
    /// `0.00` when there is none.
    pub amount: Option<&'i str>,
}

/// Verifies a card and records the verification; returns the result and the verification's legacy id.
pub fn verify_card(
    context: &mut ResolverContext<'_>,
    card: &CardOnFile,
    options: VerificationOptions<'_>,
) -> (ProcessingResult, String) {
    let result = ProcessingResult::of_verification(card);
    let merchant = &mut *context.merchant;
    let id = merchant.new_id();
    if let Some(method) = options
        .method
        .as_ref()
        .and_then(|id| merchant.vault.get_mut(id))
    {
        method.verifications.insert(0, id.clone());
    }
    let verification = Verification {
        id: id.clone(),
        created: timestamp(),
        result: result.clone(),
        card: card.clone(),
        method: options.method,
        merchant_account: options.merchant_account.unwrap_or(&merchant.id).to_owned(),
        amount: options.amount.unwrap_or("0.00").to_owned(),
    };
    merchant.verifications.put(&id, verification);
    (result, id)
}
