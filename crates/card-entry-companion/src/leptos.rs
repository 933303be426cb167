//! The companion for Leptos pages: [`CardEntryFrame`] is the form alone, [`Wallet`] the cards with it,
//! `Checkout` (feature `bokamera`) a payment, `CardPresent` (feature `quilt`) a card at a reader.
//!
//! Both draw what the pure modules decide. Feature `leptos`. Link `style/wallet.css`, or write your own for the `ce-`
//! classes. Never put either inside a `<dialog>` opened with `showModal()`: the bank's window would open beneath it.

mod brand_mark;
#[cfg(feature = "quilt")]
mod card_present;
#[cfg(feature = "bokamera")]
mod checkout;
mod controller;
mod form;
mod panel;
mod row;
mod wallet;

#[cfg(feature = "quilt")]
pub use card_present::{CardPresent, CardPresentProps};
#[cfg(feature = "bokamera")]
pub use checkout::{Checkout, CheckoutProps};
pub use form::{CardEntryFrame, CardEntryFrameProps};
pub use wallet::{Wallet, WalletProps};

use leptos::prelude::{Callable, Callback};

/// Tells the page. Nothing when the page took its callback away, or when it gave none. Whoever calls this reads no signal
/// afterwards without `try_`: the page may have taken the component away meanwhile.
fn notify<T: 'static>(callback: Option<Callback<T>>, what: T) {
    if let Some(callback) = callback {
        callback.try_run(what);
    }
}
