//! Hashes and verifies passwords on threads of their own, with a limit of running and waiting hashes.
//!
//! Called by sign-up and sign-in. A wrong password and an unknown user take the same time, so that timing does not show
//! who has an account. It must never hash without a permit: each hash needs 19 MiB.

mod argon2id;
mod memory;

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};
use tokio::task::spawn_blocking;

use crate::normalize;
use crate::secret::Secret;
use argon2id::{hash, verify};
use memory::Memory;

/// The maximum number of hashes that run at once, each in 19 MiB (the default of the crate, which OWASP recommends). It
/// is lower on a machine with fewer cores, so that many sign-ins at once do not block other requests.
const MAX_RUNNING: usize = 4;

/// The maximum number of hashes that wait. Further callers get an error at once: a wait of more than a few seconds is of
/// no use, and each waiting request uses memory.
const MAX_WAITING: usize = 64;

/// The time after which a refused caller may try again, in seconds.
const RETRY_AFTER_SECONDS: i64 = 2;

/// The maximum length of a password, in characters. It limits the work of a hash.
pub const MAX_PASSWORD_CHARS: usize = 256;

/// Why a password was not hashed.
#[derive(Debug, thiserror::Error)]
pub enum HashingError {
    /// The cause, for the log.
    #[error("the password could not be hashed: {0}")]
    Failed(String),
    /// Too many hashes are waiting. The value is the time to wait, in seconds.
    #[error("too many passwords wait to be hashed")]
    Busy(i64),
}

fn failed(error: impl std::fmt::Display) -> HashingError {
    HashingError::Failed(error.to_string())
}

/// The result of [`Passwords::verify`] for one password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordCheck {
    /// The password is wrong, or the user is unknown.
    Mismatch,
    /// The password has the stored hash.
    Match,
    /// The password is right, but its hash was made before passwords were normalized. The caller should hash it again.
    OutdatedMatch,
}

/// Hashes and verifies passwords, with a limit of parallel work.
///
/// ```
/// # use wallet_server::password::{PasswordCheck, Passwords};
/// # use wallet_server::secret::Secret;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let passwords = Passwords::new()?;
/// let hash = passwords.hash(Secret::new("correct horse".to_owned())).await?;
/// let check = passwords.verify(Secret::new("wrong".to_owned()), Some(hash)).await?;
/// assert_eq!(check, PasswordCheck::Mismatch);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Passwords {
    running: Arc<Semaphore>,
    waiting: Semaphore,
    memory: Arc<Memory>,
    /// The hash of a random password, which is verified when the user is unknown.
    dummy_hash: String,
}

impl Passwords {
    /// Prepares the limits and the dummy hash.
    ///
    /// # Errors
    /// The operating system has no randomness, or Argon2 refuses its parameters.
    pub fn new() -> Result<Self, HashingError> {
        let cores = available_parallelism().map_or(1, std::num::NonZero::get);
        Self::bounded(cores.min(MAX_RUNNING), MAX_WAITING)
    }

    fn bounded(running: usize, waiting: usize) -> Result<Self, HashingError> {
        let unknown = crate::secret::generate_token().map_err(failed)?;
        let memory = Memory::default();
        Ok(Self {
            running: Arc::new(Semaphore::new(running)),
            waiting: Semaphore::new(waiting),
            dummy_hash: hash(&memory, &unknown)?,
            memory: Arc::new(memory),
        })
    }

    /// Normalizes and hashes a password. The result is a PHC string.
    ///
    /// # Errors
    /// [`HashingError::Busy`] when too many hashes are waiting; [`HashingError::Failed`] for any other failure.
    pub async fn hash(&self, password: Secret) -> Result<String, HashingError> {
        self.work(move |memory| {
            let password = Secret::new(normalize::password(password.reveal()));
            hash(memory, &password)
        })
        .await?
    }

