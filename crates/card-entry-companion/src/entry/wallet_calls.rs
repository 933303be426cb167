//! The three calls to the wallet: create an intent, save a card, check whether a card was saved.
//!
//! Spawned by [`super`]. Each holds the form weakly: it must never report to a form that was dropped.

use std::rc::Weak;

use card_entry_protocol::message::Attempt;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Math};

use super::MountedEntry;
use crate::retry::{
    CHECK_ATTEMPTS, CHECK_INTERVAL_MS, CHECK_TIMEOUT_MS, MAX_RATE_LIMIT_WAITS,
    MAX_RETRY_AFTER_SECONDS, REQUEST_ATTEMPTS, SAVE_RETRY_TIMEOUT_MS, retry_delay_ms,
};
use crate::wallet::{SaveRequest, SavedWallet, WalletError};

/// Creates an intent. Repeats the call after an indeterminate answer: an unused intent costs nothing.
pub(super) async fn create_intent(entry: Weak<MountedEntry>, attempt: Attempt) {
    let Some(api) = entry.upgrade().map(|inner| inner.api.clone()) else {
        return;
    };
    let mut attempts_made = 1;
    let answer = loop {
        match api.create_setup_intent().await {
            Err(error @ (WalletError::Indeterminate | WalletError::RetryAfter(_)))
                if attempts_made < REQUEST_ATTEMPTS =>
            {
                TimeoutFuture::new(retry_delay_ms(&error, attempts_made, Math::random())).await;
                attempts_made += 1;
            }
            answer => break answer,
        }
    };
    if let Some(inner) = entry.upgrade() {
        let commands = inner.attempts.borrow_mut().on_intent(attempt, answer);
        inner.run_commands(commands);
    }
}

/// Saves the card, with the same idempotency key for every try.
pub(super) async fn save(entry: Weak<MountedEntry>, request: SaveRequest) {
    let Some(api) = entry.upgrade().map(|inner| inner.api.clone()) else {
        return;
    };
    let (mut attempts_made, mut rate_limit_waits, started) = (1, 0, Date::now());
    let answer = loop {
        match api.save(&request).await {
            Err(error @ (WalletError::Indeterminate | WalletError::RetryAfter(_)))
                if attempts_made < REQUEST_ATTEMPTS
                    && Date::now() - started < SAVE_RETRY_TIMEOUT_MS =>
            {
                TimeoutFuture::new(retry_delay_ms(&error, attempts_made, Math::random())).await;
                attempts_made += 1;
            }
            Err(WalletError::RateLimited(seconds))
                if rate_limit_waits < MAX_RATE_LIMIT_WAITS
                    && seconds <= MAX_RETRY_AFTER_SECONDS =>
            {
                rate_limit_waits += 1;
                let Some(inner) = entry.upgrade() else {
                    return;
                };
                let commands = inner.attempts.borrow().on_rate_limit(&request.id, seconds);
                inner.run_commands(commands);
                drop(inner);
                TimeoutFuture::new(seconds.saturating_mul(1000)).await;
            }
            answer => break answer,
        }
    };
    if let Some(inner) = entry.upgrade() {
        let commands = inner
            .attempts
            .borrow_mut()
            .on_save_result(&request.id, answer);
        inner.run_commands(commands);
    }
}

/// Reads the wallet until it has the card, [`CHECK_ATTEMPTS`] times at most.
pub(super) async fn check(entry: Weak<MountedEntry>, request: SaveRequest) {
    let Some(api) = entry.upgrade().map(|inner| inner.api.clone()) else {
        return;
    };
    let started = Date::now();
    let mut found = None;
    for _ in 0..CHECK_ATTEMPTS {
        TimeoutFuture::new(CHECK_INTERVAL_MS).await;
        if let Ok(cards) = api.list().await
            && api.is_saved(&cards, &request)
        {
            let already_saved = false;
            found = Some(SavedWallet {
                cards,
                already_saved,
            });
            break;
        }
        if Date::now() - started > CHECK_TIMEOUT_MS {
            break;
        }
    }
    if let Some(inner) = entry.upgrade() {
        let commands = inner
            .attempts
            .borrow_mut()
            .on_check_result(&request.id, found);
        inner.run_commands(commands);
    }
}
