//! Reads a new secret from a file or from the standard input, never from an argument: arguments are in the list of
//! processes and in the shell's history.
//!
//! Called by the commands that change a key. It must never read from a terminal, which would show what is typed.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;

use super::command_failure::CommandFailure;
use crate::secret::Secret;

/// Far above every key, and above a public key in PEM.
const MAX_SECRET_BYTES: u64 = 64 * 1024;

/// Reads a secret. `-` and no file mean the standard input. Space around it and its line end are not part of it.
pub(super) fn read_secret(file: Option<&Path>) -> Result<Secret, CommandFailure> {
    let (name, text) = match file.filter(|file| *file != Path::new("-")) {
        Some(file) => (file.display().to_string(), File::open(file).and_then(read)),
        None if io::stdin().is_terminal() => {
            let problem =
                "give the new secret in a file (--file), or pipe it into the standard input";
            return Err(CommandFailure::Argument(problem.to_owned()));
        }
        None => ("the standard input".to_owned(), read(io::stdin().lock())),
    };
    let text = text.map_err(|error| CommandFailure::Read(name.clone(), error))?;
    match text.trim() {
        "" => Err(CommandFailure::Argument(format!(
            "{name} is empty; it must have the new secret"
        ))),
        secret => Ok(Secret::new(secret.to_owned())),
    }
}

fn read(source: impl Read) -> io::Result<String> {
    let mut text = String::new();
    source.take(MAX_SECRET_BYTES).read_to_string(&mut text)?;
    Ok(text)
}
