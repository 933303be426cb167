//! One SQL statement with its values, for either database. The text is the same for both: `$1`, `TRUE`, `ON CONFLICT`.
//! Only where no text can serve both, each has its own.
//!
//! Called by the modules of the tables. It must never be built from a text that a request sent: the SQL is a constant.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Database, Encode, FromRow, IntoArguments, Postgres, Sqlite, Type};

use crate::StoreError;
use crate::executor::{Executor, Target};
use crate::value::{BindValue, Value};

/// A row type that can be read from both databases.
pub(crate) trait StoredRow:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> StoredRow for T where
    T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

#[derive(Debug)]
pub(crate) struct Statement {
    sqlite: &'static str,
    postgres: &'static str,
    values: Vec<Value>,
}

/// Begins a statement. Its parameters are `$1`, `$2` and so on, and are bound in this order.
pub(crate) fn query(sql: &'static str) -> Statement {
    query_of_each(sql, sql)
}

/// Begins a statement that each database has in its own words, with the same parameters.
pub(crate) fn query_of_each(sqlite: &'static str, postgres: &'static str) -> Statement {
    Statement {
        sqlite,
        postgres,
        values: Vec::new(),
    }
}

/// Runs a method of sqlx's query on the connection that a target names.
macro_rules! run_on {
    ($statement:expr, $db:expr, |$query:ident, $connection:ident| $run:expr) => {{
        let statement = $statement;
        statement.check_texts()?;
        match $db.target() {
            Target::SqlitePool(pools) => {
                let $connection = pools.for_statement(statement.is_write());
                let $query = statement.for_sqlite();
                $run
            }
            Target::Sqlite($connection) => {
                let $query = statement.for_sqlite();
                $run
            }
            Target::PostgresPool(pools) => {
                let $connection = pools.for_statement(statement.is_write());
                let $query = statement.for_postgres();
                $run
            }
            Target::Postgres($connection) => {
                let $query = statement.for_postgres();
                $run
            }
        }
    }};
}

impl Statement {
    pub(crate) fn bind(mut self, value: impl BindValue) -> Self {
        self.values.push(value.into_value());
        self
    }

    /// Returns how many rows were written.
    pub(crate) async fn execute<'c>(self, db: impl Executor<'c>) -> Result<u64, StoreError> {
        Ok(run_on!(self, db, |query, connection| query
            .execute(connection)
            .await?
            .rows_affected()))
    }

    pub(crate) async fn fetch_all<'c, T: StoredRow>(
        self,
        db: impl Executor<'c>,
    ) -> Result<Vec<T>, StoreError> {
        run_on!(self, db, |query, connection| {
            let rows = query.fetch_all(connection).await?;
            let rows: Result<Vec<T>, sqlx::Error> = rows.iter().map(T::from_row).collect();
            Ok(rows?)
        })
    }

    pub(crate) async fn fetch_optional<'c, T: StoredRow>(
        self,
        db: impl Executor<'c>,
    ) -> Result<Option<T>, StoreError> {
        run_on!(self, db, |query, connection| {
            let row = query.fetch_optional(connection).await?;
            Ok(row.as_ref().map(T::from_row).transpose()?)
        })
    }

    pub(crate) async fn fetch_one<'c, T: StoredRow>(
        self,
        db: impl Executor<'c>,
    ) -> Result<T, StoreError> {
        self.fetch_optional(db)
            .await?
            .ok_or(StoreError::Sql(sqlx::Error::RowNotFound))
    }

    /// The first column of the only row.
    pub(crate) async fn scalar<'c, T>(self, db: impl Executor<'c>) -> Result<T, StoreError>
    where
        (T,): StoredRow,
    {
        let (value,) = self.fetch_one(db).await?;
        Ok(value)
    }

    /// The number that a `SELECT COUNT(*)` returns.
    pub(crate) async fn count<'c>(self, db: impl Executor<'c>) -> Result<u32, StoreError> {
        let number: i64 = self.scalar(db).await?;
        u32::try_from(number).map_err(|_| StoreError::InvalidRow("count"))
    }

    /// The first column of the row, if there is one.
    pub(crate) async fn optional_scalar<'c, T>(
        self,
        db: impl Executor<'c>,
    ) -> Result<Option<T>, StoreError>
    where
        (T,): StoredRow,
    {
        let row: Option<(T,)> = self.fetch_optional(db).await?;
        Ok(row.map(|(value,)| value))
    }

    /// The first column of every row.
    pub(crate) async fn scalars<'c, T>(self, db: impl Executor<'c>) -> Result<Vec<T>, StoreError>
    where
        (T,): StoredRow,
    {
        let rows: Vec<(T,)> = self.fetch_all(db).await?;
        Ok(rows.into_iter().map(|(value,)| value).collect())
    }

    /// Refuses U+0000 for both databases, so that what one stores can be moved to the other.
    fn check_texts(&self) -> Result<(), StoreError> {
        let has_nul =
            |value: &Value| matches!(value, Value::Text(Some(text)) if text.contains('\0'));
        if self.values.iter().any(has_nul) {
            return Err(StoreError::InvalidText);
        }
        Ok(())
    }

    /// Whether the statement changes rows, also when it returns some.
    fn is_write(&self) -> bool {
        !self.sqlite.trim_start().starts_with("SELECT")
    }

    fn for_sqlite(self) -> BoundQuery<Sqlite> {
        bind(self.sqlite, self.values)
    }

    fn for_postgres(self) -> BoundQuery<Postgres> {
        bind(self.postgres, self.values)
    }
}

type BoundQuery<DB> = sqlx::query::Query<'static, DB, <DB as Database>::Arguments>;

/// The statement as sqlx takes it.
fn bind<DB: Database>(sql: &'static str, values: Vec<Value>) -> BoundQuery<DB>
where
    DB::Arguments: IntoArguments<DB>,
    Option<i64>: for<'v> Encode<'v, DB> + Type<DB>,
    Option<bool>: for<'v> Encode<'v, DB> + Type<DB>,
    Option<String>: for<'v> Encode<'v, DB> + Type<DB>,
    Option<Vec<u8>>: for<'v> Encode<'v, DB> + Type<DB>,
{
    let mut query = sqlx::query::<DB>(sql);
    for value in values {
        query = match value {
            Value::Int(number) => query.bind(number),
            Value::Bool(is) => query.bind(is),
            Value::Text(text) => query.bind(text),
            Value::Bytes(bytes) => query.bind(bytes),
        };
    }
    query
}
