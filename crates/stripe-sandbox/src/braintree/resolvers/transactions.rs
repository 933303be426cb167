//! Transactions: authorize, charge, capture, reverse. A decline is a transaction with that status, not a GraphQL error.

use super::verify::SourceCard;
use super::{ResolverContext, ResolverResult, not_found, object, text};
use crate::braintree::global_id::LegacyIdType;
use crate::braintree::graphql::GraphError;
use crate::braintree::graphql::project::reference;
use crate::braintree::merchant::timestamp;
use crate::braintree::processing::ProcessingResult;
use crate::braintree::request_key::RequestKeys;
use crate::braintree::transaction::{Transaction, TransactionStatus};
use crate::object::now;
use serde_json::{Map, Value, json};

const AMOUNT: &[&str] = &["input", "transaction", "amount"];
/// Members of the input that the transaction shows again as they were sent.
const ECHOED: &[&str] = &["orderId", "purchaseOrderNumber", "channel"];

/// Whether the transaction is also submitted for settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    Authorize,
    Charge,
}

/// `authorizePaymentMethod`, `authorizeCreditCard`, `chargePaymentMethod`, `chargeCreditCard`.
///
/// # Errors
/// Invalid input, an unknown payment method, or a request key that was used with other input.
pub fn create(
    context: &mut ResolverContext<'_>,
    input: &Map<String, Value>,
    intent: Intent,
) -> ResolverResult {
    let key = text(input, "apiRequestKey");
    let sent = RequestKeys::comparable_input(
        match intent {
            Intent::Authorize => "authorize",
            Intent::Charge => "charge",
        },
        input,
    );
    if let Some(key) = key
        && let Some(earlier) = context.merchant.request_keys.find(key, &sent, now())?
    {
        return Ok(
            json!({ "transaction": reference(&LegacyIdType::Transaction.global(&earlier)) }),
        );
    }
    let order = object(input, "transaction");
    let (amount, cents) = read_amount(text(&order, "amount").unwrap_or_default(), AMOUNT)?;
    let source = SourceCard::any(context, text(input, "paymentMethodId").unwrap_or_default())?;
    let mut card = source.card.clone();
    card.check_date(&["input", "paymentMethodId"])?;
    let billing = object(&object(input, "options"), "billingAddress");
    if !billing.is_empty() {
        card.billing = billing;
    }
    let customer = match text(&order, "customerId") {
        None => source.customer.clone(),
        Some(id) => match context.merchant.customer(id) {
            Some(customer) => Some(customer.id.clone()),
            None => {
                let path = &["input", "transaction", "customerId"];
                return Err(GraphError::invalid(
                    "91510",
                    "Customer ID is invalid.",
                    path,
                ));
            }
        },
    };
    source.consume(context);
    let result = ProcessingResult::of_transaction(&card, cents);
    let mut history = vec![(TransactionStatus::after(&result), timestamp())];
    if intent == Intent::Charge && result == ProcessingResult::Approved {
        history.push((TransactionStatus::SubmittedForSettlement, timestamp()));
    }
    let merchant = &mut *context.merchant;
    let id = merchant.new_id();
    let account = text(&order, "merchantAccountId")
        .unwrap_or(&merchant.id)
        .to_owned();
    let transaction = Transaction {
        id: id.clone(),
        merchant: merchant.id.clone(),
        merchant_account: account,
        amount,
        result,
        card,
        method: source.method,
        customer,
        echoed: order
            .into_iter()
            .filter(|(name, _)| ECHOED.contains(&name.as_str()))
            .collect(),
        history,
    };
    merchant.transactions.put(&id, transaction);
    if let Some(key) = key {
        merchant.request_keys.record(key, sent, &id, now());
    }
    Ok(json!({ "transaction": reference(&LegacyIdType::Transaction.global(&id)) }))
}

