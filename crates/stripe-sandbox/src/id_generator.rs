//! Generates ids and secrets in Stripe's format. Used wherever an object is created.
//!
//! The same seed gives the same ids in the same order. Without a seed, every start generates other ids, so that an id
//! in a database of an earlier run never names a new object. The ids are predictable: they must never protect real
//! data.

use sha2::{Digest as _, Sha256};

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Generates the ids of one account.
#[derive(Clone, Debug)]
pub struct IdGenerator {
    seed: u64,
    account: String,
    generated: u64,
}

impl IdGenerator {
    /// A generator for `account`, at the first id of `seed`.
    #[must_use]
    pub fn new(seed: u64, account: &str) -> Self {
        Self {
            seed,
            account: account.to_owned(),
            generated: 0,
        }
    }

    /// An id: `<prefix>_` and 24 characters.
    pub fn id(&mut self, prefix: &str) -> String {
        format!("{prefix}_{}", self.alphanumeric(24))
    }

    /// The client secret of the intent `id`.
    pub fn client_secret(&mut self, id: &str) -> String {
        format!("{id}_secret_{}", self.alphanumeric(24))
    }

    /// `length` ASCII letters and digits, at most 32.
    pub fn alphanumeric(&mut self, length: usize) -> String {
        self.generated = self.generated.wrapping_add(1);
        encode_hash(
            &format!("{}/{}/{}", self.seed, self.account, self.generated),
            length,
        )
    }

    /// The fingerprint of a card number: always the same in one account, and different in two accounts.
    #[must_use]
    pub fn fingerprint(&self, number: &str) -> String {
        encode_hash(&format!("fingerprint/{}/{number}", self.account), 16)
    }
}

fn encode_hash(from: &str, length: usize) -> String {
    Sha256::digest(from.as_bytes())
        .iter()
        .take(length)
        .filter_map(|byte| ALPHABET.get(usize::from(*byte) % ALPHABET.len()))
        .map(|letter| char::from(*letter))
        .collect()
}
