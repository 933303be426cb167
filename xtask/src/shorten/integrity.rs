//! Subresource integrity: the hash in a page that a file must match (<https://www.w3.org/TR/sri/#integrity-metadata>).
//! Called by `shorten`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

/// The value of the attribute `integrity` for a file.
pub fn sha384_metadata(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_equals_the_example_of_the_standard() {
        // The example of the standard's section 3.2.
        assert_eq!(
            super::sha384_metadata(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }
}
