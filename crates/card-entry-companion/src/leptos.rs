//! The companion for Leptos pages: [`CardEntryFrame`] is the form alone, [`Wallet`] the cards with it,
//! `Checkout` (feature `bokamera`) a payment, `CardPresent` (feature `quilt`) a card at a reader.
//!
//! Both draw what the pure modules decide. Feature `leptos`. Link `style/wallet.css`, or write your own for the `ce-`
//! classes. Never put either inside a `<dialog>` opened with `showModal()`: the bank's window would open beneath it.

#[cfg(feature = "bokamera")]
mod checkout;
mod desk;
mod form;
mod mark;
mod panel;
#[cfg(feature = "quilt")]
mod present;
mod row;
mod wallet;

#[cfg(feature = "bokamera")]
pub use checkout::{Checkout, CheckoutProps};
pub use form::{CardEntryFrame, CardEntryFrameProps};
#[cfg(feature = "quilt")]
pub use present::{CardPresent, CardPresentProps};
pub use wallet::{Wallet, WalletProps};

use leptos::prelude::{Callable, Callback};

/// Tells the page. Nothing when the page took its callback away, or when it gave none. Whoever calls this reads no signal
/// afterwards without `try_`: the page may have taken the component away meanwhile.
fn tell<T: 'static>(callback: Option<Callback<T>>, what: T) {
    if let Some(callback) = callback {
        callback.try_run(what);
    }
}
