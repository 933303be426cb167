-- No card stays chargeable that no wallet shows: what was confirmed and never saved is let go.

-- Payment methods that were let go because no save came: a save that comes after all is refused, whoever is quicker.
CREATE TABLE let_go (
    payment_method TEXT    PRIMARY KEY,
    owner_id       INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    created_at     INTEGER NOT NULL
) STRICT;

-- Tries to enter a card, each recorded before the gateway hears of it: whoever is refused has tried too.
-- `payment_method`: the card this server confirms itself; null: a browser confirms. `place`: where the try came from, as
-- a fingerprint; null where a site's own server calls. `pending_key`: the idempotency key, as long as the gateway's
-- answer is not clear: whoever tries the same again asks with it.
CREATE TABLE attempts (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id     INTEGER NOT NULL,
    owner_id       INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    place          BLOB,
    payment_method TEXT,
    pending_key    TEXT    UNIQUE,
    created_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX attempts_by_owner ON attempts (owner_id, created_at);
CREATE INDEX attempts_by_place ON attempts (place, created_at) WHERE place IS NOT NULL;
CREATE INDEX attempts_by_age ON attempts (created_at);
INSERT INTO attempts (account_id, owner_id, created_at)
SELECT o.account_id, i.owner_id, i.created_at FROM intents i JOIN owners o ON o.id = i.owner_id;

-- One more errand: `release` lets a payment method go unless a wallet holds it.
CREATE TABLE new_outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    action     TEXT    NOT NULL CHECK (action IN ('detach', 'cancel', 'void', 'tidy', 'expire', 'release')),
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

-- Confirmations are attempts now. Those whose answer never came are looked after in half an hour.
INSERT INTO outbox (account_id, action, object_id, due_at, created_at)
SELECT o.account_id, 'release', c.payment_method, max(c.created_at), max(c.created_at)
FROM confirmations c JOIN owners o ON o.id = c.owner_id GROUP BY c.payment_method;
DROP TABLE confirmations;

-- Intents that were reaped though a card had been confirmed with them are looked at once more.
INSERT INTO outbox (account_id, action, object_id, due_at, created_at)
SELECT o.account_id, 'cancel', i.id, i.created_at, i.created_at
FROM intents i JOIN owners o ON o.id = i.owner_id WHERE i.state = 'reaped'
ON CONFLICT DO NOTHING;
