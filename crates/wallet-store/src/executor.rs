//! Where a statement runs: on any connection of the pool, or inside an open transaction.
//!
//! Called by the modules of the tables through [`Executor`], and by the wallet through [`WriteTransaction`]. A write must
//! never run on a connection that is kept for reads.

use std::ops::{Deref, DerefMut};

use sqlx::{Database, PgConnection, Pool, Postgres, Sqlite, SqliteConnection, Transaction};

use crate::StoreError;

/// The connections of one database. Reads have their own, so that a wallet is listed while writers wait.
#[derive(Debug)]
pub struct Pools<DB: Database> {
    pub(crate) readers: Pool<DB>,
    pub(crate) writers: Pool<DB>,
}

impl<DB: Database> Pools<DB> {
    pub(crate) fn for_statement(&self, is_write: bool) -> &Pool<DB> {
        if is_write {
            &self.writers
        } else {
            &self.readers
        }
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

/// The connections of the database in use. Cheap to clone.
#[derive(Debug)]
pub enum StorePool {
    /// One file, which this process writes.
    Sqlite(Pools<Sqlite>),
    /// A PostgreSQL server, which several processes may use.
    Postgres(Pools<Postgres>),
}

impl StorePool {
    /// The number of open connections, those in use included.
    #[must_use]
    pub fn open_connections(&self) -> u32 {
        match self {
            Self::Sqlite(pools) => pools.readers.size() + pools.writers.size(),
            Self::Postgres(pools) => pools.readers.size() + pools.writers.size(),
        }
    }

    /// The number of open connections that are not in use.
    #[must_use]
    pub fn idle_connections(&self) -> usize {
        match self {
            Self::Sqlite(pools) => pools.readers.num_idle() + pools.writers.num_idle(),
            Self::Postgres(pools) => pools.readers.num_idle() + pools.writers.num_idle(),
        }
    }
}

/// An open transaction of either database.
#[derive(Debug)]
pub enum StoreConnection {
    /// A transaction that holds the write lock of the file.
    Sqlite(Transaction<'static, Sqlite>),
    /// A transaction of PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// An open transaction that holds the write lock. It is rolled back unless it is committed.
#[derive(Debug)]
pub struct WriteTransaction(pub(crate) StoreConnection);

impl WriteTransaction {
    /// Makes the changes durable. After an error the outcome is not known.
    ///
    /// # Errors
    /// The database refuses, or the connection is lost.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.0 {
            StoreConnection::Sqlite(transaction) => transaction.commit().await?,
            StoreConnection::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

impl Deref for WriteTransaction {
    type Target = StoreConnection;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for WriteTransaction {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

/// What a statement runs on.
#[derive(Debug)]
pub enum Target<'c> {
    /// Any connection to the file.
    SqlitePool(&'c Pools<Sqlite>),
    /// The transaction that writes the file.
    Sqlite(&'c mut SqliteConnection),
    /// Any connection to the server.
    PostgresPool(&'c Pools<Postgres>),
    /// A transaction on the server.
    Postgres(&'c mut PgConnection),
}

/// A pool or a transaction.
pub trait Executor<'c>: Send {
    /// What a statement runs on.
    fn target(self) -> Target<'c>;
}

impl<'c> Executor<'c> for &'c StorePool {
    fn target(self) -> Target<'c> {
        match self {
            StorePool::Sqlite(pools) => Target::SqlitePool(pools),
            StorePool::Postgres(pools) => Target::PostgresPool(pools),
        }
    }
}

impl<'c> Executor<'c> for &'c mut StoreConnection {
    fn target(self) -> Target<'c> {
        match self {
            StoreConnection::Sqlite(transaction) => Target::Sqlite(transaction),
            StoreConnection::Postgres(transaction) => Target::Postgres(transaction),
        }
    }
}
