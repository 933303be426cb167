//! Payments at a terminal: a card that is read by a card reader, captured later, and then saved if the person wants it.
//!
//! Called by the systems that take payments. The status of a payment is always read from the gateway; its owner is read
//! from the database. It must never store a client secret.

use card_entry_protocol::card::GatewayCardId;
use card_entry_protocol::money::MinorUnits;

use super::OwnerWallet;
use crate::app::App;
use crate::clock::HOUR;
use crate::config::Account;
use crate::error::ApiError;
use crate::gateway::{GatewayError, IntentStatus, NewPayment, PaymentIntent};
use crate::secret::{Fingerprint, generate_token};
use wallet_store::payments::{self, Payment};

const NOT_FOUND: ApiError = ApiError::NotFound("There is no such payment for this account.");

/// How the card of a payment is presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PaymentKind {
    /// The card is read at a terminal.
    Terminal,
    /// The card is stored in the wallet.
    StoredCard,
}

/// A request for a payment.
#[derive(Debug, Clone, Copy)]
pub struct PaymentRequest<'a> {
    /// In the account's currency.
    pub amount: MinorUnits,
    /// The site's name of the sale.
    pub sale: Option<&'a str>,
    /// The fingerprint of the idempotency key, if the request has one.
    pub key: Option<Fingerprint>,
}

impl OwnerWallet<'_> {
    /// Creates a payment that a card reader confirms. It must never store the client secret.
    ///
    /// # Errors
    /// 429 above the hourly limit; 422 if the key was used for another request; 503 if the gateway does not respond.
    pub async fn create_terminal_payment(
        &self,
        request: PaymentRequest<'_>,
    ) -> Result<PaymentIntent, ApiError> {
        let _lock = self.app.owner_locks.lock_for_request(self.owner.id).await?;
        self.check_payment_limit()?;
        let customer = self.ensure_customer().await?;
        let named = match request.key {
            Some(key) => key.to_hex(),
            None => generate_token()?.reveal().to_owned(),
        };
        let key = format!("sale:{}:{named}", self.owner.id.0);
        let gateway = self.gateway();
        let payment = NewPayment {
            customer: &customer,
            amount: request.amount,
            sale: request.sale,
            key: &key,
        };
        let mut created = gateway.create_terminal_payment(payment).await;
        if matches!(created, Err(GatewayError::CustomerNotFound)) {
            let customer = &self.replace_customer(&customer).await?;
            let payment = NewPayment {
                customer,
                ..payment
            };
            created = gateway.create_terminal_payment(payment).await;
        }
        let intent = created?;
        self.record_payment(&intent, PaymentKind::Terminal).await?;
        Ok(intent)
    }

    /// The card that the owner's payment left at the gateway to be charged again.
    pub(super) async fn generated_card(&self, id: &str) -> Result<GatewayCardId, ApiError> {
        let payment = find(self.app, self.account, id).await?;
        if payment.owner_id != self.owner.id {
            tracing::info!("refused to save the card of another owner's payment");
            return Err(NOT_FOUND);
        }
        if !payment.in_person {
            return Err(ApiError::NoReusableCard);
        }
        let intent = retrieve_payment(self.app, self.account, id).await?;
        if intent.status != IntentStatus::Succeeded {
            return Err(ApiError::NotCaptured);
        }
        let card = intent.generated_card().and_then(GatewayCardId::parse);
        card.ok_or(ApiError::NoReusableCard)
    }

    /// Stores the owner of a payment.
    pub(super) async fn record_payment(
        &self,
        intent: &PaymentIntent,
        kind: PaymentKind,
    ) -> Result<(), ApiError> {
        let payment = Payment {
            id: intent.id.clone(),
            owner_id: self.owner.id,
            in_person: kind == PaymentKind::Terminal,
        };
        Ok(payments::insert(self.app.store.pool(), &payment).await?)
    }

    /// Allows as many payments as card entries, because payments can be used to test stolen cards too.
    pub(super) fn check_payment_limit(&self) -> Result<(), ApiError> {
        let limit = self.app.config.limits.intents_per_hour;
        let key = format!("payment {}", self.owner.id.0);
        Ok(self.app.limiter.count_attempt(&key, limit, HOUR)?)
    }
}

