-- A checkout by the caller's idempotency key: a repeat of that request gets the same session, and ends none.
ALTER TABLE checkouts ADD COLUMN key_hash BLOB;
ALTER TABLE checkouts ADD COLUMN request_hash BLOB;
CREATE UNIQUE INDEX checkouts_by_key ON checkouts (account_id, key_hash) WHERE key_hash IS NOT NULL;
