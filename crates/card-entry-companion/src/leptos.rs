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
