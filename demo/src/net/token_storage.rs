//! Keeps the token in `sessionStorage`, so that a reload, which a bank's challenge can force on a phone, does not sign the visitor
//! out.
//!
//! It must never be in `localStorage`, which outlives the tab on a shared computer. A cookie would not help: the wallet's API is on
//! another origin and takes a header. A script that can read the storage could also act as the visitor, which is why the page runs
//! no script but its own.

use web_sys::Storage;

use crate::session::SessionToken;

const STORAGE_KEY: &str = "booking.token";

/// `None` where storage is denied; the visitor then signs in again after a reload.
fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

pub fn save(token: &SessionToken) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(STORAGE_KEY, token.reveal());
    }
}

pub fn load() -> Option<SessionToken> {
    SessionToken::parse(&storage()?.get_item(STORAGE_KEY).ok()??)
}

pub fn clear() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(STORAGE_KEY);
    }
}
