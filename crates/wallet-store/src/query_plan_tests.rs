//! The plan of every statement: none reads a whole table, so that none becomes slow when a table grows, least of all
//! inside the write lock.

#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row};

use crate::source_statements_tests::{SourceStatement, WrittenFor, all};
use crate::{Database, Store};

/// A statement that reads a whole table or index, by a part of its text, and the reason why it may.
const MAY_SCAN: &[(&str, &str)] = &[
    ("FROM instance", "The table has one row."),
    (
        "WITH RECURSIVE lanes",
        "Reads the first entry of the index, then the lanes that it found.",
    ),
    (
        "COUNT(*) AS jobs",
        "Counts the waiting jobs for a scrape of the metrics, on a connection for reads.",
    ),
    (
        "dead_at IS NOT NULL ORDER BY dead_at DESC",
        "Lists the dead jobs for a command, from an index that has only those.",
    ),
    (
        "dead_at IS NOT NULL GROUP BY action",
        "Counts the dead jobs for a scrape of the metrics, in an index that has only those.",
    ),
    (
        "FROM owners o WHERE o.kind = 'guest'",
        "Reads the guests once a minute, from an index that has only those, on a connection for reads.",
    ),
    (
        "FROM sqlite_sequence",
        "For a command. PostgreSQL has a sequence in its place, and SQLite one row for each table with numbers.",
    ),
    (
        "FROM pg_sequences",
        "For a command after a restore. It reads the catalog of PostgreSQL.",
    ),
    (
        "WHERE o.kind = 'guest'",
        "Reads an index that has only guests, once a minute, on a connection for reads.",
    ),
    (
        "UPDATE account_cooldowns SET stage = 'normal'",
        "The table has one row for each account of the configuration.",
    ),
    (
        "($1 IS NULL OR account_id = $1) AND $2 IS NULL",
        "The audit trail for a command, newest first, up to its limit, on a connection for reads.",
    ),
];

fn may_scan(sql: &str) -> bool {
    MAY_SCAN.iter().any(|(part, _)| sql.contains(part))
}

fn statements_for(database: WrittenFor) -> Vec<SourceStatement> {
    let all = all().into_iter();
    all.filter(|statement| [WrittenFor::Both, database].contains(&statement.written_for))
        .collect()
}

async fn new_file() -> (tempfile::TempDir, SqlitePool) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wallet.db");
    let store = Store::open(&file.clone().into()).await.unwrap();
    store.close().await;
    let url = format!("sqlite://{}", file.display());
    (folder, SqlitePool::connect(&url).await.unwrap())
}

/// The statements that read a whole table or index, each with the step of its plan.
async fn scans(pool: &SqlitePool) -> Vec<(SourceStatement, String)> {
    let mut scans = Vec::new();
    for statement in statements_for(WrittenFor::Sqlite) {
        let explain = format!("EXPLAIN QUERY PLAN {}", statement.sql);
        let plan = sqlx::query(AssertSqlSafe(explain)).fetch_all(pool).await;
        let plan = plan.unwrap_or_else(|error| unreachable!("{statement:?}: {error}"));
        let steps = plan.iter().map(|row| row.get::<String, _>("detail"));
        let mut scanning =
            steps.filter(|step| step.starts_with("SCAN ") && step != "SCAN CONSTANT ROW");
        if let Some(step) = scanning.next() {
            scans.push((statement, step));
        }
    }
    scans
}

#[tokio::test]
async fn no_statement_scans_a_table_of_sqlite() {
    let (_folder, pool) = new_file().await;
    let scans = scans(&pool).await;
    let (allowed, wrong): (Vec<_>, Vec<_>) = scans
        .into_iter()
        .partition(|(statement, _)| may_scan(&statement.sql));
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (part, reason) in MAY_SCAN {
        let is_used = allowed.iter().any(|(scan, _)| scan.sql.contains(part));
        assert!(
            is_used || reason.contains("PostgreSQL"),
            "{part} scans nothing"
        );
    }
}

#[tokio::test]
async fn a_missing_index_is_found() {
    for (index, table) in [
        ("saves_by_owner", "FROM saves"),
        ("attempts_by_age", "DELETE FROM attempts"),
        ("intents_by_age", "DELETE FROM intents"),
    ] {
        // Each has a file of its own, because a connection remembers the plans that it has made.
        let (_folder, pool) = new_file().await;
        let drop = AssertSqlSafe(format!("DROP INDEX {index}"));
        sqlx::query(drop).execute(&pool).await.unwrap();
        let scans = scans(&pool).await;
        let found = scans.iter().any(|(scan, _)| scan.sql.contains(table));
        assert!(found, "{index}: {scans:#?}");
    }
}

/// The number of a statement's parameters.
fn parameters(sql: &str) -> usize {
    let numbers = sql.split('$').skip(1).filter_map(|after| {
        let end = after.find(|char: char| !char.is_ascii_digit());
        after.get(..end.unwrap_or(after.len()))?.parse().ok()
    });
    numbers.max().unwrap_or_default()
}

