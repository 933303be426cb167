-- Checkouts: payments on Stripe's page or in the site's. No address to go to and no client secret is kept.

-- Of one account and reference one at most is `current`; the others were `replaced` by a newer one, and the gateway is
-- told to expire them.
CREATE TABLE checkouts (
    session_id TEXT    PRIMARY KEY,
    account_id INTEGER NOT NULL,
    reference  TEXT    NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('current', 'replaced')),
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX checkouts_one_current ON checkouts (account_id, reference) WHERE state = 'current';

-- One more errand: `expire` a checkout that was replaced.
CREATE TABLE new_outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL,
    action     TEXT    NOT NULL CHECK (action IN ('detach', 'cancel', 'void', 'tidy', 'expire')),
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
