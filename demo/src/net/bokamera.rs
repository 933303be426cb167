//! What the salon's page asks its site for, and what it remembers on the way to the payment page and back.

use gloo_net::http::Method;
use web_sys::Storage;

use super::{Ask, NoAnswer, read};
use crate::bokamera::{Addresses, Booking};

const KEY: &str = "salon.booking";

/// Where Stripe's script and pages are.
pub async fn addresses() -> Result<Addresses, NoAnswer> {
    let response = Ask::new(Method::GET, "/api/bokamera", None).send().await?;
    if !response.ok() {
        return Err(NoAnswer);
    }
    read(response).await
}

/// None where storage is denied; a visitor who comes back then begins anew.
fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Keeps the booking for this tab.
pub fn keep(booking: &Booking) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(KEY, &booking.write());
    }
}

pub fn recall() -> Option<Booking> {
    Booking::read(&storage()?.get_item(KEY).ok()??)
}

/// Forgets it: it is paid.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}

/// A booking with a name of its own.
pub fn fresh() -> Booking {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    Booking::new(crypto.map_or_else(String::new, |crypto| crypto.random_uuid()))
}
