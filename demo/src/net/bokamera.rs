//! Calls of the salon's page, and its booking in the session storage while the visitor is on the payment page.

use gloo_net::http::Method;
use web_sys::Storage;

use super::{ApiRequest, NoResponse, read};
use crate::bokamera::{Addresses, Booking};

const STORAGE_KEY: &str = "salon.booking";

pub async fn addresses() -> Result<Addresses, NoResponse> {
    let response = ApiRequest::new(Method::GET, "/api/bokamera", None)
        .send()
        .await?;
    if !response.ok() {
        return Err(NoResponse);
    }
    read(response).await
}

/// `None` where storage is denied; a visitor who returns then starts over.
fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

pub fn save(booking: &Booking) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(STORAGE_KEY, &booking.serialize());
    }
}

pub fn load() -> Option<Booking> {
    Booking::parse(&storage()?.get_item(STORAGE_KEY).ok()??)
}

pub fn clear() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(STORAGE_KEY);
    }
}

/// An empty booking with a random reference.
pub fn new_booking() -> Booking {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    Booking::new(crypto.map_or_else(String::new, |crypto| crypto.random_uuid()))
}
