-- The outbox runs lanes, several jobs at once, and indexes for every statement that a table's growth would make slow.

-- The set of actions grows with the server, which checks it when it reads a row: a new action needs no migration.
-- `revision` counts how often a job was added while it was waiting, so that a run that began before is not taken for the
-- newest. A job with `lease_token` is run by one process until `leased_until`. `dead_at`: the job failed too often, and
-- waits until somebody retries it.
CREATE TABLE new_outbox (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id   INTEGER NOT NULL,
    action       TEXT    NOT NULL,
    object_id    TEXT    NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    due_at       INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    revision     INTEGER NOT NULL DEFAULT 0,
    lease_token  TEXT,
    leased_until INTEGER,
    dead_at      INTEGER,
    last_error   TEXT,
    UNIQUE (action, object_id)
) STRICT;
INSERT INTO new_outbox (id, account_id, action, object_id, attempts, due_at, created_at)
SELECT id, account_id, action, object_id, attempts, due_at, created_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX outbox_by_lane ON outbox (account_id, action, due_at) WHERE dead_at IS NULL;
CREATE INDEX outbox_leased ON outbox (lease_token) WHERE lease_token IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (action) WHERE dead_at IS NOT NULL;

-- How many cards an owner added in a day is counted inside the write lock of every save.
CREATE INDEX saves_by_owner ON saves (owner_id, created_at);

-- Rows that expire are found by their age.
CREATE INDEX intents_by_age ON intents (created_at);
DROP INDEX intents_open_by_age;
CREATE INDEX intents_open_by_last_use ON intents (COALESCE(reused_at, created_at)) WHERE state = 'open';
CREATE INDEX abandoned_payment_methods_by_age ON abandoned_payment_methods (created_at);
CREATE INDEX issuer_responses_by_age ON issuer_responses (created_at);
CREATE INDEX deletion_blocks_by_end ON deletion_blocks (until_at);
-- The fingerprints stay for ever. Only bodies and claims expire.
DROP INDEX request_signatures_by_age;
CREATE INDEX request_signatures_with_body ON request_signatures (created_at) WHERE body IS NOT NULL;
CREATE INDEX request_signatures_in_progress ON request_signatures (created_at) WHERE status IS NULL;

-- The deletion of an owner or of an address looks for the rows that refer to it.
CREATE INDEX sessions_by_owner ON sessions (owner_id);
CREATE INDEX abandoned_payment_methods_by_owner ON abandoned_payment_methods (owner_id);
CREATE INDEX client_cards_by_address ON client_cards (address_id);
CREATE INDEX client_cards_by_phone_number ON client_cards (phone_number_id);

-- The clients of an account are listed, and a booking site names a card by MyTime's id of it.
CREATE INDEX owners_by_account ON owners (account_id);
CREATE INDEX cards_by_mytime_id ON cards (customer_id || '|' || payment_method);
