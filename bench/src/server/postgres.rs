//! A temporary PostgreSQL server for the benchmark: its own folder, its own port on loopback, durable as by default. Used
//! by the databases of the rounds. It must never touch a server that already runs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;
use tokio::process::Command;

use super::child_process::ChildProcess;
use super::environment::free_port;
use crate::error::BenchError;

/// Where Debian and Ubuntu put the programs, one folder for each version.
const DEBIAN_FOLDER: &str = "/usr/lib/postgresql";

/// PostgreSQL refuses to run as root, so that root runs it as this user.
const SYSTEM_USER: &str = "postgres";

const START_TIMEOUT: Duration = Duration::from_secs(30);
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// A running server. It is killed, and its folder deleted, when this is dropped.
#[derive(Debug)]
pub struct PostgresServer {
    process: ChildProcess,
    port: u16,
    databases: u32,
    _folder: TempDir,
}

impl PostgresServer {
    /// Creates a cluster and starts it.
    ///
    /// # Errors
    /// PostgreSQL is not installed, or does not start.
    pub async fn start() -> Result<Self, BenchError> {
        let programs = find_programs()?;
        let folder = tempfile::tempdir()
            .map_err(|cause| BenchError::failed("making a folder for PostgreSQL", cause))?;
        if rustix::process::geteuid().is_root() {
            let mut chown = Command::new("chown");
            finish("chown", chown.arg(SYSTEM_USER).arg(folder.path())).await?;
        }
        let data = folder.path().join("data");
        let mut initdb = as_system_user(&programs.join("initdb"));
        initdb.arg("--pgdata").arg(&data);
        initdb.args([
            "--username=bench",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
        ]);
        finish("initdb", initdb.current_dir(folder.path())).await?;
        let port = free_port()?;
        let mut postgres = as_system_user(&programs.join("postgres"));
        postgres.arg("-D").arg(&data);
        postgres.args(["-h", "127.0.0.1", "-p", &port.to_string(), "-k", ""]);
        let mut server = Self {
            process: ChildProcess::start("postgres", postgres, folder.path())?,
            port,
            databases: 0,
            _folder: folder,
        };
        server.wait().await?;
        Ok(server)
    }

    /// Creates an empty database, and returns its address.
    ///
    /// # Errors
    /// The server refuses it.
    pub async fn create_database(&mut self) -> Result<String, BenchError> {
        self.databases += 1;
        let name = format!("bench_{}", self.databases);
        let failed = |cause: sqlx::Error| BenchError::failed("creating a database", cause);
        let mut connection = self.connect().await.map_err(failed)?;
        // A name of this program, which needs no quotes.
        let create = sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")));
        create.execute(&mut connection).await.map_err(failed)?;
        connection.close().await.map_err(failed)?;
        Ok(format!("postgres://bench@127.0.0.1:{}/{name}", self.port))
    }

    async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        let options = PgConnectOptions::new_without_pgpass();
        let options = options.host("127.0.0.1").port(self.port).username("bench");
        options.database("postgres").connect().await
    }

    async fn wait(&mut self) -> Result<(), BenchError> {
        let started = Instant::now();
        loop {
            self.process.check()?;
            match self.connect().await {
                Ok(connection) => {
                    let closed = connection.close().await;
                    return closed.map_err(|cause| BenchError::failed("PostgreSQL", cause));
                }
                Err(cause) if started.elapsed() > START_TIMEOUT => {
                    return Err(BenchError::failed("starting PostgreSQL", cause));
                }
                Err(_) => tokio::time::sleep(POLL_INTERVAL).await,
            }
        }
    }

    /// Stops the server.
    ///
    /// # Errors
    /// The process cannot be waited for.
    pub async fn stop(self) -> Result<(), BenchError> {
        self.process.stop().await
    }
}

/// A command that runs as [`SYSTEM_USER`] if this program runs as root.
fn as_system_user(program: &Path) -> Command {
    if !rustix::process::geteuid().is_root() {
        return Command::new(program);
    }
    // Unlike `runuser`, it becomes the program, so that a signal reaches it.
    let mut command = Command::new("setpriv");
    let user = [
        "--reuid",
        SYSTEM_USER,
        "--regid",
        SYSTEM_USER,
        "--init-groups",
        "--",
    ];
    command.args(user).arg(program);
    command
}

async fn finish(name: &str, command: &mut Command) -> Result<(), BenchError> {
    let failed = |cause: &dyn std::fmt::Display| BenchError::failed(name, cause);
    let output = command.output().await.map_err(|cause| failed(&cause))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(failed(&String::from_utf8_lossy(&output.stderr))),
    }
}

/// The folder of `initdb` and `postgres`: on PATH, or the newest version of Debian's folder.
fn find_programs() -> Result<PathBuf, BenchError> {
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&on_path).collect();
    let versions = std::fs::read_dir(DEBIAN_FOLDER)
        .into_iter()
        .flatten()
        .flatten();
    let mut versions: Vec<PathBuf> = versions.map(|entry| entry.path()).collect();
    versions.sort_by_key(|folder| std::cmp::Reverse(version_of(folder)));
    folders.extend(versions.into_iter().map(|folder| folder.join("bin")));
    let has_both = |folder: &PathBuf| {
        ["initdb", "postgres"]
            .iter()
            .all(|name| folder.join(name).is_file())
    };
    folders.into_iter().find(has_both).ok_or_else(|| {
        let problem = "PostgreSQL was not found on PATH or in /usr/lib/postgresql; install it, or use --database sqlite";
        BenchError::Failed(problem.to_owned())
    })
}

fn version_of(folder: &Path) -> u32 {
    let name = folder
        .file_name()
        .and_then(OsStr::to_str)
        .unwrap_or_default();
    name.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_numbers() {
        assert_eq!(version_of(Path::new("/usr/lib/postgresql/15")), 15);
        assert!(version_of(Path::new("/a/9")) < version_of(Path::new("/a/15")));
        assert_eq!(version_of(Path::new("/a/b")), 0);
    }
}
