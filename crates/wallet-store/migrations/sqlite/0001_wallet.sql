-- The wallet: who owns cards, which cards, and what must still be told to the gateway.
-- Times are Unix seconds, UTC. Kept here: no usable token (hashes only), no client secret, no card number.

-- One row, made with the database: prefixes every idempotency key, so that a fresh database never replays
-- the answers a gateway still remembers for an older one.
CREATE TABLE instance (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    id       TEXT NOT NULL
) STRICT;
INSERT INTO instance (only_row, id) VALUES (1, lower(hex(randomblob(8))));

-- Whose wallet. A dialect adds its own kind and its own table beside `users`.
CREATE TABLE owners (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    company_id  INTEGER NOT NULL,
    kind        TEXT    NOT NULL CHECK (kind IN ('user', 'guest')),
    customer_id TEXT    UNIQUE,
    created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    owner_id      INTEGER PRIMARY KEY REFERENCES owners (id) ON DELETE CASCADE,
    company_id    INTEGER NOT NULL,
    email         TEXT    NOT NULL,
    email_key     TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    first_name    TEXT    NOT NULL,
    last_name     TEXT    NOT NULL,
    phone_number  TEXT,
    zip_code      TEXT,
    country       TEXT,
    UNIQUE (company_id, email_key)
) STRICT;

CREATE TABLE sessions (
    token_hash BLOB    PRIMARY KEY,
    owner_id   INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- The wallet of this dialect holds one card, and the index below is the final word on it.
CREATE TABLE cards (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id       INTEGER NOT NULL REFERENCES owners (id),
    customer_id    TEXT    NOT NULL,
    payment_method TEXT    NOT NULL UNIQUE,
    fingerprint    TEXT,
    brand          TEXT    NOT NULL,
    last4          TEXT    NOT NULL CHECK (last4 GLOB '[0-9][0-9][0-9][0-9]'),
    exp_month      INTEGER NOT NULL CHECK (exp_month BETWEEN 1 AND 12),
    exp_year       INTEGER NOT NULL CHECK (exp_year BETWEEN 1000 AND 9999),
    funding        TEXT    NOT NULL,
    country        TEXT,
    name           TEXT,
    address_line1  TEXT,
    address_city   TEXT,
    address_state  TEXT,
    address_zip    TEXT,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX cards_one_per_owner ON cards (owner_id);
CREATE UNIQUE INDEX cards_once_each ON cards (owner_id, fingerprint) WHERE fingerprint IS NOT NULL;

-- Intents this server made for an owner. `state`: open, spent (a save used it), reaped (cancelled unused).
CREATE TABLE intents (
    id         TEXT    PRIMARY KEY,
    owner_id   INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    state      TEXT    NOT NULL CHECK (state IN ('open', 'spent', 'reaped')),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX intents_by_owner ON intents (owner_id, created_at);
CREATE INDEX intents_to_reap ON intents (created_at) WHERE state = 'open';

-- What became of each payment method that was saved: a repeated or late save gets the same answer.
-- `kept` is the payment method the wallet held afterwards: its own, or the earlier copy of the same card.
CREATE TABLE saves (
    payment_method TEXT    PRIMARY KEY,
    owner_id       INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    kept           TEXT    NOT NULL,
    outcome        TEXT    NOT NULL CHECK (outcome IN ('added', 'replaced', 'same')),
    created_at     INTEGER NOT NULL
) STRICT;

-- A confirmation this server is about to ask for: the key is stored before the call, so that after a crash or an
-- unclear answer the same key asks again.
CREATE TABLE confirmations (
    owner_id        INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    payment_method  TEXT    NOT NULL,
    idempotency_key TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (owner_id, payment_method)
) STRICT;

-- Answers by the caller's own idempotency key.
CREATE TABLE answers (
    owner_id     INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    key_hash     BLOB    NOT NULL,
    request_hash BLOB    NOT NULL,
    status       INTEGER NOT NULL,
    body         TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (owner_id, key_hash)
) STRICT;
CREATE INDEX answers_by_age ON answers (created_at);

-- Why a card may not be deleted now. RESTRICT is the final word: a held card's row cannot go.
CREATE TABLE holds (
    company_id INTEGER NOT NULL,
    reference  TEXT    NOT NULL,
    card_id    INTEGER NOT NULL REFERENCES cards (id) ON DELETE RESTRICT,
    reason     TEXT    NOT NULL,
    until_text TEXT    NOT NULL,
    until_at   INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (company_id, reference)
) STRICT;
CREATE INDEX holds_by_card ON holds (card_id, until_at);

-- What the gateway must still be told; a row goes when the gateway has agreed.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    company_id INTEGER NOT NULL,
    action     TEXT    NOT NULL CHECK (action IN ('detach', 'cancel')),
    object_id  TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (action, object_id)
) STRICT;
CREATE INDEX outbox_by_due ON outbox (due_at);
