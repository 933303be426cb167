//! What a write transaction locks, where several may run at once. With SQLite there is one writer, and the keys mean
//! nothing.
//!
//! Passed to [`crate::Store::write_for`]. A transaction must lock everything that it reads and then relies on: two
//! transactions without a common key run at the same time.

use wallet_core::ids::OwnerId;
use wallet_core::secret::Fingerprint;

/// Something that one write transaction at a time works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockKey {
    /// The wallet of an owner.
    Owner(OwnerId),
    /// The attempts from a client network.
    Network(Fingerprint),
}

impl LockKey {
    /// The number of the advisory lock. Owners have even numbers and networks odd ones. Two networks with the same number
    /// wait for each other and do no harm.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Owner(owner) => owner.0.wrapping_mul(2),
            Self::Network(network) => {
                let bytes = network.as_bytes().iter().take(8);
                bytes.fold(0, |number, byte| (number << 8) | i64::from(*byte)) | 1
            }
        }
    }
}

/// The numbers in the order in which every transaction takes them, so that no two wait for each other in a circle.
pub(crate) fn lock_order(keys: &[LockKey]) -> Vec<i64> {
    let mut numbers: Vec<i64> = keys.iter().map(|key| key.number()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_in_one_order_and_kinds_never_collide() {
        let (owner, network) = (
            LockKey::Owner(OwnerId(7)),
            LockKey::Network(Fingerprint::of("192.0.2.1")),
        );
        assert_eq!(
            lock_order(&[owner, network]),
            lock_order(&[network, owner, network])
        );
        assert_eq!(owner.number(), 14);
        assert_eq!(network.number() & 1, 1);
        assert_ne!(
            network.number(),
            LockKey::Network(Fingerprint::of("192.0.2.2")).number()
        );
    }
}
