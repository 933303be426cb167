//! A row of the appointments' table.

use booking_page::studio_time::StudioTime;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};

use crate::wallet::UserId;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentRow {
    /// 128 random bits in base64url; also the reference of its deletion block.
    pub id: String,
    pub user: UserId,
    pub service: String,
    pub at: StudioTime,
    pub until: StudioTime,
    pub is_cancelled: bool,
}

impl FromRow<'_, SqliteRow> for AppointmentRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let time = |column: &str| -> Result<StudioTime, sqlx::Error> {
            let text: String = row.try_get(column)?;
            StudioTime::try_from(text).map_err(|e| sqlx::Error::Decode(e.into()))
        };
        Ok(Self {
            id: row.try_get("id")?,
            user: UserId(row.try_get("user_id")?),
            service: row.try_get("service")?,
            at: time("at_text")?,
            until: time("until_text")?,
            is_cancelled: row.try_get::<String, _>("state")? == "cancelled",
        })
    }
}
