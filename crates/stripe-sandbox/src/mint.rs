//! Ids and secrets that look like Stripe's. Used wherever an object is made.
//!
//! The same seed gives the same ids in the same order. Without one, every start has its own ids, so
//! that a database kept from an earlier run never meets an old id on a new card. Nothing here is fit
//! for guarding anything but test data.

use sha2::{Digest as _, Sha256};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Makes ids for one account.
#[derive(Clone, Debug)]
pub struct Mint {
    seed: u64,
    account: String,
    made: u64,
}

impl Mint {
    /// A mint for `account` that starts at the beginning of `seed`.
    #[must_use]
    pub fn new(seed: u64, account: &str) -> Self {
        Self {
            seed,
            account: account.to_owned(),
            made: 0,
        }
    }

    /// `<prefix>_` and 24 letters or digits.
    pub fn id(&mut self, prefix: &str) -> String {
        format!("{prefix}_{}", self.letters(24))
    }

    /// The client secret of the intent `id`.
    pub fn client_secret(&mut self, id: &str) -> String {
        format!("{id}_secret_{}", self.letters(24))
    }

    /// The next `length` letters or digits, at most 32.
    pub fn letters(&mut self, length: usize) -> String {
        self.made = self.made.wrapping_add(1);
        spell(
            &format!("{}/{}/{}", self.seed, self.account, self.made),
            length,
        )
    }

    /// The fingerprint of a card number: the same in one account, another in the next, for ever.
    #[must_use]
    pub fn fingerprint(&self, number: &str) -> String {
        spell(&format!("fingerprint/{}/{number}", self.account), 16)
    }
}

fn spell(from: &str, length: usize) -> String {
    Sha256::digest(from.as_bytes())
        .iter()
        .take(length)
        .filter_map(|byte| ALPHABET.get(usize::from(*byte) % ALPHABET.len()))
        .map(|letter| char::from(*letter))
        .collect()
}
