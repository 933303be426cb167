//! The components for Leptos pages: [`Wallet`] (the cards and the form), [`CardEntryFrame`] (the form alone),
//! `Checkout`
//! (feature `bokamera`, a payment) and `CardPresent` (feature `quilt`, a card at a reader).
//!
//! Feature `leptos`. They draw what the pure modules decide. Link `style/wallet.css`, or write rules of your own for
//! the
//! `ce-` classes. Never put a component inside a `<dialog>` that was opened with `showModal()`: the window of the bank
//! would open below it.

mod brand_mark;
mod card_list;
#[cfg(feature = "quilt")]
mod card_present;
#[cfg(feature = "bokamera")]
mod checkout;
mod controller;
mod form;
mod panel;
mod row;
mod row_message;
mod wallet;

#[cfg(feature = "quilt")]
pub use card_present::{CardPresent, CardPresentProps};
#[cfg(feature = "bokamera")]
pub use checkout::{Checkout, CheckoutProps};
pub use form::{CardEntryFrame, CardEntryFrameProps};
pub use wallet::{Wallet, WalletProps};

use leptos::prelude::{Callable, Callback};

/// Calls a callback of the page. Does nothing if the page gave none or has disposed of it. The page may remove the
/// component in its callback, so a caller must afterwards read signals with `try_` only.
fn notify<T: 'static>(callback: Option<Callback<T>>, value: T) {
    if let Some(callback) = callback {
        callback.try_run(value);
    }
}
