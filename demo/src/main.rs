//! The booking page.
fn main() {}
