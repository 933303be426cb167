//! Passwords: hashed with Argon2id, away from the threads that answer requests.
//!
//! Called by sign-up and sign-in. A wrong password and an unknown person cost the same time, so that timing tells
//! nobody who has an account.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::secret::Secret;
use crate::typed;

/// How many hashes may run at once: each takes 19 MiB (the crate's default, which is OWASP's first choice), and
/// hashing must not starve the machine when many people sign in together.
const AT_ONCE: usize = 4;

/// The longest password taken, in characters: a bound on work, far above what people type.
pub const LONGEST: usize = 256;

/// A password could not be hashed; says what failed, for the log.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct HashingFailed(String);

/// Whether a password is somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is not.
    Wrong,
    /// It is.
    Right,
    /// It is, and its hash was made before passwords had one form: it should be made again.
    Outdated,
}

/// Hashes and checks passwords.
#[derive(Debug)]
pub struct Passwords {
    running: Semaphore,
    /// The hash of nothing anybody knows, checked when there is no such person.
    nobody: String,
}

impl Passwords {
    /// Prepares the hash that stands in for unknown people.
    ///
    /// # Errors
    /// When the system has no randomness or Argon2 refuses its parameters.
    pub fn new() -> Result<Self, HashingFailed> {
        let unknown = crate::secret::draw().map_err(|e| HashingFailed(e.to_string()))?;
        Ok(Self {
            running: Semaphore::new(AT_ONCE),
            nobody: hash(&unknown)?,
        })
    }

    /// Hashes a password in its one form, as a PHC string.
    ///
    /// # Errors
    /// When hashing fails or the server is stopping.
    pub async fn hash(&self, password: Secret) -> Result<String, HashingFailed> {
        let _turn = self
            .running
            .acquire()
            .await
            .map_err(|e| HashingFailed(e.to_string()))?;
        spawn_blocking(move || hash(&Secret::new(typed::password(password.reveal()))))
            .await
            .map_err(|e| HashingFailed(e.to_string()))?
    }

    /// Whether the password is the stored one, in any form; with no stored hash it works as long, and says no.
    ///
    /// # Errors
    /// When the server is stopping.
    pub async fn verify(
        &self,
        password: Secret,
        stored: Option<String>,
    ) -> Result<Verdict, HashingFailed> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.clone());
        let _turn = self
            .running
            .acquire()
            .await
            .map_err(|e| HashingFailed(e.to_string()))?;
        let forms = typed::password_forms(&password);
        let found = spawn_blocking(move || forms.iter().position(|form| verify(form, &stored)))
            .await
            .map_err(|e| HashingFailed(e.to_string()))?;
        Ok(match found.filter(|_| known) {
            None => Verdict::Wrong,
            Some(0) => Verdict::Right,
            Some(_) => Verdict::Outdated,
        })
    }
}

fn hash(password: &Secret) -> Result<String, HashingFailed> {
    let mut salt = [0u8; 16];
    getrandom::fill(&mut salt).map_err(|e| HashingFailed(e.to_string()))?;
    let salt = SaltString::encode_b64(&salt).map_err(|e| HashingFailed(e.to_string()))?;
    Argon2::default()
        .hash_password(password.reveal().as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|e| HashingFailed(e.to_string()))
}

fn verify(password: &Secret, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.reveal().as_bytes(), &hash)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_a_known_person_passes() {
        let passwords = Passwords::new().unwrap();
        let word = |text: &str| Secret::new(text.to_owned());
        let stored = passwords.hash(word("123")).await.unwrap();
        assert!(stored.starts_with("$argon2id$"));
        for (typed, stored, verdict) in [
            ("123", Some(stored.clone()), Verdict::Right),
            ("124", Some(stored), Verdict::Wrong),
            ("123", None, Verdict::Wrong),
        ] {
            let said = passwords.verify(word(typed), stored).await.unwrap();
            assert_eq!(said, verdict, "{typed}");
        }
    }

    #[tokio::test]
    async fn a_password_is_the_same_in_every_form() {
        let passwords = Passwords::new().unwrap();
        let word = |text: &str| Secret::new(text.to_owned());
        let (composed, decomposed) = ("bl\u{e5}", "bla\u{30a}");
        let today = passwords.hash(word(decomposed)).await.unwrap();
        let before = hash(&word(decomposed)).unwrap();
        for (stored, verdict) in [(today, Verdict::Right), (before, Verdict::Outdated)] {
            for typed in [composed, decomposed] {
                let said = passwords.verify(word(typed), Some(stored.clone()));
                assert_eq!(said.await.unwrap(), verdict, "{typed}");
            }
            let said = passwords.verify(word("bla"), Some(stored)).await.unwrap();
            assert_eq!(said, Verdict::Wrong);
        }
    }
}
