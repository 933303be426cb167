//! The command: measures with each database, prints the table or the JSON, and writes the plot. Called by `main`. It must
//! never end with success if a request failed.

use super::database::{DatabaseChoice, DatabaseKind, accepts_postgres};
use super::options::ServerOptions;
use super::report::{DatabaseReport, ServerReport};
use super::{memory, plot, rounds, table};
use crate::error::BenchError;

/// Runs the whole benchmark. Returns what is to be printed on stdout, and how many requests failed.
///
/// # Errors
/// A measurement failed, or a file cannot be written.
pub async fn run(options: &ServerOptions) -> Result<(String, u64), BenchError> {
    let kinds = kinds(options).await?;
    if options.memory {
        let mut reports = Vec::new();
        for kind in kinds {
            reports.extend(memory::run(options, kind).await?);
        }
        let failed = reports.iter().map(|report| report.failed).sum();
        let text = match options.json {
            true => to_json(&reports)?,
            false => memory::text(&reports),
        };
        return Ok((text, failed));
    }
    let mut databases = Vec::new();
    for kind in kinds {
        databases.push(DatabaseReport::new(
            kind,
            &rounds::run(options, kind).await?,
        )?);
    }
    let report = ServerReport::new(options, databases);
    if let Some(path) = &options.plot {
        let failed = |cause| BenchError::failed(format!("writing {}", path.display()), cause);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        std::fs::write(path, plot::svg(&report)).map_err(failed)?;
        eprintln!("the plot is in {}", path.display());
    }
    let text = match options.json {
        true => to_json(&report)?,
        false => table::text(&report),
    };
    Ok((text, report.failed()))
}

/// The databases to measure. PostgreSQL only if every wallet server accepts it.
async fn kinds(options: &ServerOptions) -> Result<Vec<DatabaseKind>, BenchError> {
    if options.database == DatabaseChoice::Sqlite {
        return Ok(vec![DatabaseKind::Sqlite]);
    }
    for candidate in &options.candidates {
        if accepts_postgres(&candidate.program).await? {
            continue;
        }
        let problem = format!(
            "{} does not accept postgres://… as its database",
            candidate.name
        );
        if options.database == DatabaseChoice::Postgres {
            return Err(BenchError::Failed(problem));
        }
        eprintln!("PostgreSQL is left out: {problem}");
        return Ok(vec![DatabaseKind::Sqlite]);
    }
    Ok(match options.database {
        DatabaseChoice::Postgres => vec![DatabaseKind::Postgres],
        DatabaseChoice::Both | DatabaseChoice::Sqlite => {
            vec![DatabaseKind::Sqlite, DatabaseKind::Postgres]
        }
    })
}

fn to_json(report: &impl serde::Serialize) -> Result<String, BenchError> {
    let json = serde_json::to_string_pretty(report);
    json.map(|text| text + "\n")
        .map_err(|cause| BenchError::failed("writing JSON", cause))
}
