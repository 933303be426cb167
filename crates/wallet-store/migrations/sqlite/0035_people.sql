-- The audit trail, resets of passwords, and people who were deleted.

-- What was done to wallets and people: by whom, when, from where. No secret, no e-mail address and no card number is in
-- it, and no foreign key: an event outlives its owner and its card. The server's enums list the values of `action` and
-- `reason`. `client_network`: the network the request came from, as a fingerprint.
CREATE TABLE audit_events (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id     INTEGER NOT NULL,
    owner_id       INTEGER,
    action         TEXT    NOT NULL,
    reason         TEXT,
    actor          TEXT    NOT NULL CHECK (actor IN ('person', 'site_server', 'wallet_server', 'operator')),
    request_id     TEXT,
    client_network BLOB,
    card_id        INTEGER,
    last4          TEXT    CHECK (last4 GLOB '[0-9][0-9][0-9][0-9]'),
    created_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_events_by_owner ON audit_events (owner_id, id) WHERE owner_id IS NOT NULL;
CREATE INDEX audit_events_by_age ON audit_events (created_at);
CREATE TRIGGER audit_events_are_never_changed BEFORE UPDATE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'an audit event is never changed');
END;

-- Tokens that set a new password once, as fingerprints. `owner_id` is null for an e-mail address without a user: its
-- token does the same work and opens nothing, so that nobody learns who is a user.
CREATE TABLE password_resets (
    token_hash BLOB    PRIMARY KEY,
    account_id INTEGER NOT NULL,
    owner_id   INTEGER REFERENCES owners (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX password_resets_by_owner ON password_resets (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX password_resets_by_expiry ON password_resets (expires_at);

-- Numbers of people who were deleted. Their consents are kept as proof, and deleted some time after the person.
CREATE TABLE deleted_people (
    owner_id   INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL,
    deleted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX deleted_people_by_age ON deleted_people (deleted_at);

-- The cards of guests are released when their last session ends.
CREATE INDEX owners_guests ON owners (id) WHERE kind = 'guest';

-- `delete_customer`: deletes the customer of a person who was deleted.
CREATE TABLE new_outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    action     TEXT    NOT NULL CHECK (action IN ('detach', 'cancel', 'void', 'reconcile', 'expire', 'release',
                                                  'delete_customer')),
    object_id  TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (action, object_id)
) STRICT;
INSERT INTO new_outbox (id, account_id, action, object_id, attempts, due_at, created_at)
SELECT id, account_id, action, object_id, attempts, due_at, created_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE new_outbox RENAME TO outbox;
CREATE INDEX outbox_by_due ON outbox (due_at);
