//! The settings file as a document that keeps its comments: read, changed, checked, and written in one step.
//!
//! Used by the commands that change accounts. It must never write what the server would refuse, never leave half a file,
//! and never make the file readable for more users than before.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::command_failure::CommandFailure;
use crate::config::{ServerConfig, Settings};

/// The settings file, open for a change.
#[derive(Debug)]
pub(super) struct SettingsDocument {
    /// The file itself, also where the setting names a link to it.
    path: PathBuf,
    settings: Settings,
    before: String,
    document: DocumentMut,
}

impl SettingsDocument {
    /// Reads the file that `--config` names.
    pub(super) fn open(settings: Settings) -> Result<Self, CommandFailure> {
        let named = settings.config.clone().ok_or(CommandFailure::NoFile)?;
        let failed = |error| CommandFailure::Read(named.display().to_string(), error);
        let path = fs::canonicalize(&named).map_err(failed)?;
        let before = fs::read_to_string(&path).map_err(failed)?;
        // The parser's message may quote a value, which may be a secret.
        let document = before.parse::<DocumentMut>().map_err(|_| {
            let problem = "is no TOML; wallet-server --check names the line";
            CommandFailure::Document(format!("{} {problem}", named.display()))
        })?;
        Ok(Self {
            path,
            settings,
            before,
            document,
        })
    }

    /// The `[[accounts]]` tables. There may be none yet.
    pub(super) fn accounts(&mut self) -> Result<&mut ArrayOfTables, CommandFailure> {
        let item = self.document.entry("accounts");
        let item = item.or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        item.as_array_of_tables_mut().ok_or_else(|| {
            let problem =
                "the accounts are no [[accounts]] tables; write each as a table of its own";
            CommandFailure::Document(problem.to_owned())
        })
    }

    /// The table of one account.
    pub(super) fn account(&mut self, id: i64) -> Result<&mut Table, CommandFailure> {
        let has_id = |table: &&mut Table| {
            let number = table.get("id").or_else(|| table.get("company_id"));
            number.and_then(Item::as_integer) == Some(id)
        };
        let mut tables = self.accounts()?.iter_mut();
        tables.find(has_id).ok_or(CommandFailure::NoAccount(id))
    }

    /// Checks the changed text as the server would, and writes it over the file. Returns the path and the configuration.
    pub(super) fn save(self) -> Result<(PathBuf, ServerConfig), CommandFailure> {
        let after = self.document.to_string();
        let config = ServerConfig::load_text(self.settings, &self.path, &after)?;
        let unchanged = fs::read_to_string(&self.path).is_ok_and(|now| now == self.before);
        if !unchanged {
            return Err(CommandFailure::Changed(self.path));
        }
        match replace(&self.path, &after) {
            Ok(()) => Ok((self.path, config)),
            Err(error) => Err(CommandFailure::Write(self.path, error)),
        }
    }
}

/// Writes a text beside the file, with the file's permissions and owner, and renames it over the file: a reader has the
/// old text or the new one.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let metadata = fs::metadata(path)?;
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.as_file().set_permissions(metadata.permissions())?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let new = beside.as_file().metadata()?;
        if (new.uid(), new.gid()) != (metadata.uid(), metadata.gid()) {
            // Only root can give a file to the user of the server, who must stay able to read it.
            fchown(beside.as_file(), Some(metadata.uid()), Some(metadata.gid()))?;
        }
    }
    beside.write_all(text.as_bytes())?;
    beside.as_file().sync_all()?;
    beside.persist(path).map_err(|error| error.error)?;
    // The rename survives a power failure when the folder is written.
    File::open(folder)?.sync_all()
}
