//! Boots the frame: parse the address, mount over the static shell.

/// A third of the size of the standard allocator for Wasm; the form makes few and small allocations.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Runs in the browser only; natively there is nothing to boot.
fn main() {
    #[cfg(target_arch = "wasm32")]
    card_entry::boot();
}