/// The type of a parameter, where PostgreSQL cannot infer it: the numbers that may be NULL.
fn type_of(sql: &str, parameter: usize) -> &'static str {
    let is_number = sql.contains(&format!("${parameter} IS NULL"))
        || sql.contains(&format!("THEN ${parameter} END"));
    if is_number { "bigint" } else { "unknown" }
}

fn in_parentheses(items: &[&str]) -> String {
    if items.is_empty() {
        return String::new();
    }
    format!("({})", items.join(", "))
}

async fn plan_of(connection: &mut PgConnection, sql: &str) -> Result<Vec<String>, sqlx::Error> {
    let types: Vec<&str> = (1..=parameters(sql)).map(|at| type_of(sql, at)).collect();
    let types = in_parentheses(&types);
    let prepare = format!("PREPARE statement{types} AS {sql}");
    sqlx::raw_sql(AssertSqlSafe(prepare))
        .execute(&mut *connection)
        .await?;
    let arguments = in_parentheses(&vec!["NULL"; parameters(sql)]);
    let explain = format!("EXPLAIN EXECUTE statement{arguments}");
    let plan = sqlx::raw_sql(AssertSqlSafe(explain))
        .fetch_all(&mut *connection)
        .await?;
    sqlx::raw_sql("DEALLOCATE statement")
        .execute(connection)
        .await?;
    Ok(plan.iter().map(|row| row.get(0)).collect())
}

#[tokio::test]
async fn every_statement_can_use_an_index_of_postgresql() {
    let server = std::env::var("CARD_ENTRY_TEST_POSTGRES").ok();
    let Some(server) = server.filter(|url| !url.is_empty()) else {
        return;
    };
    let options = PgConnectOptions::from_str(&server).unwrap();
    let mut admin = options.connect().await.unwrap();
    let name = format!("plans_{}", std::process::id());
    let create = format!("CREATE DATABASE {name}");
    sqlx::raw_sql(AssertSqlSafe(create))
        .execute(&mut admin)
        .await
        .unwrap();
    let options = options.database(&name);
    let database = Database::Postgres(Box::new(options.clone()));
    Store::open(&database).await.unwrap().close().await;
    let mut connection = options.connect().await.unwrap();
    // Of an empty table the planner reads all rows unless it must not. The plan must not depend on the NULLs.
    for setting in [
        "SET enable_seqscan = off",
        "SET plan_cache_mode = force_generic_plan",
    ] {
        sqlx::raw_sql(setting)
            .execute(&mut connection)
            .await
            .unwrap();
    }
    let mut scans = Vec::new();
    for statement in statements_for(WrittenFor::Postgres) {
        let plan = plan_of(&mut connection, &statement.sql).await;
        let plan = plan.unwrap_or_else(|error| unreachable!("{statement:?}: {error}"));
        let scan = plan.iter().any(|step| step.contains("Seq Scan on "));
        if scan && !may_scan(&statement.sql) {
            scans.push(format!(
                "{}:\n{}\n{}",
                statement.file,
                statement.sql,
                plan.join("\n")
            ));
        }
    }
    connection.close().await.unwrap();
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    sqlx::raw_sql(AssertSqlSafe(drop))
        .execute(&mut admin)
        .await
        .unwrap();
    assert!(scans.is_empty(), "{}", scans.join("\n\n"));
}

async fn tables(pool: &SqlitePool) -> Vec<String> {
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                  AND name NOT LIKE '_sqlx_%' ORDER BY name";
    sqlx::query_scalar(tables).fetch_all(pool).await.unwrap()
}

#[tokio::test]
async fn every_foreign_key_has_an_index() {
    let (_folder, pool) = new_file().await;
    for table in tables(&pool).await {
        let keys = AssertSqlSafe(format!("PRAGMA foreign_key_list({table})"));
        for key in sqlx::query(keys).fetch_all(&pool).await.unwrap() {
            let column: String = key.get("from");
            let lookup = AssertSqlSafe(format!(
                "EXPLAIN QUERY PLAN SELECT 1 FROM {table} WHERE {column} = 1"
            ));
            let plan = sqlx::query(lookup).fetch_all(&pool).await.unwrap();
            let step: String = plan.first().unwrap().get("detail");
            assert!(
                step.starts_with("SEARCH "),
                "the deletion of a parent reads all of {table} for {column}: {step}"
            );
        }
    }
}

#[tokio::test]
async fn the_documents_say_of_every_table_what_bounds_it() {
    let (_folder, pool) = new_file().await;
    let page = include_str!("../../../docs/database.md");
    let section = page.split("## What bounds each table?").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let documented: BTreeSet<String> = rows.map(str::to_owned).collect();
    let existing: BTreeSet<String> = tables(&pool).await.into_iter().collect();
    assert_eq!(documented, existing);
}