/// Captures a payment of the account. A repeat with the same amount gets the same response, and captures nothing more.
///
/// # Errors
/// [`ApiError::NotFound`] if it is not a payment of this account; [`ApiError::InvalidAmount`] if the amount is more
/// than was authorized; [`ApiError::Conflict`] if it is not authorized, or was captured with another amount.
pub async fn capture_payment(
    app: &App,
    account: &Account,
    id: &str,
    amount: MinorUnits,
) -> Result<PaymentIntent, ApiError> {
    let payment = find(app, account, id).await?;
    let _lock = app.owner_locks.lock_for_request(payment.owner_id).await?;
    let gateway = app.gateway.for_account(account);
    let intent = retrieve_payment(app, account, id).await?;
    match intent.status {
        IntentStatus::RequiresCapture if amount.get() > intent.amount_capturable => Err(
            ApiError::InvalidAmount("That is more than was authorized at the reader.".to_owned()),
        ),
        // The person added the tip at the reader. It is captured with the rest, or the payment is canceled.
        IntentStatus::RequiresCapture
            if intent.tip() > 0 && amount.get() < intent.amount_capturable =>
        {
            let currency = &account.currency;
            Err(ApiError::InvalidAmount(format!(
                "A tip was given at the reader. Please capture all of it, {} {}, or cancel the payment.",
                currency.format(intent.amount_capturable),
                currency.as_str().to_ascii_uppercase()
            )))
        }
        IntentStatus::RequiresCapture => match gateway.capture(id, amount).await {
            // Another node captured it first, or the response of an earlier capture was lost.
            Err(GatewayError::UnexpectedState) => {
                captured(retrieve_payment(app, account, id).await?, amount)
            }
            other => Ok(other?),
        },
        _ => captured(intent, amount),
    }
}

/// The payment, if it was captured before with this amount.
fn captured(intent: PaymentIntent, amount: MinorUnits) -> Result<PaymentIntent, ApiError> {
    match intent.status {
        IntentStatus::Succeeded if intent.amount_received == amount.get() => Ok(intent),
        IntentStatus::Succeeded => Err(ApiError::Conflict(
            "This payment was captured already, with another amount.",
        )),
        IntentStatus::Canceled => Err(ApiError::Conflict(
            "This payment was canceled. Please start a new one.",
        )),
        _ => Err(ApiError::Conflict(
            "This payment isn’t authorized yet. Please finish at the reader first.",
        )),
    }
}

/// Cancels a payment at a terminal that was not captured; its authorization is released. A repeat gets the same
/// response.
///
/// # Errors
/// [`ApiError::NotFound`] if it is not a payment of this account; [`ApiError::Conflict`] if it was captured.
pub async fn cancel_payment(
    app: &App,
    account: &Account,
    id: &str,
) -> Result<PaymentIntent, ApiError> {
    let payment = find(app, account, id).await?;
    let _lock = app.owner_locks.lock_for_request(payment.owner_id).await?;
    let intent = retrieve_payment(app, account, id).await?;
    let intent = match intent.status {
        IntentStatus::Canceled | IntentStatus::Succeeded => intent,
        _ => match app.gateway.for_account(account).cancel_payment(id).await {
            // Another node captured or canceled it first.
            Err(GatewayError::UnexpectedState) => retrieve_payment(app, account, id).await?,
            other => other?,
        },
    };
    match intent.status {
        IntentStatus::Canceled => Ok(intent),
        _ => Err(ApiError::Conflict(
            "This payment was captured already and can’t be canceled.",
        )),
    }
}

async fn find(app: &App, account: &Account, id: &str) -> Result<Payment, ApiError> {
    let found = payments::find(app.store.pool(), account.id, id).await?;
    found.ok_or(NOT_FOUND)
}

/// Reads a payment from the gateway, whoever its owner is.
pub(super) async fn retrieve_payment(
    app: &App,
    account: &Account,
    id: &str,
) -> Result<PaymentIntent, ApiError> {
    match app.gateway.for_account(account).payment(id).await {
        Err(GatewayError::NotFound) => Err(NOT_FOUND),
        other => Ok(other?),
    }
}
