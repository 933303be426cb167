-- Idempotency keys are recorded before the work, and a charge knows its payment before the payment is confirmed.
-- Migration 34 of SQLite explains the columns.

CREATE TABLE idempotency_keys (
    scope        TEXT   COLLATE "C" NOT NULL,
    key_hash     BYTEA  NOT NULL,
    owner_id     BIGINT REFERENCES owners (id) ON DELETE CASCADE,
    request_hash BYTEA  NOT NULL,
    state        TEXT   COLLATE "C" NOT NULL CHECK (state IN ('in_progress', 'released', 'finished')),
    claim        BIGINT NOT NULL DEFAULT 1,
    status       BIGINT,
    body         TEXT,
    language     TEXT,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (scope, key_hash),
    CHECK ((state = 'finished') = (status IS NOT NULL AND body IS NOT NULL))
);
INSERT INTO idempotency_keys (scope, key_hash, owner_id, request_hash, state, status, body, language, updated_at)
SELECT 'owner:' || owner_id, key_hash, owner_id, request_hash, 'finished', status, body, language, created_at
FROM idempotency_responses;
DROP TABLE idempotency_responses;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (updated_at);
CREATE INDEX idempotency_keys_by_owner ON idempotency_keys (owner_id) WHERE owner_id IS NOT NULL;

ALTER TABLE charges ADD COLUMN intent_id TEXT COLLATE "C";
ALTER TABLE charges ADD COLUMN search_first BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE charges SET search_first = TRUE WHERE payment_id IS NULL AND request_hash IS NOT NULL;
