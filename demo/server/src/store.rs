//! The appointments: SQLite in one file, WAL, migrated at start-up.
//!
//! Called by booking, the routes and the sweep. The unique index is the final word on a double booking; each method
//! is one statement, so that no two of them interleave.

mod visit;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::catalog::Offer;
use crate::wallet::UserId;

pub use visit::Visit;

/// How long a statement waits for another writer before it gives up.
const BUSY: Duration = Duration::from_secs(5);

/// How long the page of a past visit is kept, in seconds: 30 days.
const KEPT: i64 = 30 * 24 * 3600;

/// Why the database did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("database migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

const VISIT: &str = "SELECT id, user_id, service, at_text, until_text, state FROM appointments";

#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Opens `appointments.db` in a folder, makes both when missing, and migrates it.
    ///
    /// # Errors
    /// When the file cannot be opened or written, or is of a newer version.
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join("appointments.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A booking that was answered must outlive a power cut.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY);
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(BUSY)
            .connect_with(options)
            .await?;
        sqlx::migrate!().run(&pool).await?;
        Ok(Self { pool })
    }

    /// Takes a time while the wallet is asked; false when somebody has it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ask(
        &self,
        id: &str,
        user: UserId,
        service: &str,
        offer: &Offer,
        now: i64,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO appointments (id, user_id, service, at_text, until_text, at, until, state, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, 'asked', ?) ON CONFLICT (service, at) WHERE state IN ('asked', 'booked')
             DO NOTHING",
        )
        .bind(id)
        .bind(user.0)
        .bind(service)
        .bind(offer.at.as_str())
        .bind(offer.until.as_str())
        .bind(offer.at_seconds)
        .bind(offer.until_seconds)
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// The wallet holds the card: the visit is booked. False when it was withdrawn meanwhile.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn book(&self, id: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE appointments SET state = 'booked' WHERE id = ? AND state = 'asked'";
        Ok(sqlx::query(sql)
            .bind(id)
            .execute(&self.pool)
            .await?
            .rows_affected()
            > 0)
    }

    /// The wallet surely holds nothing: nothing is kept.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn forget(&self, id: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM appointments WHERE id = ? AND state IN ('asked', 'withdrawn')";
        sqlx::query(sql).bind(id).execute(&self.pool).await?;
        Ok(())
    }

    /// Frees the time of a visit the wallet gave no clear answer to; its hold is lifted from `lift_at` on.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn withdraw(&self, id: &str, lift_at: i64) -> Result<(), StoreError> {
        let sql = "UPDATE appointments SET state = 'withdrawn', lift_at = ? WHERE id = ? AND state = 'asked'";
        sqlx::query(sql)
            .bind(lift_at)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Withdraws every visit that has been asked for since before `before`: whoever asked is gone.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn withdraw_stranded(&self, before: i64) -> Result<(), StoreError> {
        let sql = "UPDATE appointments SET state = 'withdrawn', lift_at = 0 WHERE state = 'asked' AND created_at < ?";
        sqlx::query(sql).bind(before).execute(&self.pool).await?;
        Ok(())
    }

    /// Cancels a booked visit; its hold is to be lifted now.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn cancel(&self, id: &str, now: i64) -> Result<(), StoreError> {
        let sql = "UPDATE appointments SET state = 'cancelled', lift_at = ? WHERE id = ? AND state = 'booked'";
        sqlx::query(sql)
            .bind(now)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The wallet has lifted the hold. A visit that was never booked leaves no trace.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn lifted(&self, id: &str) -> Result<(), StoreError> {
        self.forget(id).await?;
        sqlx::query("UPDATE appointments SET lift_at = NULL WHERE id = ?")
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The visits whose holds are to be lifted by now, a hundred at most.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn to_lift(&self, now: i64) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT id FROM appointments WHERE lift_at <= ? ORDER BY lift_at LIMIT 100";
        Ok(sqlx::query_scalar(sql)
            .bind(now)
            .fetch_all(&self.pool)
            .await?)
    }

    /// A visit that is or was booked.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn find(&self, id: &str) -> Result<Option<Visit>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "{VISIT} WHERE id = ? AND state IN ('booked', 'cancelled')"
        ));
        Ok(sqlx::query_as(sql)
            .bind(id)
            .fetch_optional(&self.pool)
            .await?)
    }

    /// A person's visits that have not ended, the next one first.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn ahead(&self, user: UserId, now: i64) -> Result<Vec<Visit>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "{VISIT} WHERE user_id = ? AND state = 'booked' AND until > ? ORDER BY at, id"
        ));
        Ok(sqlx::query_as(sql)
            .bind(user.0)
            .bind(now)
            .fetch_all(&self.pool)
            .await?)
    }

    /// When the taken times of a service begin, in Unix seconds.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn taken(&self, service: &str, now: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT at FROM appointments WHERE service = ? AND at > ? AND state IN ('asked', 'booked')";
        Ok(sqlx::query_scalar(sql)
            .bind(service)
            .bind(now)
            .fetch_all(&self.pool)
            .await?)
    }

    /// Forgets visits that ended a month ago.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn prune(&self, now: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM appointments WHERE until < ? AND lift_at IS NULL";
        sqlx::query(sql)
            .bind(now.saturating_sub(KEPT))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1 FROM appointments LIMIT 1")
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Writes everything back into the one file and closes it.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
