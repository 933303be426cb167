//! What the wallet server expects of its database, tried on SQLite and, with `CARD_ENTRY_TEST_POSTGRES`, on PostgreSQL.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod databases;
mod expiry;
mod idempotency;
mod outbox;
mod rows;
mod start;
mod transactions;
