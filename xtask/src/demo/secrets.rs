//! The secrets that the demo's programs share. Every start generates new ones. They must never be passed as flags.

use std::path::Path;

use crate::command_error::CommandError;

#[derive(Debug)]
pub struct Secrets {
    /// Authorizes the booking site to create holds at the wallet server.
    pub holds_key: String,
    /// Signs the tokens of the MikroCloud panel's users. Base64: hexadecimal digits are valid base64.
    pub mikrocloud: String,
    /// The salon's API key at the wallet server.
    pub bokamera: String,
    /// Authorizes the demo's server to charge cards through Quilt's API.
    pub quilt: String,
    /// Signs the requests of the ticket shop's server.
    pub ticket_evolution: String,
}

impl Secrets {
    pub fn generate() -> Result<Self, CommandError> {
        Ok(Self {
            holds_key: generate()?,
            mikrocloud: generate()?,
            bokamera: generate()?,
            quilt: generate()?,
            ticket_evolution: generate()?,
        })
    }
}

/// 192 random bits as 48 hexadecimal digits.
fn generate() -> Result<String, CommandError> {
    use std::io::Read;
    let source = Path::new("/dev/urandom");
    let mut bytes = [0_u8; 24];
    let read = std::fs::File::open(source).and_then(|mut file| file.read_exact(&mut bytes));
    read.map_err(|cause| CommandError::io("reading", source, &cause))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
