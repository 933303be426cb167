//! The database of each measurement: new and empty, in SQLite or PostgreSQL. Used by the rounds. Two measurements must
//! never share one.

use std::path::Path;
use std::process::Stdio;

use clap::ValueEnum;
use serde::Serialize;
use tokio::process::Command;

use super::postgres::PostgresServer;
use crate::error::BenchError;

/// Which databases are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DatabaseChoice {
    Sqlite,
    Postgres,
    /// Both, one after another. PostgreSQL is left out if the server does not accept it.
    Both,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DatabaseKind {
    Sqlite,
    Postgres,
}

impl DatabaseKind {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite (WAL, synchronous FULL)",
            Self::Postgres => "PostgreSQL (synchronous_commit on)",
        }
    }
}

/// Where the databases of one kind are created.
#[derive(Debug)]
pub enum DatabaseServer {
    Sqlite,
    Postgres(Box<PostgresServer>),
}

impl DatabaseServer {
    /// Starts what the kind needs.
    ///
    /// # Errors
    /// PostgreSQL is not installed, or does not start.
    pub async fn start(kind: DatabaseKind) -> Result<Self, BenchError> {
        match kind {
            DatabaseKind::Sqlite => Ok(Self::Sqlite),
            DatabaseKind::Postgres => {
                let server = PostgresServer::start().await?;
                Ok(Self::Postgres(Box::new(server)))
            }
        }
    }

    /// A new database, as the setting `database` names it. A SQLite file is created in `folder` by the program.
    ///
    /// # Errors
    /// The database server refuses it.
    pub async fn create(&mut self, folder: &Path) -> Result<String, BenchError> {
        match self {
            Self::Sqlite => Ok(folder.join("bench.db").display().to_string()),
            Self::Postgres(server) => server.create_database().await,
        }
    }

    /// Stops what was started.
    ///
    /// # Errors
    /// The process cannot be waited for.
    pub async fn stop(self) -> Result<(), BenchError> {
        match self {
            Self::Sqlite => Ok(()),
            Self::Postgres(server) => server.stop().await,
        }
    }
}

/// Whether a wallet server accepts `--database postgres://…`: its help names it. A server without it would create a file
/// of that name.
///
/// # Errors
/// The program cannot be started.
pub async fn accepts_postgres(wallet_server: &Path) -> Result<bool, BenchError> {
    let mut command = Command::new(wallet_server);
    let output = command.arg("--help").stdin(Stdio::null()).output().await;
    let output = output.map_err(|cause| {
        BenchError::failed(format!("starting {}", wallet_server.display()), cause)
    })?;
    let help = String::from_utf8_lossy(&output.stdout).to_lowercase();
    Ok(help.contains("postgres"))
}
