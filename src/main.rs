//! Boots the frame: parse the address, mount over the static shell.

/// Runs in the browser only; natively there is nothing to boot.
fn main() {
    #[cfg(target_arch = "wasm32")]
    card_entry::boot();
}
