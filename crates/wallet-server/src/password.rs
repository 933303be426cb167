//! Passwords: hashed with Argon2id, away from the threads that answer requests, a few at once and a few waiting.
//!
//! Called by sign-up and sign-in. A wrong password and an unknown person cost the same time, so that timing tells
//! nobody who has an account. It must never hash without a permit: each hash takes 19 MiB.

mod memory;

use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::password_hash::{Output, ParamsString, PasswordHash, Salt, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};
use tokio::task::spawn_blocking;

use crate::secret::Secret;
use crate::typed;
use memory::Memory;

/// The most hashes that run at once, each in 19 MiB (the crate's default, which is OWASP's first choice); fewer on a
/// machine with fewer cores, because hashing must not starve it when many people sign in together.
const MAX_RUNNING: usize = 4;

/// The most that wait for one of those. Whoever comes then is asked to come again: waiting longer than a few seconds
/// helps nobody, and every one who waits is a request in memory.
const MAX_WAITING: usize = 64;

/// When a caller that was turned away may come again, in seconds.
const RETRY_AFTER_SECONDS: i64 = 2;

/// The longest password taken, in characters: a bound on work, far above what people type.
pub const LONGEST: usize = 256;

/// Why a password was not hashed.
#[derive(Debug, thiserror::Error)]
pub enum HashingFailed {
    /// Says what failed, for the log.
    #[error("the password could not be hashed: {0}")]
    Failed(String),
    /// Too many wait; good again in so many seconds.
    #[error("too many passwords wait to be hashed")]
    Busy(i64),
}

fn failed(error: impl std::fmt::Display) -> HashingFailed {
    HashingFailed::Failed(error.to_string())
}

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
    running: Arc<Semaphore>,
    waiting: Semaphore,
    memory: Arc<Memory>,
    /// The hash of nothing anybody knows, checked when there is no such person.
    nobody: String,
}

impl Passwords {
    /// Prepares the hash that stands in for unknown people.
    ///
    /// # Errors
    /// When the system has no randomness or Argon2 refuses its parameters.
    pub fn new() -> Result<Self, HashingFailed> {
        let cores = available_parallelism().map_or(1, std::num::NonZero::get);
        Self::bounded(cores.min(MAX_RUNNING), MAX_WAITING)
    }

    fn bounded(running: usize, waiting: usize) -> Result<Self, HashingFailed> {
        let unknown = crate::secret::draw().map_err(failed)?;
        let memory = Memory::default();
        Ok(Self {
            running: Arc::new(Semaphore::new(running)),
            waiting: Semaphore::new(waiting),
            nobody: hash(&memory, &unknown)?,
            memory: Arc::new(memory),
        })
    }

    /// Hashes a password in its one form, as a PHC string.
    ///
    /// # Errors
    /// [`HashingFailed::Busy`] when too many wait already; else when hashing fails or the server is stopping.
    pub async fn hash(&self, password: Secret) -> Result<String, HashingFailed> {
        self.work(move |memory| {
            let password = Secret::new(typed::password(password.reveal()));
            hash(memory, &password)
        })
        .await?
    }

    /// Whether the password is the stored one, in any form; with no stored hash it works as long, and says no.
    ///
    /// # Errors
    /// As [`Passwords::hash`].
    pub async fn verify(
        &self,
        password: Secret,
        stored: Option<String>,
    ) -> Result<Verdict, HashingFailed> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.clone());
        let forms = typed::password_forms(&password);
        let work =
            move |memory: &Memory| forms.iter().position(|form| verify(memory, form, &stored));
        let found = self.work(work).await?;
        Ok(match found.filter(|_| known) {
            None => Verdict::Wrong,
            Some(0) => Verdict::Right,
            Some(_) => Verdict::Outdated,
        })
    }

    /// Runs `work` on a thread of its own. The permit goes along: a caller that leaves does not make room for another
    /// hash while its own still runs.
    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Memory) -> T + Send + 'static,
    ) -> Result<T, HashingFailed> {
        let permit = self.permit().await?;
        let memory = Arc::clone(&self.memory);
        let running = spawn_blocking(move || {
            let done = work(&memory);
            drop(permit);
            done
        });
        running.await.map_err(failed)
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, HashingFailed> {
        match Arc::clone(&self.running).try_acquire_owned() {
            Err(TryAcquireError::NoPermits) => {}
            other => return other.map_err(failed),
        }
        let waiting = self.waiting.try_acquire();
        let _waiting = waiting.map_err(|_| HashingFailed::Busy(RETRY_AFTER_SECONDS))?;
        let running = Arc::clone(&self.running).acquire_owned();
        running.await.map_err(failed)
    }
}

fn derive(
    memory: &Memory,
    argon2: &Argon2<'_>,
    password: &Secret,
    salt: &[u8],
    length: usize,
) -> Result<Output, HashingFailed> {
    let password = password.reveal().as_bytes();
    let blocks = argon2.params().block_count();
    let output = Output::init_with(length, |out| {
        memory.lend(blocks, |area| {
            Ok(argon2.hash_password_into_with_memory(password, salt, out, area)?)
        })
    });
    output.map_err(failed)
}

fn hash(memory: &Memory, password: &Secret) -> Result<String, HashingFailed> {
    let mut salt = [0u8; 16];
    getrandom::fill(&mut salt).map_err(failed)?;
    let argon2 = Argon2::default();
    let output = derive(memory, &argon2, password, &salt, Params::DEFAULT_OUTPUT_LEN)?;
    let salt = SaltString::encode_b64(&salt).map_err(failed)?;
    let hash = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(argon2.params()).map_err(failed)?,
        salt: Some(salt.as_salt()),
        hash: Some(output),
    };
    Ok(hash.to_string())
}

