//! Writes what a command answers to the standard output.
//!
//! Called by the commands. It must never fail loudly because the reader, such as `head`, has left.

use std::io::{self, ErrorKind, Write};

/// Prints a text. A reader that has left is no error.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Prints why a command did nothing, to the standard error.
pub(super) fn print_error(error: &dyn std::error::Error) {
    // Without a standard error the exit code says it.
    let _ = writeln!(io::stderr(), "wallet-server: {error}");
}
