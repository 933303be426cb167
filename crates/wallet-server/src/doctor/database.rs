//! The database: whether it can be reached and written, whether its tables are this version's, and the space left.
//!
//! Called once, before the accounts. It must never create or migrate a database.

use std::collections::HashMap;
use std::path::Path;

use wallet_store::{Database, Inspection, inspect};

use super::report::DoctorReport;
use crate::clock::Seconds;
use crate::config::ServerConfig;

/// With less space left a busy server fails within a day.
const LOW_BYTES: u64 = 500 * 1024 * 1024;

/// With less space left the next checkpoint may fail.
const TOO_LOW_BYTES: u64 = 50 * 1024 * 1024;

/// What later checks need of the database.
#[derive(Debug, Default)]
pub(super) struct DatabaseFacts {
    /// The last webhook event of each account. `None`: the tables could not be read.
    last_events: Option<HashMap<i64, Seconds>>,
}

impl DatabaseFacts {
    pub(super) fn last_event(&self, account_id: i64) -> Option<Seconds> {
        self.last_events.as_ref()?.get(&account_id).copied()
    }

    pub(super) fn can_be_read(&self) -> bool {
        self.last_events.is_some()
    }
}

pub(super) async fn check(config: &ServerConfig, report: &mut DoctorReport) -> DatabaseFacts {
    let name = "database";
    let database = &config.database;
    if let Database::File(path) = database {
        check_file(path, report);
    }
    let found = match inspect(database).await {
        Ok(found) => found,
        Err(error) => {
            let advice = "check the setting database, and that this user may read it";
            report.problem(name, format!("{database} cannot be read: {error}"), advice);
            return DatabaseFacts::default();
        }
    };
    report_version(&found, database, report);
    if !found.is_current() {
        return DatabaseFacts::default();
    }
    DatabaseFacts {
        last_events: Some(found.last_events.into_iter().collect()),
    }
}

fn report_version(found: &Inspection, database: &Database, report: &mut DoctorReport) {
    let (name, newest) = ("database", found.newest);
    let Some(version) = found.version else {
        let advice = "the first start of the server creates it";
        report.warning(
            name,
            format!("{database} is empty or does not exist yet"),
            advice,
        );
        return;
    };
    if version > newest {
        let detail =
            format!("{database} has version {version}, and this program only knows {newest}");
        report.problem(
            name,
            detail,
            "install the newer version of the server again",
        );
    } else if version < newest {
        let detail = format!("{database} has version {version}, and this program needs {newest}");
        let advice = "make a backup; the next start of the server migrates it";
        report.warning(name, detail, advice);
    } else if let Some(error) = &found.write_error {
        let advice = "check the permissions of the file and its folder, or the rights of the user";
        report.problem(
            name,
            format!("{database} cannot be written: {error}"),
            advice,
        );
    } else {
        report.ok(
            name,
            format!("{database} can be written, version {version}"),
        );
    }
}

#[cfg(unix)]
fn check_file(path: &Path, report: &mut DoctorReport) {
    use std::os::unix::fs::PermissionsExt;
    if let Ok(metadata) = std::fs::metadata(path)
        && metadata.permissions().mode() & 0o077 != 0
    {
        let shown = path.display();
        let advice = format!("run chmod 600 {shown}");
        report.warning(
            "database file",
            format!("{shown} can be read by other users"),
            &advice,
        );
    }
    let mut folder = path.parent().unwrap_or(path);
    if folder.as_os_str().is_empty() {
        folder = Path::new(".");
    }
    let Ok(space) = rustix::fs::statvfs(folder) else {
        return;
    };
    let free = space.f_bavail.saturating_mul(space.f_frsize);
    let detail = format!("{} MB are free for the database", free / 1_000_000);
    let advice = "free or add space: without it no card can be saved";
    if free < TOO_LOW_BYTES {
        report.problem("disk", detail, advice);
    } else if free < LOW_BYTES {
        report.warning("disk", detail, advice);
    } else {
        report.ok("disk", detail);
    }
}

#[cfg(not(unix))]
fn check_file(_path: &Path, _report: &mut DoctorReport) {}
