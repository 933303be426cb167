//! The TOML file of the settings: reading it, and who else on this machine can read or change it.
//!
//! Called by [`super::ServerConfig::load`], and by the commands that change the file. It must never put a value of the
//! file into an error: it may be a secret key.

use std::path::Path;

use card_entry_protocol::secret::contains_secret_key;

use super::error::invalid;
use super::warning::Warnings;
use super::{ConfigError, ServerConfig, Settings, file_secrets, unknown_setting};

/// The settings of the file, and what is known of the file itself.
#[derive(Debug)]
pub(super) struct SettingsFile {
    pub(super) settings: Settings,
    pub(super) access: FileAccess,
}

/// Who else can read and change the file.
#[derive(Debug)]
pub(super) struct FileAccess {
    name: String,
    /// The Unix permissions. `None` where there are none.
    mode: Option<u32>,
    has_secrets: bool,
}

impl SettingsFile {
    /// Reads the text of a file.
    pub(super) fn read(path: &Path) -> Result<String, ConfigError> {
        std::fs::read_to_string(path).map_err(|e| {
            let name = path.display();
            let problem = format!("{name} cannot be read ({e}); give the path of the TOML file");
            invalid("config", problem)
        })
    }

    /// Parses a text that stands in the file, or will.
    pub(super) fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let settings = parse(&name, text)?;
        let access = FileAccess {
            mode: mode_of(path),
            has_secrets: file_secrets::has_secrets(&settings),
            name,
        };
        Ok(Self { settings, access })
    }
}

fn parse(name: &str, text: &str) -> Result<Settings, ConfigError> {
    toml::from_str(text).map_err(|e| {
        let head = e.span().and_then(|span| text.get(..span.start));
        let line = head.map_or(1, |head| head.matches('\n').count() + 1);
        // The parser's message may quote the value, which may be a secret key.
        let message = if contains_secret_key(e.message()) {
            "a value of the wrong kind".to_owned()
        } else {
            unknown_setting::explain(e.message()).unwrap_or_else(|| e.message().to_owned())
        };
        let problem = format!("{name}, near line {line}: {message}");
        invalid("config", problem)
    })
}

impl FileAccess {
    /// Refuses a file that any user of this machine can change, or can read live keys in.
    pub(super) fn check(
        &self,
        config: &ServerConfig,
        warnings: &mut Warnings,
    ) -> Result<(), ConfigError> {
        let Some(mode) = self.mode else {
            return Ok(());
        };
        let (others_read, others_write) = (mode & 0o004 != 0, mode & 0o002 != 0);
        let problem = match (others_write, others_read && self.has_secrets) {
            (true, _) => "can be changed by every user of this machine",
            (false, true) => "has secrets, and can be read by every user of this machine",
            (false, false) => return Ok(()),
        };
        let name = &self.name;
        let problem = format!(
            "{name} {problem}; run chmod o-rw {name}, or keep the secrets in variables (secret_key_env)"
        );
        if config.accounts.has_live_keys() {
            return Err(invalid("config", problem));
        }
        warnings.add("config", problem);
        Ok(())
    }
}

#[cfg(unix)]
fn mode_of(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = std::fs::metadata(path).ok()?;
    // What is no regular file, such as a pipe from a secret manager, is read once.
    metadata.is_file().then(|| metadata.permissions().mode())
}

#[cfg(not(unix))]
fn mode_of(_path: &Path) -> Option<u32> {
    None
}
