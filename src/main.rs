//! Starts the frame in the browser.

/// One third of the size of the standard allocator for Wasm. The form makes few and small allocations.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Does nothing in a native build: the frame exists in the browser only.
fn main() {
    #[cfg(target_arch = "wasm32")]
    card_entry::boot();
}
