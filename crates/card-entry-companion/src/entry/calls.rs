//! The three conversations with a wallet: an intent, a save, a look whether the save happened.
//!
//! Spawned by [`super`]; each holds the entry weakly, so that one that was dropped is never told.

use std::rc::Weak;

use card_entry_protocol::message::Attempt;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Date, Math};

use super::Inner;
use crate::patience::{
    CHECK_EVERY, CHECK_PATIENCE, CHECKS, LONGEST_PAUSE, PATIENCE, PAUSES, TRIES, pause_after,
};
use crate::wallet::{Kept, SaveRequest, WalletError};

/// Asks for an intent; a second and third time when the answer was unclear, since one made and not used costs nothing.
pub(super) async fn begin(entry: Weak<Inner>, attempt: Attempt) {
    let Some(api) = entry.upgrade().map(|inner| inner.api.clone()) else {
        return;
    };
    let mut tries = 1;
    let answer = loop {
        match api.begin().await {
            Err(error @ (WalletError::Unclear | WalletError::Wait(_))) if tries < TRIES => {
                TimeoutFuture::new(pause_after(&error, tries, Math::random())).await;
                tries += 1;
            }
            answer => break answer,
        }
    };
    if let Some(inner) = entry.upgrade() {
        let steps = inner.attempts.borrow_mut().intent_answered(attempt, answer);
        inner.run(steps);
    }
}

/// Saves, with the same key for every try.
pub(super) async fn save(entry: Weak<Inner>, request: SaveRequest) {
    let Some(api) = entry.upgrade().map(|inner| inner.api.clone()) else {
        return;
    };
    let (mut tries, mut pauses, begun) = (1, 0, Date::now());
    let answer = loop {
        match api.save(&request).await {
            Err(error @ (WalletError::Unclear | WalletError::Wait(_)))
                if tries < TRIES && Date::now() - begun < PATIENCE =>
            {
                TimeoutFuture::new(pause_after(&error, tries, Math::random())).await;
                tries += 1;
            }
            Err(WalletError::TryLater(seconds)) if pauses < PAUSES && seconds <= LONGEST_PAUSE => {
                pauses += 1;
                let Some(inner) = entry.upgrade() else {
                    return;
                };
                let steps = inner.attempts.borrow().waiting(&request.id, seconds);
                inner.run(steps);
                drop(inner);
                TimeoutFuture::new(seconds.saturating_mul(1000)).await;
            }
            answer => break answer,
        }
    };
    if let Some(inner) = entry.upgrade() {
        let steps = inner
            .attempts
            .borrow_mut()
            .save_answered(&request.id, answer);
        inner.run(steps);
    }
}

/// Reads the wallet until the card is there, five times at most.
pub(super) async fn check(entry: Weak<Inner>, request: SaveRequest) {
    let Some(api) = entry.upgrade().map(|inner| inner.api.clone()) else {
        return;
    };
    let begun = Date::now();
    let mut found = None;
    for _ in 0..CHECKS {
        TimeoutFuture::new(CHECK_EVERY).await;
        if let Ok(cards) = api.list().await
            && api.holds(&cards, &request)
        {
            let again = false;
            found = Some(Kept { cards, again });
            break;
        }
        if Date::now() - begun > CHECK_PATIENCE {
            break;
        }
    }
    if let Some(inner) = entry.upgrade() {
        let steps = inner.attempts.borrow_mut().checked(&request.id, found);
        inner.run(steps);
    }
}
