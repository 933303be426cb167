-- Several systems over one domain: an owner is known by whatever its system has, and holds one card or many.

-- MyTime's word for an account is company; the others have none.
ALTER TABLE owners RENAME COLUMN company_id TO account_id;
ALTER TABLE users  RENAME COLUMN company_id TO account_id;
ALTER TABLE holds  RENAME COLUMN company_id TO account_id;
ALTER TABLE outbox RENAME COLUMN company_id TO account_id;

-- `known`: the system itself vouches for the owner, by the `key` it has for them. Users and guests have sessions.
ALTER TABLE owners ADD COLUMN new_kind TEXT NOT NULL DEFAULT 'user' CHECK (new_kind IN ('user', 'guest', 'known'));
UPDATE owners SET new_kind = kind;
ALTER TABLE owners DROP COLUMN kind;
ALTER TABLE owners RENAME COLUMN new_kind TO kind;
ALTER TABLE owners ADD COLUMN key TEXT;
CREATE UNIQUE INDEX owners_by_key ON owners (account_id, key) WHERE key IS NOT NULL;

-- `sole`: a card of a system whose wallets hold one; the index is the final word on it. `is_default` is the card used
-- unless another is chosen: one at most, and the wallet keeps it at one as long as there is a card.
DROP INDEX cards_one_per_owner;
ALTER TABLE cards ADD COLUMN sole INTEGER NOT NULL DEFAULT 0 CHECK (sole IN (0, 1));
ALTER TABLE cards ADD COLUMN is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1));
UPDATE cards SET sole = 1, is_default = 1;
CREATE UNIQUE INDEX cards_one_per_owner ON cards (owner_id) WHERE sole = 1;
CREATE UNIQUE INDEX cards_one_default ON cards (owner_id) WHERE is_default = 1;
CREATE INDEX cards_by_owner ON cards (owner_id);

-- The caller's idempotency key of a save, as a fingerprint: a repeat of that request is told from saving once more.
ALTER TABLE saves ADD COLUMN key_hash BLOB;
