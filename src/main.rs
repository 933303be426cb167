//! The frame
fn main() {}
