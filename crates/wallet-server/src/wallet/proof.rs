//! Proof that a payment method may be saved for an owner: read from the gateway, never from the client.
//!
//! Called by a save. Either one of the intents this server made for this owner succeeded with it, or the server
//! confirms it itself, or it came of the owner's own payment at a reader.

use std::sync::Arc;

use card_entry_protocol::card::GatewayCardId;

use super::confirm::confirm_here;
use super::customer::{ensure_customer, replace_customer};
use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, PaymentMethod, SetupIntent};
use crate::limiter::Place;
use crate::store::cards::Facts;
use crate::store::intents;
use crate::store::owners::Owner;

/// One sentence for everything that is wrong with a card's token: which it was helps only whoever made it up.
const NOT_USABLE: &str = "This card can’t be saved. Please enter it again.";

/// How often an owner may have the gateway read, for each intent allowed: repeats and mistakes, but no search.
const READS_PER_INTENT: u32 = 5;

/// A card that may be saved, and the intent that proves it.
#[derive(Debug)]
pub(super) struct Proof {
    pub facts: Facts,
    pub intent: String,
}

pub(super) fn not_usable(why: &'static str) -> ApiError {
    tracing::info!(why, "a card was not saved");
    ApiError::Refused(NOT_USABLE.to_owned())
}

/// Finds or makes the proof.
pub(super) async fn find(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &GatewayCardId,
    place: Option<&Place>,
) -> Result<Proof, ApiError> {
    let reads = app
        .config
        .limits
        .intents_per_hour
        .saturating_mul(READS_PER_INTENT);
    app.limiter
        .take(&format!("proof {}", owner.id.0), reads, HOUR)?;
    let method = match app.gateway.of(account).payment_method(id).await {
        Err(GatewayError::Missing) => {
            return Err(not_usable("the gateway has no such payment method"));
        }
        other => other?,
    };
    if method.id != id.as_str() || method.livemode != account.livemode() {
        return Err(not_usable("the payment method is of another mode"));
    }
    let customer = ensure_customer(app, account, owner).await?;
    if method
        .customer
        .as_ref()
        .is_some_and(|other| *other != customer)
    {
        return Err(not_usable("the payment method is another customer's"));
    }
    let (customer, intent) = match confirmed_in_browser(app, account, owner, id).await? {
        Some(intent) => (customer, intent),
        None => {
            // The bank is not asked for a card that is not taken.
            let facts = facts(method.clone(), customer)?;
            if let Some(words) = account.accept.refusal(&facts) {
                return Err(ApiError::Refused(words));
            }
            confirm_here(app, account, owner, id, place).await?
        }
    };
    if intent.customer.as_deref() != Some(customer.as_str())
        || intent.livemode != account.livemode()
    {
        return Err(not_usable("the intent is another customer's"));
    }
    match intent.status {
        IntentStatus::Succeeded => Ok(Proof {
            facts: facts(method, customer)?,
            intent: intent.id,
        }),
        IntentStatus::RequiresAction => Err(ApiError::Challenge(intent.client_secret)),
        IntentStatus::Processing => Err(ApiError::Conflict(
            "Your bank is still checking the card. Please look again in a moment.",
        )),
        _ => Err(not_usable("the intent did not succeed")),
    }
}

/// The proof of a card that came of the owner's own captured payment: it is attached, and so may be charged again.
pub(super) async fn of_payment(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &GatewayCardId,
    payment: &str,
) -> Result<Proof, ApiError> {
    let mut customer = ensure_customer(app, account, owner).await?;
    let gateway = app.gateway.of(account);
    let mut method = match gateway.payment_method(id).await {
        Ok(method) if method.customer.is_none() => gateway.attach(id, &customer).await,
        other => other,
    };
    if matches!(method, Err(GatewayError::CustomerMissing)) {
        customer = replace_customer(app, account, owner, &customer).await?;
        method = gateway.attach(id, &customer).await;
    }
    let method = match method {
        // The gateway has no code for a payment method that was detached.
        Err(GatewayError::Missing | GatewayError::Moved) => {
            return Err(not_usable("the payment method is gone"));
        }
        Err(GatewayError::Misused {
            status: 400, code, ..
        }) if code.is_empty() => return Err(not_usable("the gateway refused to attach it")),
        other => other?,
    };
    if method.customer.as_deref() != Some(customer.as_str())
        || method.livemode != account.livemode()
    {
        return Err(not_usable("the payment method is another customer's"));
    }
    Ok(Proof {
        facts: facts(method, customer)?,
        intent: payment.to_owned(),
    })
}

/// The proof of a card whose intent was read and has succeeded.
pub(super) async fn of_intent(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &GatewayCardId,
    intent: &SetupIntent,
) -> Result<Proof, ApiError> {
    let customer = ensure_customer(app, account, owner).await?;
    let method = match app.gateway.of(account).payment_method(id).await {
        Err(GatewayError::Missing) => return Err(not_usable("the payment method is gone")),
        other => other?,
    };
    let is_own = |of: Option<&str>, livemode| {
        of == Some(customer.as_str()) && livemode == account.livemode()
    };
    if !is_own(intent.customer.as_deref(), intent.livemode)
        || !is_own(method.customer.as_deref(), method.livemode)
    {
        return Err(not_usable("the payment method is another customer's"));
    }
    Ok(Proof {
        facts: facts(method, customer)?,
        intent: intent.id.clone(),
    })
}

/// Looks for this payment method among the intents made for this owner, newest first.
async fn confirmed_in_browser(
    app: &App,
    account: &Arc<Account>,
    owner: &Owner,
    id: &GatewayCardId,
) -> Result<Option<SetupIntent>, ApiError> {
    for intent in intents::unspent(app.store.pool(), owner.id).await? {
        let intent = match app.gateway.of(account).intent(&intent).await {
            Err(GatewayError::Missing) => continue,
            other => other?,
        };
        let under_way = matches!(
            intent.status,
            IntentStatus::Succeeded | IntentStatus::RequiresAction | IntentStatus::Processing
        );
        if under_way && intent.payment_method.as_deref() == Some(id.as_str()) {
            return Ok(Some(intent));
        }
    }
    Ok(None)
}

/// What the wallet keeps of a payment method.
pub(super) fn facts(method: PaymentMethod, customer_id: String) -> Result<Facts, ApiError> {
    let card = method
        .card
        .ok_or_else(|| not_usable("the payment method is no card"))?;
    let address = method.billing_details.address.unwrap_or_default();
    Ok(Facts {
        preferred_network: card.preferred_network().map(str::to_owned),
        display_brand: card.display_brand,
        customer_id,
        payment_method: method.id,
        fingerprint: card.fingerprint,
        brand: card.brand,
        last4: card.last4,
        exp_month: card.exp_month,
        exp_year: card.exp_year,
        funding: card.funding.unwrap_or_else(|| "unknown".to_owned()),
        country: card.country,
        name: method.billing_details.name,
        address_line1: address.line1,
        address_city: address.city,
        address_state: address.state,
        address_zip: address.postal_code,
        address_country: address.country,
    })
}
