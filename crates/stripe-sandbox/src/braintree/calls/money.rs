//! Money: authorize, charge, capture, reverse. A refusal by the bank is an answer, not an error.

use super::verify::Source;
use super::{Desk, Outcome, missing, part, text};
use crate::braintree::graphql::GraphError;
use crate::braintree::graphql::project::reference;
use crate::braintree::merchant::timestamp;
use crate::braintree::object::Kind;
use crate::braintree::outcome::Answer;
use crate::braintree::request_key::RequestKeys;
use crate::braintree::transaction::{Status, Transaction};
use crate::object::now;
use serde_json::{Map, Value, json};

const AMOUNT: &[&str] = &["input", "transaction", "amount"];
const TEXTS: &[&str] = &["orderId", "purchaseOrderNumber", "channel"];

/// `authorize…` and, with `capture`, `charge…`.
pub fn transact(desk: &mut Desk<'_>, input: &Map<String, Value>, capture: bool) -> Outcome {
    let key = text(input, "apiRequestKey");
    let sent = RequestKeys::input(if capture { "charge" } else { "authorize" }, input);
    if let Some(key) = key
        && let Some(made) = desk.merchant.request_keys.made(key, &sent, now())?
    {
        return Ok(json!({ "transaction": reference(&Kind::Transaction.global(&made)) }));
    }
    let asked = part(input, "transaction");
    let (amount, cents) = read_amount(text(&asked, "amount").unwrap_or_default(), AMOUNT)?;
    let source = Source::any(desk, text(input, "paymentMethodId").unwrap_or_default())?;
    let mut card = source.card.clone();
    card.check_date(&["input", "paymentMethodId"])?;
    let billing = part(&part(input, "options"), "billingAddress");
    if !billing.is_empty() {
        card.billing = billing;
    }
    let customer = match text(&asked, "customerId") {
        None => source.customer.clone(),
        Some(id) => match desk.merchant.customer(id) {
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
    source.consume(desk);
    let answer = Answer::to_transaction(&card, cents);
    let mut history = vec![(Status::after(&answer), timestamp())];
    if capture && answer == Answer::Approved {
        history.push((Status::SubmittedForSettlement, timestamp()));
    }
    let merchant = &mut *desk.merchant;
    let id = merchant.id();
    let account = text(&asked, "merchantAccountId")
        .unwrap_or(&merchant.id)
        .to_owned();
    let made = Transaction {
        id: id.clone(),
        merchant: merchant.id.clone(),
        merchant_account: account,
        amount,
        answer,
        card,
        method: source.method,
        customer,
        texts: asked
            .into_iter()
            .filter(|(name, _)| TEXTS.contains(&name.as_str()))
            .collect(),
        history,
    };
    merchant.transactions.put(&id, made);
    if let Some(key) = key {
        merchant.request_keys.keep(key, sent, &id, now());
    }
    Ok(json!({ "transaction": reference(&Kind::Transaction.global(&id)) }))
}

/// `captureTransaction`, of the whole or of a part.
pub fn capture(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let options = part(input, "transaction");
    let asked = match text(&options, "amount").or(text(input, "amount")) {
        Some(amount) => Some(read_amount(amount, AMOUNT)?),
        None => None,
    };
    let (id, transaction) = find(desk, input)?;
    if transaction.status() != Some(Status::Authorized) {
        let words = "Cannot submit for settlement unless status is authorized.";
        return Err(GraphError::invalid(
            "91507",
            words,
            &["input", "transactionId"],
        ));
    }
    if let Some((amount, cents)) = asked {
        let (_, held) = read_amount(&transaction.amount, AMOUNT)?;
        if cents > held {
            let words = "Settlement amount is too large.";
            return Err(GraphError::invalid("91522", words, AMOUNT));
        }
        transaction.amount = amount;
    }
    transaction
        .history
        .push((Status::SubmittedForSettlement, timestamp()));
    Ok(json!({ "transaction": reference(&id) }))
}

/// `reverseTransaction`: nothing is settled here, so it is always a void.
pub fn reverse(desk: &mut Desk<'_>, input: &Map<String, Value>) -> Outcome {
    let (id, transaction) = find(desk, input)?;
    match transaction.status() {
        Some(Status::Authorized | Status::SubmittedForSettlement) => {
            transaction.history.push((Status::Voided, timestamp()));
            Ok(json!({ "reversal": reference(&id) }))
        }
        _ => {
            let words = "Transaction can only be voided if status is authorized or submitted_for_settlement.";
            Err(GraphError::invalid(
                "91504",
                words,
                &["input", "transactionId"],
            ))
        }
    }
}

fn find<'d>(
    desk: &'d mut Desk<'_>,
    input: &Map<String, Value>,
) -> Result<(String, &'d mut Transaction), GraphError> {
    let id = text(input, "transactionId").unwrap_or_default();
    Kind::Transaction
        .legacy(id)
        .and_then(|legacy| desk.merchant.transactions.get_mut(&legacy))
        .map(|transaction| (id.to_owned(), transaction))
        .ok_or_else(|| missing(&["input", "transactionId"]))
}

/// An amount with at most two decimals: as it is shown, and in cents.
fn read_amount(text: &str, path: &[&'static str]) -> Result<(String, u64), GraphError> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let known =
        !whole.is_empty() && whole.len() <= 10 && part.len() <= 2 && digits(whole) && digits(part);
    let cents = format!("{whole}{part:0<2}")
        .parse::<u64>()
        .ok()
        .filter(|_| known);
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
