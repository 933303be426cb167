//! Starts the booking page in the browser; elsewhere there is nothing to start.

fn main() {
    #[cfg(target_arch = "wasm32")]
    booking_page::view::start();
}
