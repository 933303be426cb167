//! The booking site.
fn main() {}
