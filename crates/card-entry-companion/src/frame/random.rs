//! Channels and keys, from the browser's own source of randomness.
//!
//! Called by [`super::Frame`] and [`crate::entry`]. It must never make one up where the browser has no such source.

use card_entry_protocol::channel::Channel;

/// 128 bits from the browser's own source of randomness.
pub(super) fn fresh_channel(window: &web_sys::Window) -> Option<Channel> {
    random_bytes(window).map(Channel::from_random)
}

/// 16 random bytes; `None` where the browser has no source of them, and then nothing is mounted.
pub(crate) fn random_bytes(window: &web_sys::Window) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    let crypto = window.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
