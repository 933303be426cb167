//! Starts the page in the browser. On other targets it does nothing.

fn main() {
    #[cfg(target_arch = "wasm32")]
    booking_page::view::start();
}
