//! The appointments' database: SQLite in one file, WAL, migrated at start-up.
//!
//! Called by booking, the routes and the sweep. The unique index excludes double bookings. Each method is one statement, so that
//! no two of them interleave. It must never store a name, an e-mail address or a card.

mod appointment_row;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use crate::catalog::Offer;
use crate::wallet::UserId;

pub use appointment_row::AppointmentRow;

/// The time a statement waits for another writer.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a past appointment is kept.
const RETENTION_SECONDS: i64 = 30 * 24 * 3600;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    #[error("database migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

const SELECT_APPOINTMENT: &str =
    "SELECT id, user_id, service, at_text, until_text, state FROM appointments";

#[derive(Debug, Clone)]
pub struct AppointmentStore {
    pool: SqlitePool,
}

impl AppointmentStore {
    /// Opens and migrates `appointments.db` in a folder; creates both when they do not exist.
    ///
    /// # Errors
    /// When the file cannot be opened or written, or has a newer schema.
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder).map_err(sqlx::Error::Io)?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join("appointments.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A confirmed booking must survive a power failure.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT);
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(BUSY_TIMEOUT)
            .connect_with(options)
            .await?;
        sqlx::migrate!().run(&pool).await?;
        Ok(Self { pool })
    }

    /// Reserves a time before the deletion block is placed; false when it is taken.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn insert_pending(
        &self,
        row: &AppointmentRow,
        offer: &Offer,
        now: i64,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO appointments (id, user_id, service, at_text, until_text, at, until, state, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, 'asked', ?) ON CONFLICT (service, at) WHERE state IN ('asked', 'booked')
             DO NOTHING",
        )
        .bind(&row.id)
        .bind(row.user.0)
        .bind(&row.service)
        .bind(offer.at.as_str())
        .bind(offer.until.as_str())
        .bind(offer.at_seconds)
        .bind(offer.until_seconds)
        .bind(now)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Confirms a reserved appointment after the deletion block is placed. False when it was withdrawn in the meantime.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn confirm(&self, id: &str) -> Result<bool, StoreError> {
        let sql = "UPDATE appointments SET state = 'booked' WHERE id = ? AND state = 'asked'";
        Ok(sqlx::query(sql)
            .bind(id)
            .execute(&self.pool)
            .await?
            .rows_affected()
            > 0)
    }

    /// Deletes an appointment that was never confirmed and has no deletion block.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_unconfirmed(&self, id: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM appointments WHERE id = ? AND state IN ('asked', 'withdrawn')";
        sqlx::query(sql).bind(id).execute(&self.pool).await?;
        Ok(())
    }

    /// Frees the time of an appointment after an indeterminate response. The sweep removes its block from `lift_at` on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw(&self, id: &str, lift_at: i64) -> Result<(), StoreError> {
        let sql = "UPDATE appointments SET state = 'withdrawn', lift_at = ? WHERE id = ? AND state = 'asked'";
        sqlx::query(sql)
            .bind(lift_at)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Withdraws every appointment that was reserved before `before` and never confirmed: its request is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw_stale(&self, before: i64) -> Result<(), StoreError> {
        let sql = "UPDATE appointments SET state = 'withdrawn', lift_at = 0 WHERE state = 'asked' AND created_at < ?";
        sqlx::query(sql).bind(before).execute(&self.pool).await?;
        Ok(())
    }

    /// Cancels a booked appointment; its deletion block can be removed from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cancel(&self, id: &str, now: i64) -> Result<(), StoreError> {
        let sql = "UPDATE appointments SET state = 'cancelled', lift_at = ? WHERE id = ? AND state = 'booked'";
        sqlx::query(sql)
            .bind(now)
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Records that the wallet server removed the deletion block. Deletes an appointment that was never confirmed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mark_unblocked(&self, id: &str) -> Result<(), StoreError> {
        self.delete_unconfirmed(id).await?;
        sqlx::query("UPDATE appointments SET lift_at = NULL WHERE id = ?")
            .bind(id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// The appointments whose deletion blocks are due for removal, 100 at most.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn due_unblocks(&self, now: i64) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT id FROM appointments WHERE lift_at <= ? ORDER BY lift_at LIMIT 100";
        Ok(sqlx::query_scalar(sql)
            .bind(now)
            .fetch_all(&self.pool)
            .await?)
    }

    /// An appointment that is booked or cancelled.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find(&self, id: &str) -> Result<Option<AppointmentRow>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "{SELECT_APPOINTMENT} WHERE id = ? AND state IN ('booked', 'cancelled')"
        ));
        Ok(sqlx::query_as(sql)
            .bind(id)
            .fetch_optional(&self.pool)
            .await?)
    }

    /// A person's booked appointments that have not ended, the next one first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn upcoming(
        &self,
        user: UserId,
        now: i64,
    ) -> Result<Vec<AppointmentRow>, StoreError> {
        let sql = sqlx::AssertSqlSafe(format!(
            "{SELECT_APPOINTMENT} WHERE user_id = ? AND state = 'booked' AND until > ? ORDER BY at, id"
        ));
        Ok(sqlx::query_as(sql)
            .bind(user.0)
            .bind(now)
            .fetch_all(&self.pool)
            .await?)
    }

    /// Start times of a service's taken times, in Unix seconds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn taken_starts(&self, service: &str, now: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT at FROM appointments WHERE service = ? AND at > ? AND state IN ('asked', 'booked')";
        Ok(sqlx::query_scalar(sql)
            .bind(service)
            .bind(now)
            .fetch_all(&self.pool)
            .await?)
    }

    /// Deletes appointments that ended a month ago.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn prune(&self, now: i64) -> Result<(), StoreError> {
        let sql = "DELETE FROM appointments WHERE until < ? AND lift_at IS NULL";
        sqlx::query(sql)
            .bind(now.saturating_sub(RETENTION_SECONDS))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// # Errors
    /// When the database does not respond.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1 FROM appointments LIMIT 1")
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Checkpoints the WAL and closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
