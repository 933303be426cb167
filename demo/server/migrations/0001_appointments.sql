-- The studio's appointments. No card, no name, no address: a visitor is the wallet's user number.
-- Times are RFC 3339 on the studio's clock for people, and Unix seconds for comparing.

CREATE TABLE appointments (
    id         TEXT    PRIMARY KEY,
    user_id    INTEGER NOT NULL,
    service    TEXT    NOT NULL,
    at_text    TEXT    NOT NULL,
    until_text TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    until      INTEGER NOT NULL CHECK (until > at),
    -- asked: the wallet is being asked for a hold; booked; cancelled: by the visitor;
    -- withdrawn: never booked, and gone as soon as the wallet surely holds nothing for it.
    state      TEXT    NOT NULL CHECK (state IN ('asked', 'booked', 'cancelled', 'withdrawn')),
    -- When the wallet must be told to lift the hold; null when there is nothing to lift.
    lift_at    INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

-- One person cannot do two visits at once: the final word on a double booking.
CREATE UNIQUE INDEX appointments_one_per_time ON appointments (service, at) WHERE state IN ('asked', 'booked');
CREATE INDEX appointments_by_user ON appointments (user_id, at);
CREATE INDEX appointments_to_lift ON appointments (lift_at) WHERE lift_at IS NOT NULL;
