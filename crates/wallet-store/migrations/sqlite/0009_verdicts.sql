-- What banks said of cards that were tried, and the pause an account takes when most are refused.

-- `name`: one verdict that is heard of twice is one. `place`: where the try came from, as in `attempts`.
CREATE TABLE verdicts (
    name       TEXT    PRIMARY KEY,
    account_id INTEGER NOT NULL,
    intent_id  TEXT,
    place      BLOB,
    refused    INTEGER NOT NULL CHECK (refused IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX verdicts_by_account ON verdicts (account_id, created_at);
CREATE INDEX verdicts_by_place ON verdicts (place, created_at) WHERE place IS NOT NULL;
CREATE INDEX verdicts_by_intent ON verdicts (intent_id) WHERE intent_id IS NOT NULL;

-- Until when an account takes no new cards.
CREATE TABLE pauses (
    account_id INTEGER PRIMARY KEY,
    ends_at    INTEGER NOT NULL
) STRICT;

-- `confirmed_here`: this server confirms it, and hears what the bank says without a webhook.
ALTER TABLE intents ADD COLUMN place BLOB;
ALTER TABLE intents ADD COLUMN confirmed_here INTEGER NOT NULL DEFAULT 0 CHECK (confirmed_here IN (0, 1));
