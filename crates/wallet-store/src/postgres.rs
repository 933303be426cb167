//! PostgreSQL: a server that several processes share.
//!
//! Called by [`crate::Store`]. Writers take advisory locks, so that a write that reads first never interleaves with
//! another of the same subject. It must never migrate over a connection of the pool: one that failed would keep its lock there
//! (sqlx 0.9.0).

use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Postgres, Transaction};

use crate::executor::Pools;
use crate::lock_key::{LockKey, lock_order};
use crate::{BUSY_TIMEOUT, StoreError};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

const MAX_READERS: u32 = 8;
const MAX_WRITERS: u32 = 8;

/// A transaction that does nothing for so long belongs to a process that hangs.
const IDLE_IN_TRANSACTION_TIMEOUT: Duration = Duration::from_secs(15);

/// How long a start waits for another process that migrates.
const MIGRATION_LOCK_TIMEOUT: Duration = Duration::from_secs(60);

/// The advisory lock of all writers: the bytes of `card`.
const WRITE_LOCK: i64 = 0x6361_7264;

/// The advisory lock with which a start tries whether locks hold. Processes that start at the same time share it.
const START_LOCK: i64 = WRITE_LOCK + 1;

/// Connects and migrates.
pub(crate) async fn open(options: &PgConnectOptions) -> Result<Pools<Postgres>, StoreError> {
    let options = options.clone().application_name("wallet-server");
    migrate(&options).await?;
    let options = options.options([
        // A `ROLLBACK` outside a transaction is answered with a warning.
        ("client_min_messages", "error".to_owned()),
        ("statement_timeout", milliseconds(BUSY_TIMEOUT)),
        ("lock_timeout", milliseconds(BUSY_TIMEOUT)),
        (
            "idle_in_transaction_session_timeout",
            milliseconds(IDLE_IN_TRANSACTION_TIMEOUT),
        ),
    ]);
    let pools = Pools {
        readers: pool(MAX_READERS, options.clone()).await?,
        writers: pool(MAX_WRITERS, options).await?,
    };
    check_locks(&pools).await?;
    Ok(pools)
}

/// Fails if the server does not have advisory locks that hold. Some servers of the same protocol accept the functions and
/// do nothing, and a pooler in transaction mode spreads one session over several connections.
async fn check_locks(pools: &Pools<Postgres>) -> Result<(), StoreError> {
    let mut first = pools.writers.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock_shared($1)")
        .bind(START_LOCK)
        .execute(&mut *first)
        .await?;
    let mut second = pools.writers.begin().await?;
    let is_free: bool = sqlx::query_scalar("SELECT pg_try_advisory_xact_lock($1)")
        .bind(START_LOCK)
        .fetch_one(&mut *second)
        .await?;
    if is_free {
        return Err(StoreError::NoLocks);
    }
    Ok(())
}

/// Opens a transaction that holds the write lock until it ends.
pub(crate) async fn begin(
    pools: &Pools<Postgres>,
) -> Result<Transaction<'static, Postgres>, StoreError> {
    let mut transaction = pools.writers.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(WRITE_LOCK)
        .execute(&mut *transaction)
        .await?;
    Ok(transaction)
}

/// Opens a transaction that holds the locks of these keys, and shares the write lock with others of the kind.
pub(crate) async fn begin_for(
    pools: &Pools<Postgres>,
    keys: &[LockKey],
) -> Result<Transaction<'static, Postgres>, StoreError> {
    let mut transaction = pools.writers.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock_shared($1)")
        .bind(WRITE_LOCK)
        .execute(&mut *transaction)
        .await?;
    for number in lock_order(keys) {
        // Two numbers are another space of locks than one, so that no key is the write lock.
        sqlx::query(
            "SELECT pg_advisory_xact_lock(($1::bigint >> 32)::int, ($1::bigint & 2147483647)::int)",
        )
        .bind(number)
        .execute(&mut *transaction)
        .await?;
    }
    Ok(transaction)
}

async fn migrate(options: &PgConnectOptions) -> Result<(), StoreError> {
    let timeout = milliseconds(MIGRATION_LOCK_TIMEOUT);
    let options = options.clone().options([("lock_timeout", timeout)]);
    let mut connection = options.connect().await?;
    let migrated = MIGRATIONS.run_direct(None, &mut connection, false).await;
    // Its error would hide that of the migration, and the session ends with the connection anyway.
    let _ = connection.close().await;
    migrated.map_err(StoreError::of_migration)
}

async fn pool(size: u32, options: PgConnectOptions) -> Result<PgPool, sqlx::Error> {
    PgPoolOptions::new()
        .max_connections(size)
        .acquire_timeout(BUSY_TIMEOUT)
        // A transaction whose caller left while it began stays open on its connection, and would swallow later writes
        // (sqlx 0.9.0, issue 4385).
        .before_acquire(|connection, _| {
            Box::pin(async move {
                sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await?;
                Ok(true)
            })
        })
        .connect_with(options)
        .await
}

fn milliseconds(time: Duration) -> String {
    time.as_millis().to_string()
}
