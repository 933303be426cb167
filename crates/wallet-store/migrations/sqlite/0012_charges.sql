-- Charges of stored cards, by what they were asked under: the caller's idempotency key, or the site's name of the sale.
-- What was paid is paid once, for good: the gateway forgets its own keys after a day.

-- `request_hash`: which card and amount; null when the bank refused, and the sale may be tried with others. `attempt`
-- tells such tries apart at the gateway. `payment_id` is null until it is paid.
CREATE TABLE charges (
    owner_id     INTEGER NOT NULL REFERENCES owners (id) ON DELETE CASCADE,
    name_hash    BLOB    NOT NULL,
    request_hash BLOB,
    attempt      INTEGER NOT NULL DEFAULT 0,
    payment_id   TEXT,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (owner_id, name_hash)
) STRICT, WITHOUT ROWID;