    /// Verifies a password against its stored hash, in every form it may have been hashed in. Without a stored hash it
    /// takes the same time and returns [`PasswordCheck::Mismatch`].
    ///
    /// # Errors
    /// As [`Passwords::hash`].
    pub async fn verify(
        &self,
        password: Secret,
        stored: Option<String>,
    ) -> Result<PasswordCheck, HashingError> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.dummy_hash.clone());
        let forms = normalize::password_forms(&password);
        let work =
            move |memory: &Memory| forms.iter().position(|form| verify(memory, form, &stored));
        let found = self.work(work).await?;
        Ok(match found.filter(|_| known) {
            None => PasswordCheck::Mismatch,
            Some(0) => PasswordCheck::Match,
            Some(_) => PasswordCheck::OutdatedMatch,
        })
    }

    /// Runs `work` on a thread of its own, which has the permit. So a client that disconnects does not free the permit
    /// while its hash still runs.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Memory) -> T + Send + 'static,
    ) -> Result<T, HashingError> {
        let permit = self.permit().await?;
        let memory = Arc::clone(&self.memory);
        let running = spawn_blocking(move || {
            let done = work(&memory);
            drop(permit);
            done
        });
        running.await.map_err(failed)
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, HashingError> {
        match Arc::clone(&self.running).try_acquire_owned() {
            Err(TryAcquireError::NoPermits) => {}
            other => return other.map_err(failed),
        }
        let waiting = self.waiting.try_acquire();
        let _waiting = waiting.map_err(|_| HashingError::Busy(RETRY_AFTER_SECONDS))?;
        let running = Arc::clone(&self.running).acquire_owned();
        running.await.map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::task::Poll;

    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_right_password_of_a_known_user_matches() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash(secret("123")).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        for (typed, stored, expected) in [
            ("123", Some(stored.clone()), PasswordCheck::Match),
            ("124", Some(stored), PasswordCheck::Mismatch),
            ("123", None, PasswordCheck::Mismatch),
            ("123", Some("no hash".to_owned()), PasswordCheck::Mismatch),
        ] {
            let check = passwords.verify(secret(typed), stored).await.unwrap();
            assert_eq!(check, expected, "{typed}");
        }
    }

    #[tokio::test]
    async fn a_password_matches_in_every_unicode_form() {
        let passwords = Passwords::new().unwrap();
        let (composed, decomposed) = ("bl\u{e5}", "bla\u{30a}");
        let today = passwords.hash(secret(decomposed)).await.unwrap();
        let before = hash(&Memory::default(), &secret(decomposed)).unwrap();
        for (stored, expected) in [
            (today, PasswordCheck::Match),
            (before, PasswordCheck::OutdatedMatch),
        ] {
            for typed in [composed, decomposed] {
                let check = passwords.verify(secret(typed), Some(stored.clone()));
                assert_eq!(check.await.unwrap(), expected, "{typed}");
            }
            let check = passwords.verify(secret("bla"), Some(stored)).await.unwrap();
            assert_eq!(check, PasswordCheck::Mismatch);
        }
    }

    #[tokio::test]
    async fn hashes_above_both_limits_are_refused() {
        let passwords = Passwords::bounded(1, 2).unwrap();
        let one = || passwords.verify(secret("123"), None);
        // All are polled before the first can end: a hash ends on another thread and is seen in the next round of polls.
        let (a, b, c, d, e) = tokio::join!(one(), one(), one(), one(), one());
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        assert!(matches!(d, Err(HashingError::Busy(2))), "{d:?}");
        assert!(matches!(e, Err(HashingError::Busy(2))), "{e:?}");
        assert!(one().await.is_ok(), "a permit is free again");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn memory_does_not_grow_with_the_number_of_hashes() {
        let passwords = Arc::new(Passwords::bounded(2, 64).unwrap());
        let hashes = (0..24).map(|_| {
            let passwords = Arc::clone(&passwords);
            tokio::spawn(async move { passwords.verify(secret("123"), None).await })
        });
        for hash in hashes.collect::<Vec<_>>() {
            assert_eq!(hash.await.unwrap().unwrap(), PasswordCheck::Mismatch);
        }
        assert!(passwords.memory.allocated() <= 2);
    }

    #[tokio::test]
    async fn a_cancelled_caller_keeps_its_permit_while_its_hash_runs() {
        let passwords = Passwords::bounded(1, 0).unwrap();
        let (go, gate) = std::sync::mpsc::channel::<()>();
        {
            let mut left = std::pin::pin!(passwords.work(move |_| gate.recv()));
            let begun = std::future::poll_fn(|task| Poll::Ready(left.as_mut().poll(task)));
            assert!(begun.await.is_pending());
        }
        let next = passwords.verify(secret("123"), None).await;
        assert!(matches!(next, Err(HashingError::Busy(_))), "{next:?}");
        go.send(()).unwrap();
    }
}
