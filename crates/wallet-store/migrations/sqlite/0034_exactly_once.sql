-- Idempotency keys are recorded before the work, and a charge knows its payment before the payment is confirmed.

-- `request_hash`: the request that used the key first. It stays for a day whatever was answered, so that the key is never
-- accepted for another request. `in_progress`: one process does the work, and renews `updated_at`; `claim` tells it from an
-- earlier one whose lease ended. `released`: the same request may be done again. `finished`: it gets the stored answer.
-- `scope` is the owner or the account whose key it is.
CREATE TABLE idempotency_keys (
    scope        TEXT    NOT NULL,
    key_hash     BLOB    NOT NULL,
    owner_id     INTEGER REFERENCES owners (id) ON DELETE CASCADE,
    request_hash BLOB    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('in_progress', 'released', 'finished')),
    claim        INTEGER NOT NULL DEFAULT 1,
    status       INTEGER,
    body         TEXT,
    language     TEXT,
    updated_at   INTEGER NOT NULL,
    PRIMARY KEY (scope, key_hash),
    CHECK ((state = 'finished') = (status IS NOT NULL AND body IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO idempotency_keys (scope, key_hash, owner_id, request_hash, state, status, body, language, updated_at)
SELECT 'owner:' || owner_id, key_hash, owner_id, request_hash, 'finished', status, body, language, created_at
FROM idempotency_responses;
DROP TABLE idempotency_responses;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (updated_at);
CREATE INDEX idempotency_keys_by_owner ON idempotency_keys (owner_id) WHERE owner_id IS NOT NULL;

-- `intent_id`: the payment that was created for this attempt, before it was confirmed. `search_first`: an earlier version
-- began the charge and stored no payment, so that the gateway's list is searched before one is created.
ALTER TABLE charges ADD COLUMN intent_id TEXT;
ALTER TABLE charges ADD COLUMN search_first INTEGER NOT NULL DEFAULT 0 CHECK (search_first IN (0, 1));
UPDATE charges SET search_first = 1 WHERE payment_id IS NULL AND request_hash IS NOT NULL;
