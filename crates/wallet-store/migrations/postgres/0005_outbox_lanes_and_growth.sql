-- The same as migration 36 of SQLite, whose file explains it.

ALTER TABLE outbox DROP CONSTRAINT IF EXISTS outbox_action_check;
ALTER TABLE outbox
    ADD COLUMN revision     BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN lease_token  TEXT COLLATE "C",
    ADD COLUMN leased_until BIGINT,
    ADD COLUMN dead_at      BIGINT,
    ADD COLUMN last_error   TEXT;
-- Lanes are compared in the order of the index, which must not depend on the language of the server.
ALTER TABLE outbox ALTER COLUMN action TYPE TEXT COLLATE "C";
DROP INDEX outbox_by_due;
CREATE INDEX outbox_by_lane ON outbox (account_id, action, due_at) WHERE dead_at IS NULL;
CREATE INDEX outbox_leased ON outbox (lease_token) WHERE lease_token IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (action) WHERE dead_at IS NOT NULL;

CREATE INDEX saves_by_owner ON saves (owner_id, created_at);

CREATE INDEX intents_by_age ON intents (created_at);
DROP INDEX intents_open_by_age;
CREATE INDEX intents_open_by_last_use ON intents ((COALESCE(reused_at, created_at))) WHERE state = 'open';
CREATE INDEX abandoned_payment_methods_by_age ON abandoned_payment_methods (created_at);
CREATE INDEX issuer_responses_by_age ON issuer_responses (created_at);
CREATE INDEX deletion_blocks_by_end ON deletion_blocks (until_at);
DROP INDEX request_signatures_by_age;
CREATE INDEX request_signatures_with_body ON request_signatures (created_at) WHERE body IS NOT NULL;
CREATE INDEX request_signatures_in_progress ON request_signatures (created_at) WHERE status IS NULL;

CREATE INDEX sessions_by_owner ON sessions (owner_id);
CREATE INDEX abandoned_payment_methods_by_owner ON abandoned_payment_methods (owner_id);
CREATE INDEX client_cards_by_address ON client_cards (address_id);
CREATE INDEX client_cards_by_phone_number ON client_cards (phone_number_id);

CREATE INDEX owners_by_account ON owners (account_id);
CREATE INDEX cards_by_mytime_id ON cards ((customer_id || '|' || payment_method));
