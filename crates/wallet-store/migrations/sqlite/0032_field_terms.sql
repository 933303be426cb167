-- Tables, columns and values named in the terms of the payments field. The data stays as it is.

-- Responses that were sent for an idempotency key of the caller.
ALTER TABLE answers RENAME TO idempotency_responses;
DROP INDEX answers_by_age;
CREATE INDEX idempotency_responses_by_age ON idempotency_responses (created_at);

-- Whether the issuer of a card approved or declined it. `dedup_key`: one response that is reported twice is stored once.
ALTER TABLE verdicts RENAME TO issuer_responses;
ALTER TABLE issuer_responses RENAME COLUMN name TO dedup_key;
ALTER TABLE issuer_responses RENAME COLUMN place TO client_network;
ALTER TABLE issuer_responses RENAME COLUMN refused TO declined;
DROP INDEX verdicts_by_account;
DROP INDEX verdicts_by_place;
DROP INDEX verdicts_by_intent;
CREATE INDEX issuer_responses_by_account ON issuer_responses (account_id, created_at);
CREATE INDEX issuer_responses_by_network ON issuer_responses (client_network, created_at)
    WHERE client_network IS NOT NULL;
CREATE INDEX issuer_responses_by_intent ON issuer_responses (intent_id) WHERE intent_id IS NOT NULL;

-- Until when an account accepts no new cards.
ALTER TABLE pauses RENAME TO account_cooldowns;

-- Payment methods that were confirmed and never saved. A late save of one is refused.
ALTER TABLE let_go RENAME TO abandoned_payment_methods;

-- Fingerprints of signatures under which a request changed something.
ALTER TABLE signatures RENAME TO request_signatures;
DROP INDEX signatures_by_age;
CREATE INDEX request_signatures_by_age ON request_signatures (created_at);

-- Webhook events of the gateway that were processed.
ALTER TABLE events RENAME TO webhook_events;
DROP INDEX events_by_age;
CREATE INDEX webhook_events_by_age ON webhook_events (created_at);

-- What keeps a card from being deleted. (A hold, in this field, is an authorization on a card.)
ALTER TABLE holds RENAME TO deletion_blocks;
DROP INDEX holds_by_card;
CREATE INDEX deletion_blocks_by_card ON deletion_blocks (card_id, until_at);

-- `client_network`: the network the attempt came from, as a fingerprint; null where a site's own server calls.
-- `pending_key`: the idempotency key, until the gateway's answer is known.
ALTER TABLE attempts RENAME COLUMN place TO client_network;
DROP INDEX attempts_by_place;
CREATE INDEX attempts_by_network ON attempts (client_network, created_at) WHERE client_network IS NOT NULL;

-- `wallet_payment_method`: the payment method that the wallet holds after the save. `unclaimed`: this server saved the
-- card after the gateway had confirmed it, and no request has asked for the save yet.
ALTER TABLE saves RENAME COLUMN kept TO wallet_payment_method;
ALTER TABLE saves RENAME COLUMN learned TO unclaimed;
ALTER TABLE consents RENAME COLUMN kept TO wallet_payment_method;

-- `key_hash`: the caller's idempotency key, or the site's name of the sale.
ALTER TABLE charges RENAME COLUMN name_hash TO key_hash;

-- `external`: the booking site knows the owner under `external_id` and vouches for them.
ALTER TABLE owners RENAME COLUMN key TO external_id;
ALTER TABLE owners ADD COLUMN new_kind TEXT NOT NULL DEFAULT 'user'
    CHECK (new_kind IN ('user', 'guest', 'external'));
UPDATE owners SET new_kind = CASE kind WHEN 'known' THEN 'external' ELSE kind END;
ALTER TABLE owners DROP COLUMN kind;
ALTER TABLE owners RENAME COLUMN new_kind TO kind;
DROP INDEX owners_by_key;
CREATE UNIQUE INDEX owners_by_external_id ON owners (account_id, external_id) WHERE external_id IS NOT NULL;

-- `state`: open, used (a save used it, or no save can), abandoned (unused for too long, and cancelled at the gateway).
-- `reused_at`: when its client secret was last returned again; null: only when the intent was created. The order of the
-- rows is kept, because intents of one second are read in it.
CREATE TABLE new_intents (
    id                  TEXT    PRIMARY KEY,
    owner_id            INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    state               TEXT    NOT NULL CHECK (state IN ('open', 'used', 'abandoned')),
    created_at          INTEGER NOT NULL,
    client_network      BLOB,
    confirmed_by_server INTEGER NOT NULL DEFAULT 0 CHECK (confirmed_by_server IN (0, 1)),
    reused_at           INTEGER,
    save_when_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (save_when_confirmed IN (0, 1))
) STRICT;
INSERT INTO new_intents (id, owner_id, state, created_at, client_network, confirmed_by_server, reused_at,
                         save_when_confirmed)
SELECT id, owner_id, CASE state WHEN 'spent' THEN 'used' WHEN 'reaped' THEN 'abandoned' ELSE state END, created_at,
       place, confirmed_here, given_at, save_when_confirmed
FROM intents ORDER BY rowid;
DROP TABLE intents;
ALTER TABLE new_intents RENAME TO intents;
CREATE INDEX intents_by_owner ON intents (owner_id, created_at);
CREATE INDEX intents_open_by_age ON intents (created_at) WHERE state = 'open';

-- `reconcile`: deletes from a customer's vault the cards that the wallet has no row for.
CREATE TABLE new_outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    action     TEXT    NOT NULL CHECK (action IN ('detach', 'cancel', 'void', 'reconcile', 'expire', 'release')),
    object_id  TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (action, object_id)
) STRICT;
INSERT INTO new_outbox
SELECT id, account_id, CASE action WHEN 'tidy' THEN 'reconcile' ELSE action END, object_id, attempts, due_at, created_at
FROM outbox;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX outbox_by_due ON outbox (due_at);
