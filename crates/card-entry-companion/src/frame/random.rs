//! Random channels and keys, from the secure randomness of the browser.
//!
//! Called by [`super::Frame`] and [`crate::entry`]. It must never use another source of randomness.

use card_entry_protocol::channel::Channel;

/// A new channel of 128 random bits.
pub(super) fn new_channel(window: &web_sys::Window) -> Option<Channel> {
    random_bytes(window).map(Channel::from_random)
}

/// 16 random bytes. `None` in a browser without secure randomness; nothing is mounted then.
pub(crate) fn random_bytes(window: &web_sys::Window) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    let crypto = window.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
