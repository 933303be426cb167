//! The token across a reload.
//!
//! It is kept in memory, and in `sessionStorage` so that a reload, which a bank's challenge can force on a phone, does
//! not sign the visitor out. Not in `localStorage`: it would outlive the tab on a shared computer. Not in a cookie: the
//! wallet's API is on another origin and takes a header, so a cookie would add a second way in and protect nothing.
//! Whoever could read either could also act as the visitor directly, which is why the page runs no script but its own.

use web_sys::Storage;

use crate::session::Token;

const KEY: &str = "booking.token";

/// None where storage is denied; the visitor then signs in again after a reload.
fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Keeps the token for this tab.
pub fn keep(token: &Token) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, token.reveal());
    }
}

/// The token of before the reload.
pub fn recall() -> Option<Token> {
    Token::parse(&storage()?.get_item(KEY).ok()??)
}

pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}
