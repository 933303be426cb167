-- Events the gateway told of and that were dealt with: told again, they are nothing new.
CREATE TABLE events (
    account_id INTEGER NOT NULL,
    id         TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_by_age ON events (created_at);
