-- Payments this server began, and for whom: a capture is the account's, and the card of a payment its owner's only.
-- `in_person`: a card at a reader, captured later; else a stored card, charged at once. The client secret is never kept.
CREATE TABLE payments (
    id         TEXT    PRIMARY KEY,
    owner_id   INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    in_person  INTEGER NOT NULL CHECK (in_person IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX payments_by_owner ON payments (owner_id, created_at);
