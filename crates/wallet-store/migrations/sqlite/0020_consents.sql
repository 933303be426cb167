-- What people agreed to when they saved a card, as the form showed it to them. Rows are added and never changed; the
-- card's replacement or deletion leaves them. `payment_method` is the one that was saved, `kept` the one the wallet held
-- afterwards: the same, or the earlier copy of the same card. `shown_at` and `accepted_at` are the person's own clock,
-- RFC 3339 in UTC; without `accepted_at` no box was asked for, and saving was the agreement. `created_at` is ours.
CREATE TABLE consents (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id     INTEGER NOT NULL,
    owner_id       INTEGER NOT NULL,
    payment_method TEXT    NOT NULL UNIQUE,
    kept           TEXT    NOT NULL,
    text           TEXT    NOT NULL CHECK (length(text) BETWEEN 1 AND 600),
    locale         TEXT    NOT NULL CHECK (length(locale) BETWEEN 2 AND 35),
    shown_at       TEXT    NOT NULL CHECK (length(shown_at) BETWEEN 20 AND 30),
    accepted_at    TEXT    CHECK (length(accepted_at) BETWEEN 20 AND 30),
    created_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX consents_by_card ON consents (kept);
CREATE INDEX consents_by_owner ON consents (owner_id, created_at);
CREATE TRIGGER consents_are_never_changed BEFORE UPDATE ON consents
BEGIN
    SELECT RAISE(ABORT, 'a consent is never changed');
END;
