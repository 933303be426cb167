//! Argon2id: one hash made, one hash verified. Both work in a lent area of memory.
//!
//! Called by [`super::Passwords`] on threads of its own. It must never compare hashes in variable time.

use argon2::password_hash::{Output, ParamsString, PasswordHash, Salt, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use super::memory::Memory;
use super::{HashingError, failed};
use crate::secret::Secret;

fn derive(
    memory: &Memory,
    argon2: &Argon2<'_>,
    password: &Secret,
    salt: &[u8],
    length: usize,
) -> Result<Output, HashingError> {
    let password = password.reveal().as_bytes();
    let blocks = argon2.params().block_count();
    let output = Output::init_with(length, |out| {
        memory.lend(blocks, |area| {
            Ok(argon2.hash_password_into_with_memory(password, salt, out, area)?)
        })
    });
    output.map_err(failed)
}

/// Hashes a password with a random salt and the default parameters. The result is a PHC string.
pub(super) fn hash(memory: &Memory, password: &Secret) -> Result<String, HashingError> {
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

/// Whether a password has the stored hash, with the parameters of that hash.
pub(super) fn verify(memory: &Memory, password: &Secret, stored: &str) -> bool {
    let stored = PasswordHash::new(stored).ok();
    stored.is_some_and(|stored| matches(memory, password, &stored).unwrap_or(false))
}

fn matches(
    memory: &Memory,
    password: &Secret,
    stored: &PasswordHash<'_>,
) -> Result<bool, HashingError> {
    let missing = || failed("the stored hash is incomplete");
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
    // `Output` compares in constant time.
    Ok(derive(memory, &argon2, password, salt, known.len())? == known)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use argon2::{PasswordHasher, PasswordVerifier};

    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn hashes_are_compatible_with_those_of_the_crate() {
        let (memory, theirs) = (Memory::default(), Argon2::default());
        let ours = hash(&memory, &secret("Blåbär")).unwrap();
        let ours = PasswordHash::new(&ours).unwrap();
        theirs.verify_password("Blåbär".as_bytes(), &ours).unwrap();
        let salt = SaltString::encode_b64(b"0123456789abcdef").unwrap();
        let old = theirs
            .hash_password(b"secret words", &salt)
            .unwrap()
            .to_string();
        assert!(verify(&memory, &secret("secret words"), &old));
        assert!(!verify(&memory, &secret("secret word"), &old));
    }
}