/// Whether the password gives the stored hash, by that one's own parameters.
fn verify(memory: &Memory, password: &Secret, stored: &str) -> bool {
    let stored = PasswordHash::new(stored).ok();
    stored.is_some_and(|stored| matches(memory, password, &stored).unwrap_or(false))
}

fn matches(
    memory: &Memory,
    password: &Secret,
    stored: &PasswordHash<'_>,
) -> Result<bool, HashingFailed> {
    let missing = || failed("the stored hash is not whole");
    let algorithm = Algorithm::try_from(stored.algorithm).map_err(failed)?;
    let version = stored
        .version
        .map_or(Ok(Version::default()), Version::try_from);
    let params = Params::try_from(stored).map_err(failed)?;
    let argon2 = Argon2::new(algorithm, version.map_err(failed)?, params);
    let mut salt = [0u8; Salt::MAX_LENGTH];
    let salt = stored
        .salt
        .ok_or_else(missing)?
        .decode_b64(&mut salt)
        .map_err(failed)?;
    let known = stored.hash.ok_or_else(missing)?;
    // Outputs are compared in constant time.
    Ok(derive(memory, &argon2, password, salt, known.len())? == known)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::task::Poll;

    use argon2::{PasswordHasher, PasswordVerifier};

    use super::*;

    fn word(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_right_password_of_a_known_person_passes() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash(word("123")).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        for (typed, stored, verdict) in [
            ("123", Some(stored.clone()), Verdict::Right),
            ("124", Some(stored), Verdict::Wrong),
            ("123", None, Verdict::Wrong),
            ("123", Some("no hash".to_owned()), Verdict::Wrong),
        ] {
            let said = passwords.verify(word(typed), stored).await.unwrap();
            assert_eq!(said, verdict, "{typed}");
        }
    }

    #[tokio::test]
    async fn a_password_is_the_same_in_every_form() {
        let passwords = Passwords::new().unwrap();
        let (composed, decomposed) = ("bl\u{e5}", "bla\u{30a}");
        let today = passwords.hash(word(decomposed)).await.unwrap();
        let before = hash(&Memory::default(), &word(decomposed)).unwrap();
        for (stored, verdict) in [(today, Verdict::Right), (before, Verdict::Outdated)] {
            for typed in [composed, decomposed] {
                let said = passwords.verify(word(typed), Some(stored.clone()));
                assert_eq!(said.await.unwrap(), verdict, "{typed}");
            }
            let said = passwords.verify(word("bla"), Some(stored)).await.unwrap();
            assert_eq!(said, Verdict::Wrong);
        }
    }

    #[test]
    fn hashes_are_those_of_the_crate_in_both_directions() {
        let (memory, theirs) = (Memory::default(), Argon2::default());
        let ours = hash(&memory, &word("Blåbär")).unwrap();
        let ours = PasswordHash::new(&ours).unwrap();
        theirs.verify_password("Blåbär".as_bytes(), &ours).unwrap();
        let salt = SaltString::encode_b64(b"0123456789abcdef").unwrap();
        let old = theirs
            .hash_password(b"secret words", &salt)
            .unwrap()
            .to_string();
        assert!(verify(&memory, &word("secret words"), &old));
        assert!(!verify(&memory, &word("secret word"), &old));
    }

    #[tokio::test]
    async fn so_many_run_so_many_wait_and_the_next_is_sent_away() {
        let passwords = Passwords::bounded(1, 2).unwrap();
        let one = || passwords.verify(word("123"), None);
        // All are polled before the first can end: a hash ends on another thread, and is looked at in the next round.
        let (a, b, c, d, e) = tokio::join!(one(), one(), one(), one(), one());
        assert!(a.is_ok() && b.is_ok() && c.is_ok());
        assert!(matches!(d, Err(HashingFailed::Busy(2))), "{d:?}");
        assert!(matches!(e, Err(HashingFailed::Busy(2))), "{e:?}");
        assert!(one().await.is_ok(), "there is room again");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn memory_does_not_grow_with_the_number_of_hashes() {
        let passwords = Arc::new(Passwords::bounded(2, 64).unwrap());
        let hashes = (0..24).map(|_| {
            let passwords = Arc::clone(&passwords);
            tokio::spawn(async move { passwords.verify(word("123"), None).await })
        });
        for hash in hashes.collect::<Vec<_>>() {
            assert_eq!(hash.await.unwrap().unwrap(), Verdict::Wrong);
        }
        assert!(passwords.memory.allocated() <= 2);
    }

    #[tokio::test]
    async fn a_caller_that_leaves_makes_no_room_while_its_hash_runs() {
        let passwords = Passwords::bounded(1, 0).unwrap();
        let (go, gate) = std::sync::mpsc::channel::<()>();
        {
            let mut left = std::pin::pin!(passwords.work(move |_| gate.recv()));
            let begun = std::future::poll_fn(|task| Poll::Ready(left.as_mut().poll(task)));
            assert!(begun.await.is_pending());
        }
        let next = passwords.verify(word("123"), None).await;
        assert!(matches!(next, Err(HashingFailed::Busy(_))), "{next:?}");
        go.send(()).unwrap();
    }
}
