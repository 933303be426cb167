//! `wallet-server doctor --reconcile`: compares every wallet with the gateway. After a restore from a backup, cards that
//! were saved later are at the gateway and in no wallet, and the numbers of later people would be used again.
//!
//! Called by the command, after the other checks. Without `--repair` it changes nothing. It must never detach a card that
//! a wallet shows.

use std::collections::HashSet;

use wallet_store::outbox::{self, OutboxAction};
use wallet_store::owners::{self, Owner, OwnerId};
use wallet_store::{Store, StoreError, cards, owner_numbers};

use super::Reconcile;
use super::differences::Differences;
use super::report::DoctorReport;
use crate::config::{Account, Provider, ServerConfig};
use crate::gateway::{AccountGateway, Gateway, GatewayError};

/// How many owners are read from the database at a time.
const OWNERS_PER_PAGE: u32 = 100;

/// Why the comparison of an account ended early.
#[derive(Debug, thiserror::Error)]
enum ReconcileError {
    #[error("{0}")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Gateway(#[from] GatewayError),
}

/// Compares the wallets of all accounts with the gateway, and adds a line for each account.
pub(super) async fn check(config: &ServerConfig, mode: Reconcile, report: &mut DoctorReport) {
    let opened = match Store::open(&config.database).await {
        Ok(store) => store,
        Err(error) => {
            let advice = "correct the database first";
            report.problem("reconcile", error.to_string(), advice);
            return;
        }
    };
    match Gateway::new(
        &config.gateway_url,
        config.gateway_timeout,
        opened.instance(),
    ) {
        Ok(gateway) => check_accounts(config, &gateway, &opened, mode, report).await,
        Err(error) => report.problem("reconcile", error.to_string(), "check the certificates"),
    }
    opened.close().await;
}

async fn check_accounts(
    config: &ServerConfig,
    gateway: &Gateway,
    store: &Store,
    mode: Reconcile,
    report: &mut DoctorReport,
) {
    for account in config.accounts.iter() {
        let name = format!("account {} reconcile", account.id);
        if let Provider::Braintree { .. } = account.provider {
            report.warning(name, "Braintree's vault is not compared", "");
            continue;
        }
        let compared = compare(&gateway.for_account(&account), &account, store).await;
        let repaired = match compared {
            Ok(found) if mode == Reconcile::Repair => repair(&account, store, found).await,
            other => other,
        };
        match repaired {
            Ok(found) => found.report(&name, mode, report),
            Err(error) => {
                let advice = "run it again when gateway and database respond";
                report.problem(name, format!("not compared to the end: {error}"), advice);
            }
        }
    }
}

/// Compares the account's wallets with the gateway.
async fn compare(
    gateway: &AccountGateway<'_>,
    account: &Account,
    store: &Store,
) -> Result<Differences, ReconcileError> {
    let mut found = Differences::default();
    let mut after = OwnerId(0);
    loop {
        let page = owners::with_customer(store.pool(), account.id, after, OWNERS_PER_PAGE).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = last.id;
        for owner in &page {
            compare_owner(gateway, owner, store, &mut found).await?;
        }
    }
    let mut customers = None;
    loop {
        let page = gateway.customers_after(customers.as_deref()).await?;
        let Some(last) = page.last() else {
            break;
        };
        customers = Some(last.id.clone());
        for customer in page {
            let Some(number) = customer.owner_in(store.instance()) else {
                continue;
            };
            found.highest_number = found.highest_number.max(number);
            let known = owners::find_by_customer(store.pool(), account.id, &customer.id).await?;
            if known.is_none() {
                found.unknown_customers.push(customer.id);
            }
        }
    }
    found.highest_stored = owner_numbers::highest(store.pool()).await?;
    Ok(found)
}

async fn compare_owner(
    gateway: &AccountGateway<'_>,
    owner: &Owner,
    store: &Store,
    found: &mut Differences,
) -> Result<(), ReconcileError> {
    let Some(customer) = owner.customer_id.as_deref() else {
        return Ok(());
    };
    let at_gateway = match gateway.cards_of(customer).await {
        Ok(cards) => cards,
        Err(GatewayError::NotFound | GatewayError::CustomerNotFound) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    // Read after the gateway, so that a card that is saved meanwhile is in both.
    let wallet = cards::of_owner(store.pool(), owner.id).await?;
    let in_wallet: HashSet<_> = wallet
        .iter()
        .map(|card| card.payment_method.as_str())
        .collect();
    for card in &at_gateway {
        let id = card.id.as_str();
        if in_wallet.contains(id) {
            found.equal += 1;
        } else if is_waiting(store, id).await? {
            found.waiting += 1;
        } else {
            found.in_no_wallet.push(id.to_owned());
        }
    }
    let at_gateway: HashSet<_> = at_gateway.iter().map(|card| card.id.as_str()).collect();
    let lost = in_wallet.into_iter().filter(|id| !at_gateway.contains(id));
    found.lost.extend(lost.map(str::to_owned));
    Ok(())
}

/// Whether the outbox will detach the card anyway.
async fn is_waiting(store: &Store, payment_method: &str) -> Result<bool, StoreError> {
    Ok(
        outbox::contains(store.pool(), OutboxAction::Detach, payment_method).await?
            || outbox::contains(store.pool(), OutboxAction::Release, payment_method).await?,
    )
}

/// Reserves the numbers that were used, and lets the running server release the cards of no wallet.
async fn repair(
    account: &Account,
    store: &Store,
    found: Differences,
) -> Result<Differences, ReconcileError> {
    if found.highest_number > found.highest_stored {
        owner_numbers::reserve_through(store, found.highest_number).await?;
    }
    for id in &found.in_no_wallet {
        outbox::insert(store.pool(), account.id, OutboxAction::Release, id).await?;
    }
    Ok(found)
}
