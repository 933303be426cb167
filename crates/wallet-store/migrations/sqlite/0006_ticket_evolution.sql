-- Ticket Evolution: clients with addresses and telephone numbers, what a card is kept with, requests that were signed;
-- and cards that are Braintree's.

-- A client is an owner; its number is the owner's.
CREATE TABLE clients (
    owner_id   INTEGER PRIMARY KEY REFERENCES owners (id) ON DELETE CASCADE,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE addresses (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id         INTEGER NOT NULL REFERENCES clients (owner_id) ON DELETE CASCADE,
    label            TEXT,
    name             TEXT,
    street_address   TEXT    NOT NULL,
    extended_address TEXT,
    locality         TEXT    NOT NULL,
    region           TEXT,
    postal_code      TEXT    NOT NULL,
    country_code     TEXT    NOT NULL
) STRICT;
CREATE INDEX addresses_by_owner ON addresses (owner_id);

CREATE TABLE phone_numbers (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id     INTEGER NOT NULL REFERENCES clients (owner_id) ON DELETE CASCADE,
    label        TEXT,
    country_code TEXT    NOT NULL,
    number       TEXT    NOT NULL,
    extension    TEXT,
    created_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX phone_numbers_by_owner ON phone_numbers (owner_id);

-- What a card is kept with; the card itself is in `cards`.
CREATE TABLE client_cards (
    card_id         INTEGER PRIMARY KEY REFERENCES cards (id) ON DELETE CASCADE,
    label           TEXT,
    address_id      INTEGER NOT NULL REFERENCES addresses (id),
    phone_number_id INTEGER NOT NULL REFERENCES phone_numbers (id)
) STRICT, WITHOUT ROWID;

-- Signatures under which something was changed, as fingerprints: they have no date, so one that is sent again changes
-- nothing. `status` is null while the request is under way; `body` goes after a day, the fingerprint stays a month.
CREATE TABLE signatures (
    account_id  INTEGER NOT NULL,
    fingerprint BLOB    NOT NULL,
    status      INTEGER,
    body        TEXT,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (account_id, fingerprint)
) STRICT, WITHOUT ROWID;
CREATE INDEX signatures_by_age ON signatures (created_at);

-- Two more errands: `void` gives a held dollar back, `tidy` takes out of a customer's vault what the wallet does not hold.
CREATE TABLE new_outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    action     TEXT    NOT NULL CHECK (action IN ('detach', 'cancel', 'void', 'tidy')),
    object_id  TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (action, object_id)
) STRICT;
INSERT INTO new_outbox SELECT id, account_id, action, object_id, attempts, due_at, created_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX outbox_by_due ON outbox (due_at);