/// `captureTransaction`, of the whole authorized amount or a part of it.
///
/// # Errors
/// When the transaction is not authorized, or the amount is larger than the authorized one.
pub fn capture(context: &mut ResolverContext<'_>, input: &Map<String, Value>) -> ResolverResult {
    let options = object(input, "transaction");
    let captured = match text(&options, "amount").or(text(input, "amount")) {
        Some(amount) => Some(read_amount(amount, AMOUNT)?),
        None => None,
    };
    let (id, transaction) = find(context, input)?;
    if transaction.status() != Some(TransactionStatus::Authorized) {
        let message = "Cannot submit for settlement unless status is authorized.";
        return Err(GraphError::invalid(
            "91507",
            message,
            &["input", "transactionId"],
        ));
    }
    if let Some((amount, cents)) = captured {
        let (_, authorized) = read_amount(&transaction.amount, AMOUNT)?;
        if cents > authorized {
            let message = "Settlement amount is too large.";
            return Err(GraphError::invalid("91522", message, AMOUNT));
        }
        transaction.amount = amount;
    }
    transaction
        .history
        .push((TransactionStatus::SubmittedForSettlement, timestamp()));
    Ok(json!({ "transaction": reference(&id) }))
}

/// `reverseTransaction`. The sandbox settles nothing, so a reversal is always a void.
///
/// # Errors
/// When the transaction is neither authorized nor submitted for settlement, or a request key was used with other input.
pub fn reverse(context: &mut ResolverContext<'_>, input: &Map<String, Value>) -> ResolverResult {
    let key = text(input, "apiRequestKey");
    let sent = RequestKeys::comparable_input("reverse", input);
    if let Some(key) = key
        && let Some(earlier) = context.merchant.request_keys.find(key, &sent, now())?
    {
        return Ok(json!({ "reversal": reference(&LegacyIdType::Transaction.global(&earlier)) }));
    }
    let (id, transaction) = find(context, input)?;
    let legacy = transaction.id.clone();
    match transaction.status() {
        Some(TransactionStatus::Authorized | TransactionStatus::SubmittedForSettlement) => {
            transaction
                .history
                .push((TransactionStatus::Voided, timestamp()));
            if let Some(key) = key {
                let keys = &mut context.merchant.request_keys;
                keys.record(key, sent, &legacy, now());
            }
            Ok(json!({ "reversal": reference(&id) }))
        }
        _ => {
            let message = "Transaction can only be voided if status is authorized or submitted_for_settlement.";
            Err(GraphError::invalid(
                "91504",
                message,
                &["input", "transactionId"],
            ))
        }
    }
}

fn find<'d>(
    context: &'d mut ResolverContext<'_>,
    input: &Map<String, Value>,
) -> Result<(String, &'d mut Transaction), GraphError> {
    let id = text(input, "transactionId").unwrap_or_default();
    LegacyIdType::Transaction
        .legacy(id)
        .and_then(|legacy| context.merchant.transactions.get_mut(&legacy))
        .map(|transaction| (id.to_owned(), transaction))
        .ok_or_else(|| not_found(&["input", "transactionId"]))
}

/// Parses an amount with at most two decimals: the text as Braintree shows it, and the value in cents.
fn read_amount(text: &str, path: &[&'static str]) -> Result<(String, u64), GraphError> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let well_formed = !whole.is_empty()
        && whole.len() <= 10
        && decimals.len() <= 2
        && digits(whole)
        && digits(decimals);
    let cents = format!("{whole}{decimals:0<2}")
        .parse::<u64>()
        .ok()
        .filter(|_| well_formed);
    match cents {
        None => Err(GraphError::invalid(
            "81503",
            "Amount is an invalid format.",
            path,
        )),
        Some(0) => Err(GraphError::invalid(
            "81531",
            "Amount must be greater than zero.",
            path,
        )),
        Some(cents) => Ok((format!("{}.{:02}", cents / 100, cents % 100), cents)),
    }
}
