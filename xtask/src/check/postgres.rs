//! A PostgreSQL server for the tests: its files in a temporary folder, on a free port of 127.0.0.1, and stopped with the
//! step. Used by the step `unit`. It must never touch a server that runs on the computer already.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::command_error::CommandError;
use crate::context::Context;
use crate::host_system::RealSystem;
use crate::log_tail;
use crate::privilege::Privilege;
use crate::process_group::{POLL_INTERVAL, ProcessGroup};
use crate::system_command::INITDB;

/// The user of the system that Debian's package makes. PostgreSQL refuses to run as root.
const SYSTEM_USER: &str = "postgres";

/// The user in the database.
const DATABASE_USER: &str = "wallet";

/// A busy computer takes some seconds.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// The tests run at the same time, each with two servers of sixteen connections at most.
const MAX_CONNECTIONS: u32 = 400;

/// A running server. Dropping it stops it and deletes its files.
#[must_use]
#[derive(Debug)]
pub struct PostgresUnderTest {
    folder: PathBuf,
    port: u16,
    group: Option<ProcessGroup>,
}

impl PostgresUnderTest {
    /// The environment variable with which the tests of the wallet server select it.
    pub const VARIABLE: &'static str = "CARD_ENTRY_TEST_POSTGRES";

    /// Makes its files, starts it, and returns when it accepts connections.
    pub fn start(context: &Context) -> Result<Self, CommandError> {
        let initdb = INITDB.find(&RealSystem).ok_or_else(|| {
            CommandError::new(
                "initdb of PostgreSQL was not found",
                "Run `cargo xtask setup`.",
            )
        })?;
        let bin = initdb.canonicalize().unwrap_or(initdb);
        let bin = bin.parent().unwrap_or(Path::new("/")).to_path_buf();
        let folder =
            std::env::temp_dir().join(format!("card-entry-postgres-{}", std::process::id()));
        let mut server = Self {
            port: free_port(&folder)?,
            group: None,
            folder,
        };
        server.make_folder()?;
        let data = server.folder.join("data").display().to_string();
        let user = format!("--username={DATABASE_USER}");
        let arguments = [
            "-D",
            &data,
            "--auth=trust",
            &user,
            "--no-locale",
            "--encoding=UTF8",
        ];
        run(as_owner(&bin.join("initdb")).args(arguments))?;
        let log = context.log("postgres");
        server.group = Some(server.serve(&bin, &data, &log)?);
        server.wait(&bin, context, &log)?;
        Ok(server)
    }

    /// The URL of a database from which the tests create others.
    pub fn url(&self) -> String {
        format!(
            "postgres://{DATABASE_USER}@127.0.0.1:{}/postgres",
            self.port
        )
    }

    fn make_folder(&self) -> Result<(), CommandError> {
        std::fs::create_dir_all(&self.folder)
            .map_err(|cause| CommandError::io("making", &self.folder, &cause))?;
        if Privilege::detect(&RealSystem) == Privilege::Root {
            run(Command::new("chown").arg(SYSTEM_USER).arg(&self.folder))?;
        }
        Ok(())
    }

    fn serve(&self, bin: &Path, data: &str, log: &Path) -> Result<ProcessGroup, CommandError> {
        if let Some(logs) = log.parent() {
            std::fs::create_dir_all(logs)
                .map_err(|cause| CommandError::io("making", logs, &cause))?;
        }
        let file =
            std::fs::File::create(log).map_err(|cause| CommandError::io("making", log, &cause))?;
        let mut command = as_owner(&bin.join("postgres"));
        command
            .args(["-D", data, "-p", &self.port.to_string(), "-k"])
            .arg(&self.folder)
            .args(["-c", "listen_addresses=127.0.0.1"])
            .args(["-c", &format!("max_connections={MAX_CONNECTIONS}")])
            // The files live as long as the step, so that a power failure may lose them.
            .args(["-c", "fsync=off"])
            .stderr(file);
        ProcessGroup::start(&mut command).map_err(|cause| {
            CommandError::new(
                format!("PostgreSQL could not be started: {cause}"),
                "Run `cargo xtask setup`, then this again.",
            )
        })
    }

    fn wait(&mut self, bin: &Path, context: &Context, log: &Path) -> Result<(), CommandError> {
        let port = self.port.to_string();
        let started = Instant::now();
        loop {
            let mut ready = Command::new(bin.join("pg_isready"));
            ready.args(["-q", "-h", "127.0.0.1", "-p", &port]);
            if ready.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            if context.stop.is_requested() {
                return Err(CommandError::interrupted());
            }
            let has_exited = self
                .group
                .as_mut()
                .and_then(ProcessGroup::exit_status)
                .is_some();
            if has_exited || started.elapsed() > START_TIMEOUT {
                return Err(CommandError::new(
                    format!(
                        "PostgreSQL does not accept connections:\n{}",
                        log_tail::last_lines(log)
                    ),
                    "Read its log. On a busy computer, run the same command again.",
                ));
            }
            std::thread::sleep(POLL_INTERVAL);
        }
    }
}

impl Drop for PostgresUnderTest {
    fn drop(&mut self) {
        drop(self.group.take());
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A port that is free now. `folder` is only named in the error.
fn free_port(folder: &Path) -> Result<u16, CommandError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(|cause| CommandError::io("finding a port for", folder, &cause))
}

/// The program as the user of PostgreSQL if we are root, otherwise as ourselves.
fn as_owner(program: &Path) -> Command {
    if Privilege::detect(&RealSystem) != Privilege::Root {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args([
            "--reuid",
            SYSTEM_USER,
            "--regid",
            SYSTEM_USER,
            "--init-groups",
            "--",
        ])
        .arg(program)
        .current_dir("/");
    command
}

fn run(command: &mut Command) -> Result<(), CommandError> {
    let output = command.stdin(Stdio::null()).output();
    let problem = match output {
        Ok(output) if output.status.success() => return Ok(()),
        Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        Err(error) => error.to_string(),
    };
    Err(CommandError::new(
        format!("the test's PostgreSQL could not be made: {problem}"),
        "Run `cargo xtask setup`, then this again.",
    ))
}
